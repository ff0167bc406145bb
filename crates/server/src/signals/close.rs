//! The end of a day: it is measured once, kept, and never measured again. The days after a window are closed too, while it is watched.

use super::after;
use super::days::{Days, between};
use super::measure::{self, Measured};
use super::promises;
use super::series::{Series, wanted};
use crate::{App, stages};
use futures_util::FutureExt;
use hypercare_core::signals::Day;
use hypercare_core::stages::History;
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{Actor, Span, Stamp, Timestamp, WindowId};
use hypercare_store::queries::signals;
use hypercare_store::{StoreError, Tx, WriteError, load};
use std::collections::HashSet;

/// Days closed in one go at most; the engine comes back for more.
const AT_ONCE: usize = 400;

/// Where the alerts of a day are kept beside its samples.
pub(super) const BURNING: &str = "alerts.burn";

/// What is kept of one day.
pub(super) type Rows = Vec<(String, String)>;

/// Closes every day of the window that is over, one at a time: each is measured outside the transaction that keeps
/// it and moves the window on. Days of the time before the change that nobody has measured yet are measured first.
/// Repeating it is harmless: a day that somebody else closed in the meantime is left alone.
///
/// # Errors
/// When the store fails.
pub async fn close_day(app: &App, id: WindowId) -> Result<(), WriteError> {
    for _ in 0..AT_ONCE {
        let Some(window) = load::<Window>(&mut app.reader(), id.0).await? else { return Ok(()) };
        let Some(due) = window.next_day_close.filter(|due| *due <= app.now()) else { return Ok(()) };
        // The last microsecond of the day that ends at `due`.
        let day = Days::of(&window).day(due - Span(1));
        backfill(app, &window, day).await?;
        let rows = measured(app, &window, day, &wanted(&window.plan)).await?;
        let guards = if window.phase.is_open() { stages::history_with(app, &window, day, &rows).await? } else { None };
        let says = Says { after: after::found(app, &window, day, &rows).await?, guards };
        let (stamp, judged) = (app.stamp(Actor::system()), says.guards.is_some());
        app.store.write(move |tx| async move { keep(tx, id, day, due, &rows, says, &stamp).await }.boxed()).await?;
        if judged {
            app.knowledge.stale();
        }
    }
    Ok(())
}

/// What a day says, beside what is kept of it.
struct Says {
    /// What the stages' guards have measured.
    guards: Option<History>,
    /// What the watch after the window has found.
    after: Option<after::Found>,
}

/// Keeps a day and moves the window on, unless somebody else has.
async fn keep(tx: &mut Tx, id: WindowId, day: Day, due: Timestamp, rows: &Rows, says: Says, stamp: &Stamp) -> Result<(), WriteError> {
    let mut change = tx.change::<Window>(id).await?;
    if change.state().and_then(|w| w.next_day_close) != Some(due) {
        return Ok(());
    }
    save(tx, id, day, rows).await?;
    change.run(WindowCommand::CloseDay, stamp, &())?;
    // With the day, so that no stop between the two can let a worsening pass.
    if let Some(history) = says.guards {
        stages::judge_in(&mut change, history, stamp)?;
    }
    if let Some(after::Found { signs, alarmed }) = says.after {
        change.run(WindowCommand::JudgeRelapse { day, signs, alarmed }, stamp, &())?;
    }
    tx.save(change).await.map(drop)
}

/// Measures what is missing of the days before `day`: the time before the change when the window is new, and the
/// past of a series that a changed plan has added. One small transaction for each day.
async fn backfill(app: &App, window: &Window, day: Day) -> Result<(), WriteError> {
    let mut reader = app.reader();
    let days = Days::of(window);
    let Some(first) = signals::first_conversation(&mut reader).await? else { return Ok(()) };
    let from = days.baseline_from.max(days.day(first));
    let kept: HashSet<(String, String)> = signals::days(&mut reader, window.id).await?.into_iter().map(|(key, day, _)| (key, day)).collect();
    for past in between(from, day) {
        let missing: Vec<Series> = wanted(&window.plan).into_iter().filter(|s| !kept.contains(&(s.key(), past.to_string()))).collect();
        if missing.is_empty() {
            continue;
        }
        let (id, rows) = (window.id, measured(app, window, past, &missing).await?);
        app.store.write(move |tx| async move { save(tx, id, past, &rows).await.map_err(WriteError::from) }.boxed()).await?;
    }
    Ok(())
}

async fn measured(app: &App, window: &Window, day: Day, series: &[Series]) -> Result<Rows, StoreError> {
    let days = Days::of(window);
    let (since, until): (Timestamp, Timestamp) = (days.start(day), days.end(day));
    // Its day is over: what was remembered of it is brought up to date for the last time.
    let cohort = app.signals.days.take(since, until, promises::from(since));
    let facts = measure::read(&mut app.reader(), Some(window), day, since, until, cohort).await?;
    let mut rows: Rows = series.iter().map(|s| Ok((s.key(), encoded(&facts.sample(s))?))).collect::<Result<_, StoreError>>()?;
    let burning = facts.burning(&window.plan);
    if !burning.is_empty() {
        let text = serde_json::to_string(&burning).map_err(|e| StoreError::Corrupt { what: "alerts", detail: e.to_string() })?;
        rows.push((BURNING.to_owned(), text));
    }
    Ok(rows)
}

fn encoded(measured: &Measured) -> Result<String, StoreError> {
    serde_json::to_string(measured).map_err(|e| StoreError::Corrupt { what: "sample", detail: e.to_string() })
}

async fn save(tx: &mut Tx, window: WindowId, day: Day, rows: &Rows) -> Result<(), StoreError> {
    let day = day.to_string();
    for (key, sample) in rows {
        signals::day_save(tx, window, key, &day, sample).await?;
    }
    Ok(())
}
