//! Every signal by day with its verdict: what screens, the exit gate and the report all read, so that they cannot differ.
//!
//! Closed days come from what was kept at their midnight; only today is measured on request.

use super::days::{Days, between};
use super::measure::{self, Measured};
use super::series::{Series, wanted};
use crate::App;
use hypercare_core::signals::{Basis, Day, Family, Sample, Score, Signal, State, score, so_far};
use hypercare_core::window::Window;
use hypercare_core::{Span, Timestamp, WindowId};
use hypercare_store::StoreError;
use hypercare_store::queries::signals;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tokio::sync::Mutex;

/// How old a measurement of today may be.
const FRESH: Span = Span::secs(5);
/// Windows remembered at once; more make room by forgetting all.
const REMEMBERED: usize = 64;

/// One day of one signal.
#[derive(Clone, Debug, PartialEq)]
pub struct DayScore {
    /// Which day.
    pub day: Day,
    /// How it compares; days before the change are not judged.
    pub score: Score,
    /// How many conversations are behind it.
    pub listed: Option<u64>,
}

/// The closed days of one series.
#[derive(Clone, Debug)]
pub struct ClosedSeries {
    /// Which.
    pub series: Series,
    /// The plan names it.
    pub planned: bool,
    /// Exit waits for it.
    pub required: bool,
    /// The plan's target.
    pub target: Option<f64>,
    /// The days before the change.
    pub baseline: Vec<(Day, Sample)>,
    /// The days since, without today.
    recent: Vec<(Day, Sample)>,
    /// Every closed day since the beginning of the baseline.
    pub days: Vec<DayScore>,
}

/// The closed days of a window.
#[derive(Debug)]
pub struct Closed {
    /// Its days.
    pub days: Days,
    /// The plan's signals in its order, the other signals, then what single objectives need.
    pub series: Vec<ClosedSeries>,
}

/// All days of a window, today included.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What time it was: now, or when the window was closed.
    pub at: Timestamp,
    /// The day of that, which is not over.
    pub today: Day,
    /// The days before it.
    pub closed: Arc<Closed>,
    /// Today, in the order of the closed series.
    pub now: Vec<DayScore>,
}

impl Overview {
    /// Every series with its day that is still going on.
    pub fn series(&self) -> impl Iterator<Item = (&ClosedSeries, &DayScore)> {
        self.closed.series.iter().zip(&self.now)
    }
    /// One signal of the whole desk.
    pub fn signal(&self, signal: Signal) -> Option<(&ClosedSeries, &DayScore)> {
        self.series().find(|(s, _)| s.series == Series::whole(signal))
    }
}

/// What is remembered between requests. It can be forgotten at any time.
#[derive(Debug, Default)]
pub struct Cache(Mutex<HashMap<WindowId, Known>>);

#[derive(Debug)]
struct Known {
    closed_key: ClosedKey,
    closed: Arc<Closed>,
    live: Option<Live>,
}

#[derive(Debug)]
struct Live {
    measured_at: Timestamp,
    /// The last event this node had stored then.
    head: i64,
    overview: Arc<Overview>,
}

/// Closed days change only with these: each close moves the next one.
type ClosedKey = (u32, Option<Timestamp>, Option<Timestamp>, Timestamp);

fn closed_key(w: &Window) -> ClosedKey {
    (w.plan_version, w.next_day_close, w.activated_at, w.go_live_at)
}

/// Every signal of a window by day. Today is measured anew when anything was stored since the last time, and at
/// least every five seconds.
///
/// # Errors
/// When the database fails.
pub async fn overview(app: &App, w: &Window) -> Result<Arc<Overview>, StoreError> {
    let key = closed_key(w);
    // Held while measuring: requests that come together are answered by one measurement.
    let mut cache = app.signals.0.lock().await;
    let (now, head) = (app.now(), *app.store.head().borrow());
    let known = cache.get(&w.id).filter(|k| k.closed_key == key);
    let fresh = known.and_then(|k| k.live.as_ref()).filter(|live| live.head == head && now - live.measured_at <= FRESH);
    if let Some(live) = fresh {
        return Ok(Arc::clone(&live.overview));
    }
    let closed = match known {
        Some(known) => Arc::clone(&known.closed),
        None => closed(app, w).await?,
    };
    let overview = Arc::new(with_today(app, w, Arc::clone(&closed)).await?);
    if cache.len() >= REMEMBERED {
        cache.clear();
    }
    let live = Some(Live { measured_at: now, head, overview: Arc::clone(&overview) });
    cache.insert(w.id, Known { closed_key: key, closed, live });
    Ok(overview)
}

