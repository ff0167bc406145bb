//! Signals: measured every day, compared with the time before the change.
//!
//! [`Signal`] says what is measured and how; a [`Sample`] is one day of it; [`score`] compares a day
//! with the baseline and says why. One module for each family: counts, shares, durations, levels.

pub mod alarm;
mod baseline;
pub mod burn;
pub mod cohort;
mod counts;
pub mod cusum;
mod durations;
mod exposure;
mod levels;
pub mod mix;
mod sample;
mod score;
pub mod settled;
mod shares;
mod tails;
#[cfg(test)]
mod tests;
pub mod trend;

pub use baseline::{Weekdays, usual};
pub use exposure::Exposure;
pub use jiff::civil::Date as Day;
pub use sample::{Figures, Sample};
pub use score::{BASELINE_DAYS_FULL, BASELINE_DAYS_MIN, Basis, NORMAL_Z, Score, State, Together, Yardstick, score, score_by, so_far};

use serde::{Deserialize, Serialize};

/// What is measured every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// How many conversations began.
    Contacts,
    /// How long customers waited for a person.
    FirstResponse,
    /// How long matters took to settle.
    Resolution,
    /// How many are not settled.
    Backlog,
    /// How many were handed to another team.
    Escalations,
    /// How many came back with the same question.
    RepeatShare,
    /// How many only wanted to know that all is well.
    ReassuranceShare,
    /// How content customers are.
    Csat,
    /// How many the assistant settled.
    AssistantShare,
    /// How many critical matters are open.
    CriticalOpen,
    /// How sure the team is.
    Confidence,
    /// How many promises about time were kept.
    SlaAttainment,
    /// How many settled matters came back.
    ReopenShare,
    /// How far customers use what is new.
    Adoption,
    /// How it goes for customers who were asked.
    CheckIn,
}

/// How a signal is measured, which decides how it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Events in a day.
    Count,
    /// A part of a whole.
    Share,
    /// A median time.
    Duration,
    /// A state at the end of the day.
    Level,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
}

impl Signal {
    /// All, in the order of screens and reports.
    pub const ALL: [Self; 15] = [
        Self::Contacts,
        Self::FirstResponse,
        Self::Resolution,
        Self::Backlog,
        Self::Escalations,
        Self::RepeatShare,
        Self::ReassuranceShare,
        Self::Csat,
        Self::AssistantShare,
        Self::CriticalOpen,
        Self::Confidence,
        Self::SlaAttainment,
        Self::ReopenShare,
        Self::Adoption,
        Self::CheckIn,
    ];

