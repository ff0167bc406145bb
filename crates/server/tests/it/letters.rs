//! Letters to colleagues arrive once, with patience, and what does not arrive is said.

use crate::support::{TestApp, on_both};
use futures_util::FutureExt;
use hypercare_core::Span;
use hypercare_server::letters;
use hypercare_server::outbox::Undelivered;
use hypercare_store::queries::letters::{self as stored, NewLetter, Receiver};
use hypercare_store::queries::{events, mail};
use hypercare_store::{StoreError, WriteError};

async fn queue(test: &TestApp, to: &str, key: &str) {
    let (to, key, now) = (Receiver::Address(to.into()), key.to_owned(), test.now());
    let letter = NewLetter { to, kind: "notices", key, subject: "The day".into(), text: "All is well.".into(), html: None };
    let queued: Result<_, StoreError> = test.app.store.write(move |tx| async move { stored::queue(tx, &letter, now).await }.boxed()).await;
    queued.unwrap();
}

async fn fates(test: &TestApp, key: &str) -> Vec<(String, i64)> {
    let all = stored::by_key(&mut test.app.reader(), key).await.unwrap();
    all.into_iter().map(|fate| (fate.state, fate.attempts)).collect()
}

fn arrived(test: &TestApp) -> Vec<String> {
    test.post.to_colleagues().into_iter().map(|mail| mail.to).collect()
}

fn later() -> Undelivered {
    Undelivered::Later("The mail server is away.".into())
}

#[tokio::test]
async fn each_receiver_of_a_letter_gets_it_once_whatever_is_repeated() {
    on_both(async |test| {
        for _ in 0..2 {
            for to in ["board@example.org", "Lead@example.org"] {
                queue(test, to, "day:monday").await;
            }
        }
        let other = test.another_node().await;
        let (one, two) = tokio::join!(letters::settle(&test.app), letters::settle(&other));
        one.unwrap();
        two.unwrap();
        let mut to = arrived(test);
        to.sort_unstable();
        assert_eq!(to, ["board@example.org", "lead@example.org"]);
        letters::settle(&test.app).await.unwrap();
        assert_eq!(test.post.to_colleagues().len(), 2);
        assert!(test.post.sent().is_empty(), "it is no customer's message");
        let mails = test.post.to_colleagues();
        assert_ne!(mails[0].message_id, mails[1].message_id);
        assert_eq!(mails[0].from.address, test.app.inboxes[0].address);
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_waited_for_and_then_given_up() {
    on_both(async |test| {
        test.post.fail_colleagues(2, &later());
        queue(test, "board@example.org", "comes").await;
        test.forward(Span::secs(69)).await;
        assert_eq!(fates(test, "comes").await, [("pending".to_owned(), 2)]);
        test.forward(Span::secs(1)).await;
        assert_eq!(fates(test, "comes").await, [("delivered".to_owned(), 3)]);
        test.post.fail_colleagues(20, &later());
        queue(test, "board@example.org", "never").await;
        test.forward(Span::hours(12)).await;
        assert_eq!(fates(test, "never").await, [("failed".to_owned(), 7)]);
        let lines = events::of_subject(&mut test.app.reader(), "letter", failed_id(test).await, 0, 10).await.unwrap();
        let sentences: Vec<String> = lines.iter().map(hypercare_server::events::sentence).collect();
        let why = "7 attempts failed; the last one: The mail server is away.";
        assert_eq!(sentences, [format!("The letter “The day” to a colleague could not be delivered: {why}")]);
    })
    .await;
}

async fn failed_id(test: &TestApp) -> i64 {
    stored::by_key(&mut test.app.reader(), "never").await.unwrap()[0].id
}

#[tokio::test]
async fn what_cannot_arrive_is_not_tried_again() {
    on_both(async |test| {
        test.post.fail_colleagues(1, &Undelivered::Never("No such mailbox.".into()));
        queue(test, "gone@example.org", "gone").await;
        letters::settle(&test.app).await.unwrap();
        assert_eq!(fates(test, "gone").await, [("failed".to_owned(), 1)]);
        let now = test.now();
        let refuse = test.app.store.write(move |tx| async move { mail::refuse(tx, "bounced@example.org", "No such user.", now).await }.boxed());
        let _: () = refuse.await.map_err(|e: StoreError| e).unwrap();
        queue(test, "bounced@example.org", "bounced").await;
        letters::settle(&test.app).await.unwrap();
        assert_eq!((fates(test, "bounced").await, arrived(test)), (vec![("failed".to_owned(), 1)], vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_node_had_taken_is_due_again() {
    on_both(async |test| {
        queue(test, "board@example.org", "day").await;
        let row = stored::due(&mut test.app.reader(), test.now(), 1).await.unwrap().remove(0);
        let until = test.now() + Span::secs(60);
        let taken: Result<bool, WriteError> =
            test.app.store.write(move |tx| async move { stored::claim(tx, &row, until).await.map_err(WriteError::from) }.boxed()).await;
        assert!(taken.unwrap());
        test.forward(Span::secs(59)).await;
        assert!(arrived(test).is_empty());
        test.forward(Span::secs(1)).await;
        assert_eq!(arrived(test), ["board@example.org"]);
        test.forward(Span::days(100)).await;
        assert_eq!(fates(test, "day").await, [("delivered".to_owned(), 2)], "nothing looks at it again until there is another letter");
    })
    .await;
}
