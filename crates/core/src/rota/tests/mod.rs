mod faults;
mod handover;
mod layers;
mod random;
mod rotations;

use super::*;
use crate::Timestamp;

fn t(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period::new(t(from), t(to))
}

/// Hours of 17 November 2026, UTC; 24 is the next midnight.
fn hours(from: i64, to: i64) -> Period {
    let midnight = t("2026-11-17T00:00:00Z");
    Period::new(midnight + crate::Span::hours(from), midnight + crate::Span::hours(to))
}

fn shift(person: &str, from: i64, to: i64) -> Shift {
    Shift { role: DutyRole::DecisionOwner, person: person.into(), when: hours(from, to) }
}

fn layer(priority: i32, source: Source) -> Layer {
    Layer { role: DutyRole::DecisionOwner, priority, source, only: None }
}

fn people(names: &str) -> Vec<String> {
    names.split_whitespace().map(str::to_owned).collect()
}

fn rota(layers: Vec<Layer>) -> Version {
    Version { from: Timestamp(i64::MIN), layers, ..Version::default() }
}
