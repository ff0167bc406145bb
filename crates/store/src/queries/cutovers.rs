//! Runs of cutover runbooks, by window.

use crate::aggregates::{Persisted, decode};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::cutover::Cutover;
use hypercare_core::timer::Timer;
use hypercare_core::{CutoverId, Stamp, WindowId};

/// Runs that are looked after at once, one in a window.
const RUNNING_AT_ONCE: i64 = 200;

statements! {
    DOC = "SELECT doc FROM cutover WHERE id = $1";
    SAVE = "INSERT INTO cutover (id, window_id, rehearsal, state, begun_at, doc) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, doc = excluded.doc";
    PAGE = "SELECT doc FROM cutover WHERE window_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    RUNNING = "SELECT doc FROM cutover WHERE state = 'running' ORDER BY id LIMIT $1";
    RUNNING_IN = "SELECT doc FROM cutover WHERE window_id = $1 AND state = 'running' LIMIT 1";
    REHEARSED = "SELECT COUNT(*) FROM cutover WHERE window_id = $1 AND rehearsal AND state <> 'running'";
}

impl Persisted for Cutover {
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
        let vals = vals![self.id, self.window, self.rehearsal, self.state.word(), self.begun_at, doc];
        async move {
            tx.run(SAVE, vals).await?;
            crate::notices::of_cutover(tx, self, events).await
        }
        .boxed()
    }
}

/// A window's runs before one (none: the newest), newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, window: WindowId, before: Option<CutoverId>, limit: i64) -> Result<Vec<Cutover>, StoreError> {
    read(q.all(PAGE, vals![window, before.map_or(i64::MAX, i64::from), limit]).await?)
}

/// All that go on, at most two hundred.
///
/// # Errors
/// When the database fails.
pub async fn running(q: &mut impl Query) -> Result<Vec<Cutover>, StoreError> {
    read(q.all(RUNNING, vals![RUNNING_AT_ONCE]).await?)
}

/// The one that goes on in a window.
///
/// # Errors
/// When the database fails.
pub async fn running_in(q: &mut impl Query, window: WindowId) -> Result<Option<Cutover>, StoreError> {
    Ok(read(q.all(RUNNING_IN, vals![window]).await?)?.pop())
}

/// How many rehearsals of a window's runbook are over.
///
/// # Errors
/// When the database fails.
pub async fn rehearsed(q: &mut impl Query, window: WindowId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(REHEARSED, vals![window]).await?;
    Ok(n)
}

fn read(rows: Vec<(String,)>) -> Result<Vec<Cutover>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("cutover", &doc)).collect()
}
