//! What a step forth and back does to promises: nothing to those made before, and nobody is late because of it.

use crate::calendar::Calendar;
use crate::clock::{Clock, Policy, Targets};
use crate::conversation::{Command, Conversation, Env, Opening};
use crate::triage::{Scope, Triage};
use crate::{Actor, Aggregate, Channel, ContactId, ConversationId, MessageId, Severity, Span, Stamp, Timestamp, WindowId};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn policy(name: &str, first: Span, resolution: Span) -> Policy {
    let all = |span: Span| [(Severity::Normal, span)].into_iter().collect();
    let targets = Targets { first_response: all(first), resolution: all(resolution), ..Targets::default() };
    Policy { name: name.into(), version: 1, since: Timestamp(0), calendar: Calendar::always(), targets, categories: BTreeMap::new() }
}

struct Desk {
    hypercare: Policy,
    normal: Policy,
    back: Vec<String>,
}

impl Desk {
    fn run(&self, state: Option<Conversation>, command: Command, at: Timestamp) -> Conversation {
        let stamp = Stamp::new(Actor::system(), at);
        let env = Env { hypercare: Some(&self.hypercare), normal: Some(&self.normal), normalised: &self.back, ..Env::default() };
        let events = Conversation::decide(state.as_ref(), command, &stamp, &env).unwrap();
        Conversation::fold(state, &events, &stamp).unwrap()
    }
    /// A customer asks about the change at `at`, and a person is needed.
    fn asked(&self, at: Timestamp) -> Conversation {
        let opening = Opening { id: ConversationId(1), channel: Channel::Chat, contact: ContactId(1), subject: None };
        let receive = Command::Receive { opening, message: MessageId(1), external_id: None, name: "Ana".into(), text: "Why?".into() };
        let triage = Triage { scope: Scope::In, category: Some("billing".into()), ..Triage::default() };
        let c = self.run(None, receive, at);
        let c = self.run(Some(c), Command::Triage { triage: Box::new(triage), window: Some(WindowId(1)) }, at);
        self.run(Some(c), Command::HandOver { why: "asks".into() }, at)
    }
    fn looked_at(&self, c: Conversation, at: Timestamp) -> Conversation {
        self.run(Some(c), Command::TimePassed, at)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn forth_and_back_is_as_if_nothing_had_happened_for_what_was_promised_before(
        first in 10_i64..600, more in 0_i64..2_000, forth in 0_i64..300, back in 0_i64..300, later in 0_i64..2_000,
    ) {
        let (hypercare, normal) = (policy("hypercare", Span::mins(first), Span::mins(first * 3)), policy("normal", Span::mins(first + more), Span::mins((first + more) * 3)));
        let mut desk = Desk { hypercare, normal, back: vec![] };
        let start = Timestamp::from_secs(1_800_000_000);
        let at = |m: i64| start + Span::mins(m);
        let promised = desk.asked(start);
        let untouched = desk.looked_at(promised.clone(), at(forth + back + later));
        desk.back = vec!["billing".into()];
        let during = desk.looked_at(promised, at(forth));
        prop_assert!(during.clocks.iter().all(|c| c.policy == "hypercare"), "{:?}", during.clocks);
        desk.back = vec![];
        let after = desk.looked_at(desk.looked_at(during, at(forth + back)), at(forth + back + later));
        prop_assert_eq!(&after.clocks, &untouched.clocks);
    }

    #[test]
    fn a_step_back_makes_promises_shorter_and_nobody_late(first in 10_i64..600, more in 0_i64..2_000, back in 0_i64..3_000) {
        let (hypercare, normal) = (policy("hypercare", Span::mins(first), Span::mins(first * 3)), policy("normal", Span::mins(first + more), Span::mins((first + more) * 3)));
        let mut desk = Desk { hypercare, normal, back: vec!["billing".into()] };
        let start = Timestamp::from_secs(1_800_000_000);
        let promised = desk.asked(start);
        prop_assert!(promised.clocks.iter().all(|c| c.policy == "normal"), "{:?}", promised.clocks);
        let at = start + Span::mins(back);
        let (old, _) = (desk.looked_at(promised.clone(), at), desk.back.clear());
        let new = desk.looked_at(promised, at);
        for (was, is) in old.clocks.iter().zip(&new.clocks) {
            let late = |c: &Clock| c.breached_at.is_some();
            prop_assert_eq!(late(was), late(is), "late at the instant of the change: {:?}", is);
            prop_assert!(is.due_at <= was.due_at, "{:?} {:?}", was, is);
        }
        // Half of a shorter time may be over already: the second look only warns of that, and a third finds nothing.
        let again = desk.looked_at(new.clone(), at);
        prop_assert!(again.clocks.iter().zip(&new.clocks).all(|(a, n)| (a.due_at, a.target) == (n.due_at, n.target)));
        prop_assert_eq!(&desk.looked_at(again.clone(), at).clocks, &again.clocks);
    }
}
