//! The `[handover]` of a plan: what normal operations take over, and how long the product watches after the end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Days that are watched after the end where the plan does not say.
pub const WATCH_DAYS: u32 = 14;
/// Days that can be watched: later it is another matter.
pub const WATCH_DAYS_LIMIT: u32 = 60;

/// What is handed over to normal operations at the end, and how long is watched afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandoverSection {
    /// Days after the end for which the required signals are still compared with the time before the change; 0 for none. Usual: 14.
    #[serde(default = "watch_days")]
    pub watch_days: u32,
    /// What somebody takes over: exit waits until each is accepted.
    #[serde(default)]
    pub items: Vec<PlannedItem>,
}

/// One thing that somebody takes over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedItem {
    /// Stable short name.
    pub key: String,
    /// What is so once it is handed over: "The runbooks are signed by each team".
    pub what: String,
    /// E-mail of the person or team that takes it over. It can be named later.
    #[serde(default)]
    pub receiver: String,
    /// Their name, where the address does not say it.
    #[serde(default)]
    pub receiver_name: String,
}

impl Default for HandoverSection {
    fn default() -> Self {
        Self { watch_days: WATCH_DAYS, items: vec![] }
    }
}

fn watch_days() -> u32 {
    WATCH_DAYS
}
