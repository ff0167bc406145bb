//! Requests for cover: asked by whoever has the shift, taken by a colleague, withdrawn.

use super::act::run;
use super::edit::{Edited, decision_owner, edited};
use super::people::Person;
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::role::Permission;
use hypercare_core::rota::living::{Ask, Command, Event, Request, RequestState};
use hypercare_core::rota::{DutyRole, Period};
use hypercare_core::{RotaEntryId, Timestamp, WindowId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// A request for cover.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CoverRequest)]
pub struct CoverView {
    /// Its number.
    pub id: RotaEntryId,
    /// Who asks.
    pub by: Person,
    /// Who is asked; none: anybody.
    pub to: Option<Person>,
    /// In which role.
    pub role: DutyRole,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// What the asker takes in return.
    pub in_return: Option<Period>,
    /// Why.
    pub reason: Option<String>,
    /// When it was asked.
    pub at: Timestamp,
    /// Where it stands.
    pub state: RequestState,
    /// Who took it.
    pub taken_by: Option<Person>,
    /// When it was taken, withdrawn or expired.
    pub settled_at: Option<Timestamp>,
    /// Whether you may take it, as far as it is yours to take; the rules of rest are asked when you do.
    pub you_may_take: bool,
    /// Whether you may withdraw it.
    pub you_may_withdraw: bool,
}

/// The address of whoever calls, in lower case; none for a program.
pub(super) fn own_address(caller: &Caller) -> Option<String> {
    caller.user.as_ref().map(|p| p.email.to_lowercase())
}

pub(super) fn view(r: &Request, names: &HashMap<String, String>, caller: &Caller, now: Timestamp) -> CoverView {
    let me = own_address(caller);
    let mine = me.as_ref() == Some(&r.ask.by);
    let open = r.is_open() && r.expires() > now;
    let asked = r.ask.to.as_ref().is_none_or(|to| Some(to) == me.as_ref());
    CoverView {
        id: r.id,
        by: Person::of(names, &r.ask.by),
        to: r.ask.to.as_ref().map(|to| Person::of(names, to)),
        role: r.ask.role,
        from: r.ask.when.from,
        until: r.ask.when.to,
        in_return: r.ask.in_return,
        reason: r.reason.clone(),
        at: r.at,
        state: r.state,
        taken_by: r.taken_by.as_ref().map(|by| Person::of(names, by)),
        settled_at: r.settled_at,
        you_may_take: open && !mine && asked && me.is_some() && caller.may(Permission::ConversationsWrite),
        you_may_withdraw: r.is_open() && (mine || caller.may(Permission::WindowsWrite)),
    }
}

/// What is asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCover)]
pub struct NewCover {
    /// From when: a shift of yours, or a part of it.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// In which role.
    #[serde(default = "decision_owner")]
    role: DutyRole,
    /// Whom you ask, by e-mail address; none: anybody.
    #[serde(default)]
    who: Option<String>,
    /// A shift of theirs that you take in return.
    #[serde(default)]
    in_return: Option<Period>,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Ask for cover of a shift of yours
///
/// A part of a shift will do. It ends by itself when the time begins: you and a lead are told then.
#[utoipa::path(post, path = "/windows/{id}/cover", operation_id = "ask_for_cover", tag = "rota", params(("id" = WindowId, Path)), request_body = NewCover,
    responses((status = 200, body = CoverView), (status = "4XX", body = Problem)))]
pub(super) async fn ask_for_cover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewCover>,
) -> ApiResult<Json<CoverView>> {
    let by = person(&caller)?;
    let stamp = caller.stamp(&app).because(new.reason);
    let ask = Ask { by, to: new.who, role: new.role, when: Period { from: new.from, to: new.to }, in_return: new.in_return };
    let (_, events) = run(&app, id, Command::Ask(ask), stamp).await?;
    let names = crate::windows::owner::names(&mut app.reader()).await?;
    let asked = events.iter().rev().find_map(|event| match event {
        Event::CoverAsked { request } => Some(view(request, &names, &caller, app.now())),
        _ => None,
    });
    asked.map(Json).ok_or_else(Problem::internal)
}

pub(super) fn person(caller: &Caller) -> ApiResult<String> {
    own_address(caller).ok_or_else(|| Problem::conflict("A program has no shifts: sign in as a person."))
}

/// Which request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CoverChosen)]
pub struct Chosen {
    /// Its number.
    request: RotaEntryId,
    /// Why, where a lead goes over a hard rule.
    #[serde(default)]
    reason: String,
    /// Also where a hard rule of rest is broken: leads only.
    #[serde(default)]
    over: bool,
}

/// Take a shift that a colleague asked cover for
///
/// The rules of rest are asked at this moment. Whoever is second is told who was first.
#[utoipa::path(post, path = "/windows/{id}/cover/accept", operation_id = "accept_cover", tag = "rota", params(("id" = WindowId, Path)), request_body = Chosen,
    responses((status = 200, body = Edited), (status = 409, description = "Taken already, or a hard rule", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn accept_cover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(chosen): Body<Chosen>,
) -> ApiResult<Json<Edited>> {
    if chosen.over && !caller.may(Permission::WindowsWrite) {
        return Err(Problem::forbidden("Only a lead goes over a rule that protects people: ask one to put you in.").with_field("over"));
    }
    let by = person(&caller)?;
    let stamp = caller.stamp(&app).because(chosen.reason);
    edited(&app, id, Command::Accept { request: chosen.request, by, over: chosen.over }, stamp).await
}

/// Withdraw a request for cover
#[utoipa::path(post, path = "/windows/{id}/cover/withdraw", operation_id = "withdraw_cover", tag = "rota", params(("id" = WindowId, Path)), request_body = Chosen,
    responses((status = 200, body = Edited), (status = "4XX", body = Problem)))]
pub(super) async fn withdraw_cover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(chosen): Body<Chosen>,
) -> ApiResult<Json<Edited>> {
    let by = person(&caller)?;
    let stamp = caller.stamp(&app).because(chosen.reason);
    edited(&app, id, Command::Withdraw { request: chosen.request, by, lead: caller.may(Permission::WindowsWrite) }, stamp).await
}
