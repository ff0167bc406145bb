//! Stages: the way back from the window's promises to the normal ones, one step at a time, and at once back again
//! where a guard worsens.
//!
//! [`of`] gives the stages of a plan in their order; a [`Ladder`] is where each of them stands; [`History`] is what
//! the guards have measured. [`advance`] is the whole rule: what happens by itself now. [`normalise`] and [`revert`]
//! are what people do; [`missing`] says why a step cannot be taken yet and what would do.
//!
//! | rule | figure |
//! | --- | --- |
//! | one stage at a time, in order, in a window that is stabilising | never otherwise, whoever asks |
//! | stable days of its categories before a step | [`STABLE_DAYS`] |
//! | since the step before | [`BETWEEN_STEPS`] |
//! | a guard takes its stage back, and all after it | z above 3 on a day, or the sum from h/2 above 3, or promises breaking too fast |
//! | stable days before it is tried again | [`COOL_DOWN_DAYS`] |
//! | tries by itself | [`AUTOMATIC_TRIES`], then people only |
//!
//! Source of the figures: canary releases, and the false-revert rates that `docs/stages.md` tables.

mod burning;
mod evidence;
mod guards;
mod ladder;
mod measured;
mod missing;
mod order;
mod rules;
mod stable;
#[cfg(test)]
mod tests;

use crate::Span;

pub use burning::{LATELY, burning};
pub use evidence::evidence;
pub use guards::{Burning, GuardDays, History, Reading, Verdict, readings};
pub use ladder::{Ladder, Place, StageEvent, Standing, Step, StepKind, Tightening};
pub use measured::{Measured, guard_days};
pub use missing::{Missing, missing};
pub use order::{GUARDS, Stage, impact, of};
pub use rules::{advance, normalise, replan, revert, revert_all};
pub use stable::{Run, StageDay, run};

/// Stable days in a row that a stage's categories need before its step.
pub const STABLE_DAYS: u32 = 2;
/// Stable days in a row after a step was taken back, before it is tried again.
pub const COOL_DOWN_DAYS: u32 = 3;
/// Time from one step to the next, so that each can show what it does.
pub const BETWEEN_STEPS: Span = Span::hours(24);
/// How often a stage may return by itself; after that only people take its step.
pub const AUTOMATIC_TRIES: u32 = 2;
