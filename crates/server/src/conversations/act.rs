//! Change the status, snooze, label, link, escalate: one command each.

use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use crate::issues;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::clock::ClockKind;
use hypercare_core::conversation::{Command, Conversation, Status};
use hypercare_core::{ConversationId, IssueId, MessageId, Stamp, Timestamp};
use hypercare_store::WriteError;
use serde::Deserialize;
use utoipa::ToSchema;

/// Runs one command on a conversation; the closure gets a new message id in case it adds a message.
///
/// # Errors
/// When the rules refuse or the store fails.
pub async fn run(app: &App, stamp: Stamp, id: ConversationId, command: impl FnOnce(MessageId) -> Command + Send + 'static) -> Result<(), WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                let own = change.existing()?.window;
                let command = command(tx.new_id(stamp.at));
                // A correction can bring the conversation into a window: that window's promises hold from then on.
                let window = if let Command::Correct { window, .. } = &command { own.or(*window) } else { own };
                change.run(command, &stamp, &catalogue.env(window))?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await?;
    app.wake.notify_one();
    Ok(())
}

/// Which status.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusBody {
    /// open, waiting or resolved.
    to: Status,
}

/// Change the status by hand.
#[utoipa::path(post, path = "/conversations/{id}/status", operation_id = "set_conversation_status", tag = "conversations", params(("id" = ConversationId, Path)), request_body = StatusBody,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn status(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<StatusBody>,
) -> ApiResult<Json<ConversationView>> {
    run(&app, me.stamp(&app), id, move |_| Command::SetStatus { to: body.to }).await?;
    view(&app, id).await.map(Json)
}

/// Until when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeBody {
    /// A time in the future; null brings it back.
    until: Option<Timestamp>,
}

/// Put a conversation out of sight for a while. A message from the customer brings it back.
#[utoipa::path(post, path = "/conversations/{id}/snooze", operation_id = "snooze_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = SnoozeBody,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn snooze(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<SnoozeBody>,
) -> ApiResult<Json<ConversationView>> {
    run(&app, me.stamp(&app), id, move |_| Command::Snooze { until: body.until }).await?;
    view(&app, id).await.map(Json)
}

/// Of which promise, and when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DueBody {
    /// Which promise; it must be owed now.
    kind: ClockKind,
    /// A time in the future; null gives the promise its target back.
    due_at: Option<Timestamp>,
}

/// Set the due time of a promise by hand, or clear it. It sticks, whatever else changes, until it is cleared or the promise ends.
#[utoipa::path(post, path = "/conversations/{id}/due", operation_id = "set_conversation_due", tag = "conversations", params(("id" = ConversationId, Path)), request_body = DueBody,
    responses((status = 200, body = ConversationView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn due(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<DueBody>,
) -> ApiResult<Json<ConversationView>> {
    run(&app, me.stamp(&app), id, move |_| Command::SetDue { kind: body.kind, due_at: body.due_at }).await?;
    view(&app, id).await.map(Json)
}

/// All labels.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagsBody {
    /// All of them; the ones left out are removed.
    tags: Vec<String>,
}

/// Set the labels.
#[utoipa::path(post, path = "/conversations/{id}/tags", operation_id = "set_conversation_tags", tag = "conversations", params(("id" = ConversationId, Path)), request_body = TagsBody,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn tags(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<TagsBody>,
) -> ApiResult<Json<ConversationView>> {
    run(&app, me.stamp(&app), id, move |_| Command::Tag { tags: body.tags }).await?;
    view(&app, id).await.map(Json)
}

/// Which issue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    /// The issue; null unlinks.
    issue: Option<IssueId>,
}

/// Link a conversation to an issue, or to none. Both issues learn the wording.
#[utoipa::path(post, path = "/conversations/{id}/link", operation_id = "link_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = LinkBody,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn link(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<LinkBody>,
) -> ApiResult<Json<ConversationView>> {
    let stamp = me.stamp(&app);
    let catalogue = app.knowledge.current(&app).await?;
    app.store.write(move |tx| async move { issues::relink(tx, &catalogue, id, body.issue, &stamp).await }.boxed()).await?;
    issues::decided(&app).await;
    view(&app, id).await.map(Json)
}
