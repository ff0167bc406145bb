//! What the guards have measured, from the same closed days that screens show.

use crate::App;
use crate::signals::overview::{Closed, compare, overview};
use hypercare_core::signals::Day;
use hypercare_core::stages::{GuardDays, History};
use hypercare_core::window::{Phase, Window};
use hypercare_store::StoreError;
use hypercare_store::queries::signals;

/// The guards' closed days since go-live.
///
/// # Errors
/// When the database fails.
pub async fn history(app: &App, w: &Window) -> Result<History, StoreError> {
    Ok(of(&overview(app, w).await?.closed))
}

/// The same with a day that was just measured and is about to be kept: rows of series and sample. None where no stage
/// can move, so that closing a day then costs nothing more.
///
/// # Errors
/// When the database fails.
pub async fn history_with(app: &App, w: &Window, day: Day, rows: &[(String, String)]) -> Result<Option<History>, StoreError> {
    if w.phase != Phase::Stabilising && w.stages.normalised().is_empty() {
        return Ok(None);
    }
    let date = day.to_string();
    let mut kept = signals::days(&mut app.reader(), w.id).await?;
    kept.retain(|(_, kept, _)| *kept < date);
    kept.extend(rows.iter().map(|(series, sample)| (series.clone(), date.clone(), sample.clone())));
    let window = w.clone();
    // Comparing weeks of days is pure computation: not on the request threads.
    let closed = tokio::task::spawn_blocking(move || compare(&window, kept)).await.map_err(|_| StoreError::Panicked)??;
    Ok(Some(of(&closed)))
}

fn of(closed: &Closed) -> History {
    let go_live = closed.days.go_live;
    let guards = closed.series.iter().filter_map(|s| {
        let days = s.days.iter().filter(|d| d.day >= go_live).map(|d| (d.day, d.score.clone())).collect();
        Some(GuardDays { signal: s.series.signal, category: s.series.category.clone()?, days })
    });
    History { guards: guards.collect(), burning: vec![] }
}
