//! The settled level: what stands in where there is no time before the change.
//!
//! A new service, or a log that begins with go-live, has nothing to go back to. Then the series itself must show that
//! it has arrived: two whole weeks between which it no longer moves, for better or worse. While times still fall week
//! by week, the desk has not arrived, however good they look. From then on that level is what days are compared with,
//! with the same score and the same limits as a baseline. Decision 0013 has the reasons and what was measured.

use super::baseline::weekday;
use super::{Better, Day, Family, Figures, Sample, Signal};
use jiff::ToSpan;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Days of a whole week.
const WEEK: i64 = 7;
/// Weekdays that both weeks must have data for.
const PAIRS_MIN: usize = 4;
/// A series moves where a still one would seldom show as much: doubt delays the arrival of a noisy one by days.
const MOVES: f64 = 0.80;
/// It has left a level only where that is sure, because leaving takes away what days are compared with.
const LEFT: f64 = 0.95;
/// Weeks that must agree, to half the margin, before a level worse than the settled one is accepted: 28 days, the least
/// full baseline. A slow drift into the worse is thereby measured against where it began.
const WEEKS_AT_WORSE: i64 = 4;

/// How the level moved between two spans of days.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Move {
    /// Natural logarithm of the later level over the earlier one, weekday by weekday.
    log: f64,
    /// Its absolute value as the chance that a series that does not move shows less (one-sided, so 0.5 to 1).
    distance: f64,
}

/// Follows one series from go-live on and knows, at the end of each day, the level it has settled at.
#[derive(Clone, Debug)]
pub struct Settling {
    signal: Signal,
    /// Natural logarithm of one plus the margin.
    margin: f64,
    days: Vec<(Day, Sample)>,
    reference: Vec<(Day, Sample)>,
    why_not: String,
}

impl Settling {
    /// A series of which no day is known yet. `margin` is the plan's: how far from a level still counts as at it.
    pub fn new(signal: Signal, margin: f64) -> Self {
        let margin = margin.max(0.01).ln_1p();
        Self { signal, margin, days: Vec::new(), reference: Vec::new(), why_not: "two whole weeks since going live are needed".into() }
    }
    /// The days of the settled level; empty while there is none.
    pub fn reference(&self) -> &[(Day, Sample)] {
        &self.reference
    }
    /// Why there is no settled level yet, to follow "not settled:".
    pub fn why_not(&self) -> &str {
        &self.why_not
    }

    /// Adds a day that is over, in order of days.
    pub fn add(&mut self, day: Day, sample: &Sample) {
        if !sample.complete || sample.family() != self.signal.family() {
            return;
        }
        self.days.push((day, *sample));
        let week = self.weeks(day, 0, 1);
        if self.reference.is_empty() {
            self.settle(day);
            return;
        }
        let Some(moved) = moved(self.signal, &self.reference, week) else { return };
        if moved.distance <= LEFT || moved.log.abs() <= self.margin {
            return;
        }
        if self.is_better(moved.log) {
            // It has left for a better level: where it will arrive must show.
            self.reference.clear();
            self.settle(day);
        } else if let Some(long) = self.steady(day, WEEKS_AT_WORSE, self.margin / 2.0) {
            self.reference = long;
        }
    }

    /// Takes the last two weeks as the level, if they agree.
    fn settle(&mut self, day: Day) {
        if let Some(level) = self.steady(day, 2, self.margin) {
            self.reference = level;
            return;
        }
        let Some(moved) = moved(self.signal, self.weeks(day, 1, 1), self.weeks(day, 0, 1)) else {
            self.why_not = "two whole weeks with data on most weekdays are needed".into();
            return;
        };
        let how = if self.is_better(moved.log) { "still improving" } else { "still getting worse" };
        let (percent, word) = ((moved.log.exp() - 1.0) * 100.0, if moved.log < 0.0 { "less" } else { "more" });
        self.why_not = format!("{how}, {:.0} % {word} than the week before", percent.abs());
    }

    /// The last weeks if they are whole and the level moves by at most this much over all of them.
    fn steady(&self, day: Day, weeks: i64, most: f64) -> Option<Vec<(Day, Sample)>> {
        let all = self.weeks(day, 0, weeks);
        if i64::try_from(all.len()).ok()? < weeks * WEEK {
            return None;
        }
        // Each later week against the first: from the middle of one to that of the other is a week less than the span.
        for later in 1..weeks {
            let moved = moved(self.signal, self.weeks(day, weeks - 1, 1), self.weeks(day, weeks - 1 - later, 1))?;
            let drift = moved.log.abs() * (later + 1) as f64 / later as f64;
            if moved.distance > MOVES && drift > most {
                return None;
            }
        }
        Some(all.to_vec())
    }

