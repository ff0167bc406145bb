//! Which days are stable, and how many in a row.

use super::{DayFacts, DayVerdict, Judged, Reset, Stability, UNKNOWN_DAYS_MAX};
use crate::signals::{Day, State};

/// Missing days between two measured ones that are written out one by one.
const GAP_LIMIT: usize = 400;

/// The run of stable days that the days so far end with.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// The dates that count in the streak, in order.
    pub counted: Vec<Day>,
    pub reset_by: Option<Reset>,
    /// Whether any day could be judged.
    pub judged: bool,
    /// The latest day.
    pub last: Option<Day>,
    /// Days without a verdict since the streak began.
    unknown: u32,
    /// The latest day, if it was not over: no failure to measure unless another day follows.
    going_on: Option<Day>,
}

impl Run {
    /// Stable days in a row.
    pub(super) fn streak(&self) -> u32 {
        u32::try_from(self.counted.len()).unwrap_or(u32::MAX)
    }

    /// Adds a day, and before it those that nobody measured; gives the verdicts of all of them.
    pub(super) fn add(&mut self, day: &DayFacts) -> Vec<DayVerdict> {
        if let Some(unfinished) = self.going_on.take() {
            self.unknown(unfinished);
        }
        let mut verdicts = Vec::new();
        for date in missing_between(self.last, day.date) {
            verdicts.push(DayVerdict { date, stable: Stability::Unknown, reasons: vec!["Nobody measured this day.".into()] });
            self.unknown(date);
        }
        self.last = Some(day.date);
        let (verdict, cause, is_new) = judge(day);
        self.judged |= verdict.stable != Stability::Unknown;
        match verdict.stable {
            Stability::Stable => self.counted.push(day.date),
            Stability::Fluctuation => {
                // An alarm that stays open after the day that raised it sets nothing back that was not set back then.
                if is_new || !self.counted.is_empty() || self.reset_by.is_none() {
                    self.reset_by = Some(Reset { date: day.date, reason: cause });
                }
                self.counted.clear();
                self.unknown = 0;
            }
            Stability::Unknown if !day.complete => self.going_on = Some(day.date),
            Stability::Unknown => self.unknown(day.date),
        }
        verdicts.push(verdict);
        verdicts
    }

    fn unknown(&mut self, date: Day) {
        if self.counted.is_empty() {
            return;
        }
        self.unknown += 1;
        if self.unknown > UNKNOWN_DAYS_MAX {
            self.counted.clear();
            self.unknown = 0;
            self.reset_by = Some(Reset { date, reason: format!("more than {UNKNOWN_DAYS_MAX} days that could not be judged") });
        }
    }
}

fn missing_between(last: Option<Day>, next: Day) -> impl Iterator<Item = Day> {
    std::iter::successors(last.and_then(|d| d.tomorrow().ok()), |d| d.tomorrow().ok()).take_while(move |d| *d < next).take(GAP_LIMIT)
}

/// The verdict, what was off in a few words, and whether that is more than alarms of days before.
fn judge(day: &DayFacts) -> (DayVerdict, String, bool) {
    let verdict = |stable, reasons| DayVerdict { date: day.date, stable, reasons };
    if !day.complete {
        return (verdict(Stability::Unknown, vec!["The day is not over, or its data is not all there.".into()]), String::new(), false);
    }
    let required = || day.signals.iter().filter(|s| s.required);
    let with = |state| required().filter(move |s| s.score.state == state).map(|s| format!("{}: {}", s.signal.name(), s.score.why));
    let mut reasons: Vec<String> = with(State::Worse).collect();
    let alarm_of = |s: &Judged| s.alarm.as_ref().is_some_and(|a| a.holds && a.first_seen == day.date);
    let is_new = required().any(|s| s.score.state == State::Worse || alarm_of(s)) || !day.burning.is_empty() || day.critical_open > 0;
    let mut causes: Vec<String> = required().filter(|s| s.score.state == State::Worse).map(|s| s.signal.name().to_lowercase()).collect();
    for (s, alarm) in required().filter(|s| s.score.state != State::Worse).filter_map(|s| Some((s, s.alarm.as_ref().filter(|a| a.holds)?))) {
        let why = alarm.reasons.first().map_or("", |r| r.says.as_str());
        reasons.push(format!("{}: an alarm is open since {}. {why}", s.signal.name(), alarm.first_seen.strftime("%A %-d %B")));
        causes.push(format!("the alarm on {}", s.signal.name().to_lowercase()));
    }
    if !day.burning.is_empty() {
        reasons.extend(day.burning.iter().cloned());
        causes.push("promises that break too fast".into());
    }
    if day.critical_open > 0 {
        let are = if day.critical_open == 1 { "matter is" } else { "matters are" };
        reasons.push(format!("{} critical {are} open.", day.critical_open));
        if !causes.iter().any(|c| c == "open critical matters") {
            causes.push("open critical matters".into());
        }
    }
    if !reasons.is_empty() {
        return (verdict(Stability::Fluctuation, reasons), list(&causes), is_new);
    }
    let unknown: Vec<String> = with(State::Unknown).collect();
    if !unknown.is_empty() {
        return (verdict(Stability::Unknown, unknown), String::new(), false);
    }
    let n = required().count();
    if n == 0 {
        return (
            verdict(Stability::Unknown, vec!["The plan requires no signal, so nothing shows that the day was stable.".into()]),
            String::new(),
            false,
        );
    }
    let all = if n == 1 { "The required signal is normal".to_owned() } else { format!("All {n} required signals are normal") };
    (verdict(Stability::Stable, vec![format!("{all} and nothing critical is open.")]), String::new(), false)
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
