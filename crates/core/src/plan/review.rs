//! The daily review and the briefs. Doc comments here become descriptions in the JSON Schema too.

use super::{Length, Plan, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The daily review, and the two letters that say how things stand. Without this section nothing is scheduled; a review can still be held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewSection {
    /// When it begins, in local time (HH:MM). Usual: 09:30.
    #[serde(default)]
    pub at: Option<String>,
    /// Time zone of all times here. Default: the window's.
    #[serde(default)]
    pub zone: Option<String>,
    /// On which days (mon … sun). Usual: Monday to Friday.
    #[serde(default)]
    pub days: Vec<Weekday>,
    /// How long after `at` it can still begin; then it was missed, and the leads are told. Usual: 1 h.
    #[serde(default)]
    pub tolerance: Option<Length>,
    /// Who attends: e-mail addresses. Default: whoever has shifts on the rota.
    #[serde(default)]
    pub attends: Vec<String>,
    /// When the morning brief goes out, in local time (HH:MM). Usual: 08:00. Actions are reminded of at that time too.
    #[serde(default)]
    pub morning_at: Option<String>,
    /// Who gets the morning brief: e-mail addresses. Default: whoever attends.
    #[serde(default)]
    pub morning_to: Vec<String>,
    /// When the executive brief goes out, in local time (HH:MM). Usual: 17:00.
    #[serde(default)]
    pub executive_at: Option<String>,
    /// Who gets the executive brief: e-mail addresses. Without any it is not sent.
    #[serde(default)]
    pub executive_to: Vec<String>,
}

/// When the review begins unless told.
pub const REVIEW_AT: &str = "09:30";
/// When the morning brief goes out unless told.
pub const MORNING_AT: &str = "08:00";
/// When the executive brief goes out unless told.
pub const EXECUTIVE_AT: &str = "17:00";
/// People who attend, or get a brief, at most.
pub const REVIEW_PEOPLE: usize = 50;

/// A local time of day, "09:30"; none where it is no such time.
pub fn time_of_day(text: &str) -> Option<jiff::civil::Time> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i8>().ok()).flatten();
    jiff::civil::Time::new(two(hours)?, two(minutes)?, 0, 0).ok()
}

impl Plan {
    /// Who attends the review, where `rota` has shifts: in lower case, each once.
    pub fn attends_review(&self, rota: &[String]) -> Vec<String> {
        let named = self.review.as_ref().map(|r| r.attends.as_slice()).unwrap_or_default();
        once(if named.is_empty() { rota } else { named })
    }
    /// Who gets the morning brief, where `rota` has shifts: in lower case, each once.
    pub fn morning_brief_to(&self, rota: &[String]) -> Vec<String> {
        let named = self.review.as_ref().map(|r| r.morning_to.as_slice()).unwrap_or_default();
        if named.is_empty() { self.attends_review(rota) } else { once(named) }
    }
    /// Who gets the executive brief: in lower case, each once.
    pub fn executive_brief_to(&self) -> Vec<String> {
        self.review.as_ref().map(|r| once(&r.executive_to)).unwrap_or_default()
    }
}

fn once<'a>(people: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for person in people {
        let person = person.trim().to_lowercase();
        if !person.is_empty() && !all.contains(&person) && all.len() < REVIEW_PEOPLE {
            all.push(person);
        }
    }
    all
}
