//! `GET /windows/{id}/reviews` and `GET /reviews/{id}`: the record.

use super::view::{ReviewView, Shown, view};
use crate::App;
use crate::http::{ApiResult, Caller, May, Page, Params, PathId, Problem, page, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::review::{Review, ReviewCommand, Schedule, State as Stands};
use hypercare_core::{ReviewId, Stamp, Timestamp, WindowId};
use hypercare_store::WriteError;
use hypercare_store::queries::reviews;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// A review in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewLine {
    /// Which.
    id: ReviewId,
    /// The local day (YYYY-MM-DD).
    day: String,
    /// Where it stands.
    state: Stands,
    /// When it was opened.
    opened_at: Option<Timestamp>,
    /// Who led through it.
    chair: Option<String>,
    /// It did not begin in time.
    missed: bool,
    /// How many were there.
    present: usize,
    /// How many items were noted on.
    notes: usize,
    /// How many actions were agreed, where its minutes are closed.
    agreed: usize,
}

fn line(r: Review) -> ReviewLine {
    ReviewLine {
        id: r.of.id,
        state: r.state,
        opened_at: r.opened_at,
        missed: r.missed_at.is_some(),
        present: r.people.iter().filter(|p| p.present).count(),
        notes: r.notes.values().filter(|n| !n.text.is_empty()).count(),
        agreed: r.agreed.len(),
        day: r.of.day,
        chair: r.chair.map(|c| c.name),
    }
}

/// Reviews of a window, newest first
///
/// Those that were held, and those that were missed.
#[utoipa::path(get, path = "/windows/{id}/reviews", operation_id = "list_reviews", tag = "reviews", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = Page<ReviewLine>), (status = "4XX", body = Problem)))]
pub(super) async fn list_reviews(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<ReviewLine>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    windows::load(&mut app.reader(), id).await?;
    let rows = reviews::page(&mut app.reader(), id, before.map(|[id]| ReviewId(id)), limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |r| [r.of.id.0], line)))
}

/// One review
#[utoipa::path(get, path = "/reviews/{id}", operation_id = "get_review", tag = "reviews", params(("id" = ReviewId, Path)),
    responses((status = 200, body = ReviewView), (status = "4XX", body = Problem)))]
pub(super) async fn get_review(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<ReviewId>) -> ApiResult<Json<ReviewView>> {
    let review = load(&app, id).await?;
    one(&app, &caller, &review).await.map(Json)
}

/// A review by its id.
pub(super) async fn load(app: &App, id: ReviewId) -> ApiResult<Review> {
    hypercare_store::load::<Review>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("review"))
}

/// The view of one that was begun.
pub(super) async fn one(app: &App, caller: &Caller, review: &Review) -> ApiResult<ReviewView> {
    let window = windows::load(&mut app.reader(), review.of.window).await?;
    let schedule = Schedule::of(&window.plan);
    view(app, &Shown { window: &window, schedule: &schedule, caller }, review, true, vec![]).await
}

/// Somebody does something in a review.
pub(super) async fn run(app: &App, caller: &Caller, id: ReviewId, command: ReviewCommand, stamp: Stamp) -> ApiResult<Json<ReviewView>> {
    let review: Result<Review, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Review>(id, command, &stamp, &()).await }.boxed()).await;
    one(app, caller, &review?).await.map(Json)
}
