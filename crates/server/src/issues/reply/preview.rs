//! `GET /issues/{id}/reply-to-all`: who would read what, before anything is sent.

use super::audience::{personal, unreachable};
use super::start::{Words, words};
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, perm};
use crate::issues::load::current;
use axum::Json;
use axum::extract::State;
use hypercare_core::{AnswerId, Channel, ConversationId, IssueId};
use hypercare_store::queries::issues::{self, Listener};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

const SAMPLES: usize = 3;
/// Unreachable customers that are named; the count is in the difference.
const UNREACHABLE_SHOWN: usize = 200;

/// What would be said.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// This approved answer.
    answer_id: Option<AnswerId>,
    /// Or this text; `{name}` becomes the customer's first name.
    text: Option<String>,
}

/// Who would be told, and how.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BroadcastPreview {
    /// Conversations linked to the issue.
    pub total: usize,
    /// Of these not settled.
    pub unresolved: usize,
    /// By channel.
    pub by_channel: BTreeMap<Channel, usize>,
    /// Who cannot be told; at most 200 are named.
    pub unreachable: Vec<Unreachable>,
    /// What some of them would read; none without a text.
    pub sample: Vec<SampleMessage>,
}

/// Somebody who cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unreachable {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The customer's name.
    pub contact: String,
    /// Why.
    pub reason: String,
}

/// What one customer would read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SampleMessage {
    /// Which conversation.
    pub conversation: ConversationId,
    /// On which channel.
    pub channel: Channel,
    /// The customer's name.
    pub contact: String,
    /// The text.
    pub text: String,
}

/// Who would read what.
///
/// # Errors
/// 404, 409 for an issue that was merged away, 422 when answer and text are both given or the answer is not approved.
pub async fn preview(app: &App, id: IssueId, answer: Option<AnswerId>, text: Option<String>) -> ApiResult<BroadcastPreview> {
    let mut reader = app.reader();
    let issue = current(&mut reader, id).await?;
    let said = match (answer, text) {
        (None, None) => None,
        (answer, text) => Some(words(&mut reader, issue.window, Words { answer, text }).await?.text),
    };
    let audience = issues::audience(&mut reader, id).await?;
    let channel = |l: &Listener| Channel::from_word(&l.channel).unwrap_or(Channel::Api);
    let mut by_channel: BTreeMap<Channel, usize> = Channel::ALL.into_iter().map(|c| (c, 0)).collect();
    for listener in &audience {
        *by_channel.entry(channel(listener)).or_default() += 1;
    }
    let why_not = |l: &Listener| unreachable(channel(l), l.email.as_deref(), l.no_news);
    let missed = audience
        .iter()
        .filter_map(|l| why_not(l).map(|reason| Unreachable { conversation: ConversationId(l.id), contact: l.name.clone(), reason: reason.into() }));
    let sample = said.iter().flat_map(|text| {
        audience.iter().filter(|l| why_not(l).is_none()).take(SAMPLES).map(|l| SampleMessage {
            conversation: ConversationId(l.id),
            channel: channel(l),
            contact: l.name.clone(),
            text: personal(text, &l.name, l.email.as_deref()),
        })
    });
    Ok(BroadcastPreview {
        total: audience.len(),
        unresolved: audience.iter().filter(|l| l.status != "resolved").count(),
        by_channel,
        unreachable: missed.take(UNREACHABLE_SHOWN).collect(),
        sample: sample.collect(),
    })
}

/// Who would read what
#[utoipa::path(get, path = "/issues/{id}/reply-to-all", tag = "issues", params(("id" = IssueId, Path), Wanted),
    responses((status = 200, body = BroadcastPreview), (status = "4XX", body = Problem)))]
pub(in crate::issues) async fn preview_reply_to_all(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<BroadcastPreview>> {
    preview(&app, id, w.answer_id, w.text).await.map(Json)
}
