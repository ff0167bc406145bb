//! Mix: a share or a time can move only because other matters are asked about (Simpson's paradox).
//!
//! Standardised, it is what the day would have shown had the categories been as common as before the change.
//!
//! A share at the usual mix is the mean of the categories' shares, weighed as usual. A median time is no mean of medians:
//! there the day's cohort is taken as a mixture of its categories, each log-normal by its own median and scatter, and
//! what the median of that mixture moves by when the usual weights take the place of the day's moves the day's median.
//! So a day of the usual mix stays exactly as it was measured.

use super::durations::IQR_OF_NORMAL;
use super::{Figures, Sample};
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::BTreeMap;

/// Fewer observations in the baseline than this are no mix to go back to.
const BASELINE_MIN: f64 = 30.0;
/// Closer than this to the plain value, the mix is not worth a word.
const WORTH_SAYING: f64 = 0.05;

/// Fewer times than this on a day have no scatter worth the name; the usual one of the category stands in.
const SCATTER_MIN: u64 = 4;
/// Least scatter of a category's log times, so that a mixture always has a median.
const LEAST_SCATTER: f64 = 0.05;

/// One day by category; samples of one family.
pub type Strata = BTreeMap<String, Sample>;

/// How common each category was before the change, and what was usual in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mix {
    usual: BTreeMap<String, Usual>,
    whole: f64,
}

/// A category before the change.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Usual {
    /// Observations.
    weight: f64,
    /// A share, or the mean logarithm of its medians.
    value: f64,
    /// Standard deviation of the logarithms of its times within a day.
    scatter: f64,
}

/// A log-normal part of a mixture.
#[derive(Clone, Copy, Debug)]
struct Part {
    weight: f64,
    ln_median: f64,
    scatter: f64,
}

