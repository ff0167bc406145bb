//! What happened to accounts and calls, in sentences.

use super::sentence::short;
use hypercare_core::account::AccountEvent;
use hypercare_core::account::call::CallEvent;
use hypercare_store::queries::events::Line;

pub(super) fn account(event: &AccountEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        AccountEvent::Created { facts, .. } => format!("{who} added the account {}", facts.name),
        AccountEvent::Changed { facts, what } => format!("{who} changed the account {}: {}", facts.name, what.join(", ")),
        AccountEvent::Joined { name, .. } => format!("{who} said that a customer belongs to {name}"),
        AccountEvent::Left { name, .. } => format!("{who} said that a customer does not belong to {name}"),
        AccountEvent::Removed { name } => format!("{who} removed the account {name}"),
    }
}

pub(super) fn call(event: &CallEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        CallEvent::Assigned { of, to: None, .. } => format!("Nobody is to call {} any more, said {who}", of.name),
        CallEvent::Assigned { of, to_name, .. } if to_name == who => format!("{who} will call {}", of.name),
        CallEvent::Assigned { of, to_name, .. } => format!("{who} asked {to_name} to call {}", of.name),
        CallEvent::Made { of, reached: false, .. } => format!("{who} called {} and reached nobody", of.name),
        CallEvent::Made { of, note, .. } => format!("{who} called {}: “{}”", of.name, short(note)),
    }
}
