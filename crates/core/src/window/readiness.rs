//! The readiness gate: what a plan still lacks before its change may go live.

use serde::{Deserialize, Serialize};

/// One thing that is missing, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gap {
    /// Stable short name: `answers.price-higher.approved`.
    pub key: String,
    /// What is missing, in a sentence.
    pub what: String,
    /// What to do.
    pub fix: String,
}
