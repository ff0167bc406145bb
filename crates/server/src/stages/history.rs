//! What the guards have measured, from the days that were kept at their midnight.

use crate::App;
use crate::signals::days::Days;
use crate::signals::measure;
use crate::signals::promises;
use crate::signals::series::Series;
use hypercare_core::Span;
use hypercare_core::signals::burn::Outcome;
use hypercare_core::signals::{Day, Signal};
use hypercare_core::stages::{self, Burning, History, Measured, Place, guard_days};
use hypercare_core::window::{Phase, Window};
use hypercare_store::StoreError;
use hypercare_store::queries::signals;
use std::collections::HashMap;

/// An alert this old says nothing about now.
const LATELY: Span = Span::days(1);

/// One kept day of one series: its key, the date, the sample as JSON.
type Row = (String, String, String);

/// The guards' closed days since go-live.
///
/// # Errors
/// When the database fails or a kept day is not readable.
pub async fn history(app: &App, w: &Window) -> Result<History, StoreError> {
    let kept = signals::days(&mut app.reader(), w.id).await?;
    compared(w, kept, burning(app, w).await?).await
}

/// Categories whose promises break too fast now: since their step where they are on normal promises, so that what
/// was promised before it is not held against it; otherwise within a day.
///
/// # Errors
/// When the database fails.
pub async fn burning(app: &App, w: &Window) -> Result<Vec<Burning>, StoreError> {
    let now = app.now();
    let decided = promises::decided(&mut app.reader(), now - LATELY, now + Span(1)).await?;
    let mut found = vec![];
    for stage in stages::of(&w.plan) {
        let since = match w.stages.standing(&stage.name).map(|s| &s.place) {
            Some(Place::Normal { since, .. }) => *since,
            _ => now - LATELY,
        };
        for category in stage.categories {
            let own: Vec<Outcome> = decided.iter().filter(|d| d.category == category && d.outcome.at >= since).map(|d| d.outcome).collect();
            let alerts = promises::burning(&w.plan, &own, since.max(now - LATELY));
            found.extend(alerts.into_iter().next().map(|says| Burning { category, says }));
        }
    }
    Ok(found)
}

/// The same with a day that was just measured and is about to be kept: rows of series and sample. None where no stage
/// can move, so that closing a day then costs nothing more.
///
/// # Errors
/// When the database fails or a kept day is not readable.
pub async fn history_with(app: &App, w: &Window, day: Day, rows: &[(String, String)]) -> Result<Option<History>, StoreError> {
    if w.phase != Phase::Stabilising && w.stages.normalised().is_empty() {
        return Ok(None);
    }
    let date = day.to_string();
    let mut kept = signals::days(&mut app.reader(), w.id).await?;
    kept.retain(|(_, kept, _)| *kept < date);
    kept.extend(rows.iter().map(|(series, sample)| (series.clone(), date.clone(), sample.clone())));
    compared(w, kept, burning(app, w).await?).await.map(Some)
}

/// Comparing weeks of days is pure computation: not on the request threads.
async fn compared(w: &Window, kept: Vec<Row>, burning: Vec<Burning>) -> Result<History, StoreError> {
    let window = w.clone();
    tokio::task::spawn_blocking(move || of(&window, kept, burning)).await.map_err(|_| StoreError::Panicked)?
}

fn of(w: &Window, kept: Vec<Row>, burning: Vec<Burning>) -> Result<History, StoreError> {
    let corrupt = |what: &'static str, detail: String| StoreError::Corrupt { what, detail };
    let days = Days::of(w);
    let mut measured: HashMap<(Signal, String), Measured> = HashMap::new();
    for (key, day, sample) in kept {
        let Some(Series { signal, category: Some(category) }) = Series::from_key(&key) else { continue };
        let day: Day = day.parse().map_err(|e: jiff::Error| corrupt("day", e.to_string()))?;
        let kept: measure::Measured = serde_json::from_str(&sample).map_err(|e| corrupt("sample", e.to_string()))?;
        let Some(sample) = kept.sample.filter(|_| day >= days.baseline_from) else { continue };
        let own = measured.entry((signal, category)).or_default();
        if day < days.go_live { own.before.push((day, sample)) } else { own.since.push((day, sample)) }
    }
    // The statement gives them by day already; what is judged in order must not rest on it.
    for own in measured.values_mut() {
        own.since.sort_by_key(|(day, _)| *day);
    }
    let mut guards = vec![];
    for stage in stages::of(&w.plan) {
        for category in &stage.categories {
            let find = |signal: Signal| measured.get(&(signal, category.clone()));
            let sorted_before = find(Signal::Contacts).is_some_and(|m| m.before.iter().any(|(_, s)| s.value() > Some(0.0)));
            for signal in stage.guards.iter().copied().chain([Signal::CriticalOpen]) {
                if let Some(own) = find(signal) {
                    guards.push(guard_days(&w.stages, signal, category, own, sorted_before));
                }
            }
        }
    }
    Ok(History { guards, burning })
}
