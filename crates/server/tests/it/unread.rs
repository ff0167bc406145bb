//! What is refused before all of it came: whoever sends it gets to read why.

use crate::desk::Desk;
use crate::support::{TestApp, on_both};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// More than the buffers of both ends hold.
const LONG: usize = 26 << 20;
const PATIENCE: Duration = Duration::from_secs(30);

async fn answer(stream: &mut TcpStream, end: &str) -> String {
    let mut seen = String::new();
    while !seen.contains(end) {
        let mut part = [0; 4096];
        let n = tokio::time::timeout(PATIENCE, stream.read(&mut part)).await.unwrap_or_else(|_| panic!("no {end:?} in {seen:?}")).unwrap();
        assert!(n > 0, "the connection ended before {end:?}: {seen:?}");
        seen.push_str(&String::from_utf8_lossy(&part[..n]));
    }
    seen
}

/// All of a long body is sent to `path` before anything is read: the answer has these words, and the connection goes on.
async fn check(test: &TestApp, path: &str, credential: &str, words: &[&str]) {
    let mut stream = TcpStream::connect(test.url.trim_start_matches("http://")).await.unwrap();
    let head = format!("POST /api/v1{path} HTTP/1.1\r\nHost: care.example.org\r\n{credential}Content-Length: {LONG}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..LONG / piece.len() {
        stream.write_all(&piece).await.unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    let refused = answer(&mut stream, "}").await;
    for words in words {
        assert!(refused.contains(words), "{path}: {refused}");
    }
    stream.write_all(b"GET /api/v1/health HTTP/1.1\r\nHost: care.example.org\r\n\r\n").await.unwrap();
    answer(&mut stream, "HTTP/1.1 ").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_too_much_reads_why() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let agent = format!("Cookie: {}\r\nX-Hypercare: 1\r\n", desk.agent.cookie.as_deref().unwrap());
        check(test, "/files?name=film.mp4", &agent, &["HTTP/1.1 413", "at most 25 MB"]).await;
        check(test, "/files?name=film.mp4", "", &["HTTP/1.1 401"]).await;
        check(test, "/nowhere", &agent, &["HTTP/1.1 404"]).await;
        check(test, "/views", &agent, &["HTTP/1.1 4"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_first_is_told_at_once() {
    on_both(async |test| {
        let mut stream = TcpStream::connect(test.url.trim_start_matches("http://")).await.unwrap();
        let head = format!("POST /api/v1/files?name=a HTTP/1.1\r\nHost: care.example.org\r\nExpect: 100-continue\r\nContent-Length: {LONG}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let refused = answer(&mut stream, "}").await;
        assert!(refused.starts_with("HTTP/1.1 401"), "no word to go on: {refused}");
    })
    .await;
}
