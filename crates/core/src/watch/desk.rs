//! The desk as a whole: how busy each day was, and what a look compares with what.

use super::series::{DayNumber, Series};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The recent past that a value is compared with: eight weeks, the best baseline for such series (Fricker et al. 2008).
pub(super) const REFERENCE_DAYS: i32 = 56;
/// Days between the days judged and the past they are compared with, so that a slow riser does not raise its own bar.
/// One less than a week: the same weekday of last week is part of the past.
pub(super) const GAP_DAYS: i32 = 6;
/// How many days are judged together: a jump shows on one day, a small lasting rise adds up over three or seven.
pub(super) const SPANS: [i32; 3] = [1, 3, 7];
/// Closed days that are remembered.
pub(super) const REMEMBERED_DAYS: i32 = REFERENCE_DAYS + GAP_DAYS + 7;
/// Before a week has passed nothing can be called usual.
const DAYS_MIN: usize = 7;
/// Days that the mean of all days weighs against that of a weekday.
const WEEKDAY_WEIGHT: f64 = 2.0;
/// A past has at least so many days.
const PAST_MIN: i32 = 3;
/// A day with less than this share of a median day is a quiet one: a weekend, a holiday.
const QUIET: f64 = 0.5;
/// While a day goes on, the whole day is taken to become this much busier than such weekdays were at most,
/// so that what is rare against it is rare against the whole day.
const MARGIN: f64 = 1.25;

/// A day of the whole desk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct DeskDay {
    /// Which day.
    pub day: DayNumber,
    /// All occurrences.
    pub count: u32,
    /// The same, held down on days of an open warning about the whole desk.
    pub usual: u32,
}

/// Days judged together and the past they are compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// First day judged; the last is today.
    pub from: DayNumber,
    /// How many days.
    pub days: i32,
    /// First day of the past.
    pub past_from: DayNumber,
    /// Last day of the past.
    pub past_to: DayNumber,
    /// Occurrences at the desk on the days judged.
    pub desk: f64,
    /// Busy and quiet days among those judged.
    pub judged: [f64; 2],
}

/// Everything about the desk that one look needs.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The day that is judged.
    pub today: DayNumber,
    /// Whether today is one of the quiet days.
    pub quiet: bool,
    /// The spans that have enough past.
    pub spans: Vec<Span>,
    oldest: DayNumber,
    quiet_days: Vec<bool>,
    counts: Vec<f64>,
    /// Sums over the days before each, so that any past costs the same.
    sums: Vec<Sums>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    desk: f64,
    squared: f64,
    quiet: f64,
}

/// Monday is 0.
pub(super) fn weekday(day: DayNumber) -> usize {
    // Below 7, and never negative.
    (day + 3).rem_euclid(7).unsigned_abs() as usize
}

impl Frame {
    /// For today, with so many occurrences so far; `whole` where the day is over.
    pub fn new(days: &VecDeque<DeskDay>, today: DayNumber, so_far: u32, whole: bool) -> Self {
        let counts: Vec<f64> = days.iter().map(|d| f64::from(d.count)).collect();
        let oldest = days.front().map_or(today, |d| d.day);
        let quiet_below = QUIET * median(counts.iter().rev().take(28).copied());
        let quiet_days: Vec<bool> = counts.iter().map(|c| *c < quiet_below).collect();
        let today_count = if whole { f64::from(so_far) } else { f64::from(so_far).max(MARGIN * busiest_such_day(days, today)) };
        let mut sums = vec![Sums::default()];
        for (count, quiet) in counts.iter().zip(&quiet_days) {
            let before = sums.last().copied().unwrap_or_default();
            sums.push(Sums { desk: before.desk + count, squared: before.squared + count * count, quiet: before.quiet + f64::from(u8::from(*quiet)) });
        }
        let mut frame = Self { today, quiet: today_count < quiet_below, spans: Vec::new(), oldest, quiet_days, counts, sums };
        let closed = frame.counts.len();
        frame.spans = SPANS.into_iter().filter_map(|span| frame.span(span, gap(i32::try_from(closed).unwrap_or(i32::MAX)), today_count)).collect();
        frame
    }

