//! The server as an operator sees it: start, signals, health, metrics, logs.

use crate::support::{Installation, PASSWORD, Server, on_both, run};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;

/// A visitor's secret, and their chat's open stream.
async fn chat(server: &Server) -> (String, reqwest::Response) {
    let session: Value = server.post("public/chat/session", &json!({})).send().await.unwrap().json().await.unwrap();
    let visitor = session["visitor"].as_str().unwrap().to_owned();
    let stream = server.get(&format!("public/chat/stream?visitor={visitor}")).send().await.unwrap();
    assert_eq!(stream.status().as_u16(), 200);
    (visitor, stream)
}

async fn write(server: &Server, visitor: &str, text: &str) {
    let body = json!({ "text": text, "client_id": format!("c-{}", text.len()) });
    let answer = server.post("public/chat/messages", &body).header("x-visitor", visitor).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201, "{}", answer.text().await.unwrap());
}

on_both!(sigterm_ends_open_streams_and_then_the_server, |at| {
    let server = Server::start(&at).await;
    let (visitor, first) = chat(&server).await;
    let (_, second) = chat(&server).await;
    write(&server, &visitor, "Where is my card?").await;
    let open = [first, second].map(|stream| tokio::spawn(async move { stream.bytes_stream().count().await }));
    let log = at.file("server.log");
    let (status, took) = server.terminate().await;
    assert_eq!(status.code(), Some(0), "{}", std::fs::read_to_string(&log).unwrap());
    assert!(took < Duration::from_secs(20), "it took {took:?}");
    for stream in open {
        tokio::time::timeout(Duration::from_secs(5), stream).await.expect("the stream has ended").unwrap();
    }
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(text.contains("stopping"), "{text}");
    // What was acknowledged just before is there afterwards.
    let server = Server::start(&at).await;
    let chat = server.get("public/chat/conversation").header("x-visitor", visitor).send().await.unwrap().text().await.unwrap();
    assert!(chat.contains("Where is my card?"), "{chat}");
});

on_both!(it_is_alive_ready_and_counted, |at| {
    let server = Server::start(&at).await;
    assert_eq!(server.status("/healthz").await, Some(200));
    let ready: Value = serde_json::from_str(&server.text("/readyz").await).unwrap();
    assert_eq!(ready, json!({ "status": "ready", "problems": [] }));
    for _ in 0..3 {
        let list = server.get("windows").bearer_auth(&at.token).send().await.unwrap();
        assert_eq!(list.status().as_u16(), 200);
    }
    let metrics = server.text("/metrics").await;
    let line = metrics.lines().find(|l| l.starts_with("hypercare_requests_total{") && l.contains("windows\"") && l.contains("\"200\""));
    assert!(line.is_some_and(|l| l.ends_with(" 3")), "{line:?} of {metrics}");
    for name in ["hypercare_request_seconds_bucket", "hypercare_outbox{", "# TYPE hypercare_requests_total counter"] {
        assert!(metrics.contains(name), "{name} is not in {metrics}");
    }
});

on_both!(a_taken_address_is_named, |at| {
    let server = Server::start(&at).await;
    let second = run(at.at_place(&["serve", "--listen", &at.listen()]), "").await;
    second.bad(1, &[&at.listen(), "cannot be listened on", "in use"]);
    assert_eq!(server.status("/readyz").await, Some(200), "the first goes on");
});

on_both!(logs_are_json_without_words_of_customers_or_secrets, |at| {
    const WORDS: &str = "my-secret-question-about-a-zebra";
    const WRONG: &str = "a-wrong-password-7391";
    let server = Server::start(&at).await;
    let (visitor, stream) = chat(&server).await;
    write(&server, &visitor, WORDS).await;
    let sign_in = |password: &str| server.post("session", &json!({ "email": "admin@localhost", "password": password }));
    assert_eq!(sign_in(PASSWORD).send().await.unwrap().status().as_u16(), 200);
    assert_eq!(sign_in(WRONG).send().await.unwrap().status().as_u16(), 401);
    let found = server.get(&format!("conversations?q={WORDS}")).bearer_auth(&at.token).send().await.unwrap();
    assert!(found.text().await.unwrap().contains(WORDS), "the message is found by its words");
    let broken = format!("{{\"text\": \"{WORDS}\"");
    let refused = server.post("inbound", &json!({})).bearer_auth(&at.token).body(broken).send().await.unwrap();
    assert!(refused.status().is_client_error());
    let unknown = server.get("windows").bearer_auth("hc_guessed-token-5512").send().await.unwrap();
    assert_eq!(unknown.status().as_u16(), 401);
    drop(stream);
    let log = at.file("server.log");
    server.terminate().await;

    let text = std::fs::read_to_string(log).unwrap();
    let mut answered = 0;
    for line in text.lines() {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert!(entry["timestamp"].is_string() && entry["level"].is_string(), "{line}");
        answered += usize::from(entry["fields"]["message"] == "answered");
    }
    assert!(answered >= 6, "{answered} requests in {text}");
    for secret in [WORDS, PASSWORD, WRONG, &at.token, &visitor, "hc_guessed-token-5512"] {
        assert!(!text.contains(secret), "`{secret}` is in the log:\n{text}");
    }
    assert!(!text.contains("zebra"), "{text}");
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_that_cannot_work_are_refused_by_name() {
    let at = Installation::new(crate::support::Engine::Sqlite).await;
    let port = "127.0.0.1:0";
    let wrong: [(&[&str], i32, &[&str]); 5] = [
        (&["serve", "--listen", "here"], 2, &["--listen", "here"]),
        (&["serve", "--listen", port, "--public-url", "care.example.org"], 1, &["--public-url", "care.example.org", "https://"]),
        (&["serve", "--listen", port, "--database", "mysql://db/care"], 1, &["--database", "postgres://user@host/name"]),
        (&["serve", "--listen", port, "--public-rate", "0"], 2, &["--public-rate"]),
        (&["serve", "--listen", port, "--database", "postgres://nobody@127.0.0.1:1/none"], 1, &["PostgreSQL", "cannot be reached"]),
    ];
    for (args, code, says) in wrong {
        let done = tokio::time::timeout(Duration::from_secs(40), run(at.at_place(args), "")).await.unwrap_or_else(|_| panic!("{args:?} goes on"));
        done.bad(code, says);
    }
}
