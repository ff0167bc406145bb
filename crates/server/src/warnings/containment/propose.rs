//! `GET /containment`: a window is proposed when many people are behind a warning and no window is open.

use crate::App;
use crate::http::{ApiResult, Caller, May, Problem, perm};
use crate::warnings::view::{WarningView, view};
use axum::Json;
use axum::extract::State;
use hypercare_core::Timestamp;
use hypercare_core::calendar::zone;
use hypercare_core::plan::{self, ChangeKind, Plan, Sign};
use hypercare_core::window::Window;
use hypercare_store::queries::{people, warnings, windows};
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

/// Warnings looked at; the open ones come first.
const WARNINGS_MAX: i64 = 50;
/// Name and e-mail of nobody: a program that asks has none, and the plan says so as a gap.
const NOBODY: &str = "lead@example.com";

/// What is proposed, if anything.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Containment {
    /// The proposal; null while a window is open, or no warning is about many people.
    pub proposal: Option<Proposal>,
}

/// A window for what rises.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ContainmentProposal)]
pub struct Proposal {
    /// Its name.
    pub name: String,
    /// Why, in a sentence.
    pub why: String,
    /// The template it is made from.
    pub template: ChangeKind,
    /// When it goes live, or rather went: when the first sign was seen.
    pub go_live: Timestamp,
    /// The scenario it begins with, to be completed.
    pub scenario: String,
    /// The answer it begins with, to be written.
    pub answer: String,
    /// The plan as a file; it can be changed and applied by hand instead.
    pub plan: String,
    /// The warnings behind it, the earliest first.
    pub signs: Vec<WarningView>,
}

/// What would contain what rises; none while a window is open, or no warning is about many people.
///
/// # Errors
/// When the store fails, or the template cannot carry what rises.
pub async fn propose(app: &App, caller: &Caller) -> ApiResult<Option<(Proposal, Plan)>> {
    let mut reader = app.reader();
    let all = windows::list(&mut reader).await?;
    if all.iter().any(|w| w.phase.is_open()) {
        return Ok(None);
    }
    let rows = warnings::page(&mut reader, Some("open"), (Timestamp(0), Timestamp(i64::MAX)), None, WARNINGS_MAX).await?;
    let mut signs = Vec::new();
    for row in rows {
        signs.push(view(&mut reader, row).await?);
    }
    signs.retain(|s| s.kind.is_people());
    signs.sort_by_key(|s| s.first_seen);
    let Some(first) = signs.first() else { return Ok(None) };
    let zone_name = all.first().map_or("UTC", |w| w.plan.window.zone.as_str());
    let tz = zone(zone_name).unwrap_or(TimeZone::UTC);
    let since = tz.to_datetime(first.first_seen.to_jiff()).strftime("%Y-%m-%dT%H:%M").to_string();
    let rising = if first.dimension == "desk" { "everything at once".to_owned() } else { format!("{} {}", first.dimension, first.value) };
    let email = match caller.user_id() {
        Some(user) => people::list(&mut reader).await?.into_iter().find(|p| p.id == user.0).map(|p| p.email),
        None => None,
    };
    let key = key(&all, &since);
    let sign = Sign { key: &key, name: &rising, why: &first.why, since: &since, zone: zone_name, owner: email.as_deref().unwrap_or(NOBODY) };
    let plan = plan::containment(&sign).map_err(|why| Problem::unprocessable("plan", format!("No plan can be made of this warning: {why}")))?;
    let proposal = Proposal {
        name: plan.window.name.clone(),
        why: format!("No window is open, and {rising} rises: {}.", first.why),
        template: ChangeKind::HighRiskPeriod,
        go_live: first.first_seen,
        scenario: rising.clone(),
        answer: rising,
        plan: plan::export(&plan),
        signs,
    };
    Ok(Some((proposal, plan)))
}

/// `containment-2026-11-17`, with a number where there is one of that day already.
fn key(all: &[Window], since: &str) -> String {
    let day = since.split('T').next().unwrap_or(since);
    let taken = |key: &str| all.iter().any(|w| w.key == key);
    let numbered = (2..1_000).map(|n| format!("containment-{day}-{n}"));
    std::iter::once(format!("containment-{day}")).chain(numbered).find(|key| !taken(key)).unwrap_or_default()
}

/// The window that is proposed for what rises now
#[utoipa::path(get, path = "/containment", tag = "warnings", responses((status = 200, body = Containment), (status = "4XX", body = Problem)))]
pub(super) async fn get_containment(caller: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<Containment>> {
    Ok(Json(Containment { proposal: propose(&app, &caller).await?.map(|(proposal, _)| proposal) }))
}
