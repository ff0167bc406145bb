//! The words of a window: what customers may read unexplained, and what is explained to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A word of the change that customers read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedTerm {
    /// The word as it is written: `SEPA`, `seat`.
    pub term: String,
    /// What it means, in a few words for customers; the check of a text suggests it where an abbreviation or a word of the trade stands
    /// unexplained. Without it, everybody knows the word and it is never marked.
    #[serde(default)]
    pub meaning: String,
}
