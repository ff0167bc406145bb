//! The event log as a chain: what is done past the program shows, and what an erasure does does not.

use crate::support::{at, on_both, open, stamp, write};
use futures_util::FutureExt;
use hypercare_store::queries::chain::{self, Verdict};
use hypercare_store::queries::{events, personal};
use hypercare_store::{Query, Store, StoreError, WriteError};
use serde_json::json;

async fn verify(store: &Store) -> Verdict {
    chain::verify(&mut store.reader(), &[]).await.unwrap()
}

/// Does something to the database that the program would not do.
async fn tamper(store: &Store, sql: &'static str) {
    let done: Result<u64, StoreError> = store.write(move |tx| async move { tx.run(sql, vec![]).await }.boxed()).await;
    assert!(done.unwrap() > 0, "{sql} changed nothing");
}

/// A log of some length.
async fn written(store: &Store) -> i64 {
    for n in 0..6 {
        write(store, if n % 2 == 0 { "even" } else { "odd" }, None, "hello").await.unwrap();
    }
    *store.head().borrow()
}

/// An event loses words, by an erasure that says so.
async fn erase(store: &Store, seqs: &'static [i64]) {
    let done: Result<(), WriteError> = store
        .write(move |tx| {
            async move {
                for seq in seqs {
                    personal::event_set(tx, *seq, "Erased", None, "{}").await?;
                }
                tx.record_erasure(("contact", 1), &stamp(5), json!({ "conversations": 1 })).await?;
                Ok(())
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

on_both!(an_untouched_log_is_what_it_was, |fresh| {
    let store = open(&fresh).await;
    let empty = verify(&store).await;
    assert_eq!((empty.events, empty.faults.len(), empty.head.link.clone()), (0, 0, None));
    let last = written(&store).await;
    // A change that is refused leaves no gap and no link.
    let refused: Result<(), WriteError> = store
        .write(|tx| {
            async move {
                tx.record("person.added", ("person", 1), None, &stamp(1), "{}".into()).await?;
                Err(hypercare_core::Refusal::conflict("no").into())
            }
            .boxed()
        })
        .await;
    assert!(refused.is_err());
    let nul = hypercare_core::Stamp::new(hypercare_core::Actor::customer("A\0da"), at(2)).because("be\0cause");
    let kept: Result<i64, StoreError> =
        store.write(move |tx| async move { tx.record("person.added", ("person", 1), None, &nul, "{\"a\":\"é漢😀\"}".into()).await }.boxed()).await;
    kept.unwrap();
    let verdict = verify(&store).await;
    assert_eq!((verdict.events, verdict.faults, verdict.head.seq), (last + 1, vec![], last + 1));
    // After a start it goes on where it was.
    store.close().await;
    let store = open(&fresh).await;
    write(&store, "even", None, "hello again").await.unwrap();
    assert_eq!(verify(&store).await.faults, vec![]);
});

on_both!(what_an_erasure_changes_is_told_by_the_log, |fresh| {
    let store = open(&fresh).await;
    written(&store).await;
    let before = verify(&store).await.head;
    erase(&store, &[2, 4]).await;
    // Two erasures may reach the same event.
    erase(&store, &[4, 5]).await;
    erase(&store, &[]).await;
    let noted = [(before.seq, before.link.unwrap())];
    let verdict = chain::verify(&mut store.reader(), &noted).await.unwrap();
    assert_eq!((verdict.faults, verdict.erased), (vec![], 3), "what was noted before the erasure still holds");
    let told = events::by_seq(&mut store.reader(), verdict.head.seq).await.unwrap().unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&told.body).unwrap()["log"].as_str().unwrap().len(), 64);
});

/// What is done to the log, at which event it shows, and in which words.
macro_rules! shows {
    ($name:ident, $sql:expr, $seq:expr, $words:expr) => {
        on_both!($name, |fresh| {
            let store = open(&fresh).await;
            written(&store).await;
            erase(&store, &[2]).await;
            tamper(&store, $sql).await;
            let faults = verify(&store).await.faults;
            let found = faults.iter().find(|fault| fault.what.contains($words));
            assert_eq!(found.map(|fault| fault.seq), Some($seq), "{faults:?}");
        });
    };
}

shows!(a_changed_text, "UPDATE event SET body = '{}' WHERE seq = 3", 3, "not what was written");
shows!(another_actor, "UPDATE event SET actor_name = 'Eve' WHERE seq = 3", 3, "not what was written");
shows!(another_reason, "UPDATE event SET reason = 'Because' WHERE seq = 3", 3, "not what was written");
shows!(another_time, "UPDATE event SET at = at + 1 WHERE seq = 3", 3, "not what was written");
shows!(another_seal, "UPDATE event SET seal = (SELECT o.seal FROM event o WHERE o.seq = 4) WHERE seq = 3", 3, "does not follow");
shows!(a_seal_taken_away, "UPDATE event SET seal = NULL WHERE seq = 3", 3, "no seal");
shows!(one_left_out, "DELETE FROM event WHERE seq = 3", 3, "Event 3 is missing.");
shows!(several_left_out, "DELETE FROM event WHERE seq IN (3, 4, 5)", 3, "Events 3 to 5 are missing.");
shows!(the_beginning_left_out, "DELETE FROM event WHERE seq = 1", 1, "Event 1 is missing.");
shows!(an_erased_event_changed_again, "UPDATE event SET body = '{ }' WHERE seq = 2", 2, "not what the erasure");
// The next number is the writer's: what stands there already shows at once, because nothing can be written any more.
on_both!(one_put_in_at_the_end, |fresh| {
    let store = open(&fresh).await;
    written(&store).await;
    tamper(
        &store,
        "INSERT INTO event (seq, at, kind, subject_kind, subject_id, actor_kind, actor_name, body)
            SELECT seq + 1, at, kind, subject_kind, subject_id, actor_kind, actor_name, body FROM event WHERE seq = (SELECT seq FROM event_head)",
    )
    .await;
    assert!(write(&store, "even", None, "more").await.is_err());
});

on_both!(the_end_taken_away, |fresh| {
    let store = open(&fresh).await;
    let last = written(&store).await;
    tamper(&store, "DELETE FROM event WHERE seq = (SELECT seq FROM event_head)").await;
    assert_eq!(verify(&store).await.faults[0].what, format!("Event {last} is missing."));
    // And the head with it: the link does not fit any more.
    tamper(&store, "UPDATE event_head SET seq = seq - 1").await;
    assert!(verify(&store).await.faults[0].what.contains("The end of the log is not the one"));
});

on_both!(an_erasure_that_was_made_up, |fresh| {
    let store = open(&fresh).await;
    written(&store).await;
    tamper(&store, "UPDATE event SET body = '{}' WHERE seq = 3").await;
    tamper(&store, "INSERT INTO event_erased (by_seq, seq, seal) SELECT 5, 3, seal FROM event WHERE seq = 3").await;
    let faults = verify(&store).await.faults;
    assert!(faults.iter().any(|f| f.seq == 3 && f.what.contains("not what the erasure of event 5 left")), "{faults:?}");
    assert!(faults.iter().any(|f| f.what.contains("name an erasure that is not in the log")), "{faults:?}");
    erase(&store, &[4]).await;
    tamper(&store, "INSERT INTO event_erased (by_seq, seq, seal) SELECT (SELECT seq FROM event_head), 3, seal FROM event WHERE seq = 3").await;
    let faults = verify(&store).await.faults;
    assert!(faults.iter().any(|f| f.what.contains("not the ones that it named")), "{faults:?}");
});

on_both!(what_was_noted_shows_a_log_that_was_made_anew, |fresh| {
    let store = open(&fresh).await;
    let last = written(&store).await;
    let check = async |seq: i64, link: &str, words: Option<&str>| {
        let faults = chain::verify(&mut store.reader(), &[(seq, link.to_owned())]).await.unwrap().faults;
        match words {
            None => assert_eq!(faults, vec![]),
            Some(words) => assert!(faults.iter().any(|f| f.seq == seq && f.what.contains(words)), "{faults:?}"),
        }
    };
    let head = chain::head(&mut store.reader()).await.unwrap();
    let link = head.link.unwrap();
    write(&store, "even", None, "more").await.unwrap();
    check(last, &link, None).await;
    check(last, &"0".repeat(64), Some("is not the one that was noted")).await;
    check(last - 1, &link, Some("is not the one that was noted")).await;
    check(last + 100, &link, Some("the log ends at")).await;
});

on_both!(what_is_from_before_the_chain_is_said_to_be, |fresh| {
    let store = open(&fresh).await;
    let last = written(&store).await;
    // As a migration leaves it: the events are there, and links begin after them.
    tamper(&store, "UPDATE event SET salt = NULL, seal = NULL, link = NULL").await;
    tamper(&store, "UPDATE event_head SET link = NULL, chained_after = seq").await;
    store.close().await;
    let store = open(&fresh).await;
    write(&store, "even", None, "hello").await.unwrap();
    let verdict = verify(&store).await;
    assert_eq!((verdict.faults.clone(), verdict.head.chained_after), (vec![], last));
    assert!(verdict.events > 0);
    let noted = chain::verify(&mut store.reader(), &[(1, "0".repeat(64))]).await.unwrap();
    assert!(noted.faults[0].what.contains("links begin after"), "{:?}", noted.faults);
});
