//! Whom an event of a cutover concerns: owners of steps, those who may roll back, and all of them when it ends.

use super::{Colleague, Kind, Tell};
use crate::cutover::{Cutover, CutoverEvent, Status, may_act, may_roll_back, may_roll_back_for};
use crate::plan::{Rights, RunbookStep};
use crate::{Actor, UserId};

/// Whom an event concerns; `c` is the cutover after all events of the change, `duty` who decides at this moment. What says that it is time to go back is
/// told to the leads too, where it would otherwise reach nobody.
pub fn of_cutover(event: &CutoverEvent, c: &Cutover, actor: &Actor, people: &[Colleague], duty: Option<&str>) -> Vec<Tell> {
    use CutoverEvent as E;
    let ids = |rights: &Rights| people.iter().filter(|p| rights.emails.contains(&p.email)).map(|p| p.id).collect::<Vec<_>>();
    let owner = |step: &RunbookStep| ids(&may_act(step, duty));
    let of = |key: &str| c.runbook.step(key).map(&owner).unwrap_or_default();
    let leads = || people.iter().filter(|p| p.lead).map(|p| p.id).collect::<Vec<_>>();
    let about = |text: &str| if c.rehearsal { format!("Rehearsal: {text}") } else { text.to_owned() };
    let mut tells: Vec<Tell> = vec![];
    let mut tell = |to: Vec<UserId>, kind, detail, words: String| {
        for id in to {
            if actor.user == Some(id) {
                continue;
            }
            // One notice for each person and event: what else there is stands in it.
            match tells.iter_mut().find(|t| t.to == id) {
                Some(Tell { rota: Some((_, own)), .. }) if *own != words => *own = format!("{own}; {words}"),
                Some(_) => {}
                None => tells.push(Tell { detail, rota: Some((c.window, words.clone())), ..Tell::new(id, kind) }),
            }
        }
    };
    match event {
        E::Begun { .. } => {
            for step in c.runbook.steps.iter().filter(|step| step.after.is_empty()) {
                tell(owner(step), Kind::CutoverStep, "ready", about(&step.title));
            }
        }
        E::StepDone { step, .. } | E::StepSkipped { step } | E::GateRuled { step, go: true } | E::PointPassed { step } => {
            let next = c.all().filter(|(next, own)| next.after.contains(step) && own.status == Status::Waiting && c.can_begin(next, own));
            for (next, _) in next {
                tell(owner(next), Kind::CutoverStep, "ready", about(&next.title));
            }
        }
        E::StepLate { step } => tell(of(step), Kind::CutoverStep, "late", about(c.runbook.step(step).map_or("", |s| s.title.as_str()))),
        E::GateRuled { step, go: false } => {
            let text = c.runbook.step(step).map_or("", |s| s.title.as_str());
            tell([ids(&may_roll_back(c, duty)), leads()].concat(), Kind::CutoverTrigger, "no_go", about(text));
        }
        E::TriggerFired { trigger, past, .. } => {
            let Some(trigger) = c.runbook.trigger(trigger) else { return vec![] };
            let may = ids(&may_roll_back_for(c, trigger, duty));
            let may = if may.is_empty() { leads() } else { may };
            tell(may, Kind::CutoverTrigger, if *past { "past" } else { "fired" }, about(&trigger.name));
        }
        E::RolledBack { .. } | E::Stopped | E::Finished => {
            let detail = match event {
                E::RolledBack { .. } => "rolled_back",
                E::Finished => "finished",
                _ => "stopped",
            };
            let owners: Vec<UserId> = c.runbook.steps.iter().flat_map(&owner).collect();
            let text = about(c.ended_because.as_deref().unwrap_or_default());
            tell([owners, leads()].concat(), Kind::CutoverOver, detail, text);
        }
        E::StepStarted { .. } | E::StepFailed { .. } | E::FigureSent { .. } | E::TriggerCrossed { .. } | E::TriggerCalmed { .. } => {}
    }
    tells
}
