//! The status as JSON in the layout of Statuspage's public API, version 2, so that what reads that reads this. Other sites may read it.

use super::{Status, cached, status};
use crate::App;
use crate::http::problem::ApiResult;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use hypercare_core::Timestamp;
use hypercare_core::update::render;
use hypercare_core::update::{Entry, Impact, MatterState, Update};
use serde_json::{Map, Value, json};

fn answer(asked: &HeaderMap, s: &Status, parts: &[(&str, Value)]) -> Response {
    let mut all: Map<String, Value> = Map::new();
    all.insert("page".into(), page(s));
    all.extend(parts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    cached::cached(asked, "application/json; charset=utf-8", true, Value::Object(all).to_string())
}

fn last(s: &Status) -> Timestamp {
    s.matters.iter().filter_map(|m| m.newest()).map(|e| e.published_at).max().unwrap_or(s.window.created_at)
}

fn page(s: &Status) -> Value {
    json!({ "id": s.window.id, "name": s.window.plan.window.name, "url": s.url, "time_zone": s.window.plan.window.zone, "updated_at": last(s) })
}

fn worst(s: &Status) -> Impact {
    s.open().iter().filter_map(|m| m.newest()).map(|e| e.content.impact).max().unwrap_or_default()
}

fn overall(s: &Status) -> Value {
    let description = match worst(s) {
        Impact::None => "All Systems Operational",
        Impact::Minor => "Minor Service Outage",
        Impact::Major => "Partial System Outage",
        Impact::Critical => "Major Service Outage",
    };
    json!({ "indicator": worst(s).word(), "description": description })
}

/// The change as a whole is the one component.
fn components_of(s: &Status) -> Value {
    let status = match worst(s) {
        Impact::None => "operational",
        Impact::Minor => "degraded_performance",
        Impact::Major => "partial_outage",
        Impact::Critical => "major_outage",
    };
    json!([{
        "id": s.window.id, "name": s.window.plan.window.name, "status": status, "created_at": s.window.created_at, "updated_at": last(s), "position": 1,
        "description": null, "showcase": false, "start_date": null, "group_id": null, "page_id": s.window.id, "group": false, "only_show_if_degraded": false,
    }])
}

fn update(s: &Status, m: &Update, e: &Entry) -> Value {
    json!({
        "id": e.id, "status": e.content.state.word(), "body": render::entry(m, e).plain(), "incident_id": m.id, "created_at": e.published_at,
        "updated_at": e.published_at, "display_at": e.published_at, "affected_components": [], "deliver_notifications": true, "page_id": s.window.id,
    })
}

fn incident(s: &Status, m: &Update) -> Option<Value> {
    let (first, newest) = (m.entries.first()?, m.newest()?);
    // When the state that holds now began; none where it went back since.
    let since = |state: MatterState| {
        let holds = newest.content.state == state || state == MatterState::Monitoring && newest.content.state == MatterState::Resolved;
        let began = m
            .entries
            .iter()
            .rev()
            .take_while(|e| e.content.state == state || (state == MatterState::Monitoring && e.content.state == MatterState::Resolved));
        began.filter(|e| e.content.state == state).last().filter(|_| holds).map(|e| e.published_at)
    };
    Some(json!({
        "id": m.id, "name": newest.content.title, "status": newest.content.state.word(), "impact": newest.content.impact.word(),
        "created_at": first.published_at, "started_at": first.published_at, "updated_at": newest.published_at,
        "monitoring_at": since(MatterState::Monitoring), "resolved_at": since(MatterState::Resolved), "shortlink": format!("{}#matter-{}", s.url, m.id),
        "page_id": s.window.id, "components": [], "reminder_intervals": null,
        "incident_updates": m.entries.iter().rev().map(|e| update(s, m, e)).collect::<Vec<_>>(),
    }))
}

fn list<'a>(s: &Status, matters: impl IntoIterator<Item = &'a Update>) -> Value {
    matters.into_iter().filter_map(|m| incident(s, m)).collect()
}

/// `summary.json`.
pub async fn summary(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    let parts =
        [("components", components_of(&s)), ("incidents", list(&s, s.open())), ("scheduled_maintenances", json!([])), ("status", overall(&s))];
    Ok(answer(&asked, &s, &parts))
}

/// `status.json`.
pub async fn status_json(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    Ok(answer(&asked, &s, &[("status", overall(&s))]))
}

/// `components.json`.
pub async fn components(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    Ok(answer(&asked, &s, &[("components", components_of(&s))]))
}

/// `incidents.json`.
pub async fn incidents(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    Ok(answer(&asked, &s, &[("incidents", list(&s, &s.matters))]))
}

/// `incidents/unresolved.json`.
pub async fn unresolved(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    Ok(answer(&asked, &s, &[("incidents", list(&s, s.open()))]))
}

/// `scheduled-maintenances.json` and its parts: there are none here.
pub async fn no_maintenances(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    Ok(answer(&asked, &s, &[("scheduled_maintenances", json!([]))]))
}
