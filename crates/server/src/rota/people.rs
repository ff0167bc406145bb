//! Whoever is put on duty has to be somebody who can sign in.

use hypercare_core::Refusal;
use hypercare_core::rota::living::{Command, OverrideChange};
use hypercare_store::queries::people;
use hypercare_store::{Query, WriteError};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Somebody in a rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RotaPerson)]
pub struct Person {
    /// E-mail address, in lower case.
    pub email: String,
    /// Name, or the address where nobody signs in with it.
    pub name: String,
}

impl Person {
    pub(super) fn of(names: &HashMap<String, String>, email: &str) -> Self {
        Self { email: email.to_owned(), name: crate::windows::owner::name_of(names, email) }
    }
}

/// A sentence of the rules with the names of those whom it names by their addresses.
pub(crate) fn with_names(names: &HashMap<String, String>, sentence: &str) -> String {
    let mut said = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(at) = rest.find('@') {
        let part = |c: char| c.is_alphanumeric() || "@.!#$%&'*+-/=?^_`{|}~".contains(c);
        let from = rest[..at].rfind(|c| !part(c)).map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let to = rest[at..].find(|c| !part(c)).map_or(rest.len(), |i| at + i);
        // A full stop behind an address ends the sentence.
        let address = rest[from..to].trim_end_matches(['.', '\'', '?', '!']);
        said.push_str(&rest[..from]);
        said.push_str(names.get(&address.to_lowercase()).map_or(address, String::as_str));
        rest = &rest[from + address.len()..];
    }
    said + rest
}

/// The fields of a command that put somebody on duty.
fn put_on_duty(command: &Command) -> Vec<(String, &str)> {
    match command {
        Command::SetLayers { layers, .. } => {
            let mut all = vec![];
            for (i, layer) in layers.iter().enumerate() {
                let turns = layer.rotation.iter().flat_map(|r| &r.people).enumerate();
                all.extend(turns.map(|(j, who)| (format!("layers[{i}].rotation.people[{j}]"), who.as_str())));
                all.extend(layer.shifts.iter().enumerate().map(|(j, s)| (format!("layers[{i}].shifts[{j}].person"), s.person.as_str())));
            }
            all
        }
        Command::AddOverride { change: OverrideChange::Add { person }, .. } => vec![("change.person".into(), person)],
        Command::AddOverride { change: OverrideChange::Replace { by, .. }, .. } => vec![("change.by".into(), by)],
        Command::AddTemporary { shifts, .. } => shifts.iter().enumerate().map(|(i, s)| (format!("shifts[{i}].person"), s.person.as_str())).collect(),
        Command::Ask(ask) => ask.to.iter().map(|to| ("to".to_owned(), to.as_str())).collect(),
        _ => vec![],
    }
}

/// Refuses somebody who cannot sign in; what is blank is the rules' to refuse.
pub(super) async fn check(q: &mut impl Query, command: &Command) -> Result<(), WriteError> {
    let mut known: HashMap<String, bool> = HashMap::new();
    for (field, who) in put_on_duty(command) {
        let who = who.trim().to_lowercase();
        if who.is_empty() {
            continue;
        }
        if !known.contains_key(&who) {
            let found = people::by_email(q, &who).await?.is_some_and(|p| !p.disabled);
            known.insert(who.clone(), found);
        }
        if !known[&who] {
            return Err(Refusal::field(field, format!("Nobody signs in as `{who}`: add them under People, or correct the address.")).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_people() {
        let names = HashMap::from([("jo@x.example".to_owned(), "Jo Weber".to_owned()), ("o'neil@x.example".to_owned(), "Ann O'Neil".to_owned())]);
        let check = |said: &str, expected: &str| assert_eq!(with_names(&names, said), expected);
        check("jo@x.example rests 6 h between duties.", "Jo Weber rests 6 h between duties.");
        check("• Jo@X.example rests.\n• o'neil@x.example does not.", "• Jo Weber rests.\n• Ann O'Neil does not.");
        check("Give it to jo@x.example.", "Give it to Jo Weber.");
        check("Ask bo@x.example, „jo@x.example“ or @jo.", "Ask bo@x.example, „Jo Weber“ or @jo.");
        check("Nobody decides.", "Nobody decides.");
    }
}
