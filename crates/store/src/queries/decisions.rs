//! The decision queue.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::decision::Decision;
use hypercare_core::{DecisionId, WindowId};

statements! {
    PAGE = "SELECT doc FROM decision WHERE (CAST($1 AS BIGINT) IS NULL OR window_id = $1) AND ($2 = FALSE OR decided_at IS NULL) AND id < $3 ORDER BY id DESC LIMIT $4";
    HOLDING = "SELECT doc FROM decision WHERE window_id = $1 AND holds_until IS NOT NULL ORDER BY holds_until, id LIMIT $2";
    WAITING = "SELECT COUNT(*) FROM decision WHERE window_id = $1 AND decided_at IS NULL";
}

/// A page, newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(
    q: &mut impl Query,
    window: Option<WindowId>,
    waiting: bool,
    before: Option<DecisionId>,
    limit: i64,
) -> Result<Vec<Decision>, StoreError> {
    let rows: Vec<(String,)> = q.all(PAGE, vals![window, waiting, before.map_or(i64::MAX, i64::from), limit]).await?;
    rows.into_iter().map(|(doc,)| decode("decision", &doc)).collect()
}

/// What is allowed for a while and still holds, what runs out first before the others.
///
/// # Errors
/// When the database fails.
pub async fn holding(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Decision>, StoreError> {
    let rows: Vec<(String,)> = q.all(HOLDING, vals![window, limit]).await?;
    rows.into_iter().map(|(doc,)| decode("decision", &doc)).collect()
}

/// How many wait for a ruling.
///
/// # Errors
/// When the database fails.
pub async fn waiting(q: &mut impl Query, window: WindowId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(WAITING, vals![window]).await?;
    Ok(n)
}
