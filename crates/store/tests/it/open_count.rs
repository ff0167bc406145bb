//! The kept count of open conversations says what counting all of them would.

use crate::support::{at, on_both, open, stamp, write};
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation, Env, Status};
use hypercare_core::triage::Triage;
use hypercare_core::{ConversationId, Severity};
use hypercare_store::queries::{conversations, signals};
use hypercare_store::{Store, WriteError};
use std::collections::BTreeMap;

async fn run(store: &Store, id: ConversationId, seconds: i64, command: Command) {
    let changed: Result<Conversation, WriteError> =
        store.write(move |tx| async move { tx.execute::<Conversation>(id, command, &stamp(seconds), &Env::default()).await }.boxed()).await;
    changed.unwrap();
}

/// Both ways to count, at an instant: by category, how many and how many critical.
async fn check(store: &Store, seconds: i64) {
    let mut reader = store.reader();
    let kept = signals::open_at(&mut reader, at(seconds)).await.unwrap();
    let kept: BTreeMap<String, (i64, i64)> = kept.into_iter().map(|p| (p.category, (p.n, p.part))).collect();
    let mut counted: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for c in conversations::documents(&mut reader, at(-1), at(10_000), 0, 1_000).await.unwrap() {
        if c.opened_at < at(seconds) && c.resolved_at.is_none_or(|t| t >= at(seconds)) {
            let count = counted.entry(c.triage.category.clone().unwrap_or_default()).or_default();
            *count = (count.0 + 1, count.1 + i64::from(c.triage.severity == Severity::Critical));
        }
    }
    assert_eq!(kept, counted, "at {seconds} s");
}

on_both!(the_kept_count_is_what_counting_finds, |fresh| {
    let store = open(&fresh).await;
    check(&store, 0).await;
    let triage = |category: &str, severity| Command::Triage {
        triage: Box::new(Triage { category: Some(category.into()), severity, ..Triage::default() }),
        window: None,
    };
    for i in 0..12_i64 {
        let id = write(&store, &format!("customer {i}"), None, "help").await.unwrap();
        if i % 2 == 0 {
            run(&store, id, 10 + i, triage("billing", if i % 4 == 0 { Severity::Critical } else { Severity::Normal })).await;
        }
        if i % 3 == 0 {
            run(&store, id, 100 + i, Command::SetStatus { to: Status::Resolved }).await;
        }
        if i % 6 == 0 {
            run(&store, id, 200 + i, Command::SetStatus { to: Status::Open }).await;
            run(&store, id, 300 + i, triage("access", Severity::Low)).await;
        }
    }
    // Before anybody wrote, between, at the instant of a resolution, and after everything.
    for seconds in [0, 1, 50, 103, 104, 206, 350, 5_000] {
        check(&store, seconds).await;
    }
    // A new start goes on from what was kept.
    drop(store);
    check(&open(&fresh).await, 5_000).await;
});
