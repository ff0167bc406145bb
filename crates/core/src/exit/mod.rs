//! May the window end? Stable days in a row, every required signal back to its baseline, no critical
//! matter, settled objectives, signatures; and for each of them the evidence.
//!
//! [`Course`] follows a window from day to day and [`replay`] runs it over the past with only what was known then;
//! production, backtest and simulation all go through it. [`verdict`] is the answer to given days; [`days`] finds the
//! stable days and their run; [`criteria`] holds what must be met and why it is or is not.

mod course;
mod criteria;
mod days;
mod leaving;
mod pooled;
mod rhythm;
#[cfg(test)]
mod tests;

use crate::objectives::Progress;
use crate::plan::ExitSection;
use crate::signals::alarm::Alarm;
use crate::signals::{Day, Score, Signal};
use crate::window::readiness::Gap;
pub use course::{Course, Known, Series, Setting, replay};
pub use leaving::{Leaving, Left};
pub use pooled::Pooled;
pub use rhythm::Rhythm;
use serde::{Deserialize, Serialize};

/// Fewer stable days in a row than this are never enough, whatever the plan says.
pub const STABLE_DAYS_MIN: u32 = 5;
/// Days without a verdict that a run may contain.
pub const UNKNOWN_DAYS_MAX: u32 = 2;

/// Everything that exit depends on.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The plan's exit section.
    pub exit: &'a ExitSection,
    /// The days since go-live in order; the last may still be going on.
    pub days: &'a [DayFacts],
    /// The plan's objectives.
    pub objectives: &'a [ObjectiveFacts],
    /// Who has not signed off yet: names or roles.
    pub missing_sign_offs: &'a [String],
    /// Which weekdays are busy.
    pub rhythm: &'a Rhythm,
    /// What is left behind otherwise.
    pub leaving: &'a Leaving,
}

/// What is known about a day.
#[derive(Clone, Debug, PartialEq)]
pub struct DayFacts {
    /// Which day, in the programme's zone.
    pub date: Day,
    /// Whether it is over and all its data has arrived.
    pub complete: bool,
    /// Its signals.
    pub signals: Vec<Judged>,
    /// Critical conversations and issues open on it.
    pub critical_open: u32,
    /// Promises that broke too fast on it, each in a sentence.
    pub burning: Vec<String>,
}

/// A signal's score on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Which signal.
    pub signal: Signal,
    /// Whether exit waits for it.
    pub required: bool,
    /// How the day compares.
    pub score: Score,
    /// The alarm that is open at the end of the day.
    pub alarm: Option<Alarm>,
}

/// An objective and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectiveFacts {
    /// Its key in the plan.
    pub key: String,
    /// The statement, for people.
    pub name: String,
    /// Where it stands.
    pub progress: Progress,
    /// Unit of its signal's values; empty where there is no such signal.
    pub unit: &'static str,
}

/// Whether a day counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stability {
    /// Every required signal is normal and nothing critical is open: it counts.
    Stable,
    /// Something is off: the count starts again.
    Fluctuation,
    /// It cannot be judged: it neither counts nor resets.
    Unknown,
}

/// The verdict on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayVerdict {
    /// Which day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Day,
    /// Whether it counts.
    pub stable: Stability,
    /// Why, one sentence for each finding.
    pub reasons: Vec<String>,
}

/// What last set the count back to zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reset {
    /// On which day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Day,
    /// What, in a few words: "escalations and first response".
    pub reason: String,
}

/// One thing that must be so before the window may end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Criterion {
    /// Stable short name: `stable_days`, `baseline.contacts`, `objective.calm-billing`.
    pub key: String,
    /// What must be so.
    pub what: String,
    /// Whether it is.
    pub met: bool,
    /// What that rests on.
    pub evidence: String,
    /// It cannot be measured yet, because no stable day counts: nothing is wrong with it.
    #[serde(default)]
    pub waits: bool,
    /// The days taken together, where the criterion is about them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pooled: Option<Pooled>,
}

impl Criterion {
    fn new(key: impl Into<String>, what: impl Into<String>, met: bool, evidence: String) -> Self {
        Self { key: key.into(), what: what.into(), met, evidence, waits: false, pooled: None }
    }
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// Every day since go-live; days nobody measured are there as unknown.
    pub days: Vec<DayVerdict>,
    /// Stable days in a row, up to now.
    pub streak: u32,
    /// How many are needed.
    pub needed: u32,
    /// What last set the count back, if anything did.
    pub reset_by: Option<Reset>,
    /// What must be so.
    pub criteria: Vec<Criterion>,
    /// Whether all of it is. Leaving is still a person's decision.
    pub ready: bool,
    /// The answer in one sentence.
    pub sentence: String,
    /// What stands in the way, for the closing step.
    pub missing: Vec<Gap>,
}

/// Judges the days and every criterion. At least five stable days in a row are needed, more if the plan
/// says so; going on without a criterion is a person's decision with a reason.
pub fn verdict(input: &Input<'_>) -> Verdict {
    let mut run = days::Run::default();
    let days = input.days.iter().flat_map(|day| run.add(day)).collect();
    conclude(input, &run, days)
}

/// The answer to a run of days that was already judged.
fn conclude(input: &Input<'_>, run: &days::Run, days: Vec<DayVerdict>) -> Verdict {
    let needed = input.exit.stable_days.max(STABLE_DAYS_MIN);
    let criteria = criteria::all(input, run, needed);
    let missing = [criteria::gaps(&criteria), input.leaving.gaps()].concat();
    let sentence = criteria::sentence(&criteria, run, needed);
    Verdict { streak: run.streak(), needed, reset_by: run.reset_by.clone(), ready: missing.is_empty(), days, criteria, sentence, missing }
}
