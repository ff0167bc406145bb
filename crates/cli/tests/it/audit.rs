//! `hypercare audit` on data that is what it was, and on data that is not.

use crate::support::Done;
use futures_util::FutureExt;
use hypercare_core::{Actor, Stamp, Timestamp};
use hypercare_store::{Location, Query, Store, StoreError};
use hypercare_test_support::temp_dir;
use serde_json::Value;

async fn tamper(location: &Location, sql: &'static str) {
    let store = Store::open(location).await.unwrap();
    let done: Result<u64, StoreError> = store.write(move |tx| async move { tx.run(sql, vec![]).await }.boxed()).await;
    assert!(done.unwrap() > 0, "{sql}");
    store.close().await;
}

/// Two events, as the program writes them.
async fn happens(location: &Location) {
    let store = Store::open(location).await.unwrap();
    for name in ["First", "Second"] {
        let stamp = Stamp::new(Actor::system(), Timestamp(1)).because(name);
        let done: Result<i64, StoreError> =
            store.write(move |tx| async move { tx.record("token.added", ("token", 1), None, &stamp, "{}".into()).await }.boxed()).await;
        done.unwrap();
    }
    store.close().await;
}

#[tokio::test]
async fn a_log_is_checked_and_what_was_noted_with_it() {
    let dir = temp_dir();
    let data = dir.path().display().to_string();
    let audit = |args: &[&str]| {
        let all: Vec<String> = ["audit", "--data", &data].iter().chain(args).map(|s| (*s).to_owned()).collect();
        async move { Done::of(&all.iter().map(String::as_str).collect::<Vec<_>>()).await }
    };
    audit(&["head"]).await.bad(1, &["nothing has happened yet"]);
    happens(&Location::Directory(dir.path().to_owned())).await;
    let head = audit(&["head"]).await.good().trim().to_owned();
    let said = audit(&["verify", "--head", &head]).await;
    assert!(said.good().contains("events are what they were.") && said.out.contains(&head), "{said:?}");
    let read: Value = serde_json::from_str(audit(&["verify", "--json"]).await.good()).unwrap();
    assert_eq!((&read["intact"], &read["head"]), (&true.into(), &head.into()));
    audit(&["verify", "--head", "1042:abc"]).await.bad(2, &["1042:abc", "64 hexadecimal digits"]);

    tamper(&Location::Directory(dir.path().to_owned()), "UPDATE event SET actor_name = 'Eve' WHERE seq = 1").await;
    let said = audit(&["verify"]).await;
    said.bad(1, &["the log is not what it was"]);
    assert!(said.out.contains("event 1: What stands there is not what was written"), "{said:?}");
    let said = audit(&["verify", "--json"]).await;
    said.bad(1, &[]);
    let read: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&read["intact"], &read["faults"][0]["seq"]), (&false.into(), &1.into()));
}
