//! Erlang B and C: how often somebody waits, and how long, where nobody gives up.
//!
//! Sources: A. K. Erlang, *Solution of some problems in the theory of probabilities of significance in automatic
//! telephone exchanges* (1917). The recursion runs on the inverse of B, which only adds positive terms and so
//! stays exact for any size.
//! No factorial is ever formed.

/// More agents than any team has; a walk over agents ends here.
pub const AGENTS_LIMIT: u32 = 100_000;

/// Erlang B: the share of arrivals that find all `n` agents busy where nobody may wait. `a` is the offered load in
/// erlangs (arrival rate times handling time) and need not be whole.
///
/// `I_0 = 1; I_k = 1 + I_{k-1} · k / a; B = 1 / I_n`. No load loses nobody; no agents lose everybody.
pub fn erlang_b(a: f64, n: u32) -> f64 {
    if n == 0 {
        return 1.0;
    }
    // Also a load that is no number.
    if a.is_nan() || a <= 0.0 {
        return 0.0;
    }
    1.0 / (1..=n.min(AGENTS_LIMIT)).fold(1.0, |inverse, k| 1.0 + inverse * f64::from(k) / a)
}

/// Erlang C: the probability that an arrival waits, where everybody waits until served. 1 where the load is not less
/// than the agents, since then the queue grows without end.
///
/// `C = B / (1 - (a/n)(1 - B))` for `n > a`.
pub fn erlang_c(a: f64, n: u32) -> f64 {
    from_b(a, n, erlang_b(a, n))
}

/// C from B, so that a walk over agents computes each once.
pub(super) fn from_b(a: f64, n: u32, b: f64) -> f64 {
    let n = f64::from(n);
    if n > a { b / (1.0 - a / n * (1.0 - b)) } else { 1.0 }
}

/// A queue in which everybody waits: the M/M/n queue in its steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    /// Offered load in erlangs.
    pub load: f64,
    /// Agents.
    pub agents: u32,
    /// Mean handling time in seconds.
    pub handling_secs: f64,
    /// P(W > 0): the probability of having to wait.
    pub wait_probability: f64,
}

impl ErlangC {
    /// The queue of `agents` under an arrival rate per second and a mean handling time in seconds.
    pub fn new(rate: f64, handling_secs: f64, agents: u32) -> Self {
        let load = rate * handling_secs;
        Self { load, agents, handling_secs, wait_probability: erlang_c(load, agents) }
    }

    /// The same queue, its probability of waiting known.
    pub(super) fn known(load: f64, handling_secs: f64, agents: u32, wait_probability: f64) -> Self {
        Self { load, agents, handling_secs, wait_probability }
    }

    /// Whether the agents can keep up at all.
    pub fn is_stable(&self) -> bool {
        f64::from(self.agents) > self.load
    }

    /// Agents beyond the load; negative where they cannot keep up.
    fn spare(&self) -> f64 {
        f64::from(self.agents) - self.load
    }

    /// P(W ≤ t): the share that waits at most `secs`. `1 - C · exp(-(n - a) · t / AHT)`; 0 where the queue grows without end.
    pub fn service_level(&self, secs: f64) -> f64 {
        if self.is_stable() { 1.0 - self.wait_probability * (-self.spare() * secs / self.handling_secs).exp() } else { 0.0 }
    }

    /// Average speed of answer in seconds: the mean wait over all. `C · AHT / (n - a)`; infinite where the queue grows without end.
    pub fn mean_wait_secs(&self) -> f64 {
        if self.is_stable() { self.wait_probability * self.handling_secs / self.spare() } else { f64::INFINITY }
    }

    /// People waiting on average, by Little's law: arrival rate times mean wait.
    pub fn mean_queue(&self) -> f64 {
        if self.is_stable() { self.wait_probability * self.load / self.spare() } else { f64::INFINITY }
    }

    /// Share of their time that agents are busy, at most 1.
    pub fn occupancy(&self) -> f64 {
        if self.agents == 0 { 1.0 } else { (self.load / f64::from(self.agents)).min(1.0) }
    }
}
