//! `POST /warnings/{id}/dismiss`: somebody knows why, and says so.

use super::look::said;
use super::view::{WarningView, view, warning};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::{Refusal, Stamp, WarningId, WindowId};
use hypercare_store::queries::warnings::{self, Kept};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

const REASON_MAX: usize = 2_000;

/// Why a warning is put aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// Why: the next person who sees it rise reads it.
    #[serde(default)]
    reason: String,
}

async fn dismiss(tx: &mut Tx, id: i64, reason: String, stamp: Stamp) -> Result<Kept, WriteError> {
    let kept = warnings::one(tx, id).await?.ok_or_else(|| Refusal::not_found("warning"))?;
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > REASON_MAX {
        return Err(Refusal::field("reason", format!("Say why this warning can be put aside, in 1 to {REASON_MAX} characters.")).into());
    }
    if !warnings::dismiss(tx, id, stamp.at, &stamp.actor.name, &reason).await? {
        return Err(Refusal::conflict("This warning is not open any more: it is over, or somebody put it aside already.").into());
    }
    let stamp = stamp.because(reason);
    tx.record("warning.dismissed", ("warning", id), kept.window_id.map(WindowId), &stamp, said(&warning(&kept)?)).await?;
    Ok(warnings::one(tx, id).await?.unwrap_or(kept))
}

/// Put a warning aside
#[utoipa::path(post, path = "/warnings/{id}/dismiss", tag = "warnings", params(("id" = WarningId, Path)), request_body = Dismissal,
    responses((status = 200, body = WarningView), (status = 409, description = "It is not open", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn dismiss_warning(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<WarningId>,
    Body(wanted): Body<Dismissal>,
) -> ApiResult<Json<WarningView>> {
    let stamp = caller.stamp(&app);
    let kept = app.store.write(move |tx| dismiss(tx, id.0, wanted.reason, stamp).boxed()).await?;
    Ok(Json(view(&mut app.reader(), kept).await?))
}
