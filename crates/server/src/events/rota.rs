//! What happened to a rota, in words.

use super::sentence::because;
use hypercare_core::rota::living::{Checked, Event, OverrideChange};
use hypercare_core::rota::{DutyRole, Period};
use hypercare_store::queries::events::Line;

pub(super) fn sentence(event: &Event, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        Event::Planned { base, .. } => match base.plan_version {
            Some(version) if version > 1 => format!("The rota follows version {version} of the plan"),
            _ => "The rota follows the plan".to_owned(),
        },
        Event::LayersSet { checked, .. } => format!("{who} changed the layers of the rota{}{}", over(checked), because(line)),
        Event::Live => "The decision passes by acknowledgement from now on".to_owned(),
        Event::Ended => "The rota ended with the window".to_owned(),
        Event::Resumed => "The rota goes on: the window was opened again".to_owned(),
        Event::OverrideAdded { entry, checked } => {
            let (role, from) = (duty(entry.role), at(entry.when));
            let what = match &entry.change {
                OverrideChange::Add { person } => format!("put {person} on duty as {role}"),
                OverrideChange::Remove { person } => format!("took {person} off duty as {role}"),
                OverrideChange::Replace { who, by } => format!("put {by} in the place of {who} as {role}"),
            };
            format!("{who} {what} from {from}{}{}", over(checked), because(line))
        }
        Event::OverrideRemoved { checked, .. } => format!("{who} took a change of the rota back{}{}", over(checked), because(line)),
        Event::TemporaryAdded { entry, checked } => {
            format!("{who} replaced the rota by fixed shifts from {}{}{}", at(entry.when), over(checked), because(line))
        }
        Event::TemporaryRemoved { checked, .. } => format!("{who} took fixed shifts back{}{}", over(checked), because(line)),
        Event::CoverAsked { request } => format!("{who} asked for cover from {}{}", at(request.ask.when), because(line)),
        Event::CoverAccepted { overrides, checked, .. } => {
            let from = overrides.first().map(|o| at(o.when)).unwrap_or_default();
            format!("{who} took the shift from {from} that cover was asked for{}", over(checked))
        }
        Event::CoverWithdrawn { .. } => format!("{who} withdrew a request for cover"),
        Event::CoverExpired { .. } => "A request for cover ran out: nobody took it in time".to_owned(),
        Event::HandoverOpened { handover } => match &handover.outgoing {
            Some(outgoing) => format!("The handover from {outgoing} to {} began", handover.incoming),
            None => format!("The handover to {} began", handover.incoming),
        },
        Event::HandoverWritten { .. } => format!("{who} wrote in the note of the handover"),
        Event::BackupCalled { backup, stays, .. } => {
            let stays = stays.as_ref().map(|who| format!("; {who} stays until somebody does")).unwrap_or_default();
            match backup {
                Some(backup) => format!("The handover was not acknowledged: {backup} was called{stays}"),
                None => format!("The handover was not acknowledged, and no backup could be called{stays}"),
            }
        }
        Event::HandoverAcknowledged { by, .. } if line.actor_kind == "system" => format!("{by} goes on deciding"),
        Event::HandoverAcknowledged { from: Some(from), .. } => format!("{who} took over the decision from {from}"),
        Event::HandoverAcknowledged { from: None, .. } => format!("{who} took over the decision"),
    }
}

fn over(checked: &Checked) -> String {
    match checked.accepted.len() {
        0 => String::new(),
        1 => ", going over one rule of rest".to_owned(),
        n => format!(", going over {n} rules of rest"),
    }
}

fn duty(role: DutyRole) -> String {
    role.word().replace('_', " ")
}

/// The start, to the minute.
fn at(when: Period) -> String {
    when.from.to_jiff().strftime("%-d %b %H:%M UTC").to_string()
}
