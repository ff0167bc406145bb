//! What contacts on a topic did after an update about it: days after against days before, with what such days usually have taken into account.
//!
//! It is an association, not a proof: updates are written when contacts peak, so some of a fall would have come anyway (regression to the mean),
//! and whatever else was done in these days is in the figure too.

use crate::rates::{self, Side};
use crate::signals::{Day, Weekdays};
use crate::{Span, Timestamp};
use jiff::tz::TimeZone;
use serde::Serialize;

/// Whole days on each side that are compared at most.
pub const MOST_DAYS: u32 = 7;
/// Whole days on each side that are needed: with one there is no telling how much days differ by themselves.
pub const LEAST_DAYS: u32 = 2;
/// Contacts on both sides together that are needed.
pub const ENOUGH: u64 = 10;
/// Days of the time before the change from which the usual course of a week is read.
pub const USUAL_DAYS: i64 = 56;
/// Fewer days than this say nothing of weekdays.
const USUAL_LEAST: usize = 14;
/// Confidence of the interval.
const CONFIDENCE: f64 = 0.95;
const DAY: Span = Span::days(1);

/// One side of the comparison: whole days of 24 hours, so that both have each hour of the day as often.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EffectSide))]
pub struct EffectSide {
    /// Where it begins.
    pub from: Timestamp,
    /// Where it ends; this instant is outside.
    pub to: Timestamp,
    /// Conversations on the topic that began in it: exactly those of the list that opens from it.
    pub contacts: u64,
    /// What such days have usually, against an average day: 5.6 for a week with a quiet weekend.
    pub usual: f64,
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EffectMissing))]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Two whole days have not passed since.
    TooSoon,
    /// It came within two days of the change: there is no time before to compare with.
    NoBefore,
    /// Fewer than ten contacts, or none before.
    TooFew,
}

impl Missing {
    /// In words.
    pub const fn say(self) -> &'static str {
        match self {
            Self::TooSoon => "Shown once two whole days have passed since the update.",
            Self::NoBefore => "It came within two days of the change, so there is no time before to compare with.",
            Self::TooFew => "Fewer than ten contacts on this topic, or none before the update: too few to say anything.",
        }
    }
}

/// What can be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EffectVerdict))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Clearly fewer: the whole interval lies under 1.
    Fewer,
    /// Clearly more.
    More,
    /// The interval holds 1.
    Unclear,
}

/// The comparison.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = EffectFound))]
pub struct Found {
    /// Contacts after divided by before, each against what such days usually have.
    pub ratio: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How much more these days differ than chance alone lets them; 1 is chance. The interval is wider by it.
    pub dispersion: f64,
    /// What can be said.
    pub verdict: Verdict,
}

/// The days that can be compared at a moment: so many whole ones on each side.
///
/// # Errors
/// Why there are none yet, or never will be.
pub fn days(published_at: Timestamp, go_live_at: Timestamp, now: Timestamp) -> Result<u32, Missing> {
    let whole = |span: Span| u32::try_from((span.0 / DAY.0).max(0)).unwrap_or(u32::MAX).min(MOST_DAYS);
    let (before, after) = (whole(published_at - go_live_at), whole(now - published_at));
    if before < LEAST_DAYS {
        return Err(Missing::NoBefore);
    }
    if after < LEAST_DAYS { Err(Missing::TooSoon) } else { Ok(before.min(after)) }
}

/// When something can be said at the earliest.
pub const fn ready_at(published_at: Timestamp) -> Timestamp {
    Timestamp(published_at.0 + DAY.0 * LEAST_DAYS as i64)
}

/// The usual course of a week at this desk: how many conversations on any topic began on a day, in each hour of it.
pub struct Usual {
    zone: TimeZone,
    weekdays: Option<Weekdays>,
    hours: [f64; 24],
}

impl Usual {
    /// From days before the change, each with its 24 hours on the clock of `zone`. With fewer than 14 days every day counts the same.
    pub fn new(days: &[(Day, [u64; 24])], zone: TimeZone) -> Self {
        let totals: Vec<(Day, f64)> = days.iter().map(|(day, hours)| (*day, hours.iter().sum::<u64>() as f64)).collect();
        let all: f64 = totals.iter().map(|(_, n)| n).sum();
        let weekdays = (totals.len() >= USUAL_LEAST && all > 0.0).then(|| Weekdays::new(&totals));
        // One conversation in each hour that was not there: no hour is taken for impossible.
        let mut hours = [1.0; 24];
        for (_, day) in days {
            hours.iter_mut().zip(day).for_each(|(sum, n)| *sum += *n as f64);
        }
        let sum: f64 = hours.iter().sum();
        hours.iter_mut().for_each(|share| *share /= sum);
        Self { zone, weekdays, hours }
    }

    /// Whether weekdays are told apart.
    pub const fn knows_weekdays(&self) -> bool {
        self.weekdays.is_some()
    }

    /// What 24 hours from an instant have, against an average day.
    pub fn of_day(&self, from: Timestamp) -> f64 {
        let Some(weekdays) = &self.weekdays else { return 1.0 };
        let hour = |n: i64| {
            let at = self.zone.to_datetime((from + Span::hours(n)).to_jiff());
            let share = self.hours.get(usize::try_from(at.hour()).unwrap_or(0)).copied().unwrap_or(0.0);
            weekdays.relative(at.date()) * share
        };
        (0..24).map(hour).sum()
    }
}

/// One update and one topic, compared. `counts` are the contacts of each whole day, oldest first: as many before as after.
pub fn compare(published_at: Timestamp, counts: (&[u64], &[u64]), usual: &Usual) -> ([EffectSide; 2], Result<Found, Missing>) {
    let (before, after) = counts;
    let at = |day: usize| Span(DAY.0 * i64::try_from(day).unwrap_or(0));
    let side = |start: Timestamp, days: &[u64]| -> Vec<Side> {
        let day = |(i, n): (usize, &u64)| Side { events: *n as f64, exposure: usual.of_day(start + at(i)).max(1e-6) };
        days.iter().enumerate().map(day).collect()
    };
    let (from, to) = (published_at - at(before.len()), published_at + at(after.len()));
    let (early, late) = (side(from, before), side(published_at, after));
    let sum = |days: &[Side]| Side { events: days.iter().map(|d| d.events).sum(), exposure: days.iter().map(|d| d.exposure).sum() };
    let (a, b) = (sum(&early), sum(&late));
    let shown = |from, to, days: &[u64], side: Side| EffectSide { from, to, contacts: days.iter().sum(), usual: side.exposure };
    let sides = [shown(from, published_at, before, a), shown(published_at, to, after, b)];
    if sides.iter().map(|s| s.contacts).sum::<u64>() < ENOUGH {
        return (sides, Err(Missing::TooFew));
    }
    let dispersion = rates::dispersion([&early, &late]);
    let Some(found) = rates::ratio(a, b, dispersion, CONFIDENCE) else { return (sides, Err(Missing::TooFew)) };
    let verdict = match found {
        r if r.high < 1.0 => Verdict::Fewer,
        r if r.low > 1.0 => Verdict::More,
        _ => Verdict::Unclear,
    };
    (sides, Ok(Found { ratio: found.ratio, low: found.low, high: found.high, dispersion, verdict }))
}
