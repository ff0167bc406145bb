//! A launch that has not happened: customers, people and measures, as a simulation of single events.
//!
//! [`compare()`] plays a plan with and without each measure. What happens is drawn from the plan and from
//! [`assumptions`]; how it is judged are the rules of production: promises by `hypercare_core::clock`, days by
//! `signals::score`, the end by `exit::verdict`. The model and its limits: `docs/simulate.md`.

mod arrivals;
pub mod assumptions;
mod compare;
mod contact;
mod day;
mod duty;
mod events;
mod figures;
pub mod fit;
mod judge;
mod measures;
mod play;
mod promises;
mod quarters;
mod random;
mod roster;
mod sentence;
mod stages;
mod team;
#[cfg(test)]
mod tests;
mod time;
mod visits;
mod world;

pub use compare::{Arm, Comparison, DayMeans, Effect, Estimate, Line, Options, REPLICATIONS_ADVISED, REPLICATIONS_LIMIT, compare};
pub use figures::Figure;
pub use measures::{Measure, Measures};
