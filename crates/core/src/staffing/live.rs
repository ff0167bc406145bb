//! How many people a live channel (chat, telephone) needs: the smallest number that keeps the promise about waiting
//! and leaves agents room to breathe.

use super::erlang::{AGENTS_LIMIT, from_b};
use super::{ErlangA, ErlangC};
use crate::Span;

/// What arrives on a live channel, and how long it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Arrivals per second.
    pub rate: f64,
    /// Mean handling time in seconds, including what comes after the conversation.
    pub handling_secs: f64,
}

/// What is promised, and within which limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Share of arrivals, 0 to 1, that must be answered within `within_secs`.
    pub share: f64,
    /// Seconds within which that share is answered.
    pub within_secs: f64,
    /// The largest share of their time that agents may be busy, 0 to 1.
    pub max_occupancy: f64,
    /// Share of paid time, 0 to 1, that is not at the queue: breaks, meetings, training, illness.
    pub shrinkage: f64,
}

impl Default for Target {
    /// 80 % within 20 s, busy 85 % at most, 30 % of the time elsewhere: what the field calls "80/20".
    fn default() -> Self {
        Self { share: 0.80, within_secs: 20.0, max_occupancy: 0.85, shrinkage: 0.30 }
    }
}

/// How many people are needed, and what they achieve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// Agents at the queue at the same time.
    pub agents: u32,
    /// People to put on the rota, so that after shrinkage that many are at the queue.
    pub rostered: u32,
    /// What that number achieves where everybody waits.
    pub queue: ErlangC,
}

impl Load {
    /// `arrivals` in each `per`, each taking `handling` on average.
    ///
    /// # Errors
    /// What is wrong, in a sentence that begins with the quantity: a count that is negative or no number, a period or
    /// handling time of zero, or a load beyond a hundred thousand agents.
    pub fn new(arrivals: f64, per: Span, handling: Span) -> Result<Self, String> {
        if !arrivals.is_finite() || arrivals < 0.0 {
            return Err(format!("arrivals: {arrivals} cannot arrive; give a number of 0 or more"));
        }
        if per <= Span::ZERO {
            return Err("the period: it must be longer than nothing, such as 30 min or 1 h".into());
        }
        if handling <= Span::ZERO {
            return Err("the handling time: work that takes no time needs nobody; give a time such as 3 min".into());
        }
        let load = Self { rate: arrivals / per.as_secs_f64(), handling_secs: handling.as_secs_f64() };
        if load.erlangs() > f64::from(AGENTS_LIMIT) / 2.0 {
            return Err(format!("the load: {:.0} erlangs are more than any team serves; check the arrivals and the handling time", load.erlangs()));
        }
        Ok(load)
    }

    /// Offered load in erlangs: agents that would be busy all the time.
    pub fn erlangs(&self) -> f64 {
        self.rate * self.handling_secs
    }

    /// What this many agents achieve where everybody waits.
    pub fn with_agents(&self, agents: u32) -> ErlangC {
        ErlangC::new(self.rate, self.handling_secs, agents)
    }

    /// What this many agents achieve where people give up after `patience` on average; times in seconds.
    pub fn with_patience(&self, agents: u32, patience: Span) -> ErlangA {
        ErlangA::new(self.rate, 1.0 / self.handling_secs, 1.0 / patience.as_secs_f64(), agents)
    }
}

impl Target {
    /// Whether the numbers make sense.
    ///
    /// # Errors
    /// What is wrong, in a sentence that begins with the quantity.
    pub fn checked(self) -> Result<Self, String> {
        if !(self.share > 0.0 && self.share < 1.0) {
            let help =
                if self.share >= 1.0 { "no number of people answers everybody in time; 80 % or 90 % are usual" } else { "80 % or 90 % are usual" };
            return Err(format!("the target: {} is not a share above 0 % and below 100 %; {help}", percent(self.share)));
        }
        if !self.within_secs.is_finite() || self.within_secs < 0.0 {
            return Err("the time to answer: it cannot be negative; 20 s is usual".into());
        }
        if !(self.max_occupancy > 0.0 && self.max_occupancy <= 1.0) {
            return Err(format!("the occupancy: {} is not a share above 0 % and up to 100 %; 85 % is usual", percent(self.max_occupancy)));
        }
        if !(self.shrinkage >= 0.0 && self.shrinkage < 1.0) {
            return Err(format!("the shrinkage: {} is not a share from 0 % to below 100 %; 30 % is usual", percent(self.shrinkage)));
        }
        Ok(self)
    }

    /// People to put on the rota so that `agents` are at the queue: `ceil(n / (1 - shrinkage))`.
    pub fn rostered(&self, agents: u32) -> u32 {
        // A hair under, so that 14 / 0.7 is 20 and not 21 by rounding.
        (f64::from(agents) / (1.0 - self.shrinkage) - 1e-9).ceil().max(0.0) as u32
    }

    /// The smallest number of agents with `P(W ≤ t) ≥ share` and `a / n ≤ max_occupancy`; nobody where nothing arrives.
    /// None where a hundred thousand are not enough.
    pub fn need(&self, load: &Load) -> Option<Need> {
        let a = load.erlangs();
        let mut inverse_b = 1.0;
        for agents in 0..=AGENTS_LIMIT {
            if a <= 0.0 {
                let queue = ErlangC::known(0.0, load.handling_secs, 0, 0.0);
                return Some(Need { agents: 0, rostered: 0, queue });
            }
            let n = f64::from(agents);
            if agents > 0 {
                inverse_b = 1.0 + inverse_b * n / a;
            }
            if n <= a || a / n > self.max_occupancy + 1e-12 {
                continue;
            }
            let queue = ErlangC::known(a, load.handling_secs, agents, from_b(a, agents, 1.0 / inverse_b));
            if queue.service_level(self.within_secs) >= self.share {
                return Some(Need { agents, rostered: self.rostered(agents), queue });
            }
        }
        None
    }
}

/// 0.8 as "80 %".
fn percent(share: f64) -> String {
    format!("{} %", (share * 1e4).round() / 100.0)
}
