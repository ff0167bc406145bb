mod bounds;
mod happened;
mod properties;

use super::*;
use crate::Span;
use std::collections::BTreeMap;

fn zone() -> TimeZone {
    crate::calendar::zone("Europe/Berlin").unwrap()
}

/// `2026-11-17T22:00` in Berlin.
fn t(text: &str) -> Timestamp {
    crate::plan::instant(text, "Europe/Berlin").unwrap()
}

/// Somebody's duty from one local time of November 2026 to another: `a 17T08:00 17T16:00`. Months other than November: `a 03-28T08:00 …`.
fn duty(text: &str) -> Duty {
    let [person, from, to] = text.split(' ').collect::<Vec<_>>()[..] else { panic!("{text}") };
    Duty { person: person.into(), when: Period::new(day(from), day(to)), owner: false }
}

fn day(text: &str) -> Timestamp {
    t(&if text.find('T') == Some(2) { format!("2026-11-{text}") } else { format!("2026-{text}") })
}

fn duties(texts: &[&str]) -> Vec<Duty> {
    texts.iter().map(|text| duty(text)).collect()
}

/// What is found with the default limits, without what is about the team.
fn found(duties: &[Duty]) -> Vec<Violation> {
    let zone = zone();
    violations(&Work::planned(&zone, duties), &Limits::default()).into_iter().filter(|v| v.person.is_some()).collect()
}

/// Exactly these rules are broken, each as often as it is named.
#[track_caller]
fn check(texts: &[&str], expected: &[Rule]) {
    let mut rules: Vec<Rule> = found(&duties(texts)).iter().map(|v| v.rule).collect();
    let mut expected = expected.to_vec();
    rules.sort_unstable();
    expected.sort_unstable();
    assert_eq!(rules, expected, "{:#?}", found(&duties(texts)));
}

/// The same hours on each of these days of November.
fn each(person: &str, days: std::ops::RangeInclusive<u32>, from: &str, to: &str) -> Vec<String> {
    days.map(|d| format!("{person} {d:02}T{from} {:02}T{to}", if to <= from { d + 1 } else { d })).collect()
}

#[track_caller]
fn check_each(person_days: &[Vec<String>], expected: &[Rule]) {
    let texts: Vec<&str> = person_days.iter().flatten().map(String::as_str).collect();
    check(&texts, expected);
}
