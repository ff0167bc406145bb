//! When a window's reviews begin and its briefs go out: local times of its plan as instants.
//!
//! A time that a change of clocks skips means the moment after the gap; one that comes twice means the first.

use crate::calendar::zone;
use crate::plan::{EXECUTIVE_AT, MORNING_AT, Plan, REVIEW_AT, Weekday, time_of_day};
use crate::{Span, Timestamp};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// How long after `at` a review can begin unless told.
pub const TOLERANCE: Span = Span::hours(1);
/// A brief that could not go out in time goes out late, but not later than this: then it tells of another day.
pub const LATEST: Span = Span::hours(4);
/// Days that are looked through for the next moment: a week has every weekday, and one more where clocks change.
const AHEAD: usize = 9;

/// Which of the two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BriefKind {
    /// To the team, before the review.
    Morning,
    /// Half a page for those who are not in the room.
    Executive,
}

impl BriefKind {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Executive => "executive",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Morning, Self::Executive].into_iter().find(|kind| kind.word() == word)
    }
}

/// What is due at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// A brief goes out.
    Brief(BriefKind),
    /// The review has to have begun.
    Missed,
}

/// A moment of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// Of which local day.
    pub day: Date,
    /// What.
    pub what: Moment,
}

/// The local times of a window.
#[derive(Clone, Debug)]
pub struct Schedule {
    zone: TimeZone,
    /// Its name, for words.
    pub zone_name: String,
    days: Vec<Weekday>,
    at: Time,
    morning: Time,
    executive: Time,
    tolerance: Span,
    /// Whether reviews are planned at all; without, one can still be held.
    planned: bool,
    /// Whether anybody gets the executive brief. Of the morning brief that is asked of the rota when it is due.
    has_executive: bool,
}

impl Schedule {
    /// Of a plan. What its check would refuse counts as not written.
    pub fn of(plan: &Plan) -> Self {
        let own = plan.review.clone().unwrap_or_default();
        let zone_name = own.zone.clone().filter(|name| zone(name).is_ok()).unwrap_or_else(|| plan.window.zone.clone());
        let time = |text: &Option<String>, usual: &str| {
            let read = text.as_deref().and_then(time_of_day).or_else(|| time_of_day(usual));
            read.unwrap_or(Time::MIN)
        };
        let work = || Weekday::ALL.into_iter().take(5).collect();
        let planned = plan.review.is_some();
        Self {
            zone: zone(&zone_name).unwrap_or(TimeZone::UTC),
            zone_name,
            days: if own.days.is_empty() { work() } else { own.days.clone() },
            at: time(&own.at, REVIEW_AT),
            morning: time(&own.morning_at, MORNING_AT),
            executive: time(&own.executive_at, EXECUTIVE_AT),
            tolerance: own.tolerance.map_or(TOLERANCE, |t| t.0),
            planned,
            has_executive: planned && !plan.executive_brief_to().is_empty(),
        }
    }

    /// The local day of an instant.
    pub fn day(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at.to_jiff()).date()
    }

    /// A local time of a day.
    fn instant(&self, day: Date, time: Time) -> Option<Timestamp> {
        self.zone.to_timestamp(day.to_datetime(time)).ok().map(Timestamp::from_jiff)
    }

    /// When the review of a day begins; none on a day without one.
    pub fn review(&self, day: Date) -> Option<Timestamp> {
        if self.holds(day) { self.instant(day, self.at) } else { None }
    }

    /// Until when the review of a day can begin without having been missed.
    pub fn latest(&self, day: Date) -> Option<Timestamp> {
        self.review(day).map(|at| at + self.tolerance)
    }

    /// The next review that begins after an instant, or has not been missed yet at it.
    pub fn next_review(&self, now: Timestamp) -> Option<(Date, Timestamp)> {
        self.days_from(self.day(now)).find_map(|day| Some((day, self.review(day).filter(|at| *at > now)?)))
    }

    /// The next brief of a kind after an instant.
    pub fn next_brief(&self, kind: BriefKind, now: Timestamp) -> Option<Timestamp> {
        self.days_from(self.day(now)).flat_map(|day| self.moments(day)).find(|due| due.what == Moment::Brief(kind) && due.at > now).map(|due| due.at)
    }

    /// When somebody is reminded of what is due on a day, and when of what was: at the time of the morning brief, on the day and on the
    /// day after. None where the calendar ends.
    pub fn reminders(&self, due: Date) -> Option<(Timestamp, Timestamp)> {
        Some((self.instant(due, self.morning)?, self.instant(due.tomorrow().ok()?, self.morning)?))
    }

    /// When a day is over.
    pub fn end(&self, day: Date) -> Option<Timestamp> {
        self.instant(day.tomorrow().ok()?, Time::MIN)
    }

    /// An instant in words: "Tue 17 Nov 16:00".
    pub fn words(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string()
    }

    /// What is due after one instant and by another, in order; what lies more than two days back is left out.
    pub fn due(&self, after: Timestamp, until: Timestamp) -> Vec<Due> {
        let from = self.day(after.max(until - Span::days(2)));
        // Of the day before too: its review may have had until after midnight.
        let from = from.yesterday().unwrap_or(from);
        let mut all: Vec<Due> = self.days_from(from).flat_map(|day| self.moments(day)).filter(|due| due.at > after && due.at <= until).collect();
        all.sort_unstable();
        all
    }

    /// The next thing that is due after an instant.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let today = self.day(after);
        let from = today.yesterday().unwrap_or(today);
        self.days_from(from).flat_map(|day| self.moments(day)).map(|due| due.at).filter(|at| *at > after).min()
    }

    fn holds(&self, day: Date) -> bool {
        self.planned && Weekday::ALL.get(usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)).is_some_and(|w| self.days.contains(w))
    }

    fn days_from(&self, day: Date) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(day), |d| d.tomorrow().ok()).take(AHEAD)
    }

    fn moments(&self, day: Date) -> Vec<Due> {
        if !self.holds(day) {
            return vec![];
        }
        let brief = |sent: bool, time, kind| {
            let at = if sent { self.instant(day, time) } else { None };
            at.map(|at| Due { at, day, what: Moment::Brief(kind) })
        };
        let missed = self.latest(day).map(|at| Due { at, day, what: Moment::Missed });
        let morning = brief(true, self.morning, BriefKind::Morning);
        let executive = brief(self.has_executive, self.executive, BriefKind::Executive);
        [morning, missed, executive].into_iter().flatten().collect()
    }
}
