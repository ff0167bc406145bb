//! What counts as a relapse of one signal.
//!
//! A signal is a sign when, at the end of a day after the exit, its alarm is red and was not red when the window was closed, and the days
//! since then confirm it: two of them more than 2 standard deviations worse than normal (or worse by a limit, where there is no such
//! distance), or the last three more than 1½, or one more than 5. A red alarm alone needs one day beyond 3, which by chance one watch
//! in five of eight signals would see in fourteen days; with a second day it is fewer than one in thirty (the test of this module plays it).

use crate::signals::alarm::{AMBER_Z, Alarm, AlarmLevel, AlarmRule};
use crate::signals::{Day, Score, Signal, State};
use serde::{Deserialize, Serialize};

/// One day this many standard deviations worse needs no second one.
pub const FAR_Z: f64 = 5.0;
/// Days beyond 2 that confirm an alarm.
const HIGH_DAYS: usize = 2;
/// Above this a day is part of a lasting rise.
const RAISED_Z: f64 = 1.5;
/// Days in a row beyond it, the latest included, that confirm an alarm.
const RAISED_DAYS: usize = 3;

/// A signal that is followed after the exit.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Which.
    pub signal: Signal,
    /// Its days since go-live in order, with the alarm that was open at the end of each.
    pub days: Vec<(Day, Score, Option<Alarm>)>,
}

/// A signal that got worse after the exit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RelapseSign))]
pub struct Sign {
    /// The signal's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The rule of the alarm.
    pub rule: AlarmRule,
    /// The first day after the exit on which it was seen.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub since: Day,
    /// Why, in a sentence.
    pub why: String,
}

/// What of these signals is a sign of a relapse at the end of the latest of their days.
pub fn signs(followed: &[Followed], exit_day: Day) -> Vec<Sign> {
    followed.iter().filter_map(|one| sign(one, exit_day)).collect()
}

fn sign(one: &Followed, exit_day: Day) -> Option<Sign> {
    let alarm = one.days.last().and_then(|(day, _, alarm)| alarm.as_ref().filter(|a| *day > exit_day && a.level == AlarmLevel::Red))?;
    // What was red when people left was known to them; it counts anew only once it was over.
    let at_exit = one.days.iter().rev().find(|(day, ..)| *day <= exit_day).and_then(|(_, _, alarm)| alarm.as_ref());
    if at_exit.is_some_and(|then| then.level == AlarmLevel::Red && then.first_seen == alarm.first_seen) {
        return None;
    }
    let after: Vec<&(Day, Score, Option<Alarm>)> = one.days.iter().filter(|(day, ..)| *day > exit_day).collect();
    let raised = after.iter().rev().take_while(|(_, score, _)| score.alone.or(score.z).is_some_and(|z| z > RAISED_Z)).count();
    let since: Vec<_> = after.iter().filter(|(day, ..)| *day >= alarm.first_seen).collect();
    let beyond = |limit: f64| move |score: &Score| score.alone.or(score.z).is_some_and(|z| z > limit);
    let worse = |score: &Score| beyond(AMBER_Z)(score) || score.z.is_none() && score.state == State::Worse;
    let count = |what: &dyn Fn(&Score) -> bool| since.iter().filter(|(_, score, _)| what(score)).count();
    let confirmed = count(&worse) >= HIGH_DAYS || raised >= RAISED_DAYS || count(&beyond(FAR_Z)) > 0;
    let reason = alarm.reasons.first().filter(|_| confirmed)?;
    let first = after.len().saturating_sub(raised.max(1));
    let bad = since.iter().find(|(_, score, _)| worse(score)).map(|(day, ..)| *day);
    let since = bad.or_else(|| after.get(first).map(|(day, ..)| *day)).unwrap_or(alarm.first_seen);
    Some(Sign { key: one.signal.key().to_owned(), name: one.signal.name().to_owned(), rule: reason.rule, since, why: reason.says.clone() })
}
