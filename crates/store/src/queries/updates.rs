//! What all customers are told, and where else it goes.

use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use crate::{Persisted, StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::timer::Timer;
use hypercare_core::update::{Update, UpdateEvent};
use hypercare_core::{Stamp, Timestamp, UpdateId, WindowId};

statements! {
    UPDATE_DOC = "SELECT doc FROM updates WHERE id = $1";
    UPDATE_SAVE = "INSERT INTO updates (id, window_id, opened_at, drafted, state, published_at, due_at, leaves_at, doc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET drafted = excluded.drafted, state = excluded.state, published_at = excluded.published_at, due_at = excluded.due_at,
            leaves_at = excluded.leaves_at, doc = excluded.doc";
    PAGE = "SELECT doc FROM updates WHERE (CAST($1 AS BIGINT) IS NULL OR window_id = $1) AND (drafted OR published_at IS NOT NULL)
        AND ($2 = FALSE OR drafted OR state <> 'resolved') AND id < $3 ORDER BY id DESC LIMIT $4";
    /// Those with a promise first: the soonest.
    NEXT_DUE = "SELECT doc FROM updates WHERE window_id = $1 AND due_at IS NOT NULL ORDER BY due_at, id LIMIT $2";
    PUBLISHED = "SELECT doc FROM updates WHERE window_id = $1 AND published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT $2";
    SHOWN = "SELECT doc FROM updates WHERE leaves_at > $1 ORDER BY leaves_at DESC, id DESC LIMIT $2";
    WAITING = "SELECT COUNT(*) FROM updates WHERE window_id = $1 AND drafted";
    SLACK = "SELECT slack_url FROM update_channel WHERE window_id = $1";
    SLACK_SET = "INSERT INTO update_channel (window_id, slack_url) VALUES ($1, $2) ON CONFLICT (window_id) DO UPDATE SET slack_url = excluded.slack_url";
    SLACK_REMOVE = "DELETE FROM update_channel WHERE window_id = $1";
    QUEUE = "INSERT INTO outbox (id, channel, conversation_id, message_id, recipient, body, state, attempts, due_at, created_at)
        VALUES ($1, $2, 0, $1, $3, $4, 'pending', 0, $5, $5)";
}

impl Persisted for Update {
    const LOAD: &'static str = UPDATE_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(UpdateEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let newest = self.newest();
        let vals = vals![
            self.id,
            self.window,
            self.opened_at,
            self.draft.is_some(),
            newest.map_or("", |e| e.content.state.word()),
            newest.map(|e| e.published_at),
            self.promise.as_ref().map(|p| p.due_at),
            newest.map(|e| e.leaves_at),
            doc
        ];
        async move {
            tx.run(UPDATE_SAVE, vals).await?;
            crate::notices::of_update(tx, self, events).await
        }
        .boxed()
    }
}

fn all(rows: Vec<(String,)>) -> Result<Vec<Update>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("update", &doc)).collect()
}

/// Matters, the newest first; with `open` only those that are not resolved or are written on.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, window: Option<WindowId>, open: bool, before: Option<UpdateId>, limit: i64) -> Result<Vec<Update>, StoreError> {
    all(q.all(PAGE, vals![window, open, before.map_or(i64::MAX, i64::from), limit]).await?)
}

/// Matters of a window whose next update is promised, the soonest first.
///
/// # Errors
/// When the database fails.
pub async fn next_due(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Update>, StoreError> {
    all(q.all(NEXT_DUE, vals![window, limit]).await?)
}

/// Matters of a window of which something was published, the last published first.
///
/// # Errors
/// When the database fails.
pub async fn published(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Update>, StoreError> {
    all(q.all(PUBLISHED, vals![window, limit]).await?)
}

/// Matters of all windows whose newest entry stands in banners and chats.
///
/// # Errors
/// When the database fails.
pub async fn shown(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<Update>, StoreError> {
    all(q.all(SHOWN, vals![now, limit]).await?)
}

/// How many are being written.
///
/// # Errors
/// When the database fails.
pub async fn drafts(q: &mut impl Query, window: WindowId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(WAITING, vals![window]).await?;
    Ok(n)
}

/// The address of a window's Slack channel, which is a secret.
///
/// # Errors
/// When the database fails.
pub async fn slack(q: &mut impl Query, window: WindowId) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(SLACK, vals![window]).await?;
    Ok(row.map(|(url,)| url))
}

/// Sets it, or removes it.
///
/// # Errors
/// When the database fails.
pub async fn slack_set(tx: &mut Tx, window: WindowId, url: Option<&str>) -> Result<(), StoreError> {
    match url {
        Some(url) => tx.run(SLACK_SET, vals![window, url]).await.map(drop),
        None => tx.run(SLACK_REMOVE, vals![window]).await.map(drop),
    }
}

/// What kind of row of the outbox it is, in the place of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// An entry to a subscriber.
    Mail,
    /// The question whether an address is its owner's wish.
    Confirm,
    /// What is new, together, to a subscriber.
    Digest,
    /// An entry to a window's Slack channel.
    Slack,
}

impl Way {
    /// All.
    pub const ALL: [Self; 4] = [Self::Mail, Self::Confirm, Self::Digest, Self::Slack];
    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "update_mail",
            Self::Confirm => "update_confirm",
            Self::Digest => "update_digest",
            Self::Slack => "update_slack",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// Queues something that belongs to no conversation. The recipient is an id: the address is looked up when it is sent, so that one who is gone
/// by then gets nothing.
///
/// # Errors
/// When the database fails.
pub async fn queue(tx: &mut Tx, way: Way, recipient: i64, body: &str, now: Timestamp) -> Result<(), StoreError> {
    let id: i64 = tx.new_id(now);
    tx.run(QUEUE, vals![id, way.word(), recipient.to_string(), body, now]).await.map(drop)
}

/// Has the engine queue the mails of a matter's newest entry, in steps.
///
/// # Errors
/// When the database fails.
pub async fn mail_next(tx: &mut Tx, matter: UpdateId, at: Timestamp) -> Result<(), StoreError> {
    super::timers::once(tx, ("update_mail", matter.0), "mail", at).await
}
