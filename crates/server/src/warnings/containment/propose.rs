//! `GET /containment`: a window is proposed when many people are behind a warning, or a signal worsens, and no window is open.

use super::decline::{self, Declined};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, Problem, perm};
use crate::signals::desk::{WorseningSignal, worsening};
use crate::warnings::names::Names;
use crate::warnings::view::{WarningView, view};
use axum::Json;
use axum::extract::State;
use hypercare_core::Timestamp;
use hypercare_core::calendar::zone;
use hypercare_core::fields::DIMENSION;
use hypercare_core::plan::{self, ChangeKind, Sign};
use hypercare_core::watch::DESK;
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
    /// The proposal; null while a window is open, or nothing rises and worsens that nobody decided about.
    pub proposal: Option<Proposal>,
}

/// A window for what rises or worsens.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ContainmentProposal)]
pub struct Proposal {
    /// Its name.
    pub name: String,
    /// Why, in one or two sentences.
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
    /// The signals behind it, the earliest first.
    pub worsening: Vec<WorseningSignal>,
}

/// What a proposal is about.
struct Found {
    signs: Vec<WarningView>,
    worsening: Vec<WorseningSignal>,
}

impl Found {
    async fn read(app: &App, all: &[Window]) -> ApiResult<Self> {
        let mut reader = app.reader();
        let declined = Declined::read(&mut reader, app.now()).await?;
        let rows = warnings::page(&mut reader, Some("open"), (Timestamp(0), Timestamp(i64::MAX)), None, WARNINGS_MAX).await?;
        let names = Names::read(&mut reader).await?;
        let mut signs = Vec::new();
        for row in rows {
            signs.push(view(&mut reader, &names, row).await?);
        }
        signs.retain(|s| s.kind.is_people() && !declined.warning(s.id));
        signs.sort_by_key(|s| s.first_seen);
        let mut worsening = worsening(app, all).await?;
        // What a closed window is proposed to be opened again for is asked about there, once.
        let relapsed = |key: &str| all.iter().filter_map(|w| w.watch.as_ref()?.open()).any(|open| open.signs.iter().any(|sign| sign.key == key));
        worsening.retain(|s| !declined.signal(&s.key) && !relapsed(&s.key));
        Ok(Self { signs, worsening })
    }
    /// What rises in two or three words, and why it is thought so. A value that rises says more than a signal of the whole desk.
    fn named(&self) -> Option<(String, String, String)> {
        let signal = |s: &WorseningSignal| format!("{}: {}", s.name, s.why);
        if let Some(first) = self.signs.first() {
            let (name, said) = match first.dimension.as_str() {
                DESK => ("everything at once".to_owned(), "everything at once".to_owned()),
                "scenario" | "issue" => (first.name.clone(), format!("“{}”", first.name)),
                dimension if dimension.starts_with(DIMENSION) => {
                    let said = first.name.replacen(": ", " ", 1);
                    (said.clone(), said)
                }
                dimension => (format!("{dimension} {}", first.value), format!("{dimension} {}", first.value)),
            };
            let mut why = format!("No window is open, and {said} rises: {}.", first.why);
            if let Some(also) = self.worsening.first() {
                why = format!("{why} Also worsening: {}", signal(also));
            }
            return Some((name, why, first.why.clone()));
        }
        let first = self.worsening.first()?;
        let more = match self.worsening.len() {
            0 | 1 => String::new(),
            2 => " One more signal worsens.".to_owned(),
            n => format!(" {} more signals worsen.", n - 1),
        };
        let why = format!("No window is open, and a signal is getting worse. {}{more}", signal(first));
        Some((format!("{} getting worse", first.name), why, signal(first)))
    }
    fn since(&self) -> Option<Timestamp> {
        self.signs.iter().map(|s| s.first_seen).chain(self.worsening.iter().map(|s| s.first_seen)).min()
    }
}

/// What would contain what rises or worsens; none while a window is open, and where nothing does.
///
/// # Errors
/// When the store fails, or the template cannot carry what rises.
pub async fn propose(app: &App, caller: &Caller) -> ApiResult<Option<Proposal>> {
    let all = windows::list(&mut app.reader()).await?;
    if all.iter().any(|w| w.phase.is_open()) {
        return Ok(None);
    }
    let found = Found::read(app, &all).await?;
    let (Some((rising, why, short)), Some(go_live)) = (found.named(), found.since()) else { return Ok(None) };
    let zone_name = all.first().map_or("UTC", |w| w.plan.window.zone.as_str());
    let tz = zone(zone_name).unwrap_or(TimeZone::UTC);
    let since = tz.to_datetime(go_live.to_jiff()).strftime("%Y-%m-%dT%H:%M").to_string();
    let email = match caller.user_id() {
        Some(user) => people::list(&mut app.reader()).await?.into_iter().find(|p| p.id == user.0).map(|p| p.email),
        None => None,
    };
    let key = key(&all, &since);
    let sign = Sign { key: &key, name: &rising, why: &short, since: &since, zone: zone_name, owner: email.as_deref().unwrap_or(NOBODY) };
    let plan = plan::containment(&sign).map_err(|why| Problem::unprocessable("plan", format!("No plan can be made of this sign: {why}")))?;
    Ok(Some(Proposal {
        name: plan.window.name.clone(),
        why,
        template: ChangeKind::HighRiskPeriod,
        go_live,
        scenario: rising.clone(),
        answer: rising,
        plan: plan::export(&plan),
        signs: found.signs,
        worsening: found.worsening,
    }))
}

/// `containment-2026-11-17`, with a number where there is one of that day already.
fn key(all: &[Window], since: &str) -> String {
    let day = since.split('T').next().unwrap_or(since);
    let taken = |key: &str| all.iter().any(|w| w.key == key);
    let numbered = (2..1_000).map(|n| format!("containment-{day}-{n}"));
    std::iter::once(format!("containment-{day}")).chain(numbered).find(|key| !taken(key)).unwrap_or_default()
}

/// The window that is proposed for what rises or worsens now
#[utoipa::path(get, path = "/containment", tag = "warnings", responses((status = 200, body = Containment), (status = "4XX", body = Problem)))]
pub(super) async fn get_containment(caller: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<Containment>> {
    Ok(Json(Containment { proposal: propose(&app, &caller).await? }))
}

/// Decide against the window that is proposed
#[utoipa::path(post, path = "/containment/decline", tag = "warnings", request_body = decline::Decline,
    responses((status = 200, body = Containment), (status = 409, description = "Nothing is proposed", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn decline_containment(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    Body(wanted): Body<decline::Decline>,
) -> ApiResult<Json<Containment>> {
    let reason = decline::reason(&wanted)?;
    let Some(proposal) = propose(&app, &caller).await? else { return Err(super::nothing()) };
    decline::keep(&app, &proposal, caller.stamp(&app).because(reason)).await?;
    Ok(Json(Containment { proposal: propose(&app, &caller).await? }))
}
