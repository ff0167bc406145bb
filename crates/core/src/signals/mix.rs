//! Mix: a share or a time can move only because other matters are asked about (Simpson's paradox).
//!
//! Standardised, it is what the day would have shown had the categories been as common as before the change.

use super::{Figures, Sample};
use crate::Span;
use std::collections::BTreeMap;

/// Fewer observations in the baseline than this are no mix to go back to.
const BASELINE_MIN: f64 = 30.0;
/// Closer than this to the plain value, the mix is not worth a word.
const WORTH_SAYING: f64 = 0.05;

/// One day by category; samples of one family.
pub type Strata = BTreeMap<String, Sample>;

/// How common each category was before the change, and what was usual in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mix {
    /// Weight of each category, and its value: a share, or the mean logarithm of its medians.
    usual: BTreeMap<String, (f64, f64)>,
    whole: f64,
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

impl Mix {
    /// From the days before the change by category.
    pub fn of<'a>(days: impl IntoIterator<Item = &'a Strata>) -> Self {
        let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for (category, sample) in days.into_iter().flatten() {
            if let Some((weight, value)) = parts(sample) {
                let own = sums.entry(category.clone()).or_default();
                own.0 += weight;
                own.1 += weight * value;
            }
        }
        let whole = sums.values().map(|(weight, _)| weight).sum();
        Self { usual: sums.into_iter().map(|(category, (weight, sum))| (category, (weight, sum / weight))).collect(), whole }
    }

    /// The day at this mix; none where there is too little of either to standardise. A category that is missing on the
    /// day counts as usual in it, and one that is new since the change is left as it is, with the part of the day it has:
    /// it was caused by the change and must show.
    pub fn standardise(&self, day: &Strata, say: impl Fn(f64) -> String) -> Option<Standardised> {
        let known: Vec<(&str, f64, f64)> = day.iter().filter_map(|(c, s)| parts(s).map(|(w, v)| (c.as_str(), w, v))).collect();
        let whole: f64 = known.iter().map(|(_, w, _)| w).sum();
        if self.whole < BASELINE_MIN || whole <= 0.0 {
            return None;
        }
        let plain = known.iter().map(|(_, w, v)| w * v).sum::<f64>() / whole;
        let new: Vec<&(&str, f64, f64)> = known.iter().filter(|(c, ..)| !self.usual.contains_key(*c)).collect();
        let new_weight: f64 = new.iter().map(|(_, w, _)| w / whole).sum();
        let today = |category: &str| known.iter().find(|(c, ..)| *c == category).map(|(_, _, v)| *v);
        let usual: f64 = self.usual.iter().map(|(c, (weight, value))| weight / self.whole * today(c).unwrap_or(*value)).sum();
        let value = usual * (1.0 - new_weight) + new.iter().map(|(_, w, v)| w / whole * v).sum::<f64>();
        let family = day.values().next()?;
        let (sample, ratio) = match family.figures {
            Figures::Share { .. } => {
                // The cast rounds a share of the whole; it cannot exceed it.
                let sample = Sample::share((value * whole).round() as u64, whole as u64);
                (sample, if plain > 0.0 { value / plain } else { 1.0 })
            }
            _ => {
                let ln_iqr = day.values().filter_map(|s| if let Figures::Duration { ln_iqr, .. } = s.figures { Some(ln_iqr) } else { None });
                let ln_iqr = ln_iqr.fold(0.0, f64::max);
                let figures = Figures::Duration { n: whole as u64, median_secs: value.exp(), ln_iqr };
                (Sample { complete: true, figures }, (value - plain).exp())
            }
        };
        let sample = Sample { complete: day.values().all(|s| s.complete), ..sample };
        let shown =
            |v: f64| if matches!(family.figures, Figures::Share { .. }) { say(v) } else { say(Span::secs(v.exp().round() as i64).as_secs_f64()) };
        let note = ((ratio - 1.0).abs() > WORTH_SAYING)
            .then(|| format!("{} as asked, {} at the mix before the change; {}", shown(plain), shown(value), self.moved(&known, whole)));
        Some(Standardised { sample, note })
    }

    /// The category whose part of the whole changed most: "of which mix: billing is 40 %, was 10 %".
    fn moved(&self, known: &[(&str, f64, f64)], whole: f64) -> String {
        let now = |category: &str| known.iter().find(|(c, ..)| *c == category).map_or(0.0, |(_, w, _)| w / whole);
        let before = |category: &str| self.usual.get(category).map_or(0.0, |(weight, _)| weight / self.whole);
        let all = known.iter().map(|(c, ..)| *c).chain(self.usual.keys().map(String::as_str));
        let most = all.max_by(|a, b| (now(a) - before(a)).abs().total_cmp(&(now(b) - before(b)).abs())).unwrap_or_default();
        let name = if most.is_empty() { "no category" } else { most };
        format!("of which mix: {name} is {:.0} %, was {:.0} %", now(most) * 100.0, before(most) * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let day = mix.standardise(&shares(&[("billing", 20, 50), ("access", 5, 50)]), percent).unwrap();
        assert_eq!(day.sample.value(), Some(0.13));
        assert_eq!(day.note.as_deref(), Some("25 % as asked, 13 % at the mix before the change; of which mix: billing is 50 %, was 10 %"));
        // Worse within each category, hidden by the mix.
        let hidden = mix.standardise(&shares(&[("billing", 6, 10), ("access", 198, 990)]), percent).unwrap();
        assert!(hidden.sample.value().unwrap() > 0.23, "{hidden:?}");
    }

    #[test]
    fn new_and_missing_categories() {
        let mix = Mix::of([&shares(&[("billing", 40, 100), ("access", 90, 900)])]);
        // A category that the change brought is not standardised away.
        let new = mix.standardise(&shares(&[("access", 5, 50), ("prices", 45, 50)]), percent).unwrap();
        assert!((new.sample.value().unwrap() - 0.52).abs() < 0.02, "{new:?}");
        let alone = mix.standardise(&shares(&[("access", 5, 50)]), percent).unwrap();
        assert!((alone.sample.value().unwrap() - 0.13).abs() < 0.02, "{alone:?}");
        assert_eq!(Mix::default().standardise(&shares(&[("access", 5, 50)]), percent), None);
        assert_eq!(mix.standardise(&shares(&[("access", 0, 0)]), percent), None);
    }

    #[test]
    fn times_are_averaged_on_a_logarithmic_scale() {
        let time = |n: u64, minutes: f64| Sample { complete: true, figures: Figures::Duration { n, median_secs: minutes * 60.0, ln_iqr: 1.0 } };
        let strata = |parts: &[(&str, u64, f64)]| -> Strata { parts.iter().map(|(c, n, m)| ((*c).to_owned(), time(*n, *m))).collect() };
        let mix = Mix::of([&strata(&[("billing", 50, 100.0), ("access", 50, 1.0)])]);
        let day = mix.standardise(&strata(&[("billing", 90, 100.0), ("access", 10, 1.0)]), |v| format!("{:.0} s", v)).unwrap();
        assert!((day.sample.value().unwrap() - 600.0).abs() < 1.0, "{day:?}");
        assert!(day.note.is_some_and(|n| n.contains("3786 s as asked, 600 s at the mix before")), "{:?}", day.sample);
    }
}