    /// The word in plans, tables and JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::FirstResponse => "first_response",
            Self::Resolution => "resolution",
            Self::Backlog => "backlog",
            Self::Escalations => "escalations",
            Self::RepeatShare => "repeat_share",
            Self::ReassuranceShare => "reassurance_share",
            Self::Csat => "csat",
            Self::AssistantShare => "assistant_share",
            Self::CriticalOpen => "critical_open",
            Self::Confidence => "confidence",
            Self::SlaAttainment => "sla_attainment",
            Self::ReopenShare => "reopen_share",
            Self::Adoption => "adoption",
            Self::CheckIn => "check_in",
        }
    }

    /// From the word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "Contacts",
            Self::FirstResponse => "First response",
            Self::Resolution => "Resolution time",
            Self::Backlog => "Backlog",
            Self::Escalations => "Escalations",
            Self::RepeatShare => "Repeat questions",
            Self::ReassuranceShare => "Reassurance-seeking",
            Self::Csat => "Satisfaction",
            Self::AssistantShare => "Answered by the assistant",
            Self::CriticalOpen => "Open critical matters",
            Self::Confidence => "Team confidence",
            Self::SlaAttainment => "Promises kept",
            Self::ReopenShare => "Reopened",
            Self::Adoption => "Adoption",
            Self::CheckIn => "Good check-ins",
        }
    }

    /// The unit of its value: `conversations`, `s`, `share` (0 to 1), `points` (1 to 5) or `percent` (0 to 100).
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Contacts | Self::Backlog | Self::Escalations | Self::CriticalOpen => "conversations",
            Self::FirstResponse | Self::Resolution => "s",
            Self::RepeatShare
            | Self::ReassuranceShare
            | Self::Csat
            | Self::AssistantShare
            | Self::SlaAttainment
            | Self::ReopenShare
            | Self::CheckIn => "share",
            Self::Confidence => "points",
            Self::Adoption => "percent",
        }
    }

    /// What exactly is measured, in a sentence that is shown with the figure.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Contacts => "Conversations that customers began on this day, on any channel.",
            Self::FirstResponse => {
                "Median time from a conversation's beginning to the first public reply by a person, for conversations begun on this day; automatic replies and the assistant do not count."
            }
            Self::Resolution => {
                "Median time from a conversation's beginning to when it was last settled, for conversations begun on this day; those still open count with their time so far."
            }
            Self::Backlog => "Conversations not settled at the end of the day; divided by the baseline's daily throughput it reads as days of work.",
            Self::Escalations => "Conversations handed to another team or a higher level on this day.",
            Self::RepeatShare => {
                "Share of the day's conversations that follow one by the same customer on the same topic within the previous 7 days."
            }
            Self::ReassuranceShare => {
                "Share of the day's conversations that ask whether something is expected, safe or still on its way, rather than how it works."
            }
            Self::Csat => "Good ratings (4 or 5 of 5) divided by all ratings given on this day.",
            Self::AssistantShare => "Share of the day's conversations that the assistant answered and that needed no person afterwards.",
            Self::CriticalOpen => "Conversations and issues of critical severity not settled at the end of the day.",
            Self::SlaAttainment => {
                "Share of the promises about time decided on this day that were kept: a promise is decided when it is met in time or when it runs out."
            }
            Self::ReopenShare => {
                "Of the conversations settled in the 7 days to this day, the share that came back on it; counted backwards, because how many of today's will come back is not known yet."
            }
            Self::Adoption => "Percentage of customers who use what is new, as the product's own measurement reports it for this day.",
            Self::CheckIn => {
                "Answers “good” to check-ins divided by all answers with a face given on this day; an answer that was changed counts on the day of its change."
            }
            Self::Confidence => "Mean of the team's daily one-click pulse, 1 (worried) to 5 (sure).",
        }
    }

    /// Which way is good.
    pub const fn better(self) -> Better {
        match self {
            Self::Csat | Self::AssistantShare | Self::Confidence | Self::SlaAttainment | Self::Adoption | Self::CheckIn => Better::Higher,
            _ => Better::Lower,
        }
    }

    /// How it is measured and compared.
    pub const fn family(self) -> Family {
        match self {
            Self::Contacts | Self::Escalations => Family::Count,
            Self::RepeatShare
            | Self::ReassuranceShare
            | Self::Csat
            | Self::AssistantShare
            | Self::SlaAttainment
            | Self::ReopenShare
            | Self::CheckIn => Family::Share,
            Self::FirstResponse | Self::Resolution => Family::Duration,
            Self::Backlog | Self::CriticalOpen | Self::Confidence | Self::Adoption => Family::Level,
        }
    }

    /// Whether it can be measured of one category; if not, it is of the whole desk alone.
    pub const fn has_categories(self) -> bool {
        !matches!(self, Self::CheckIn)
    }

    /// A value as people say it: `62`, `12 %`, `3 h 20 min`, `4.1`.
    pub fn say(self, value: f64) -> String {
        match self.family() {
            Family::Share => format!("{:.0} %", value * 100.0),
            // Half seconds matter to nobody; the cast saturates.
            Family::Duration => crate::Span::secs(value.round() as i64).to_string(),
            Family::Level if self == Self::Confidence => format!("{value:.1}"),
            Family::Level if self == Self::Adoption => format!("{value:.0} %"),
            Family::Count | Family::Level if (value - value.round()).abs() < 0.05 => format!("{value:.0}"),
            Family::Count | Family::Level => format!("{value:.1}"),
        }
    }
}
