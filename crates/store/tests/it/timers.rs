//! What is promised has changed: every open conversation is put on the list, in pieces, each once.

use crate::support::{at, on_both, open, stamp, write};
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation, Env, Status};
use hypercare_core::{ConversationId, WindowId};
use hypercare_store::queries::timers::{self, Due};
use hypercare_store::{Store, WriteError};

const WINDOW: WindowId = WindowId(1);

async fn due(store: &Store) -> (Vec<i64>, Vec<Due>) {
    let all = timers::due(&mut store.reader(), at(1_000), 1_000).await.unwrap();
    let (walk, found): (Vec<Due>, Vec<Due>) = all.into_iter().partition(timers::is_recheck);
    let mut found: Vec<i64> = found.into_iter().filter(|d| d.subject_kind == "conversation" && d.key == "recheck").map(|d| d.subject_id).collect();
    found.sort_unstable();
    (found, walk)
}

async fn recheck(store: &Store) {
    let begun: Result<(), WriteError> =
        store.write(|tx| async move { timers::recheck(tx, WINDOW, at(1_000)).await.map_err(WriteError::from) }.boxed()).await;
    begun.unwrap();
}

/// One piece of five, as the engine does it; the end takes the due time off the list.
async fn piece(store: &Store, one: &Due) -> usize {
    let piece = timers::recheck_next(&mut store.reader(), one, 5).await.unwrap();
    let (one, count) = (one.clone(), piece.len());
    let kept: Result<(), WriteError> = store
        .write(move |tx| {
            async move {
                timers::recheck_piece(tx, &one, &piece).await?;
                timers::finish(tx, &one).await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await;
    kept.unwrap();
    count
}

on_both!(every_open_conversation_is_looked_at_once, |fresh| {
    let store = open(&fresh).await;
    let mut expected = vec![];
    for i in 0..17 {
        let id: ConversationId = write(&store, &format!("customer {i}"), None, "help").await.unwrap();
        if i % 6 == 5 {
            let settled: Result<Conversation, WriteError> = store
                .write(move |tx| {
                    async move { tx.execute::<Conversation>(id, Command::SetStatus { to: Status::Resolved }, &stamp(1), &Env::default()).await }
                        .boxed()
                })
                .await;
            settled.unwrap();
        } else {
            expected.push(id.0);
        }
    }
    recheck(&store).await;
    let (found, walk) = due(&store).await;
    assert_eq!((found.len(), walk.len()), (0, 1), "one row until the engine comes");
    assert_eq!(piece(&store, &walk[0]).await, 5);
    assert_eq!(due(&store).await.0, expected[..5]);

    // A node that was stopped in the middle begins where it was; one that comes late with the same piece changes nothing.
    store.close().await;
    let store = open(&fresh).await;
    let (found, second) = due(&store).await;
    assert_eq!((found.len(), second.len()), (5, 1));
    piece(&store, &walk[0]).await;
    assert_eq!(due(&store).await.0, expected[..5]);
    piece(&store, &second[0]).await;
    piece(&store, &second[0]).await;
    assert_eq!(due(&store).await.0, expected[..10]);

    // Another plan begins anew beside it, and both come to their end.
    recheck(&store).await;
    let mut pieces = 0;
    while let Some(one) = due(&store).await.1.first() {
        piece(&store, one).await;
        pieces += 1;
        assert!(pieces < 20, "it never ends");
    }
    assert_eq!(due(&store).await.0, expected);
});
