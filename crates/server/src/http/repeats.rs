//! `Idempotency-Key`: whoever did not hear the answer to a creation asks again and gets the same answer.
//!
//! The answer is kept just after the creation, not with it: a server that dies between the two creates
//! once more when asked again. Where that must not happen, because a customer would see a message twice,
//! messages carry their channel's own id, which is kept in the same transaction; see `intake`.

use super::auth;
use super::extract::BODY_LIMIT;
use super::problem::{ApiResult, Problem};
use super::request_id;
use super::routes::BASE;
use crate::App;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hypercare_core::Span;
use hypercare_store::StoreError;
use hypercare_store::queries::access::{self, Remembered};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tracing::Instrument;

const HEADER: &str = "idempotency-key";
const REPLAYED: &str = "idempotency-replayed";
const LONGEST: usize = 200;
/// Answers that hold secrets are not kept, so these cannot be repeated: a second session or token is harmless. Nor are suggestions, which
/// are nobody's text until a person saves them; asked again, they are asked anew.
const SECRET: [&str; 7] = ["/session", "/tokens", "/calendar-address", "/webhooks", "/bridges", "/drafting/answer", "/drafting/rephrase"];

/// Creations that are being answered at the moment, in this process.
#[derive(Clone, Debug, Default)]
pub struct Repeats(Arc<Mutex<HashSet<(String, String)>>>);

struct Working {
    all: Repeats,
    one: (String, String),
}

impl Repeats {
    fn begin(&self, caller: &str, key: &str) -> Option<Working> {
        let one = (caller.to_owned(), key.to_owned());
        let fresh = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(one.clone());
        fresh.then(|| Working { all: self.clone(), one })
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.one);
    }
}

/// Answers a repeated creation from memory.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().strip_prefix(BASE).unwrap_or_default();
    let applies = request.method() == Method::POST && request.headers().contains_key(HEADER);
    // Strangers have no name to remember answers under; their messages carry an id of their own.
    if !applies || path.starts_with("/public/") || SECRET.contains(&path) || path.ends_with("/rotate") {
        return next.run(request).await;
    }
    once(app, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn once(app: App, request: Request, next: Next) -> ApiResult<Response> {
    let (mut parts, body) = request.into_parts();
    let key = checked(parts.headers.get(HEADER))?;
    let caller = auth::caller(&mut parts, &app).await?;
    // With the permissions: whoever has others now is asked by the handler whether they may.
    let words: Vec<&str> = caller.permissions.iter().map(|p| p.word()).collect();
    let who = format!("{} {}", caller.key, words.join(" "));
    let bytes = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("A request can have at most {BODY_LIMIT} bytes.")))?;
    let hash = request_hash(parts.uri.path(), &bytes);
    let busy = || Problem::conflict("The first request with this Idempotency-Key is still being answered.").retry_after(Span::secs(1));
    let working = app.repeats.begin(&who, &key).ok_or_else(busy)?;
    if let Some(known) = access::remembered(&mut app.reader(), &who, &key).await? {
        return replay(known, &hash);
    }
    let request = Request::from_parts(parts, Body::from(bytes));
    // A task of its own: who hangs up early and asks again must find the answer.
    let work = request_id::keep(async move {
        let response = next.run(request).await;
        let response = remember(&app, who, key, hash, response).await;
        drop(working);
        response
    });
    tokio::spawn(work.in_current_span()).await.map_err(|_| Problem::internal())
}

fn checked(value: Option<&HeaderValue>) -> ApiResult<String> {
    let key = value.and_then(|v| v.to_str().ok()).unwrap_or_default();
    if key.is_empty() || key.len() > LONGEST {
        return Err(Problem::unprocessable("Idempotency-Key", format!("An Idempotency-Key has 1 to {LONGEST} visible ASCII characters.")));
    }
    Ok(key.to_owned())
}

fn request_hash(path: &str, body: &[u8]) -> String {
    let digest = Sha256::new().chain_update(path).chain_update([0]).chain_update(body).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn replay(known: Remembered, hash: &str) -> ApiResult<Response> {
    if known.request_hash != hash {
        return Err(Problem::unprocessable("Idempotency-Key", "This Idempotency-Key was used for another request. Take a new one."));
    }
    let status = u16::try_from(known.status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    let mut response = (status, known.body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

/// Keeps a good answer. If that fails the answer is still true; only its repetition would not be known.
async fn remember(app: &App, who: String, key: String, request_hash: String, response: Response) -> Response {
    if !response.status().is_success() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes: Bytes = match to_bytes(body, BODY_LIMIT).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, "an answer is too long to be kept");
            return Problem::internal().into_response();
        }
    };
    if let Ok(text) = String::from_utf8(bytes.to_vec()) {
        let (answer, now) = (Remembered { request_hash, status: i64::from(parts.status.as_u16()), body: text }, app.now());
        let kept: Result<(), StoreError> =
            app.store.write(move |tx| async move { access::remember(tx, &who, &key, &answer, now).await }.boxed()).await;
        if let Err(error) = kept {
            tracing::warn!(%error, "the answer to a creation could not be kept");
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}
