//! Addresses by API: for admins.

use super::manage::{self, Entered};
use super::view::{WebhookSecret, WebhookView};
use super::{KINDS, catalogue};
use crate::App;
use crate::http::{ApiResult, Body, May, Page, PathId, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_store::queries::webhooks::{self, Webhook};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

async fn view(app: &App, hook: Webhook) -> ApiResult<WebhookView> {
    let counts = webhooks::counts(&mut app.reader(), hook.id).await?;
    Ok(WebhookView::new(hook, counts, app.now()))
}

async fn with_secret(app: &App, hook: Webhook) -> ApiResult<WebhookSecret> {
    let secret = hook.secret.clone();
    Ok(WebhookSecret { webhook: view(app, hook).await?, secret })
}

/// All addresses that are told what happens, oldest first.
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", responses((status = 200, body = Page<WebhookView>)))]
pub(super) async fn list_webhooks(_: May<perm::Admin>, State(app): State<App>) -> ApiResult<Json<Page<WebhookView>>> {
    let mut all = vec![];
    for hook in webhooks::list(&mut app.reader()).await? {
        all.push(view(&app, hook).await?);
    }
    Ok(Json(Page::whole(all)))
}

/// A new address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWebhook {
    /// Where to: `https://…`. Only public addresses, and those that the operator named.
    url: String,
    /// What it is for.
    description: Option<String>,
    /// Kinds of events, `issue.*` or `*`; all unless told.
    kinds: Option<Vec<String>>,
    /// Send the texts of messages along.
    messages: Option<bool>,
    /// Send the texts of private notes along.
    notes: Option<bool>,
}

/// Adds an address. It is told of what happens from now on; its secret is shown in this answer and nowhere else.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", request_body = NewWebhook, responses((status = 201, body = WebhookSecret)))]
pub(super) async fn add_webhook(
    caller: May<perm::Admin>,
    State(app): State<App>,
    Body(new): Body<NewWebhook>,
) -> ApiResult<(StatusCode, Json<WebhookSecret>)> {
    let entered = Entered {
        url: Some(new.url),
        description: new.description,
        kinds: new.kinds,
        messages: new.messages,
        notes: new.notes,
        ..Entered::default()
    };
    let hook = manage::add(&app, caller.stamp(&app), entered).await?;
    Ok((StatusCode::CREATED, Json(with_secret(&app, hook).await?)))
}

/// One address.
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)), responses((status = 200, body = WebhookView)))]
pub(super) async fn get_webhook(_: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<i64>) -> ApiResult<Json<WebhookView>> {
    let hook = webhooks::by_id(&mut app.reader(), id).await?.ok_or_else(|| crate::http::Problem::not_found("webhook"))?;
    Ok(Json(view(&app, hook).await?))
}

/// What changes; what is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookChange {
    /// Where to.
    url: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// Kinds of events.
    kinds: Option<Vec<String>>,
    /// Send the texts of messages along.
    messages: Option<bool>,
    /// Send the texts of private notes along.
    notes: Option<bool>,
    /// `false` switches it off. Switched on again, it is told what it missed.
    enabled: Option<bool>,
    /// What it has not been told so far is skipped.
    #[serde(default)]
    skip_missed: bool,
}

/// Changes an address, or switches it on or off.
#[utoipa::path(patch, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)), request_body = WebhookChange,
    responses((status = 200, body = WebhookView)))]
pub(super) async fn change_webhook(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<i64>,
    Body(change): Body<WebhookChange>,
) -> ApiResult<Json<WebhookView>> {
    let WebhookChange { url, description, kinds, messages, notes, enabled, skip_missed } = change;
    let entered = Entered { url, description, kinds, messages, notes, enabled, skip_missed };
    let hook = manage::change(&app, caller.stamp(&app), id, entered).await?;
    Ok(Json(view(&app, hook).await?))
}

/// Takes an address away, with its log.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)), responses((status = 204, description = "Removed.")))]
pub(super) async fn remove_webhook(caller: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<i64>) -> ApiResult<StatusCode> {
    manage::remove(&app, caller.stamp(&app), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives an address a new secret, shown in this answer and nowhere else. For 24 hours the old one signs beside it.
#[utoipa::path(post, path = "/webhooks/{id}/rotate", tag = "webhooks", params(("id" = String, Path)), responses((status = 200, body = WebhookSecret)))]
pub(super) async fn rotate_webhook(caller: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<i64>) -> ApiResult<Json<WebhookSecret>> {
    let hook = manage::rotate(&app, caller.stamp(&app), id).await?;
    Ok(Json(with_secret(&app, hook).await?))
}

/// A test that was queued.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookTest)]
pub(super) struct Queued {
    /// The delivery, as in the log.
    delivery: String,
}

/// Sends a test, of the kind `ping`. What became of it is in the log.
#[utoipa::path(post, path = "/webhooks/{id}/ping", tag = "webhooks", params(("id" = String, Path)), responses((status = 202, body = Queued)))]
pub(super) async fn ping_webhook(_: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<i64>) -> ApiResult<(StatusCode, Json<Queued>)> {
    let delivery = manage::ping(&app, app.now(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(Queued { delivery: delivery.to_string() })))
}

/// A kind of event that others may be told of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookKind)]
pub(super) struct KindView {
    /// Its word.
    kind: &'static str,
    /// What it means.
    means: &'static str,
    /// The facts that go along, by name.
    facts: Vec<&'static str>,
}

/// The kinds of events that others may be told of.
#[utoipa::path(get, path = "/webhook-kinds", tag = "webhooks", responses((status = 200, body = Page<KindView>)))]
pub(super) async fn list_kinds(_: May<perm::Admin>) -> Json<Page<KindView>> {
    let view = |kind: &catalogue::Kind| KindView { kind: kind.word, means: kind.means, facts: kind.facts.iter().map(|(name, _)| *name).collect() };
    Json(Page::whole(KINDS.iter().map(view).collect()))
}
