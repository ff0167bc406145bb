//! The rota of a plan: its `[[shifts]]`, each naming the decision owner of its time.

use super::{DutyRole, Layer, Period, Rota, Shift, Source, Version};
use crate::plan::{Plan, instant};
use crate::{Span, Timestamp};

/// The plan's shifts by start, e-mail addresses in lower case. One whose times cannot be read or end before they begin is
/// left out: the plan check refuses it.
pub fn planned_shifts(plan: &Plan) -> Vec<Shift> {
    let at = |text: &str| instant(text, &plan.window.zone).ok();
    let read = |s: &crate::plan::PlannedShift| {
        let (from, to) = (at(&s.from)?, at(&s.to)?);
        (from < to).then(|| Shift { role: DutyRole::DecisionOwner, person: s.owner.trim().to_lowercase(), when: Period { from, to } })
    };
    let mut shifts: Vec<Shift> = plan.shifts.iter().filter_map(read).collect();
    shifts.sort_by(|a, b| (a.when, &a.person).cmp(&(b.when, &b.person)));
    shifts
}

/// The rota that a plan describes.
pub fn from_plan(plan: &Plan) -> Rota {
    let layer = Layer { role: DutyRole::DecisionOwner, priority: 0, source: Source::Shifts(planned_shifts(plan)), only: None };
    Rota::new(Version { from: Timestamp(i64::MIN), layers: vec![layer], ..Version::default() })
}

/// How far [`now_and_next`] looks.
const HORIZON: Span = Span::days(366);

/// Who decides at an instant and until when, and who follows from when: the first other person within a year.
pub fn now_and_next(rota: &Rota, at: Timestamp) -> (Option<(String, Timestamp)>, Option<(String, Timestamp)>) {
    let mut coming = owner_stretches(rota, Period::new(at, at + HORIZON)).into_iter().peekable();
    let now = coming.next_if(|(_, when)| when.from == at).map(|(person, when)| (person, when.to));
    let next = coming.find(|(person, _)| now.as_ref().is_none_or(|(holder, _)| holder != person));
    (now, next.map(|(person, when)| (person, when.from)))
}

/// Who decides from when to when, without gaps as entries; one person's time that touches is one stretch.
pub fn owner_stretches(rota: &Rota, span: Period) -> Vec<(String, Period)> {
    let mut found: Vec<(String, Period)> = Vec::new();
    for stretch in rota.stretches(DutyRole::DecisionOwner, span) {
        let Some(person) = stretch.people.into_iter().next() else { continue };
        match found.last_mut() {
            Some((last, when)) if *last == person && when.to == stretch.when.from => when.to = stretch.when.to,
            _ => found.push((person, stretch.when)),
        }
    }
    found
}
