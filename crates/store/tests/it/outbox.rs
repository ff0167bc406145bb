//! The outbox: queued once, claimed by one, tried again.

use crate::support::{at, on_both, open};
use futures_util::FutureExt;
use hypercare_core::{Channel, ConversationId, MessageId, Span};
use hypercare_store::queries::outbox;
use hypercare_store::{OutboxRow, Store, WriteError};

async fn queue(store: &Store, message: i64) {
    store
        .write(move |tx| {
            async move {
                let row = OutboxRow {
                    channel: Channel::Email,
                    conversation: ConversationId(1),
                    message: MessageId(message),
                    recipient: "ada@example.com".into(),
                    body: "{}".into(),
                };
                tx.enqueue(row, at(0)).await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await
        .unwrap();
}

on_both!(the_same_message_is_queued_once_and_claimed_once, |fresh| {
    let store = open(&fresh).await;
    queue(&store, 1).await;
    queue(&store, 1).await;
    queue(&store, 2).await;
    let due = outbox::due(&mut store.reader(), at(0), 10).await.unwrap();
    assert_eq!(due.len(), 2);
    let claim = |row: outbox::Pending| store.write(move |tx| async move { outbox::claim(tx, &row, at(60)).await.map_err(WriteError::from) }.boxed());
    let (first, second) = tokio::join!(claim(due[0].clone()), claim(due[0].clone()));
    assert_ne!(first.unwrap(), second.unwrap(), "two workers may not both have it");
    let left = outbox::due(&mut store.reader(), at(1), 10).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(outbox::due(&mut store.reader(), at(60), 10).await.unwrap().len(), 2, "the lease ends");
});

on_both!(what_was_sent_or_failed_is_not_due_again, |fresh| {
    let store = open(&fresh).await;
    for message in 1..=3 {
        queue(&store, message).await;
    }
    let ids: Vec<i64> = outbox::due(&mut store.reader(), at(0), 10).await.unwrap().iter().map(|r| r.id).collect();
    let (sent, failed, later) = (ids[0], ids[1], ids[2]);
    store
        .write(move |tx| {
            async move {
                outbox::sent(tx, sent, at(1)).await?;
                outbox::failed(tx, failed, "no such mailbox").await?;
                outbox::retry(tx, later, at(1) + Span::mins(5), "greylisted").await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await
        .unwrap();
    let mut reader = store.reader();
    assert!(outbox::due(&mut reader, at(100), 10).await.unwrap().is_empty());
    assert_eq!(outbox::next(&mut reader).await.unwrap(), Some(at(1) + Span::mins(5)));
    let mut states = outbox::states(&mut reader).await.unwrap();
    states.sort();
    assert_eq!(states, [("failed".into(), 1), ("pending".into(), 1), ("sent".into(), 1)]);
    assert_eq!(outbox::of_conversation(&mut reader, ConversationId(1)).await.unwrap(), (1, 1));
});
