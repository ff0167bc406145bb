//! What customers see without the chat: the banner on their sites, the status page with its feeds, and the form for mails.

mod cached;
mod feed;
pub mod link;
mod look;
mod notice;
mod page;
mod preferences;
mod statuspage;
mod style;
mod subscribe;
mod trouble;

pub use look::theme;
pub(crate) use look::{Look, look};
pub use notice::alert_until;
pub(super) use notice::{__path_current_updates, current_updates};
pub(crate) use page::document;
pub use style::COLOURS;
pub(crate) use trouble::{as_page, cut_off};

use crate::App;
use crate::http::problem::{ApiResult, Problem};
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use hypercare_core::update::Update;
use hypercare_core::window::{Phase, Window};
use hypercare_store::queries::{updates, windows};

/// Matters that a status page and its feeds show.
const SHOWN: i64 = 50;

/// The pages of this capability, outside the API.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/notice.js", get(notice::script))
        .route("/status/{slug}", get(page::page).post(subscribe::subscribe))
        .route("/status/{slug}/feed.atom", get(feed::atom))
        .route("/status/{slug}/feed.rss", get(feed::rss))
        .route("/status/{slug}/api/v2/summary.json", get(statuspage::summary))
        .route("/status/{slug}/api/v2/status.json", get(statuspage::status_json))
        .route("/status/{slug}/api/v2/components.json", get(statuspage::components))
        .route("/status/{slug}/api/v2/incidents.json", get(statuspage::incidents))
        .route("/status/{slug}/api/v2/incidents/unresolved.json", get(statuspage::unresolved))
        .route("/status/{slug}/api/v2/scheduled-maintenances.json", get(statuspage::no_maintenances))
        .route("/status/{slug}/api/v2/scheduled-maintenances/upcoming.json", get(statuspage::no_maintenances))
        .route("/status/{slug}/api/v2/scheduled-maintenances/active.json", get(statuspage::no_maintenances))
        .route("/updates/confirm/{token}", get(subscribe::confirm_page).post(subscribe::confirm))
        .route("/updates/preferences/{token}", get(preferences::page).post(preferences::chosen))
        .route("/updates/unsubscribe/{token}", get(subscribe::unsubscribe_page).post(subscribe::unsubscribe))
}

/// A page of ours that is kept nowhere on its way.
pub(crate) fn served(asked: &HeaderMap, look: &Look, html: String) -> Response {
    let mut response = cached::page(asked, &look.style, html);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A window's page: the window, and what was published, the last first.
struct Status {
    window: Window,
    matters: Vec<Update>,
    url: String,
}

impl Status {
    /// Matters that are not resolved, the worst first.
    fn open(&self) -> Vec<&Update> {
        use hypercare_core::update::MatterState;
        let mut open: Vec<&Update> = self.matters.iter().filter(|m| m.newest().is_some_and(|e| e.content.state != MatterState::Resolved)).collect();
        open.sort_by_key(|m| std::cmp::Reverse(m.newest().map(|e| (e.content.impact, e.published_at))));
        open
    }
}

/// Loads it. A window that was never live and has told nothing has none.
async fn status(app: &App, slug: &str) -> ApiResult<Status> {
    let mut reader = app.reader();
    let none = || Problem::not_found("status page");
    let window = windows::by_key(&mut reader, slug).await?.ok_or_else(none)?;
    let matters = updates::published(&mut reader, window.id, SHOWN).await?;
    if matters.is_empty() && window.phase == Phase::Preparing {
        return Err(none());
    }
    Ok(Status { url: super::places::page_url(app, &window.key), window, matters })
}
