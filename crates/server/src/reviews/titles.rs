//! Titles that a record does not keep: those of issues and of decisions are read where they stand, so that what is erased there is erased here.

use hypercare_core::decision::Decision;
use hypercare_core::issue::Issue;
use hypercare_core::review::{About, Brief, Item};
use hypercare_store::{Query, StoreError};

/// Fills in what was left out.
///
/// # Errors
/// When the database fails.
pub async fn fill(q: &mut impl Query, items: &mut [Item]) -> Result<(), StoreError> {
    for item in items.iter_mut().filter(|item| item.title.is_empty()) {
        let title = match &item.about {
            About::Issue(id) => hypercare_store::load::<Issue>(q, id.0).await?.map(|i| i.title),
            About::Decision(id) => hypercare_store::load::<Decision>(q, id.0).await?.map(|d| d.question),
            _ => None,
        };
        item.title = title.unwrap_or_else(|| "What is not there any more".into());
    }
    Ok(())
}

/// The same in a letter.
///
/// # Errors
/// When the database fails.
pub async fn fill_brief(q: &mut impl Query, brief: &mut Brief) -> Result<(), StoreError> {
    for part in &mut brief.parts {
        fill(q, &mut part.items).await?;
    }
    Ok(())
}
