//! The help centre under a name of its own: on it nothing else is offered.

use crate::App;
use crate::http::problem::Problem;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// What is answered under the help centre's own name, by how the path begins.
const OPEN: [&str; 9] = ["/help", "/status/", "/updates/", "/chat", "/api/v1/public/", "/notice.js", "/favicon", "/robots.txt", "/sitemap.xml"];

/// Keeps the console and the rest of the API from being offered under the help centre's own name.
pub async fn own_host(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(own) = app.centre.host() else { return next.run(request).await };
    let asked = request.headers().get(header::HOST).and_then(|v| v.to_str().ok()).or_else(|| request.uri().authority().map(|a| a.as_str()));
    if asked.is_none_or(|asked| !asked.eq_ignore_ascii_case(&own)) {
        return next.run(request).await;
    }
    let path = request.uri().path();
    if path == "/" {
        return Redirect::to("/help").into_response();
    }
    if OPEN.iter().any(|begin| path.starts_with(begin)) {
        return next.run(request).await;
    }
    Problem::not_found("page").into_response()
}
