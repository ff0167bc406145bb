//! What the daily signals are made from, and the days that are closed.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Timestamp, UserId, WindowId};

statements! {
    OPENED = "SELECT c.opened_at, c.first_response_at, c.resolved_at, c.reassurance, COALESCE(c.person_since < $2, FALSE) AS needed_person, c.assistant_answers, c.category,
            EXISTS (SELECT 1 FROM conversation b WHERE b.contact_id = c.contact_id AND b.opened_at < c.opened_at
                AND b.opened_at >= c.opened_at - 604800000000 AND COALESCE(b.scenario, '') = COALESCE(c.scenario, '')) AS repeated
        FROM conversation c WHERE c.opened_at >= $1 AND c.opened_at < $2 LIMIT 200000";
    SETTLED = "SELECT COALESCE(category, '') AS category, COUNT(*) AS n FROM conversation
        WHERE resolved_at >= $1 AND resolved_at < $2 GROUP BY COALESCE(category, '')";
    /// From the kept count of what is open now, less what began since, and with what was settled since: what is read grows
    /// with the time that has passed since the instant, not with all that is open.
    OPEN_AT = "SELECT category, CAST(SUM(n) AS BIGINT) AS n, CAST(SUM(part) AS BIGINT) AS part FROM (
            SELECT category, n, critical AS part FROM open_count
            UNION ALL SELECT COALESCE(category, ''), -COUNT(*), -COUNT(*) FILTER (WHERE severity = 'critical') FROM conversation
                WHERE opened_at >= $1 AND +resolved_at IS NULL GROUP BY COALESCE(category, '')
            UNION ALL SELECT COALESCE(category, ''), COUNT(*), COUNT(*) FILTER (WHERE severity = 'critical') FROM conversation
                WHERE resolved_at >= $1 AND +opened_at < $1 GROUP BY COALESCE(category, '')) o
        GROUP BY category HAVING SUM(n) <> 0";
    ESCALATED = "SELECT COALESCE(category, '') AS category, COUNT(*) AS n FROM conversation
        WHERE escalated_at >= $1 AND escalated_at < $2 GROUP BY COALESCE(category, '')";
    RATED = "SELECT COALESCE(category, '') AS category, COUNT(*) AS n, COUNT(*) FILTER (WHERE rating >= 4) AS part FROM conversation
        WHERE rated_at >= $1 AND rated_at < $2 AND rating IS NOT NULL GROUP BY COALESCE(category, '')";
    PULSES = "SELECT score FROM pulse WHERE window_id = $1 AND day = $2";
    PULSE_SAVE = "INSERT INTO pulse (window_id, user_id, day, score, comment, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (window_id, user_id, day) DO UPDATE SET score = excluded.score, comment = excluded.comment, at = excluded.at";
    DAYS = "SELECT signal, day, sample FROM signal_day WHERE window_id = $1 ORDER BY day, signal";
    DAY_SAVE = "INSERT INTO signal_day (window_id, signal, day, sample) VALUES ($1, $2, $3, $4)
        ON CONFLICT (window_id, signal, day) DO UPDATE SET sample = excluded.sample";
    /// The newest first and bounded: a share of the newest twenty thousand is as good, and the day's end stays in reach.
    PROMISES = "SELECT e.at, e.body, COALESCE(c.category, '') AS category FROM event e JOIN conversation c ON c.id = e.subject_id
        WHERE e.kind IN ('conversation.sla_breached', 'conversation.sla_clock') AND e.at >= $1 AND e.at < $2 ORDER BY e.at DESC LIMIT 20000";
    STATUS_CHANGES = "SELECT e.at, e.body, COALESCE(c.category, '') AS category FROM event e JOIN conversation c ON c.id = e.subject_id
        WHERE e.kind = 'conversation.status_changed' AND e.at >= $1 AND e.at < $2 ORDER BY e.at DESC LIMIT 20000";
    NEWEST_OF_KIND = "SELECT MAX(seq) FROM event WHERE kind = $1 AND window_id = $2";
    FIRST = "SELECT MIN(opened_at) FROM conversation";
    BY_SCENARIO = "SELECT COALESCE(scenario, '') AS scenario, COUNT(*) AS n, COUNT(DISTINCT contact_id) AS people,
            COUNT(*) FILTER (WHERE person_since IS NULL AND assistant_answers > 0) AS answered
        FROM conversation WHERE window_id = $1 AND opened_at >= $2 AND opened_at < $3 GROUP BY COALESCE(scenario, '') ORDER BY COUNT(*) DESC";
}

/// One conversation, as far as the signals care.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table")]
pub struct Opened {
    pub opened_at: i64,
    pub first_response_at: Option<i64>,
    pub resolved_at: Option<i64>,
    pub reassurance: bool,
    /// A person was needed before the span was over.
    pub needed_person: bool,
    pub assistant_answers: i64,
    pub category: Option<String>,
    /// The same customer wrote about the same scenario in the seven days before.
    pub repeated: bool,
}

