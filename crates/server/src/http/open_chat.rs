//! One connection with the stream of an open chat. The request goes through the same router as every other; only reading it and writing
//! what comes back is done here. The answer ends with its connection (RFC 9112, section 6.3), so no frame has to be kept for it.

use super::BASE;
use super::accept::Peer;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderName, HeaderValue, Method, Version, header};
use axum::response::Response;
use futures_util::StreamExt;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower_service::Service;

/// A longer head goes to the library, as does one that comes in pieces.
const LONGEST_HEAD: usize = 8 * 1024;
/// More headers than a browser and a proxy send.
const MOST_HEADERS: usize = 64;

/// The request for a chat's stream, and how many bytes of the connection it takes.
#[derive(Debug)]
pub struct First {
    request: Request,
    length: usize,
}

/// Looks at what was sent first, and leaves it where it is: none where the library should serve it.
///
/// # Errors
/// When the connection fails.
pub async fn first_request(stream: &TcpStream) -> io::Result<Option<First>> {
    // Enough to tell the address; the rest is looked at only where it is one of ours.
    let mut begin = [0; 64];
    let seen = stream.peek(&mut begin).await?;
    if !begin[..seen].starts_with(format!("GET {BASE}/public/chat/stream?").as_bytes()) {
        return Ok(None);
    }
    let mut head = vec![0; LONGEST_HEAD];
    let seen = stream.peek(&mut head).await?;
    Ok(parse(&head[..seen]))
}

fn parse(bytes: &[u8]) -> Option<First> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = parsed.parse(bytes).ok()? else { return None };
    if parsed.method? != "GET" || parsed.version? != 1 {
        return None;
    }
    let mut request = Request::builder().method(Method::GET).uri(parsed.path?).version(Version::HTTP_11);
    for field in parsed.headers.iter() {
        let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
        // A body, another protocol or an expectation: not what is served here.
        if [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::UPGRADE, header::EXPECT].contains(&name) {
            return None;
        }
        request = request.header(name, HeaderValue::from_bytes(field.value).ok()?);
    }
    // A request without a host, or with two, is refused by the library as the protocol asks.
    let hosts = request.headers_ref()?.get_all(header::HOST).iter().count();
    Some(First { request: request.body(Body::empty()).ok()?, length }).filter(|_| hosts == 1)
}

/// Serves it until the stream ends, or who reads it is gone.
///
/// # Errors
/// When the connection fails.
pub async fn serve(mut stream: TcpStream, peer: Peer, first: First, router: Router) -> io::Result<()> {
    let response = answer(&mut stream, peer, first, router).await?;
    let head = head(&response);
    stream.write_all(&head).await?;
    drop(head);
    let mut body = response.into_body().into_data_stream();
    loop {
        tokio::select! {
            part = body.next() => match part {
                Some(Ok(part)) => stream.write_all(&part).await?,
                Some(Err(error)) => return Err(io::Error::other(error)),
                None => break,
            },
            gone = silence(&stream) => return gone,
        }
    }
    stream.shutdown().await
}

/// Everything that is needed only until the answer begins; boxed, so that a chat does not keep the room for it.
async fn answer(stream: &mut TcpStream, peer: Peer, first: First, mut router: Router) -> io::Result<Response> {
    let work = async move {
        let First { mut request, length } = first;
        let mut taken = vec![0; length];
        stream.read_exact(&mut taken).await?;
        stream.set_nodelay(true)?;
        request.extensions_mut().insert(ConnectInfo(peer));
        match router.call(request).await {
            Ok(response) => Ok(response),
            Err(never) => match never {},
        }
    };
    Box::pin(work).await
}

/// Ends when the other side is gone. What it sends meanwhile is thrown away: it was told that the connection ends with this answer.
async fn silence(stream: &TcpStream) -> io::Result<()> {
    loop {
        stream.readable().await?;
        let mut more = [0; 64];
        match stream.try_read(&mut more) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

fn head(response: &Response) -> Bytes {
    let status = response.status();
    let mut head = format!("HTTP/1.1 {} {}\r\n", status.as_str(), status.canonical_reason().unwrap_or_default()).into_bytes();
    for (name, value) in response.headers().iter().filter(|(name, _)| *name != header::CONNECTION && *name != header::TRANSFER_ENCODING) {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"connection: close\r\n\r\n");
    head.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(request: &str, ours: bool) {
        let found = parse(request.as_bytes());
        assert_eq!(found.is_some(), ours, "{request:?}");
        if let Some(first) = found {
            assert_eq!(first.length, request.find("\r\n\r\n").unwrap() + 4);
            assert_eq!(first.request.uri().path(), "/api/v1/public/chat/stream");
        }
    }

    #[test]
    fn what_is_not_plainly_the_request_of_a_stream_is_left_to_the_library() {
        const LINE: &str = "GET /api/v1/public/chat/stream?visitor=v_1 HTTP/1.1\r\n";
        check(&format!("{LINE}Host: care.example.org\r\nAccept: text/event-stream\r\n\r\n"), true);
        check(&format!("{LINE}Host: care.example.org\r\nLast-Event-ID: 12\r\n\r\nGET / HTTP/1.1\r\n"), true);
        check(&format!("{LINE}Host: care.example.org\r\n"), false);
        check(&format!("{LINE}\r\n"), false);
        check(&format!("{LINE}Host: one\r\nHost: two\r\n\r\n"), false);
        check(&format!("{LINE}Host: one\r\nContent-Length: 3\r\n\r\nabc"), false);
        check(&format!("{LINE}Host: one\r\nTransfer-Encoding: chunked\r\n\r\n"), false);
        check(&format!("{LINE}Host: one\r\nUpgrade: h2c\r\n\r\n"), false);
        check(&format!("{LINE}Host: one\r\nbad name: 1\r\n\r\n"), false);
        check("GET /api/v1/public/chat/stream?visitor=v_1 HTTP/1.0\r\nHost: one\r\n\r\n", false);
        check("POST /api/v1/public/chat/stream?visitor=v_1 HTTP/1.1\r\nHost: one\r\n\r\n", false);
        check("GET /api/v1/public/chat/stream?visitor=\u{1} HTTP/1.1\r\nHost: one\r\n\r\n", false);
    }
}
