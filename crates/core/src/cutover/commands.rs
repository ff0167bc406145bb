//! What can be asked of a cutover, and what can have happened to it.

use super::{Cutover, Reading};
use crate::plan::RunbookSection;
use crate::{CutoverId, WindowId};
use serde::{Deserialize, Serialize};

/// What is done to a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Begin, or try again.
    Start,
    /// It is done; a smoke check has passed.
    Done {
        /// What shows it.
        evidence: Option<String>,
    },
    /// It did not work; needs the reason.
    Fail,
    /// Leave it out; needs the reason.
    Skip,
    /// Rule on a gate; needs the reason.
    Rule {
        /// Go, or no-go.
        go: bool,
    },
    /// Pass the point of no return.
    Pass {
        /// They said once more that they mean it.
        confirmed: bool,
    },
}

/// How one begins.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Its id.
    pub id: CutoverId,
    /// Of which window.
    pub window: WindowId,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// The runbook.
    pub runbook: RunbookSection,
    /// The version of its plan.
    pub plan_version: u32,
}

/// What can be asked of a cutover.
#[derive(Clone, Debug)]
pub enum CutoverCommand {
    /// Begin.
    Begin {
        /// What.
        begin: Box<Begin>,
    },
    /// Do something to a step.
    Step {
        /// Its key.
        step: String,
        /// What.
        act: Act,
        /// Its revision as it was seen; none where it does not matter to the caller.
        seen: Option<u32>,
        /// The revision of the whole as it was seen: asked for at the point of no return.
        whole: Option<u32>,
    },
    /// Take the change back; needs the reason.
    RollBack {
        /// Also past the point of no return: by whom, as an e-mail address in lower case.
        over: Option<String>,
    },
    /// End it before it is done; needs the reason.
    Stop,
    /// All is done: go live.
    Finish {
        /// The revision of the whole as it was seen.
        seen: Option<u32>,
    },
    /// A figure was sent in.
    Report {
        /// Key of the runbook's figure.
        figure: String,
        /// Its value.
        value: f64,
    },
    /// The engine: figures of the desk as they are now, and due times up to `stamp.at` have passed.
    Look {
        /// What was read.
        readings: Vec<Reading>,
    },
}

/// What can have happened to a cutover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CutoverEvent {
    /// It began.
    Begun {
        /// As it began.
        cutover: Box<Cutover>,
    },
    /// A step was begun, or is tried again.
    StepStarted {
        /// Which.
        step: String,
    },
    /// A step is done.
    StepDone {
        /// Which.
        step: String,
        /// What shows it.
        evidence: Option<String>,
    },
    /// A step did not work.
    StepFailed {
        /// Which.
        step: String,
    },
    /// A step was left out.
    StepSkipped {
        /// Which.
        step: String,
    },
    /// A gate was ruled on.
    GateRuled {
        /// Which.
        step: String,
        /// Go, or no-go.
        go: bool,
    },
    /// There is no way back any more.
    PointPassed {
        /// Which step it is.
        step: String,
    },
    /// A step takes longer than planned.
    StepLate {
        /// Which.
        step: String,
    },
    /// A figure was sent in.
    FigureSent {
        /// Which.
        figure: String,
        /// Its value.
        value: f64,
    },
    /// A trigger's figure crossed its threshold.
    TriggerCrossed {
        /// Which.
        trigger: String,
        /// The figure.
        value: f64,
    },
    /// It is on the good side again, or there is no figure any more.
    TriggerCalmed {
        /// Which.
        trigger: String,
        /// The figure.
        value: Option<f64>,
    },
    /// It was past its threshold for long enough.
    TriggerFired {
        /// Which.
        trigger: String,
        /// The figure.
        value: f64,
        /// The point of no return is behind us.
        past: bool,
    },
    /// The change is taken back.
    RolledBack {
        /// Past the point of no return.
        overridden: bool,
    },
    /// It was ended before it was done.
    Stopped,
    /// All is done.
    Finished,
}
