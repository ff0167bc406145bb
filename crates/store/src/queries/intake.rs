//! Where questions about a change come in.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use hypercare_core::{Channel, Timestamp, WindowId};

statements! {
    // In quarters of an hour: every zone's days begin at one.
    BEGAN = "SELECT opened_at / 900000000 * 900000000 AS at, channel, COUNT(*) AS n FROM conversation
        WHERE window_id = $1 AND opened_at >= $2 AND scope = 'in' GROUP BY opened_at / 900000000, channel";
    AGAIN = "SELECT COUNT(*) AS n, COUNT(*) FILTER (WHERE later.channel = $3) AS part
        FROM (SELECT contact_id, MIN(opened_at) AS at FROM conversation
            WHERE window_id = $1 AND opened_at >= $2 AND scope = 'in' AND channel <> $3 GROUP BY contact_id) pointed
        JOIN conversation later ON later.id = (SELECT l.id FROM conversation l
            WHERE l.contact_id = pointed.contact_id AND l.opened_at > pointed.at AND l.window_id = $1 AND l.scope = 'in'
            ORDER BY l.opened_at, l.id LIMIT 1)";
}

/// Length of the pieces of time in which [`began`] counts, in microseconds.
pub const PIECE: i64 = 900_000_000;

/// Conversations that began on a channel within a quarter of an hour.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Began {
    /// Beginning of the quarter of an hour.
    pub at: i64,
    /// Channel.
    pub channel: String,
    /// How many.
    pub n: i64,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Part {
    /// The whole.
    pub n: i64,
    /// The part.
    pub part: i64,
}

/// Conversations about the change of a window that began since an instant.
///
/// # Errors
/// When the database fails.
pub async fn began(q: &mut impl Query, window: WindowId, since: Timestamp) -> Result<Vec<Began>, StoreError> {
    q.all(BEGAN, vals![window, since]).await
}

/// Customers who began on another channel and then another conversation about the change; of these, those who began that on the primary
/// one.
///
/// # Errors
/// When the database fails.
pub async fn again(q: &mut impl Query, window: WindowId, since: Timestamp, primary: Channel) -> Result<Part, StoreError> {
    q.one(AGAIN, vals![window, since, primary.word()]).await
}
