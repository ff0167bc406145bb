//! Every signal by day with its verdict: what screens, the exit gate and the report all read, so that they cannot differ.
//!
//! Closed days come from what was kept at their midnight; only today is measured on request.

use super::cohort::Remembered;
use super::days::{Days, between};
use super::measure::{self, Measured};
use super::promises::{self, BurnNow};
use super::series::{Series, wanted};
use super::{close, usage};
use crate::App;
use hypercare_core::exit::{self, Course, Setting};
use hypercare_core::signals::alarm::Alarm;
use hypercare_core::signals::{Day, Sample, Score, Signal};
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
    /// The alarm that was open at its end.
    pub alarm: Option<Alarm>,
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
    /// The days of the level it has settled at, where there is no time before the change.
    pub settled: Vec<(Day, Sample)>,
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
    /// The days since go-live, judged: what the exit gate stands on.
    course: Course,
    /// Active users by day, where they were sent in.
    pub usage: BTreeMap<Day, f64>,
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
    /// The days since go-live with today: what exit and objectives are judged by.
    pub course: Course,
    /// How far above the baseline still counts as back to normal: the plan's.
    pub margin: f64,
    /// Promises that break too fast at this moment, or will.
    pub burn: Option<BurnNow>,
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
pub struct Cache {
    windows: Mutex<HashMap<WindowId, Known>>,
    /// The days that are going on.
    pub(super) days: Remembered,
}

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

/// Closed days change only with these: each close moves the next one, and usage may be sent in late.
type ClosedKey = (u32, Option<Timestamp>, Option<Timestamp>, Timestamp, Option<i64>);

fn closed_key(w: &Window, sent: Option<i64>) -> ClosedKey {
    (w.plan_version, w.next_day_close, w.activated_at, w.go_live_at, sent)
}

