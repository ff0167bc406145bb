//! What was normal before the change: means by weekday, shrunk so that a few days do not mislead.

use super::{Day, Family, Sample, Signal};

/// Pseudo-days that pull each weekday towards the overall mean, at most: what it is where weekdays hardly differ.
const PSEUDO_DAYS_MAX: f64 = 2.0;

/// 95 % quantile of a chi-squared with six degrees of freedom, divided by them.
const CHANCE_LIMIT: f64 = 2.1;

/// Values of baseline days with the weekday of each.
pub(super) struct ByWeekday {
    /// Days with data.
    pub days: f64,
    overall: f64,
    sums: [f64; 7],
    counts: [f64; 7],
    /// How many days' worth the overall mean weighs in each weekday's.
    pseudo_days: f64,
}

impl ByWeekday {
    pub(super) fn new(values: &[(Day, f64)]) -> Self {
        let (mut sums, mut counts) = ([0.0; 7], [0.0; 7]);
        for (day, value) in values {
            sums[weekday(*day)] += value;
            counts[weekday(*day)] += 1.0;
        }
        let days = values.len() as f64;
        let overall = values.iter().map(|(_, v)| v).sum::<f64>() / days.max(1.0);
        let mut usual = Self { days, overall, sums, counts, pseudo_days: 0.0 };
        usual.pseudo_days = usual.pull(values);
        usual
    }
    /// Empirical Bayes: a weekday's mean is pulled as far as its error is large against what weekdays really differ by,
    /// σ² / τ² days' worth, and never by more than two. Two in any case would say of a desk that is closed at weekends,
    /// after two weeks, that half a working day is usual on Sundays (decision 0013).
    fn pull(&self, values: &[(Day, f64)]) -> f64 {
        let seen = self.counts.iter().filter(|n| **n > 0.0).count() as f64;
        let freedom = self.days - seen;
        if freedom < 1.0 || seen < 2.0 {
            return PSEUDO_DAYS_MAX;
        }
        let own = |i: usize| self.sums[i] / self.counts[i];
        let within = values.iter().map(|(d, v)| (v - own(weekday(*d))).powi(2)).sum::<f64>() / freedom;
        let between = (0..7).filter(|i| self.counts[*i] > 0.0).map(|i| (own(i) - self.overall).powi(2)).sum::<f64>() / (seen - 1.0);
        // Seven weekdays that do not differ seem to by chance, and then two days' worth is right: only what exceeds the
        // 95 % limit of that chance (a chi-squared of six over its degrees) counts as real.
        let real = between - CHANCE_LIMIT * within * seen / self.days;
        if real > 0.0 { (within / real).min(PSEUDO_DAYS_MAX) } else { PSEUDO_DAYS_MAX }
    }
    /// The mean for the day's weekday, shrunk towards the overall mean.
    pub(super) fn mean(&self, day: Day) -> f64 {
        let i = weekday(day);
        // A weekday without a single day is an average one.
        let pull = if self.counts[i] > 0.0 { self.pseudo_days } else { 1.0 };
        (self.sums[i] + pull * self.overall) / (self.counts[i] + pull)
    }
    /// How many days' worth the overall mean weighs in each weekday's.
    pub(super) const fn pseudo_days(&self) -> f64 {
        self.pseudo_days
    }
    /// Weeks of data: days of each weekday, on average.
    pub(super) fn weeks(&self) -> f64 {
        self.days / 7.0
    }
    /// Days less what estimating a level and six shrunk weekday effects costs: B − (1 + 6 n / (n + k)), n weeks,
    /// k pseudo-days.
    pub(super) fn degrees_of_freedom(&self) -> f64 {
        let n = self.weeks();
        (self.days - (1.0 + 6.0 * n / (n + self.pseudo_days))).max(1.0)
    }
}

/// How weekdays usually differ, for whoever compares stretches of days outside this module.
pub struct Weekdays(ByWeekday);

impl Weekdays {
    /// From days and what each had, with weekdays that hardly differ pulled together.
    pub fn new(days: &[(Day, f64)]) -> Self {
        Self(ByWeekday::new(days))
    }
    /// What such a day has against an average one; 1 where nothing is known.
    pub fn relative(&self, day: Day) -> f64 {
        if self.0.overall > 0.0 { self.0.mean(day) / self.0.overall } else { 1.0 }
    }
}

/// What was usual before the change, in one figure for people: the mean of counts, the pooled share, the median
/// of daily times and levels. Incomplete days and days without data are left out; none if none is left.
pub fn usual(signal: Signal, days: &[(Day, Sample)]) -> Option<f64> {
    let days: Vec<&Sample> = days.iter().map(|(_, s)| s).filter(|s| s.complete && s.family() == signal.family() && s.value().is_some()).collect();
    let weighed = |weight: fn(&Sample) -> f64| {
        let whole: f64 = days.iter().map(|s| weight(s)).sum();
        (whole > 0.0).then(|| days.iter().filter_map(|s| Some(s.value()? * weight(s))).sum::<f64>() / whole)
    };
    match signal.family() {
        Family::Count => weighed(|_| 1.0),
        Family::Share => weighed(Sample::weight),
        Family::Duration | Family::Level => quantile(&sorted(days.iter().filter_map(|s| s.value())), 0.5),
    }
}

pub(super) fn weekday(day: Day) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())
}

/// The quantile of sorted values with linear interpolation; none if there are none.
pub(super) fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = q.clamp(0.0, 1.0) * last as f64;
    let (low, high) = (position.floor() as usize, position.ceil() as usize);
    Some(sorted[low] + (sorted[high] - sorted[low]) * position.fract())
}

/// The values in ascending order.
pub(super) fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values
}