/// The logarithm of the median of a mixture, by bisection; none without any part.
fn ln_median(parts: &[Part]) -> Option<f64> {
    let whole: f64 = parts.iter().map(|p| p.weight).sum();
    let ends = |f: fn(f64, f64) -> f64| parts.iter().filter(|p| p.weight > 0.0).map(|p| p.ln_median).reduce(f);
    // The median of a mixture lies between the least and the greatest of its parts' medians.
    let (mut low, mut high) = (ends(f64::min)?, ends(f64::max)?);
    let normal = Normal::standard();
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let below: f64 = parts.iter().map(|p| p.weight * normal.cdf((middle - p.ln_median) / p.scatter.max(LEAST_SCATTER))).sum();
        if below < whole / 2.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// A day at the mix of before.
#[derive(Clone, Debug, PartialEq)]
pub struct Standardised {
    /// The sample to compare with the baseline: the same number of observations, the value at the usual mix.
    pub sample: Sample,
    /// What the reader must know: which categories moved the plain value; none where they hardly did.
    pub note: Option<String>,
}

/// Weight and value of a sample, on the scale on which strata are averaged.
fn parts(sample: &Sample) -> Option<(f64, f64)> {
    match sample.figures {
        Figures::Share { part, whole } if whole > 0 => Some((whole as f64, part as f64 / whole as f64)),
        Figures::Duration { n, median_secs, .. } if n > 0 => Some((n as f64, median_secs.max(1.0).ln())),
        _ => None,
    }
}

/// The scatter of a sample's log times as a standard deviation; none where there are too few times.
fn scatter(sample: &Sample) -> Option<f64> {
    match sample.figures {
        Figures::Duration { n, ln_iqr, .. } if n >= SCATTER_MIN => Some(ln_iqr / IQR_OF_NORMAL),
        _ => None,
    }
}

impl Mix {
    /// From the days before the change by category.
    pub fn of<'a>(days: impl IntoIterator<Item = &'a Strata>) -> Self {
        let mut sums: BTreeMap<String, (f64, f64, f64, f64)> = BTreeMap::new();
        for (category, sample) in days.into_iter().flatten() {
            if let Some((weight, value)) = parts(sample) {
                let own = sums.entry(category.clone()).or_default();
                own.0 += weight;
                own.1 += weight * value;
                if let Some(scatter) = scatter(sample) {
                    own.2 += weight;
                    own.3 += weight * scatter;
                }
            }
        }
        let usual = |(weight, values, scattered, scatters): (f64, f64, f64, f64)| Usual {
            weight,
            value: values / weight,
            scatter: if scattered > 0.0 { scatters / scattered } else { 0.0 },
        };
        let whole = sums.values().map(|(weight, ..)| weight).sum();
        Self { usual: sums.into_iter().map(|(category, own)| (category, usual(own))).collect(), whole }
    }

    /// The day at this mix, `plain` being the day as it was measured; none where there is too little of either to
    /// standardise. A category that is missing on the day counts as usual in it, and one that is new since the change is
    /// left as it is, with the part of the day it has: it was caused by the change and must show.
    pub fn standardise(&self, plain: &Sample, day: &Strata, say: impl Fn(f64) -> String) -> Option<Standardised> {
        let known: Vec<(&str, &Sample, f64, f64)> = day.iter().filter_map(|(c, s)| parts(s).map(|(w, v)| (c.as_str(), s, w, v))).collect();
        let whole: f64 = known.iter().map(|(_, _, w, _)| w).sum();
        let measured = plain.value()?;
        if self.whole < BASELINE_MIN || whole <= 0.0 {
            return None;
        }
        let new: f64 = known.iter().filter(|(c, ..)| !self.usual.contains_key(*c)).map(|(_, _, w, _)| w / whole).sum();
        // Weight at the usual mix, weight on the day, value and scatter of each category of either.
        let of_day = known.iter().map(|(c, sample, weight, value)| {
            let usual = self.usual.get(*c);
            let scatter = scatter(sample).or(usual.map(|u| u.scatter)).unwrap_or_default();
            (usual.map_or(weight / whole, |u| u.weight / self.whole * (1.0 - new)), weight / whole, *value, scatter)
        });
        let missing = self.usual.iter().filter(|(c, _)| !known.iter().any(|(k, ..)| k == c));
        let of_missing = missing.map(|(_, u)| (u.weight / self.whole * (1.0 - new), 0.0, u.value, u.scatter));
        let all: Vec<(f64, f64, f64, f64)> = of_day.chain(of_missing).collect();
        let (sample, value) = match plain.figures {
            Figures::Share { .. } => {
                let value: f64 = all.iter().map(|(at_usual, _, v, _)| at_usual * v).sum();
                // The cast rounds a share of the whole; it cannot exceed it.
                (Sample::share((value * whole).round() as u64, whole as u64), value)
            }
            Figures::Duration { n, ln_iqr, .. } => {
                let mixture = |weight: fn(&(f64, f64, f64, f64)) -> f64| {
                    ln_median(&all.iter().map(|p| Part { weight: weight(p), ln_median: p.2, scatter: p.3 }).collect::<Vec<_>>())
                };
                let value = measured * (mixture(|p| p.0)? - mixture(|p| p.1)?).exp();
                // What the usual weights rest on: a few times of a common category know less than the number of all says.
                let error: f64 = known.iter().zip(&all).map(|((_, _, n, _), (at_usual, ..))| at_usual.powi(2) / n).sum();
                let n = if error > 0.0 { (1.0 / error).min(n as f64).max(1.0) } else { n as f64 };
                (Sample { complete: true, figures: Figures::Duration { n: n as u64, median_secs: value, ln_iqr } }, value)
            }
            Figures::Count { .. } | Figures::Level { .. } => return None,
        };
        let ratio = if measured > 0.0 { value / measured } else { 1.0 };
        let note = ((ratio - 1.0).abs() > WORTH_SAYING)
            .then(|| format!("{} as asked, {} at the mix before the change; {}", say(measured), say(value), self.moved(&known, whole)));
        Some(Standardised { sample: Sample { complete: plain.complete, ..sample }, note })
    }

    /// The category whose part of the whole changed most: "of which mix: billing is 40 %, was 10 %".
    fn moved(&self, known: &[(&str, &Sample, f64, f64)], whole: f64) -> String {
        let now = |category: &str| known.iter().find(|(c, ..)| *c == category).map_or(0.0, |(_, _, w, _)| w / whole);
        let before = |category: &str| self.usual.get(category).map_or(0.0, |u| u.weight / self.whole);
        let all = known.iter().map(|(c, ..)| *c).chain(self.usual.keys().map(String::as_str));
        let most = all.max_by(|a, b| (now(a) - before(a)).abs().total_cmp(&(now(b) - before(b)).abs())).unwrap_or_default();
        let name = if most.is_empty() { "no category" } else { most };
        format!("of which mix: {name} is {:.0} %, was {:.0} %", now(most) * 100.0, before(most) * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    /// The day as it was measured, its categories together.
    fn plain(day: &Strata) -> Sample {
        let sums = day.values().map(|s| if let Figures::Share { part, whole } = s.figures { (part, whole) } else { (0, 0) });
        let (part, whole) = sums.fold((0, 0), |all, own| (all.0 + own.0, all.1 + own.1));
        Sample::share(part, whole)
    }

    fn standard(mix: &Mix, parts: &[(&str, u64, u64)]) -> Option<Standardised> {
        let day = shares(parts);
        mix.standardise(&plain(&day), &day, percent)
    }

    fn shares(parts: &[(&str, u64, u64)]) -> Strata {
        parts.iter().map(|(c, part, whole)| ((*c).to_owned(), Sample::share(*part, *whole))).collect()
    }

    fn percent(v: f64) -> String {
        format!("{:.0} %", v * 100.0)
    }

    #[test]
    fn a_share_that_moves_only_by_mix_stays() {
        let mix = Mix::of([&shares(&[("billing", 40, 100), ("access", 90, 900)])]);
        // Nothing changed within a category; billing is asked about five times as often.
        let day = standard(&mix, &[("billing", 20, 50), ("access", 5, 50)]).unwrap();
        assert_eq!(day.sample.value(), Some(0.13));
        assert_eq!(day.note.as_deref(), Some("25 % as asked, 13 % at the mix before the change; of which mix: billing is 50 %, was 10 %"));
        // Worse within each category, hidden by the mix.
        let hidden = standard(&mix, &[("billing", 6, 10), ("access", 198, 990)]).unwrap();
        assert!(hidden.sample.value().unwrap() > 0.23, "{hidden:?}");
    }

    #[test]
    fn new_and_missing_categories() {
        let mix = Mix::of([&shares(&[("billing", 40, 100), ("access", 90, 900)])]);
        // A category that the change brought is not standardised away.
        let new = standard(&mix, &[("access", 5, 50), ("prices", 45, 50)]).unwrap();
        assert!((new.sample.value().unwrap() - 0.52).abs() < 0.02, "{new:?}");
        let alone = standard(&mix, &[("access", 5, 50)]).unwrap();
        assert!((alone.sample.value().unwrap() - 0.13).abs() < 0.02, "{alone:?}");
        assert_eq!(standard(&Mix::default(), &[("access", 5, 50)]), None);
        assert_eq!(standard(&mix, &[("access", 0, 0)]), None);
    }

    /// A cohort whose times are spread evenly in probability over log-normal categories, and its strata.
    fn cohort(parts: &[(&str, usize, f64)]) -> (Sample, Strata) {
        let normal = Normal::standard();
        let times = |(_, n, minutes): &(&str, usize, f64)| -> Vec<Span> {
            let one = |i| (0.6 * normal.inverse_cdf((f64::from(i) + 0.5) / *n as f64)).exp() * minutes * 60.0;
            (0..*n as u32).map(|i| Span::secs(one(i).round() as i64)).collect()
        };
        let all: Vec<Span> = parts.iter().flat_map(times).collect();
        (Sample::durations(&all), parts.iter().map(|p| (p.0.to_owned(), Sample::durations(&times(p)))).collect())
    }

    /// The oracle is the cohort itself, made up anew at the usual mix from the day's own categories: its median is what
    /// the standardised day must show.
    #[test]
    fn a_median_at_the_usual_mix_is_that_of_the_cohort_at_the_usual_mix() {
        #[track_caller]
        fn check(before: &[(&str, usize, f64)], day: &[(&str, usize, f64)], at_usual: &[(&str, usize, f64)], changes: bool) {
            let mix = Mix::of([&cohort(before).1]);
            let (plain, strata) = cohort(day);
            let got = mix.standardise(&plain, &strata, |v| format!("{v:.0} s")).unwrap();
            let (value, oracle) = (got.sample.value().unwrap(), cohort(at_usual).0.value().unwrap());
            assert!((value / oracle).ln().abs() < 0.04, "{value:.0} s, {oracle:.0} s when made up anew");
            assert_eq!(got.note.is_some(), changes, "{got:?}");
        }
        let before = [("access", 700, 10.0), ("billing", 300, 90.0)];
        // The same mix: exactly as measured, whatever happened to the times.
        check(&before, &[("access", 70, 20.0), ("billing", 30, 180.0)], &[("access", 70, 20.0), ("billing", 30, 180.0)], false);
        // Nothing changed within a category; the slow one is rare now, which looks like an improvement and is none.
        check(&before, &[("access", 190, 10.0), ("billing", 10, 90.0)], &before, true);
        // Every category is twice as slow, hidden by the mix.
        check(&before, &[("access", 195, 20.0), ("billing", 5, 180.0)], &[("access", 700, 20.0), ("billing", 300, 180.0)], true);
        // One that is missing counts as usual; a new one keeps its part of the day.
        check(&before, &[("access", 100, 10.0)], &before, true);
        check(
            &before,
            &[("access", 50, 10.0), ("prices", 50, 300.0)],
            &[("access", 350, 10.0), ("billing", 150, 90.0), ("prices", 500, 300.0)],
            true,
        );
    }

    #[test]
    fn few_times_of_a_common_category_know_little() {
        let mix = Mix::of([&cohort(&[("access", 100, 10.0), ("billing", 900, 90.0)]).1]);
        let (plain, strata) = cohort(&[("access", 98, 10.0), ("billing", 2, 90.0)]);
        let got = mix.standardise(&plain, &strata, percent).unwrap().sample;
        assert!(got.weight() < 5.0 && plain.weight() == 100.0, "{got:?}");
    }
}
