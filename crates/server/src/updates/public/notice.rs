//! What stands in banners and chats now.

use super::cached::cached;
use crate::App;
use crate::http::problem::ApiResult;
use crate::updates::places;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use hypercare_core::update::render::{self, escape};
use hypercare_core::update::{Impact, MatterState, Update};
use hypercare_core::window::Window;
use hypercare_core::{EntryId, Timestamp, UpdateId};
use hypercare_store::queries::updates;
use serde::Serialize;
use utoipa::ToSchema;

/// Matters that are looked at.
const LOOKED_AT: i64 = 50;
/// Of these, shown in a chat.
const SHOWN: usize = 3;

/// What customers are told now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrentUpdates {
    /// The worst first, then the newest; at most three. A banner shows the first.
    items: Vec<CurrentUpdate>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CurrentUpdate {
    /// The matter.
    update: UpdateId,
    /// Which entry of it: the version. Whoever dismissed another one sees this.
    version: EntryId,
    /// Its title.
    title: String,
    /// How far the matter is.
    state: MatterState,
    /// How much it hurts.
    impact: Impact,
    /// What is happening, for a banner.
    banner: String,
    /// All of it, as every place shows it.
    text: String,
    /// When it was published.
    published_at: Timestamp,
    /// When it is to be taken away.
    until: Timestamp,
    /// When the next update comes.
    next_at: Option<Timestamp>,
    /// Its place on the status page.
    url: String,
}

/// What stands in banners and chats at this moment.
///
/// # Errors
/// When the database fails.
async fn current(app: &App) -> ApiResult<Vec<CurrentUpdate>> {
    let (mut reader, now) = (app.reader(), app.now());
    let mut shown = updates::shown(&mut reader, now, LOOKED_AT).await?;
    shown.sort_by_key(|m| std::cmp::Reverse(m.newest().map(|e| (e.content.impact, e.published_at))));
    let mut items = vec![];
    for matter in shown.into_iter().take(SHOWN) {
        let window = hypercare_store::load::<Window>(&mut reader, matter.window.0).await?;
        items.extend(window.and_then(|window| one(app, &window, &matter)));
    }
    Ok(items)
}

fn one(app: &App, window: &Window, matter: &Update) -> Option<CurrentUpdate> {
    let entry = matter.newest()?;
    let rendered = render::entry(matter, entry);
    Some(CurrentUpdate {
        update: matter.id,
        version: entry.id,
        state: entry.content.state,
        impact: entry.content.impact,
        banner: places::banner(&rendered),
        text: rendered.plain(),
        title: rendered.title,
        published_at: entry.published_at,
        until: entry.leaves_at,
        next_at: entry.content.next_at.filter(|_| entry.content.state != MatterState::Resolved),
        url: places::matter_url(app, &window.key, matter.id),
    })
}

/// What customers are told now
///
/// For banners and chats of your own. Ours take it from here.
#[utoipa::path(get, path = "/public/updates", operation_id = "current_updates", tag = "chat", responses((status = 200, body = CurrentUpdates)), security(()))]
pub(in crate::updates) async fn current_updates(State(app): State<App>) -> ApiResult<Json<CurrentUpdates>> {
    Ok(Json(CurrentUpdates { items: current(&app).await? }))
}

/// A script for customers' sites: nothing where there is nothing to say, else it loads the banner and hands it what to say. As a script it
/// needs no more of a site's Content-Security-Policy than the chat itself.
pub async fn script(State(app): State<App>, asked: HeaderMap) -> ApiResult<Response> {
    let body = match current(&app).await?.first() {
        Some(first) => {
            let said = serde_json::to_string(first).unwrap_or_default().replace('<', "\\u003c");
            let from = serde_json::to_string(&format!("{}/chat/banner.js", app.config.public_url)).unwrap_or_default();
            format!("import({from}).then(m=>m.show({said}))")
        }
        None => String::new(),
    };
    Ok(cached(&asked, "text/javascript; charset=utf-8", true, body))
}

/// Nothing leaves before then.
const NEVER: Timestamp = Timestamp(i64::MAX);

/// The same for our own pages of help, as HTML, and until when it holds if nothing happens; empty where there is nothing to say.
///
/// # Errors
/// When the database fails.
pub async fn alert_until(app: &App) -> ApiResult<(String, Timestamp)> {
    let items = current(app).await?;
    let until = items.first().map_or(NEVER, |first| first.until);
    let html = items
        .iter()
        .take(1)
        .map(|one| {
            let role = if one.impact == Impact::Critical && one.state != MatterState::Resolved { "alert" } else { "status" };
            format!(
                "<section class=\"notice\" role=\"{role}\" data-version=\"{}\"><p><strong>{}: {}</strong><br>{}</p><p><a href=\"{}\">All of it</a></p></section>",
                one.version,
                one.state.name(),
                escape(&one.title),
                escape(&one.banner),
                escape(&one.url)
            )
        })
        .collect();
    Ok((html, until))
}
