//! The burnout guard: rest, hours, nights and load of everybody on duty, judged on planned and on lived time alike.
//!
//! The defaults are European law and published guidance, each with its source in [`Rule::evidence`]; every limit and how strongly
//! it binds can be set, because jurisdictions differ. It is not legal advice.

mod days;
mod duty;
mod load;
mod nights;
mod plan;
mod rest;
mod rules;
#[cfg(test)]
mod tests;
mod wording;

use crate::Timestamp;
use crate::rota::{Period, Rota, owner_stretches};
use jiff::tz::TimeZone;
use serde::Serialize;

pub use duty::RecoveryOwed;
pub use load::{is_night, nights_worked, recovery_owed};
pub use plan::of_plan;
pub use rules::{Limits, Rule, Strength};

/// Stretches of duty that are judged in one go.
pub const DUTIES_LIMIT: usize = 20_000;
/// Violations that are listed.
pub const VIOLATIONS_LIMIT: usize = 1_000;

/// One person's time on duty, as planned or as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// E-mail address.
    pub person: String,
    /// When.
    pub when: Period,
    /// Whether as decision owner.
    pub owner: bool,
}

/// Somebody was alerted and worked on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// E-mail address.
    pub person: String,
    /// From the alert to the end of the work.
    pub when: Period,
}

/// A high-severity incident that somebody handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// E-mail address.
    pub person: String,
    /// When it began.
    pub at: Timestamp,
}

/// What is judged.
#[derive(Clone, Debug)]
pub struct Work<'a> {
    /// The zone in which nights and days are meant.
    pub zone: &'a TimeZone,
    /// Duty of everybody.
    pub duties: &'a [Duty],
    /// Alerts; empty for a plan.
    pub pages: &'a [Page],
    /// High-severity incidents; empty for a plan.
    pub incidents: &'a [Incident],
    /// Planned occupancy, 0 to 1, by stretch; empty where nobody computed it.
    pub occupancy: &'a [(Period, f64)],
    /// Recovery days planned after the window, by person; none where that has not been planned yet.
    pub recovery: Option<&'a std::collections::BTreeMap<String, u32>>,
}

impl<'a> Work<'a> {
    /// A plan's duties, without anything that happened.
    pub fn planned(zone: &'a TimeZone, duties: &'a [Duty]) -> Self {
        Self { zone, duties, pages: &[], incidents: &[], occupancy: &[], recovery: None }
    }
}

/// One thing that is too much.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Violation {
    /// Who; none where it is about the team.
    pub person: Option<String>,
    /// Which rule.
    pub rule: Rule,
    /// Whether it is refused or warned of.
    pub strength: Strength,
    /// Start of what is meant.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
    /// What is too much, in a sentence.
    pub what: String,
    /// What would do.
    pub remedy: String,
}

/// The decision owners' time of a rota within a span.
pub fn owner_duties(rota: &Rota, span: Period) -> Vec<Duty> {
    owner_stretches(rota, span).into_iter().map(|(person, when)| Duty { person, when, owner: true }).collect()
}

/// Everything that is too much, hard before soft and by start; at most [`VIOLATIONS_LIMIT`].
pub fn violations(work: &Work<'_>, limits: &Limits) -> Vec<Violation> {
    let mut found = Found { limits, violations: Vec::new() };
    for (person, blocks) in duty::by_person(work, limits) {
        rest::check(person, &blocks, work, &mut found);
        days::check(person, &blocks, work, &mut found);
        nights::check(person, &blocks, work, &mut found);
    }
    load::check(work, &mut found);
    let mut violations = found.violations;
    violations.sort_by(|a, b| (a.strength, a.from, a.rule, &a.person).cmp(&(b.strength, b.from, b.rule, &b.person)));
    violations.truncate(VIOLATIONS_LIMIT);
    violations
}

/// Violations being collected.
struct Found<'l> {
    limits: &'l Limits,
    violations: Vec<Violation>,
}

impl Found<'_> {
    fn add(&mut self, person: Option<&str>, rule: Rule, when: Period, what: String, remedy: impl Into<String>) {
        let Some(strength) = self.limits.strength(rule) else { return };
        let person = person.map(str::to_owned);
        self.violations.push(Violation { person, rule, strength, from: when.from, to: when.to, what, remedy: remedy.into() });
    }
}
