use crate::support::{TestApp, on_both};
use futures_util::FutureExt;
use hypercare_core::channel::Outbound;
use hypercare_core::{Channel, ConversationId, MessageId, Span};
use hypercare_server::outbox::{Undelivered, deliver_due};
use hypercare_store::queries::outbox;
use hypercare_store::{OutboxRow, StoreError};
use std::time::{Duration, Instant};

async fn queue(test: &TestApp, message: i64, to: &str) {
    let outbound = Outbound {
        channel: Channel::Email,
        conversation: ConversationId(7),
        message: MessageId(message),
        to: to.into(),
        subject: "Re: Invoice".into(),
        text: "Yes, this is expected.".into(),
        carries: vec![],
    };
    let row = OutboxRow {
        channel: Channel::Email,
        conversation: outbound.conversation,
        message: outbound.message,
        recipient: to.into(),
        body: serde_json::to_string(&outbound).unwrap(),
    };
    let now = test.now();
    let queued: Result<(), StoreError> = test.app.store.write(move |tx| async move { tx.enqueue(row, now).await }.boxed()).await;
    queued.unwrap();
}

pub async fn count(test: &TestApp, state: &str) -> i64 {
    let states = outbox::states(&mut test.app.reader()).await.unwrap();
    states.iter().find(|(name, _)| name == state).map_or(0, |(_, n)| *n)
}

fn later() -> Undelivered {
    Undelivered::Later("The mail server is away.".into())
}

#[tokio::test]
async fn what_is_due_is_sent_once() {
    on_both(async |test| {
        for n in 1..=10 {
            queue(test, n, "aiko@example.net").await;
        }
        assert_eq!(deliver_due(&test.app).await.unwrap(), 10);
        assert_eq!(deliver_due(&test.app).await.unwrap(), 0);
        let mut sent: Vec<i64> = test.post.sent().iter().map(|letter| letter.outbound.message.0).collect();
        sent.sort_unstable();
        assert_eq!(sent, (1..=10).collect::<Vec<_>>());
        assert_eq!((count(test, "pending").await, count(test, "sent").await), (0, 10));
    })
    .await;
}

#[tokio::test]
async fn two_nodes_send_once() {
    on_both(async |test| {
        for n in 1..=30 {
            queue(test, n, "aiko@example.net").await;
        }
        let (one, two) = tokio::join!(deliver_due(&test.app), deliver_due(&test.app));
        one.unwrap();
        two.unwrap();
        assert_eq!((test.post.attempts(), count(test, "sent").await), (30, 30));
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_fails_is_tried_again_with_growing_pauses() {
    on_both(async |test| {
        queue(test, 1, "aiko@example.net").await;
        test.post.fail(2, &later());
        deliver_due(&test.app).await.unwrap();
        assert_eq!(test.post.attempts(), 1);
        let next = outbox::next(&mut test.app.reader()).await.unwrap().unwrap();
        assert_eq!(next - test.now(), Span::secs(10));
        test.app.clock.advance(Span::secs(9));
        assert_eq!(deliver_due(&test.app).await.unwrap(), 0);
        test.app.clock.advance(Span::secs(1));
        deliver_due(&test.app).await.unwrap();
        assert_eq!(test.post.attempts(), 2);
        test.app.clock.advance(Span::mins(1));
        deliver_due(&test.app).await.unwrap();
        assert_eq!((test.post.sent().len(), count(test, "sent").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn after_seven_attempts_it_is_given_up_and_said_so() {
    on_both(async |test| {
        queue(test, 1, "aiko@example.net").await;
        test.post.fail(20, &later());
        test.forward(Span::hours(12)).await;
        assert_eq!((test.post.attempts(), count(test, "failed").await), (7, 1));
        let lines = hypercare_store::queries::events::of_subject(&mut test.app.reader(), "conversation", 7, 0, 10).await.unwrap();
        let sentences: Vec<String> = lines.iter().map(hypercare_server::events::sentence).collect();
        assert_eq!(sentences, ["A message could not be delivered: 7 attempts failed; the last one: The mail server is away."]);
    })
    .await;
}

#[tokio::test]
async fn what_can_never_work_fails_at_once() {
    on_both(async |test| {
        queue(test, 1, "aiko@example.net").await;
        test.post.fail(1, &Undelivered::Never("No such mailbox.".into()));
        deliver_due(&test.app).await.unwrap();
        assert_eq!((test.post.attempts(), count(test, "failed").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn one_that_fails_does_not_hold_the_others() {
    on_both(async |test| {
        test.post.fall_silent("silent@example.net");
        queue(test, 1, "silent@example.net").await;
        for n in 2..=20 {
            queue(test, n, "aiko@example.net").await;
        }
        let begun = Instant::now();
        deliver_due(&test.app).await.unwrap();
        assert_eq!(test.post.sent().len(), 19);
        assert!(begun.elapsed() < Duration::from_secs(10), "the engine waited {:?} for one receiver", begun.elapsed());
        assert_eq!(count(test, "pending").await, 1);
        test.post.hang_up();
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_node_had_taken_is_due_again() {
    on_both(async |test| {
        queue(test, 1, "aiko@example.net").await;
        let row = outbox::due(&mut test.app.reader(), test.now(), 1).await.unwrap().remove(0);
        let until = test.now() + Span::secs(60);
        let taken: Result<bool, StoreError> = test.app.store.write(move |tx| async move { outbox::claim(tx, &row, until).await }.boxed()).await;
        assert!(taken.unwrap());
        test.app.clock.advance(Span::secs(59));
        assert_eq!(deliver_due(&test.app).await.unwrap(), 0);
        test.app.clock.advance(Span::secs(1));
        assert_eq!(deliver_due(&test.app).await.unwrap(), 1);
        assert_eq!(count(test, "sent").await, 1);
    })
    .await;
}
