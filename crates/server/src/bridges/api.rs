//! Bridges by API: for admins.

use super::manage::{self, Entered};
use crate::App;
use crate::http::{ApiResult, Body, May, Page, PathId, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::Timestamp;
use hypercare_store::queries::bridges::{self, Bridge};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A bridge, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BridgeView {
    /// Id.
    id: String,
    /// In its address.
    key: String,
    /// What it leads to.
    name: String,
    /// Where replies go.
    url: String,
    /// Where its messages go: `POST` here.
    inbound_url: String,
    /// It is in use.
    enabled: bool,
    /// Until when the old secret holds beside the new one.
    old_secret_until: Option<Timestamp>,
    /// When it was added.
    created_at: Timestamp,
    /// Conversations that came over it.
    conversations: i64,
}

/// A bridge with its secret, which is shown here and nowhere else.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BridgeSecret {
    /// The bridge.
    bridge: BridgeView,
    /// What signs both ways: `whsec_…`.
    secret: String,
}

async fn view(app: &App, bridge: Bridge) -> ApiResult<BridgeView> {
    let now = app.now();
    Ok(BridgeView {
        id: bridge.id.to_string(),
        inbound_url: format!("{}/api/v1/public/bridges/{}/messages", app.config.public_url, bridge.key),
        conversations: bridges::conversations(&mut app.reader(), bridge.id).await?,
        old_secret_until: bridge.old_until.filter(|until| *until > now.0).map(Timestamp),
        created_at: Timestamp(bridge.created_at),
        enabled: bridge.enabled,
        key: bridge.key,
        name: bridge.name,
        url: bridge.url,
    })
}

async fn with_secret(app: &App, bridge: Bridge) -> ApiResult<BridgeSecret> {
    let secret = bridge.secret.clone();
    Ok(BridgeSecret { bridge: view(app, bridge).await?, secret })
}

/// All bridges, oldest first.
#[utoipa::path(get, path = "/bridges", tag = "bridges", responses((status = 200, body = Page<BridgeView>)))]
pub(super) async fn list_bridges(_: May<perm::Admin>, State(app): State<App>) -> ApiResult<Json<Page<BridgeView>>> {
    let mut all = vec![];
    for bridge in bridges::list(&mut app.reader()).await? {
        all.push(view(&app, bridge).await?);
    }
    Ok(Json(Page::whole(all)))
}

/// A new bridge.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBridge {
    /// In its address: small letters, digits and hyphens. It stays.
    key: String,
    /// What it leads to, such as WhatsApp.
    name: String,
    /// Where replies go: `https://…`. Only public addresses, and those that the operator named.
    url: String,
}

/// Adds a bridge. Its secret is shown in this answer and nowhere else.
#[utoipa::path(post, path = "/bridges", tag = "bridges", request_body = NewBridge, responses((status = 201, body = BridgeSecret)))]
pub(super) async fn add_bridge(
    caller: May<perm::Admin>,
    State(app): State<App>,
    Body(new): Body<NewBridge>,
) -> ApiResult<(StatusCode, Json<BridgeSecret>)> {
    let entered = Entered { name: Some(new.name), url: Some(new.url), enabled: None };
    let bridge = manage::add(&app, caller.stamp(&app), &new.key, entered).await?;
    Ok((StatusCode::CREATED, Json(with_secret(&app, bridge).await?)))
}

/// What changes; what is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BridgeChange {
    /// What it leads to.
    name: Option<String>,
    /// Where replies go.
    url: Option<String>,
    /// `false`: it takes nothing in, and replies are tried again for some hours before they fail.
    enabled: Option<bool>,
}

/// Changes a bridge, or switches it on or off.
#[utoipa::path(patch, path = "/bridges/{id}", tag = "bridges", params(("id" = String, Path)), request_body = BridgeChange,
    responses((status = 200, body = BridgeView)))]
pub(super) async fn change_bridge(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<i64>,
    Body(change): Body<BridgeChange>,
) -> ApiResult<Json<BridgeView>> {
    let BridgeChange { name, url, enabled } = change;
    let bridge = manage::change(&app, caller.stamp(&app), id, Entered { name, url, enabled }).await?;
    Ok(Json(view(&app, bridge).await?))
}

/// Gives a bridge a new secret, shown in this answer and nowhere else. For 24 hours the old one holds beside it.
#[utoipa::path(post, path = "/bridges/{id}/rotate", tag = "bridges", params(("id" = String, Path)), responses((status = 200, body = BridgeSecret)))]
pub(super) async fn rotate_bridge(caller: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<i64>) -> ApiResult<Json<BridgeSecret>> {
    let bridge = manage::rotate(&app, caller.stamp(&app), id).await?;
    Ok(Json(with_secret(&app, bridge).await?))
}
