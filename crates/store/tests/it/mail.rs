//! Mails as they came: once for each inbox, claimed by one, held and taken up again.

use crate::support::{at, on_both, open};
use futures_util::FutureExt;
use hypercare_core::{ConversationId, MessageId};
use hypercare_store::queries::mail::{self, New};
use hypercare_store::{Store, WriteError};

fn new(inbox: &str, identity: &str, words: &str) -> New {
    New {
        inbox: inbox.into(),
        identity: identity.into(),
        content_hash: format!("{words:0>64}"),
        source: "lmtp".into(),
        envelope_from: String::new(),
        envelope_to: String::new(),
        sender: "Ada <ada@example.com>".into(),
        subject: "Invoice".into(),
        held: None,
        bytes: vec![0, 255, b'\n', 0],
        size: 4,
    }
}

/// One change, as the writer makes it.
macro_rules! write {
    ($store:expr, |$tx:ident| $change:expr) => {
        $store.write(move |$tx| async move { Ok::<_, WriteError>($change?) }.boxed()).await.unwrap()
    };
}

async fn keep(store: &Store, new: New) -> Option<i64> {
    write!(store, |tx| mail::keep(tx, new, at(0)).await)
}

on_both!(a_mail_is_kept_once_for_each_inbox_and_another_under_its_id_too, |fresh| {
    let store = open(&fresh).await;
    let first = keep(&store, new("help@x", "1@y", "a")).await.expect("it is new");
    assert_eq!(keep(&store, new("help@x", "1@y", "a")).await, None);
    assert!(keep(&store, new("sales@x", "1@y", "a")).await.is_some());
    let other = keep(&store, new("help@x", "1@y", "b")).await.expect("other words are another mail");
    assert_eq!(keep(&store, new("help@x", "1@y", "b")).await, None);
    let mut reader = store.reader();
    assert_eq!(mail::source(&mut reader, first).await.unwrap(), Some(vec![0, 255, b'\n', 0]), "to the byte");
    assert_ne!(mail::one(&mut reader, other).await.unwrap().unwrap().identity, "1@y");
});

on_both!(a_mail_is_claimed_by_one_and_what_was_decided_stays, |fresh| {
    let store = open(&fresh).await;
    let id = keep(&store, new("help@x", "1@y", "a")).await.unwrap();
    let claim = async || write!(store, |tx| mail::claim(tx, id, 0, at(60)).await);
    let (one, two) = tokio::join!(claim(), claim());
    assert!(one != two, "two nodes may not both have it");
    assert!(mail::due(&mut store.reader(), at(1), 9).await.unwrap().is_empty());
    assert_eq!(mail::due(&mut store.reader(), at(60), 9).await.unwrap(), [(id, 1)], "the lease ends");
    write!(store, |tx| mail::hold(tx, id, "circle", "It goes in a circle.").await);
    assert_eq!((mail::held(&mut store.reader()).await.unwrap(), mail::next(&mut store.reader()).await.unwrap()), (1, None));
    let again = async || write!(store, |tx| mail::retry(tx, id, Some("as_message"), "Mara", at(5)).await);
    assert!(again().await && !again().await, "once");
    write!(store, |tx| mail::taken(tx, id, ConversationId(7), MessageId(8)).await);
    let row = mail::one(&mut store.reader(), id).await.unwrap().unwrap();
    assert_eq!((row.state.as_str(), row.conversation_id, row.decided_by.as_deref()), ("taken", Some(7), Some("Mara")));
    assert_eq!(mail::thread(&mut store.reader(), "help@x", "1@y").await.unwrap(), Some(ConversationId(7)));
    assert_eq!(mail::thread(&mut store.reader(), "sales@x", "1@y").await.unwrap(), None);
    assert_eq!(mail::inbox_of(&mut store.reader(), ConversationId(7)).await.unwrap().as_deref(), Some("help@x"));
});

on_both!(a_mailbox_has_one_reader_at_a_time, |fresh| {
    let store = open(&fresh).await;
    let lease = async |node: &'static str, now: i64| write!(store, |tx| mail::lease(tx, "m", node, at(now + 60), at(now)).await);
    assert!(lease("one", 0).await && !lease("two", 30).await && lease("one", 50).await && !lease("two", 100).await && lease("two", 110).await);
    write!(store, |tx| mail::release(tx, "m", "one").await);
    assert!(!lease("one", 120).await, "only who has it can give it back");
    write!(store, |tx| mail::release(tx, "m", "two").await);
    assert!(lease("one", 120).await);
    write!(store, |tx| mail::read_up_to(tx, "m", 3, 17).await);
    write!(store, |tx| mail::unreadable(tx, "m", "no answer", at(1)).await);
    write!(store, |tx| mail::unreadable(tx, "m", "refused", at(2)).await);
    let known = mail::mailbox(&mut store.reader(), "m").await.unwrap().unwrap();
    assert_eq!((known.validity, known.next_uid, known.error.as_deref(), known.error_since), (3, 17, Some("refused"), Some(at(1).0)));
    let secret = async |fresh: &'static str| write!(store, |tx| mail::secret(tx, "mail", fresh).await);
    assert_eq!((secret("a").await, secret("b").await), ("a".into(), "a".into()), "made once");
});
