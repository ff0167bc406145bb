//! Several nodes on one PostgreSQL: numbers stay in order, ids never meet.

use crate::support::{open, postgres, sqlite, write};
use futures_util::future::join_all;
use hypercare_core::Timestamp;
use hypercare_store::queries::events;
use hypercare_store::{Location, Store};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_write_at_once_and_a_third_reads_every_event_in_order() {
    let fresh = postgres().await;
    let (one, two) = (open(&fresh).await, open(&fresh).await);
    let writes = (0..120).map(|i| {
        let node = if i % 2 == 0 { one.clone() } else { two.clone() };
        async move { write(&node, &format!("customer {i}"), None, "hello").await }
    });
    let reader = open(&fresh).await;
    let follow = async {
        let (mut seen, mut last) = (0, 0);
        while seen < 120 {
            for line in events::after(&mut reader.reader(), last, None, 50).await.unwrap() {
                assert_eq!(line.seq, last + 1, "an event became visible before an earlier one");
                last = line.seq;
                seen += usize::from(line.kind == "conversation.opened");
            }
        }
    };
    let (results, ()) = tokio::join!(join_all(writes), follow);
    let mut ids: Vec<i64> = results.into_iter().map(|r| r.unwrap().0).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 120);
}

#[tokio::test]
async fn ids_grow_across_a_restart_even_if_the_clock_went_back() {
    let fresh = sqlite().await;
    let store = open(&fresh).await;
    let late = store.new_id::<i64>(Timestamp::from_secs(1_900_000_000));
    write(&store, "a", None, "hello").await.unwrap();
    store.close().await;
    let again = open(&fresh).await;
    assert!(again.new_id::<i64>(Timestamp::from_secs(1_800_000_000)) > late);
}

#[tokio::test]
async fn an_unusable_place_is_named() {
    async fn check(location: Location, part: &str) {
        let error = Store::open(&location).await.unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
    check(Location::Directory("/dev/null/data".into()), "/dev/null/data").await;
    check(Location::Postgres("postgres://nobody@127.0.0.1:1/none".into()), "PostgreSQL database cannot be reached").await;
}
