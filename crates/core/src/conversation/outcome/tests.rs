//! What a conversation confirms: one line for each thing that somebody says, and what holds whatever is said.

use super::*;
use crate::conversation::assistant::{Inputs, Settings};
use crate::conversation::{AnswerUse, Command, Env, Opening, Status};
use crate::triage::{Correction, Suggestion};
use crate::{Actor, Aggregate, Channel, ContactId, ConversationId, Timestamp, UserId};
use proptest::prelude::*;
use std::collections::BTreeMap;

const WINDOW: WindowId = WindowId(7);

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// The customer writes; the first time the assistant reads it.
    Writes,
    /// The assistant answers the first message.
    Says(i64),
    /// The customer says whether that helped.
    Helped(bool),
    /// A person answers with an approved answer.
    Replies(i64),
    /// A person answers in their own words.
    OwnWords,
    /// A reply to all arrives.
    ToAll(i64),
    Judges(Option<Verdict>),
    Scope(Scope),
    /// The lead says of the newest outcome that it is mistaken.
    Forgets,
}
use Deed::{Forgets, Helped, Judges, OwnWords, Replies, Says, ToAll, Writes};

fn used(answer: i64) -> AnswerUse {
    AnswerUse { answer: AnswerId(answer), version: 1, title: format!("Title {answer}?"), source: String::new(), confidence: None }
}

/// A conversation, and what its events say is known of each message.
#[derive(Default)]
struct World {
    state: Option<Conversation>,
    messages: i64,
    table: BTreeMap<MessageId, Outcome>,
}

impl World {
    fn run(&mut self, command: Command, actor: Actor) -> Result<(), Refusal> {
        let stamp = Stamp { reason: Some("A slip.".into()), ..Stamp::new(actor, Timestamp(self.messages)) };
        for event in Conversation::decide(self.state.as_ref(), command, &stamp, &Env::default())? {
            match &event {
                Event::Confirmed { outcome } => drop(self.table.insert(outcome.message, outcome.clone())),
                Event::Unconfirmed { message, window } => {
                    assert_eq!(*window, WINDOW);
                    assert!(self.table.remove(message).is_some(), "what was not known cannot be forgotten");
                }
                _ => {}
            }
            self.state = Some(Conversation::apply(self.state.take(), &event, &stamp));
        }
        Ok(())
    }

    fn next(&mut self) -> MessageId {
        self.messages += 1;
        MessageId(self.messages)
    }

    fn does(&mut self, deed: Deed) {
        let (assistant, person) = (Actor::assistant(), Actor::person(UserId(1), "Aiko"));
        let answer = self.state.as_ref().and_then(|c| c.assistant.answer.clone()).map(|(message, _)| message);
        let done = match deed {
            Writes => {
                let first = self.state.is_none();
                let message = self.next();
                let opening = Opening { id: ConversationId(1), channel: Channel::Chat, contact: ContactId(1), subject: None };
                let written = Command::Receive { opening, message, external_id: None, name: "Ada".into(), text: "Why?".into() };
                let received = self.run(written, Actor::customer("Ada"));
                if first {
                    let suggestions = vec![Suggestion { answer: AnswerId(1), title: "Title 1?".into(), confidence: 0.9, nearest: String::new() }];
                    let triage = Triage { scope: Scope::In, suggestions, ..Triage::default() };
                    self.run(Command::Triage { triage: Box::new(triage.clone()), window: Some(WINDOW) }, Actor::system()).unwrap();
                    let decision = Decision::of("Why?", Inputs::first(&triage, &Settings::OFF));
                    self.run(Command::AssistantDecides { decision: Box::new(decision) }, assistant).unwrap();
                }
                received
            }
            _ if self.state.is_none() => Ok(()),
            Says(n) => {
                let free = self
                    .state
                    .as_ref()
                    .is_some_and(|c| c.assistant_answers == 0 && State::of(c) == State::Assistant && c.last_customer_message == Some(MessageId(1)));
                let message = self.next();
                if free { self.run(Command::AssistantAnswer { message, text: "So.".into(), answer: used(n) }, assistant) } else { Ok(()) }
            }
            Helped(helpful) => answer.map_or(Ok(()), |message| self.run(Command::Helpful { message, helpful }, Actor::customer("Ada"))),
            Replies(n) => {
                let message = self.next();
                self.run(Command::Reply { message, text: "So.".into(), answer: Some(used(n)), seen: None, then: Status::Waiting }, person)
            }
            OwnWords => {
                let message = self.next();
                self.run(Command::Reply { message, text: "So.".into(), answer: None, seen: None, then: Status::Waiting }, person)
            }
            ToAll(n) => {
                let message = self.next();
                let broadcast = crate::BroadcastId(1);
                self.run(Command::Broadcast { message, broadcast, text: "News.".into(), answer: Some(used(n)), resolve: false }, person)
            }
            Judges(verdict) => answer.map_or(Ok(()), |message| match self.run(Command::Judge { message, verdict }, person) {
                // Refused: the one that was said cannot be the other that was right.
                Err(refusal) if refusal.field.as_deref() == Some("right") => Ok(()),
                done => done,
            }),
            Deed::Scope(scope) => {
                let correction = Correction { scope: Some(scope), ..Correction::default() };
                self.run(Command::Correct { correction, window: Some(WINDOW), category: None }, person)
            }
            Forgets => match self.table.keys().last().copied() {
                Some(message) if self.state.as_ref().is_some_and(|c| c.assistant.questions.iter().any(|q| q.message == message)) => {
                    self.run(Command::Forget { message }, person)
                }
                _ => Ok(()),
            },
        };
        done.unwrap_or_else(|refusal| panic!("{deed:?}: {refusal}"));
    }

