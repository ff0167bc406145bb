//! Guards: what each of them says today, in figures and in words.

use super::{Ladder, Place, Stage};
use crate::signals::alarm::{Alarm, AlarmReason, RED_Z, Watch, worsening_since_step};
use crate::signals::cusum::AFTER_STEP;
use crate::signals::{Day, Score, Signal, State};
use serde::{Deserialize, Serialize};

/// Days of a sum that are written out.
const WRITTEN_OUT: usize = 6;

/// What the guards have measured: the closed days since go-live.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// One entry for each signal and category.
    pub guards: Vec<GuardDays>,
    /// Categories whose promises break too fast now.
    pub burning: Vec<Burning>,
}

/// One signal of one category, day by day in order.
#[derive(Clone, Debug, PartialEq)]
pub struct GuardDays {
    /// Which signal.
    pub signal: Signal,
    /// Of which category.
    pub category: String,
    /// Its closed days since go-live.
    pub days: Vec<(Day, Score)>,
}

/// Promises of a category that break faster than the budget allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burning {
    /// Which category.
    pub category: String,
    /// How fast, in words.
    pub says: String,
}

impl History {
    /// The days of one guard.
    pub fn days(&self, signal: Signal, category: &str) -> &[(Day, Score)] {
        let found = self.guards.iter().find(|g| g.signal == signal && g.category == category);
        found.map_or(&[], |g| &g.days)
    }
}

/// What a guard says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = GuardVerdict))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing against the step.
    Calm,
    /// An alarm is open: no step is taken.
    Alarm,
    /// It worsens since the step: the stage is taken back.
    Worsening,
    /// There is nothing to judge by.
    Unknown,
}

/// One guard today.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which signal.
    pub signal: Signal,
    /// Of which category.
    pub category: String,
    /// The last closed day.
    pub day: Option<Day>,
    /// Distance from normal on it, in standard deviations; positive is bad.
    pub z: Option<f64>,
    /// The sum since the step, where the stage is on normal promises: above 3 takes it back.
    pub sum: Option<f64>,
    /// What it says.
    pub verdict: Verdict,
    /// The arithmetic in words.
    pub sentence: String,
    /// Why the stage is taken back, if it is.
    pub(super) worsening: Option<AlarmReason>,
    /// The alarm that keeps the step from being taken.
    pub(super) alarm: Option<Alarm>,
}

/// What every guard of a stage says, in the order of its categories and guards.
pub fn readings(ladder: &Ladder, history: &History, stage: &Stage) -> Vec<Reading> {
    let judged_from = match ladder.standing(&stage.name).map(|s| &s.place) {
        Some(Place::Normal { judged_from, .. }) => Some(*judged_from),
        _ => None,
    };
    let pairs = stage.categories.iter().flat_map(|category| stage.guards.iter().map(move |signal| (*signal, category)));
    pairs.map(|(signal, category)| read(signal, category, history.days(signal, category), judged_from)).collect()
}

fn read(signal: Signal, category: &str, days: &[(Day, Score)], judged_from: Option<Day>) -> Reading {
    let last = days.last();
    let blank = Reading {
        signal,
        category: category.to_owned(),
        day: last.map(|(day, _)| *day),
        z: last.and_then(|(_, s)| s.z),
        sum: None,
        verdict: Verdict::Unknown,
        sentence: String::new(),
        worsening: None,
        alarm: None,
    };
    match judged_from {
        Some(from) => since_step(signal, days, from, blank),
        None => before_step(signal, days, blank),
    }
}

/// A stage that waits for its step: no alarm may be open.
fn before_step(signal: Signal, days: &[(Day, Score)], blank: Reading) -> Reading {
    let mut watch = Watch::new(signal);
    for (day, score) in days {
        watch.add(*day, score, None);
    }
    let alarm = watch.open().filter(|alarm| alarm.holds).cloned();
    let Some((day, score)) = days.last() else {
        return Reading { sentence: "No day since go-live is closed yet.".into(), ..blank };
    };
    let (verdict, sentence) = match &alarm {
        Some(alarm) => {
            let why = alarm.reasons.iter().map(|r| r.says.as_str()).collect::<Vec<_>>().join(" ");
            (Verdict::Alarm, format!("An alarm is open since {}: {why} It closes after two normal days.", named(alarm.first_seen)))
        }
        None if can_judge(score) => (Verdict::Calm, format!("{}: {}", named(*day), score.why)),
        None => (Verdict::Unknown, format!("{}: {}", named(*day), score.why)),
    };
    Reading { verdict, sentence, alarm, ..blank }
}

/// A stage on normal promises: the sum begins at half its limit with the step, so that what is wrong from the start
/// is found sooner.
fn since_step(signal: Signal, days: &[(Day, Score)], from: Day, blank: Reading) -> Reading {
    let since: Vec<&(Day, Score)> = days.iter().filter(|(day, _)| *day >= from).collect();
    let zs: Vec<(Day, Option<f64>)> = since.iter().map(|(day, s)| (*day, s.alone.or(s.z).filter(|_| s.complete && can_judge(s)))).collect();
    let sums = AFTER_STEP.sums(zs.iter().map(|(_, z)| *z));
    let worsening = worsening_since_step(signal, since.iter().map(|(day, score)| (*day, score)));
    let sum = sums.last().copied().unwrap_or(AFTER_STEP.start);
    let limit = format!("above {} takes the stage back", AFTER_STEP.h);
    let Some((day, score)) = since.last() else {
        let sentence = format!(
            "No day since the step is closed yet. The sum begins at {:.1}; {limit}, and so does one day above {RED_Z} standard deviations.",
            AFTER_STEP.start
        );
        return Reading { sum: Some(sum), verdict: Verdict::Calm, sentence, ..blank };
    };
    let steps: Vec<String> =
        zs.iter().zip(&sums).rev().take(WRITTEN_OUT).rev().filter_map(|((day, z), sum)| Some(written(*day, (*z)?, *sum))).collect();
    let counted = match steps.as_slice() {
        [] => String::new(),
        steps => format!(" Begun at {:.1}{}: {}.", AFTER_STEP.start, if zs.len() > WRITTEN_OUT { ", lately" } else { "" }, steps.join("; ")),
    };
    let (verdict, why) = match &worsening {
        Some(reason) => (Verdict::Worsening, reason.says.clone()),
        None if can_judge(score) || score.value.is_none() => (Verdict::Calm, format!("{}: {}", named(*day), score.why)),
        None => (Verdict::Unknown, format!("{}: {}", named(*day), score.why)),
    };
    Reading { sum: Some(sum), verdict, sentence: format!("{why}{counted} The sum is {sum:.1}; {limit}."), worsening, ..blank }
}

/// `Tuesday 24 November: 1.9 less 1 makes 2.4`.
fn written(day: Day, z: f64, sum: f64) -> String {
    format!("{} {z:+.1} less {} makes {sum:.1}", named(day), AFTER_STEP.k)
}

/// Whether a day's verdict stands on anything.
fn can_judge(score: &Score) -> bool {
    score.state != State::Unknown
}

pub(super) fn named(day: Day) -> String {
    day.strftime("%A %-d %B").to_string()
}

/// `Contacts (billing)`.
pub(super) fn titled(signal: Signal, category: &str) -> String {
    format!("{} ({category})", signal.name())
}
