//! Early warnings, and what the watch remembers.

use super::conversations::tag_pattern;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Span, Timestamp, WindowId};
use std::collections::{BTreeMap, HashMap};

/// What is new is looked at after so long at most.
const QUARTER: i64 = Span::mins(15).0;

macro_rules! columns {
    () => {
        "id, number, state, window_id, first_seen, since, until, dismissed_at, dismissed_by, dismissed_reason, doc FROM warning"
    };
}

statements! {
    /// Keeps an earlier look, so that many arrivals are one.
    LOOK_AT = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('watch', 1, 'watch', '', $1)
        ON CONFLICT (subject_kind, subject_id, kind, key)
        DO UPDATE SET due_at = CASE WHEN excluded.due_at < timer.due_at THEN excluded.due_at ELSE timer.due_at END";
    STATE = "SELECT version, seq, doc FROM watch_state WHERE id = 1";
    STATE_SAVE = "INSERT INTO watch_state (id, version, seq, doc) VALUES (1, $1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, doc = excluded.doc
        WHERE watch_state.version = excluded.version - 1";
    OPENED_AFTER = "SELECT e.seq, c.id, c.opened_at, c.contact_id, c.channel, c.scenario, c.category, c.issue_id, c.tags
        FROM event e JOIN conversation c ON c.id = e.subject_id
        WHERE e.seq > $1 AND e.kind = 'conversation.opened' ORDER BY e.seq LIMIT $2";
    OPENED_SINCE = "SELECT CAST(0 AS BIGINT) AS seq, c.id, c.opened_at, c.contact_id, c.channel, c.scenario, c.category, c.issue_id, c.tags
        FROM conversation c WHERE (c.opened_at, c.id) > ($1, $2) ORDER BY c.opened_at, c.id LIMIT $3";
    FIELDS_AFTER = "SELECT f.conversation_id, f.key, f.value FROM event e JOIN conversation_field f ON f.conversation_id = e.subject_id
        WHERE e.seq > $1 AND e.seq <= $2 AND e.kind = 'conversation.opened'";
    FIELDS_SINCE = "SELECT f.conversation_id, f.key, f.value FROM conversation c JOIN conversation_field f ON f.conversation_id = c.id
        WHERE (c.opened_at, c.id) > ($1, $2) AND (c.opened_at, c.id) <= ($3, $4)";
    INSERT = "INSERT INTO warning (id, number, state, window_id, dimension, value, first_seen, since, until, doc)
        VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9)";
    GO_ON = "UPDATE warning SET until = $2, doc = $3 WHERE number = $1 AND state <> 'closed'";
    CLOSE = "UPDATE warning SET state = CASE WHEN state = 'open' THEN 'closed' ELSE state END, doc = $2 WHERE number = $1 AND state <> 'closed'";
    DISMISS = "UPDATE warning SET state = 'dismissed', dismissed_at = $2, dismissed_by = $3, dismissed_reason = $4 WHERE id = $1 AND state = 'open'";
    RESTORE = "UPDATE warning SET state = $2, dismissed_at = NULL, dismissed_by = NULL, dismissed_reason = NULL WHERE id = $1 AND state = 'dismissed'";
    RENUMBER = "UPDATE warning SET number = $2, until = $3, doc = $4 WHERE id = $1";
    OPEN_OF_VALUE = concat!("SELECT ", columns!(), " WHERE state <> 'closed' AND dimension = $1 AND value = $2 ORDER BY id DESC LIMIT 1");
    ONE = concat!("SELECT ", columns!(), " WHERE id = $1");
    BY_NUMBER = concat!("SELECT ", columns!(), " WHERE number = $1");
    LAST_NUMBER = "SELECT COALESCE(MAX(number), 0) FROM warning";
    /// The open ones first, then the latest first.
    PAGE = concat!("SELECT ", columns!(), " WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) AND first_seen >= $2 AND first_seen < $3
        AND (CASE state WHEN 'open' THEN 0 ELSE 1 END, -first_seen, -id) > ($4, $5, $6)
        ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, -first_seen, -id LIMIT $7");
    /// The same conditions as the list that opens from it.
    BEHIND = "SELECT COUNT(*) AS n, COUNT(DISTINCT c.contact_id) AS people FROM conversation c
        WHERE c.opened_at >= $3 AND c.opened_at < $4 AND CASE CAST($1 AS TEXT)
            WHEN 'scenario' THEN c.scenario = $2
            WHEN 'category' THEN c.category = $2
            WHEN 'channel' THEN c.channel = $2
            WHEN 'issue' THEN CAST(c.issue_id AS TEXT) = $2
            WHEN 'tag' THEN c.tags LIKE $2 ESCAPE '!'
            WHEN 'desk' THEN TRUE
            ELSE EXISTS (SELECT 1 FROM conversation_field f
                WHERE f.conversation_id = c.id AND f.key = SUBSTR(CAST($1 AS TEXT), 7) AND f.value = $2) END";
}

