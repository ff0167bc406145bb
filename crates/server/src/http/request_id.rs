//! One id for each request: in its log lines, in its problem, in its answer.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const HEADER: &str = "x-request-id";
const LONGEST: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task works on; empty outside of requests.
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// The same work in another task, under the id of this one.
pub fn keep<F: Future>(work: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(current(), work)
}

/// Gives the request its id: the one it came with, if that is sane, else a new one.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let id = request.headers().get(HEADER).and_then(|v| v.to_str().ok()).filter(|id| is_sane(id)).map_or_else(fresh, str::to_owned);
    let value = HeaderValue::from_str(&id).ok();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = CURRENT.scope(id, next.run(request)).await;
    if let Some(value) = value {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// The id, for the log.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Letters, digits and a few marks, so that nobody writes lines of their own into the log.
fn is_sane(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

fn fresh() -> String {
    let mut bytes = [0; 12];
    // Without a random source the id is not unique; the request itself does not depend on it.
    let _ = getrandom::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sane_ids_are_taken_over() {
        #[track_caller]
        fn check(id: &str, sane: bool) {
            assert_eq!(is_sane(id), sane, "{id}");
        }
        check("abc-123_x.y", true);
        check(&fresh(), true);
        check("", false);
        check("two words", false);
        check("line\nbreak", false);
        check(&"x".repeat(65), false);
    }

    #[tokio::test]
    async fn outside_of_requests_there_is_none() {
        assert_eq!(current(), "");
        assert_eq!(CURRENT.scope("abc".into(), async { current() }).await, "abc");
    }
}