    fn span(&self, days: i32, gap: i32, today_count: f64) -> Option<Span> {
        let from = self.today - days + 1;
        let past_to = from - 1 - gap;
        let past_from = (past_to - REFERENCE_DAYS + 1).max(self.oldest);
        let mut span = Span { from, days, past_from, past_to, desk: today_count, judged: [0.0; 2] };
        span.judged[usize::from(self.quiet)] += 1.0;
        for day in from..self.today {
            span.desk += self.count(day);
            span.judged[usize::from(self.is_quiet(day))] += 1.0;
        }
        let enough = self.counts.len() >= DAYS_MIN && past_to - past_from + 1 >= days.max(PAST_MIN) && self.between(past_from, past_to).desk > 0.0;
        enough.then_some(span)
    }

    /// The desk on the days of a past.
    fn between(&self, from: DayNumber, to: DayNumber) -> Past {
        let (from, to) = (from.max(self.oldest), to.min(self.today - 1));
        if to < from {
            return Past::default();
        }
        let at = |day: DayNumber| usize::try_from(day - self.oldest).map_or(Sums::default(), |i| self.sums.get(i).copied().unwrap_or_default());
        let (before, upto) = (at(from), at(to + 1));
        let days = f64::from(to - from + 1);
        let quiet = upto.quiet - before.quiet;
        Past { desk: upto.desk - before.desk, desk_squared: upto.squared - before.squared, days: [days - quiet, quiet], ..Past::default() }
    }

    fn index(&self, day: DayNumber) -> Option<usize> {
        usize::try_from(day - self.oldest).ok().filter(|i| *i < self.counts.len())
    }
    /// Occurrences at the desk on a closed day.
    pub fn count(&self, day: DayNumber) -> f64 {
        self.index(day).map_or(0.0, |i| self.counts[i])
    }
    /// Whether a closed day was a quiet one.
    pub fn is_quiet(&self, day: DayNumber) -> bool {
        self.index(day).is_some_and(|i| self.quiet_days[i])
    }
    /// Closed days in memory.
    pub fn closed_days(&self) -> usize {
        self.counts.len()
    }
}

/// Days between a past of so many days and the days judged: fewer while there are few.
fn gap(days: i32) -> i32 {
    (days / 3).min(GAP_DAYS)
}

/// A value's past in a span, summed up in one walk over its days.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Past {
    /// Occurrences.
    pub sum: f64,
    /// Occurrences on busy and on quiet days.
    pub by_kind: [f64; 2],
    /// Occurrences by weekday, those of open warnings in full: a weekly routine is known after its first time.
    pub by_weekday: [f64; 7],
    /// Σ x².
    pub squared: f64,
    /// Σ x · desk.
    pub with_desk: f64,
    /// Busy and quiet days.
    pub days: [f64; 2],
    /// Occurrences at the desk.
    pub desk: f64,
    /// The same, squared day by day.
    pub desk_squared: f64,
}

impl Past {
    /// Of this value in this span: from the day on which its present level began, if that is known.
    pub fn of(series: &Series, span: &Span, frame: &Frame) -> Self {
        let from = span.past_from.max(series.since);
        let to = if from > span.past_from { (span.from - 1 - gap(span.from - from)).max(span.past_to) } else { span.past_to };
        let mut past = frame.between(from, to);
        for d in series.days.iter().filter(|d| (from..=to).contains(&d.day)) {
            let x = f64::from(d.usual);
            past.sum += x;
            past.by_kind[usize::from(frame.is_quiet(d.day))] += x;
            past.by_weekday[weekday(d.day)] += f64::from(d.count);
            past.squared += x * x;
            past.with_desk += x * frame.count(d.day);
        }
        past
    }

    /// Usual occurrences on such a weekday: its mean, drawn towards that of all days by two days' weight.
    pub fn on_weekday(&self, day: DayNumber) -> f64 {
        let days = (self.length() / 7.0).round();
        (self.by_weekday[weekday(day)] + WEEKDAY_WEIGHT * self.sum / self.length().max(1.0)) / (days + WEEKDAY_WEIGHT)
    }

    /// Its days.
    pub fn length(&self) -> f64 {
        self.days[0] + self.days[1]
    }

    /// Whether it is long enough to say what is usual.
    pub fn is_enough(&self) -> bool {
        self.length() >= f64::from(PAST_MIN) && self.desk > 0.0
    }
}

/// The largest of the last four such weekdays; of all days where there is none yet.
fn busiest_such_day(days: &VecDeque<DeskDay>, today: DayNumber) -> f64 {
    let such = days.iter().rev().filter(|d| weekday(d.day) == weekday(today)).take(4).map(|d| d.count).max();
    f64::from(such.or_else(|| days.iter().map(|d| d.count).max()).unwrap_or(0))
}

/// The middle value; zero of none.
pub(super) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
