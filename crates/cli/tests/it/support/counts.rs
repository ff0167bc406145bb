//! What the database holds, asked in SQL and not through the product.

use super::messages::Messages;
use hypercare_core::Timestamp;
use hypercare_store::{Location, Query, Store};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the database holds.
pub struct Counts {
    store: Store,
}

impl Counts {
    pub async fn of(location: &Location) -> Self {
        Self { store: Store::open(location).await.unwrap() }
    }

    async fn one(&self, sql: &'static str) -> i64 {
        self.store.reader().one::<(i64,)>(sql, vec![]).await.unwrap().0
    }

    /// The summary of a replay of `sent` messages, as the tables have it.
    pub async fn summary(&self, sent: usize) -> Value {
        let stored = self.one("SELECT COUNT(*) FROM message WHERE author = 'customer'").await;
        json!({
            "sent": sent,
            "accepted": stored,
            "stored": stored,
            "in_scope": self.one("SELECT COUNT(*) FROM conversation WHERE scope = 'in'").await,
            "answered": self.one("SELECT COUNT(DISTINCT conversation_id) FROM message WHERE author = 'assistant' AND answer_id IS NOT NULL").await,
            "asked": self.one("SELECT COUNT(*) FROM conversation c WHERE c.handler = 'assistant' AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.answer_id IS NOT NULL)").await,
            "linked": self.one("SELECT COUNT(*) FROM conversation WHERE issue_id IS NOT NULL").await,
            "handed_over": self.one("SELECT COUNT(*) FROM conversation WHERE handler <> 'assistant'").await,
            "errors": 0,
        })
    }

    /// Every line that was sent is there once, word for word, alone in a conversation that was triaged with reasons.
    pub async fn every_message_once(&self, messages: &Messages) {
        let rows: Vec<(String, String, i64)> =
            self.store.reader().all("SELECT external_id, text, conversation_id FROM message WHERE author = 'customer'", vec![]).await.unwrap();
        assert_eq!(rows.len(), messages.texts.len(), "customers' messages");
        let mut found = BTreeMap::new();
        for (external, text, conversation) in &rows {
            let number: usize = external.split(':').nth(1).unwrap().parse().unwrap();
            assert_eq!(text, &messages.texts[number], "line {number}");
            assert!(found.insert(number, *conversation).is_none(), "line {number} is there twice");
        }
        let docs: Vec<(i64, i64, String)> = self.store.reader().all("SELECT id, messages, doc FROM conversation", vec![]).await.unwrap();
        assert_eq!(docs.len(), rows.len(), "conversations");
        for (id, _, doc) in &docs {
            let doc: Value = serde_json::from_str(doc).unwrap();
            assert!(doc["triage"]["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()), "conversation {id} has no reasons: {doc}");
        }
        let mut conversations: Vec<i64> = found.into_values().collect();
        conversations.sort_unstable();
        conversations.dedup();
        assert_eq!(conversations.len(), rows.len(), "one message of a customer in each conversation");
    }

    /// Events are numbered from 1 without a gap, and the head is the last of them.
    pub async fn no_gap_in_events(&self) {
        let of = "SELECT COUNT(*), COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM event";
        let (count, first, last): (i64, i64, i64) = self.store.reader().one(of, vec![]).await.unwrap();
        let head = self.one("SELECT seq FROM event_head WHERE id = 1").await;
        assert!(count > 0);
        assert_eq!((first, last, head), (1, count, count), "{count} events");
    }

    /// How many mails are in a state.
    pub async fn mails(&self, state: &str) -> usize {
        let (n,): (i64,) = self.store.reader().one("SELECT COUNT(*) FROM mail WHERE state = $1", vec![state.into()]).await.unwrap();
        usize::try_from(n).unwrap()
    }

    /// How many messages came with this Message-ID.
    pub async fn of_mail(&self, id: &str) -> i64 {
        let (n,): (i64,) = self.store.reader().one("SELECT COUNT(*) FROM message WHERE external_id = $1", vec![id.into()]).await.unwrap();
        n
    }

    /// The text of a message, by its id.
    pub async fn text(&self, message: &str) -> Option<String> {
        let id: i64 = message.parse().unwrap();
        self.store.reader().optional::<(String,)>("SELECT text FROM message WHERE id = $1", vec![id.into()]).await.unwrap().map(|(text,)| text)
    }

    /// What was imported under this name of a source: id, status, severity, opened and resolved of each conversation, in the order of ids.
    pub async fn imported(&self, source: &str) -> Vec<String> {
        type Row = (String, String, String, i64, Option<i64>);
        let sql =
            "SELECT m.external_id, c.status, c.severity, c.opened_at, c.resolved_at FROM conversation c JOIN message m ON m.conversation_id = c.id
            WHERE m.external_id LIKE $1 ORDER BY m.external_id";
        let rows: Vec<Row> = self.store.reader().all(sql, vec![format!("import:{source}:%").into()]).await.unwrap();
        let minute = |at: i64| Timestamp(at).to_jiff().strftime("%Y-%m-%d %H:%M").to_string();
        let told = |(id, status, severity, opened, resolved): Row| {
            let id = id.rsplit(':').next().unwrap_or_default();
            format!("{id} {status} {severity} {} {}", minute(opened), resolved.map_or("-".into(), minute))
        };
        rows.into_iter().map(told).collect()
    }

    /// Phase and steps of the only window.
    pub async fn only_window(&self) -> (String, Vec<Value>) {
        let rows: Vec<(String, String)> = self.store.reader().all("SELECT phase, doc FROM hc_window", vec![]).await.unwrap();
        let [(phase, doc)] = &rows[..] else { panic!("{} windows", rows.len()) };
        let doc: Value = serde_json::from_str(doc).unwrap();
        (phase.clone(), doc["transitions"].as_array().unwrap().clone())
    }

    pub async fn close(self) {
        self.store.close().await;
    }
}
