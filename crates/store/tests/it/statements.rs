//! Every statement of the product, on both engines, before a user's request finds out.

use crate::support::{on_both, open};
use hypercare_store::STATEMENTS;

on_both!(every_statement_is_understood, |fresh| {
    let store = open(&fresh).await;
    let mut wrong = Vec::new();
    let mut count = 0;
    for (module, statements) in STATEMENTS {
        for (name, sql) in *statements {
            count += 1;
            if let Err(error) = store.prepare(sql).await {
                wrong.push(format!("{module}::{name}: {error}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 80, "only {count} statements are registered");
});

on_both!(opening_again_changes_nothing, |fresh| {
    let store = open(&fresh).await;
    crate::support::write(&store, "a", None, "hello").await.unwrap();
    let head = *store.head().borrow();
    store.close().await;
    let again = open(&fresh).await;
    assert_eq!(*again.head().borrow(), head);
    again.ping().await.unwrap();
});
