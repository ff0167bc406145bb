//! What became of each telling, and sending again.

use super::manage;
use super::view::{DeliveryState, DeliveryView};
use crate::App;
use crate::http::{ApiResult, Body, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::Timestamp;
use hypercare_store::queries::webhooks;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only those in this state.
    state: Option<DeliveryState>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many: 1 to 200, else 50.
    limit: Option<i64>,
}

/// What an address was told, newest first: for 30 days, at most 10,000.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks", params(("id" = String, Path), Wanted),
    responses((status = 200, body = Page<DeliveryView>)))]
pub(super) async fn list_deliveries(
    _: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<i64>,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Json<Page<DeliveryView>>> {
    let limit = page::limit(wanted.limit)?;
    let before = page::decode::<1>(wanted.cursor.as_deref())?.map(|[id]| id);
    let mut reader = app.reader();
    if webhooks::by_id(&mut reader, id).await?.is_none() {
        return Err(Problem::not_found("webhook"));
    }
    let rows = webhooks::log(&mut reader, id, before, wanted.state.map(DeliveryState::word), limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |row| [row.id], DeliveryView::from)))
}

/// Since when.
#[derive(Deserialize, ToSchema)]
#[schema(as = WebhookReplay)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    /// All that were queued at this time or later, and failed.
    since: Timestamp,
}

/// How many were queued again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookReplayed)]
pub(super) struct Replayed {
    /// How many.
    count: u64,
}

/// Sends all again that failed since a time.
#[utoipa::path(post, path = "/webhooks/{id}/replay", tag = "webhooks", params(("id" = String, Path)), request_body = Since,
    responses((status = 202, body = Replayed)))]
pub(super) async fn replay_failed(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<i64>,
    Body(body): Body<Since>,
) -> ApiResult<(StatusCode, Json<Replayed>)> {
    let count = manage::replay_failed(&app, caller.stamp(&app), id, body.since).await?;
    Ok((StatusCode::ACCEPTED, Json(Replayed { count })))
}

/// Sends one again, whatever became of it, with the `webhook-id` it had.
#[utoipa::path(post, path = "/webhook-deliveries/{id}/replay", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 202, body = DeliveryView)))]
pub(super) async fn replay_delivery(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<i64>,
) -> ApiResult<(StatusCode, Json<DeliveryView>)> {
    let row = manage::replay(&app, caller.stamp(&app), id).await?;
    Ok((StatusCode::ACCEPTED, Json(row.into())))
}
