//! Early warning over every dimension: which value of which dimension rises against its own recent past, how sure that
//! is, and how many people are behind it.
//!
//! Feed it day by day, with only what was known then:
//!
//! ```
//! use hypercare_core::{Timestamp, calendar, watch::{Occurrence, Settings, Watch}};
//! let mut watch = Watch::new(Settings::default(), calendar::zone("Europe/Berlin")?);
//! let at = Timestamp::parse("2026-11-17T09:00:00+01:00")?;
//! // Close the days before the first occurrence of a new day, then let it see what happens.
//! for change in watch.close_before(at) { println!("{}", change.warning().why); }
//! watch.observe(&Occurrence { at, person: Some("customer-17"), reporter: None, values: &[("category", "invoice"), ("place", "Bremen")] });
//! // As often as you like during the day:
//! for change in watch.look(at) { println!("{}", change.warning().why); }
//! # Ok::<(), String>(())
//! ```
//!
//! A look during the day compares the count so far with the limit for the whole day, so looking often adds no false alarm.
//! The state can be kept as JSON between runs. Memory is bounded for each value, for their number
//! ([`VALUES_MAX`]) and for the occurrences of the last days; an occurrence costs the same whatever the past.
//!
//! How it is decided: [`judge`] compares a value with its own past given how busy the desk is, [`noise`] knows how much
//! values vary, [`Settings::false_warnings`] is the budget that all of them share, [`happening`] makes one warning of
//! everything that rises for one reason, [`source`] and [`relabel`] tell machines and new names from people in doubt.

mod desk;
mod happening;
mod judge;
mod limits;
mod noise;
mod occurrence;
mod recent;
mod relabel;
mod series;
mod source;
#[cfg(test)]
mod tests;
mod warning;
mod words;

pub use occurrence::Occurrence;
pub use warning::{Change, Figures, Kind, Named, Warning};

use crate::signals::Day;
use crate::{Span, Timestamp};
use desk::{DeskDay, Frame, REMEMBERED_DAYS};
use happening::Open;
use jiff::tz::TimeZone;
use noise::Noise;
use occurrence::{Event, fingerprint};
use recent::Recent;
use serde::{Deserialize, Serialize};
use series::{DayNumber, Series};
use std::collections::{BTreeMap, VecDeque};

/// Values that are watched in one dimension. A dimension with more is free text, not a dimension; what is new then is not watched.
pub const VALUES_MAX: usize = 20_000;
/// Dimensions that are watched.
pub const DIMENSIONS_MAX: usize = 100;
/// Characters of a value that are kept.
pub const NAME_MAX: usize = 200;
/// The name under which the whole desk is warned of.
pub const DESK: &str = "desk";
/// Days without an occurrence that are closed one by one; a longer silence begins a new history.
const SILENCE_MAX: DayNumber = 400;

/// What the team decides about the watch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The budget: so many false warnings are expected in ten days, over all values of all dimensions together, however many they are.
    pub false_warnings: f64,
    /// Normal days in a row after which a warning closes.
    pub normal_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { false_warnings: 1.0, normal_days: 2 }
    }
}

/// A dimension and its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Dimension {
    name: String,
    /// The first day of which its values are known; none where they were from the beginning.
    #[serde(default)]
    since: Option<DayNumber>,
    values: BTreeMap<String, u32>,
}

/// The watch: what it remembers of the past, the current day, and the open warnings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    settings: Settings,
    #[serde(with = "zone_name")]
    zone: TimeZone,
    /// The current day; none before the first occurrence.
    today: Option<DayNumber>,
    today_count: u32,
    desk: VecDeque<DeskDay>,
    dimensions: Vec<Dimension>,
    series: BTreeMap<u32, Series>,
    next_series: u32,
    recent: Recent,
    noise: Noise,
    /// The parts of the budget of all values together.
    parts: f64,
    /// Values that were new lately, a day: each of the next ones needs a part, too.
    new_a_day: f64,
    open: Vec<Open>,
    next_warning: u32,
}

impl Watch {
    /// An empty watch whose days are those of `zone`.
    pub fn new(settings: Settings, zone: TimeZone) -> Self {
        Self {
            settings,
            zone,
            today: None,
            today_count: 0,
            desk: VecDeque::new(),
            dimensions: Vec::new(),
            series: BTreeMap::new(),
            next_series: 1,
            recent: Recent::default(),
            noise: Noise::default(),
            parts: 1.0,
            new_a_day: 1.0,
            open: Vec::new(),
            next_warning: 1,
        }
    }

