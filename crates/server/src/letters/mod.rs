//! Letters to colleagues: queued in the transaction of what they tell ([`hypercare_store::queries::letters::queue`]), sent from here, each
//! once, with patience for receivers that fail. Customers' messages go through the outbox.

mod dispatch;
mod health;
mod send;

pub use dispatch::{Carriers, retention, settle, step};

use crate::App;
use hypercare_core::Timestamp;
use hypercare_store::StoreError;
use hypercare_store::queries::letters;

/// When the next letter is due.
///
/// # Errors
/// When the store fails.
pub async fn next_due(app: &App) -> Result<Option<Timestamp>, StoreError> {
    letters::next(&mut app.reader(), app.now()).await
}
