//! Escalations, by window and by conversation.

use crate::aggregates::{Persisted, decode};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::escalation::Escalation;
use hypercare_core::timer::Timer;
use hypercare_core::{ConversationId, EscalationId, Stamp, WindowId};

statements! {
    DOC = "SELECT doc FROM escalation WHERE id = $1";
    SAVE = "INSERT INTO escalation (id, window_id, conversation_id, path, state, raised_at, doc) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, doc = excluded.doc";
    PAGE = "SELECT doc FROM escalation WHERE window_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    OPEN = "SELECT doc FROM escalation WHERE window_id = $1 AND state IN ('waiting', 'acknowledged', 'accepted') AND id < $2 ORDER BY id DESC LIMIT $3";
    OF_CONVERSATION = "SELECT doc FROM escalation WHERE conversation_id = $1 ORDER BY id DESC LIMIT $2";
}

impl Persisted for Escalation {
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
        let vals = vals![self.id, self.window, self.conversation, &self.path, self.state.word(), self.raised_at, doc];
        async move {
            tx.run(SAVE, vals).await?;
            crate::notices::of_escalation(tx, self, events).await
        }
        .boxed()
    }
}

/// A window's escalations before one (none: the newest), newest first; all, or those about which somebody has to do something.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, window: WindowId, open: bool, before: Option<EscalationId>, limit: i64) -> Result<Vec<Escalation>, StoreError> {
    let sql = if open { OPEN } else { PAGE };
    read(q.all(sql, vals![window, before.map_or(i64::MAX, i64::from), limit]).await?)
}

/// Those of one conversation, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_conversation(q: &mut impl Query, conversation: ConversationId, limit: i64) -> Result<Vec<Escalation>, StoreError> {
    read(q.all(OF_CONVERSATION, vals![conversation, limit]).await?)
}

fn read(rows: Vec<(String,)>) -> Result<Vec<Escalation>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("escalation", &doc)).collect()
}
