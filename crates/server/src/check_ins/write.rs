//! `POST /check-ins`, `PUT` and `DELETE /check-ins/{id}`: writing, before anybody is asked.

use super::view::{CheckInView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::check_in::{Audience, CheckIn, CheckInCommand, Content};
use hypercare_core::window::Window;
use hypercare_core::{CheckInId, Refusal, Stamp, WindowId};
use hypercare_store::queries::check_ins::audience;
use hypercare_store::{Query, Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A new check-in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCheckIn {
    /// Of this window.
    pub window: WindowId,
    /// What it asks, and whom.
    pub content: Content,
}

/// What it asks now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenCheckIn {
    /// What it asks, and whom.
    content: Content,
    /// The revision that was read.
    revision: u32,
}

/// Begins a check-in as a draft.
///
/// # Errors
/// 422 naming the field, 409 when the window is closed.
pub async fn begin(app: &App, new: NewCheckIn, stamp: Stamp) -> ApiResult<CheckIn> {
    let begun: Result<CheckIn, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let window = windows::named(tx, new.window).await?;
                check(tx, &window, &new.content).await?;
                let id: CheckInId = tx.new_id(stamp.at);
                tx.execute::<CheckIn>(id, CheckInCommand::Draft { id, window: window.id, content: Box::new(new.content) }, &stamp, &()).await
            }
            .boxed()
        })
        .await;
    Ok(begun?)
}

/// Refuses topics and lists that the window does not have.
pub(super) async fn check(q: &mut impl Query, window: &Window, content: &Content) -> Result<(), WriteError> {
    windows::check_topics(q, window, &content.topics, "topics").await?;
    match &content.audience {
        Audience::About { topics } => windows::check_topics(q, window, topics, "audience").await,
        Audience::List { list } => match audience::list(q, *list).await? {
            Some((of, _)) if of == window.id => Ok(()),
            _ => Err(Refusal::field("audience", "This list is not here any more. Upload the addresses again.").into()),
        },
        Audience::Assistant => Ok(()),
    }
}

async fn write(tx: &mut Tx, id: CheckInId, written: WrittenCheckIn, stamp: Stamp) -> Result<CheckIn, WriteError> {
    let mut change = tx.change::<CheckIn>(id).await?;
    let window = windows::named(tx, change.existing()?.window).await?;
    check(tx, &window, &written.content).await?;
    change.run(CheckInCommand::Edit { revision: written.revision, content: Box::new(written.content) }, &stamp, &())?;
    tx.save(change).await
}

/// Begin a check-in
///
/// It is a draft: nobody is asked.
#[utoipa::path(post, path = "/check-ins", operation_id = "begin_check_in", tag = "check_ins", request_body = NewCheckIn,
    responses((status = 201, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn begin_check_in(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewCheckIn>,
) -> ApiResult<(StatusCode, Json<CheckInView>)> {
    let begun = begin(&app, new, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &caller, begun).await?)))
}

/// Write a check-in that nobody was asked yet
///
/// An edit takes an approval back.
#[utoipa::path(put, path = "/check-ins/{id}", operation_id = "write_check_in", tag = "check_ins", params(("id" = CheckInId, Path)), request_body = WrittenCheckIn,
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn write_check_in(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
    Body(written): Body<WrittenCheckIn>,
) -> ApiResult<Json<CheckInView>> {
    let stamp = caller.stamp(&app);
    let done: Result<CheckIn, WriteError> = app.store.write(move |tx| write(tx, id, written, stamp).boxed()).await;
    one(&app, &caller, done?).await.map(Json)
}

/// Discard a check-in that nobody was asked yet
#[utoipa::path(delete, path = "/check-ins/{id}", operation_id = "discard_check_in", tag = "check_ins", params(("id" = CheckInId, Path)),
    responses((status = 200, body = CheckInView), (status = "4XX", body = Problem)))]
pub(super) async fn discard_check_in(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<CheckInId>,
) -> ApiResult<Json<CheckInView>> {
    let stamp = caller.stamp(&app);
    let done: Result<CheckIn, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<CheckIn>(id, CheckInCommand::Discard, &stamp, &()).await }.boxed()).await;
    one(&app, &caller, done?).await.map(Json)
}
