//! Who gets updates by e-mail.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::topic::Topic;
use hypercare_core::update::digest::{self, Rhythm, Wish};
use hypercare_core::{EntryId, SubscriberId, Timestamp, WindowId};
use std::collections::HashSet;

statements! {
    BY_ID = "SELECT id, window_id, email, created_at, asked_at, confirmed_at, topics, rhythm, hour, zone FROM subscriber WHERE id = $1";
    BY_EMAIL = "SELECT id, window_id, email, created_at, asked_at, confirmed_at, topics, rhythm, hour, zone FROM subscriber WHERE window_id = $1 AND email = $2";
    OF_EMAIL = "SELECT id, window_id, email, created_at, asked_at, confirmed_at, topics, rhythm, hour, zone FROM subscriber WHERE email = $1 ORDER BY id LIMIT 1000";
    ADD = "INSERT INTO subscriber (id, window_id, email, created_at, asked_at) VALUES ($1, $2, $3, $4, $4)";
    ASKED = "UPDATE subscriber SET asked_at = $2 WHERE id = $1";
    CONFIRM = "UPDATE subscriber SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL";
    REMOVE = "DELETE FROM subscriber WHERE id = $1";
    FORGET = "DELETE FROM subscriber WHERE confirmed_at IS NULL AND asked_at < $1";
    COUNTS = "SELECT COUNT(*) FILTER (WHERE confirmed_at IS NOT NULL) AS confirmed, COUNT(*) FILTER (WHERE confirmed_at IS NULL) AS pending
        FROM subscriber WHERE window_id = $1";
    /// Those who joined after it was published read it on the page that they came from.
    UNTOLD = "SELECT s.id, s.window_id, s.email, s.created_at, s.asked_at, s.confirmed_at, s.topics, s.rhythm, s.hour, s.zone
        FROM subscriber s WHERE s.window_id = $1 AND s.confirmed_at <= $2 AND s.rhythm = 'at_once'
        AND NOT EXISTS (SELECT 1 FROM update_mail m WHERE m.entry_id = $3 AND m.subscriber_id = s.id) ORDER BY s.id LIMIT $4";
    /// Which entries of a window somebody has got.
    GOT = "SELECT entry_id FROM update_mail WHERE subscriber_id = $1 ORDER BY entry_id DESC LIMIT 5000";
    WISH = "UPDATE subscriber SET topics = $2, rhythm = $3, hour = $4, zone = $5 WHERE id = $1";
    DIGEST_DROP = "DELETE FROM timer WHERE subject_kind = 'digest' AND subject_id = $1";
    TOLD = "INSERT INTO update_mail (entry_id, subscriber_id) VALUES ($1, $2) ON CONFLICT (entry_id, subscriber_id) DO NOTHING";
    TOLD_REMOVE = "DELETE FROM update_mail WHERE subscriber_id = $1";
    /// What waits for them is not sent any more, and what mail servers said of their address goes.
    OUTBOX_CLEAR = "UPDATE outbox SET recipient = '', body = '{}', last_error = NULL, state = CASE WHEN state = 'pending' THEN 'failed' ELSE state END
        WHERE conversation_id = 0 AND channel IN ('update_mail', 'update_confirm', 'update_digest') AND recipient = $1";
}

/// One subscriber.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Subscriber {
    /// Id.
    pub id: i64,
    /// Of which window.
    pub window_id: i64,
    /// Address, in lower case.
    pub email: String,
    /// When it was first entered.
    pub created_at: i64,
    /// When its owner was last asked to confirm.
    pub asked_at: i64,
    /// When they did.
    pub confirmed_at: Option<i64>,
    /// Words of the topics they chose, between commas; empty for all.
    pub topics: String,
    /// How often, as a word.
    pub rhythm: String,
    /// The hour of a digest.
    pub hour: i64,
    /// On the clock of this zone; empty for the window's.
    pub zone: String,
}

impl Subscriber {
    /// What they want; where they chose no zone, on the clock of `zone`.
    pub fn wish(&self, zone: &str) -> Wish {
        Wish {
            topics: self.topics.split(',').filter(|word| !word.is_empty()).filter_map(|word| Topic::parse(word).ok()).collect(),
            rhythm: Rhythm::from_word(&self.rhythm).unwrap_or_default(),
            hour: u8::try_from(self.hour).unwrap_or(digest::USUAL_HOUR),
            zone: if self.zone.is_empty() { zone.to_owned() } else { self.zone.clone() },
        }
    }
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: SubscriberId) -> Result<Option<Subscriber>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

