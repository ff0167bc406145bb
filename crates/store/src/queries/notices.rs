//! What people of the team are told concerns them, what they read of it, and what they chose to be told of.

use crate::queries::sends;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::notice::{Kind, Tell};
use hypercare_core::{ConversationId, DecisionId, Stamp, Timestamp, UserId};
use std::collections::BTreeMap;

/// Notices that are kept of one person, read ones included: older ones go when a new one comes.
pub const KEPT: i64 = 500;

statements! {
    WANTS = "SELECT p.id FROM person p LEFT JOIN notice_choice c ON c.user_id = p.id
        WHERE p.id = $1 AND NOT p.disabled AND (c.off IS NULL OR c.off NOT LIKE '%,' || $2 || ',%')";
    TOLD_IN = "SELECT id FROM notice WHERE user_id = $1 AND kind = $2 AND conversation_id = $3 AND at = $4 LIMIT 1";
    INSERT = "INSERT INTO notice (id, user_id, kind, conversation_id, message_id, decision_id, actor_user, actor, detail, seq, at, update_id, window_id, words, account_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (user_id, seq) DO NOTHING";
    TRIM = "DELETE FROM notice WHERE user_id = $1 AND id < (SELECT id FROM notice WHERE user_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)";
    ASKER = "SELECT actor_user FROM event WHERE subject_kind = 'decision' AND subject_id = $1 AND kind = 'decision.asked' ORDER BY seq LIMIT 1";
    PAGE = "SELECT n.id, n.kind, n.conversation_id, n.message_id, n.decision_id, COALESCE(a.name, n.actor) AS actor, n.detail, n.at, n.read_at,
            COALESCE(c.window_id, n.window_id) AS window_id, n.words, c.subject, k.name AS customer, m.text, m.note, d.doc AS decision_doc, n.update_id, u.doc AS update_doc, n.account_id, o.name AS account
        FROM notice n LEFT JOIN person a ON a.id = n.actor_user LEFT JOIN conversation c ON c.id = n.conversation_id
            LEFT JOIN contact k ON k.id = c.contact_id LEFT JOIN message m ON m.id = n.message_id LEFT JOIN decision d ON d.id = n.decision_id
            LEFT JOIN updates u ON u.id = n.update_id LEFT JOIN account o ON o.id = n.account_id AND NOT o.removed
        WHERE n.user_id = $1 AND n.id < $2 AND (n.read_at IS NULL OR NOT $3) ORDER BY n.id DESC LIMIT $4";
    UNREAD = "SELECT COUNT(*) FROM notice WHERE user_id = $1 AND read_at IS NULL";
    READ_ONE = "UPDATE notice SET read_at = $3 WHERE user_id = $1 AND id = $2 AND read_at IS NULL";
    READ_ALL = "UPDATE notice SET read_at = $3 WHERE user_id = $1 AND id <= $2 AND read_at IS NULL";
    READ_IN = "UPDATE notice SET read_at = $3 WHERE user_id = $1 AND id <= $2 AND read_at IS NULL
        AND (conversation_id = $4 OR conversation_id IN (SELECT id FROM conversation WHERE root_id = $4))";
    TOLD = "SELECT DISTINCT user_id FROM notice WHERE seq > $1 AND seq <= $2";
    NAME = "SELECT name, disabled FROM person WHERE id = $1";
    CHOICE = "SELECT off, desktop_words FROM notice_choice WHERE user_id = $1";
    CHOOSE = "INSERT INTO notice_choice (user_id, off, desktop_words) VALUES ($1, $2, $3)
        ON CONFLICT (user_id) DO UPDATE SET off = excluded.off, desktop_words = excluded.desktop_words";
}

/// One notice, with what is read beside it. What was erased there is erased here.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Line {
    /// Its id; later ones have greater ids.
    pub id: i64,
    /// [`Kind`] as a word.
    pub kind: String,
    /// In which conversation.
    pub conversation_id: Option<i64>,
    /// About which message.
    pub message_id: Option<i64>,
    /// About which decision.
    pub decision_id: Option<i64>,
    /// Who of us did it, or a program; empty where a customer did.
    pub actor: String,
    /// A word that says more.
    pub detail: String,
    /// When.
    pub at: i64,
    /// When it was read.
    pub read_at: Option<i64>,
    /// The window of its conversation or its rota.
    pub window_id: Option<i64>,
    /// Words of ours, where it is about a rota.
    pub words: Option<String>,
    /// The conversation's subject line.
    pub subject: Option<String>,
    /// Its customer's name.
    pub customer: Option<String>,
    /// The message's text.
    pub text: Option<String>,
    /// The message is a note.
    pub note: Option<bool>,
    /// The decision, as JSON.
    pub decision_doc: Option<String>,
    /// About which matter that customers are told of.
    pub update_id: Option<i64>,
    /// The matter, as JSON.
    pub update_doc: Option<String>,
    /// About which account.
    pub account_id: Option<i64>,
    /// Its name.
    pub account: Option<String>,
}

/// What somebody chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What they are not told of.
    pub off: Vec<Kind>,
    /// Their desktop may show what customers wrote.
    pub desktop_words: bool,
}

