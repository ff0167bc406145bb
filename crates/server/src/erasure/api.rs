//! Handing out and erasing by API: for admins.

use super::{Erased, Export, erase, export};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::{ContactId, Stamp};
use serde::Deserialize;
use utoipa::ToSchema;

/// All that is kept of a customer: for them, when they ask.
#[utoipa::path(get, path = "/contacts/{id}/export", tag = "contacts", params(("id" = ContactId, Path)), responses((status = 200, body = Export)))]
pub(super) async fn export_contact(_: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<ContactId>) -> ApiResult<Json<Export>> {
    Ok(Json(export(&app, id).await?))
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhyErase {
    /// Why, without the customer's name: it stays in the log.
    reason: String,
}

/// Erases a customer everywhere. It cannot be taken back.
///
/// What was said, names, addresses and keys go, also from the log, issues and the outbox; counts and times stay. That it was done is an
/// event with who, when, why and the counts.
#[utoipa::path(post, path = "/contacts/{id}/erase", tag = "contacts", params(("id" = ContactId, Path)), request_body = WhyErase,
    responses((status = 200, body = Erased)))]
pub(super) async fn erase_contact(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<ContactId>,
    Body(why): Body<WhyErase>,
) -> ApiResult<Json<Erased>> {
    let stamp = Stamp { reason: Some(why.reason.trim().to_owned()), ..caller.stamp(&app) };
    Ok(Json(erase(&app, stamp, id).await?))
}