    /// `n` weeks of days, the last of which ends `back` weeks before the end of `day`.
    fn weeks(&self, day: Day, back: i64, n: i64) -> &[(Day, Sample)] {
        let until = day.checked_sub((back * WEEK).days()).unwrap_or(Day::MIN);
        let after = until.checked_sub((n * WEEK).days()).unwrap_or(Day::MIN);
        let end = self.days.partition_point(|(d, _)| *d <= until);
        let start = self.days.partition_point(|(d, _)| *d <= after);
        self.days.get(start..end).unwrap_or_default()
    }

    fn is_better(&self, log: f64) -> bool {
        (log < 0.0) == (self.signal.better() == Better::Lower)
    }
}

/// What days of one weekday add up to: events and days, part and whole, logarithms of medians and how many.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    value: f64,
    weight: f64,
}

fn by_weekday(days: &[(Day, Sample)]) -> [Sums; 7] {
    let mut sums = [Sums::default(); 7];
    for (day, sample) in days.iter().filter(|(_, s)| s.value().is_some()) {
        let (value, weight) = match sample.figures {
            Figures::Count { events } => (events as f64, 1.0),
            Figures::Share { part, whole } => (part as f64, whole as f64),
            Figures::Duration { n, median_secs, .. } => (median_secs.max(1.0).ln() * n as f64, n as f64),
            Figures::Level { value, .. } => (value.max(0.0), 1.0),
        };
        let own = &mut sums[weekday(*day)];
        own.value += value;
        own.weight += weight;
    }
    sums
}

/// How far the level moved from some days to others, each weekday compared with itself. None where too few weekdays
/// have data in both.
///
/// Counts, shares and levels: the Mantel-Haenszel ratio over weekdays with the spread of its residuals, at least what
/// chance alone gives; times: the weighted mean difference of log medians. The distance is by Student's t, because
/// there are only seven weekdays to judge by.
fn moved(signal: Signal, early: &[(Day, Sample)], late: &[(Day, Sample)]) -> Option<Move> {
    let pairs: Vec<(Sums, Sums)> = by_weekday(early).into_iter().zip(by_weekday(late)).filter(|(a, b)| a.weight > 0.0 && b.weight > 0.0).collect();
    if pairs.len() < PAIRS_MIN {
        return None;
    }
    let n = pairs.len() as f64;
    let (log, variance) = if signal.family() == Family::Duration { log_means(&pairs, n) } else { mantel_haenszel(signal, &pairs, n) };
    let t = log.abs() / variance.sqrt().max(f64::MIN_POSITIVE);
    let distance = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.cdf(t);
    Some(Move { log, distance })
}

fn log_means(pairs: &[(Sums, Sums)], n: f64) -> (f64, f64) {
    let weighed: Vec<(f64, f64)> =
        pairs.iter().map(|(a, b)| (a.weight * b.weight / (a.weight + b.weight), b.value / b.weight - a.value / a.weight)).collect();
    let whole: f64 = weighed.iter().map(|(w, _)| w).sum();
    let mean = weighed.iter().map(|(w, d)| w * d).sum::<f64>() / whole;
    let squares: f64 = weighed.iter().map(|(w, d)| (w * (d - mean)).powi(2)).sum();
    (mean, squares / whole.powi(2) * n / (n - 1.0))
}

