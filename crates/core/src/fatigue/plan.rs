//! The burnout guard on a plan's shifts.

use super::{Duty, Limits, Rule, Violation, Work, violations};
use crate::plan::{Plan, RestSection};
use crate::rota::{Shift, indexed_shifts};
use jiff::tz::TimeZone;

/// What is too much in a plan's shifts by the limits of its `[coverage.rest]`, each with the index in `[[shifts]]` of the shift with which it becomes so; none
/// where it is about the team. Shifts that cannot be read are left out.
pub fn of_plan(plan: &Plan) -> Vec<(Violation, Option<usize>)> {
    let zone = crate::calendar::zone(&plan.window.zone).unwrap_or(TimeZone::UTC);
    let limits: Limits = plan.coverage.as_ref().and_then(|c| c.rest.as_ref()).map(RestSection::limits).unwrap_or_default();
    let shifts = indexed_shifts(plan);
    let duties: Vec<Duty> =
        shifts.iter().filter(|(_, s)| !s.person.is_empty()).map(|(_, s)| Duty { person: s.person.clone(), when: s.when, owner: true }).collect();
    violations(&Work::planned(&zone, &duties), &limits).into_iter().map(|v| (cause(&shifts, &v), v)).map(|(at, v)| (v, at)).collect()
}

/// The last shift of the person that belongs to the violation: where rest is too short the one after it.
fn cause(shifts: &[(usize, Shift)], violation: &Violation) -> Option<usize> {
    let person = violation.person.as_ref()?;
    let is_rest = matches!(violation.rule, Rule::DailyRest | Rule::LeavingNights | Rule::PagedAtNight);
    let belongs = |s: &Shift| s.person == *person && (s.when.from < violation.to || (is_rest && s.when.from == violation.to));
    shifts.iter().rev().find(|(_, s)| belongs(s)).map(|(i, _)| *i)
}
