//! The week's rhythm: five quiet days prove little if none was a busy one, or if the first invoice run is still to come.

use super::Criterion;
use super::days::{Run, list};
use crate::plan::Stressor;
use crate::signals::{Day, Figures, Sample};

/// From this part of the busiest weekday on a weekday is a peak: ordinary working days differ by less.
const PEAK: f64 = 0.9;
/// From this part of the busiest weekday on it is a working day.
const WORKING: f64 = 0.5;
/// Days of which a weekday factor can be told.
const DAYS_MIN: usize = 14;

/// Which weekdays are busy and which are worked on, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    peak: [bool; 7],
    working: [bool; 7],
    /// Whether it was measured; otherwise Monday to Friday stand in.
    measured: bool,
}

impl Default for Rhythm {
    fn default() -> Self {
        let week = [true, true, true, true, true, false, false];
        Self { peak: week, working: week, measured: false }
    }
}

impl Rhythm {
    /// From the contacts of days that count as usual: the time before the change, or a settled level. Monday to Friday
    /// stand in where fewer than two weeks are known.
    pub fn of(contacts: &[(Day, Sample)]) -> Self {
        let (mut sums, mut days) = ([0.0_f64; 7], [0.0_f64; 7]);
        for (day, sample) in contacts.iter().filter(|(_, s)| s.complete) {
            if let Figures::Count { events } = sample.figures {
                sums[place(*day)] += events as f64;
                days[place(*day)] += 1.0;
            }
        }
        let means: [f64; 7] = std::array::from_fn(|i| if days[i] > 0.0 { sums[i] / days[i] } else { 0.0 });
        let busiest = means.iter().copied().fold(0.0, f64::max);
        if (days.iter().sum::<f64>() as usize) < DAYS_MIN || busiest <= 0.0 {
            return Self::default();
        }
        let from = |part: f64| std::array::from_fn(|i| means[i] >= part * busiest);
        Self { peak: from(PEAK), working: from(WORKING), measured: true }
    }
    fn is_peak(&self, day: Day) -> bool {
        self.peak[place(day)]
    }
    fn is_working(&self, day: Day) -> bool {
        self.working[place(day)]
    }
}

fn place(day: Day) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()).min(6)
}

const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A busy weekday must be among the stable days.
pub(super) fn peak(run: &Run, rhythm: &Rhythm) -> Criterion {
    let names: Vec<String> = (0..7).filter(|i| rhythm.peak[*i]).map(|i| NAMES[i].to_owned()).collect();
    let found = run.counted.iter().rev().find(|day| rhythm.is_peak(**day));
    let basis = if rhythm.measured { "the busiest by contacts" } else { "too little is known to say which are busiest" };
    let evidence = match found {
        Some(day) => format!("{} was one ({basis}: {}).", day.strftime("%A %-d %B"), list(&names)),
        None => format!("None yet ({basis}: {}).", list(&names)),
    };
    Criterion::new("peak_day", "A busy weekday among the stable days", found.is_some(), evidence)
}

/// A working day after the last known stressor must be among them; no criterion where the plan names none.
pub(super) fn stressor(run: &Run, rhythm: &Rhythm, stressors: &[Stressor]) -> Option<Criterion> {
    let (on, last) = stressors.iter().filter_map(|s| Some((s.on.trim().parse::<Day>().ok()?, s))).max_by_key(|(on, _)| *on)?;
    let found = run.counted.iter().find(|day| **day > on && rhythm.is_working(**day));
    let when = on.strftime("%-d %B");
    let evidence = match found {
        Some(day) => format!("{} was stable, after {} on {when}.", day.strftime("%A %-d %B"), last.what),
        None => format!("No stable working day since {} on {when} yet.", last.what),
    };
    Some(Criterion::new("stressor", "A stable working day after the last known stressor", found.is_some(), evidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    fn contacts(week: [u64; 7], days: i64) -> Vec<(Day, Sample)> {
        let monday = date(2026, 11, 2);
        (0..days).map(|i| (monday.checked_add(i.days()).unwrap(), Sample::count(week[(i % 7) as usize]))).collect()
    }

    #[test]
    fn busy_and_working_weekdays() {
        #[track_caller]
        fn check(week: [u64; 7], days: i64, peak: &str, working: &str) {
            let rhythm = Rhythm::of(&contacts(week, days));
            let letters = |flags: [bool; 7]| flags.map(|f| if f { 'x' } else { '.' }).iter().collect::<String>();
            assert_eq!((letters(rhythm.peak).as_str(), letters(rhythm.working).as_str()), (peak, working));
        }
        check([60, 40, 40, 40, 38, 5, 5], 56, "x......", "xxxxx..");
        check([40, 40, 39, 41, 38, 5, 5], 28, "xxxxx..", "xxxxx..");
        check([5, 5, 5, 5, 30, 60, 58], 28, ".....xx", "....xxx");
        // Too little to tell.
        check([5, 5, 5, 5, 30, 60, 58], 13, "xxxxx..", "xxxxx..");
        check([0; 7], 28, "xxxxx..", "xxxxx..");
    }
}
