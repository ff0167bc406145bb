//! What a window taught: which excess caused the work, what stalled, what followed answers, how much each person carried, and what of
//! that goes into the next plan.
//!
//! Pure rules over figures that others counted; they are the same figures as on the screens.

mod decisions;
mod follow_ups;
mod load;
mod next_plan;
mod pareto;
mod phrasing;
mod promise;
#[cfg(test)]
mod tests;

pub use decisions::{Wait, WaitGroup, Waits, waits};
pub use follow_ups::{After, Halved, Started, after_approval};
pub use load::{LoadFigures, loads};
pub use next_plan::{Adjustment, Happened, Kept, NewScenario, NextPlan, Note, Place, next_plan};
pub use pareto::{Excess, ExcessLine, pareto};
pub use phrasing::{Phrase, phrasings};
pub use promise::{Judged, PromiseChange, promise_change};
