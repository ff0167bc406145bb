//! The whole server as one router.

use super::{files, guard, observe, repeats, request_id, routes, unread};
use crate::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Everything that is served.
pub fn router(app: App) -> Router {
    let (api, openapi) = routes::api();
    let description: Arc<str> = openapi.to_pretty_json().unwrap_or_default().into();
    let described = get(move || {
        let text = description.to_string();
        async move { ([(header::CONTENT_TYPE, "application/json")], text) }
    });
    // The first layer is the innermost.
    api.layer(from_fn_with_state(app.clone(), repeats::layer))
        .merge(routes::beside(&app))
        .layer(from_fn_with_state(app.clone(), guard::strangers))
        .route("/api/openapi.json", described)
        .method_not_allowed_fallback(guard::no_such_method)
        .fallback(files::fallback)
        .layer(from_fn_with_state(app.clone(), crate::articles::own_host))
        .layer(DefaultBodyLimit::max(super::extract::BODY_LIMIT))
        .layer(from_fn(guard::timeout))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(CompressionLayer::new())
        .layer(from_fn(guard::headers))
        .layer(from_fn_with_state(app.clone(), guard::clock))
        .layer(from_fn(observe::layer))
        .layer(from_fn(request_id::layer))
        .layer(from_fn(unread::layer))
        .with_state(app)
}
