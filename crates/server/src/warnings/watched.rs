//! Warnings that are open, for whoever takes over.

use super::names::Names;
use super::view::warning;
use hypercare_core::{Timestamp, WarningId};
use hypercare_store::queries::warnings;
use hypercare_store::{Query, StoreError};

/// One warning that is open.
pub(crate) struct Watched {
    /// Which.
    pub id: WarningId,
    /// What people call what rises.
    pub name: String,
    /// Why, in a sentence.
    pub why: String,
}

/// The open warnings, the latest first; so many at most.
///
/// # Errors
/// When the database fails.
pub(crate) async fn watched(q: &mut impl Query, most: i64) -> Result<Vec<Watched>, StoreError> {
    let names = Names::read(q).await?;
    let mut found = vec![];
    for kept in warnings::page(q, Some("open"), (Timestamp(0), Timestamp(i64::MAX)), None, most).await? {
        let told = warning(&kept)?;
        found.push(Watched { id: WarningId(kept.id), name: names.of(q, &told.dimension, &told.value).await?, why: told.why });
    }
    Ok(found)
}
