//! Foreign pages cannot act with somebody's cookie: unsafe requests need a header that only our own
//! scripts can set, and must not come from another origin.

use super::problem::{ApiResult, Problem};
use axum::http::{HeaderMap, Method, header};

/// The header that scripts of the console set.
pub const HEADER: &str = "x-hypercare";

/// Refuses an unsafe request with a cookie that our own pages did not send.
///
/// # Errors
/// 403 with what is missing.
pub fn check(method: &Method, headers: &HeaderMap, public_url: &str) -> ApiResult<()> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    if headers.get(HEADER).is_none_or(|v| v != "1") {
        return Err(Problem::forbidden(
            "This request lacks the header `X-Hypercare: 1`, which shows that it comes from the console and not from a foreign page.",
        ));
    }
    same_origin(headers, public_url)
}

/// Refuses a request that a browser says comes from another site.
///
/// # Errors
/// 403 when it does.
pub fn same_origin(headers: &HeaderMap, public_url: &str) -> ApiResult<()> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let foreign_site = text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let foreign_origin = text(header::ORIGIN.as_str()).is_some_and(|origin| origin != public_url && authority(origin) != Some(host));
    if foreign_site || foreign_origin {
        return Err(Problem::forbidden("This request comes from another site. Open the console at its own address."));
    }
    Ok(())
}

fn authority(origin: &str) -> Option<&str> {
    origin.split_once("://").map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[track_caller]
    fn check_request(method: &Method, headers: &[(&str, &str)], allowed: bool) {
        let map: HeaderMap =
            headers.iter().map(|(name, value)| (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())).collect();
        assert_eq!(check(method, &map, "https://care.example").is_ok(), allowed, "{method} {headers:?}");
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        check_request(&Method::GET, &[], true);
        check_request(&Method::POST, &[], false);
        check_request(&Method::DELETE, &[("x-hypercare", "yes")], false);
        check_request(&Method::POST, &[("x-hypercare", "1")], true);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("origin", "https://care.example")], true);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("origin", "http://localhost:8080"), ("host", "localhost:8080")], true);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("origin", "https://evil.example"), ("host", "care.example")], false);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("origin", "null"), ("host", "care.example")], false);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("sec-fetch-site", "cross-site")], false);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("sec-fetch-site", "same-site")], false);
        check_request(&Method::POST, &[("x-hypercare", "1"), ("sec-fetch-site", "same-origin")], true);
    }
}