/// A conversation that began, as far as the watch cares.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table")]
pub struct Opened {
    /// Number of the event; 0 where it was not read from the log.
    pub seq: i64,
    pub id: i64,
    pub opened_at: i64,
    pub contact_id: i64,
    pub channel: String,
    pub scenario: Option<String>,
    pub category: Option<String>,
    pub issue_id: Option<i64>,
    /// `,one,two,`
    pub tags: String,
    /// Keys and values of its fields, in order of their keys.
    #[sqlx(skip)]
    pub fields: BTreeMap<String, String>,
}

/// A warning as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Kept {
    /// Its id.
    pub id: i64,
    /// Its number within the watch.
    pub number: i64,
    /// `open`, `closed` or `dismissed`.
    pub state: String,
    /// The window that was open when it was first seen, the newest of several.
    pub window_id: Option<i64>,
    /// When it was first seen.
    pub first_seen: i64,
    /// Start of the first day it counts.
    pub since: i64,
    /// End of the last day it counts.
    pub until: i64,
    /// When somebody put it aside.
    pub dismissed_at: Option<i64>,
    /// Who.
    pub dismissed_by: Option<String>,
    /// Why.
    pub dismissed_reason: Option<String>,
    /// The warning as JSON.
    pub doc: String,
}

/// A new warning.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: i64,
    /// Its number within the watch.
    pub number: u32,
    /// The newest open window.
    pub window: Option<WindowId>,
    /// Dimension and value.
    pub value: (&'a str, &'a str),
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// The first and the last instant that it counts.
    pub span: (Timestamp, Timestamp),
    /// The warning as JSON.
    pub doc: &'a str,
}

/// How many conversations are behind a value, and of how many people.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Behind {
    /// Conversations.
    pub n: i64,
    /// Different customers.
    pub people: i64,
}

/// Has the watch look within a quarter of an hour of this instant.
///
/// # Errors
/// When the database fails.
pub async fn look_after(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    look_at(tx, Timestamp((at.0.div_euclid(QUARTER) + 1) * QUARTER)).await
}

/// Has the watch look at this instant, or earlier where it will anyway.
///
/// # Errors
/// When the database fails.
pub async fn look_at(tx: &mut Tx, due: Timestamp) -> Result<(), StoreError> {
    tx.run(LOOK_AT, vals![due]).await.map(drop)
}

/// What the watch remembers: version, the last event it has taken in, and the document.
///
/// # Errors
/// When the database fails.
pub async fn state(q: &mut impl Query) -> Result<Option<(i64, i64, String)>, StoreError> {
    q.optional(STATE, vec![]).await
}

/// Keeps it as this version; false if another node was faster.
///
/// # Errors
/// When the database fails.
pub async fn state_save(tx: &mut Tx, version: i64, seq: i64, doc: &str) -> Result<bool, StoreError> {
    Ok(tx.run(STATE_SAVE, vals![version, seq, doc]).await? > 0)
}

/// Conversations that began after an event of the log, in order.
///
/// # Errors
/// When the database fails.
pub async fn opened_after(q: &mut impl Query, seq: i64, limit: i64) -> Result<Vec<Opened>, StoreError> {
    let mut opened: Vec<Opened> = q.all(OPENED_AFTER, vals![seq, limit]).await?;
    if let Some(last) = opened.last() {
        let rows = q.all(FIELDS_AFTER, vals![seq, last.seq]).await?;
        with_fields(&mut opened, rows);
    }
    Ok(opened)
}

/// Puts each value to its conversation.
fn with_fields(opened: &mut [Opened], rows: Vec<(i64, String, String)>) {
    let mut fields: HashMap<i64, BTreeMap<String, String>> = HashMap::new();
    for (id, key, value) in rows {
        fields.entry(id).or_default().insert(key, value);
    }
    for one in opened {
        one.fields = fields.remove(&one.id).unwrap_or_default();
    }
}

