//! The `[[stages]]` of a plan: the way back from the window's promises to the normal ones.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One step of the way back to normal promises. Steps are taken in the order of the file: low-impact categories first, critical flows last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedStage {
    /// Name for people; the same name is the same stage.
    pub name: String,
    /// Categories of scenarios that return to normal promises together.
    pub categories: Vec<String>,
    /// Signals that take the step back when they worsen in one of its categories. Default: sla_attainment, repeat_share, escalations and contacts.
    #[serde(default)]
    pub guards: Vec<String>,
    /// Whether the step is taken by itself when nothing is missing. Otherwise it is proposed, and a person takes it. Steps back are always taken at once.
    #[serde(default)]
    pub automatic: bool,
}
