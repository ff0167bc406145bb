//! Two thousand messages through the public API: none lost, none doubled, and the summary is what the database holds.

use crate::support::{Counts, Messages, Server, bank_or_demo, on_both};
use std::time::Instant;

const MESSAGES: usize = 2_000;

on_both!(two_thousand_messages_arrive_once_and_the_summary_is_true, |at| {
    let messages = bank_or_demo(&at, MESSAGES);
    let server = Server::start(&at).await;
    let Messages { plan, file, .. } = &messages;
    let args = ["replay", "--plan", plan, "--messages", file, "--connections", "16", "--json"];

    let begun = Instant::now();
    let done = at.ask(&args).await;
    let seconds = begun.elapsed().as_secs_f64();
    done.good();
    println!("{MESSAGES} messages in {seconds:.1} s, {:.0} a second: {}", MESSAGES as f64 / seconds, done.out.trim());
    let counts = Counts::of(&at.location()).await;
    counts.every_message_once(&messages).await;
    counts.no_gap_in_events().await;
    let summary = done.json();
    assert_eq!(summary, counts.summary(MESSAGES).await);
    for part in ["in_scope", "answered", "linked", "handed_over"] {
        let number = summary[part].as_u64().unwrap();
        assert!(number > 0 && number < MESSAGES as u64, "{part} tells nothing: {summary}");
    }
    // Each was answered, asked about, or given to a person.
    let done: u64 = ["answered", "asked", "handed_over"].iter().map(|what| summary[what].as_u64().unwrap()).sum();
    assert_eq!(done, MESSAGES as u64);

    let again = at.ask(&args).await;
    again.good();
    assert_eq!(again.json(), summary, "the same messages again change nothing");
    counts.every_message_once(&messages).await;
    counts.no_gap_in_events().await;
    assert_eq!(server.inbound(201).await, MESSAGES as u64);
    assert_eq!(server.inbound(200).await, MESSAGES as u64);
    counts.close().await;
});

on_both!(what_an_earlier_run_sent_is_not_sent_twice, |at| {
    let messages = bank_or_demo(&at, 60);
    let server = Server::start(&at).await;
    let first = at.ask(&["replay", "--messages", &messages.file, "--limit", "25", "--json"]).await;
    first.good();
    assert_eq!(first.json()["sent"], 25);
    let all = at.ask(&["replay", "--messages", &messages.file]).await;
    assert!(all.good().contains("60 sent, 60 accepted, 60 stored"), "{}", all.out);
    assert_eq!((server.inbound(201).await, server.inbound(200).await), (60, 25));
    let counts = Counts::of(&at.location()).await;
    counts.every_message_once(&messages).await;
    counts.close().await;
});

on_both!(refused_messages_are_counted_and_named, |at| {
    let server = Server::start(&at).await;
    let long = "x".repeat(320);
    let lines = [
        r#"{"contact":"Ada","text":"Where is my card?"}"#.to_owned(),
        format!(r#"{{"contact":"{long}","text":"Nobody has such a name."}}"#),
        r#"{"contact":{"key":"bo","email":"not an address"},"text":"Hello."}"#.to_owned(),
    ];
    let file = at.write("some.jsonl", lines.join("\n"));
    let done = at.ask(&["replay", "--messages", &file, "--json"]).await;
    done.bad(1, &["2 messages were not accepted", "1 to 300 characters", "is not an e-mail address"]);
    let summary = done.json();
    assert_eq!((&summary["sent"], &summary["accepted"], &summary["errors"]), (&3.into(), &1.into(), &2.into()), "{summary}");
    drop(server);
});