/// Every signal of a window by day. Today is measured anew when anything was stored since the last time, and at
/// least every five seconds.
///
/// # Errors
/// When the database fails.
pub async fn overview(app: &App, w: &Window) -> Result<Arc<Overview>, StoreError> {
    let sent = signals::newest_of_kind(&mut app.reader(), usage::EVENT, w.id).await?;
    let key = closed_key(w, sent);
    // Held while measuring: requests that come together are answered by one measurement.
    let mut cache = app.signals.windows.lock().await;
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

/// The whole days of a window as if it had not been closed, those after its end too; with a day that was just measured and is not kept yet.
///
/// # Errors
/// When the database fails or a kept day is not readable.
pub(super) async fn all_days(app: &App, w: &Window, just: Option<(Day, &close::Rows)>) -> Result<Closed, StoreError> {
    let mut rows = signals::days(&mut app.reader(), w.id).await?;
    if let Some((day, measured)) = just {
        let date = day.to_string();
        rows.retain(|(_, kept, _)| *kept < date);
        rows.extend(measured.iter().map(|(series, sample)| (series.clone(), date.clone(), sample.clone())));
    }
    let window = Window { closed_at: None, ..w.clone() };
    tokio::task::spawn_blocking(move || compare(&window, rows)).await.map_err(|_| StoreError::Panicked)?
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
    let (mut users, mut burning) = (BTreeMap::new(), BTreeMap::new());
    for (key, day, text) in rows {
        let day: Day = day.parse().map_err(|e: jiff::Error| corrupt("day", e.to_string()))?;
        let number = || text.parse::<f64>().map_err(|e| corrupt("usage", e.to_string()));
        match key.as_str() {
            usage::USERS => drop(users.insert(day, number()?)),
            usage::ADOPTION => {
                let measured = Measured { sample: Some(Sample::level(number()?)), ..Measured::default() };
                kept.entry(Series::whole(Signal::Adoption)).or_default().insert(day, measured);
            }
            close::BURNING => drop(burning.insert(day, serde_json::from_str(&text).map_err(|e| corrupt("alerts", e.to_string()))?)),
            key => {
                // A series that this version does not know is not read; what was sent in comes before what was measured.
                let Some(series) = Series::from_key(key) else { continue };
                let measured = serde_json::from_str(&text).map_err(|e| corrupt("sample", e.to_string()))?;
                kept.entry(series).or_default().entry(day).or_insert(measured);
            }
        }
    }
    Ok(judged(w, &kept, users, burning))
}

/// Runs the kept days through the course of the window, as a backtest would.
fn judged(w: &Window, kept: &HashMap<Series, BTreeMap<Day, Measured>>, usage: BTreeMap<Day, f64>, burning: BTreeMap<Day, Vec<String>>) -> Closed {
    let days = Days::of(w);
    let all = ordered(w);
    let none = BTreeMap::new();
    let of = |series: &Series| kept.get(series).unwrap_or(&none);
    let mut course = Course::new(setting(w, &days, &usage, burning), all.iter().map(|s| series_of(w, s, of(s))).collect());
    // Contacts are measured on every day that was closed; what was sent in for a day that was not does not make it one.
    let mut closed: Vec<Day> = of(&Series::whole(Signal::Contacts)).range(days.go_live..).map(|(day, _)| *day).collect();
    // A closed window stays as it was; the days after it are judged apart.
    let end = w.closed_at.map(|end| days.day(end));
    closed.retain(|day| end.is_none_or(|end| *day < end));
    let mut alarms: Vec<Vec<Option<Alarm>>> = vec![Vec::new(); all.len()];
    for day in closed {
        let samples: Vec<Option<Sample>> = all.iter().map(|s| of(s).get(&day).and_then(|m| m.sample)).collect();
        course.add(day, &samples);
        for (place, own) in alarms.iter_mut().enumerate() {
            own.push(course.alarm(place).cloned());
        }
    }
    let series = all.into_iter().enumerate().map(|(place, series)| {
        let own = of(&series);
        let listed = |day: &Day| own.get(day).and_then(|m| m.listed);
        let before = own.range(days.baseline_from..days.go_live).map(|(day, m)| {
            let sample = m.sample.unwrap_or_else(|| Sample::nothing(series.signal));
            DayScore { day: *day, score: unjudged(&sample), alarm: None, listed: m.listed }
        });
        let since = course.scores(place).iter().zip(&alarms[place]);
        let since = since.map(|((day, score), alarm)| DayScore { day: *day, score: score.clone(), alarm: alarm.clone(), listed: listed(day) });
        let meta = series_of(w, &series, own);
        ClosedSeries {
            days: before.chain(since).collect(),
            planned: meta.planned,
            required: meta.required,
            target: meta.target,
            baseline: meta.days.into_iter().filter(|(day, _)| days.is_baseline(*day)).collect(),
            settled: course.settled(place).to_vec(),
            series,
        }
    });
    Closed { series: series.collect(), days, course, usage }
}

fn setting(w: &Window, days: &Days, usage: &BTreeMap<Day, f64>, burning: BTreeMap<Day, Vec<String>>) -> Setting {
    Setting {
        baseline_without: days.baseline_without.clone(),
        exit: w.plan.exit.clone(),
        objectives: w.plan.objectives.clone(),
        usage: usage.clone(),
        burning,
        ..Setting::new(days.go_live_at, &w.plan.window.zone, days.baseline_from)
    }
}

/// The plan's signals first, in its order.
fn ordered(w: &Window) -> Vec<Series> {
    let place = |s: &Series| w.plan.signals.iter().position(|p| s.category.is_none() && p.key == s.signal.key()).unwrap_or(usize::MAX);
    let mut all = wanted(&w.plan);
    all.sort_by_key(place);
    all
}

fn series_of(w: &Window, series: &Series, kept: &BTreeMap<Day, Measured>) -> exit::Series {
    let section = w.plan.signals.iter().find(|p| series.category.is_none() && p.key == series.signal.key());
    exit::Series {
        signal: series.signal,
        category: series.category.clone(),
        planned: section.is_some(),
        required: section.is_some_and(|p| p.required),
        target: section.and_then(|p| p.target),
        days: kept.iter().filter_map(|(day, m)| m.sample.map(|sample| (*day, sample))).collect(),
        strata: kept.iter().filter(|(_, m)| !m.strata.is_empty()).map(|(day, m)| (*day, m.strata.clone())).collect(),
    }
}

/// A day before the change: it is what others are compared with.
fn unjudged(sample: &Sample) -> Score {
    Score {
        complete: sample.complete,
        weight: sample.weight(),
        why: "Before the change: days since are compared with it.".into(),
        ..Score::of(sample.value(), None)
    }
}

async fn with_today(app: &App, w: &Window, closed: Arc<Closed>) -> Result<Overview, StoreError> {
    // A closed window stays as it was.
    let at = w.closed_at.map_or(app.now(), |end| end.min(app.now()));
    let today = closed.days.day(at);
    // What happens at this very instant has happened.
    let since = closed.days.start(today);
    let cohort = app.signals.days.take(since, closed.days.end(today), promises::from(since));
    let facts = measure::read(&mut app.reader(), Some(w), today, since, at + Span(1), cohort).await?;
    let measured: Vec<Measured> = closed.series.iter().map(|c| facts.sample(&c.series)).collect();
    let mut course = closed.course.clone();
    let live = today >= closed.days.go_live && closed.course.days().last().is_none_or(|d| d.date < today);
    if live {
        for (place, own) in measured.iter().enumerate().filter(|(_, m)| !m.strata.is_empty()) {
            course.made_up(place, today, own.strata.clone());
        }
        course.add_unfinished(today, facts.burning(&w.plan), &measured.iter().map(|m| m.sample).collect::<Vec<_>>());
    }
    // How it stands at this moment, and of a closed window there is none.
    let burn = if live && w.phase.is_open() { promises::burning_now(app, &w.plan, &facts.promises(), at).await? } else { None };
    app.signals.days.keep(facts.into_cohort());
    let one = |(place, c): (usize, &ClosedSeries)| {
        let so_far = course.scores(place).last().filter(|(day, _)| live && *day == today).map(|(_, score)| score.clone());
        let sample = || measured[place].sample.unwrap_or_else(|| Sample::nothing(c.series.signal)).incomplete();
        DayScore {
            day: today,
            score: so_far.unwrap_or_else(|| unjudged(&sample())),
            alarm: course.alarm(place).cloned(),
            listed: measured[place].listed,
        }
    };
    let now = closed.series.iter().enumerate().map(one).collect();
    Ok(Overview { at, today, now, course, closed, margin: w.plan.exit.margin, burn })
}

/// The days from `from` to today that a series has, and none for those it lacks.
pub fn values(closed: &ClosedSeries, today: &DayScore, from: Day) -> Vec<Option<f64>> {
    let find = |day: Day| closed.days.iter().find(|d| d.day == day).and_then(|d| d.score.value);
    between(from, today.day).map(find).chain([today.score.value]).collect()
}
