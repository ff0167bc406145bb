//! `POST /issues/{id}/reply-to-all`: the engine sends from here on.

use super::view::{BroadcastView, view};
use crate::App;
use crate::answers;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::issues::load::current;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::broadcast::{Broadcast, BroadcastCommand, BroadcastState};
use hypercare_core::{AnswerId, BroadcastId, IssueId, Refusal, Stamp, WindowId};
use hypercare_store::queries::issues;
use hypercare_store::{Query, Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// What to say to everybody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBroadcast {
    /// A text; `{name}` becomes the customer's first name.
    #[serde(default)]
    text: Option<String>,
    /// Or an approved answer, as it is live now.
    #[serde(default)]
    answer_id: Option<AnswerId>,
    /// Whether it settles the conversations; otherwise they wait for the customer.
    #[serde(default)]
    resolve: bool,
}

/// A text, or an approved answer.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The answer.
    pub answer: Option<AnswerId>,
    /// The text.
    pub text: Option<String>,
}

/// What is really said.
pub struct Said {
    /// The text.
    pub text: String,
    /// The answer and its version.
    pub answer: Option<(AnswerId, u32)>,
}

/// The words themselves: exactly one of the two, and an answer only in its approved version.
///
/// # Errors
/// 422 on `text` or `answer_id`.
pub async fn words(q: &mut impl Query, window: WindowId, words: Words) -> Result<Said, WriteError> {
    match (words.answer, words.text.filter(|t| !t.trim().is_empty())) {
        (Some(_), Some(_)) => {
            Err(Refusal::field("text", "Send an approved answer or a text of your own, not both: an answer is said as it was approved.").into())
        }
        (None, None) => {
            Err(Refusal::field("text", "Say what every linked customer should read: a `text`, or the `answer_id` of an approved answer.").into())
        }
        (None, Some(text)) => Ok(Said { text, answer: None }),
        (Some(id), None) => {
            let answer = answers::named(q, "answer_id", id, window).await?;
            let live = answer.live().ok_or_else(|| {
                let title = answer.newest().map_or("This answer", |v| v.text.title.as_str());
                Refusal::field("answer_id", format!("“{title}” is not approved, so it must not be said. Have it approved first, or write a text."))
            })?;
            Ok(Said { text: live.text.as_reply(), answer: Some((id, live.version)) })
        }
    }
}

/// Starts a reply to all. One runs at a time for an issue.
///
/// # Errors
/// 404, 409 when one is running, the issue was merged away or nobody is linked, 422 for the words.
pub async fn start(app: &App, id: IssueId, wanted: Words, resolve: bool, stamp: Stamp) -> ApiResult<Broadcast> {
    let broadcast = app.store.write(move |tx| begin(tx, id, wanted, resolve, stamp).boxed()).await?;
    app.wake.notify_one();
    Ok(broadcast)
}

async fn begin(tx: &mut Tx, id: IssueId, wanted: Words, resolve: bool, stamp: Stamp) -> Result<Broadcast, WriteError> {
    let issue = current(tx, id).await?;
    if let Some(running) = issues::broadcasts(tx, id).await?.into_iter().find(|b| b.state == BroadcastState::Running) {
        let by = running.started_by;
        return Err(Refusal::conflict(format!(
            "A reply to all that {by} started is still running. Let it finish or stop it, so that nobody gets two at once."
        ))
        .into());
    }
    let said = words(tx, issue.window, wanted).await?;
    let total = u32::try_from(issues::linked_count(tx, id).await?).unwrap_or(u32::MAX);
    let broadcast: BroadcastId = tx.new_id(stamp.at);
    let command = BroadcastCommand::Start { id: broadcast, window: issue.window, issue: id, text: said.text, answer: said.answer, resolve, total };
    tx.execute::<Broadcast>(broadcast, command, &stamp, &()).await
}

/// Reply to all
#[utoipa::path(post, path = "/issues/{id}/reply-to-all", tag = "issues", params(("id" = IssueId, Path)), request_body = NewBroadcast,
    responses((status = 201, body = BroadcastView), (status = "4XX", body = Problem)))]
pub(in crate::issues) async fn start_reply_to_all(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(new): Body<NewBroadcast>,
) -> ApiResult<(StatusCode, Json<BroadcastView>)> {
    let words = Words { answer: new.answer_id, text: new.text };
    let broadcast = start(&app, id, words, new.resolve, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(view(&app, broadcast).await?)))
}
