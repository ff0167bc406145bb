//! How long a question may wait. Doc comments here become descriptions in the JSON Schema too.

use super::{Length, Plan};
use crate::Span;
use crate::decision::WITHIN;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Decisions of the window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionsSection {
    /// A question is to be ruled in so long; most of it used up, those who may rule are reminded, and after it the leads hear of it.
    /// Usual: 30 min.
    #[serde(default)]
    pub within: Option<Length>,
}

impl Plan {
    /// In how long a question is to be ruled.
    pub fn decided_within(&self) -> Span {
        self.decisions.within.map_or(WITHIN, |length| length.0)
    }
}
