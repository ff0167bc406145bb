//! The stream of an open chat on a connection of its own, byte by byte: whoever serves it, a browser gets the same.

use crate::desk::Desk;
use crate::support::{Database, TestApp, Wanted, client, on_both};
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(20);

struct Wire {
    stream: TcpStream,
    seen: String,
}

impl Wire {
    async fn connect(test: &TestApp) -> Self {
        Self { stream: TcpStream::connect(test.url.trim_start_matches("http://")).await.unwrap(), seen: String::new() }
    }

    async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// Reads until these words came, and gives everything so far.
    async fn until(&mut self, words: &str) -> &str {
        while !self.seen.contains(words) {
            let mut part = [0; 1024];
            let n = tokio::time::timeout(PATIENCE, self.stream.read(&mut part)).await.unwrap_or_else(|_| panic!("no {words:?} in {:?}", self.seen));
            let n = n.unwrap();
            assert!(n > 0, "the connection ended before {words:?}: {:?}", self.seen);
            self.seen.push_str(std::str::from_utf8(&part[..n]).unwrap());
        }
        &self.seen
    }

    async fn rest(mut self) -> String {
        let mut rest = String::new();
        tokio::time::timeout(PATIENCE, self.stream.read_to_string(&mut rest)).await.expect("the connection ends").unwrap();
        self.seen + &rest
    }
}

/// A customer who wrote, and what a browser asks for then.
async fn customer(test: &TestApp) -> (String, String) {
    let session = test.stranger().post("/public/chat/session", &json!({})).await.good();
    let secret = session["visitor"].as_str().unwrap().to_owned();
    let said = json!({ "text": "Where is my invoice of March?", "client_id": "one" });
    let sent = client::send(test.stranger().request(Method::POST, "/public/chat/messages").header("x-visitor", &secret).json(&said)).await.good();
    (sent["conversation"]["id"].as_str().unwrap().to_owned(), asks(&secret))
}

fn asks(secret: &str) -> String {
    format!("GET /api/v1/public/chat/stream?visitor={secret} HTTP/1.1\r\nHost: care.example.org\r\nAccept: text/event-stream\r\n\r\n")
}

/// The customer's stream, asked for by these bytes, is served like this and tells of a reply.
async fn check(test: &TestApp, desk: &Desk<'_>, pieces: impl Fn(&str) -> Vec<String>, framed: &str) {
    let (conversation, asks) = customer(test).await;
    let mut wire = Wire::connect(test).await;
    for piece in pieces(&asks) {
        wire.send(&piece).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let head = wire.until("text/event-stream").await.to_lowercase();
    assert!(head.contains("http/1.1 200 ok\r\n"), "{head}");
    let head = wire.until("x-request-id").await.to_lowercase();
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
    wire.until("\r\n\r\n").await;
    desk.agent.post(&format!("/conversations/{conversation}/replies"), &json!({ "text": "I look into it." })).await.good();
    let seen = wire.until("event: change").await.to_lowercase();
    assert!(seen.contains(framed), "{seen}");
    drop(wire);
    let begun = Instant::now();
    while !format!("{:?}", test.app.chats).contains("customers: {}") {
        assert!(begun.elapsed() < PATIENCE, "nobody looks any more, and the server does not notice");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn whoever_serves_it_a_stream_tells_the_same_and_ends_with_its_reader() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        // A connection of its own.
        check(test, &desk, |asks| vec![asks.into()], "connection: close\r\n").await;
        // After another request, in two pieces, and with a body: by the library.
        check(test, &desk, |asks| vec!["GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".into(), asks.into()], "transfer-encoding: chunked\r\n").await;
        check(test, &desk, |asks| vec![asks[..40].into(), asks[40..].into()], "transfer-encoding: chunked\r\n").await;
        let with_body = |asks: &str| vec![asks.replace("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\nab")];
        check(test, &desk, with_body, "transfer-encoding: chunked\r\n").await;
    })
    .await;
}

#[tokio::test]
async fn who_may_not_look_is_told_so_and_let_go() {
    let test = TestApp::start(Database::Sqlite, Wanted::default()).await;
    let mut wire = Wire::connect(&test).await;
    wire.send(&asks("made-up")).await;
    let answer = wire.rest().await;
    assert!(answer.starts_with("HTTP/1.1 401 Unauthorized\r\n") && answer.contains("application/problem+json"), "{answer}");
    // What is not HTTP at all is answered by the library.
    let mut wire = Wire::connect(&test).await;
    wire.send("hello\r\n\r\n").await;
    let answer = wire.rest().await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[tokio::test]
async fn the_server_ends_with_chats_open_and_with_connections_that_never_asked() {
    let test = TestApp::start(Database::Sqlite, Wanted { engine: true, ..Wanted::default() }).await;
    let (_, asks) = customer(&test).await;
    let silent = Wire::connect(&test).await;
    let mut open = Wire::connect(&test).await;
    open.send(&asks).await;
    open.until("\r\n\r\n").await;
    let begun = Instant::now();
    test.stop().await;
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    open.rest().await;
    silent.rest().await;
}
