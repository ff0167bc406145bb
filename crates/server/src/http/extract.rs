//! Input of requests: a body, a query, an id in the path. What is wrong is named by its path.

use super::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::str::FromStr;

/// The greatest body of a request, in bytes.
pub const BODY_LIMIT: usize = 1_000_000;

/// A JSON body. An empty one counts as `{}`.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

/// The query of the address. `name=` without a value counts as left out.
#[derive(Clone, Copy, Debug)]
pub struct Params<T>(pub T);

/// The id in the path.
#[derive(Clone, Copy, Debug)]
pub struct PathId<I>(pub I);

/// Tells `null` from left out, for fields that may be null.
///
/// # Errors
/// When it is neither null nor readable.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state).await.map_err(|why| unreadable(&why))?;
        // Only a script of our own origin can send this type, so it keeps foreign forms out too.
        if !json && !bytes.is_empty() {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the body as JSON, with the header `Content-Type: application/json`."));
        }
        parse_json(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn unreadable(why: &BytesRejection) -> Problem {
    if why.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("A request can have at most {BODY_LIMIT} bytes."))
    } else {
        Problem::new(StatusCode::BAD_REQUEST, "The body ended before it was complete.")
    }
}

/// In two steps, so that "this is not JSON" and "this is the wrong value" are told apart for certain.
///
/// # Errors
/// 422 that names the field.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    let mut value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|e| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("The body is not JSON: {e}.")))?;
    without_nul(&mut value);
    serde_path_to_error::deserialize(value).map_err(|e| at_fault(&e.path().to_string(), &e.inner().to_string()))
}

/// NUL is no text and nothing stores it: a text of nothing else counts as empty.
fn without_nul(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => text.retain(|c| c != '\0'),
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_nul),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(without_nul),
        _ => {}
    }
}

/// A problem that names the field: missing and unknown ones by their own name, below their parent's path.
fn at_fault(path: &str, why: &str) -> Problem {
    let named = ["missing field `", "unknown field `"].iter().find_map(|begin| why.strip_prefix(begin)?.split('`').next());
    let parent = if path == "." { "" } else { path };
    let field = match named {
        Some(name) if parent.is_empty() => name.to_owned(),
        Some(name) if parent == name || parent.ends_with(&format!(".{name}")) => parent.to_owned(),
        Some(name) => format!("{parent}.{name}"),
        None => parent.to_owned(),
    };
    let sentence = if field.is_empty() { format!("The input is wrong: {why}.") } else { format!("`{field}` is wrong: {why}.") };
    Problem::unprocessable(field, sentence)
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parse_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn parse_query<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let given = query.split('&').filter(|pair| pair.split_once('=').is_none_or(|(_, value)| !value.is_empty()));
    let query = given.collect::<Vec<_>>().join("&");
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|e| at_fault(&e.path().to_string(), &e.inner().to_string()))
}

impl<I: FromStr + Send, S: Send + Sync> FromRequestParts<S> for PathId<I> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::not_found("address"))?;
        let text = params.iter().last().map(|(_, value)| value.to_owned()).unwrap_or_default();
        // What is not a number names nothing, like a number that nobody has.
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| digits).map(Self).ok_or_else(|| Problem::not_found("address: ids are numbers"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::WindowId;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read by the parser")]
    struct Input {
        name: String,
        parts: Option<Vec<Part>>,
        window: Option<WindowId>,
        role: Option<hypercare_core::role::Role>,
        limit: Option<i64>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read by the parser")]
    struct Part {
        size: u8,
    }

    #[test]
    fn wrong_fields_of_bodies_are_named() {
        #[track_caller]
        fn check(body: &str, field: &str, says: &str) {
            let problem = parse_json::<Input>(body.as_bytes()).unwrap_err();
            assert_eq!((problem.status().as_u16(), problem.field()), (422, Some(field)), "{body}: {}", problem.detail());
            assert!(problem.detail().contains(says) && !problem.detail().contains("column"), "{}", problem.detail());
        }
        check("", "name", "missing");
        check("{}", "name", "missing");
        check(r#"{"name":1}"#, "name", "expected a string");
        check(r#"{"name":"a","nmae":"b"}"#, "nmae", "unknown field");
        check(r#"{"name":"a","parts":[{"size":1},{"size":300}]}"#, "parts[1].size", "300");
        check(r#"{"name":"a","parts":[{}]}"#, "parts[0].size", "missing");
        check(r#"{"name":"a","parts":[{"size":1,"colour":2}]}"#, "parts[0].colour", "unknown field");
        check(r#"{"name":"a","window":"x"}"#, "window", "not an id");
        check(r#"{"name":"a","role":7}"#, "role", "expected");
        check(r#"{"name":"a","role":"king"}"#, "role", "`viewer`");
    }

    #[test]
    fn what_is_not_json_says_so() {
        #[track_caller]
        fn check(body: &str) {
            let problem = parse_json::<Input>(body.as_bytes()).unwrap_err();
            assert!(problem.detail().contains("not JSON"), "{body}: {}", problem.detail());
        }
        check("{");
        check("name=a");
        check(r#"{"name":"a"} more"#);
    }

    #[test]
    fn queries_are_checked_the_same_way() {
        #[track_caller]
        fn check(query: &str, field: &str) {
            let problem = parse_query::<Input>(query).unwrap_err();
            assert_eq!(problem.field(), Some(field), "{query}: {}", problem.detail());
        }
        check("limit=5", "name");
        check("name=a&limit=x", "limit");
        check("name=a&window=x", "window");
        check("name=a&colour=red", "colour");
        let good = parse_query::<Input>("name=a%20b&window=&limit=5").unwrap();
        assert_eq!((good.name.as_str(), good.window, good.limit), ("a b", None, Some(5)));
    }
}
