//! What the commands say: about themselves, and when something is wrong.

use crate::support::{Done, Engine, Installation, Server, bank_or_demo, hypercare, run};
use hypercare_test_support::{free_port, temp_dir};
use std::time::Instant;

const GOOD_LINE: &str = r#"{"contact":"Ada","text":"Where is my card?"}"#;

/// The replay of this file must fail with 1 and say all of this; the server is never asked.
async fn check_file(content: Option<&[u8]>, says: &[&str]) {
    let dir = temp_dir();
    let file = dir.join("messages.jsonl");
    if let Some(content) = content {
        std::fs::write(&file, content).unwrap();
    }
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    let done = Done::of(&["replay", "--messages", file.to_str().unwrap(), "--url", &nowhere, "--token", "hc_x"]).await;
    done.bad(1, says);
    assert!(done.err.contains("messages.jsonl"), "{done:#?}");
    assert!(!done.err.contains("is the server running"), "{done:#?}");
}

#[tokio::test]
async fn wrong_files_are_named_with_the_line() {
    check_file(None, &["cannot be read", "No such file"]).await;
    check_file(Some(b""), &["has no messages", r#"{"at","channel","contact","text"}"#]).await;
    check_file(Some(b"\n \n"), &["has no messages"]).await;
    let second = |line: &str| format!("{GOOD_LINE}\n{line}\n").into_bytes();
    check_file(Some(&second("{\"contact\":\"Bo\"}")), &["line 2", "missing field `text`"]).await;
    check_file(Some(&second("Where is my card?")), &["line 2", "column 1", "expected"]).await;
    check_file(Some(&second(r#"{"contact":"Bo","text":"hi","at":"noon"}"#)), &["line 2", "field at"]).await;
    check_file(Some(&second(r#"{"contact":"Bo","text":"hi","channel":"pigeon"}"#)), &["line 2", "field channel", "chat, email, form, api"]).await;
    check_file(Some(&[b'"', 0xff, b'"']), &["line 1", "UTF-8"]).await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_at_once() {
    let dir = temp_dir();
    let (messages, plan) = (dir.join("messages.jsonl"), dir.join("plan.toml"));
    std::fs::write(&messages, GOOD_LINE).unwrap();
    let made = Done::of(&["plan", "new", "launch", "--key", "spring", "--name", "Spring", "--go-live", "2026-11-17T09:00"]).await;
    std::fs::write(&plan, made.good()).unwrap();
    let url = format!("http://127.0.0.1:{}", free_port());
    let to_server = ["--url", &url, "--token", "hc_x"];
    let commands: [&[&str]; 4] = [
        &["replay", "--messages", messages.to_str().unwrap()],
        &["plan", "apply", plan.to_str().unwrap(), "--yes"],
        &["plan", "export", "spring"],
        &["report", "spring"],
    ];
    for command in commands {
        let begun = Instant::now();
        Done::of(&[command, &to_server].concat()).await.bad(1, &[&url, "does not answer", "is the server running there?"]);
        assert!(begun.elapsed().as_secs() < 15, "{command:?}");
        Done::of(&[command, &["--url", "localhost:4400", "--token", "hc_x"]].concat()).await.bad(1, &["--url", "localhost:4400", "such as http://"]);
        Done::of(command).await.bad(2, &["--token"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_said_once_and_nothing_is_sent() {
    let at = Installation::new(Engine::Sqlite).await;
    let server = Server::start(&at).await;
    let messages = bank_or_demo(&at, 200);
    let commands: [&[&str]; 3] = [&["replay", "--messages", &messages.file], &["report", "spring"], &["plan", "export", "spring"]];
    for command in commands {
        let mut wrong = at.remotely(command);
        wrong.env("HYPERCARE_TOKEN", "hc_wrong");
        run(wrong, "").await.bad(1, &["401"]);
    }
    assert_eq!(server.inbound(401).await, 0);
    // One that may look but not send stops at the first no, not after two hundred.
    let mut reader = at.remotely(&["replay", "--messages", &messages.file, "--connections", "4"]);
    reader.env("HYPERCARE_TOKEN", at.token_for(&["read"]).await);
    run(reader, "").await.bad(1, &["Stopped after 0 of 200", "inbound:write", "403"]);
    assert!((1..=4).contains(&server.inbound(403).await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stays_away_ends_the_replay_after_its_patience() {
    let at = Installation::new(Engine::Sqlite).await;
    let messages = bank_or_demo(&at, 2_000);
    let server = Server::start(&at).await;
    let replay = at.remotely(&["replay", "--messages", &messages.file, "--patience", "2", "--json"]).spawn().unwrap();
    crate::support::until("messages are acknowledged", async || server.inbound(201).await >= 100).await;
    server.kill().await;
    let begun = Instant::now();
    let output = replay.wait_with_output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(begun.elapsed().as_secs() < 20, "{said}");
    for part in ["Stopped after ", " of 2000 messages", "does not answer", "Run it again"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(output.stdout.is_empty(), "no summary of what cannot be asked");
    let _server = Server::start(&at).await;
    let again = at.ask(&["replay", "--messages", &messages.file, "--json"]).await;
    again.good();
    assert_eq!(again.json()["stored"], 2_000);
}

#[tokio::test]
async fn the_demo_touches_no_data_of_others() {
    let dir = temp_dir();
    std::fs::write(dir.join("precious"), "data").unwrap();
    let data = dir.path().to_str().unwrap();
    let done = Done::of(&["demo", "--to-end", "--no-serve", "--data", data]).await;
    done.bad(1, &[data, "is not empty and was not made by the demo", "--data"]);
    assert_eq!(std::fs::read_to_string(dir.join("precious")).unwrap(), "data");
    Done::of(&["demo", "--no-serve"]).await.bad(2, &["--to-end"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let fresh = temp_dir();
    let there = fresh.join("demo");
    Done::of(&["demo", "--listen", &address, "--data", there.to_str().unwrap()]).await.bad(1, &[&address, "is in use", "--listen"]);
}

#[tokio::test]
async fn the_demo_plays_to_its_end() {
    let dir = temp_dir();
    let data = dir.join("demo");
    let done = Done::of(&["demo", "--to-end", "--no-serve", "--data", data.to_str().unwrap()]).await;
    done.good();
    let read = |name: &str| std::fs::read_to_string(data.join(name)).unwrap_or_else(|e| panic!("{name}: {e}: {done:#?}"));
    let (html, markdown) = (read("report.html"), read("report.md"));
    assert!(html.starts_with("<!doctype html>") || html.starts_with("<!DOCTYPE html>"), "{}", &html[..200.min(html.len())]);
    assert!(html.contains("<svg"), "the report has charts");
    let pdf = std::fs::read(data.join("report.pdf")).unwrap();
    let pages = pdf.windows(11).filter(|w| w == b"/Type/Page/").count();
    assert!(pdf.starts_with(b"%PDF-") && (8..60).contains(&pages), "{pages} pages");
    assert!(markdown.starts_with("# "), "{}", &markdown[..200.min(markdown.len())]);
    let counts = crate::support::Counts::of(&hypercare_store::Location::Directory(data.clone())).await;
    let (phase, transitions) = counts.only_window().await;
    assert_eq!(phase, "closed", "{done:#?}");
    let last = transitions.last().unwrap();
    assert_eq!(last["to"], "closed");
    assert_eq!(last["accepted_gaps"], serde_json::json!([]), "closed by its criteria, with nothing accepted: {last}");
    counts.no_gap_in_events().await;
    counts.close().await;
    // What a demo made, a demo may replace: it is emptied and played anew. That it plays was seen above.
    let mut again = hypercare(&["demo", "--to-end", "--no-serve", "--data", data.to_str().unwrap()]).spawn().unwrap();
    let replaced = || !data.join("report.md").exists() && data.join("plan.toml").exists();
    for _ in 0..600 {
        if replaced() {
            break;
        }
        assert_eq!(again.try_wait().unwrap(), None, "it ended before it began");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(replaced(), "the demo before was not replaced");
    again.kill().await.unwrap();
}

#[tokio::test]
async fn help_says_what_every_flag_does() {
    let commands: [&[&str]; 18] = [
        &[],
        &["serve"],
        &["demo"],
        &["replay"],
        &["report"],
        &["openapi"],
        &["plan"],
        &["plan", "check"],
        &["plan", "apply"],
        &["plan", "export"],
        &["plan", "schema"],
        &["plan", "new"],
        &["admin"],
        &["admin", "user"],
        &["admin", "user", "add"],
        &["admin", "user", "password"],
        &["admin", "token"],
        &["admin", "token", "add"],
    ];
    for command in commands {
        let help = Done::of(&[command, &["--help"]].concat()).await;
        check_help(command, help.good());
    }
    let flags: [(&str, &[&str]); 5] = [
        ("serve", &["--listen", "--data", "--database", "--public-url", "--smtp", "--mail-from", "--public-rate", "--log", "--log-level"]),
        ("demo", &["--listen", "--data", "--to-end", "--no-serve", "--still", "--pace"]),
        ("replay", &["--messages", "--plan", "--url", "--token", "--connections", "--limit", "--patience", "--json"]),
        ("report", &["--url", "--token", "--format", "--out"]),
        ("admin", &["--data", "--database"]),
    ];
    for (command, flags) in flags {
        let help = Done::of(&[command, "--help"]).await;
        for flag in flags {
            assert!(help.good().contains(flag), "{command} --help does not mention {flag}");
        }
    }
    assert_eq!(Done::of(&["--version"]).await.good().trim(), format!("hypercare {}", env!("CARGO_PKG_VERSION")));
    Done::of(&[]).await.bad(2, &["Usage: hypercare <COMMAND>"]);
    Done::of(&["replya"]).await.bad(2, &["replay"]);
}

/// Every argument, flag and subcommand has words of its own.
#[track_caller]
fn check_help(command: &[&str], help: &str) {
    let lines: Vec<&str> = help.lines().collect();
    assert!(!lines[0].starts_with("Usage"), "`{}` does not say what it does", command.join(" "));
    for (number, line) in lines.iter().enumerate() {
        let item = line.trim_start();
        let named =
            item.starts_with("--") || item.starts_with('-') && !item.starts_with("- ") || item.starts_with(['<', '[']) && !item.contains(": ");
        if !line.starts_with("  ") || !named {
            continue;
        }
        // Short help has the words on the same line, long help on the next.
        let same_line = item.split_once("  ").is_some_and(|(_, words)| !words.trim().is_empty());
        let next_line = lines.get(number + 1).is_some_and(|next| next.starts_with("          ") && !next.trim().is_empty());
        assert!(same_line || next_line, "`{}` --help says nothing about `{item}`:\n{help}", command.join(" "));
    }
}
