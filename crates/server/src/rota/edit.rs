//! Edits by leads: layers, overrides, temporary schedules. Each answers with what was warned of.

use super::act::run;
use super::people::with_names;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::windows::owner;
use axum::Json;
use axum::extract::State;
use hypercare_core::rota::living::{Checked, Command, Event, LayerSpec, OverrideChange, ShiftSpec};
use hypercare_core::rota::{DutyRole, Period};
use hypercare_core::{RotaEntryId, Stamp, Timestamp, WindowId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of an edit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RotaEdited)]
pub struct Edited {
    /// The number of what was added; none where nothing was.
    id: Option<RotaEntryId>,
    /// What wears people out, or what is open before go-live: it stands in nobody's way.
    warnings: Vec<String>,
    /// Hard rules that are broken, accepted with your reason.
    accepted: Vec<String>,
}

impl Edited {
    fn of(events: &[Event]) -> Self {
        let (id, checked) = events
            .iter()
            .find_map(|event| match event {
                Event::LayersSet { checked, .. } | Event::OverrideRemoved { checked, .. } | Event::TemporaryRemoved { checked, .. } => {
                    Some((None, checked.clone()))
                }
                Event::OverrideAdded { entry, checked } => Some((Some(entry.id), checked.clone())),
                Event::TemporaryAdded { entry, checked } => Some((Some(entry.id), checked.clone())),
                Event::CoverAccepted { checked, .. } => Some((None, checked.clone())),
                _ => None,
            })
            .unwrap_or_else(|| (None, Checked::default()));
        Self { id, warnings: checked.warned, accepted: checked.accepted }
    }
}

pub(super) async fn edited(app: &App, id: WindowId, command: Command, stamp: Stamp) -> ApiResult<Json<Edited>> {
    let (_, events) = run(app, id, command, stamp).await?;
    let names = owner::names(&mut app.reader()).await?;
    let Edited { id, warnings, accepted } = Edited::of(&events);
    let named = |all: Vec<String>| all.iter().map(|sentence| with_names(&names, sentence)).collect();
    Ok(Json(Edited { id, warnings: named(warnings), accepted: named(accepted) }))
}

/// Other layers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RotaNewLayers)]
pub struct NewLayers {
    /// All of them; people are e-mail addresses.
    layers: Vec<LayerSpec>,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Also where a hard rule of rest is broken.
    #[serde(default)]
    over: bool,
    /// The `layers_revision` of the rota that you read: what somebody else changed since then is not overwritten. Without it whatever
    /// holds is replaced.
    #[serde(default)]
    revision: Option<u32>,
}

/// Let other layers hold from now on
///
/// What has been stays as it was. Once the change is live, layers that would open a gap are refused.
#[utoipa::path(post, path = "/windows/{id}/rota/layers", operation_id = "set_rota_layers", tag = "rota", params(("id" = WindowId, Path)), request_body = NewLayers,
    responses((status = 200, body = Edited), (status = 409, description = "A gap, a hard rule, or changed meanwhile", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn set_layers(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewLayers>,
) -> ApiResult<Json<Edited>> {
    let stamp = caller.stamp(&app).because(new.reason);
    edited(&app, id, Command::SetLayers { layers: new.layers, over: new.over, revision: new.revision }, stamp).await
}

/// Somebody else for a stretch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RotaNewOverride)]
pub struct NewOverride {
    /// From when; not in the past.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// In which role.
    #[serde(default = "decision_owner")]
    role: DutyRole,
    /// What changes; people are e-mail addresses.
    change: OverrideChange,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Also where a hard rule of rest is broken.
    #[serde(default)]
    over: bool,
}

pub(super) const fn decision_owner() -> DutyRole {
    DutyRole::DecisionOwner
}

/// Put somebody else on duty for a stretch
#[utoipa::path(post, path = "/windows/{id}/rota/overrides", operation_id = "add_rota_override", tag = "rota", params(("id" = WindowId, Path)), request_body = NewOverride,
    responses((status = 200, body = Edited), (status = 409, description = "A gap, or a hard rule", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn add_override(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewOverride>,
) -> ApiResult<Json<Edited>> {
    let stamp = caller.stamp(&app).because(new.reason);
    let when = Period { from: new.from, to: new.to };
    edited(&app, id, Command::AddOverride { when, role: new.role, change: new.change, over: new.over }, stamp).await
}

/// What is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RotaTakenBack)]
pub struct TakenBack {
    /// Its number.
    entry: RotaEntryId,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Also where a hard rule of rest is broken.
    #[serde(default)]
    over: bool,
}

/// Take an override back
///
/// What of it has passed stays as it was.
#[utoipa::path(post, path = "/windows/{id}/rota/overrides/remove", operation_id = "remove_rota_override", tag = "rota", params(("id" = WindowId, Path)), request_body = TakenBack,
    responses((status = 200, body = Edited), (status = 409, description = "A gap, or a hard rule", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn remove_override(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(back): Body<TakenBack>,
) -> ApiResult<Json<Edited>> {
    let stamp = caller.stamp(&app).because(back.reason);
    edited(&app, id, Command::RemoveOverride { id: back.entry, over: back.over }, stamp).await
}

/// Fixed shifts for a stretch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RotaNewTemporary)]
pub struct NewTemporary {
    /// From when; not in the past.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// Who is there instead of all layers, also where these leave a gap.
    shifts: Vec<ShiftSpec>,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Also where a hard rule of rest is broken.
    #[serde(default)]
    over: bool,
}

/// Replace all layers by fixed shifts for a stretch
#[utoipa::path(post, path = "/windows/{id}/rota/temporary", operation_id = "add_temporary_schedule", tag = "rota", params(("id" = WindowId, Path)), request_body = NewTemporary,
    responses((status = 200, body = Edited), (status = 409, description = "A gap, or a hard rule", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn add_temporary(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewTemporary>,
) -> ApiResult<Json<Edited>> {
    let stamp = caller.stamp(&app).because(new.reason);
    let when = Period { from: new.from, to: new.to };
    edited(&app, id, Command::AddTemporary { when, shifts: new.shifts, over: new.over }, stamp).await
}

/// Take a temporary schedule back
///
/// What of it has passed stays as it was.
#[utoipa::path(post, path = "/windows/{id}/rota/temporary/remove", operation_id = "remove_temporary_schedule", tag = "rota", params(("id" = WindowId, Path)), request_body = TakenBack,
    responses((status = 200, body = Edited), (status = 409, description = "A gap, or a hard rule", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn remove_temporary(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(back): Body<TakenBack>,
) -> ApiResult<Json<Edited>> {
    let stamp = caller.stamp(&app).because(back.reason);
    edited(&app, id, Command::RemoveTemporary { id: back.entry, over: back.over }, stamp).await
}
