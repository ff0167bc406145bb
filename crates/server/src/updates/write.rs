//! `POST /updates`, `PUT` and `DELETE /updates/{id}/draft`: writing, before anybody reads it.

use super::view::{UpdateView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::update::{Content, Update, UpdateCommand};
use hypercare_core::{EntryId, Refusal, Stamp, UpdateId, WindowId};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// The first entry of a new matter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpdate {
    /// Of this window.
    pub window: WindowId,
    /// What it says.
    pub content: Content,
}

/// What is written now. Without a draft it begins the next entry, or a correction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// What it says.
    pub content: Content,
    /// The revision of the draft that was read; none to begin one.
    #[serde(default)]
    pub revision: Option<u32>,
    /// The newest entry, to begin a correction of it.
    #[serde(default)]
    pub corrects: Option<EntryId>,
}

/// Begins a matter with its first draft.
///
/// # Errors
/// 422 naming the field, 409 when the window is closed.
pub async fn begin(app: &App, new: NewUpdate, stamp: Stamp) -> ApiResult<Update> {
    Ok(app.store.write(move |tx| insert(tx, new, stamp).boxed()).await?)
}

async fn insert(tx: &mut Tx, new: NewUpdate, stamp: Stamp) -> Result<Update, WriteError> {
    let window = windows::named(tx, new.window).await?;
    windows::check_topics(tx, &window, &new.content.topics, "topics").await?;
    let (id, entry): (UpdateId, EntryId) = (tx.new_id(stamp.at), tx.new_id(stamp.at));
    let command = UpdateCommand::Draft { id, window: window.id, entry, content: Box::new(new.content), corrects: None };
    tx.execute::<Update>(id, command, &stamp, &()).await
}

async fn write(tx: &mut Tx, id: UpdateId, written: Written, stamp: Stamp) -> Result<Update, WriteError> {
    let mut change = tx.change::<Update>(id).await?;
    let matter = change.existing()?;
    let window = windows::named(tx, matter.window).await?;
    windows::check_topics(tx, &window, &written.content.topics, "topics").await?;
    let content = Box::new(written.content);
    let command = match (written.revision, &matter.draft) {
        (Some(revision), Some(draft)) => {
            if written.corrects.is_some_and(|of| Some(of) != draft.corrects) {
                return Err(Refusal::field("corrects", "What a draft corrects is said when it is begun. Discard it, and begin the other one.").into());
            }
            UpdateCommand::Edit { revision, content }
        }
        (Some(revision), None) => UpdateCommand::Edit { revision, content },
        (None, _) => UpdateCommand::Draft { id, window: window.id, entry: tx.new_id(stamp.at), content, corrects: written.corrects },
    };
    change.run(command, &stamp, &())?;
    tx.save(change).await
}

/// Begin a matter
///
/// It is a draft: nobody but the team reads it.
#[utoipa::path(post, path = "/updates", operation_id = "begin_update", tag = "updates", request_body = NewUpdate,
    responses((status = 201, body = UpdateView), (status = "4XX", body = Problem)))]
pub(super) async fn begin_update(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewUpdate>,
) -> ApiResult<(StatusCode, Json<UpdateView>)> {
    let update = begin(&app, new, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &caller, update).await?)))
}

/// Write the draft
///
/// Begins the next entry or a correction where none is being written. An edit takes an approval back.
#[utoipa::path(put, path = "/updates/{id}/draft", operation_id = "write_update_draft", tag = "updates", params(("id" = UpdateId, Path)), request_body = Written,
    responses((status = 200, body = UpdateView), (status = "4XX", body = Problem)))]
pub(super) async fn write_draft(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<UpdateId>,
    Body(written): Body<Written>,
) -> ApiResult<Json<UpdateView>> {
    let stamp = caller.stamp(&app);
    let update: Result<Update, WriteError> = app.store.write(move |tx| write(tx, id, written, stamp).boxed()).await;
    one(&app, &caller, update?).await.map(Json)
}

/// Discard the draft
#[utoipa::path(delete, path = "/updates/{id}/draft", operation_id = "discard_update_draft", tag = "updates", params(("id" = UpdateId, Path)),
    responses((status = 200, body = UpdateView), (status = "4XX", body = Problem)))]
pub(super) async fn discard_draft(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<UpdateId>,
) -> ApiResult<Json<UpdateView>> {
    let stamp = caller.stamp(&app);
    let update: Result<Update, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Update>(id, UpdateCommand::Discard, &stamp, &()).await }.boxed()).await;
    one(&app, &caller, update?).await.map(Json)
}
