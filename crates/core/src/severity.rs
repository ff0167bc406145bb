//! Impact-based severity: what the customer cannot do, not how loudly they say it.

use serde::{Deserialize, Serialize};

/// How much a conversation's matter hurts. Ordered: `Critical` is greatest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Cosmetic or a wish.
    Low,
    /// A question, or a nuisance with a way round.
    #[default]
    Normal,
    /// Money or an important task is affected.
    High,
    /// Access, payment or a core workflow is blocked.
    Critical,
}

impl Severity {
    /// All, worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Normal, Self::Low];
    /// The word in tables, JSON and TOML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
    /// Whether a person is needed at once, whatever the assistant knows.
    pub const fn is_blocker(self) -> bool {
        matches!(self, Self::Critical)
    }
}
