//! What a first look at a message says about it, with the reasons, and how a person corrects it.

mod correction;

pub use correction::{Correction, Corrections, Mark, Topic};

use crate::{AnswerId, IssueId, Severity};
use serde::{Deserialize, Serialize};

/// Whether a message is about the change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// About the change.
    In,
    /// About something else.
    Out,
    /// Cannot be told from the words: a person says.
    #[default]
    Unsure,
}

impl Scope {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Unsure => "unsure",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::In, Self::Out, Self::Unsure].into_iter().find(|s| s.word() == word)
    }
}

/// A matter that goes before all others, whatever the plan says. The reading only finds it; what it is, a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Somebody may harm themselves.
    SelfHarm,
    /// Somebody threatens violence, or is threatened.
    Violence,
    /// Data of others can be seen, or an account is in wrong hands.
    DataBreach,
    /// A lawyer, a court or an authority is announced.
    Legal,
}

impl Urgency {
    /// All, the most urgent first.
    pub const ALL: [Self; 4] = [Self::SelfHarm, Self::Violence, Self::DataBreach, Self::Legal];

    /// Why a person is needed at once, for the one who takes over.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::SelfHarm => "Somebody may be in danger of harming themselves: a person reads this first.",
            Self::Violence => "A threat of violence: a person reads this first.",
            Self::DataBreach => "Data may be in wrong hands: a person reads this first.",
            Self::Legal => "A lawyer, a court or an authority is announced: a person reads this first.",
        }
    }

    /// How much the matter hurts at least.
    pub const fn severity(self) -> Severity {
        match self {
            Self::SelfHarm | Self::Violence | Self::DataBreach => Severity::Critical,
            Self::Legal => Severity::High,
        }
    }
}

/// A candidate answer and how sure the matcher is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// The answer.
    pub answer: AnswerId,
    /// Its title, as it was.
    pub title: String,
    /// 0 to 1: the estimated chance that this answer fits.
    pub confidence: f64,
    /// The approved wording that was nearest.
    pub nearest: String,
}

/// The first look at a conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Triage {
    /// About the change or not.
    pub scope: Scope,
    /// Key of the scenario in the plan, if one fits.
    pub scenario: Option<String>,
    /// Category, from the scenario: billing, access …
    pub category: Option<String>,
    /// How much it hurts.
    pub severity: Severity,
    /// "Is this expected?" rather than "how does this work?".
    pub reassurance: bool,
    /// A person is needed before anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<Urgency>,
    /// Why the assistant gives no answer to it, whatever fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// The customer is upset.
    pub upset: bool,
    /// The customer asks for a person.
    pub wants_person: bool,
    /// More than one question in one message.
    pub several_questions: bool,
    /// The issue this repeats, if one is known.
    pub issue: Option<IssueId>,
    /// Best answers, best first, at most three.
    pub suggestions: Vec<Suggestion>,
    /// Why, in words a person can check: one sentence for each finding.
    pub reasons: Vec<String>,
    /// Who corrected it last; nobody if it is the product's own.
    pub corrected_by: Option<String>,
    /// What of it people corrected, and what had been read.
    #[serde(default, skip_serializing_if = "Corrections::is_empty")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub corrections: Corrections,
}
