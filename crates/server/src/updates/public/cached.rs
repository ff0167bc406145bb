//! Answers that may be kept for a moment: many customers read them at once when something is wrong.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// For how long, in seconds. What was published is everywhere after it.
const KEPT: &str = "public, max-age=30";

/// An answer with its tag, or that it is still the same. Other sites may read it where `open`.
pub fn cached(asked: &HeaderMap, mime: &'static str, open: bool, body: String) -> Response {
    let hash = Sha256::digest(body.as_bytes());
    let tag: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    // Compression turns a strong tag into a weak one on its way; it still names the same content.
    let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let same = known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(body).into_response() };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if open {
        out.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

/// The same for a page that runs nothing, loads nothing and stands in nobody's frame; its style is named by its hash.
pub fn page(asked: &HeaderMap, style: &str, body: String) -> Response {
    let mut response = cached(asked, "text/html; charset=utf-8", false, body);
    if let Ok(policy) = HeaderValue::from_str(&policy(style)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.headers_mut().insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY"));
    response
}

fn policy(style: &str) -> String {
    use base64::Engine;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
}
