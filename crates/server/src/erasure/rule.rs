//! The rule of silence: customers of whom nothing was heard for long are erased. Off unless the operator sets it.

use super::erase::erase;
use crate::App;
use futures_util::FutureExt;
use hypercare_core::{Actor, Span, Stamp};
use hypercare_store::queries::personal;
use hypercare_store::{StoreError, WriteError};

/// Customers in one go; the next go follows at once.
const PIECE: i64 = 50;

/// Puts the rule on the engine's list, where there is one.
///
/// # Errors
/// When the store fails.
pub async fn schedule(app: &App) -> Result<(), StoreError> {
    if app.config.erase_after.is_none() {
        return Ok(());
    }
    let now = app.now();
    app.store.write(move |tx| async move { personal::rule_due(tx, now).await }.boxed()).await
}

/// Erases a piece of those the rule is about, and says when to go on. Without a rule it does nothing and is not called again.
///
/// # Errors
/// When the store fails.
pub async fn apply(app: &App) -> Result<(), WriteError> {
    let Some(after) = app.config.erase_after else { return Ok(()) };
    let silent = personal::silent(&mut app.reader(), app.now() - after, PIECE).await?;
    let whole = i64::try_from(silent.len()).unwrap_or(0) == PIECE;
    let days = after.0 / Span::days(1).0;
    for contact in silent {
        let reason = Some(format!("Nothing was heard for {days} days."));
        erase(app, Stamp { reason, ..app.stamp(Actor::system()) }, contact).await?;
    }
    // One microsecond on, so that the engine does not take the row off its list.
    let next = app.now() + if whole { Span(1) } else { Span::days(1) };
    app.store.write(move |tx| async move { personal::rule_next(tx, next).await.map_err(WriteError::from) }.boxed()).await
}
