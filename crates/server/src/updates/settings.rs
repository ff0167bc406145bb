//! Where a window's updates go beside the places of our own: its Slack channel; and how many get them by e-mail.

use super::places;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::outward::checked;
use crate::windows;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::WindowId;
use hypercare_core::window::Window;
use hypercare_store::WriteError;
use hypercare_store::queries::{subscribers, updates};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Where a window's updates go.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdateSettings {
    /// The host of the Slack address; none where there is none. The address itself is a secret and not shown again.
    slack: Option<String>,
    /// Subscribers who confirmed their address.
    subscribers: i64,
    /// Those who have not yet.
    unconfirmed: i64,
    /// The status page.
    page: String,
    /// Its Atom feed.
    atom: String,
    /// Its RSS feed.
    rss: String,
    /// The same as JSON, as Statuspage lays it out.
    json: String,
}

/// Where updates shall go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpdateSettings {
    /// The address of an incoming webhook of Slack; null removes it.
    slack_url: Option<String>,
}

async fn shown(app: &App, window: &Window) -> ApiResult<UpdateSettings> {
    let mut reader = app.reader();
    let slack = updates::slack(&mut reader, window.id).await?;
    let (subscribers, unconfirmed) = subscribers::counts(&mut reader, window.id).await?;
    let page = places::page_url(app, &window.key);
    Ok(UpdateSettings {
        slack: slack.map(|url| host(&url)),
        subscribers,
        unconfirmed,
        atom: format!("{page}/feed.atom"),
        rss: format!("{page}/feed.rss"),
        json: format!("{page}/api/v2/summary.json"),
        page,
    })
}

fn host(url: &str) -> String {
    reqwest::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Where a window's updates go
#[utoipa::path(get, path = "/windows/{id}/updates", operation_id = "update_settings", tag = "updates", params(("id" = WindowId, Path)),
    responses((status = 200, body = UpdateSettings), (status = "4XX", body = Problem)))]
pub(super) async fn update_settings(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<UpdateSettings>> {
    let window = windows::load(&mut app.reader(), id).await?;
    shown(&app, &window).await.map(Json)
}

/// Change where a window's updates go
#[utoipa::path(put, path = "/windows/{id}/updates", operation_id = "change_update_settings", tag = "updates", params(("id" = WindowId, Path)), request_body = NewUpdateSettings,
    responses((status = 200, body = UpdateSettings), (status = "4XX", body = Problem)))]
pub(super) async fn change_update_settings(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewUpdateSettings>,
) -> ApiResult<Json<UpdateSettings>> {
    let window = windows::load(&mut app.reader(), id).await?;
    let wrong = |why: String| Problem::unprocessable("slack_url", why);
    let url = match new.slack_url.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let url = checked(text).map_err(wrong)?;
            if let Some(why) = app.outward.refuses(&url).await {
                return Err(wrong(why));
            }
            Some(String::from(url))
        }
        None => None,
    };
    let stamp = caller.stamp(&app);
    let changed: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                updates::slack_set(tx, id, url.as_deref()).await?;
                let body = json!({ "host": url.as_deref().map(host) }).to_string();
                tx.record("window.update_channel", ("window", id.0), Some(id), &stamp, body).await?;
                Ok(())
            }
            .boxed()
        })
        .await;
    changed?;
    shown(&app, &window).await.map(Json)
}
