//! Calendars of shifts, behind addresses that only their person knows: signed for the person and a number, so that another number makes
//! the address before lead nowhere. Nothing in the database opens one.

use super::ical::{self, calendar};
use crate::App;
use crate::http::auth::Signed;
use crate::http::{ApiResult, Problem};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hypercare_core::rota::DutyRole;
use hypercare_core::window::Window;
use hypercare_core::{Timestamp, UserId, WindowId};
use hypercare_store::queries::people::Person;
use hypercare_store::queries::rota::{self as stored, Told};
use hypercare_store::queries::{people, windows};
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use utoipa::ToSchema;

/// The addresses of your calendars.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarAddress)]
pub struct Address {
    /// Of your shifts in all windows, to be put after the address of this server; none until you make one. Whoever has it reads your shifts.
    path: Option<String>,
    /// Of everybody's shifts in each window that is not closed.
    windows: Vec<WindowAddress>,
}

/// The calendar of one window.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WindowCalendarAddress)]
pub struct WindowAddress {
    /// Which.
    window: WindowId,
    /// What it is called.
    name: String,
    /// Where.
    path: String,
}

async fn shown(app: &App, user: UserId) -> ApiResult<Json<Address>> {
    let mut reader = app.reader();
    let Some(generation) = stored::address(&mut reader, user).await? else { return Ok(Json(Address { path: None, windows: vec![] })) };
    let base = format!("{}/public/calendars/{}", crate::http::BASE, app.signs.calendar(user, generation));
    let all = windows::list(&mut reader).await?.into_iter().filter(|w| w.phase != hypercare_core::window::Phase::Closed);
    let windows = all.map(|w| WindowAddress { window: w.id, name: w.plan.window.name, path: format!("{base}/{}", w.id) }).collect();
    Ok(Json(Address { path: Some(base), windows }))
}

/// Read the addresses of your calendars
#[utoipa::path(get, path = "/calendar-address", operation_id = "get_calendar_address", tag = "rota", responses((status = 200, body = Address)))]
pub(super) async fn get_address(Signed(me): Signed, State(app): State<App>) -> ApiResult<Json<Address>> {
    shown(&app, me.require_user()?).await
}

/// Make a new address for your calendars
///
/// The one before leads nowhere from now on.
#[utoipa::path(post, path = "/calendar-address", operation_id = "new_calendar_address", tag = "rota", responses((status = 200, body = Address)))]
pub(super) async fn new_address(Signed(me): Signed, State(app): State<App>) -> ApiResult<Json<Address>> {
    let user = me.require_user()?;
    app.store.write(move |tx| async move { stored::new_address(tx, user).await }.boxed()).await?;
    shown(&app, user).await
}

/// Let your address lead nowhere
#[utoipa::path(delete, path = "/calendar-address", operation_id = "close_calendar_address", tag = "rota", responses((status = 200, body = Address)))]
pub(super) async fn close_address(Signed(me): Signed, State(app): State<App>) -> ApiResult<Json<Address>> {
    let user = me.require_user()?;
    app.store.write(move |tx| async move { stored::close_address(tx, user).await }.boxed()).await?;
    shown(&app, user).await
}

/// Whose address it is, if it is one that holds.
async fn owner(app: &App, token: &str) -> ApiResult<Person> {
    let nowhere = || Problem::not_found("calendar");
    let (user, generation) = app.signs.calendar_owner(token).ok_or_else(nowhere)?;
    let mut reader = app.reader();
    if stored::address(&mut reader, user).await? != Some(generation) {
        return Err(nowhere());
    }
    people::by_id(&mut reader, user).await?.filter(|p| !p.disabled).ok_or_else(nowhere)
}

/// What a role is called in a calendar.
fn does(role: &str) -> &'static str {
    match DutyRole::ALL.into_iter().find(|r| r.word() == role) {
        Some(DutyRole::DecisionOwner) => "Decides",
        Some(DutyRole::Backup) => "Backup",
        Some(DutyRole::Comms) => "Communication",
        Some(DutyRole::Shadow) => "Learns",
        _ => "Answers",
    }
}

fn entry(told: &Told, window: &str, who: Option<&str>) -> ical::Entry {
    let what = does(&told.role);
    ical::Entry {
        uid: format!("shift-{}@hypercare", told.id),
        sequence: told.sequence,
        changed: Timestamp(told.changed_at),
        from: Timestamp(told.from_at),
        to: Timestamp(told.to_at),
        summary: who.map_or_else(|| format!("{what}: {window}"), |who| format!("{who} ({what})")),
        description: format!("Hypercare rota of {window}"),
        cancelled: told.cancelled_at.is_some(),
    }
}

/// The text, or that it has not changed since it was last read.
fn answer(text: String, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &crate::http::secret::hash(&text)[..32]);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.split(',').any(|one| one.trim() == tag));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let set = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        set.insert(header::ETAG, tag);
    }
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Your shifts as a calendar
///
/// iCalendar. An entry keeps its UID, its sequence grows with each change, and what was called off stays for 30 days as cancelled.
#[utoipa::path(get, path = "/public/calendars/{token}", operation_id = "read_calendar", tag = "rota", params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 304, description = "It has not changed"), (status = "4XX", body = Problem)))]
pub(super) async fn read_calendar(State(app): State<App>, Path(token): Path<String>, headers: HeaderMap) -> ApiResult<Response> {
    let person = owner(&app, token.trim_end_matches(".ics")).await?;
    let mut reader = app.reader();
    let told = stored::of_person(&mut reader, &person.email, app.now()).await?;
    let mut names: HashMap<i64, String> = HashMap::new();
    for row in &told {
        if let Entry::Vacant(name) = names.entry(row.window_id) {
            let window = hypercare_store::load::<Window>(&mut reader, row.window_id).await?;
            name.insert(window.map(|w| w.plan.window.name).unwrap_or_default());
        }
    }
    let entries: Vec<ical::Entry> = told.iter().map(|t| entry(t, names.get(&t.window_id).map_or("", String::as_str), None)).collect();
    Ok(answer(calendar(&format!("Shifts of {}", person.name), &entries), &headers))
}

/// Everybody's shifts in a window as a calendar
#[utoipa::path(get, path = "/public/calendars/{token}/{id}", operation_id = "read_window_calendar", tag = "rota",
    params(("token" = String, Path), ("id" = WindowId, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 304, description = "It has not changed"), (status = "4XX", body = Problem)))]
pub(super) async fn read_window_calendar(
    State(app): State<App>,
    Path((token, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    owner(&app, &token).await?;
    let id: WindowId = id.trim_end_matches(".ics").parse().map_err(|_| Problem::not_found("calendar"))?;
    let mut reader = app.reader();
    let window = crate::windows::load(&mut reader, id).await?;
    let names = crate::windows::owner::names(&mut reader).await?;
    let told = stored::of_window(&mut reader, id, app.now()).await?;
    let name = window.plan.window.name;
    let entries: Vec<ical::Entry> = told.iter().map(|t| entry(t, &name, Some(&crate::windows::owner::name_of(&names, &t.person)))).collect();
    Ok(answer(calendar(&format!("Rota of {name}"), &entries), &headers))
}