    /// What is known of each message: `1=2/3 person` is answer 2 right for message 1, to which the assistant had said 3.
    fn told(&self) -> String {
        let number = |answer: Option<AnswerId>| answer.map_or_else(|| "none".to_owned(), |a| a.0.to_string());
        let one = |o: &Outcome| format!("{}={}/{} {}", o.message.0, number(o.answer), number(o.said), o.source.word());
        self.table.values().map(one).collect::<Vec<_>>().join(", ")
    }
}

#[track_caller]
fn check(deeds: &[Deed], expected: &str) {
    let mut world = World::default();
    for deed in deeds {
        world.does(*deed);
    }
    assert_eq!(world.told(), expected, "{deeds:?}");
}

#[test]
fn nothing_is_known_until_somebody_says_something() {
    check(&[Writes], "");
    check(&[Writes, Says(3)], "");
    check(&[Writes, Says(3), Writes, OwnWords], "");
    check(&[Writes, ToAll(2)], "");
}

#[test]
fn a_customer_says_whether_it_helped() {
    check(&[Writes, Says(3), Helped(true)], "1=3/3 customer");
    check(&[Writes, Says(3), Helped(false)], "1=none/3 customer");
    check(&[Writes, Says(3), Helped(true), Helped(false)], "1=none/3 customer");
    check(&[Writes, Says(3), Helped(true), Helped(true)], "1=3/3 customer");
}

#[test]
fn a_person_who_answers_shows_what_was_right() {
    check(&[Writes, Replies(2)], "1=2/none person");
    // Messages before the reply are one question.
    check(&[Writes, Writes, Replies(2)], "1=2/none person");
    // The assistant had said another one.
    check(&[Writes, Says(3), Writes, Replies(2)], "1=2/3 person");
    check(&[Writes, Says(3), Helped(false), Replies(2)], "1=2/3 person");
    // Or the same.
    check(&[Writes, Says(3), Helped(false), Replies(3)], "1=3/3 person");
    // The last word holds.
    check(&[Writes, Replies(2), Replies(4)], "1=4/none person");
    check(&[Writes, Replies(2), OwnWords], "1=2/none person");
}

#[test]
fn what_is_asked_after_it_was_settled_is_another_question() {
    check(&[Writes, Replies(2), Writes, Replies(4)], "1=2/none person, 3=4/none person");
    check(&[Writes, Says(3), Helped(true), Writes, Replies(4)], "1=3/3 customer, 3=4/none person");
    check(&[Writes, Says(3), Judges(Some(Verdict::Right)), Writes, Replies(4)], "1=3/3 person, 3=4/none person");
}

#[test]
fn a_person_judges_and_takes_it_back() {
    let (right, wrong) = (Judges(Some(Verdict::Right)), |right: Option<i64>| Judges(Some(Verdict::Wrong { right: right.map(AnswerId) })));
    check(&[Writes, Says(3), right], "1=3/3 person");
    check(&[Writes, Says(3), wrong(None)], "1=none/3 person");
    check(&[Writes, Says(3), wrong(Some(5))], "1=5/3 person");
    check(&[Writes, Says(3), wrong(Some(3))], "");
    check(&[Writes, Says(3), right, Judges(None)], "");
    check(&[Writes, Says(3), Helped(false), right], "1=3/3 person");
    check(&[Writes, Says(3), right, Helped(false)], "1=3/3 person");
    check(&[Writes, Says(3), Helped(false), right, Judges(None)], "1=none/3 customer");
    // Which one was right was shown before.
    check(&[Writes, Says(3), Helped(false), Replies(2), wrong(None)], "1=2/3 person");
    check(&[Writes, Says(3), wrong(None), Replies(2)], "1=2/3 person");
}

