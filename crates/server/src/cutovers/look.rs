//! What happens by itself while a runbook is run: figures are looked at whenever something was stored, and steps that take longer than planned are found.

use super::reading;
use crate::App;
use futures_util::FutureExt;
use hypercare_core::cutover::{Cutover, CutoverCommand, Reading};
use hypercare_core::window::Window;
use hypercare_core::{Actor, Aggregate, CutoverId, Span, Stamp, Timestamp};
use hypercare_store::queries::{cutovers, events};
use hypercare_store::{Tx, WriteError};
use std::sync::Mutex;
use std::sync::PoisonError;

/// Figures that change with time alone, such as how long customers wait, are looked at so often although nothing was stored.
const AGAIN: Span = Span::secs(5);

/// When this node looked last, and what the newest event was then. It can be forgotten at any time.
#[derive(Debug, Default)]
pub struct Looks(Mutex<Option<(i64, Timestamp)>>);

/// Looks at the figures of every run that goes on, if anything was stored since the last look. Returns how many runs that changed.
///
/// # Errors
/// When the store fails.
pub async fn look(app: &App) -> Result<usize, WriteError> {
    let running = cutovers::running(&mut app.reader()).await?;
    if running.is_empty() {
        return Ok(0);
    }
    // Read before the figures: what comes in between is looked at next time.
    let seen = (events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq), app.now());
    let last = *app.cutovers.0.lock().unwrap_or_else(PoisonError::into_inner);
    if last.is_some_and(|(seq, at)| seq == seen.0 && seen.1 - at < AGAIN && seen.1 >= at) {
        return Ok(0);
    }
    let mut changed = 0;
    for c in running {
        changed += usize::from(one(app, c).await?);
    }
    *app.cutovers.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    Ok(changed)
}

/// Does what is due for a run by now.
///
/// # Errors
/// When the store fails.
pub async fn time_passed(app: &App, id: CutoverId) -> Result<(), WriteError> {
    match hypercare_store::load::<Cutover>(&mut app.reader(), id.0).await? {
        Some(c) => one(app, c).await.map(drop),
        None => Ok(()),
    }
}

/// Whether anything happened. What would change nothing takes no turn of the writer.
async fn one(app: &App, c: Cutover) -> Result<bool, WriteError> {
    if c.state.is_over() {
        return Ok(false);
    }
    let Some(window) = hypercare_store::load::<Window>(&mut app.reader(), c.window.0).await? else { return Ok(false) };
    let readings = reading::read(app, &window, &c.runbook).await?;
    let stamp = app.stamp(Actor::system());
    if Cutover::decide(Some(&c), CutoverCommand::Look { readings: readings.clone() }, &stamp, &())?.is_empty() {
        return Ok(false);
    }
    app.store.write(move |tx| async move { keep(tx, c.id, readings, &stamp).await }.boxed()).await
}

async fn keep(tx: &mut Tx, id: CutoverId, readings: Vec<Reading>, stamp: &Stamp) -> Result<bool, WriteError> {
    let mut change = tx.change::<Cutover>(id).await?;
    let happened = change.run(CutoverCommand::Look { readings }, stamp, &())?;
    if happened {
        tx.save(change).await?;
    }
    Ok(happened)
}
