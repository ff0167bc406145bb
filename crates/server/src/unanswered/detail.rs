//! `GET /unanswered/{id}`: all of a group, and what an answer to it can begin with.

use super::groups::{self, Grouped};
use super::list::prefer_used;
use super::view::{Unanswered, cut, view};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::answer::AnswerText;
use hypercare_core::{ConversationId, Timestamp};
use hypercare_language::learning::{most_typical, parts_of};
use hypercare_store::StoreError;
use hypercare_store::queries::unanswered::Line;
use serde::Serialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// Conversations that are listed: the newest.
const LISTED: usize = 200;
/// Wordings that a new answer begins with.
const EXAMPLES: usize = 20;
/// Longer messages say too many things to be a wording of one.
const EXAMPLE_LENGTH: usize = 300;

/// A group, whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnansweredDetail {
    /// The group.
    #[serde(flatten)]
    pub group: Unanswered,
    /// Its conversations, newest first, at most two hundred.
    pub conversations: Vec<UnansweredMessage>,
    /// The most typical reply that somebody gave in their own words.
    pub reply: Option<PersonReply>,
    /// What an answer can begin with: the title and wordings of the customers, and the sentences of that reply where they seem
    /// to belong. Nothing in it is made up; what no sentence says is empty.
    pub start: AnswerText,
}

/// One of a group's messages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnansweredMessage {
    /// Where.
    pub conversation: ConversationId,
    /// What the customer wrote, as far as it is looked at.
    pub text: String,
    /// When it was known that nothing answers it.
    pub at: Timestamp,
    /// What somebody replied first.
    pub reply: Option<PersonReply>,
}

/// What somebody replied.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonReply {
    /// Where.
    pub conversation: ConversationId,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Word for word, at most 4,000 characters.
    pub text: String,
}

/// A group of unanswered messages with its conversations
#[utoipa::path(get, path = "/unanswered/{id}", operation_id = "get_unanswered", tag = "answers", params(("id" = ConversationId, Path)),
    responses((status = 200, body = UnansweredDetail), (status = "4XX", body = Problem)))]
pub(super) async fn get_unanswered(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
) -> ApiResult<Json<UnansweredDetail>> {
    detail(&app, id).await.map(Json)
}

/// The group that has this conversation.
///
/// # Errors
/// 404 when it is in none: there is no such conversation, or something approved answers it by now.
pub async fn find(app: &App, id: ConversationId) -> ApiResult<(hypercare_core::WindowId, Grouped)> {
    groups::of_conversation(app, id).await?.ok_or_else(|| Problem::not_found("group of unanswered messages any more"))
}

/// The group that has this conversation, whole.
///
/// # Errors
/// 404 when it is in none.
pub async fn detail(app: &App, id: ConversationId) -> ApiResult<UnansweredDetail> {
    let (window, group) = find(app, id).await?;
    let reading = groups::reading(app, window, &group).await?;
    let mut shown = view(window, &group, reading.as_ref(), app.now());
    prefer_used(app, &mut shown, &group).await?;
    let typical = typical_reply(app, &group).await?;
    let mut start = AnswerText { title: title(&group), examples: wordings(&group), ..AnswerText::default() };
    if let Some(reply) = &typical {
        let parts = parts_of(&reply.text);
        (start.expected, start.do_now, start.next_update) = (parts.expected, parts.do_now, parts.next_update);
    }
    let newest = group.lines.iter().rev().take(LISTED);
    let conversations = newest
        .map(|l| UnansweredMessage { conversation: ConversationId(l.conversation_id), text: l.text.clone(), at: Timestamp(l.at), reply: reply_in(l) })
        .collect();
    Ok(UnansweredDetail { group: shown, conversations, reply: typical, start })
}

/// A title that an answer may have.
fn title(group: &Grouped) -> String {
    group.title.chars().take(120).collect()
}

/// What customers wrote, the most typical first, each wording once.
pub fn wordings(group: &Grouped) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::new();
    let all = group.wordings.iter().chain(group.lines.iter().rev().map(|l| &l.text));
    // One a line: a wording is one.
    let one_line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = |text: &String| !text.is_empty() && text.chars().count() <= EXAMPLE_LENGTH;
    all.map(one_line).filter(fits).filter(|text| seen.insert(text.to_lowercase())).take(EXAMPLES).collect()
}

/// The reply in a person's own words that is most like the others.
async fn typical_reply(app: &App, group: &Grouped) -> ApiResult<Option<PersonReply>> {
    let own: Vec<PersonReply> = group.lines.iter().rev().filter(|l| l.reply_answer.is_none()).filter_map(reply_in).collect();
    let encoder = app.config.language.encoder().cloned();
    let chosen = tokio::task::spawn_blocking(move || {
        let texts: Vec<&str> = own.iter().map(|r| r.text.as_str()).collect();
        let place = most_typical(&texts, encoder.as_ref()).or_else(|_| most_typical(&texts, None)).unwrap_or_default();
        place.and_then(|place| own.into_iter().nth(place))
    });
    Ok(chosen.await.map_err(|_| StoreError::Panicked)?)
}

fn reply_in(line: &Line) -> Option<PersonReply> {
    let text = line.reply.clone().filter(|text| !text.trim().is_empty())?;
    Some(PersonReply {
        conversation: ConversationId(line.conversation_id),
        by: line.reply_by.clone().unwrap_or_default(),
        at: Timestamp(line.reply_at.unwrap_or(line.at)),
        text,
    })
}

/// What customers wrote, shortened, and what people replied: the raw material of a draft.
pub fn material(group: &Grouped) -> (Vec<String>, Vec<String>) {
    let replies = group.lines.iter().rev().filter_map(reply_in).map(|r| r.text).collect();
    (wordings(group).iter().map(|w| cut(w)).collect(), replies)
}
