//! Escalations, by window and by conversation.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::escalation::Escalation;
use hypercare_core::{ConversationId, EscalationId, WindowId};

statements! {
    PAGE = "SELECT doc FROM escalation WHERE window_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    OPEN = "SELECT doc FROM escalation WHERE window_id = $1 AND state IN ('waiting', 'acknowledged', 'accepted') AND id < $2 ORDER BY id DESC LIMIT $3";
    OF_CONVERSATION = "SELECT doc FROM escalation WHERE conversation_id = $1 ORDER BY id DESC LIMIT $2";
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