/// Keeps a notice, unless its person does not want it or is gone, and lets go of the oldest.
pub(crate) async fn tell(
    tx: &mut Tx,
    tell: &Tell,
    conversation: Option<ConversationId>,
    decision: Option<DecisionId>,
    stamp: &Stamp,
    seq: i64,
) -> Result<(), StoreError> {
    let (to, kind) = (tell.to, tell.kind.word());
    let wants: Option<(i64,)> = tx.optional(WANTS, vals![to, kind]).await?;
    let told: Option<(i64,)> = match tell.told_in {
        Some(there) => tx.optional(TOLD_IN, vals![to, kind, there, stamp.at]).await?,
        None => None,
    };
    if wants.is_none() || told.is_some() {
        return Ok(());
    }
    let actor = if stamp.actor.kind == hypercare_core::ActorKind::Customer { "" } else { stamp.actor.name.as_str() };
    let id: i64 = tx.new_id(stamp.at);
    let (window, words) = tell.rota.as_ref().map(|(window, words)| (*window, words)).unzip();
    let words = words.or(tell.about.as_ref());
    let vals = vals![
        id,
        to,
        kind,
        conversation,
        tell.message,
        decision,
        stamp.actor.user,
        actor,
        tell.detail,
        seq,
        stamp.at,
        tell.update,
        window,
        words,
        tell.account
    ];
    if tx.run(INSERT, vals).await? > 0 {
        crate::notices::plan(tx, id, tell, conversation, decision, stamp.at).await?;
    }
    tx.run(TRIM, vals![to, KEPT - 1]).await.map(drop)
}

/// Who asked for a decision, if a person did.
pub(crate) async fn asker(q: &mut impl Query, decision: DecisionId) -> Result<Option<UserId>, StoreError> {
    let row: Option<(Option<i64>,)> = q.optional(ASKER, vals![decision]).await?;
    Ok(row.and_then(|(user,)| user).map(UserId))
}

/// Somebody's notices before `before` (none: the newest), newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, user: UserId, before: Option<i64>, unread: bool, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(PAGE, vals![user, before.unwrap_or(i64::MAX), unread, limit]).await
}

/// How many somebody has not read.
///
/// # Errors
/// When the database fails.
pub async fn unread(q: &mut impl Query, user: UserId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(UNREAD, vals![user]).await?;
    Ok(n)
}

/// They have read these; those of others are left alone. Returns how many were unread.
///
/// # Errors
/// When the database fails.
pub async fn read(tx: &mut Tx, user: UserId, ids: &[i64], now: Timestamp) -> Result<u64, StoreError> {
    let mut read = 0;
    for id in ids {
        read += tx.run(READ_ONE, vals![user, *id, now]).await?;
    }
    if read > 0 {
        sends::read(tx, user, now).await?;
    }
    Ok(read)
}

/// They have read all up to this one, in one conversation with its parts or everywhere. Returns how many were unread.
///
/// # Errors
/// When the database fails.
pub async fn read_until(tx: &mut Tx, user: UserId, until: i64, within: Option<ConversationId>, now: Timestamp) -> Result<u64, StoreError> {
    let read = match within {
        Some(conversation) => tx.run(READ_IN, vals![user, until, now, conversation]).await?,
        None => tx.run(READ_ALL, vals![user, until, now]).await?,
    };
    if read > 0 {
        // What was to be told of it elsewhere is not any more.
        sends::read(tx, user, now).await?;
    }
    Ok(read)
}

/// Whom the events after `after` up to `until` told of something.
///
/// # Errors
/// When the database fails.
pub async fn told(q: &mut impl Query, after: i64, until: i64) -> Result<Vec<UserId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(TOLD, vals![after, until]).await?;
    Ok(rows.into_iter().map(|(user,)| UserId(user)).collect())
}

/// The names of these people, and whether they can sign in; whoever is not known is left out.
///
/// # Errors
/// When the database fails.
pub async fn names(q: &mut impl Query, people: impl IntoIterator<Item = UserId>) -> Result<BTreeMap<UserId, (String, bool)>, StoreError> {
    let mut names = BTreeMap::new();
    for user in people {
        if !names.contains_key(&user) {
            let row: Option<(String, bool)> = q.optional(NAME, vals![user]).await?;
            names.extend(row.map(|(name, disabled)| (user, (name, !disabled))));
        }
    }
    Ok(names)
}

/// What somebody chose; all of it, without words on the desktop, where they chose nothing.
///
/// # Errors
/// When the database fails.
pub async fn choice(q: &mut impl Query, user: UserId) -> Result<Choice, StoreError> {
    let row: Option<(String, bool)> = q.optional(CHOICE, vals![user]).await?;
    let choice = row.map(|(off, desktop_words)| Choice { off: off.split(',').filter_map(Kind::from_word).collect(), desktop_words });
    Ok(choice.unwrap_or_default())
}

/// Keeps what somebody chose.
///
/// # Errors
/// When the database fails.
pub async fn choose(tx: &mut Tx, user: UserId, choice: &Choice) -> Result<(), StoreError> {
    let words: Vec<&str> = choice.off.iter().map(|kind| kind.word()).collect();
    let off = format!(",{},", words.join(","));
    tx.run(CHOOSE, vals![user, off, choice.desktop_words]).await.map(drop)
}
