//! Contacts before and after an update, and what days usually have.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use hypercare_core::topic::Topic;
use hypercare_core::{Timestamp, WindowId};

statements! {
    /// The same conversations as the list of this window, dimension and time.
    BY_DAY = "SELECT day, COUNT(*) AS n FROM (SELECT (opened_at - $4) / 86400000000 AS day FROM conversation
            WHERE opened_at >= $4 AND opened_at < $5 AND window_id = $1
            AND CASE CAST($2 AS TEXT) WHEN 'scenario' THEN scenario = $3 WHEN 'category' THEN category = $3 ELSE CAST(issue_id AS TEXT) = $3 END) d
        GROUP BY day";
    /// All of the desk, by the hour since the beginning of time; from the index alone.
    BY_HOUR = "SELECT hour, COUNT(*) AS n FROM (SELECT opened_at / 3600000000 AS hour FROM conversation WHERE opened_at >= $1 AND opened_at < $2) h GROUP BY hour";
}

/// Conversations of a window on a topic that began in each whole day of 24 hours from `from` to `to`, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn by_day(q: &mut impl Query, window: WindowId, topic: &Topic, from: Timestamp, to: Timestamp) -> Result<Vec<u64>, StoreError> {
    let rows: Vec<(i64, i64)> = q.all(BY_DAY, vals![window, topic.dimension(), topic.value(), from, to]).await?;
    let days = usize::try_from((to - from).0 / 86_400_000_000).unwrap_or(0);
    let mut counts = vec![0; days];
    for (day, n) in rows {
        if let Some(count) = usize::try_from(day).ok().and_then(|day| counts.get_mut(day)) {
            *count = n.unsigned_abs();
        }
    }
    Ok(counts)
}

/// How many conversations of any kind began in each hour of a stretch: the hour's beginning and its count, for hours that had some.
///
/// # Errors
/// When the database fails.
pub async fn by_hour(q: &mut impl Query, from: Timestamp, to: Timestamp) -> Result<Vec<(Timestamp, u64)>, StoreError> {
    let rows: Vec<(i64, i64)> = q.all(BY_HOUR, vals![from, to]).await?;
    Ok(rows.into_iter().map(|(hour, n)| (Timestamp(hour * 3_600_000_000), n.unsigned_abs())).collect())
}
