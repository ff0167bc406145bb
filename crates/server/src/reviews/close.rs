//! Leading through a review, closing its minutes, and adding to them.

use super::gather;
use super::list::{one, run};
use super::view::{ACTIONS, ReviewView};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::action::Action;
use hypercare_core::review::{Agreed, Review, ReviewCommand};
use hypercare_core::role::Permission;
use hypercare_core::{ReviewId, Stamp};
use hypercare_store::queries::actions;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Take the chair
///
/// Whoever chairs a review closes it.
#[utoipa::path(post, path = "/reviews/{id}/chair", operation_id = "chair_review", tag = "reviews", params(("id" = ReviewId, Path)),
    responses((status = 200, body = ReviewView), (status = "4XX", body = Problem)))]
pub(super) async fn chair_review(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ReviewId>,
) -> ApiResult<Json<ReviewView>> {
    run(&app, &caller, id, ReviewCommand::Chair, caller.stamp(&app)).await
}

/// What was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewClosed {
    /// The revision of the review that you read.
    revision: u32,
}

/// Close the minutes
///
/// By whoever chairs it, or a lead. From then on nothing of them changes; corrections are additions.
#[utoipa::path(post, path = "/reviews/{id}/close", operation_id = "close_review", tag = "reviews", params(("id" = ReviewId, Path)), request_body = ReviewClosed,
    responses((status = 200, body = ReviewView), (status = 403, description = "Names who chairs it", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn close_review(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ReviewId>,
    Body(read): Body<ReviewClosed>,
) -> ApiResult<Json<ReviewView>> {
    let review = close(&app, id, read.revision, caller.may(Permission::WindowsWrite), caller.stamp(&app)).await?;
    one(&app, &caller, &review).await.map(Json)
}

/// Closes the minutes of a review, with what was agreed in it.
///
/// # Errors
/// 403 to whoever does not chair it and is no lead, 409 where something was said since that revision.
pub async fn close(app: &App, id: ReviewId, revision: u32, lead: bool, stamp: Stamp) -> ApiResult<Review> {
    Ok(app.store.write(move |tx| keep(tx, id, revision, lead, stamp).boxed()).await?)
}

async fn keep(tx: &mut Tx, id: ReviewId, revision: u32, lead: bool, stamp: Stamp) -> Result<Review, WriteError> {
    let names = gather::names(tx).await?;
    let agreed = actions::of_review(tx, id, ACTIONS).await?.iter().map(|a| agreed(a, &names)).collect();
    tx.execute::<Review>(id, ReviewCommand::Close { revision, agreed, lead }, &stamp, &()).await
}

/// An action as the minutes keep it.
pub(super) fn agreed(a: &Action, names: &HashMap<i64, String>) -> Agreed {
    let owner = gather::name(names, a.task.owner);
    Agreed { id: a.id, title: a.task.title.clone(), owner, due: a.task.due.clone(), item: a.item.clone() }
}

/// An addition.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReviewAddition {
    /// What is corrected or added. At most 4,000 characters.
    text: String,
}

/// Add to closed minutes
#[utoipa::path(post, path = "/reviews/{id}/additions", operation_id = "add_to_review", tag = "reviews", params(("id" = ReviewId, Path)), request_body = NewReviewAddition,
    responses((status = 200, body = ReviewView), (status = "4XX", body = Problem)))]
pub(super) async fn add_to_review(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ReviewId>,
    Body(new): Body<NewReviewAddition>,
) -> ApiResult<Json<ReviewView>> {
    run(&app, &caller, id, ReviewCommand::Add { text: new.text }, caller.stamp(&app)).await
}