    /// The same, whose first warning has this number: for a watch that begins anew beside warnings that are kept.
    #[must_use]
    pub fn numbered_from(mut self, number: u32) -> Self {
        self.next_warning = self.next_warning.max(number);
        self
    }

    /// The first instant of a day and that of the next, in the desk's zone.
    pub fn bounds(&self, day: Day) -> (Timestamp, Timestamp) {
        let start = |day: Day| self.zone.to_timestamp(day.at(0, 0, 0, 0)).map_or(Timestamp(i64::MAX), Timestamp::from_jiff);
        (start(day), start(date(number(day).saturating_add(1))))
    }

    /// When the current day has to be closed although nothing new happens: it has occurrences, or a warning is open.
    pub fn closes_at(&self) -> Option<Timestamp> {
        let today = self.today.filter(|_| self.today_count > 0 || !self.open.is_empty())?;
        Some(self.bounds(date(today)).1)
    }

    /// The current day, which is not closed yet; none before the first occurrence.
    pub fn today(&self) -> Option<Day> {
        self.today.map(date)
    }

    /// Closed days in memory.
    pub fn days(&self) -> usize {
        self.desk.len()
    }

    /// Values that are watched now, over all dimensions.
    pub fn values(&self) -> usize {
        self.series.len()
    }

