//! Somebody's own ways: add, change, try, remove.

use super::manage::{self, Entered};
use super::settings::{HowReached, of};
use crate::App;
use crate::http::auth::Signed;
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::WayId;
use hypercare_core::notice::route::WayKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new way.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewNoticeWay)]
pub(super) struct NewWay {
    /// What kind.
    kind: WayKind,
    /// What you call it.
    name: String,
    /// An e-mail address; the address of an incoming webhook of Slack; or that of a program of yours, told as Standard Webhooks say.
    address: String,
}

/// A way that was added.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticeWayAdded)]
pub(super) struct AddedWay {
    /// Which.
    id: WayId,
    /// What signs the messages to a program (`whsec_…`). It is shown here and nowhere else.
    secret: Option<String>,
    /// How you are reached now.
    reached: HowReached,
}

/// A change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NoticeWayChange)]
pub(super) struct WayChange {
    /// Another name.
    name: Option<String>,
    /// Switch it off or on.
    enabled: Option<bool>,
}

/// Add a way to reach you
///
/// Another e-mail address gets a letter first, whose link confirms that it is yours. Addresses inside the operator's network are refused, as for webhooks.
#[utoipa::path(post, path = "/notices/ways", operation_id = "add_way", tag = "notices", request_body = NewWay,
    responses((status = 201, body = AddedWay), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add_way(Signed(me): Signed, State(app): State<App>, Body(new): Body<NewWay>) -> ApiResult<(StatusCode, Json<AddedWay>)> {
    let user = me.require_user()?;
    let entered = Entered { kind: new.kind, name: new.name, address: new.address };
    let way = manage::add(&app, me.stamp(&app), user, entered).await?;
    let secret = Some(way.secret).filter(|secret| !secret.is_empty());
    Ok((StatusCode::CREATED, Json(AddedWay { id: WayId(way.id), secret, reached: of(&app, user).await? })))
}

/// Change a way to reach you
#[utoipa::path(patch, path = "/notices/ways/{id}", operation_id = "change_way", tag = "notices", params(("id" = WayId, Path)), request_body = WayChange,
    responses((status = 200, body = HowReached), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change_way(
    Signed(me): Signed,
    State(app): State<App>,
    PathId(id): PathId<WayId>,
    Body(change): Body<WayChange>,
) -> ApiResult<Json<HowReached>> {
    let user = me.require_user()?;
    manage::change(&app, me.stamp(&app), user, id, change.name, change.enabled).await?;
    of(&app, user).await.map(Json)
}

/// Remove a way to reach you
///
/// With the choices for it. What waits to be sent there is not sent.
#[utoipa::path(delete, path = "/notices/ways/{id}", operation_id = "remove_way", tag = "notices", params(("id" = WayId, Path)),
    responses((status = 200, body = HowReached), (status = 404, body = Problem)))]
pub(super) async fn remove_way(Signed(me): Signed, State(app): State<App>, PathId(id): PathId<WayId>) -> ApiResult<Json<HowReached>> {
    let user = me.require_user()?;
    manage::remove(&app, me.stamp(&app), user, id).await?;
    of(&app, user).await.map(Json)
}

/// Try a way to reach you
///
/// A test is sent; what becomes of it stands at the way (`last`).
#[utoipa::path(post, path = "/notices/ways/{id}/test", operation_id = "try_way", tag = "notices", params(("id" = WayId, Path)),
    responses((status = 202, body = HowReached), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn try_way(Signed(me): Signed, State(app): State<App>, PathId(id): PathId<WayId>) -> ApiResult<(StatusCode, Json<HowReached>)> {
    let user = me.require_user()?;
    manage::test(&app, me.stamp(&app), user, id).await?;
    Ok((StatusCode::ACCEPTED, Json(of(&app, user).await?)))
}
