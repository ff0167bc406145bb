//! Answers and how they do.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::answer::Answer;
use hypercare_core::{AnswerId, MessageId, Span, Timestamp, WindowId};
use std::collections::BTreeMap;

pub use super::messages::Use;

/// The customer wrote again within a day of message `m`, and not only that it helped.
macro_rules! again {
    () => {
        "(SELECT COUNT(*) FROM message f WHERE f.conversation_id = m.conversation_id AND f.author = 'customer' AND f.hand IS NULL AND f.id > m.id
            AND f.at <= m.at + 86400000000) > CASE WHEN m.helpful THEN 1 ELSE 0 END"
    };
}
pub(super) use again;

/// The assistant said message `m`, and conversation `c` was settled without a person.
macro_rules! alone {
    () => {
        "m.author = 'assistant' AND c.status = 'resolved' AND c.person_since IS NULL"
    };
}

statements! {
    OF_WINDOW = "SELECT doc FROM answer WHERE (CAST($1 AS BIGINT) IS NULL OR window_id = $1) ORDER BY id LIMIT 2000";
    MACROS = "SELECT doc FROM answer WHERE macro ORDER BY id LIMIT 2000";
    BY_KEY = "SELECT doc FROM answer WHERE window_id = $1 AND key = $2";
    USE_COUNTS = concat!("SELECT m.answer_id AS answer_id, m.answer_version AS version, COUNT(*) AS uses, COUNT(*) FILTER (WHERE m.author = 'assistant') AS by_assistant,
            COUNT(*) FILTER (WHERE m.helpful) AS helpful, COUNT(*) FILTER (WHERE NOT m.helpful) AS not_helpful, MAX(m.at) AS last_used,
            COUNT(*) FILTER (WHERE ", again!(), ") AS follow_ups,
            COUNT(*) FILTER (WHERE m.at <= $2) AS measured, COUNT(*) FILTER (WHERE m.at <= $2 AND ", again!(), ") AS again,
            COUNT(*) FILTER (WHERE ", alone!(), ") AS alone
        FROM message m JOIN answer a ON a.id = m.answer_id JOIN conversation c ON c.id = m.conversation_id
        WHERE (CAST($1 AS BIGINT) IS NULL OR a.window_id = $1) GROUP BY m.answer_id, m.answer_version");
    USES = concat!("SELECT m.id, m.conversation_id, c.subject, m.at, m.author, m.broadcast_id, m.answer_version, m.helpful
        FROM message m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.answer_id = $1 AND m.id < $2 AND (CAST($5 AS BIGINT) IS NULL OR m.answer_version = $5)
            AND CASE CAST($4 AS TEXT)
                WHEN 'assistant' THEN m.author = 'assistant'
                WHEN 'people' THEN m.author <> 'assistant'
                WHEN 'helped' THEN m.helpful
                WHEN 'not_helped' THEN NOT m.helpful
                WHEN 'measured' THEN m.at <= $6
                WHEN 'again' THEN m.at <= $6 AND ", again!(), "
                WHEN 'alone' THEN ", alone!(), "
                ELSE TRUE END
        ORDER BY m.id DESC LIMIT $3");
}

/// How one version of an answer does. The same conditions as those of the lists behind the figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct VersionUse {
    /// Which answer.
    pub answer_id: i64,
    /// Which version was sent.
    pub version: i64,
    /// How often it was said.
    pub uses: i64,
    /// Of these by the assistant.
    pub by_assistant: i64,
    /// The customer said it helped.
    pub helpful: i64,
    /// The customer said it did not.
    pub not_helpful: i64,
    /// When it was last said.
    pub last_used: i64,
    /// The customer wrote again within a day. What only says that it helped does not count.
    pub follow_ups: i64,
    /// Said at least a day ago, so that it is known whether the customer wrote again within it.
    pub measured: i64,
    /// Of these the customer wrote again within a day.
    pub again: i64,
    /// Said by the assistant, and the matter was settled without a person.
    pub alone: i64,
}

/// How an answer does.
#[derive(Clone, Debug, Default)]
pub struct Performance {
    /// All versions together; `version` is the newest that was said.
    pub all: VersionUse,
    /// Each version that was said.
    pub versions: Vec<VersionUse>,
}

/// Which uses of an answer a list has.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    /// One of the figures of [`VersionUse`]: assistant, people, helped, not_helped, measured, again or alone; else all.
    pub only: Option<&'static str>,
    /// Of this version only.
    pub version: Option<u32>,
}

/// A window's answers, or all.
///
/// # Errors
/// When the database fails.
pub async fn of_window(q: &mut impl Query, window: Option<WindowId>) -> Result<Vec<Answer>, StoreError> {
    let rows: Vec<(String,)> = q.all(OF_WINDOW, vals![window]).await?;
    rows.into_iter().map(|(doc,)| decode("answer", &doc)).collect()
}

/// Answers of any window that agents go on using, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn macros(q: &mut impl Query) -> Result<Vec<Answer>, StoreError> {
    let rows: Vec<(String,)> = q.all(MACROS, vals![]).await?;
    rows.into_iter().map(|(doc,)| decode("answer", &doc)).collect()
}

/// By its key in a window.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, window: WindowId, key: &str) -> Result<Option<Answer>, StoreError> {
    let row: Option<(String,)> = q.optional(BY_KEY, vals![window, key]).await?;
    row.map(|(doc,)| decode("answer", &doc)).transpose()
}

/// How answers do, of a window or all, as known at `now`; in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn performance(q: &mut impl Query, window: Option<WindowId>, now: Timestamp) -> Result<Vec<Performance>, StoreError> {
    let rows: Vec<VersionUse> = q.all(USE_COUNTS, vals![window, now - Span::days(1)]).await?;
    let mut by_answer: BTreeMap<i64, Performance> = BTreeMap::new();
    for row in rows {
        let known = by_answer.entry(row.answer_id).or_default();
        let sum = &mut known.all;
        sum.answer_id = row.answer_id;
        sum.version = sum.version.max(row.version);
        sum.last_used = sum.last_used.max(row.last_used);
        sum.uses += row.uses;
        sum.by_assistant += row.by_assistant;
        sum.helpful += row.helpful;
        sum.not_helpful += row.not_helpful;
        sum.follow_ups += row.follow_ups;
        sum.measured += row.measured;
        sum.again += row.again;
        sum.alone += row.alone;
        known.versions.push(row);
    }
    Ok(by_answer.into_values().collect())
}

/// Where an answer was said, newest first.
///
/// # Errors
/// When the database fails.
pub async fn uses(
    q: &mut impl Query,
    answer: AnswerId,
    wanted: &Uses,
    before: Option<MessageId>,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Use>, StoreError> {
    let version = wanted.version.map(i64::from);
    q.all(USES, vals![answer, before.map_or(i64::MAX, i64::from), limit, wanted.only, version, now - Span::days(1)]).await
}
