//! Bodies that nobody reads to the end, because the request was refused before.
//!
//! Whoever sends a file reads no answer before all of it is sent. If the connection were closed on what is still coming, they would
//! see it break, and never the answer that says why ("A file can have at most 25 MB"); RFC 9112 (9.6) calls for reading on for a
//! while. What comes is thrown away piece by piece, beside the answer.

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// So long is read on in all.
const LONGEST: Duration = Duration::from_secs(30);
/// After so long without a word nothing more is expected.
const SILENCE: Duration = Duration::from_secs(5);

/// Reads on what a refused request still sends.
pub async fn layer(request: Request, next: Next) -> Response {
    // Whoever asks first whether to send at all waits for the answer with nothing on its way.
    if request.body().is_end_stream() || request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    next.run(request.map(|body| Body::new(Sent { body, ended: false }))).await
}

/// A body that is read on when it is dropped before its end.
struct Sent {
    body: Body,
    ended: bool,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        self.ended |= matches!(frame, Poll::Ready(None | Some(Err(_))));
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        if self.ended || self.body.is_end_stream() {
            return;
        }
        // Without a runtime the connection is gone as well.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(LONGEST, read_on(std::mem::take(&mut self.body))));
        }
    }
}

async fn read_on(mut body: Body) {
    while let Ok(Some(Ok(_))) = tokio::time::timeout(SILENCE, poll_fn(|cx| Pin::new(&mut body).poll_frame(cx))).await {}
}
