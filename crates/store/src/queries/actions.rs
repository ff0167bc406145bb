//! What people do about items of reviews.

use crate::aggregates::{Persisted, decode};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::action::Action;
use hypercare_core::timer::Timer;
use hypercare_core::{ActionId, ReviewId, Stamp, Timestamp, UserId, WindowId};

statements! {
    DOC = "SELECT doc FROM action WHERE id = $1";
    SAVE = "INSERT INTO action (id, window_id, review_id, owner_id, state, ends_at, since, doc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id, state = excluded.state, ends_at = excluded.ends_at, since = excluded.since,
            doc = excluded.doc";
    OPEN = "SELECT doc FROM action WHERE window_id = $1 AND state = 'open' ORDER BY ends_at, id LIMIT $2";
    ENDED = "SELECT doc FROM action WHERE window_id = $1 AND state <> 'open' AND since > $2 ORDER BY since DESC, id LIMIT $3";
    OF_REVIEW = "SELECT doc FROM action WHERE review_id = $1 ORDER BY id LIMIT $2";
    PAGE = "SELECT doc FROM action WHERE window_id = $1 AND ($2 = '' OR state = $2) AND (CAST($3 AS BIGINT) IS NULL OR owner_id = $3) AND id < $4
        ORDER BY id DESC LIMIT $5";
    COUNT = "SELECT COUNT(*), COUNT(*) FILTER (WHERE ends_at <= $2) FROM action WHERE window_id = $1 AND state = 'open'";
}

impl Persisted for Action {
    const LOAD: &'static str = DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, self.window, self.review, self.task.owner, self.state.word(), self.task.ends_at, self.since, doc];
        async move {
            tx.run(SAVE, vals).await?;
            crate::notices::of_action(tx, self, events).await
        }
        .boxed()
    }
}

fn all(rows: Vec<(String,)>) -> Result<Vec<Action>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("action", &doc)).collect()
}

/// Which actions.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Of this window.
    pub window: WindowId,
    /// In this state; any where it is empty.
    pub state: &'a str,
    /// Of this person.
    pub owner: Option<UserId>,
}

/// Actions before one (none: the newest), newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, wanted: Wanted<'_>, before: Option<ActionId>, limit: i64) -> Result<Vec<Action>, StoreError> {
    let before = before.map_or(i64::MAX, i64::from);
    all(q.all(PAGE, vals![wanted.window, wanted.state, wanted.owner, before, limit]).await?)
}

/// The open ones of a window, by their due date.
///
/// # Errors
/// When the database fails.
pub async fn open(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Action>, StoreError> {
    all(q.all(OPEN, vals![window, limit]).await?)
}

/// Those of a window that were done or dropped since, the last first.
///
/// # Errors
/// When the database fails.
pub async fn ended(q: &mut impl Query, window: WindowId, since: Timestamp, limit: i64) -> Result<Vec<Action>, StoreError> {
    all(q.all(ENDED, vals![window, since, limit]).await?)
}

/// Those that were agreed in a review, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_review(q: &mut impl Query, review: ReviewId, limit: i64) -> Result<Vec<Action>, StoreError> {
    all(q.all(OF_REVIEW, vals![review, limit]).await?)
}

/// How many are open in a window, and how many of these are overdue.
///
/// # Errors
/// When the database fails.
pub async fn count(q: &mut impl Query, window: WindowId, now: Timestamp) -> Result<(i64, i64), StoreError> {
    q.one(COUNT, vals![window, now]).await
}
