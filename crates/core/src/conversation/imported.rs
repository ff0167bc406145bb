//! A conversation that took place elsewhere: what another desk's export says of it, taken over as history.
//!
//! It counts in the signals like any other, on the days on which things happened. It owes nobody anything here: no clocks, no
//! assistant, no messages to its customer.

use super::{Author, Command, Conversation, Event, Handler, Message, Status};
use crate::triage::Triage;
use crate::{Refusal, Stamp, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The label that marks it in lists.
pub const TAG: &str = "imported";

/// What an export says of a conversation. A later export of the same one may say more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// Where it comes from: the map's name for the source.
    pub source: String,
    /// Its id there.
    pub id: String,
    /// Who has to act, when the export was made.
    pub status: Status,
    /// When a person first answered.
    pub first_response_at: Option<Timestamp>,
    /// When it was settled for the last time; only where it is settled.
    pub resolved_at: Option<Timestamp>,
    /// How often it came back.
    pub reopened: u32,
    /// When it was first handed to another team.
    pub escalated_at: Option<Timestamp>,
    /// The customer's rating, 1 to 5.
    pub rating: Option<u8>,
    /// When it was rated.
    pub rated_at: Option<Timestamp>,
    /// Scenario, category and severity, as far as the export says.
    pub triage: Triage,
    /// Values of the fields that plans name, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

pub(super) fn decide(state: Option<&Conversation>, command: Command, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let Command::Import { opening, message, external_id, name, text, past } = command else { return Ok(vec![]) };
    checked(&past, state.map_or(stamp.at, |known| known.opened_at))?;
    let Some(known) = state else {
        let said = Message {
            external_id: Some(external_id),
            ..super::decide::message_of(message, Author::Customer, name, stamp, super::decide::checked(text)?)
        };
        let mut events = super::decide::receive(None, &opening, said);
        events.extend([Event::Imported { past }, Event::Tagged { tags: vec![TAG.to_owned()] }]);
        return Ok(events);
    };
    match &known.imported {
        None => Err(Refusal::conflict("This conversation began here; an import does not change it.")),
        // What people have done here since counts, and an export that says nothing new changes nothing.
        Some(before) if **before == *past || !untouched(known, before) => Ok(vec![]),
        Some(_) => Ok(vec![Event::Imported { past }]),
    }
}

fn checked(past: &Past, opened_at: Timestamp) -> Result<(), Refusal> {
    let early = |at: Option<Timestamp>| at.is_some_and(|at| at < opened_at);
    if early(past.first_response_at) || early(past.resolved_at) {
        return Err(Refusal::field("past", "Nothing can have happened to a conversation before it was opened."));
    }
    if (past.status == Status::Resolved) != past.resolved_at.is_some() {
        return Err(Refusal::field("past.resolved_at", "A settled conversation has a time at which it was settled; an open one has none."));
    }
    if past.rating.is_some_and(|score| !(1..=5).contains(&score)) {
        return Err(Refusal::field("past.rating", "A rating is a whole number from 1 to 5."));
    }
    Ok(())
}

/// Whether it still is as the last import left it.
fn untouched(known: &Conversation, before: &Past) -> bool {
    let same = known.status == before.status && known.rating == before.rating && known.triage == before.triage && known.fields == before.fields;
    same && known.messages == 1 && known.assignee.is_none()
}

pub(super) fn apply(s: &mut Conversation, past: &Past) {
    s.status = past.status;
    s.handler = Handler::Person;
    s.person_since = Some(s.opened_at);
    s.first_response_at = past.first_response_at;
    s.acknowledged_at = past.first_response_at;
    s.resolved_at = past.resolved_at;
    s.reopened = past.reopened;
    s.rating = past.rating;
    s.triage = past.triage.clone();
    s.fields.clone_from(&past.fields);
    // Nobody is known to wait for an answer that was given elsewhere.
    s.waiting_since = (past.status == Status::Open && past.first_response_at.is_none()).then_some(s.opened_at);
    s.last_message_at = [Some(s.opened_at), past.first_response_at, past.resolved_at].into_iter().flatten().max().unwrap_or(s.opened_at);
    s.imported = Some(Box::new(past.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Env, Opening};
    use crate::{Actor, Aggregate, Channel, ContactId, ConversationId, MessageId};

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_secs(1_456_700_000 + hour * 3600)
    }

    fn past(status: Status, resolved: Option<i64>) -> Past {
        Past {
            source: "desk".into(),
            id: "7".into(),
            status,
            first_response_at: Some(at(1)),
            resolved_at: resolved.map(at),
            reopened: 0,
            escalated_at: None,
            rating: None,
            rated_at: None,
            triage: Triage::default(),
            fields: BTreeMap::new(),
        }
    }

    fn import(past: Past) -> Command {
        let opening = Opening { id: ConversationId(1), channel: Channel::Api, contact: ContactId(2), subject: None };
        Command::Import {
            opening,
            message: MessageId(3),
            external_id: "import:desk:7".into(),
            name: "Ada".into(),
            text: "Help".into(),
            past: Box::new(past),
        }
    }

    #[track_caller]
    fn check(state: Option<&Conversation>, command: Command, events: usize) -> Option<Conversation> {
        let stamp = Stamp::new(Actor::token("Import"), state.map_or(at(0), |_| at(100)));
        let got = Conversation::decide(state, command, &stamp, &Env::default()).unwrap();
        assert_eq!(got.len(), events, "{got:?}");
        Conversation::fold(state.cloned(), &got, &stamp)
    }

    #[test]
    fn once_is_enough_and_news_is_taken() {
        let open = check(None, import(past(Status::Open, None)), 4).unwrap();
        assert!(open.clocks.is_empty() && open.timers().is_empty() && open.tags == [TAG], "an imported conversation owes nothing");
        assert_eq!((open.opened_at, open.first_response_at, open.messages), (at(0), Some(at(1)), 1));
        check(Some(&open), import(past(Status::Open, None)), 0);
        let settled = check(Some(&open), import(past(Status::Resolved, Some(5))), 1).unwrap();
        assert_eq!((settled.status, settled.resolved_at), (Status::Resolved, Some(at(5))));
        check(Some(&settled), import(past(Status::Resolved, Some(5))), 0);
        // What was done here since stays.
        let here = check(Some(&open), Command::SetStatus { to: Status::Waiting }, 1).unwrap();
        check(Some(&here), import(past(Status::Resolved, Some(5))), 0);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        #[track_caller]
        fn check_refused(past: Past, says: &str) {
            let error = Conversation::decide(None, import(past), &Stamp::new(Actor::token("Import"), at(0)), &Env::default()).unwrap_err();
            assert!(error.detail.contains(says), "{error}");
        }
        check_refused(past(Status::Resolved, None), "has a time");
        check_refused(past(Status::Open, Some(3)), "has none");
        check_refused(past(Status::Resolved, Some(-1)), "before it was opened");
        check_refused(Past { rating: Some(6), ..past(Status::Open, None) }, "1 to 5");
    }
}
