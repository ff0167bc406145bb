//! What surrounds every request: its time, its mistakes, and what browsers are told.

use super::client;
use super::limits::Allowance;
use super::problem::{ApiResult, Problem};
use super::routes::BASE;
use super::secret;
use crate::App;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::Duration;

/// A request that takes longer is given up; streams answer at once and then go on.
const LONGEST: Duration = Duration::from_secs(30);
/// A file of 25 MB comes slowly from a telephone.
const LONGEST_UPLOAD: Duration = Duration::from_secs(600);
/// Customers of one company share an address: together they may do so many times as much as one visitor.
const VISITORS_BEHIND_ONE_ADDRESS: u32 = 10;

/// Gives up what takes too long.
pub async fn timeout(request: Request, next: Next) -> Response {
    let uploads = request.method() == Method::POST && request.uri().path().ends_with("/files");
    let longest = if uploads { LONGEST_UPLOAD } else { LONGEST };
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(seconds = longest.as_secs(), "a request took too long");
            Problem::unavailable(format!(
                "This took longer than {} s and was given up. Look whether it happened before you try again.",
                longest.as_secs()
            ))
            .into_response()
        }
    }
}

/// A mistake in the program ends one request, not the server.
#[allow(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub fn panicked(what: Box<dyn Any + Send + 'static>) -> Response {
    let words = what.downcast_ref::<String>().map(String::as_str).or_else(|| what.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(panic = words, "a handler panicked");
    Problem::internal().into_response()
}

/// Says what time it is here: deadlines are counted on this clock, not on the browser's.
pub async fn clock(State(app): State<App>, request: Request, next: Next) -> Response {
    const NOW: HeaderName = HeaderName::from_static("x-hypercare-now");
    let api = request.uri().path().starts_with(BASE);
    let mut response = next.run(request).await;
    if api && let Ok(now) = HeaderValue::try_from(app.now().to_string()) {
        response.headers_mut().insert(NOW, now);
    }
    response
}

/// Tells browsers what pages of ours may do. A page that says so itself is left alone.
pub async fn headers(request: Request, next: Next) -> Response {
    const CSP: HeaderValue = HeaderValue::from_static(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
    );
    let mut response = next.run(request).await;
    let kept = response.headers_mut();
    let defaults: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ];
    for (name, value) in defaults {
        kept.entry(name).or_insert(value);
    }
    response
}

/// How often a stranger may use the public pages: counted for the visitor, if there is one, and for the
/// address, so that inventing visitors does not help.
pub async fn strangers(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // A bridge carries the messages of many; it counts its own once it is known, and those who are not. So do links to files.
    if path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with("/public/bridges/") || rest.starts_with("/public/files/")) {
        return next.run(request).await;
    }
    if !is_counted(request.method(), path, request.uri().query()) {
        return next.run(request).await;
    }
    match admit(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Pages for strangers that cost something. Reading a status page or an article does not count: when something is wrong, everybody behind one
/// address does. Searching does, and so does sending a form.
fn is_counted(method: &Method, path: &str, query: Option<&str>) -> bool {
    (path == "/help" && query.is_some_and(|query| query.contains("q=")))
        || path == "/help/contact"
        || path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with("/public/"))
        || ["/unsubscribe/", "/updates/", "/check-in/"].iter().any(|begin| path.starts_with(begin))
        || (method == Method::POST && (path.starts_with("/status/") || path.starts_with("/help/")))
}

fn admit(app: &App, request: &Request) -> ApiResult<()> {
    let address = client::address(request.extensions(), request.headers());
    let visitor = request.headers().get("x-visitor").and_then(|v| v.to_str().ok()).filter(|v| v.len() <= 200);
    let rate = app.config.public_rate;
    if let Some(visitor) = visitor {
        let together = Allowance::a_minute(rate.saturating_mul(VISITORS_BEHIND_ONE_ADDRESS));
        app.limits.take(format!("public:{address}:visitors"), together, app.now())?;
        return app.limits.take(format!("public:{}", secret::hash(visitor)), Allowance::a_minute(rate), app.now());
    }
    app.limits.take(format!("public:{address}"), Allowance::a_minute(rate), app.now())
}

/// For addresses of the API that do not exist.
pub async fn no_such_address() -> Problem {
    Problem::not_found("address in the API; /api/openapi.json lists them all")
}

/// For methods that an address does not have.
pub async fn no_such_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "This address does not have this method; /api/openapi.json lists what it has.")
}
