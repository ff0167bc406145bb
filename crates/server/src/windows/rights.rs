//! Whether somebody may do what the plan lets some do, and the words for those who may.

use super::owner::name_of;
use crate::http::Caller;
use hypercare_core::Refusal;
use hypercare_core::plan::Rights;
use hypercare_core::role::Permission;
use std::collections::HashMap;

/// Whether this caller is among them, or a lead.
pub fn allow(rights: &Rights, caller: &Caller) -> bool {
    if caller.may(Permission::WindowsWrite) {
        return true;
    }
    match &caller.user {
        Some(person) if !rights.any_owner => rights.emails.contains(&person.email.to_lowercase()),
        Some(_) => caller.may(Permission::DecisionsDecide),
        None => false,
    }
}

/// The people, by name where they have signed in.
pub fn names(rights: &Rights, names: &HashMap<String, String>) -> Vec<String> {
    rights.emails.iter().map(|email| name_of(names, email)).collect()
}

/// The refusal to everybody else: who may do this act (`decide`), and what to do now.
pub fn only(rights: &Rights, known: &HashMap<String, String>, act: &str, instead: &str) -> Refusal {
    let who = match names(rights, known).as_slice() {
        [] if rights.any_owner => "a decision owner".to_owned(),
        [] => "nobody for all of its scenarios".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    };
    Refusal::forbidden(format!("The plan lets {who} {act} this, or a lead. {instead}"))
}
