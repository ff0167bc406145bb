//! Whose people they are, with many of them; and that figures of accounts are read from their index.

use crate::support::{at, on_both, open};
use futures_util::FutureExt;
use hypercare_core::account::{Account, AccountCommand, Facts};
use hypercare_core::channel::{Channel, Sender};
use hypercare_core::{AccountId, Actor, ContactId, Stamp, WindowId};
use hypercare_store::queries::{accounts, affected, backlog, contacts, personal};
use hypercare_store::{Location, STATEMENTS, Store, WriteError};
use sqlx::{AssertSqlSafe, Row, SqlitePool};

fn stamp() -> Stamp {
    Stamp::new(Actor::system(), at(0))
}

async fn made(store: &Store, key: &str, domains: &[&str]) -> AccountId {
    let facts = Facts { name: format!("{key} Ltd"), domains: domains.iter().map(ToString::to_string).collect(), ..Facts::default() };
    let id: AccountId = store.new_id(at(0));
    run(store, id, AccountCommand::Create { id, key: key.to_owned(), facts: Box::new(facts) }).await;
    id
}

async fn run(store: &Store, id: AccountId, command: AccountCommand) {
    let done: Result<Account, WriteError> =
        store.write(move |tx| async move { tx.execute::<Account>(id, command, &stamp(), &()).await }.boxed()).await;
    done.unwrap();
}

async fn domains(store: &Store, id: AccountId, domains: &[&str]) {
    let facts = Facts { name: "Ltd".into(), domains: domains.iter().map(ToString::to_string).collect(), ..Facts::default() };
    run(store, id, AccountCommand::Change { revision: None, facts: Box::new(facts) }).await;
}

async fn writes(store: &Store, channel: Channel, email: &str) -> ContactId {
    let sender = Sender { key: email.to_owned(), email: Some(email.to_owned()), name: None };
    let found = store.write(move |tx| async move { contacts::resolve(tx, channel, &sender, at(0)).await.map_err(WriteError::from) }.boxed()).await;
    ContactId(found.unwrap().id)
}

async fn of(store: &Store, contact: ContactId) -> Option<(AccountId, String)> {
    accounts::of_contact(&mut store.reader(), contact).await.unwrap().map(|(account, how)| (account.id, how))
}

on_both!(rules_gather_and_let_go_and_hands_hold, |fresh| {
    let store = open(&fresh).await;
    let domain = |id| Some((id, "domain".to_owned()));
    let (ana, typed) = (writes(&store, Channel::Email, "Ana@A.example").await, writes(&store, Channel::Chat, "eve@a.example").await);
    let first = made(&store, "one", &["a.example"]).await;
    let second = made(&store, "two", &["b.example"]).await;
    let bo = writes(&store, Channel::Form, "bo@b.example").await;
    assert_eq!((of(&store, ana).await, of(&store, bo).await, of(&store, typed).await), (domain(first), domain(second), None));
    // A domain that goes from one account to another takes its people along.
    domains(&store, first, &[]).await;
    assert_eq!(of(&store, ana).await, None);
    domains(&store, second, &["a.example", "b.example"]).await;
    assert_eq!(of(&store, ana).await, domain(second));
    run(&store, first, AccountCommand::Join { contact: ana }).await;
    domains(&store, second, &[]).await;
    domains(&store, second, &["a.example"]).await;
    assert_eq!((of(&store, ana).await, of(&store, bo).await), (Some((first, "hand".into())), None));
    run(&store, first, AccountCommand::Leave { contact: ana }).await;
    domains(&store, second, &[]).await;
    domains(&store, second, &["a.example"]).await;
    assert_eq!(of(&store, ana).await, None, "who belongs to none by hand is not gathered");
    // Two accounts cannot have one domain, and one key is one account.
    let taken = Facts { name: "x".into(), domains: vec!["a.example".into()], ..Facts::default() };
    let id: AccountId = store.new_id(at(0));
    let command = AccountCommand::Create { id, key: "three".into(), facts: Box::new(taken) };
    let refused: Result<Account, WriteError> =
        store.write(move |tx| async move { tx.execute::<Account>(id, command, &stamp(), &()).await }.boxed()).await;
    assert!(refused.is_err());
    // Erased: the account keeps the number, the rule knows them no more.
    let cid = writes(&store, Channel::Email, "cid@a.example").await;
    assert_eq!(of(&store, cid).await, domain(second));
    let erased =
        store.write(move |tx| async move { personal::erase_contact(tx, cid, "Erased", "(erased)").await.map_err(WriteError::from) }.boxed()).await;
    erased.unwrap();
    domains(&store, second, &[]).await;
    assert_eq!(of(&store, cid).await, Some((second, "erased".into())));
    run(&store, second, AccountCommand::Remove).await;
    assert_eq!((of(&store, cid).await, accounts::how_many(&mut store.reader()).await.unwrap()), (None, 1));
    assert!(accounts::by_key(&mut store.reader(), "two").await.unwrap().is_none());
});

