//! Whom the runbook lets do what. Leads may always, but for overriding the point of no return.

use super::Cutover;
use crate::plan::{Rights, RollbackTrigger, RunbookStep};

/// Who may do a step or rule on it: its owner; the decision owner on duty where it has none.
pub fn may_act(step: &RunbookStep, on_duty: Option<&str>) -> Rights {
    let owner = if step.owner.trim().is_empty() { vec![] } else { vec![step.owner.clone()] };
    Rights::of([owner.as_slice()], on_duty)
}

/// Who may roll back: those of the runbook, and those of each trigger that has fired.
pub fn may_roll_back(c: &Cutover, on_duty: Option<&str>) -> Rights {
    let fired = c.runbook.triggers.iter().zip(&c.triggers).filter(|(_, own)| own.fired_at.is_some()).map(|(trigger, _)| trigger);
    union(c, fired, on_duty)
}

/// Who may roll back because of one trigger.
pub fn may_roll_back_for(c: &Cutover, trigger: &RollbackTrigger, on_duty: Option<&str>) -> Rights {
    union(c, [trigger], on_duty)
}

fn union<'t>(c: &Cutover, triggers: impl IntoIterator<Item = &'t RollbackTrigger>, on_duty: Option<&str>) -> Rights {
    // A runbook that names nobody means whoever is on duty, also beside those of a trigger.
    let own = Rights::of([c.runbook.may_roll_back.as_slice()], on_duty);
    let more: Vec<String> = triggers.into_iter().flat_map(|trigger| trigger.may_roll_back.iter().cloned()).collect();
    if more.is_empty() {
        return own;
    }
    let more = Rights::of([more.as_slice()], on_duty);
    let mut emails = own.emails;
    emails.extend(more.emails.into_iter().filter(|email| !emails.contains(email)).collect::<Vec<_>>());
    Rights { any_owner: own.any_owner && emails.is_empty(), emails }
}

/// Who presses the button; nobody but leads where the runbook does not say.
pub fn may_go_live(c: &Cutover) -> Rights {
    let who = c.runbook.go_live_by.trim().to_lowercase();
    Rights { emails: if who.is_empty() { vec![] } else { vec![who] }, any_owner: false }
}

/// Who may roll back past the point of no return: whom the plan names, and not even leads beside them.
pub fn may_override(c: &Cutover) -> Rights {
    Rights { emails: c.runbook.may_override.iter().map(|who| who.trim().to_lowercase()).collect(), any_owner: false }
}
