//! One transaction of the writer: queries, the event log, the outbox and due times, all or nothing.

use crate::StoreError;
use crate::db::Pools;
use crate::ids::Ids;
use crate::seal::{self, Content};
use crate::sql::{Query, Row, Val, bind_all, statements, vals};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::timer::Timer;
use hypercare_core::{ConversationId, MessageId, Stamp, Timestamp, WindowId};
use sqlx::{Executor, Postgres, Sqlite, Transaction};
use std::sync::Arc;

statements! {
    /// The row that serialises writers: on PostgreSQL its lock is held until commit, so that the numbers of
    /// events become visible in order and nodes never decide on stale state.
    HEAD_LOCK = "UPDATE event_head SET batch = batch + 1 WHERE id = 1 RETURNING seq, last_id, link";
    HEAD_SAVE = "UPDATE event_head SET seq = $1, last_id = $2, link = $3 WHERE id = 1";
    HEAD_JOIN = "UPDATE event_head SET nodes = nodes + 1 WHERE id = 1 RETURNING seq, last_id, nodes";
    EVENT_INSERT = "INSERT INTO event (seq, at, kind, subject_kind, subject_id, window_id, actor_kind, actor_user, actor_name, reason, body, salt, seal, link)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    EVENT_ERASED = "INSERT INTO event_erased (by_seq, seq, seal) VALUES ($1, $2, $3)";
    TIMER_UPSERT = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO UPDATE SET due_at = excluded.due_at";
    TIMER_DELETE = "DELETE FROM timer WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 AND key = $4";
    OUTBOX_INSERT = "INSERT INTO outbox (id, channel, conversation_id, message_id, recipient, body, state, attempts, due_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'pending', 0, $7, $7) ON CONFLICT (message_id) DO NOTHING";
}

enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// An open transaction. Only the writer makes one.
pub struct Tx {
    inner: Inner,
    seq: i64,
    /// Of the last event: what is recorded next follows it.
    link: Vec<u8>,
    /// Events that lost words in this change, with their new seals.
    erased: Vec<(i64, Vec<u8>)>,
    begun_at: i64,
    ids: Arc<Ids>,
    savepoint: (i64, Vec<u8>),
}

/// Something to be sent, kept in the same transaction as the reason for sending it.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Which channel delivers it.
    pub channel: hypercare_core::Channel,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Which message: the same one is queued once.
    pub message: MessageId,
    /// Address on that channel.
    pub recipient: String,
    /// The [`hypercare_core::channel::Outbound`] as JSON.
    pub body: String,
}

/// Registers this process: the number of the last event, the greatest id, this node's number.
pub(crate) async fn join(pools: &Pools) -> Result<(i64, i64, i64), StoreError> {
    let row: Result<(i64, i64, i64), sqlx::Error> = match pools {
        Pools::Sqlite { write, .. } => sqlx::query_as(HEAD_JOIN).fetch_one(write).await,
        Pools::Postgres(pool) => sqlx::query_as(HEAD_JOIN).fetch_one(pool).await,
    };
    row.map_err(|e| StoreError::database(HEAD_JOIN, &e))
}

impl Tx {
    pub(crate) async fn begin(pools: &Pools, ids: Arc<Ids>) -> Result<Self, StoreError> {
        let failed = |e: sqlx::Error| StoreError::database("BEGIN", &e);
        let inner = match pools {
            Pools::Sqlite { write, .. } => Inner::Sqlite(write.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await.map_err(failed)?),
        };
        let mut tx = Self { inner, seq: 0, link: vec![], erased: vec![], begun_at: 0, ids, savepoint: (0, vec![]) };
        let (seq, _, link): (i64, i64, Option<Vec<u8>>) = tx.one(HEAD_LOCK, vec![]).await?;
        tx.seq = seq;
        tx.link = link.unwrap_or_else(seal::first);
        tx.begun_at = seq;
        Ok(tx)
    }

