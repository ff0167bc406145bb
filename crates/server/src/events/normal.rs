//! The end of a window in words: what is handed over, and the days after.

use super::sentence::{because, short};
use hypercare_core::normal::ChecklistEvent;
use hypercare_core::relapse::{Sign, WatchEvent};
use hypercare_store::queries::events::Line;

/// What happened to the handover to normal operations.
pub(super) fn handover(event: &ChecklistEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        ChecklistEvent::ReceiverNamed { what, receiver, .. } => format!("{who} named {} to take over: {}", receiver.name, short(what)),
        ChecklistEvent::Given { what, receiver, round: 1, .. } => format!("{who} handed over to {}: {}", receiver.name, short(what)),
        ChecklistEvent::Given { what, receiver, .. } => format!("{who} handed over to {} again: {}", receiver.name, short(what)),
        ChecklistEvent::Accepted { what, recorded: true, .. } => {
            format!("{who} recorded that the receiver accepted “{}”{}", short(what), because(line))
        }
        ChecklistEvent::Accepted { what, .. } => format!("{who} accepted “{}”", short(what)),
        ChecklistEvent::Returned { what, recorded: true, .. } => {
            format!("{who} recorded that the receiver gave “{}” back{}", short(what), because(line))
        }
        ChecklistEvent::Returned { what, .. } => format!("{who} gave “{}” back{}", short(what), because(line)),
        ChecklistEvent::FixNamed { owner, fix, .. } => {
            format!("{who} handed something that is allowed for a while to {}: {}", owner.name, short(fix))
        }
    }
}

/// What happened in the days after a window.
pub(super) fn watch(event: &WatchEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        WatchEvent::Begun { last_day, .. } => {
            format!("The days after the window are watched until {}", last_day.strftime("%-d %B"))
        }
        WatchEvent::Proposed { signs, .. } => format!("It is proposed to open the window again: {}", named(signs)),
        WatchEvent::Calmed { .. } => "What got worse after the window is back to normal".to_owned(),
        WatchEvent::Dismissed => format!("{who} decided against opening the window again{}", because(line)),
        WatchEvent::Settled { signals } if signals.len() == 1 => "A signal that was put aside is back to normal".to_owned(),
        WatchEvent::Settled { signals } => format!("{} signals that were put aside are back to normal", signals.len()),
        WatchEvent::Ended { open: true, .. } => "The watch after the window is over; a relapse still waits for a person".to_owned(),
        WatchEvent::Ended { proposals: 0, .. } => "The watch after the window is over: nothing got worse".to_owned(),
        WatchEvent::Ended { proposals: 1, .. } => "The watch after the window is over: one relapse was proposed".to_owned(),
        WatchEvent::Ended { proposals, .. } => format!("The watch after the window is over: {proposals} relapses were proposed"),
    }
}

fn named(signs: &[Sign]) -> String {
    let names: Vec<String> = signs.iter().map(|sign| sign.name.to_lowercase()).collect();
    match names.as_slice() {
        [] => "signals got worse".to_owned(),
        [one] => format!("{one} got worse"),
        [first @ .., last] => format!("{} and {last} got worse", first.join(", ")),
    }
}
