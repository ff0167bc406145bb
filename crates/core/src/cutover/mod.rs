//! A cutover: one run of a plan's runbook, or a rehearsal of it. Steps are done in their order, gates are ruled, the point of no return is passed on
//! purpose, figures are watched, and the run ends live, rolled back or stopped. A rehearsal follows the same rules and leaves the window as it is.

mod aggregate;
mod commands;
mod decide;
mod due;
mod rights;
pub mod schedule;
#[cfg(test)]
mod tests;
mod watch;

pub use commands::{Act, Begin, CutoverCommand, CutoverEvent};
pub use rights::{may_act, may_go_live, may_override, may_roll_back, may_roll_back_for};
pub use watch::Reading;

use crate::plan::{RunbookSection, RunbookStep, StepKind};
use crate::{CutoverId, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// Longest reason, note or evidence, in characters.
pub const TEXT_LIMIT: usize = 2_000;

/// Where a cutover stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CutoverState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It goes on.
    Running,
    /// All is done; the window is open, unless it was a rehearsal.
    Finished,
    /// It was taken back.
    RolledBack,
    /// It was ended before it was done.
    Stopped,
}

impl State {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::RolledBack => "rolled_back",
            Self::Stopped => "stopped",
        }
    }
    /// Whether nothing more happens.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Running)
    }
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CutoverStepStatus))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It has not begun.
    #[default]
    Waiting,
    /// Somebody is on it.
    Running,
    /// It is done, passed, or ruled go.
    Done,
    /// It did not work, or a check did not pass. It can be tried again.
    Failed,
    /// It was left out, with a reason.
    Skipped,
    /// A gate was ruled no-go. It can be ruled again.
    NoGo,
}

impl Status {
    /// Whether what waits for it may begin.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Skipped)
    }
}

/// How far a step is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Where it stands.
    pub status: Status,
    /// Counts what was done to it: whoever changes it names what they saw.
    pub revision: u32,
    /// When it was begun, the last time.
    pub started_at: Option<Timestamp>,
    /// By whom.
    pub started_by: Option<String>,
    /// When it was done, failed, skipped or ruled.
    pub ended_at: Option<Timestamp>,
    /// By whom.
    pub ended_by: Option<String>,
    /// Why it failed, was skipped or was ruled so.
    pub reason: Option<String>,
    /// What shows it.
    pub evidence: Option<String>,
    /// When it was found late.
    pub late_at: Option<Timestamp>,
}

/// What is known of a trigger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    /// Since when its figure has been past the threshold without a pause.
    pub since: Option<Timestamp>,
    /// The figure when it crossed the threshold, the last time.
    pub crossed_at_value: Option<f64>,
    /// When it fired.
    pub fired_at: Option<Timestamp>,
    /// The figure then.
    pub fired_value: Option<f64>,
}

/// A figure that was sent in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// Key of the runbook's figure.
    pub figure: String,
    /// Its value.
    pub value: f64,
    /// When it came in.
    pub at: Timestamp,
}

/// That the point of no return was passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The state of a cutover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cutover {
    /// Its id.
    pub id: CutoverId,
    /// Of which window.
    pub window: WindowId,
    /// It is a rehearsal: the window stays as it is.
    pub rehearsal: bool,
    /// The runbook as it was when it began: a plan that is applied meanwhile changes nothing here.
    pub runbook: RunbookSection,
    /// The version of the plan that had it.
    pub plan_version: u32,
    /// When it began.
    pub begun_at: Timestamp,
    /// Who began it.
    pub begun_by: String,
    /// Where it stands.
    pub state: State,
    /// How far each step is, in the runbook's order.
    pub steps: Vec<Progress>,
    /// Its triggers, in the runbook's order.
    pub triggers: Vec<Watched>,
    /// The last figure of each kind that was sent in.
    pub sent: Vec<Sent>,
    /// Past the point of no return.
    pub passed: Option<Passed>,
    /// Counts what was done to it: whoever decides something about the whole names what they saw.
    pub revision: u32,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it: who pressed the button, rolled back or stopped.
    pub ended_by: Option<String>,
    /// Why.
    pub ended_because: Option<String>,
    /// It was rolled back past the point of no return.
    pub overridden: bool,
}

impl Cutover {
    /// The place of a step.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.runbook.steps.iter().position(|step| step.key == key)
    }
    /// How far a step is.
    pub fn progress(&self, key: &str) -> Option<&Progress> {
        self.place(key).and_then(|place| self.steps.get(place))
    }
    /// Every step with how far it is.
    pub fn all(&self) -> impl Iterator<Item = (&RunbookStep, &Progress)> {
        self.runbook.steps.iter().zip(&self.steps)
    }
    /// Titles of what a step still waits for.
    pub fn missing<'a>(&'a self, step: &'a RunbookStep) -> Vec<&'a str> {
        let open = |key: &&String| self.progress(key).is_none_or(|p| !p.status.is_finished());
        step.after.iter().filter(open).map(|key| self.runbook.step(key).map_or(key.as_str(), |s| s.title.as_str())).collect()
    }
    /// Whether a step can begin now, or be ruled.
    pub fn can_begin(&self, step: &RunbookStep, progress: &Progress) -> bool {
        let open = matches!(progress.status, Status::Waiting | Status::Failed | Status::NoGo);
        self.state == State::Running && open && self.missing(step).is_empty()
    }
    /// What is not finished.
    pub fn open(&self) -> impl Iterator<Item = &RunbookStep> {
        self.all().filter(|(_, progress)| !progress.status.is_finished()).map(|(step, _)| step)
    }
    /// How many steps are done, how many were skipped.
    pub fn counts(&self) -> (usize, usize) {
        let count = |status| self.steps.iter().filter(|p| p.status == status).count();
        (count(Status::Done), count(Status::Skipped))
    }
    /// Whether a trigger is watched at this moment: its step has begun, and the run goes on.
    pub fn watches(&self, place: usize) -> bool {
        let from = self.runbook.triggers.get(place).map(|trigger| trigger.from.as_deref());
        let begun = |key: &str| self.progress(key).is_some_and(|p| p.status != Status::Waiting);
        self.state == State::Running && from.is_some_and(|from| from.is_none_or(begun))
    }
    /// The figure that was sent in last.
    pub fn last_sent(&self, figure: &str) -> Option<&Sent> {
        self.sent.iter().find(|sent| sent.figure == figure)
    }
    /// What the record says of it in a sentence.
    pub fn summary(&self) -> String {
        let (done, skipped) = self.counts();
        let left_out = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
        format!("{done} of {} steps done{left_out}", self.steps.len())
    }
}

/// The word for a kind of step, for people.
pub const fn kind_in_words(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Task => "task",
        StepKind::Gate => "gate",
        StepKind::SmokeCheck => "smoke check",
        StepKind::PointOfNoReturn => "point of no return",
    }
}
