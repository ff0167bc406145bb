//! What belonged to the time of the last change and not to the next one.

use super::{NextPlan, Note, Place};
use crate::plan::Plan;

pub(super) fn clear(next: &mut Plan, from: &NextPlan<'_>, notes: &mut Vec<Note>) {
    from.key.clone_into(&mut next.window.key);
    from.name.clone_into(&mut next.window.name);
    from.go_live.clone_into(&mut next.change.go_live);
    next.window.baseline_from = None;
    next.window.baseline_without.clear();
    notes.push(Note {
        place: Place::Section("change"),
        text: "The summary, the kind and the way back are those of the last change: write the next one's.".into(),
    });
    if !next.shifts.is_empty() {
        next.shifts.clear();
        notes.push(Note {
            place: Place::Section("coverage"),
            text: "The shifts had dates and are left out: plan who decides when, with the load of the last window in mind.".into(),
        });
    }
    next.exit.stressors.clear();
    for calendar in next.calendars.values_mut() {
        calendar.holidays.clear();
        calendar.exceptions.clear();
        calendar.extra.clear();
        calendar.changes.clear();
    }
}
