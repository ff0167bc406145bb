//! The days after a window: its required signals, judged by the course that judged the window, as if it had not been closed.

use super::close::Rows;
use super::desk::WATCHED;
use super::overview::{Closed, ClosedSeries, all_days};
use super::series::Series;
use crate::App;
use hypercare_core::relapse::{Followed, Sign, signs};
use hypercare_core::signals::alarm::AlarmLevel;
use hypercare_core::signals::{Day, State};
use hypercare_core::window::Window;
use hypercare_store::StoreError;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What a day after the exit shows.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What got worse.
    pub signs: Vec<Sign>,
    /// Keys of the signals that have an alarm.
    pub alarmed: BTreeSet<String>,
}

/// One whole day of a signal.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReadingDay {
    /// Which day.
    #[schema(value_type = String, format = Date)]
    pub day: Day,
    /// Its value in the signal's unit; none where nothing was measured.
    pub value: Option<f64>,
    /// How it compares.
    pub state: State,
}

/// How a signal does after the exit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WatchReading)]
pub struct Reading {
    /// The signal's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The whole days since the exit, in order.
    pub days: Vec<ReadingDay>,
    /// How the latest compares, in a sentence.
    pub why: String,
    /// How much attention it needs: the alarm at the end of the latest day.
    pub alarm: Option<AlarmLevel>,
}

/// The series that are watched: what exit waits for, as far as it can be measured without a window. Pulses and critical matters belong to one, and the
/// assistant says less as soon as it ends.
fn watched(closed: &Closed) -> impl Iterator<Item = &ClosedSeries> {
    closed.series.iter().filter(|s| s.required && WATCHED.contains(&s.series.signal) && s.series == Series::whole(s.series.signal))
}

/// What a day that was just measured and is about to be kept shows. None of a window that is not watched.
///
/// # Errors
/// When the database fails.
pub async fn found(app: &App, w: &Window, day: Day, rows: &Rows) -> Result<Option<Found>, StoreError> {
    let Some(watch) = w.watch.as_ref().filter(|watch| watch.is_running() && w.closed_at.is_some()) else { return Ok(None) };
    let closed = all_days(app, w, Some((day, rows))).await?;
    let followed: Vec<Followed> = watched(&closed)
        .map(|s| Followed {
            signal: s.series.signal,
            days: s.days.iter().filter(|d| d.day >= closed.days.go_live && d.day <= day).map(|d| (d.day, d.score.clone(), d.alarm.clone())).collect(),
        })
        .collect();
    let alarmed = followed.iter().filter(|f| f.days.last().is_some_and(|(_, _, alarm)| alarm.is_some())).map(|f| f.signal.key().to_owned());
    Ok(Some(Found { alarmed: alarmed.collect(), signs: signs(&followed, watch.exit_day) }))
}

/// How each watched signal did on the whole days after the exit.
///
/// # Errors
/// When the database fails.
pub async fn readings(app: &App, w: &Window, exit_day: Day, last_day: Day) -> Result<Vec<Reading>, StoreError> {
    let closed = all_days(app, w, None).await?;
    let reading = |s: &ClosedSeries| {
        let days: Vec<_> = s.days.iter().filter(|d| d.day > exit_day && d.day <= last_day).collect();
        let last = days.last()?;
        Some(Reading {
            key: s.series.signal.key().to_owned(),
            name: s.series.signal.name().to_owned(),
            unit: s.series.signal.unit().to_owned(),
            why: last.score.why.clone(),
            alarm: last.alarm.as_ref().map(|alarm| alarm.level),
            days: days.iter().map(|d| ReadingDay { day: d.day, value: d.score.value, state: d.score.state }).collect(),
        })
    };
    Ok(watched(&closed).filter_map(reading).collect())
}
