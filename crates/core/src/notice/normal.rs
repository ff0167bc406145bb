//! Whom the end of a window concerns: who sees to an answer, who takes something over, who may open the window again.

use super::{Colleague, Kind, Tell};
use crate::answer::{Answer, AnswerEvent};
use crate::normal::ChecklistEvent;
use crate::relapse::WatchEvent;
use crate::window::{Window, WindowEvent};
use crate::{Actor, WindowId};

/// Leads who are told of one relapse.
const LEADS: usize = 20;

/// Whoever sees to an answer from now on, unless they took it themselves; and on the date by which they do.
pub fn of_answer(event: &AnswerEvent, answer: &Answer, actor: &Actor) -> Vec<Tell> {
    let (to, detail) = match event {
        AnswerEvent::Entrusted { to } => (to, ""),
        AnswerEvent::KeepingDue => match &answer.keeping.entrusted {
            Some(to) => (to, "due"),
            None => return vec![],
        },
        _ => return vec![],
    };
    let title = answer.live().or_else(|| answer.newest()).map(|version| version.text.title.clone()).unwrap_or_default();
    let told = (actor.user != Some(to.owner)).then(|| Tell { detail, rota: Some((answer.window, title)), ..Tell::new(to.owner, Kind::Entrusted) });
    told.into_iter().collect()
}

/// Who takes something over, where they can sign in; and whoever gave it, of what became of it.
pub fn of_handover(event: &ChecklistEvent, window: WindowId, actor: &Actor) -> Vec<Tell> {
    let (to, detail, what) = match event {
        ChecklistEvent::Given { tell, what, .. } => (*tell, "given", what),
        ChecklistEvent::Accepted { tell, what, .. } => (*tell, "accepted", what),
        ChecklistEvent::Returned { tell, what, .. } => (*tell, "returned", what),
        ChecklistEvent::ReceiverNamed { .. } | ChecklistEvent::FixNamed { .. } => return vec![],
    };
    let told = to.filter(|to| actor.user != Some(*to));
    told.map(|to| Tell { detail, rota: Some((window, what.clone())), ..Tell::new(to, Kind::HandedOver) }).into_iter().collect()
}

/// Leads, and those who answer for the change, of what got worse after a window and of the end of the watch.
pub fn of_relapse(event: &WindowEvent, window: &Window, people: &[Colleague]) -> Vec<Tell> {
    let WindowEvent::Watched { watch } = event else { return vec![] };
    let name = &window.plan.window.name;
    let (detail, words) = match watch {
        WatchEvent::Proposed { signs, .. } => {
            let names: Vec<&str> = signs.iter().map(|sign| sign.name.as_str()).collect();
            ("proposed", format!("{name}: {}", names.join(", ")))
        }
        WatchEvent::Calmed { .. } => ("calmed", name.clone()),
        WatchEvent::Ended { .. } => ("ended", name.clone()),
        WatchEvent::Begun { .. } | WatchEvent::Dismissed | WatchEvent::Settled { .. } => return vec![],
    };
    let owns = |email: &str| window.plan.change.owners.iter().any(|owner| owner.trim().eq_ignore_ascii_case(email));
    let concerned = people.iter().filter(|person| person.lead || owns(&person.email)).take(LEADS);
    concerned.map(|person| Tell { detail, rota: Some((window.id, words.clone())), ..Tell::new(person.id, Kind::Relapse) }).collect()
}
