//! What is saved is what is loaded, with its lists and due times.

use crate::support::{at, on_both, open, stamp, write};
use futures_util::FutureExt;
use hypercare_core::calendar::Calendar;
use hypercare_core::clock::{Policy, Targets};
use hypercare_core::conversation::{Command, Conversation, Env, Status};
use hypercare_core::{Actor, MessageId, Severity, Span, Stamp, Timestamp};
use hypercare_store::queries::conversations::{self, Filter};
use hypercare_store::queries::{messages, timers};
use hypercare_store::{Reader, StoreError, WriteError};
use std::collections::BTreeMap;

fn policy() -> Policy {
    let targets = BTreeMap::from([(Severity::Normal, Span::hours(2))]);
    Policy {
        name: "normal".into(),
        version: 1,
        since: Timestamp(0),
        calendar: Calendar::always(),
        targets: Targets { first_response: targets.clone(), resolution: targets, ..Targets::default() },
        categories: BTreeMap::new(),
    }
}

/// What is due of conversations; the watch over all of them has a due time of its own.
async fn due(reader: &mut Reader) -> Vec<timers::Due> {
    let all = timers::due(reader, at(100_000), 10).await.unwrap();
    all.into_iter().filter(|d| d.subject_kind == "conversation").collect()
}

on_both!(a_conversation_comes_back_as_it_was, |fresh| {
    let store = open(&fresh).await;
    let id = write(&store, "a", Some("m-1"), "The invoice is higher\nthan before").await.unwrap();
    let replied = store
        .write(move |tx| {
            async move {
                let policy = policy();
                let env = Env { hypercare: None, normal: Some(&policy), past: &[], normalised: &[], resolve_after: Some(Span::hours(24)) };
                let agent = Stamp::new(Actor::person(hypercare_core::UserId(7), "Aiko"), at(60));
                let message: MessageId = tx.new_id(at(60));
                let command = Command::Reply { message, text: "It is expected.".into(), answer: None, seen: None, then: Status::Waiting };
                tx.execute::<Conversation>(id, command, &agent, &env).await
            }
            .boxed()
        })
        .await
        .unwrap();
    let mut reader = store.reader();
    assert_eq!(hypercare_store::load::<Conversation>(&mut reader, id.0).await.unwrap(), Some(replied.clone()));
    let said = messages::page(&mut reader, id, None, 10, messages::Eyes::Team).await.unwrap();
    assert_eq!(said.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["It is expected.", "The invoice is higher\nthan before"]);
    let line = conversations::line(&mut reader, id).await.unwrap().unwrap();
    assert_eq!((line.status.as_str(), line.preview.as_str(), line.messages), ("waiting", "It is expected.", 2));
    let due = due(&mut reader).await;
    assert_eq!(due.iter().map(|d| d.kind.as_str()).collect::<Vec<_>>(), ["auto_resolve"], "paused clocks have no due time");
});

on_both!(due_times_follow_the_state, |fresh| {
    let store = open(&fresh).await;
    let id = write(&store, "a", None, "help").await.unwrap();
    let run = |command: Command, seconds: i64| {
        store.write(move |tx| {
            async move {
                let policy = policy();
                let env = Env { hypercare: None, normal: Some(&policy), past: &[], normalised: &[], resolve_after: None };
                tx.execute::<Conversation>(id, command, &stamp(seconds), &env).await.map(drop)
            }
            .boxed()
        })
    };
    run(Command::HandOver { why: "not sure".into() }, 1).await.unwrap();
    let keys = |due: Vec<timers::Due>| due.into_iter().map(|d| d.key).collect::<Vec<_>>();
    let mut reader = store.reader();
    let mut known = keys(due(&mut reader).await);
    known.sort();
    assert_eq!(known, ["first_response#1", "resolution#1"]);
    run(Command::SetStatus { to: Status::Resolved }, 10).await.unwrap();
    assert!(due(&mut reader).await.is_empty());
});

on_both!(lists_page_without_repeating_or_losing, |fresh| {
    let store = open(&fresh).await;
    for i in 0..25 {
        write(&store, &format!("customer {i}"), None, &format!("question {i}")).await.unwrap();
    }
    let mut reader = store.reader();
    let filter = Filter { view: Some("all_open".into()), ..Filter::default() };
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = conversations::by_due(&mut reader, &filter, cursor, 7).await.unwrap();
        let Some(last) = page.last() else { break };
        cursor = Some((last.sort_key, last.id));
        seen.extend(page.iter().map(|l| l.id));
    }
    assert_eq!(seen.len(), 25);
    seen.dedup();
    assert_eq!(seen.len(), 25);
});

on_both!(what_does_not_exist_cannot_be_changed, |fresh| {
    let store = open(&fresh).await;
    let missing: Result<Conversation, WriteError> =
        store.write(|tx| async move { tx.execute::<Conversation>(5_i64, Command::TimePassed, &stamp(0), &Env::default()).await }.boxed()).await;
    assert!(matches!(missing, Err(WriteError::Refused(_))));
    assert!(!matches!(missing, Err(WriteError::Store(StoreError::Duplicate))));
});
