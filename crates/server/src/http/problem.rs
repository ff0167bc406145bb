//! Every "no" of the API: `application/problem+json` (RFC 9457) that names the field, what was wrong and
//! what would be right.

use super::request_id;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hypercare_core::aggregate::RefusalKind;
use hypercare_core::{Refusal, Span};
use hypercare_store::{StoreError, WriteError};
use serde::Serialize;
use utoipa::{PartialSchema, ToSchema};

/// What handlers return.
pub type ApiResult<T> = Result<T, Problem>;

/// Why a request was not carried out. Boxed, because it travels in the `Err` of every handler.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem(Box<Details>);

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Problem)]
struct Details {
    /// A name for this kind of problem; `about:blank` when the title says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What was wrong and what would be right.
    detail: String,
    /// The input at fault, as a path: `scenarios[2].answer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The request, as in the log.
    request_id: String,
    /// The single problems, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<serde_json::Value>,
    /// When to try again; travels as a header.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// Any status with a sentence.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            detail: detail.into(),
            field: None,
            request_id: request_id::current(),
            problems: vec![],
            retry_after: None,
        }))
    }
    /// 404: there is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("There is no such {what}."))
    }
    /// 422: an input field is wrong.
    pub fn unprocessable(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail).with_field(field)
    }
    /// 409: the state does not allow it now.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }
    /// 401: nobody is signed in.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }
    /// 403: this person or program may not.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }
    /// 429: too often; try again after `retry_after`, rounded up to whole seconds.
    pub fn too_many(retry_after: Span) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, String::new()).retry_after(retry_after);
        let seconds = problem.0.retry_after.unwrap_or(1);
        problem.with_detail(format!("That was too often. Try again in {seconds} s."))
    }
    /// 503: not now; the sender may try again.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(Span::secs(5))
    }
    /// 500: our mistake. What happened is in the log, under the request's id.
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something went wrong on our side; nothing was changed by this request that was not confirmed. The log has the details under this request's id.",
        )
    }
    /// The same, naming the input at fault.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }
    /// The same with the single problems listed.
    #[must_use]
    pub fn with_problems(mut self, problems: Vec<serde_json::Value>) -> Self {
        self.0.problems = problems;
        self
    }
    /// The same with the header that says when to try again.
    #[must_use]
    pub fn retry_after(mut self, after: Span) -> Self {
        self.0.retry_after = Some(u64::try_from(after.as_secs_f64().ceil() as i64).unwrap_or(0).max(1));
        self
    }
    fn with_detail(mut self, detail: String) -> Self {
        self.0.detail = detail;
        self
    }
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
    /// What was wrong and what would be right.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }
    /// The input at fault.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }
}

/// What was wrong, beside the answer to a program: pages say the same to people.
#[derive(Clone, Debug)]
pub struct ProblemSaid(pub String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, retry_after) = (self.status(), self.0.retry_after);
        let said = ProblemSaid(self.0.detail.clone());
        let mut response = (status, Json(self.0)).into_response();
        response.extensions_mut().insert(said);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.kind {
            RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            RefusalKind::NotFound => StatusCode::NOT_FOUND,
            RefusalKind::Conflict => StatusCode::CONFLICT,
            RefusalKind::Forbidden => StatusCode::FORBIDDEN,
        };
        let mut problem = Self::new(status, refusal.detail);
        problem.0.field = refusal.field;
        problem
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Duplicate => Self::conflict("Somebody was first: a thing with this key exists already. Read it again, then decide."),
            StoreError::Unusable(_) | StoreError::Closed => {
                tracing::warn!(%error, "the store is not available");
                Self::unavailable("The data cannot be reached at the moment. Try again in a few seconds.")
            }
            StoreError::Database { .. } | StoreError::Corrupt { .. } | StoreError::Panicked => {
                tracing::error!(%error, "the store failed");
                Self::internal()
            }
        }
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Store(error) => error.into(),
        }
    }
}

impl PartialSchema for Problem {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Details::schema()
    }
}

impl ToSchema for Problem {
    fn name() -> std::borrow::Cow<'static, str> {
        "Problem".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_and_failures_become_statuses() {
        #[track_caller]
        fn check(problem: impl Into<Problem>, status: u16, field: Option<&str>, says: &str) {
            let problem = problem.into();
            assert_eq!((problem.status().as_u16(), problem.field()), (status, field));
            assert!(problem.detail().contains(says), "{}", problem.detail());
        }
        check(Refusal::field("title", "Too long."), 422, Some("title"), "Too long.");
        check(Refusal::not_found("issue"), 404, None, "no such issue");
        check(Refusal::conflict("Closed."), 409, None, "Closed.");
        check(Refusal::forbidden("No."), 403, None, "No.");
        check(StoreError::Duplicate, 409, None, "first");
        check(StoreError::Closed, 503, None, "Try again");
        check(StoreError::Unusable("postgres://user:secret@host".into()), 503, None, "cannot be reached");
        check(StoreError::Database { statement: "SELECT".into(), detail: "syntax".into() }, 500, None, "our side");
        check(WriteError::from(Refusal::not_found("window")), 404, None, "no such window");
        check(Problem::too_many(Span(1_500_000)), 429, None, "in 2 s");
    }

    #[test]
    fn internals_are_not_shown() {
        let shown = format!("{:?}", Problem::from(StoreError::Database { statement: "SELECT x".into(), detail: "column x".into() }));
        assert!(!shown.contains("SELECT") && !shown.contains("column"), "{shown}");
    }
}
