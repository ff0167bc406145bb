//! Erlang A: a queue that people leave when their patience ends (M/M/n+M).
//!
//! Sources: C. Palm, *Research on telephone traffic carried by full availability groups* (1957);
//! A. Mandelbaum and S. Zeltyn, *Service engineering in action: the Palm/Erlang-A queue* (2007).

use super::ErlangC;

/// Terms this far (in powers of e) under the largest are left out; together they are less than rounding.
const NEGLIGIBLE: f64 = 60.0;
/// A walk over states of the queue ends here.
const STATES_LIMIT: u64 = 20_000_000;

/// What the queue does in its steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangA {
    /// P(W > 0): the probability of having to wait.
    pub wait_probability: f64,
    /// P(Ab): the share that gives up.
    pub abandonment: f64,
    /// E\[Q\]: people waiting on average.
    pub mean_queue: f64,
    /// E\[W\]: mean time in the queue, in the unit of the rates, over all, served or not.
    pub mean_wait: f64,
    /// Share of their time that agents are busy.
    pub occupancy: f64,
}

impl ErlangA {
    /// The queue of `agents` with arrivals at rate `lambda`, handling at rate `mu` and patience ending at rate `theta`
    /// (1 / mean patience), all in the same unit of time.
    ///
    /// Birth and death: up at `lambda`, down at `min(j, n) mu + (j - n)⁺ theta`; weights are kept as logarithms.
    /// `P(Ab) = theta E[Q] / lambda`, `E[W] = E[Q] / lambda`. Without impatience (`theta` 0) it is Erlang C; the values
    /// are then infinite where agents cannot keep up.
    pub fn new(lambda: f64, mu: f64, theta: f64, agents: u32) -> Self {
        if lambda <= 0.0 {
            return Self { wait_probability: f64::from(u8::from(agents == 0)), abandonment: 0.0, mean_queue: 0.0, mean_wait: 0.0, occupancy: 0.0 };
        }
        if theta <= 0.0 {
            return Self::without_impatience(lambda, mu, agents);
        }
        let n = u64::from(agents);
        let down = |j: u64| j.min(n) as f64 * mu + j.saturating_sub(n) as f64 * theta;
        // First walk: where the largest weight is and where the tail may end.
        let (mut log, mut largest, mut last) = (0.0_f64, 0.0_f64, 0);
        for j in 1..STATES_LIMIT {
            let death = down(j);
            log += (lambda / death).ln();
            largest = largest.max(log);
            last = j;
            if lambda < death && j > n && log < largest - NEGLIGIBLE {
                break;
            }
        }
        // Second walk: the sums, scaled by the largest.
        let (mut all, mut waiting, mut queue, mut busy) = (0.0, 0.0, 0.0, 0.0);
        log = 0.0;
        for j in 0..=last {
            if j > 0 {
                log += (lambda / down(j)).ln();
            }
            let weight = (log - largest).exp();
            all += weight;
            busy += weight * j.min(n) as f64;
            if j >= n {
                waiting += weight;
                queue += weight * (j - n) as f64;
            }
        }
        let mean_queue = queue / all;
        Self {
            wait_probability: waiting / all,
            abandonment: theta * mean_queue / lambda,
            mean_queue,
            mean_wait: mean_queue / lambda,
            occupancy: if n == 0 { 1.0 } else { busy / all / n as f64 },
        }
    }

    fn without_impatience(lambda: f64, mu: f64, agents: u32) -> Self {
        let c = ErlangC::new(lambda, 1.0 / mu, agents);
        Self {
            wait_probability: c.wait_probability,
            abandonment: 0.0,
            mean_queue: c.mean_queue(),
            mean_wait: c.mean_wait_secs(),
            occupancy: c.occupancy(),
        }
    }
}
