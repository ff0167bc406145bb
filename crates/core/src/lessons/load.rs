//! How much each person carried: so that the next rota is fair, and recovery is given. In the order of names: it is no ranking.

use crate::fatigue::{Limits, Page, Violation, Work, is_night, nights_worked, recovery_owed, violations};
use crate::{Span, Timestamp};
use std::collections::BTreeMap;

/// What one person carried, by the rota as it was lived.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadFigures {
    /// E-mail address.
    pub person: String,
    /// Time on duty.
    pub duty: Span,
    /// Stretches of duty.
    pub shifts: usize,
    /// Nights with enough duty to count as one.
    pub nights: usize,
    /// Alerts that reached them.
    pub alerts: usize,
    /// Of these outside their duty: in their rest.
    pub alerts_in_rest: usize,
    /// Of these at night.
    pub alerts_at_night: usize,
    /// Recovery days that they have earned.
    pub recovery: u32,
    /// What was too much for them.
    pub violations: Vec<Violation>,
}

/// What everybody carried, by address. Whoever was alerted but not on duty is in it too.
pub fn loads(work: &Work<'_>, limits: &Limits) -> Vec<LoadFigures> {
    let mut people: BTreeMap<&str, LoadFigures> = BTreeMap::new();
    let empty = |person: &str| LoadFigures {
        person: person.to_owned(),
        duty: Span::ZERO,
        shifts: 0,
        nights: 0,
        alerts: 0,
        alerts_in_rest: 0,
        alerts_at_night: 0,
        recovery: 0,
        violations: vec![],
    };
    for duty in work.duties {
        let own = people.entry(&duty.person).or_insert_with(|| empty(&duty.person));
        own.duty = own.duty + duty.when.length();
    }
    let on_duty = |person: &str, at: Timestamp| work.duties.iter().any(|d| d.person == person && d.when.contains(at));
    for Page { person, when } in work.pages {
        let own = people.entry(person).or_insert_with(|| empty(person));
        own.alerts += 1;
        own.alerts_in_rest += usize::from(!on_duty(person, when.from));
        own.alerts_at_night += usize::from(is_night(when.from, work.zone, limits));
    }
    for (person, blocks, nights) in nights_worked(work, limits) {
        if let Some(own) = people.get_mut(person) {
            (own.shifts, own.nights) = (blocks, nights);
        }
    }
    for owed in recovery_owed(work, limits) {
        if let Some(own) = people.get_mut(owed.person.as_str()) {
            own.recovery = owed.days;
        }
    }
    for violation in violations(work, limits) {
        if let Some(own) = violation.person.clone().and_then(|person| people.get_mut(person.as_str())) {
            own.violations.push(violation);
        }
    }
    people.into_values().collect()
}
