//! The console, the chat panel and its loader, as they were built into the binary.

use super::problem::Problem;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hypercare_web_assets::{Asset, console, widget};
use sha2::{Digest, Sha256};

/// Who may show a page in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frames {
    Nobody,
    Anybody,
}

/// Everything that is no route: files, and the console's page for its own addresses.
pub async fn fallback(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path == "/api" {
        return super::guard::no_such_address().await.into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return super::guard::no_such_method().await.into_response();
    }
    if path == "/chat" {
        return Redirect::permanent("/chat/").into_response();
    }
    match find(path) {
        Some((asset, frames)) => answer(asset, frames, request.headers()),
        None => Problem::not_found("page").into_response(),
    }
}

fn find(path: &str) -> Option<(Asset, Frames)> {
    if let Some(inner) = path.strip_prefix("/chat/") {
        return widget(inner).map(|asset| (asset, Frames::Anybody));
    }
    if path == "/chat.js" || path == "/host.html" {
        return widget(path).map(|asset| (asset, Frames::Anybody));
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    // The console draws its own addresses; only files can be missing.
    let asset = console(path).or_else(|| if is_file { None } else { console("") });
    asset.map(|asset| (asset, Frames::Nobody))
}

fn answer(asset: Asset, frames: Frames, headers: &HeaderMap) -> Response {
    let caching = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|tags| matches(tags, &asset.etag));
    let policy = if asset.mime.starts_with("text/html") { HeaderValue::from_str(&policy(&asset.bytes, frames)).ok() } else { None };
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(asset.bytes).into_response() };
    let out = response.headers_mut();
    let values = [(header::CONTENT_TYPE, &asset.mime), (header::ETAG, &asset.etag)];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Some(policy) = policy {
        out.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // The loader imports the frame's script as a module, which other sites may only where it says so.
    if frames == Frames::Anybody {
        out.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

/// Compression turns a strong tag into a weak one on its way; it still names the same content.
fn matches(tags: &str, etag: &str) -> bool {
    tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
}

/// What a page may do: its own files, and the scripts that it was built with, by their hash.
fn policy(page: &[u8], frames: Frames) -> String {
    let page = String::from_utf8_lossy(page);
    let scripts: String = inline_scripts(&page).map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script)))).collect();
    let ancestors = if frames == Frames::Anybody { "*" } else { "'none'" };
    format!(
        "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors {ancestors}; base-uri 'self'; form-action 'self'; object-src 'none'"
    )
}

fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !script.trim().is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_console_are_its_page_and_files_are_files() {
        #[track_caller]
        fn check(path: &str, found: Option<Frames>) {
            assert_eq!(find(path).map(|(_, frames)| frames), found, "{path}");
        }
        check("/", Some(Frames::Nobody));
        check("/w/7/now", Some(Frames::Nobody));
        check("/index.html", Some(Frames::Nobody));
        check("/missing.js", None);
        check("/chat/missing.js", None);
        check("/chat/../index.html", None);
    }

    #[test]
    fn a_page_runs_only_the_scripts_it_was_built_with() {
        let page = "<script src=\"/a.js\"></script><script>let a = 1;</script>";
        let policy = policy(page.as_bytes(), Frames::Anybody);
        let hash = STANDARD.encode(Sha256::digest("let a = 1;"));
        assert!(policy.contains(&format!("script-src 'self' 'sha256-{hash}';")), "{policy}");
        assert!(policy.contains("frame-ancestors *"), "{policy}");
    }

    #[test]
    fn tags_match_through_compression() {
        #[track_caller]
        fn check(tags: &str, expected: bool) {
            assert_eq!(matches(tags, "\"abc\""), expected, "{tags}");
        }
        check("\"abc\"", true);
        check("W/\"abc\"", true);
        check("\"x\", \"abc\"", true);
        check("*", true);
        check("\"abcd\"", false);
    }
}
