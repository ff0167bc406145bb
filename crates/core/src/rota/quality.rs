//! How good a rota is: how much of the coverage is owned, and how evenly.

use super::{DutyRole, Period, Rota, open_hours};
use crate::Span;
use crate::calendar::Calendar;
use serde::Serialize;
use std::collections::BTreeMap;

/// From here on a half of the score counts as full.
const AS_GOOD_AS_FULL: f64 = 0.95;

/// The quality of a rota over a span.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// Share of the coverage that has a decision owner, 0 to 1.
    pub covered: f64,
    /// Mean over all pairs of people of the shorter time divided by the longer, 0 to 1; 1 for one person.
    pub balance: f64,
    /// The mean of both in percent, each from 95 % counted as 100 %.
    pub score: f64,
    /// Seconds as decision owner inside the coverage, by person.
    pub load: BTreeMap<String, Span>,
    /// Who has more than their share, and by how many percent.
    pub overloaded: BTreeMap<String, u32>,
}

/// Coverage and pairwise balance of the decision owners. The idea of the formula is the quality report of Grafana OnCall.
/// `people` are those who should share the duty; whoever has some of it is added.
pub fn quality(rota: &Rota, coverage: &Calendar, span: Period, people: &[String]) -> Quality {
    let open = open_hours(coverage, span);
    let whole: i64 = open.iter().map(|o| o.length().0).sum();
    let mut load: BTreeMap<String, Span> = people.iter().map(|p| (p.clone(), Span::ZERO)).collect();
    for stretch in rota.stretches(DutyRole::DecisionOwner, span) {
        let Some(person) = stretch.people.first() else { continue };
        let first = open.partition_point(|o| o.to <= stretch.when.from);
        let held: i64 =
            open[first..].iter().take_while(|o| o.from < stretch.when.to).filter_map(|o| o.within(stretch.when)).map(|p| p.length().0).sum();
        let sum = load.entry(person.clone()).or_default();
        *sum = *sum + Span(held);
    }
    let owned: i64 = load.values().map(|s| s.0).sum();
    let covered = if whole == 0 { 1.0 } else { owned as f64 / whole as f64 };
    let balance = pairwise_balance(&load.values().map(|s| s.as_secs_f64()).collect::<Vec<_>>());
    let full = |share: f64| if share >= AS_GOOD_AS_FULL { 1.0 } else { share };
    let fair = if load.is_empty() { 0.0 } else { owned as f64 / load.len() as f64 };
    let over = |held: &Span| ((held.0 as f64 / fair - 1.0) * 100.0).round() as u32;
    let overloaded = load.iter().filter(|(_, held)| held.0 as f64 > fair && over(held) > 0).map(|(p, held)| (p.clone(), over(held))).collect();
    Quality { covered, balance, score: 50.0 * (full(covered) + full(balance)), load, overloaded }
}

/// Mean over all pairs of `min / max`; two without any are even. 1 where there is no pair.
pub fn pairwise_balance(loads: &[f64]) -> f64 {
    let (mut sum, mut pairs) = (0.0, 0_u32);
    for (i, a) in loads.iter().enumerate() {
        for b in &loads[i + 1..] {
            let most = a.max(*b);
            sum += if most > 0.0 { a.min(*b) / most } else { 1.0 };
            pairs += 1;
        }
    }
    if pairs == 0 { 1.0 } else { sum / f64::from(pairs) }
}