#[test]
fn out_of_scope_means_that_no_answer_was_right() {
    check(&[Writes, Deed::Scope(Scope::Out)], "1=none/none person");
    check(&[Writes, Says(3), Deed::Scope(Scope::Out)], "1=none/3 person");
    check(&[Writes, Deed::Scope(Scope::Out), Deed::Scope(Scope::In)], "");
    check(&[Writes, Replies(2), Deed::Scope(Scope::Out), Deed::Scope(Scope::In)], "1=2/none person");
    check(&[Writes, Deed::Scope(Scope::Out), Replies(2)], "1=2/none person");
}

#[test]
fn what_is_mistaken_counts_no_more_until_a_person_speaks_again() {
    check(&[Writes, Says(3), Helped(false), Forgets], "");
    check(&[Writes, Says(3), Forgets, Helped(true), Forgets, Helped(false)], "");
    check(&[Writes, Replies(2), Forgets, Replies(4)], "1=4/none person");
    // Nothing said is no word: what was taken out stays out.
    check(&[Writes, Says(3), Helped(true), Forgets, Judges(None)], "");
}

#[test]
fn refusals_say_what_is_wrong() {
    let mut world = World::default();
    world.does(Writes);
    let person = || Actor::person(UserId(1), "Aiko");
    let judged = world.run(Command::Judge { message: MessageId(1), verdict: Some(Verdict::Right) }, person()).unwrap_err();
    assert_eq!(judged.field.as_deref(), Some("message"));
    let forgotten = world.run(Command::Forget { message: MessageId(1) }, person()).unwrap_err();
    assert!(forgotten.to_string().contains("confirmed outcome"), "{forgotten}");
    world.does(Replies(2));
    let state = world.state.clone();
    let without =
        Conversation::decide(state.as_ref(), Command::Forget { message: MessageId(1) }, &Stamp::new(person(), Timestamp(9)), &Env::default());
    assert_eq!(without.unwrap_err().field.as_deref(), Some("reason"));
}

fn deeds() -> impl Strategy<Value = Deed> {
    let verdict = prop_oneof![Just(Verdict::Right), prop::option::of((1..5_i64).prop_map(AnswerId)).prop_map(|right| Verdict::Wrong { right })];
    prop_oneof![
        4 => Just(Writes),
        2 => (1..5_i64).prop_map(Says),
        2 => any::<bool>().prop_map(Helped),
        3 => (1..5_i64).prop_map(Replies),
        1 => Just(OwnWords),
        1 => (1..5_i64).prop_map(ToAll),
        2 => prop::option::of(verdict).prop_map(Judges),
        1 => prop::sample::select(vec![Scope::In, Scope::Out]).prop_map(Deed::Scope),
        1 => Just(Forgets),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_is_said_each_message_has_one_outcome_and_persons_have_the_last_word(path in prop::collection::vec(deeds(), 1..30)) {
        let mut world = World::default();
        for deed in path {
            let before = world.table.clone();
            world.does(deed);
            let questions = world.state.as_ref().map(|c| c.assistant.questions.clone()).unwrap_or_default();
            prop_assert!(questions.len() <= QUESTIONS, "bounded");
            for asked in &questions {
                prop_assert_eq!(world.table.get(&asked.message).cloned(), asked.outcome(), "the events say what the state says");
            }
            for (message, outcome) in &world.table {
                prop_assert!(questions.iter().any(|q| q.message == *message) || before.get(message) == Some(outcome), "what is kept no more stays as it was");
                let by_person = |o: &Outcome| o.source == Source::Person;
                let overruled = before.get(message).is_some_and(by_person) && !by_person(outcome);
                prop_assert!(!overruled || matches!(deed, Judges(None) | Deed::Scope(_)), "a customer does not overrule a person: {:?}", deed);
                prop_assert!(outcome.source != Source::Customer || outcome.said.is_some(), "a customer judges what was said");
            }
            if let (Replies(answer), true) = (deed, world.state.as_ref().is_some_and(|c| c.window.is_some())) {
                let shown = |o: &Outcome| o.answer == Some(AnswerId(answer)) && o.source == Source::Person;
                prop_assert!(world.table.values().any(shown), "a reply shows what was right");
            }
            let kept = serde_json::to_string(&world.state).unwrap();
            let read: Option<Conversation> = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(&read, &world.state);
        }
    }
}