    async fn raw(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match &mut self.inner {
            Inner::Sqlite(tx) => tx.execute(sql).await.map(drop),
            Inner::Postgres(tx) => tx.execute(sql).await.map(drop),
        }
        .map_err(|e| StoreError::database(sql, &e))
    }
    pub(crate) async fn savepoint(&mut self) -> Result<(), StoreError> {
        self.savepoint = (self.seq, self.link.clone());
        self.erased.clear();
        self.raw("SAVEPOINT change").await
    }
    pub(crate) async fn release(&mut self) -> Result<(), StoreError> {
        self.raw("RELEASE SAVEPOINT change").await
    }
    pub(crate) async fn roll_back_to_savepoint(&mut self) -> Result<(), StoreError> {
        (self.seq, self.link) = self.savepoint.clone();
        self.erased.clear();
        self.raw("ROLLBACK TO SAVEPOINT change").await?;
        self.release().await
    }
    pub(crate) async fn commit(mut self) -> Result<i64, StoreError> {
        let (seq, last, link) = (self.seq, self.ids.last(), self.link.clone());
        if seq != self.begun_at {
            self.run(HEAD_SAVE, vals![seq, last, link]).await?;
        }
        let failed = |e: sqlx::Error| StoreError::database("COMMIT", &e);
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await.map_err(failed)?,
            Inner::Postgres(tx) => tx.commit().await.map_err(failed)?,
        }
        Ok(seq)
    }

    /// A new id, greater than all before.
    pub fn new_id<I: From<i64>>(&self, now: Timestamp) -> I {
        I::from(self.ids.next(now))
    }

    /// The number of the last event so far.
    pub fn last_seq(&self) -> i64 {
        self.seq
    }

    /// Appends to the event log: the audit trail, the live feed and the measurements at once. Returns its number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(
        &mut self,
        kind: &str,
        subject: (&str, i64),
        window: Option<WindowId>,
        stamp: &Stamp,
        body: String,
    ) -> Result<i64, StoreError> {
        self.seq += 1;
        let actor = &stamp.actor;
        let actor_kind = match actor.kind {
            hypercare_core::ActorKind::Person => "person",
            hypercare_core::ActorKind::Token => "token",
            hypercare_core::ActorKind::Customer => "customer",
            hypercare_core::ActorKind::Assistant => "assistant",
            hypercare_core::ActorKind::System => "system",
        };
        let whole = |text: &str| text.replace('\0', "");
        let event = Content {
            seq: self.seq,
            at: stamp.at.0,
            kind: kind.to_owned(),
            subject_kind: subject.0.to_owned(),
            subject_id: subject.1,
            window_id: window.map(i64::from),
            actor_kind: actor_kind.to_owned(),
            actor_user: actor.user.map(i64::from),
            actor_name: whole(&actor.name),
            reason: stamp.reason.as_deref().map(whole),
            body: whole(&body),
        };
        let salt = seal::salt()?;
        let sealed = event.seal(&salt);
        self.link = seal::link(&self.link, &sealed);
        let e = event;
        let vals = vals![
            e.seq,
            e.at,
            e.kind,
            e.subject_kind,
            e.subject_id,
            e.window_id,
            e.actor_kind,
            e.actor_user,
            e.actor_name,
            e.reason,
            e.body,
            salt,
            sealed,
            self.link.clone()
        ];
        self.run(EVENT_INSERT, vals).await?;
        Ok(self.seq)
    }

    /// An event lost words: it is what its erasure left from now on. [`Tx::record_erasure`] tells it.
    pub(crate) fn lost_words(&mut self, seq: i64, seal: Vec<u8>) {
        self.erased.retain(|(known, _)| *known != seq);
        self.erased.push((seq, seal));
    }

    /// Records an erasure, and with it which events lost words in this change: without that the log would not be what it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_erasure(&mut self, subject: (&str, i64), stamp: &Stamp, mut body: serde_json::Value) -> Result<i64, StoreError> {
        let mut left = std::mem::take(&mut self.erased);
        left.sort_unstable();
        body["log"] = seal::of_erasure(&left).into();
        let by = self.record("contact.erased", subject, None, stamp, body.to_string()).await?;
        for (seq, seal) in left {
            self.run(EVENT_ERASED, vals![by, seq, seal]).await?;
        }
        Ok(by)
    }

    /// Brings the due times of one thing from what they were to what they are.
    pub(crate) async fn reschedule(&mut self, subject: (&str, i64), before: &[Timer], after: &[Timer]) -> Result<(), StoreError> {
        for gone in before.iter().filter(|b| !after.iter().any(|a| a.kind == b.kind && a.key == b.key)) {
            self.run(TIMER_DELETE, vals![subject.0, subject.1, gone.kind.word(), &gone.key]).await?;
        }
        for timer in after.iter().filter(|a| !before.contains(a)) {
            self.run(TIMER_UPSERT, vals![subject.0, subject.1, timer.kind.word(), &timer.key, timer.due_at]).await?;
        }
        Ok(())
    }

    /// Queues something to be sent. The only way anything leaves this product.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue(&mut self, row: OutboxRow, now: Timestamp) -> Result<(), StoreError> {
        let id: i64 = self.ids.next(now);
        let vals = vals![id, row.channel.word(), row.conversation, row.message, row.recipient, row.body, now];
        self.run(OUTBOX_INSERT, vals).await.map(drop)
    }
}

impl Query for Tx {
    fn all<'a, T: Row>(&'a mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'a, Result<Vec<T>, StoreError>> {
        async move {
            match &mut self.inner {
                Inner::Sqlite(tx) => bind_all!(sqlx::query_as::<Sqlite, T>(sql), vals).fetch_all(&mut **tx).await,
                Inner::Postgres(tx) => bind_all!(sqlx::query_as::<Postgres, T>(sql), vals).fetch_all(&mut **tx).await,
            }
            .map_err(|e| StoreError::database(sql, &e))
        }
        .boxed()
    }
    fn run(&mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'_, Result<u64, StoreError>> {
        async move {
            match &mut self.inner {
                Inner::Sqlite(tx) => bind_all!(sqlx::query::<Sqlite>(sql), vals).execute(&mut **tx).await.map(|done| done.rows_affected()),
                Inner::Postgres(tx) => bind_all!(sqlx::query::<Postgres>(sql), vals).execute(&mut **tx).await.map(|done| done.rows_affected()),
            }
            .map_err(|e| StoreError::database(sql, &e))
        }
        .boxed()
    }
}
