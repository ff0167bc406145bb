//! Somebody who is told what happens, and answers as told.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// What arrived.
#[derive(Clone, Debug)]
pub struct Told {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Told {
    pub fn id(&self) -> &str {
        self.headers["webhook-id"].to_str().unwrap()
    }
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

/// Statuses, and what `Retry-After` says.
type Answers = VecDeque<(u16, Option<String>)>;

/// A receiver on this machine. On `/slow` it never answers.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    told: Arc<Mutex<Vec<Told>>>,
    answers: Arc<Mutex<Answers>>,
    arrived: Arc<Notify>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let receiver = Self { url, told: Arc::default(), answers: Arc::default(), arrived: Arc::default() };
        let router = Router::new().fallback(answer).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }
    /// The next answers have these statuses; then it is 200 again.
    pub fn answers(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses.iter().map(|status| (*status, None)));
    }
    /// The next answer asks for a pause.
    pub fn asks_to_wait(&self, status: u16, retry_after: &str) {
        self.answers.lock().unwrap().push_back((status, Some(retry_after.to_owned())));
    }
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }
    pub fn count(&self) -> usize {
        self.told.lock().unwrap().len()
    }
    /// Waits until so many arrived.
    pub async fn has(&self, count: usize) {
        let enough = async {
            while self.count() < count {
                let _ = tokio::time::timeout(Duration::from_millis(50), self.arrived.notified()).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(8), enough).await.unwrap_or_else(|_| panic!("only {} of {count} arrived", self.count()));
    }
}

async fn answer(State(receiver): State<Receiver>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1_000_000).await.unwrap();
    let path = parts.uri.path().to_owned();
    let slow = path == "/slow";
    receiver.told.lock().unwrap().push(Told { method: parts.method, path, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() });
    receiver.arrived.notify_waiters();
    if slow {
        std::future::pending::<()>().await;
    }
    let (status, wait) = receiver.answers.lock().unwrap().pop_front().unwrap_or((200, None));
    let mut response = (StatusCode::from_u16(status).unwrap(), format!("status {status}")).into_response();
    if let Some(wait) = wait {
        response.headers_mut().insert("retry-after", wait.parse().unwrap());
    }
    response
}
