//! One line of log and one count for each request: method, route, status, time. No bodies, no secrets, no addresses.

use super::request_id::RequestId;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;

/// Logs and counts. The route is the pattern, so that ids do not multiply the counts.
pub async fn layer(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("(file)", MatchedPath::as_str).to_owned();
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let span = tracing::info_span!("request", id, method, route);
    let response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    span.in_scope(|| {
        let ms = took.as_secs_f64() * 1000.0;
        if status >= 500 {
            tracing::error!(status, ms, "answered");
        } else if route == "(file)" || route == "/healthz" || route == "/readyz" || route == "/metrics" {
            tracing::debug!(status, ms, "answered");
        } else {
            tracing::info!(status, ms, "answered");
        }
    });
    let labels = [("method", method), ("route", route), ("status", status.to_string())];
    metrics::counter!("hypercare_requests_total", &labels).increment(1);
    metrics::histogram!("hypercare_request_seconds", &labels[..2]).record(took.as_secs_f64());
    response
}
