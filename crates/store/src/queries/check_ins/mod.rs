//! Check-ins: what is asked ([`CheckIn`]'s documents), who is asked ([`asked`]), and who could be ([`audience`]).

pub mod asked;
pub mod audience;

use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use crate::{Persisted, StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::check_in::{CheckIn, CheckInEvent};
use hypercare_core::{CheckInId, Stamp, Timestamp, WindowId};

statements! {
    DOC = "SELECT doc FROM check_in WHERE id = $1";
    SAVE = "INSERT INTO check_in (id, window_id, state, doc) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, doc = excluded.doc";
    PAGE = "SELECT doc FROM check_in WHERE window_id = $1 AND state <> 'discarded' AND id < $2 ORDER BY id DESC LIMIT $3";
    QUEUE = "INSERT INTO outbox (id, channel, conversation_id, message_id, recipient, body, state, attempts, due_at, created_at)
        VALUES ($1, 'check_in_mail', 0, $1, $2, '{}', 'pending', 0, $3, $3)";
}

impl Persisted for CheckIn {
    const LOAD: &'static str = DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(CheckInEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, self.window, self.state.word(), doc];
        async move {
            tx.run(SAVE, vals).await?;
            crate::notices::of_check_in(tx, self, events).await
        }
        .boxed()
    }
}

/// A window's check-ins but for discarded ones, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, window: WindowId, before: Option<CheckInId>, limit: i64) -> Result<Vec<CheckIn>, StoreError> {
    let rows: Vec<(String,)> = q.all(PAGE, vals![window, before.map_or(i64::MAX, i64::from), limit]).await?;
    rows.into_iter().map(|(doc,)| decode("check-in", &doc)).collect()
}

/// Has the engine ask the next few.
///
/// # Errors
/// When the database fails.
pub async fn step_at(tx: &mut Tx, id: CheckInId, at: Timestamp) -> Result<(), StoreError> {
    super::timers::once(tx, ("check_in", id.0), "ask", at).await
}

/// Queues the mail to somebody who is asked. Their address is looked up when it is sent, so that one who is gone by then gets nothing.
///
/// # Errors
/// When the database fails.
pub async fn queue(tx: &mut Tx, id: hypercare_core::AskedId, now: Timestamp) -> Result<(), StoreError> {
    let row: i64 = tx.new_id(now);
    tx.run(QUEUE, vals![row, id.0.to_string(), now]).await.map(drop)
}
