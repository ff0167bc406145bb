//! What the daily signals are made from, and the days that are closed.

use crate::figures::QUARTER;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Timestamp, UserId, WindowId};

statements! {
    /// From the index alone. What has changed lately is new to whoever remembers the rest.
    OPENED = "SELECT id, changed, opened_at, first_response_at, resolved_at, reassurance, person_since, assistant_answers, category, repeated, merged_open
        FROM conversation WHERE opened_at >= $1 AND opened_at < $2 AND changed > $3 LIMIT $4";
    /// Whole quarters of an hour from the kept counts, what is before and after them one by one.
    TALLIED = "SELECT what, category, CAST(SUM(n) AS BIGINT) AS n FROM (
            SELECT what, category, n FROM tally WHERE quarter >= $1 AND quarter < $2
            UNION ALL SELECT what, category, COUNT(*) FROM outcome WHERE at >= $3 AND at < $4 GROUP BY what, category
            UNION ALL SELECT what, category, COUNT(*) FROM outcome WHERE at >= $5 AND at < $6 GROUP BY what, category
            UNION ALL SELECT 'settled', COALESCE(category, ''), COUNT(*) FROM conversation
                WHERE resolved_at >= $3 AND resolved_at < $4 AND NOT merged_open GROUP BY COALESCE(category, '')
            UNION ALL SELECT 'settled', COALESCE(category, ''), COUNT(*) FROM conversation
                WHERE resolved_at >= $5 AND resolved_at < $6 AND NOT merged_open GROUP BY COALESCE(category, '')) t
        GROUP BY what, category HAVING SUM(n) <> 0";
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
    RATED = "SELECT COALESCE(c.category, '') AS category, COUNT(*) AS n, COUNT(*) FILTER (WHERE r.score >= 4) AS part
        FROM rating r JOIN conversation c ON c.id = r.conversation_id WHERE r.at >= $1 AND r.at < $2 GROUP BY COALESCE(c.category, '')";
    PULSES = "SELECT score FROM pulse WHERE window_id = $1 AND day = $2";
    PULSE_SAVE = "INSERT INTO pulse (window_id, user_id, day, score, comment, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (window_id, user_id, day) DO UPDATE SET score = excluded.score, comment = excluded.comment, at = excluded.at";
    DAYS = "SELECT signal, day, sample FROM signal_day WHERE window_id = $1 ORDER BY day, signal";
    DAY = "SELECT sample FROM signal_day WHERE window_id = $1 AND signal = $2 AND day = $3";
    DAY_SAVE = "INSERT INTO signal_day (window_id, signal, day, sample) VALUES ($1, $2, $3, $4)
        ON CONFLICT (window_id, signal, day) DO UPDATE SET sample = excluded.sample";
    /// The newest first and bounded: a share of the newest twenty thousand is as good, and the day's end stays in reach.
    PROMISES = "SELECT seq, at, what = 'broken' AS broken, category FROM outcome
        WHERE at >= $1 AND at < $2 AND what <> 'reopened' ORDER BY at DESC LIMIT $3";
    PROMISES_AFTER = "SELECT seq, at, what = 'broken' AS broken, category FROM outcome
        WHERE seq > $4 AND +at >= $1 AND +at < $2 AND what <> 'reopened' ORDER BY seq LIMIT $3";
    NEWEST_OF_KIND = "SELECT MAX(seq) FROM event WHERE kind = $1 AND +window_id = $2";
    FIRST = "SELECT MIN(opened_at) FROM conversation";
    BY_SCENARIO = "SELECT COALESCE(scenario, '') AS scenario, COUNT(*) AS n, COUNT(DISTINCT contact_id) AS people,
            COUNT(*) FILTER (WHERE person_since IS NULL AND assistant_answers > 0) AS answered
        FROM conversation WHERE window_id = $1 AND opened_at >= $2 AND opened_at < $3 GROUP BY COALESCE(scenario, '') ORDER BY COUNT(*) DESC";
}

/// One conversation, as far as the signals care.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table")]
pub struct Opened {
    pub id: i64,
    /// Number of the first event of the change that last touched it.
    pub changed: i64,
    pub opened_at: i64,
    pub first_response_at: Option<i64>,
    pub resolved_at: Option<i64>,
    pub reassurance: bool,
    pub person_since: Option<i64>,
    pub assistant_answers: i64,
    pub category: Option<String>,
    /// The same customer wrote about the same scenario in the seven days before.
    pub repeated: bool,
    /// It became part of another one before it was settled, at `resolved_at`.
    pub merged_open: bool,
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

/// How many outcomes of a kind a category had.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub struct Tallied {
    /// Promises `kept` or `broken`, conversations `reopened`, or `settled` for the last time so far.
    pub what: String,
    /// Category of the conversations; empty for none.
    pub category: String,
    /// How many.
    pub n: i64,
}

/// A promise that was decided: once, when it ran out or was met before.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Promise {
    /// Number of the event.
    pub seq: i64,
    /// When.
    pub at: i64,
    /// Whether it was broken.
    pub broken: bool,
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

/// Conversations opened from `since` until before `until` that were touched after the event `changed`, in no order.
///
/// # Errors
/// When the database fails.
pub async fn opened(q: &mut impl Query, since: Timestamp, until: Timestamp, changed: i64, limit: i64) -> Result<Vec<Opened>, StoreError> {
    q.all(OPENED, vals![since, until, changed, limit]).await
}

/// What was decided from `since` until before `until`, and how many were settled then for the last time so far.
///
/// # Errors
/// When the database fails.
pub async fn tallied(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Tallied>, StoreError> {
    let (first, last) = (since.0.div_euclid(QUARTER) + i64::from(since.0.rem_euclid(QUARTER) > 0), until.0.div_euclid(QUARTER));
    // No whole quarter lies between: everything one by one.
    let edges = if first < last { [since.0, first * QUARTER, last * QUARTER, until.0] } else { [since.0, until.0, until.0, until.0] };
    let [a, b, c, d] = edges;
    q.all(TALLIED, vals![first, last, a, b, c, d]).await
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

/// What is kept of one day of one signal, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn day(q: &mut impl Query, window: WindowId, signal: &str, day: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(DAY, vals![window, signal, day]).await?;
    Ok(row.map(|(sample,)| sample))
}

/// Keeps a closed day's sample.
///
/// # Errors
/// When the database fails.
pub async fn day_save(tx: &mut Tx, window: WindowId, signal: &str, day: &str, sample: &str) -> Result<(), StoreError> {
    tx.run(DAY_SAVE, vals![window, signal, day, sample]).await.map(drop)
}

/// Promises decided in a span, the newest first; so many at most.
///
/// # Errors
/// When the database fails.
pub async fn promises(q: &mut impl Query, since: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Promise>, StoreError> {
    q.all(PROMISES, vals![since, until, limit]).await
}

/// The same by events after one, in their order.
///
/// # Errors
/// When the database fails.
pub async fn promises_after(q: &mut impl Query, since: Timestamp, until: Timestamp, limit: i64, seq: i64) -> Result<Vec<Promise>, StoreError> {
    q.all(PROMISES_AFTER, vals![since, until, limit, seq]).await
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
