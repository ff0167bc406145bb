//! The writer: all or nothing, in order, and what fails harms nobody else.

use crate::support::{at, on_both, open, write};
use futures_util::FutureExt;
use futures_util::future::join_all;
use hypercare_core::role::Role;
use hypercare_core::{Refusal, UserId};
use hypercare_store::queries::{events, people};
use hypercare_store::{StoreError, WriteError};

on_both!(many_writers_share_commits_and_events_have_no_gaps, |fresh| {
    let store = open(&fresh).await;
    let results = join_all((0..300).map(|i| write(&store, if i % 2 == 0 { "even" } else { "odd" }, None, "hello"))).await;
    assert!(results.iter().all(Result::is_ok));
    let lines = events::after(&mut store.reader(), 0, None, 10_000).await.unwrap();
    let numbers: Vec<i64> = lines.iter().map(|l| l.seq).collect();
    assert_eq!(numbers, (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    assert_eq!(lines.iter().filter(|l| l.kind == "conversation.opened").count(), 300);
    assert_eq!(*store.head().borrow(), *numbers.last().unwrap());
});

on_both!(a_change_that_fails_or_panics_leaves_nothing_and_stops_nobody, |fresh| {
    let store = open(&fresh).await;
    let person = |email: &'static str, end: fn() -> Result<(), WriteError>| {
        store.write(move |tx| {
            async move {
                let id: UserId = tx.new_id(at(0));
                people::insert(tx, id, email, email, Role::Agent, "x", at(0)).await?;
                tx.record("person.added", ("person", id.0), None, &crate::support::stamp(0), "{}".into()).await?;
                end()
            }
            .boxed()
        })
    };
    let (good, refused, panicked, late) = tokio::join!(
        person("good@example.com", || Ok(())),
        person("refused@example.com", || Err(Refusal::conflict("no").into())),
        person("panicked@example.com", || panic!("a mistake in a rule")),
        person("late@example.com", || Ok(())),
    );
    good.unwrap();
    assert!(matches!(refused, Err(WriteError::Refused(_))));
    assert!(matches!(panicked, Err(WriteError::Store(StoreError::Panicked))));
    late.unwrap();
    let mut known: Vec<String> = people::list(&mut store.reader()).await.unwrap().into_iter().map(|p| p.email).collect();
    known.sort();
    assert_eq!(known, ["good@example.com", "late@example.com"]);
    assert_eq!(events::after(&mut store.reader(), 0, None, 100).await.unwrap().len(), 2);
});

on_both!(a_key_that_is_taken_is_told_apart_from_a_failure, |fresh| {
    let store = open(&fresh).await;
    write(&store, "a", Some("m-1"), "hello").await.unwrap();
    let again = write(&store, "a", Some("m-1"), "hello").await;
    assert!(matches!(again, Err(WriteError::Store(StoreError::Duplicate))), "{again:?}");
    // On PostgreSQL a failed statement must not poison the group it is in.
    let (one, two, three) =
        tokio::join!(write(&store, "b", Some("m-2"), "x"), write(&store, "b", Some("m-1"), "x"), write(&store, "b", Some("m-3"), "x"));
    assert!(one.is_ok() && two.is_err() && three.is_ok());
});

on_both!(readers_cannot_write, |fresh| {
    use hypercare_store::Query;
    let store = open(&fresh).await;
    assert!(store.reader().run("DELETE FROM event", vec![]).await.is_err());
});

on_both!(closing_finishes_what_was_accepted, |fresh| {
    let store = open(&fresh).await;
    let writes = join_all((0..50).map(|_| write(&store, "a", None, "hello")));
    let (results, ()) = tokio::join!(writes, async {
        tokio::task::yield_now().await;
        store.close().await;
    });
    let kept = results.iter().filter(|r| r.is_ok()).count();
    let again = open(&fresh).await;
    let opened = events::after(&mut again.reader(), 0, None, 1_000).await.unwrap();
    assert_eq!(opened.iter().filter(|l| l.kind == "conversation.opened").count(), kept, "acknowledged and kept must be the same");
});