/// Conversations that began after an instant and id, in order.
///
/// # Errors
/// When the database fails.
pub async fn opened_since(q: &mut impl Query, at: Timestamp, id: i64, limit: i64) -> Result<Vec<Opened>, StoreError> {
    let mut opened: Vec<Opened> = q.all(OPENED_SINCE, vals![at, id, limit]).await?;
    if let Some(last) = opened.last() {
        let rows = q.all(FIELDS_SINCE, vals![at, id, last.opened_at, last.id]).await?;
        with_fields(&mut opened, rows);
    }
    Ok(opened)
}

/// Keeps a new warning.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<(), StoreError> {
    let (dimension, value) = new.value;
    let vals = vals![new.id, new.number, new.window, dimension, value, new.first_seen, new.span.0, new.span.1, new.doc];
    tx.run(INSERT, vals).await.map(drop)
}

/// Renews what is said of an open or dismissed one.
///
/// # Errors
/// When the database fails.
pub async fn go_on(tx: &mut Tx, number: u32, until: Timestamp, doc: &str) -> Result<(), StoreError> {
    tx.run(GO_ON, vals![number, until, doc]).await.map(drop)
}

/// Closes one; what was dismissed stays so.
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, number: u32, doc: &str) -> Result<(), StoreError> {
    tx.run(CLOSE, vals![number, doc]).await.map(drop)
}

/// Gives one another number, because the watch began anew from a longer past.
///
/// # Errors
/// When the database fails.
pub async fn renumber(tx: &mut Tx, id: i64, number: u32, until: Timestamp, doc: &str) -> Result<(), StoreError> {
    tx.run(RENUMBER, vals![id, number, until, doc]).await.map(drop)
}

/// The one of this value that is not over.
///
/// # Errors
/// When the database fails.
pub async fn of_value(q: &mut impl Query, dimension: &str, value: &str) -> Result<Option<Kept>, StoreError> {
    q.optional(OPEN_OF_VALUE, vals![dimension, value]).await
}

/// Puts an open one aside; false if it is not open.
///
/// # Errors
/// When the database fails.
pub async fn dismiss(tx: &mut Tx, id: i64, at: Timestamp, by: &str, reason: &str) -> Result<bool, StoreError> {
    Ok(tx.run(DISMISS, vals![id, at, by, reason]).await? > 0)
}

/// Takes back that one was put aside: open again, or closed where it does not go on. False if it is not put aside.
///
/// # Errors
/// When the database fails.
pub async fn restore(tx: &mut Tx, id: i64, goes_on: bool) -> Result<bool, StoreError> {
    let state = if goes_on { "open" } else { "closed" };
    Ok(tx.run(RESTORE, vals![id, state]).await? == 1)
}

/// One.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, id: i64) -> Result<Option<Kept>, StoreError> {
    q.optional(ONE, vals![id]).await
}

/// One, by its number within the watch.
///
/// # Errors
/// When the database fails.
pub async fn by_number(q: &mut impl Query, number: u32) -> Result<Option<Kept>, StoreError> {
    q.optional(BY_NUMBER, vals![number]).await
}

/// The highest number given so far.
///
/// # Errors
/// When the database fails.
pub async fn last_number(q: &mut impl Query) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(LAST_NUMBER, vec![]).await?;
    Ok(n)
}

/// A page of those first seen in a span, after a place: rank (0 open, 1 not), minus the instant, minus the id.
///
/// # Errors
/// When the database fails.
pub async fn page(
    q: &mut impl Query,
    state: Option<&str>,
    seen: (Timestamp, Timestamp),
    after: Option<[i64; 3]>,
    limit: i64,
) -> Result<Vec<Kept>, StoreError> {
    let [rank, at, id] = after.unwrap_or([-1, 0, 0]);
    q.all(PAGE, vals![state, seen.0, seen.1, rank, at, id, limit]).await
}

/// The conversations with a value that began from `since` until before `until`.
///
/// # Errors
/// When the database fails.
pub async fn behind(q: &mut impl Query, dimension: &str, value: &str, since: Timestamp, until: Timestamp) -> Result<Behind, StoreError> {
    let value = if dimension == "tag" { tag_pattern(value) } else { value.to_owned() };
    q.one(BEHIND, vals![dimension, value, since, until]).await
}
