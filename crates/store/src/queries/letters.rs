//! Letters to colleagues: what is to be sent to people of the team outside of the console, and what became of it.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Timestamp, UserId};

statements! {
    QUEUE = "INSERT INTO letter (id, user_id, way_id, recipient, kind, key, subject, text, html, state, attempts, due_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', 0, $10, $10) ON CONFLICT (key, recipient) DO NOTHING";
    DUE = "SELECT id, user_id, way_id, recipient, kind, key, subject, text, html, attempts, created_at FROM letter
        WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
    NEXT = "SELECT MIN(due_at) FROM letter WHERE state = 'pending' AND due_at > $1";
    CLAIM = "UPDATE letter SET attempts = attempts + 1, due_at = $3 WHERE id = $1 AND state = 'pending' AND attempts = $2";
    DELIVERED = "UPDATE letter SET state = 'delivered', done_at = $3, last_error = NULL, text = '', html = NULL
        WHERE id = $1 AND state = 'pending' AND attempts = $2";
    RETRY = "UPDATE letter SET due_at = $3, last_error = $4 WHERE id = $1 AND state = 'pending' AND attempts = $2";
    FAILED = "UPDATE letter SET state = 'failed', done_at = $3, last_error = $4, text = '', html = NULL
        WHERE id = $1 AND state = 'pending' AND attempts = $2";
    STATES = "SELECT state, COUNT(*) AS n FROM letter GROUP BY state";
    BY_KEY = "SELECT id, user_id, way_id, recipient, kind, subject, state, attempts, due_at, last_error, created_at, done_at FROM letter
        WHERE key = $1 ORDER BY id LIMIT 1000";
    WORDS = "SELECT id, subject, text, html FROM letter WHERE id > $1 ORDER BY id LIMIT $2";
    WORDS_SET = "UPDATE letter SET subject = $2, text = $3, html = $4 WHERE id = $1";
    EXPIRE = "DELETE FROM letter WHERE id IN (SELECT id FROM letter WHERE state <> 'pending' AND created_at < $1 ORDER BY id LIMIT 2000)";
}

/// Who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Somebody of the team, at their own e-mail address.
    Person {
        /// Who.
        id: UserId,
        /// The address that they sign in with.
        email: String,
    },
    /// An e-mail address that is nobody's account.
    Address(String),
    /// A way that somebody set up for themselves.
    Way {
        /// Whose.
        user: UserId,
        /// Which.
        way: i64,
    },
}

/// Something to be sent to a colleague. Its subject stays in the log and holds no word of a customer.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// To whom.
    pub to: Receiver,
    /// What for, as a word of ours: `backup`, `notices`.
    pub kind: &'static str,
    /// The same key goes to the same receiver once, whatever is repeated.
    pub key: String,
    /// Subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML, for e-mail only.
    pub html: Option<String>,
}

/// A letter that waits to be sent.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the letter table")]
pub struct Pending {
    pub id: i64,
    pub user_id: Option<i64>,
    pub way_id: Option<i64>,
    pub recipient: String,
    pub kind: String,
    pub key: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub attempts: i64,
    pub created_at: i64,
}

/// A letter and what became of it, without what it said.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the letter table")]
pub struct Fate {
    pub id: i64,
    pub user_id: Option<i64>,
    pub way_id: Option<i64>,
    pub recipient: String,
    pub kind: String,
    pub subject: String,
    /// `pending`, `delivered` or `failed`.
    pub state: String,
    pub attempts: i64,
    pub due_at: i64,
    pub last_error: Option<String>,
    pub created_at: i64,
    pub done_at: Option<i64>,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the letter table")]
pub struct Words {
    pub id: i64,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
}

/// Queues a letter, in the transaction of what it tells. Returns its id; none where this receiver has one with this key already.
///
/// # Errors
/// When the database fails.
pub async fn queue(tx: &mut Tx, letter: &NewLetter, now: Timestamp) -> Result<Option<i64>, StoreError> {
    let id: i64 = tx.new_id(now);
    let (user, way, recipient) = match &letter.to {
        Receiver::Person { id, email } => (Some(*id), None, email.trim().to_lowercase()),
        Receiver::Address(email) => (None, None, email.trim().to_lowercase()),
        Receiver::Way { user, way } => (Some(*user), Some(*way), format!("way:{way}")),
    };
    let NewLetter { kind, key, subject, text, html, .. } = letter;
    let queued = tx.run(QUEUE, vals![id, user, way, recipient, *kind, key, subject, text, html.as_ref(), now]).await?;
    Ok((queued > 0).then_some(id))
}

/// What is due, in order.
///
/// # Errors
/// When the database fails.
pub async fn due(q: &mut impl Query, now: Timestamp, limit: i64) -> Result<Vec<Pending>, StoreError> {
    q.all(DUE, vals![now, limit]).await
}

/// When the next one is due after `now`. What is due and not taken waits for a free hand, not for a time.
///
/// # Errors
/// When the database fails.
pub async fn next(q: &mut impl Query, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(NEXT, vals![now]).await?;
    Ok(at.map(Timestamp))
}

/// Takes one for sending: only one node gets it, and if that node dies it is due again at `until`.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, row: &Pending, until: Timestamp) -> Result<bool, StoreError> {
    tx.run(CLAIM, vals![row.id, row.attempts, until]).await.map(|n| n > 0)
}

/// It arrived. `row` counts this attempt; false where it was taken anew meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn delivered(tx: &mut Tx, row: &Pending, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(DELIVERED, vals![row.id, row.attempts, now]).await.map(|n| n > 0)
}

/// It did not arrive; it is tried again at `at`.
///
/// # Errors
/// When the database fails.
pub async fn retry(tx: &mut Tx, row: &Pending, at: Timestamp, error: &str) -> Result<bool, StoreError> {
    tx.run(RETRY, vals![row.id, row.attempts, at, error]).await.map(|n| n > 0)
}

/// It will never arrive.
///
/// # Errors
/// When the database fails.
pub async fn failed(tx: &mut Tx, row: &Pending, now: Timestamp, error: &str) -> Result<bool, StoreError> {
    tx.run(FAILED, vals![row.id, row.attempts, now, error]).await.map(|n| n > 0)
}

/// How many there are in each state.
///
/// # Errors
/// When the database fails.
pub async fn states(q: &mut impl Query) -> Result<Vec<(String, i64)>, StoreError> {
    q.all(STATES, vec![]).await
}

/// The letters with a key, one for each receiver; at most a thousand.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, key: &str) -> Result<Vec<Fate>, StoreError> {
    q.all(BY_KEY, vals![key]).await
}

/// What letters say, by id after `after`: for whoever erases.
///
/// # Errors
/// When the database fails.
pub async fn words(q: &mut impl Query, after: i64, limit: i64) -> Result<Vec<Words>, StoreError> {
    q.all(WORDS, vals![after, limit]).await
}

/// What a letter says from now on.
///
/// # Errors
/// When the database fails.
pub async fn words_set(tx: &mut Tx, words: &Words) -> Result<(), StoreError> {
    tx.run(WORDS_SET, vals![words.id, &words.subject, &words.text, words.html.as_ref()]).await.map(drop)
}

/// Forgets what is over and was queued before `before`, at most some thousands at a time. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn expire(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run(EXPIRE, vals![before]).await
}
