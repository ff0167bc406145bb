//! Pictures of articles: those that a public article shows for everybody, all others for the team.

use crate::App;
use crate::articles::markdown::is_image_name;
use crate::files;
use crate::http::auth;
use crate::http::problem::{ApiResult, Problem};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hypercare_core::role::Permission;
use hypercare_store::queries::articles;

/// One picture.
pub async fn image(State(app): State<App>, Path(name): Path<String>, request: Request) -> ApiResult<Response> {
    let none = || Problem::not_found("picture");
    if !is_image_name(&name) {
        return Err(none());
    }
    let (mut parts, _) = request.into_parts();
    let open = app.centre.current(&app).await?.shows_image(&name);
    if !open && !auth::caller(&mut parts, &app).await.is_ok_and(|caller| caller.may(Permission::Read)) {
        return Err(none());
    }
    // What is in a picture never changes under its name.
    let tag = format!("\"{name}\"");
    let known = parts.headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|tags| tags.contains(&tag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (kind, bytes) = articles::image(&mut app.reader(), &name).await?.ok_or_else(none)?;
        files::download(bytes, &kind, &name, true)
    };
    // An article may be taken from the public: its pictures are not kept for long elsewhere.
    let kept = if open { "public, max-age=3600" } else { "private, no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
