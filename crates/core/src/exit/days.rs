//! Which days are stable, and how many in a row.

use super::{DayFacts, DayVerdict, Reset, Stability, UNKNOWN_DAYS_MAX};
use crate::signals::{Day, State};

/// Missing days between two measured ones that are written out one by one.
const GAP_LIMIT: usize = 400;

/// The days judged, and the run they end with.
pub(super) struct Run {
    pub days: Vec<DayVerdict>,
    pub streak: u32,
    /// The dates that count in the streak, in order.
    pub counted: Vec<Day>,
    pub reset_by: Option<Reset>,
}

pub(super) fn run(facts: &[DayFacts]) -> Run {
    let mut run = Run { days: vec![], streak: 0, counted: vec![], reset_by: None };
    let mut unknown = 0;
    let mut last: Option<Day> = None;
    for (i, day) in facts.iter().enumerate() {
        for date in missing_between(last, day.date) {
            run.days.push(DayVerdict { date, stable: Stability::Unknown, reasons: vec!["Nobody measured this day.".into()] });
            run.unknown(date, &mut unknown);
        }
        last = Some(day.date);
        let (verdict, cause) = judge(day);
        match verdict.stable {
            Stability::Stable => run.counted.push(day.date),
            Stability::Fluctuation => {
                run.counted.clear();
                unknown = 0;
                run.reset_by = Some(Reset { date: day.date, reason: cause });
            }
            // The day that is still going on has not failed to be measured.
            Stability::Unknown if i + 1 == facts.len() && !day.complete => {}
            Stability::Unknown => run.unknown(day.date, &mut unknown),
        }
        run.days.push(verdict);
    }
    run.streak = u32::try_from(run.counted.len()).unwrap_or(u32::MAX);
    run
}

impl Run {
    fn unknown(&mut self, date: Day, unknown: &mut u32) {
        if self.counted.is_empty() {
            return;
        }
        *unknown += 1;
        if *unknown > UNKNOWN_DAYS_MAX {
            self.counted.clear();
            *unknown = 0;
            self.reset_by = Some(Reset { date, reason: format!("more than {UNKNOWN_DAYS_MAX} days that could not be judged") });
        }
    }
}

fn missing_between(last: Option<Day>, next: Day) -> impl Iterator<Item = Day> {
    std::iter::successors(last.and_then(|d| d.tomorrow().ok()), |d| d.tomorrow().ok()).take_while(move |d| *d < next).take(GAP_LIMIT)
}

/// The verdict, and what was off in a few words.
fn judge(day: &DayFacts) -> (DayVerdict, String) {
    let verdict = |stable, reasons| DayVerdict { date: day.date, stable, reasons };
    if !day.complete {
        return (verdict(Stability::Unknown, vec!["The day is not over, or its data is not all there.".into()]), String::new());
    }
    let required = || day.signals.iter().filter(|s| s.required);
    let with = |state| required().filter(move |s| s.score.state == state).map(|s| format!("{}: {}", s.signal.name(), s.score.why));
    let mut reasons: Vec<String> = with(State::Worse).collect();
    let mut causes: Vec<String> = required().filter(|s| s.score.state == State::Worse).map(|s| s.signal.name().to_lowercase()).collect();
    if day.critical_open > 0 {
        let are = if day.critical_open == 1 { "matter is" } else { "matters are" };
        reasons.push(format!("{} critical {are} open.", day.critical_open));
        if !causes.iter().any(|c| c == "open critical matters") {
            causes.push("open critical matters".into());
        }
    }
    if !reasons.is_empty() {
        return (verdict(Stability::Fluctuation, reasons), list(&causes));
    }
    let unknown: Vec<String> = with(State::Unknown).collect();
    if !unknown.is_empty() {
        return (verdict(Stability::Unknown, unknown), String::new());
    }
    let n = required().count();
    if n == 0 {
        return (verdict(Stability::Unknown, vec!["The plan requires no signal, so nothing shows that the day was stable.".into()]), String::new());
    }
    let all = if n == 1 { "The required signal is normal".to_owned() } else { format!("All {n} required signals are normal") };
    (verdict(Stability::Stable, vec![format!("{all} and nothing critical is open.")]), String::new())
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
