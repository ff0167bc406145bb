//! The `[runbook]` of a plan: how the change is taken live. Doc comments here become descriptions in the JSON Schema too.

use super::Length;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The steps that take the change live, with the gates between them, and what would take it back. Finishing it opens the window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RunbookSection {
    /// E-mail of who presses the button at the end. Leads always may.
    #[serde(default)]
    pub go_live_by: String,
    /// Who may roll back: e-mail addresses, or `shift-owner`. Leads always may. Usual: the decision owner on duty.
    #[serde(default)]
    pub may_roll_back: Vec<String>,
    /// Who may roll back past the point of no return all the same, with a reason: e-mail addresses. Usual: nobody, what fails is fixed forward.
    #[serde(default)]
    pub may_override: Vec<String>,
    /// What is done, in the order of reading; `after` says what has to wait for what.
    #[serde(default)]
    pub steps: Vec<RunbookStep>,
    /// Figures that your own monitoring sends in while the runbook is run.
    #[serde(default)]
    pub figures: Vec<RunbookFigure>,
    /// Figures that say: go back.
    #[serde(default)]
    pub triggers: Vec<RollbackTrigger>,
}

/// What kind of step it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Something is done.
    #[default]
    Task,
    /// Somebody says go or no-go. It cannot be skipped.
    Gate,
    /// A quick look that shows whether it works: it passes or fails.
    SmokeCheck,
    /// From here on there is no way back, only forward. At most one; it cannot be skipped.
    PointOfNoReturn,
}

/// One step of a runbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RunbookStep {
    /// Stable short name.
    pub key: String,
    /// What is done, in a few words.
    pub title: String,
    /// task, gate, smoke_check or point_of_no_return.
    #[serde(default)]
    pub kind: StepKind,
    /// E-mail of who does it, or who rules at a gate; or `shift-owner`. Leads always may.
    #[serde(default)]
    pub owner: String,
    /// How long it takes. Who does it is told once when it takes longer.
    #[serde(default)]
    pub takes: Option<Length>,
    /// Time after the beginning of the runbook before which it does not begin, for what has its hour.
    #[serde(default)]
    pub not_before: Option<Length>,
    /// Keys of the steps that have to be done before it can begin.
    #[serde(default)]
    pub after: Vec<String>,
    /// How one sees that it is done, or that it works; at a gate: what "go" rests on.
    #[serde(default)]
    pub validation: String,
}

/// A figure that your own monitoring sends in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RunbookFigure {
    /// Stable short name; triggers name it as their `signal`.
    pub key: String,
    /// Name for people: Failed payments.
    pub name: String,
    /// What stands behind the number: "%", "a minute".
    #[serde(default)]
    pub unit: String,
}

/// On which side of its threshold a figure is bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TriggerWhen {
    /// More than the threshold.
    #[default]
    Above,
    /// Less than the threshold.
    Below,
}

impl TriggerWhen {
    /// The word in plans and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}

/// A figure that says: go back. It tells those who may roll back, once; nothing is rolled back by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RollbackTrigger {
    /// Stable short name.
    pub key: String,
    /// Name for people: Payments fail.
    pub name: String,
    /// One of the product's signals, read as today's figure of the whole desk so far; or the key of one of the runbook's figures.
    pub signal: String,
    /// above or below.
    pub when: TriggerWhen,
    /// The threshold, in the signal's unit: conversations, seconds, a share from 0 to 1, points or percent. The threshold itself is still fine.
    pub threshold: f64,
    /// How long it has to be past the threshold without a pause. Usual: at once.
    #[serde(default)]
    pub lasting: Option<Length>,
    /// Key of the step from whose beginning on it is watched. Usual: from the beginning of the runbook.
    #[serde(default)]
    pub from: Option<String>,
    /// Who may roll back because of it, beside those of the runbook: e-mail addresses, or `shift-owner`.
    #[serde(default)]
    pub may_roll_back: Vec<String>,
}

impl RunbookSection {
    /// The step of that key.
    pub fn step(&self, key: &str) -> Option<&RunbookStep> {
        self.steps.iter().find(|step| step.key == key)
    }
    /// The point of no return.
    pub fn point(&self) -> Option<&RunbookStep> {
        self.steps.iter().find(|step| step.kind == StepKind::PointOfNoReturn)
    }
    /// The trigger of that key.
    pub fn trigger(&self, key: &str) -> Option<&RollbackTrigger> {
        self.triggers.iter().find(|trigger| trigger.key == key)
    }
    /// The figure of that key.
    pub fn figure(&self, key: &str) -> Option<&RunbookFigure> {
        self.figures.iter().find(|figure| figure.key == key)
    }
}
