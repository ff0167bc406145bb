//! A reader of server-sent events.

use super::Client;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use reqwest::Method;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: Option<i64>,
    /// Its name.
    pub event: String,
    /// Its data.
    pub data: String,
}

/// An open stream.
pub struct EventStream {
    bytes: BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    text: String,
}

impl EventStream {
    /// Opens `path`, going on after an event.
    pub async fn open(client: &Client, path: &str, after: Option<i64>) -> Self {
        let mut request = client.request(Method::GET, path);
        if let Some(after) = after {
            request = request.header("last-event-id", after.to_string());
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(response.headers().get("content-encoding").is_none(), "a compressed stream would be late");
        Self { bytes: response.bytes_stream().boxed(), text: String::new() }
    }

    /// The next event; none when the server ended the stream.
    pub async fn next(&mut self) -> Option<Received> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (received, rest) = (parse(block), rest.to_owned());
                self.text = rest;
                if received != Received::default() {
                    return Some(received);
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.bytes.next()).await.expect("an event in time")?;
            self.text.push_str(std::str::from_utf8(&chunk.ok()?).unwrap());
        }
    }
}

fn parse(block: &str) -> Received {
    let mut received = Received::default();
    for line in block.lines() {
        match line.split_once(": ") {
            Some(("id", id)) => received.id = id.parse().ok(),
            Some(("event", event)) => event.clone_into(&mut received.event),
            Some(("data", data)) => data.clone_into(&mut received.data),
            _ => {}
        }
    }
    received
}