/// How many of a category.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Counted {
    /// Category; empty for none.
    pub category: String,
    /// Conversations.
    pub n: i64,
}

/// How many of a category, and how many of them stand out.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Parted {
    /// Category; empty for none.
    pub category: String,
    /// Conversations.
    pub n: i64,
    /// Of these: critical ones, or good ratings.
    pub part: i64,
}

/// Something that happened to a conversation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Happened {
    /// When.
    pub at: i64,
    /// What, as kept.
    pub body: String,
    /// Category of the conversation; empty for none.
    pub category: String,
}

/// Volume of one scenario.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Volume {
    /// Scenario key; empty for none.
    pub scenario: String,
    /// Conversations.
    pub n: i64,
    /// Different customers.
    pub people: i64,
    /// Answered by the assistant alone.
    pub answered: i64,
}

/// Conversations opened from `since` until before `until`.
///
/// # Errors
/// When the database fails.
pub async fn opened(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Opened>, StoreError> {
    q.all(OPENED, vals![since, until]).await
}

/// How many were settled in a span, for the last time so far; by category.
///
/// # Errors
/// When the database fails.
pub async fn settled(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Counted>, StoreError> {
    q.all(SETTLED, vals![since, until]).await
}

/// How many were open at an instant, and how many of them critical; by category.
///
/// # Errors
/// When the database fails.
pub async fn open_at(q: &mut impl Query, at: Timestamp) -> Result<Vec<Parted>, StoreError> {
    q.all(OPEN_AT, vals![at]).await
}

/// How many were first escalated in a span; by category.
///
/// # Errors
/// When the database fails.
pub async fn escalated(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Counted>, StoreError> {
    q.all(ESCALATED, vals![since, until]).await
}

/// How many ratings were given in a span, and how many of them were 4 or 5; by category.
///
/// # Errors
/// When the database fails.
pub async fn rated(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Parted>, StoreError> {
    q.all(RATED, vals![since, until]).await
}

/// The team's pulses of a day.
///
/// # Errors
/// When the database fails.
pub async fn pulses(q: &mut impl Query, window: WindowId, day: &str) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = q.all(PULSES, vals![window, day]).await?;
    Ok(rows.into_iter().map(|(s,)| s).collect())
}

/// Keeps one person's pulse of a day; the last one counts.
///
/// # Errors
/// When the database fails.
pub async fn pulse_save(tx: &mut Tx, window: WindowId, user: UserId, day: &str, score: u8, comment: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.run(PULSE_SAVE, vals![window, user, day, i64::from(score), comment, now]).await.map(drop)
}

/// The closed days of a window: (signal, day, sample as JSON).
///
/// # Errors
/// When the database fails.
pub async fn days(q: &mut impl Query, window: WindowId) -> Result<Vec<(String, String, String)>, StoreError> {
    q.all(DAYS, vals![window]).await
}

/// Keeps a closed day's sample.
///
/// # Errors
/// When the database fails.
pub async fn day_save(tx: &mut Tx, window: WindowId, signal: &str, day: &str, sample: &str) -> Result<(), StoreError> {
    tx.run(DAY_SAVE, vals![window, signal, day, sample]).await.map(drop)
}

/// What happened to promises about time in a span, the newest first; twenty thousand at most.
///
/// # Errors
/// When the database fails.
pub async fn promises(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Happened>, StoreError> {
    q.all(PROMISES, vals![since, until]).await
}

/// Conversations settled, opened again or waiting in a span, the newest first; twenty thousand at most.
///
/// # Errors
/// When the database fails.
pub async fn status_changes(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Happened>, StoreError> {
    q.all(STATUS_CHANGES, vals![since, until]).await
}

/// Number of the newest event of a kind in a window.
///
/// # Errors
/// When the database fails.
pub async fn newest_of_kind(q: &mut impl Query, kind: &str, window: WindowId) -> Result<Option<i64>, StoreError> {
    let (seq,): (Option<i64>,) = q.one(NEWEST_OF_KIND, vals![kind, window]).await?;
    Ok(seq)
}

/// When the first conversation was opened.
///
/// # Errors
/// When the database fails.
pub async fn first_conversation(q: &mut impl Query) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(FIRST, vec![]).await?;
    Ok(at.map(Timestamp))
}

/// A window's volume by scenario in a span, most first.
///
/// # Errors
/// When the database fails.
pub async fn by_scenario(q: &mut impl Query, window: WindowId, since: Timestamp, until: Timestamp) -> Result<Vec<Volume>, StoreError> {
    q.all(BY_SCENARIO, vals![window, since, until]).await
}