async fn closed(app: &App, w: &Window) -> Result<Arc<Closed>, StoreError> {
    let rows = signals::days(&mut app.reader(), w.id).await?;
    let window = w.clone();
    // Comparing weeks of days is pure computation: not on the request threads.
    tokio::task::spawn_blocking(move || compare(&window, rows)).await.map_err(|_| StoreError::Panicked)?.map(Arc::new)
}

fn compare(w: &Window, rows: Vec<(String, String, String)>) -> Result<Closed, StoreError> {
    let corrupt = |what: &'static str, detail: String| StoreError::Corrupt { what, detail };
    let mut kept: HashMap<Series, BTreeMap<Day, Measured>> = HashMap::new();
    for (key, day, sample) in rows {
        // A series that this version does not know is not read.
        let Some(series) = Series::from_key(&key) else { continue };
        let day: Day = day.parse().map_err(|e: jiff::Error| corrupt("day", e.to_string()))?;
        let measured = serde_json::from_str(&sample).map_err(|e| corrupt("sample", e.to_string()))?;
        kept.entry(series).or_default().insert(day, measured);
    }
    let days = Days::of(w);
    let none = BTreeMap::new();
    let one = |series: Series| series_of(w, &days, kept.get(&series).unwrap_or(&none), series);
    let series = ordered(w).into_iter().map(one).collect();
    Ok(Closed { days, series })
}

/// The plan's signals first, in its order.
fn ordered(w: &Window) -> Vec<Series> {
    let place = |s: &Series| w.plan.signals.iter().position(|p| s.category.is_none() && p.key == s.signal.key()).unwrap_or(usize::MAX);
    let mut all = wanted(&w.plan);
    all.sort_by_key(place);
    all
}

fn series_of(w: &Window, days: &Days, kept: &BTreeMap<Day, Measured>, series: Series) -> ClosedSeries {
    let signal = series.signal;
    let section = w.plan.signals.iter().find(|p| series.category.is_none() && p.key == signal.key());
    let target = section.and_then(|p| p.target);
    let known = |(day, m): (&Day, &Measured)| m.sample.map(|sample| (*day, sample));
    let baseline: Vec<(Day, Sample)> = kept.range(days.baseline_from..days.go_live).filter_map(known).collect();
    let recent: Vec<(Day, Sample)> = kept.range(days.go_live..).filter_map(known).collect();
    let judged = |(day, m): (&Day, &Measured)| {
        let sample = m.sample.unwrap_or_else(|| nothing(signal));
        let score = if *day < days.go_live { unjudged(&sample) } else { score(signal, &baseline, &recent, *day, &sample, target) };
        DayScore { day: *day, score, listed: m.listed }
    };
    let scores = kept.range(days.baseline_from..).map(judged).collect();
    ClosedSeries { planned: section.is_some(), required: section.is_some_and(|p| p.required), target, baseline, recent, days: scores, series }
}

/// A day on which there was nothing to measure.
fn nothing(signal: Signal) -> Sample {
    match signal.family() {
        Family::Count => Sample::count(0),
        Family::Share => Sample::share(0, 0),
        Family::Duration => Sample::durations(&[]),
        Family::Level => Sample::level(f64::NAN),
    }
}

/// A day before the change: it is what others are compared with.
fn unjudged(sample: &Sample) -> Score {
    Score {
        complete: sample.complete,
        value: sample.value(),
        expected: None,
        ratio: None,
        together: None,
        z: None,
        alone: None,
        weight: sample.weight(),
        state: State::Unknown,
        basis: Basis::Nothing,
        why: "Before the change: days since are compared with it.".into(),
    }
}

async fn with_today(app: &App, w: &Window, closed: Arc<Closed>) -> Result<Overview, StoreError> {
    // A closed window stays as it was.
    let at = w.closed_at.map_or(app.now(), |end| end.min(app.now()));
    let today = closed.days.day(at);
    // What happens at this very instant has happened.
    let facts = measure::read(&mut app.reader(), w, today, closed.days.start(today), at + Span(1)).await?;
    let one = |c: &ClosedSeries| {
        let measured = facts.sample(&c.series);
        let signal = c.series.signal;
        let sample = measured.sample.unwrap_or_else(|| nothing(signal)).incomplete();
        let score = if today < closed.days.go_live { unjudged(&sample) } else { so_far(signal, &c.baseline, &c.recent, today, &sample, c.target) };
        DayScore { day: today, score, listed: measured.listed }
    };
    let now = closed.series.iter().map(one).collect();
    Ok(Overview { at, today, now, closed })
}

/// The days from `from` to today that a series has, and none for those it lacks.
pub fn values(closed: &ClosedSeries, today: &DayScore, from: Day) -> Vec<Option<f64>> {
    let find = |day: Day| closed.days.iter().find(|d| d.day == day).and_then(|d| d.score.value);
    between(from, today.day).map(find).chain([today.score.value]).collect()
}