fn statement(module: &str, name: &str) -> &'static str {
    let all = STATEMENTS.iter().find(|(known, _)| *known == module).unwrap().1;
    all.iter().find(|(known, _)| *known == name).unwrap().1
}

/// How SQLite would read a statement.
async fn plan(pool: &SqlitePool, sql: &str) -> String {
    let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(pool).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn many_are_read_from_their_indexes() {
    let fresh = crate::support::sqlite().await;
    let store = open(&fresh).await;
    let Location::Directory(folder) = &fresh.location else { panic!("SQLite lies in a folder") };
    let file = folder.join("hypercare.db");
    let pool = SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    // 300 accounts with 20 people each, 30,000 conversations: every third about the change, half of all open.
    for sql in [
        "INSERT INTO hc_window (id, key, phase, go_live_at, created_at, doc) VALUES (1, 'w', 'active', 0, 0, '{}')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
            INSERT INTO account (id, key, name, folded, value_minor, currency, removed, created_at, doc) SELECT i, 'k' || i, 'n' || i, 'n', i, 'EUR', FALSE, 0, '{}' FROM n",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
            INSERT INTO contact (id, name, folded, created_at) SELECT i, 'c', 'c', 0 FROM n",
        "INSERT INTO account_contact (contact_id, account_id, how) SELECT id, 1 + id % 300, 'hand' FROM contact",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO conversation (id, channel, contact_id, window_id, subject, preview, status, handler, scope, severity, reassurance, corrected, tags, sort_key,
                breached, opened_at, last_message_at, resolved_at, messages, assistant_answers, doc)
            SELECT i, 'form', 1 + i % 6000, 1, '', '', CASE WHEN i % 2 = 0 THEN 'open' ELSE 'resolved' END, 'waiting', CASE WHEN i % 3 = 0 THEN 'in' ELSE 'out' END,
                'normal', FALSE, FALSE, '', i, FALSE, i, i, CASE WHEN i % 2 = 0 THEN NULL ELSE i END, 1, 0, '{}' FROM n",
        "ANALYZE",
    ] {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    let rows = affected::of_window(&mut store.reader(), WindowId(1), 1_000).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.conversations).sum::<i64>(), 10_000);
    assert_eq!(rows.iter().map(|row| row.open).sum::<i64>(), 5_000);
    assert_eq!(affected::of_window(&mut store.reader(), WindowId(1), 7).await.unwrap().len(), 7, "bounded");
    let open: i64 = backlog::by_age(&mut store.reader(), WindowId(1), [at(0); 4]).await.unwrap().iter().map(|cell| cell.open).sum();
    assert_eq!(open, 15_000);
    #[track_caller]
    fn check(plan: &str, index: &str) {
        assert!(plan.contains(index), "{index} is not used:\n{plan}");
    }
    check(&plan(&pool, statement("affected", "AFFECTED")).await, "COVERING INDEX conversation_affected");
    check(&plan(&pool, statement("backlog", "BY_AGE")).await, "conversation_backlog");
    check(&plan(&pool, statement("backlog", "BY_OWNER")).await, "conversation_backlog");
    let flow = plan(&pool, statement("backlog", "FLOW")).await;
    check(&flow, "conversation_left");
    check(&flow, "conversation_assistant");
    check(&plan(&pool, statement("conversations", "BY_RECENT_OF_ACCOUNT")).await, "account_contact_account");
    check(&plan(&pool, statement("accounts", "BY_KEY")).await, "account_key");
    check(&plan(&pool, statement("accounts", "PAGE")).await, "account_name");
    check(&plan(&pool, statement("accounts", "CONTACTS")).await, "account_contact_account");
    check(&plan(&pool, statement("accounts", "GATHER")).await, "sqlite_autoindex_contact_domain_1");
}