fn mantel_haenszel(signal: Signal, pairs: &[(Sums, Sums)], n: f64) -> (f64, f64) {
    let crossed: Vec<(f64, f64)> =
        pairs.iter().map(|(a, b)| (a.value * b.weight / (a.weight + b.weight), b.value * a.weight / (a.weight + b.weight))).collect();
    let (x, y) = crossed.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
    let level = signal.family() == Family::Level;
    // Half an event stands for none, as in the scores; a level of none is a level.
    let least = if level { f64::EPSILON } else { 0.5 };
    let ratio = (y + least) / (x + least);
    let squares: f64 = crossed.iter().map(|(x, y)| (y - ratio * x).powi(2)).sum();
    let residual = squares / (ratio * (x + least)).powi(2) * n / (n - 1.0);
    let part = |f: fn(&(Sums, Sums)) -> f64| pairs.iter().map(f).sum::<f64>() + 0.5;
    let chance = if level { 0.0 } else { 1.0 / part(|p| p.0.value) + 1.0 / part(|p| p.1.value) };
    (ratio.ln(), residual.max(chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(i: i64) -> Day {
        date(2026, 11, 2).checked_add(i.days()).unwrap()
    }

    /// After how many days the series is first settled, and whether it still is at the end.
    fn run(signal: Signal, days: i64, sample: impl Fn(i64) -> Sample) -> (Option<i64>, Settling) {
        let mut settling = Settling::new(signal, 0.2);
        let mut first = None;
        for i in 0..days {
            settling.add(day(i), &sample(i));
            if first.is_none() && !settling.reference().is_empty() {
                first = Some(i + 1);
            }
        }
        (first, settling)
    }

    /// A repeatable unevenness between −1 and 1.
    fn noise(i: i64) -> f64 {
        ((i * 7919 + 13) % 101) as f64 / 50.0 - 1.0
    }

    fn count(level: f64, i: i64) -> Sample {
        let weekly = if i % 7 >= 5 { 0.2 } else { 1.0 };
        Sample::count((level * weekly * (1.0 + 0.08 * noise(i))).round() as u64)
    }

    #[test]
    fn a_series_settles_when_two_weeks_agree() {
        #[track_caller]
        fn check(what: &str, first: Option<i64>, at: std::ops::RangeInclusive<i64>) {
            assert!(first.is_some_and(|f| at.contains(&f)), "{what}: {first:?}");
        }
        // Steady, with quiet weekends: as soon as there are two weeks.
        check("steady", run(Signal::Contacts, 28, |i| count(100.0, i)).0, 14..=14);
        check("few", run(Signal::Contacts, 28, |i| Sample::count(u64::from(i % 3 == 0))).0, 14..=14);
        // A decaying spike: once the older of the two weeks is less than a fifth too high.
        check("spike", run(Signal::Contacts, 60, |i| count(100.0 * (1.0 + 3.0 * (-(i as f64) / 8.0).exp()), i)).0, 26..=36);
        // A step after ten days: two weeks later.
        check("step", run(Signal::Contacts, 60, |i| count(if i < 10 { 200.0 } else { 100.0 }, i)).0, 22..=26);
        // What falls by a tenth every week, never while it falls.
        let (first, falling) = run(Signal::Resolution, 70, |i| {
            let hours = 90.0 * 0.9_f64.powf(i as f64 / 7.0) * (1.0 + 0.02 * noise(i));
            Sample { complete: true, figures: Figures::Duration { n: 50, median_secs: hours * 3600.0, ln_iqr: 1.0 } }
        });
        assert_eq!(first, None, "{:?}", falling.reference().first());
        assert!(
            falling.why_not().starts_with("still improving, 1") && falling.why_not().ends_with("% less than the week before"),
            "{}",
            falling.why_not()
        );
    }

    #[test]
    fn a_better_level_must_arrive_again_and_a_worse_one_is_not_taken_soon() {
        // Half as many after four weeks: the old level is left within days, the new one taken two weeks later.
        let better = |until| run(Signal::Contacts, until, |i| count(if i < 28 { 200.0 } else { 100.0 }, i)).1;
        assert_eq!(better(28).reference().first().map(|(d, _)| *d), Some(day(0)));
        assert!(better(35).reference().is_empty(), "{:?}", better(35).reference().first());
        assert!(better(35).why_not().starts_with("still improving"), "{}", better(35).why_not());
        assert!(better(44).reference().first().is_some_and(|(d, _)| *d >= day(25)), "a quiet weekend more or less");
        // Twice as many: the old level stays what days are compared with, for four weeks.
        let worse = |until| run(Signal::Contacts, until, |i| count(if i < 28 { 100.0 } else { 200.0 }, i)).1;
        assert_eq!(worse(50).reference().first().map(|(d, _)| *d), Some(day(0)));
        assert_eq!(worse(57).reference().len(), 28);
        // A rise of 4 % a week is compared with where it began.
        let drift = run(Signal::Contacts, 56, |i| count(100.0 * 1.04_f64.powf(i as f64 / 7.0), i)).1;
        assert_eq!(drift.reference().first().map(|(d, _)| *d), Some(day(0)));
    }

    #[test]
    fn what_lacks_days_or_data_does_not_settle() {
        let (first, gaps) = run(Signal::Csat, 28, |i| Sample::share(u64::from(i % 7 < 2), u64::from(i % 7 < 2)));
        assert_eq!(first, None);
        assert!(gaps.why_not().contains("most weekdays"), "{}", gaps.why_not());
        assert_eq!(run(Signal::Contacts, 13, |i| count(100.0, i)).0, None);
        assert_eq!(run(Signal::Contacts, 28, |i| count(100.0, i).incomplete()).0, None);
    }
}
