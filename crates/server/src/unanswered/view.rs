//! A group as the API shows it.

use super::groups::{Grouped, Standing};
use super::readings::Reading;
use hypercare_core::{AnswerId, ConversationId, Timestamp, WindowId};
use hypercare_store::queries::unanswered::Line;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

const DAY: i64 = 86_400_000_000;
/// Days of the small chart.
const DAYS: usize = 7;
/// Characters of a wording in a list.
const WORDING: usize = 300;

/// Where a group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnansweredState {
    /// It waits for an answer.
    Open,
    /// An answer was written for it and waits for approval.
    Drafted,
    /// Somebody decided that it needs none.
    Dismissed,
}

/// Messages that ask the same and that nothing approved answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Unanswered {
    /// Its first conversation, by which it is known. A later one of its conversations leads to it as well.
    pub id: ConversationId,
    /// Of which window.
    pub window: WindowId,
    /// Where it stands.
    pub state: UnansweredState,
    /// The most typical question, shortened.
    pub title: String,
    /// The most typical wordings, as they were written; at most five.
    pub wordings: Vec<String>,
    /// How many messages: a conversation counts once.
    pub messages: usize,
    /// Different customers.
    pub people: usize,
    /// Since when.
    pub since: Timestamp,
    /// The last one.
    pub last: Timestamp,
    /// How many in the last 24 hours.
    pub last_day: usize,
    /// How many in the 24 hours before.
    pub day_before: usize,
    /// How many in each 24 hours of the last seven, oldest first.
    pub per_day: Vec<usize>,
    /// To how many somebody has replied.
    pub replied: usize,
    /// The approved answer that comes nearest, if one comes near at all.
    pub nearest: Option<NearestAnswer>,
    /// The answer that was written for it.
    pub draft: Option<DraftedAnswer>,
    /// Who decided that it needs no answer.
    pub dismissed: Option<Dismissed>,
}

/// The approved answer that comes nearest.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NearestAnswer {
    /// Which.
    pub answer: AnswerId,
    /// Its title.
    pub title: String,
    /// The estimated chance that it fits, 0 to 1; none where it was found by what people replied with.
    pub confidence: Option<f64>,
    /// How often people replied to these messages with it.
    pub used: usize,
}

/// An answer that waits for approval.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftedAnswer {
    /// Which.
    pub answer: AnswerId,
    /// Its title.
    pub title: String,
}

/// A decision that no answer is needed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Dismissed {
    /// Whose.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A group as it stands at `now`.
pub fn view(window: WindowId, g: &Grouped, reading: Option<&Reading>, now: Timestamp) -> Unanswered {
    let mut per_day = vec![0; DAYS];
    for line in &g.lines {
        // The last 24 hours are the last place; what is said at this very instant belongs to them.
        let days = usize::try_from((now.0 - line.at).max(0) / DAY).unwrap_or(usize::MAX);
        if let Some(place) = DAYS.checked_sub(days.saturating_add(1)) {
            per_day[place] += 1;
        }
    }
    let (state, draft, dismissed) = match &g.standing {
        Standing::Open => (UnansweredState::Open, None, None),
        Standing::Drafted(answer, title) => (UnansweredState::Drafted, Some(DraftedAnswer { answer: *answer, title: title.clone() }), None),
        Standing::Dismissed(d) => {
            let dismissed = Dismissed { by: d.by.clone(), at: d.at, reason: d.reason.clone() };
            (UnansweredState::Dismissed, None, Some(dismissed))
        }
    };
    let used = |answer: AnswerId| g.lines.iter().filter(|l| l.reply_answer == Some(answer.0)).count();
    let nearest = reading.and_then(|r| r.nearest.as_ref()).map(|s| NearestAnswer {
        answer: s.answer,
        title: s.title.clone(),
        confidence: Some(s.confidence),
        used: used(s.answer),
    });
    Unanswered {
        id: g.id,
        window,
        state,
        title: g.title.clone(),
        wordings: g.wordings.iter().map(|w| cut(w)).collect(),
        messages: g.lines.len(),
        people: g.people(),
        since: Timestamp(g.lines.iter().map(|l| l.at).min().unwrap_or(now.0)),
        last: Timestamp(g.lines.iter().map(|l| l.at).max().unwrap_or(now.0)),
        last_day: per_day[DAYS - 1],
        day_before: per_day[DAYS - 2],
        per_day,
        replied: g.lines.iter().filter(|l| l.reply.is_some()).count(),
        nearest,
        draft,
        dismissed,
    }
}

/// The answer that people mostly replied with, with how often; the older of equal ones.
pub fn mostly_used(lines: &[Line]) -> Option<(AnswerId, usize)> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for id in lines.iter().filter_map(|l| l.reply_answer) {
        *counts.entry(id).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(id, count)| (*count, -id)).map(|(id, count)| (AnswerId(id), count))
}

/// A wording, shortened.
pub fn cut(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= WORDING { text.to_owned() } else { text.chars().take(WORDING - 1).chain(['…']).collect() }
}