/// By address.
///
/// # Errors
/// When the database fails.
pub async fn by_email(q: &mut impl Query, window: WindowId, email: &str) -> Result<Option<Subscriber>, StoreError> {
    q.optional(BY_EMAIL, vals![window, email]).await
}

/// All subscriptions of an address.
///
/// # Errors
/// When the database fails.
pub async fn of_email(q: &mut impl Query, email: &str) -> Result<Vec<Subscriber>, StoreError> {
    q.all(OF_EMAIL, vals![email]).await
}

/// Adds an address that is to be confirmed.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, id: SubscriberId, window: WindowId, email: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.run(ADD, vals![id, window, email, now]).await.map(drop)
}

/// Its owner is asked again.
///
/// # Errors
/// When the database fails.
pub async fn asked(tx: &mut Tx, id: SubscriberId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(ASKED, vals![id, now]).await.map(drop)
}

/// Its owner wants it. Returns whether that is new.
///
/// # Errors
/// When the database fails.
pub async fn confirm(tx: &mut Tx, id: SubscriberId, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(CONFIRM, vals![id, now]).await.map(|n| n > 0)
}

/// Forgets a subscriber, and what waits for them. Returns whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, id: SubscriberId) -> Result<bool, StoreError> {
    tx.run(OUTBOX_CLEAR, vals![id.0.to_string()]).await?;
    tx.run(TOLD_REMOVE, vals![id]).await?;
    tx.run(DIGEST_DROP, vals![id]).await?;
    tx.run(REMOVE, vals![id]).await.map(|n| n > 0)
}

/// Forgets addresses that nobody confirmed and that were last asked before `before`.
///
/// # Errors
/// When the database fails.
pub async fn forget_unconfirmed(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    tx.run(FORGET, vals![before]).await.map(drop)
}

/// How many confirmed, and how many have not yet.
///
/// # Errors
/// When the database fails.
pub async fn counts(q: &mut impl Query, window: WindowId) -> Result<(i64, i64), StoreError> {
    q.one(COUNTS, vals![window]).await
}

/// The next of those who have not got an entry and were there when it was published.
///
/// # Errors
/// When the database fails.
pub async fn untold(
    q: &mut impl Query,
    window: WindowId,
    published_at: Timestamp,
    entry: EntryId,
    limit: i64,
) -> Result<Vec<Subscriber>, StoreError> {
    q.all(UNTOLD, vals![window, published_at, entry, limit]).await
}

/// Keeps that an entry is queued for somebody. Returns whether it was not before.
///
/// # Errors
/// When the database fails.
pub async fn told(tx: &mut Tx, entry: EntryId, id: SubscriberId) -> Result<bool, StoreError> {
    tx.run(TOLD, vals![entry, id]).await.map(|n| n > 0)
}

/// Which entries somebody has got, or that were not theirs.
///
/// # Errors
/// When the database fails.
pub async fn got(q: &mut impl Query, id: SubscriberId) -> Result<HashSet<EntryId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(GOT, vals![id]).await?;
    Ok(rows.into_iter().map(|(entry,)| EntryId(entry)).collect())
}

/// Keeps what somebody wants, and when their next digest comes; none where each update comes at once.
///
/// # Errors
/// When the database fails.
pub async fn choose(tx: &mut Tx, id: SubscriberId, wish: &Wish, next: Option<Timestamp>) -> Result<(), StoreError> {
    let words: String = wish.topics.iter().map(|topic| format!(",{topic}")).collect();
    let words = if words.is_empty() { words } else { words + "," };
    tx.run(WISH, vals![id, words, wish.rhythm.word(), i64::from(wish.hour), &wish.zone]).await?;
    tx.run(DIGEST_DROP, vals![id]).await?;
    digest_at(tx, id, next).await
}

/// Has the engine put somebody's digest together.
///
/// # Errors
/// When the database fails.
pub async fn digest_at(tx: &mut Tx, id: SubscriberId, at: Option<Timestamp>) -> Result<(), StoreError> {
    match at {
        Some(at) => super::timers::once(tx, ("digest", id.0), "digest", at).await,
        None => Ok(()),
    }
}
