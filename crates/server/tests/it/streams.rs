use crate::support::{Database, EventStream, TestApp, Wanted, on_both};
use futures_util::{FutureExt, StreamExt};
use hypercare_core::Actor;
use hypercare_core::role::Role;
use hypercare_server::App;
use hypercare_server::events::{self, Item};
use hypercare_store::StoreError;

/// Records `count` events in one transaction.
async fn happen(app: &App, count: usize) {
    let stamp = app.stamp(Actor::system());
    let written: Result<(), StoreError> = app
        .store
        .write(move |tx| {
            async move {
                for _ in 0..count {
                    tx.record("test.happened", ("test", 1), None, &stamp, "{}".into()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    written.unwrap();
}

async fn head(app: &App) -> i64 {
    hypercare_store::queries::events::newest(&mut app.reader()).await.unwrap().map_or(0, |(seq, _)| seq)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_comes_and_goes_misses_nothing_and_sees_nothing_twice() {
    on_both(async |test| {
        let mara = test.signed_in("Mara Lind", Role::Agent).await;
        let begin = head(&test.app).await;
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let app = test.app.clone();
                tokio::spawn(async move {
                    for n in 0..60 {
                        happen(&app, 1 + n % 3).await;
                    }
                })
            })
            .collect();
        let end = begin + 4 * 120;
        let mut last = begin;
        while last < end {
            let mut stream = EventStream::open(&mara, "/events/stream", Some(last)).await;
            for _ in 0..97 {
                if last == end {
                    break;
                }
                let received = stream.next().await.expect("the stream goes on");
                assert_eq!((received.id, received.event.as_str()), (Some(last + 1), "change"));
                last += 1;
            }
        }
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(head(&test.app).await, end);
    })
    .await;
}

#[tokio::test]
async fn without_a_number_only_the_future_comes() {
    on_both(async |test| {
        let mara = test.signed_in("Mara Lind", Role::Agent).await;
        let before = head(&test.app).await;
        let mut stream = EventStream::open(&mara, "/events/stream", None).await;
        happen(&test.app, 1).await;
        let received = stream.next().await.unwrap();
        assert_eq!(received.id, Some(before + 1));
        let change: serde_json::Value = serde_json::from_str(&received.data).unwrap();
        assert_eq!((&change["kind"], &change["subject_kind"], &change["subject_id"]), (&"test.happened".into(), &"test".into(), &"1".into()));
        // A number in the address does the same as the browser's header.
        let mut stream = EventStream::open(&mara, &format!("/events/stream?after={before}"), None).await;
        assert_eq!(stream.next().await.unwrap().id, Some(before + 1));
        mara.get("/events/stream?after=x").await.problem_at(422, "after");
        test.stranger().get("/events/stream").await.problem(401);
    })
    .await;
}

#[tokio::test]
async fn who_is_too_far_behind_reads_anew() {
    on_both(async |test| {
        let mara = test.signed_in("Mara Lind", Role::Agent).await;
        happen(&test.app, 5_001).await;
        let newest = head(&test.app).await;
        let mut stream = EventStream::open(&mara, "/events/stream", Some(newest - 5_001)).await;
        let received = stream.next().await.unwrap();
        assert_eq!((received.id, received.event.as_str()), (Some(newest), "reload"));
        happen(&test.app, 1).await;
        assert_eq!(stream.next().await.unwrap().id, Some(newest + 1));
        let mut stream = EventStream::open(&mara, "/events/stream", Some(newest - 4_999)).await;
        assert_eq!(stream.next().await.unwrap().id, Some(newest - 4_998));
        // A number that this database never gave out comes from another one.
        let mut stream = EventStream::open(&mara, "/events/stream", Some(newest + 1_000)).await;
        assert_eq!(stream.next().await.unwrap().event, "reload");
    })
    .await;
}

#[tokio::test]
async fn a_slow_reader_reads_from_the_table_what_it_missed() {
    on_both(async |test| {
        // The follower must be at its place before anything happens.
        test.stranger().get("/healthz").await.good();
        let begin = head(&test.app).await;
        let mut stream = Box::pin(events::watch(&test.app, None).await.unwrap());
        for _ in 0..9 {
            happen(&test.app, 1_000).await;
        }
        for expected in begin + 1..=begin + 9_000 {
            match stream.next().await {
                Some(Item::Change(line)) => assert_eq!(line.seq, expected),
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn events_of_other_nodes_arrive() {
    let test = TestApp::start(Database::Postgres, Wanted::default()).await;
    let mara = test.signed_in("Mara Lind", Role::Agent).await;
    let mut stream = EventStream::open(&mara, "/events/stream", None).await;
    let other = test.another_node().await;
    happen(&other, 1).await;
    happen(&test.app, 1).await;
    let (one, two) = (stream.next().await.unwrap(), stream.next().await.unwrap());
    assert_eq!(one.id.unwrap() + 1, two.id.unwrap());
    other.store.close().await;
    test.stop().await;
}

#[tokio::test]
async fn streams_end_with_the_server() {
    for database in [Database::Sqlite, Database::Postgres] {
        let test = TestApp::start(database, Wanted { engine: true, ..Wanted::default() }).await;
        let mara = test.signed_in("Mara Lind", Role::Agent).await;
        let mut stream = EventStream::open(&mara, "/events/stream", None).await;
        let begun = std::time::Instant::now();
        test.stop().await;
        assert_eq!(stream.next().await, None);
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
