//! Letters to colleagues: queued once by key, claimed by one, tried again, forgotten.

use crate::support::{at, on_both, open};
use futures_util::FutureExt;
use hypercare_core::{Span, UserId};
use hypercare_store::queries::letters::{self, NewLetter, Receiver};
use hypercare_store::queries::outbox;
use hypercare_store::{Query, Store, WriteError};

fn brief(to: Receiver, key: &str) -> NewLetter {
    NewLetter { to, kind: "brief", key: key.into(), subject: "The day".into(), text: "All is well.".into(), html: Some("<p>All is well.</p>".into()) }
}

async fn queue(store: &Store, letter: NewLetter) -> bool {
    let queued = store.write(move |tx| async move { letters::queue(tx, &letter, at(0)).await.map_err(WriteError::from) }.boxed()).await;
    queued.unwrap().is_some()
}

on_both!(a_key_reaches_each_receiver_once, |fresh| {
    let store = open(&fresh).await;
    let list = || Receiver::Address("Board@Example.org ".into());
    let mara = || Receiver::Person { id: UserId(1), email: "mara@example.org".into() };
    assert!(queue(&store, brief(list(), "brief:1")).await);
    assert!(!queue(&store, brief(Receiver::Address("board@example.org".into()), "brief:1")).await, "the same address in other letters");
    assert!(queue(&store, brief(mara(), "brief:1")).await, "another receiver of the same");
    assert!(queue(&store, brief(list(), "brief:2")).await, "the next day");
    assert!(queue(&store, brief(Receiver::Way { user: UserId(1), way: 7 }, "brief:1")).await);
    let fates = letters::by_key(&mut store.reader(), "brief:1").await.unwrap();
    let to: Vec<(&str, Option<i64>)> = fates.iter().map(|f| (f.recipient.as_str(), f.way_id)).collect();
    assert_eq!(to, [("board@example.org", None), ("mara@example.org", None), ("way:7", Some(7))]);
});

on_both!(a_letter_is_claimed_once_and_ends_once, |fresh| {
    let store = open(&fresh).await;
    queue(&store, brief(Receiver::Address("a@example.org".into()), "k")).await;
    let row = letters::due(&mut store.reader(), at(0), 10).await.unwrap().remove(0);
    let claim =
        |row: letters::Pending| store.write(move |tx| async move { letters::claim(tx, &row, at(60)).await.map_err(WriteError::from) }.boxed());
    let (first, second) = tokio::join!(claim(row.clone()), claim(row.clone()));
    assert_ne!(first.unwrap(), second.unwrap(), "two nodes may not both have it");
    assert_eq!(letters::next(&mut store.reader(), at(0)).await.unwrap(), Some(at(60)));
    let mine = letters::Pending { attempts: 1, ..row.clone() };
    let done: Result<_, WriteError> = store
        .write(move |tx| {
            async move {
                // What an attempt before this one came to counts nothing any more.
                let stale = letters::delivered(tx, &row, at(1)).await?;
                let kept = letters::retry(tx, &mine, at(1) + Span::mins(1), "greylisted").await?;
                let again = letters::Pending { attempts: 2, ..mine.clone() };
                let claimed = letters::claim(tx, &mine, at(200)).await?;
                let delivered = letters::delivered(tx, &again, at(2)).await?;
                let twice = letters::failed(tx, &again, at(3), "late").await?;
                Ok((stale, kept, claimed, delivered, twice))
            }
            .boxed()
        })
        .await;
    assert_eq!(done.unwrap(), (false, true, true, true, false));
    let mut reader = store.reader();
    assert_eq!(letters::states(&mut reader).await.unwrap(), [("delivered".to_owned(), 1)]);
    let words = letters::words(&mut reader, 0, 10).await.unwrap().remove(0);
    assert_eq!((words.subject.as_str(), words.text.as_str(), words.html), ("The day", "", None), "what is over says nothing any more");
});

on_both!(only_what_is_over_is_forgotten, |fresh| {
    let store = open(&fresh).await;
    queue(&store, brief(Receiver::Address("a@example.org".into()), "over")).await;
    let row = letters::due(&mut store.reader(), at(0), 10).await.unwrap().remove(0);
    queue(&store, brief(Receiver::Address("a@example.org".into()), "waits")).await;
    let gone: Result<_, WriteError> = store
        .write(move |tx| {
            async move {
                letters::claim(tx, &row, at(60)).await?;
                letters::delivered(tx, &letters::Pending { attempts: 1, ..row }, at(1)).await?;
                Ok((letters::expire(tx, at(0)).await?, letters::expire(tx, at(1)).await?))
            }
            .boxed()
        })
        .await;
    assert_eq!(gone.unwrap(), (0, 1));
    assert_eq!(letters::due(&mut store.reader(), at(0), 10).await.unwrap().len(), 1);
});

on_both!(what_waited_as_a_brief_in_the_outbox_comes_as_a_letter, |fresh| {
    let store = open(&fresh).await;
    let back: Result<(), WriteError> = store
        .write(|tx| {
            async move {
                for (id, channel, state) in [(1, "brief", "pending"), (2, "brief", "sent"), (3, "email", "pending")] {
                    let row = format!(
                        "INSERT INTO outbox (id, channel, conversation_id, message_id, recipient, body, state, attempts, due_at, created_at)
                        VALUES ({id}, '{channel}', 0, {id}, 'Board@example.org', '{{\"review\":\"70{id}\",\"kind\":\"morning\"}}', '{state}', 2, 77, 5)"
                    );
                    tx.run(row.leak(), vec![]).await?;
                }
                tx.run("ALTER TABLE notice DROP COLUMN account_id", vec![]).await?;
                tx.run("DELETE FROM migration WHERE version = 33", vec![]).await?;
                Ok(())
            }
            .boxed()
        })
        .await;
    back.unwrap();
    store.close().await;
    let again = open(&fresh).await;
    let fate = letters::by_key(&mut again.reader(), "brief:701:morning").await.unwrap().remove(0);
    assert_eq!((fate.recipient.as_str(), fate.state.as_str(), fate.attempts, fate.due_at), ("board@example.org", "pending", 2, 77));
    assert_eq!(letters::states(&mut again.reader()).await.unwrap(), [("pending".to_owned(), 1)]);
    assert_eq!(outbox::states(&mut again.reader()).await.unwrap(), [("pending".to_owned(), 1)], "what goes to customers stays");
});
