//! `POST /warnings/{id}/dismiss`: somebody knows why, and says so. `POST /warnings/{id}/restore` takes that back.

use super::look::said;
use super::names::Names;
use super::view::{WarningView, view, warning};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::watch::Watch;
use hypercare_core::{Refusal, Stamp, WarningId, WindowId};
use hypercare_store::queries::warnings::{self, Kept};
use hypercare_store::{StoreError, Tx, WriteError};
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

async fn shown(app: &App, kept: Kept) -> ApiResult<Json<WarningView>> {
    let mut reader = app.reader();
    let names = Names::read(&mut reader).await?;
    Ok(Json(view(&mut reader, &names, kept).await?))
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
    shown(&app, kept).await
}

/// Takes back that a warning was put aside. Where it ended meanwhile, it is closed; otherwise it is open again.
async fn restore(tx: &mut Tx, id: i64, stamp: Stamp) -> Result<Kept, WriteError> {
    let kept = warnings::one(tx, id).await?.ok_or_else(|| Refusal::not_found("warning"))?;
    let goes_on = match warnings::state(tx).await? {
        Some((.., doc)) => {
            let watch: Watch = serde_json::from_str(&doc).map_err(|e| StoreError::Corrupt { what: "watch_state", detail: e.to_string() })?;
            watch.open().any(|w| i64::from(w.number) == kept.number)
        }
        None => false,
    };
    if !warnings::restore(tx, id, goes_on).await? {
        return Err(Refusal::conflict("This warning is not put aside: somebody put it back already.").into());
    }
    tx.record("warning.restored", ("warning", id), kept.window_id.map(WindowId), &stamp, said(&warning(&kept)?)).await?;
    Ok(warnings::one(tx, id).await?.unwrap_or(kept))
}

/// Put a warning back that was put aside
#[utoipa::path(post, path = "/warnings/{id}/restore", tag = "warnings", params(("id" = WarningId, Path)),
    responses((status = 200, body = WarningView), (status = 409, description = "It is not put aside", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn restore_warning(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<WarningId>,
) -> ApiResult<Json<WarningView>> {
    let stamp = caller.stamp(&app);
    let kept = app.store.write(move |tx| restore(tx, id.0, stamp).boxed()).await?;
    shown(&app, kept).await
}
