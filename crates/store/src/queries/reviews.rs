//! Daily reviews, and when the next brief of a window or the next missed review is due.

use crate::aggregates::{Persisted, decode};
use crate::queries::timers::Due;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::review::Review;
use hypercare_core::{ReviewId, Stamp, Timestamp, WindowId};

/// Openings that are looked at to count how often an action was carried over: more than a year of days.
const OPENINGS_LIMIT: i64 = 400;

statements! {
    DOC = "SELECT doc FROM review WHERE id = $1";
    SAVE = "INSERT INTO review (id, window_id, day, state, opened_at, missed_at, doc) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, opened_at = excluded.opened_at, missed_at = excluded.missed_at, doc = excluded.doc";
    OF_DAY = "SELECT doc FROM review WHERE window_id = $1 AND day = $2";
    PAGE = "SELECT doc FROM review WHERE window_id = $1 AND id < $2 AND (state <> 'planned' OR missed_at IS NOT NULL) ORDER BY id DESC LIMIT $3";
    OPENINGS = "SELECT opened_at FROM review WHERE window_id = $1 AND opened_at IS NOT NULL ORDER BY opened_at DESC LIMIT $2";
    COURSE = "SELECT subject_kind, subject_id, kind, key, due_at FROM timer WHERE subject_kind = 'reviews' AND subject_id = $1 LIMIT 1";
    COURSE_END = "DELETE FROM timer WHERE subject_kind = 'reviews' AND subject_id = $1";
    /// How far it has come is its key.
    COURSE_SET = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('reviews', $1, 'review', $2, $3)";
    TAKE = "DELETE FROM timer WHERE subject_kind = 'reviews' AND subject_id = $1 AND key = $2 AND due_at = $3";
}

impl Persisted for Review {
    const LOAD: &'static str = DOC;
    fn number(&self) -> i64 {
        self.of.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.of.window)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.of.id, self.of.window, &self.of.day, self.state.word(), self.opened_at, self.missed_at, doc];
        async move {
            tx.run(SAVE, vals).await?;
            crate::notices::of_review(tx, self, events).await
        }
        .boxed()
    }
}

fn read((doc,): (String,)) -> Result<Review, StoreError> {
    decode("review", &doc)
}

/// The review of a window on a local day.
///
/// # Errors
/// When the database fails.
pub async fn of_day(q: &mut impl Query, window: WindowId, day: &str) -> Result<Option<Review>, StoreError> {
    let row: Option<(String,)> = q.optional(OF_DAY, vals![window, day]).await?;
    row.map(read).transpose()
}

/// Reviews of a window that were opened or missed, before one (none: the newest), newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, window: WindowId, before: Option<ReviewId>, limit: i64) -> Result<Vec<Review>, StoreError> {
    let rows: Vec<(String,)> = q.all(PAGE, vals![window, before.map_or(i64::MAX, i64::from), limit]).await?;
    rows.into_iter().map(read).collect()
}

/// When a window's reviews were opened, the last first; at most 400.
///
/// # Errors
/// When the database fails.
pub async fn openings(q: &mut impl Query, window: WindowId) -> Result<Vec<Timestamp>, StoreError> {
    let rows: Vec<(i64,)> = q.all(OPENINGS, vals![window, OPENINGS_LIMIT]).await?;
    Ok(rows.into_iter().map(|(at,)| Timestamp(at)).collect())
}

/// The window's next due time, where it has one.
///
/// # Errors
/// When the database fails.
pub async fn course(q: &mut impl Query, window: WindowId) -> Result<Option<Due>, StoreError> {
    q.optional(COURSE, vals![window]).await
}

/// Until when everything was done, of a due time.
pub fn done_until(due: &Due) -> Timestamp {
    // A key that is no number is from nobody: then only what is due at that very time is done.
    Timestamp(due.key.parse().unwrap_or(due.due_at - 1))
}

/// Has the engine look at a window's reviews next at `next`; everything until `done_until` was done or is past. None: not any more.
///
/// # Errors
/// When the database fails.
pub async fn set_course(tx: &mut Tx, window: WindowId, done_until: Timestamp, next: Option<Timestamp>) -> Result<(), StoreError> {
    tx.run(COURSE_END, vals![window]).await?;
    let Some(next) = next else { return Ok(()) };
    tx.run(COURSE_SET, vals![window, done_until.0.to_string(), next]).await.map(drop)
}

/// Takes a due time off the list; false where another node did.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, due: &Due) -> Result<bool, StoreError> {
    tx.run(TAKE, vals![due.subject_id, &due.key, due.due_at]).await.map(|n| n > 0)
}
