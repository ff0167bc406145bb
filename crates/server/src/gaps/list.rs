//! `GET /gaps`: searches without a result, grouped. `GET /gaps/answers`: answers after which customers wrote all the same.

use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use crate::unanswered::{Groupings, Question};
use crate::{unanswered, windows};
use axum::Json;
use axum::extract::State;
use hypercare_core::answer::AnswerText;
use hypercare_core::{AnswerId, ConversationId, Timestamp, WindowId};
use hypercare_language::learning::Asked;
use hypercare_store::queries::help::{self, Without};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::{IntoParams, ToSchema};

/// What is remembered of searches without a result.
#[derive(Default)]
pub struct Cache(Groupings<Without>);

impl Cache {
    /// Forgets all of it.
    pub fn forget(&self) {
        self.0.forget();
    }
}

impl Question for Without {
    fn asked(&self) -> Asked<'_> {
        Asked { id: self.id, at: Timestamp(self.at), text: &self.text }
    }
}

/// Searches that are looked at: the newest.
const LOOKED_AT: i64 = 2_000;
/// Conversations listed with an answer: the newest.
const LISTED: i64 = 50;
/// Wordings that a new answer begins with.
const EXAMPLES: usize = 20;

/// Of which window.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window.
    window: WindowId,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Searches of the help centre that ask the same and found nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchGap {
    /// The number of the first search: a name for the group.
    pub id: String,
    /// What was typically asked, shortened.
    pub title: String,
    /// The most typical wordings, as they were typed; at most five.
    pub wordings: Vec<String>,
    /// How many searches. The same one from one address counts once an hour.
    pub searches: usize,
    /// Since when.
    pub since: Timestamp,
    /// The last one.
    pub last: Timestamp,
    /// Conversations that began within half an hour after such a search, newest first, at most fifty.
    pub conversations: Vec<ConversationId>,
    /// What an answer can begin with: what was asked. All else is empty.
    pub start: AnswerText,
}

/// Searches without a result, what was asked most first
///
/// Of the newest 2,000, kept for sixty days. What the assistant would answer by now is not listed.
#[utoipa::path(get, path = "/gaps", operation_id = "list_gaps", tag = "answers", params(Wanted), responses((status = 200, body = Page<SearchGap>), (status = "4XX", body = Problem)))]
pub(super) async fn list_gaps(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<SearchGap>>> {
    let (after, limit) = (page::decode::<2>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut reader = app.reader();
    windows::load(&mut reader, w.window).await?;
    let mut rows = help::without_result(&mut reader, w.window, LOOKED_AT).await?;
    rows.reverse();
    let made = app.gaps.0.of(&app, w.window, rows).await?;
    let mut gaps: Vec<SearchGap> = made.groups.iter().map(|g| gap(g, &made.of)).collect();
    gaps.sort_by_key(rank);
    let mut shown = vec![];
    for gap in gaps.into_iter().filter(|gap| after.is_none_or(|after| rank(gap) > after)) {
        if i64::try_from(shown.len()).unwrap_or(i64::MAX) > limit {
            break;
        }
        let readings = unanswered::readings(&app, w.window, gap.wordings.iter().take(3).cloned().collect()).await?;
        if !readings.iter().all(|r| r.as_ref().is_some_and(|r| r.answered)) {
            shown.push(gap);
        }
    }
    Ok(Json(Page::cut(shown, limit, rank, |gap| gap)))
}

/// In a list what was asked most comes first; of equal ones the older.
fn rank(gap: &SearchGap) -> [i64; 2] {
    [-i64::try_from(gap.searches).unwrap_or(i64::MAX), gap.id.parse().unwrap_or(0)]
}

fn gap(group: &hypercare_language::learning::Group, rows: &[Without]) -> SearchGap {
    let of_group: Vec<&Without> = group.members.iter().filter_map(|n| rows.get(*n)).collect();
    let mut seen: HashSet<String> = HashSet::new();
    let texts = group.wordings.iter().chain(of_group.iter().rev().map(|r| &r.text));
    let examples: Vec<String> = texts.filter(|t| seen.insert(t.to_lowercase())).take(EXAMPLES).cloned().collect();
    let at = |pick: fn(i64, i64) -> i64| Timestamp(of_group.iter().map(|r| r.at).reduce(pick).unwrap_or(0));
    let mut conversations: Vec<ConversationId> = of_group.iter().filter_map(|r| r.conversation_id).map(ConversationId).collect();
    conversations.sort_unstable();
    conversations.dedup();
    conversations.reverse();
    conversations.truncate(usize::try_from(LISTED).unwrap_or(0));
    SearchGap {
        id: of_group.first().map_or(0, |r| r.id).to_string(),
        title: group.title.clone(),
        wordings: group.wordings.clone(),
        searches: of_group.len(),
        since: at(i64::min),
        last: at(i64::max),
        conversations,
        start: AnswerText { title: group.title.chars().take(120).collect(), examples, ..AnswerText::default() },
    }
}

/// An answer that was shown in the help centre, and what was written right after it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnswerGap {
    /// Which answer.
    pub answer: AnswerId,
    /// Its title.
    pub title: String,
    /// How often it was shown.
    pub shown: i64,
    /// After how many of these the customer wrote within half an hour.
    pub wrote: i64,
    /// Who wrote, newest first, at most fifty.
    pub conversations: Vec<WroteAfter>,
}

/// A conversation that began right after an answer was read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WroteAfter {
    /// Which.
    pub conversation: ConversationId,
    /// About what.
    pub subject: String,
    /// What had been searched.
    pub searched: String,
    /// When.
    pub at: Timestamp,
}

/// Answers after which customers wrote all the same, most often first
#[utoipa::path(get, path = "/gaps/answers", operation_id = "list_answer_gaps", tag = "answers", params(Wanted), responses((status = 200, body = Page<AnswerGap>), (status = "4XX", body = Problem)))]
pub(super) async fn list_answer_gaps(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<AnswerGap>>> {
    let (after, limit) = (page::decode::<2>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut reader = app.reader();
    windows::load(&mut reader, w.window).await?;
    let mut shown = help::shown(&mut reader, w.window).await?;
    shown.retain(|s| s.wrote > 0 && after.is_none_or(|after| [-s.wrote, s.answer_id] > after));
    shown.sort_by_key(|s| (-s.wrote, s.answer_id));
    let cut = Page::cut(shown, limit, |s| [-s.wrote, s.answer_id], |s| s);
    let mut items = vec![];
    for s in cut.items {
        let id = AnswerId(s.answer_id);
        let known = hypercare_store::load::<hypercare_core::answer::Answer>(&mut reader, s.answer_id).await?;
        let title = known.and_then(|a| a.live().or_else(|| a.newest()).map(|v| v.text.title.clone())).unwrap_or_default();
        let wrote = help::wrote_after(&mut reader, w.window, id, LISTED).await?;
        let conversations = wrote
            .into_iter()
            .map(|l| WroteAfter { conversation: ConversationId(l.conversation_id), subject: l.subject, searched: l.text, at: Timestamp(l.at) })
            .collect();
        items.push(AnswerGap { answer: id, title, shown: s.shown, wrote: s.wrote, conversations });
    }
    Ok(Json(Page { items, next: cut.next }))
}
