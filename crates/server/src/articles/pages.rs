//! Pages as they were last drawn, ready to be sent: with their tag, and compressed.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, PoisonError, RwLock};

/// Bytes of pages that are remembered; with more all are forgotten, and drawn again.
const ROOM: usize = 128 << 20;
/// For how long readers' browsers may show a page without asking: it is asked each time whether it changed, which costs a few bytes.
const KEPT: &str = "public, no-cache";

/// One page, ready to be sent.
#[derive(Debug)]
pub struct Page {
    html: Bytes,
    gzip: Bytes,
    etag: HeaderValue,
    policy: HeaderValue,
    status: StatusCode,
    vary: &'static str,
}

impl Page {
    /// Makes one. `style` is the style sheet in it, which the page's policy names by its hash.
    pub fn new(html: String, style: &str, status: StatusCode) -> Self {
        let etag: String = Sha256::digest(html.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let mut packed = GzEncoder::new(Vec::with_capacity(html.len() / 3), Compression::default());
        // Writing to memory does not fail; without it the page is sent as it is.
        let gzip = packed.write_all(html.as_bytes()).and_then(|()| packed.finish()).unwrap_or_default();
        Self {
            html: html.into(),
            gzip: gzip.into(),
            etag: HeaderValue::from_str(&format!("\"{etag}\"")).unwrap_or(HeaderValue::from_static("\"0\"")),
            policy: HeaderValue::from_str(&policy(style)).unwrap_or(HeaderValue::from_static("default-src 'none'")),
            status,
            vary: "accept-encoding",
        }
    }

    /// The same for an address whose language is chosen by what the browser asks for.
    #[must_use]
    pub fn negotiated(mut self) -> Self {
        self.vary = "accept-encoding, accept-language";
        self
    }

    fn size(&self) -> usize {
        self.html.len() + self.gzip.len() + 500
    }

    /// The answer for somebody who asks with these headers.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
        let tag = self.etag.to_str().unwrap_or_default();
        let same = self.status == StatusCode::OK && known.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
        let packs = asked.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(accepts_gzip) && !self.gzip.is_empty();
        let mut response = match (same, packs) {
            (true, _) => StatusCode::NOT_MODIFIED.into_response(),
            (false, true) => Body::from(self.gzip.clone()).into_response(),
            (false, false) => Body::from(self.html.clone()).into_response(),
        };
        if !same {
            *response.status_mut() = self.status;
        }
        let out = response.headers_mut();
        if packs && !same {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
        out.insert(header::VARY, HeaderValue::from_static(self.vary));
        out.insert(header::ETAG, self.etag.clone());
        out.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        out.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY"));
        response
    }
}

fn accepts_gzip(encodings: &str) -> bool {
    let mut offers = encodings.split(',').map(|one| one.split(';').map(str::trim));
    offers.any(|mut parts| parts.next() == Some("gzip") && parts.next().is_none_or(|q| !matches!(q, "q=0" | "q=0.0")))
}

/// What a page of the help centre may do: run our own script, ask us, show our pictures, and send our forms.
pub fn policy(style: &str) -> String {
    use base64::Engine;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-{hash}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Pages of one version of the help centre.
#[derive(Debug, Default)]
pub struct Pages(RwLock<Kept>);

#[derive(Debug, Default)]
struct Kept {
    version: u64,
    size: usize,
    pages: HashMap<String, Arc<Page>>,
}

impl Pages {
    /// The page of this name in this version, drawn if it is not known yet. Names come from what there is, never from what was asked, so that
    /// nobody fills the memory with them.
    pub fn of(&self, version: u64, name: &str, draw: impl FnOnce() -> Page) -> Arc<Page> {
        {
            let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if kept.version == version
                && let Some(page) = kept.pages.get(name)
            {
                return Arc::clone(page);
            }
        }
        let page = Arc::new(draw());
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.version > version {
            return page;
        }
        if kept.version != version || kept.size + page.size() > ROOM {
            *kept = Kept { version, ..Kept::default() };
        }
        kept.size += page.size();
        kept.pages.insert(name.to_owned(), Arc::clone(&page));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_drawn_once_in_each_version() {
        let pages = Pages::default();
        let draw = |text: &str| Page::new(text.to_owned(), "", StatusCode::OK);
        let html = |page: &Page| String::from_utf8(page.html.to_vec()).unwrap();
        assert_eq!(html(&pages.of(1, "a", || draw("one"))), "one");
        assert_eq!(html(&pages.of(1, "a", || draw("two"))), "one");
        assert_eq!(html(&pages.of(2, "a", || draw("two"))), "two");
        // Somebody who is late with an older version gets it, and nobody else does.
        assert_eq!(html(&pages.of(1, "a", || draw("old"))), "old");
        assert_eq!(html(&pages.of(2, "a", || draw("three"))), "two");
    }

    #[test]
    fn compression_is_asked_for() {
        #[track_caller]
        fn check(encodings: &str, expected: bool) {
            assert_eq!(accepts_gzip(encodings), expected, "{encodings}");
        }
        check("gzip", true);
        check("br, gzip;q=0.5", true);
        check("gzip;q=0", false);
        check("identity", false);
        check("", false);
    }
}
