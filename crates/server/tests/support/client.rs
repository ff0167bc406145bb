//! A caller of the API.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

/// A caller, with or without credentials.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    /// `hc_session=…`.
    pub cookie: Option<String>,
    /// `hc_…`.
    pub token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// Body.
    pub text: String,
    request: String,
}

impl Client {
    /// A caller of the server at `url`, without credentials.
    pub fn new(url: &str) -> Self {
        // Another crate of the workspace asks for TLS without saying whose; the first call says it, the others find it said.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // No certificates: reading those of the system took a sixth of each story.
        let http = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, url: url.to_owned(), cookie: None, token: None }
    }

    /// A request with the caller's credentials; `/api/v1` comes before paths that do not name their own place.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let outside = ["/api/", "/healthz", "/readyz", "/metrics", "/chat", "/help/"].iter().any(|place| path.starts_with(place)) || path == "/";
        let base = if outside { "" } else { "/api/v1" };
        let mut request = self.http.request(method, format!("{}{base}{path}", self.url));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie).header("x-hypercare", "1");
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request
    }

    /// A page outside the API, without credentials.
    pub async fn page(&self, method: Method, path: &str) -> Answer {
        send(self.http.request(method, format!("{}{path}", self.url))).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }
    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }
    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }
    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::PATCH, path).json(body)).await
    }
    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }
}

/// Sends a request that was made by hand.
pub async fn send(request: RequestBuilder) -> Answer {
    let (client, request) = request.build_split();
    let request = request.unwrap();
    let line = format!("{} {}", request.method(), request.url());
    let response = client.execute(request).await.unwrap_or_else(|e| panic!("{line}: {e}"));
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap(), request: line }
}

impl Answer {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }
    /// The body as JSON; null without one.
    #[track_caller]
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{}: {e}: {}", self.request, self.text))
    }
    /// The JSON of an answer that must be a success.
    #[track_caller]
    pub fn good(&self) -> Value {
        assert!(self.status.is_success(), "{} → {}: {}", self.request, self.status, self.text);
        self.json()
    }
    /// The JSON of an answer that must be a problem of this status.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.request, self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}: {}", self.request, self.text);
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
        assert!(problem["request_id"].as_str().is_some_and(|id| Some(id) == self.header("x-request-id")), "{problem}");
        problem
    }
    /// The same, at this field.
    #[track_caller]
    pub fn problem_at(&self, status: u16, field: &str) -> Value {
        let problem = self.problem(status);
        assert_eq!(problem["field"], field, "{problem}");
        problem
    }
}
