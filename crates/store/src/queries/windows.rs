//! Windows.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::window::Window;

statements! {
    ALL_WINDOWS = "SELECT doc FROM hc_window ORDER BY id DESC LIMIT 500";
    BY_KEY = "SELECT doc FROM hc_window WHERE key = $1";
}

/// All, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(q: &mut impl Query) -> Result<Vec<Window>, StoreError> {
    let rows: Vec<(String,)> = q.all(ALL_WINDOWS, vec![]).await?;
    rows.into_iter().map(|(doc,)| decode("window", &doc)).collect()
}

/// By its plan's key.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, key: &str) -> Result<Option<Window>, StoreError> {
    let row: Option<(String,)> = q.optional(BY_KEY, vals![key]).await?;
    row.map(|(doc,)| decode("window", &doc)).transpose()
}
