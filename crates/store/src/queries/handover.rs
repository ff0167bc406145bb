//! What a window hands over to normal operations.

use crate::aggregates::Persisted;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::normal::Checklist;
use hypercare_core::{Stamp, WindowId};

statements! {
    DOC = "SELECT doc FROM handover WHERE window_id = $1";
    SAVE = "INSERT INTO handover (window_id, doc) VALUES ($1, $2) ON CONFLICT (window_id) DO UPDATE SET doc = excluded.doc";
    OPEN_ESCALATIONS = "SELECT COUNT(*) FROM escalation WHERE window_id = $1 AND state IN ('waiting', 'acknowledged', 'accepted')";
    OPEN_CONVERSATIONS = "SELECT COUNT(*) FROM conversation WHERE window_id = $1 AND status <> 'resolved'";
}

impl Persisted for Checklist {
    const LOAD: &'static str = DOC;
    fn number(&self) -> i64 {
        self.window.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        async move {
            tx.run(SAVE, vals![self.window, doc]).await?;
            crate::notices::of_handover(tx, self, events).await
        }
        .boxed()
    }
}

/// What a window hands over, as people left it; nothing done where nobody did anything yet.
///
/// # Errors
/// When the database fails.
pub async fn of(q: &mut impl Query, window: WindowId) -> Result<Checklist, StoreError> {
    Ok(crate::load::<Checklist>(q, window.0).await?.unwrap_or_else(|| Checklist::new(window)))
}

/// How many escalations of a window somebody still has to do something about.
///
/// # Errors
/// When the database fails.
pub async fn open_escalations(q: &mut impl Query, window: WindowId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(OPEN_ESCALATIONS, vals![window]).await?;
    Ok(n)
}

/// How many conversations of a window are not settled.
///
/// # Errors
/// When the database fails.
pub async fn open_conversations(q: &mut impl Query, window: WindowId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(OPEN_CONVERSATIONS, vals![window]).await?;
    Ok(n)
}
