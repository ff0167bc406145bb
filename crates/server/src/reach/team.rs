//! Who of the team would be reached how: for leads, who have to know before the night.

use super::log::{LogParams, page};
use super::preview;
use super::settings::{HowReached, of, shown_ways};
use super::view::{LineView, PreviewView, WayView};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::notice::route::{Group, Rules};
use hypercare_core::rota::DutyRole;
use hypercare_core::{Timestamp, UserId};
use hypercare_store::queries::{people, rota, ways, windows};
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// How one of the team would be reached by a call that comes now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ColleagueReached)]
pub(super) struct ColleagueView {
    /// Who.
    id: UserId,
    /// Their name.
    name: String,
    /// Their ways.
    ways: Vec<WayView>,
    /// Until when it is quiet for them; null where it is not.
    quiet_until: Option<Timestamp>,
    /// They decide now, or are the backup.
    on_duty: bool,
    /// What would become of an escalation to them, of normal and of critical severity.
    call: Vec<PreviewView>,
}

/// Who decides now or is the backup, in all open windows; e-mail addresses in lower case.
async fn duty(q: &mut impl Query, now: Timestamp) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    for window in windows::list(q).await?.into_iter().filter(|window| window.phase.is_open()) {
        let rota = rota::of(q, &window).await?;
        found.extend(rota.owner_at(now).map(|owner| owner.person.to_lowercase()));
        found.extend(rota.schedule().duty(now, DutyRole::Backup).into_iter().map(str::to_lowercase));
    }
    Ok(found)
}

/// How the team would be reached
///
/// Everybody who can sign in, by name: by which ways an escalation would reach them now, and when.
#[utoipa::path(get, path = "/notices/team", operation_id = "how_team_is_reached", tag = "notices", responses((status = 200, body = Page<ColleagueView>)))]
pub(super) async fn how_team_is_reached(_: May<perm::WindowsWrite>, State(app): State<App>) -> ApiResult<Json<Page<ColleagueView>>> {
    let (mut reader, now) = (app.reader(), app.now());
    let duty = duty(&mut reader, now).await?;
    let all = ways::all_rules(&mut reader).await?;
    let mut found = vec![];
    for person in people::list(&mut reader).await?.into_iter().filter(|person| !person.disabled) {
        let rules = all.get(&person.id()).cloned().unwrap_or_else(Rules::default);
        let ways = shown_ways(&mut reader, &person).await?;
        let on_duty = duty.contains(&person.email);
        let call = preview::now(&rules, &ways, on_duty, now).into_iter().filter(|one| one.group == Group::Act).collect();
        let quiet_until = rules.quiet.as_ref().and_then(|quiet| quiet.ends(&rules.zone, now));
        found.push(ColleagueView { id: person.id(), name: person.name, ways, quiet_until, on_duty, call });
    }
    Ok(Json(Page::whole(found)))
}

/// How somebody is reached
#[utoipa::path(get, path = "/users/{id}/reach", operation_id = "how_person_is_reached", tag = "notices", params(("id" = UserId, Path)), responses((status = 200, body = HowReached)))]
pub(super) async fn how_person_is_reached(
    _: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<UserId>,
) -> ApiResult<Json<HowReached>> {
    of(&app, id).await.map(Json)
}

/// What somebody was told, or not, and why
#[utoipa::path(get, path = "/users/{id}/reach/log", operation_id = "what_person_was_told", tag = "notices", params(("id" = UserId, Path), LogParams),
    responses((status = 200, body = Page<LineView>)))]
pub(super) async fn what_person_was_told(
    _: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<UserId>,
    Params(p): Params<LogParams>,
) -> ApiResult<Json<Page<LineView>>> {
    page(&app, id, p).await.map(Json)
}