    /// The warnings that are open, oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Warning> {
        self.open.iter().map(|o| &o.warning)
    }

    /// The day of an instant, in the desk's zone.
    pub fn day_of(&self, at: Timestamp) -> Day {
        self.zone.to_datetime(at.to_jiff()).date()
    }

    /// Says that a dimension is filled in from the current day on, if it is not known or has no values any more: what it had before is
    /// unknown, not nothing, so nothing is said of it in its first week. For dimensions that people begin to fill in on some day.
    /// Of any other dimension a first value is news.
    pub fn begins(&mut self, dimension: &str) {
        let today = self.today.filter(|_| !self.desk.is_empty());
        let known = self.dimensions.len();
        match self.dimensions.iter_mut().find(|d| d.name == dimension) {
            Some(empty) if empty.values.is_empty() => empty.since = today,
            None if known < DIMENSIONS_MAX => self.dimensions.push(Dimension { name: cut(dimension), since: today, values: BTreeMap::new() }),
            Some(_) | None => {}
        }
    }

    /// Takes in one occurrence. One of a day that is closed already counts on the current day, because that is when it
    /// was known; one of a later day belongs after [`Watch::close_before`], and counts on the current day without it.
    pub fn observe(&mut self, occurrence: &Occurrence<'_>) {
        let local = self.zone.to_datetime(occurrence.at.to_jiff());
        let today = *self.today.get_or_insert_with(|| number(local.date()));
        // At most 1,439.
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        let person = occurrence.person.map(fingerprint);
        let reporter = occurrence.reporter.map(fingerprint);
        let mut values: Vec<u32> = occurrence.values.iter().filter_map(|(d, v)| self.series_of(d, v, today)).collect();
        values.sort_unstable();
        values.dedup();
        for id in &values {
            if let Some(series) = self.series.get_mut(id)
                && !person.iter().chain(&reporter).any(|p| series.aside.contains(p))
            {
                series.today = series.today.saturating_add(1);
            }
        }
        self.today_count = self.today_count.saturating_add(1);
        self.recent.push(today, Event { minute, person, reporter, values: values.into() });
    }

    /// Looks at the current day so far: what is beyond a whole day's limit already opens a warning, first seen at `now`.
    pub fn look(&mut self, now: Timestamp) -> Vec<Change> {
        self.today.map_or_else(Vec::new, |today| self.judge_day(today, now, false))
    }

    /// Closes every day that ended before `now`, at its end: judges it as a whole, and closes warnings that are over.
    pub fn close_before(&mut self, now: Timestamp) -> Vec<Change> {
        let current = number(self.day_of(now));
        let Some(today) = self.today else { return Vec::new() };
        if current.saturating_sub(today) > SILENCE_MAX {
            let kept = (self.settings, self.zone.clone(), self.next_warning);
            *self = Self { next_warning: kept.2, ..Self::new(kept.0, kept.1) };
            return Vec::new();
        }
        let mut changes = Vec::new();
        for day in today..current {
            changes.extend(self.close_day(day));
        }
        changes
    }

    fn close_day(&mut self, day: DayNumber) -> Vec<Change> {
        let end = self.end_of(day);
        let changes = self.judge_day(day, end, true);
        self.remember(day);
        changes
    }

    /// The last second of a day.
    fn end_of(&self, day: DayNumber) -> Timestamp {
        self.bounds(date(day)).1 - Span::secs(1)
    }

    /// Moves the current day into the past.
    fn remember(&mut self, day: DayNumber) {
        let oldest = day - REMEMBERED_DAYS;
        let limits = self.limits_of_open(day);
        let new = self.series.values().filter(|s| s.first == day).count();
        for (id, series) in &mut self.series {
            series.close(day, limits.get(id).copied(), oldest);
        }
        let usual = limits.get(&happening::WHOLE).map_or(self.today_count, |l| self.today_count.min(*l));
        self.desk.push_back(DeskDay { day, count: self.today_count, usual });
        while self.desk.front().is_some_and(|d| d.day < oldest) {
            self.desk.pop_front();
        }
        // A tenth of the news of each day: a mean over about ten days.
        self.new_a_day += (new as f64 - self.new_a_day) / 10.0_f64.min(self.desk.len() as f64 + 1.0);
        self.series.retain(|_, s| !s.days.is_empty());
        for dimension in &mut self.dimensions {
            dimension.values.retain(|_, id| self.series.contains_key(id));
        }
        self.recent.forget_before(day - recent::DAYS + 1);
        (self.today, self.today_count) = (Some(day + 1), 0);
        self.learn();
    }

    /// Learns the spread of values and shares out the budget, once a day.
    fn learn(&mut self) {
        let frame = Frame::new(&self.desk, self.today.unwrap_or(0), 0, false);
        let Some(span) = frame.spans.first() else { return };
        let pasts: Vec<_> = self.series.values().map(|s| (s.dimension, desk::Past::of(s, span, &frame))).collect();
        self.parts = pasts.iter().map(|(_, p)| judge::part(p.sum / p.length().max(1.0))).sum::<f64>() + self.new_a_day * judge::part(0.0);
        self.noise = Noise::learn(pasts.into_iter());
    }

    fn series_of(&mut self, dimension: &str, value: &str, today: DayNumber) -> Option<u32> {
        if value.is_empty() {
            return None;
        }
        let index = match self.dimensions.iter().position(|d| d.name == dimension) {
            Some(index) => index,
            None if self.dimensions.len() < DIMENSIONS_MAX => {
                self.dimensions.push(Dimension { name: cut(dimension), since: None, values: BTreeMap::new() });
                self.dimensions.len() - 1
            }
            None => return None,
        };
        let value = cut(value);
        let values = &mut self.dimensions[index].values;
        if let Some(id) = values.get(&value) {
            return Some(*id);
        }
        if values.len() >= VALUES_MAX {
            return None;
        }
        let id = self.next_series;
        self.next_series += 1;
        values.insert(value.clone(), id);
        let mut series = Series::new(u16::try_from(index).ok()?, value, today);
        series.since = self.dimensions[index].since.unwrap_or(series.since);
        self.series.insert(id, series);
        Some(id)
    }

    fn named(&self, id: u32) -> Named {
        match self.series.get(&id) {
            Some(s) => Named { dimension: self.dimensions[usize::from(s.dimension)].name.clone(), value: s.name.clone() },
            None => Named { dimension: DESK.to_owned(), value: "all".to_owned() },
        }
    }
}

/// At most [`NAME_MAX`] characters.
fn cut(text: &str) -> String {
    text.chars().take(NAME_MAX).collect()
}

const EPOCH: Day = Day::constant(1970, 1, 1);

fn number(day: Day) -> DayNumber {
    (day - EPOCH).get_days()
}

fn date(number: DayNumber) -> Day {
    EPOCH.saturating_add(jiff::Span::new().days(number))
}

/// The zone is kept by its name.
mod zone_name {
    use jiff::tz::TimeZone;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(zone: &TimeZone, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(zone.iana_name().unwrap_or("UTC"))
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<TimeZone, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        crate::calendar::zone(&name).map_err(serde::de::Error::custom)
    }
}
