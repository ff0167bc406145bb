//! Whom each kind of event concerns.

use super::*;
use crate::clock::{Clock, Threshold};
use crate::conversation::Handler;
use crate::conversation::merge::Brought;
use crate::{Aggregate, Channel, ContactId, Stamp, Timestamp, WindowId};

const MINE: UserId = UserId(1);
const OTHER: UserId = UserId(2);

fn conversation() -> Conversation {
    let opened = Event::Opened { id: ConversationId(9), channel: Channel::Chat, contact: ContactId(3), subject: "Where is it?".into() };
    let mut c = Conversation::apply(None, &opened, &Stamp::new(Actor::customer("Ana"), Timestamp(0)));
    c.assignee = Some(MINE);
    c
}

fn message(author: Author, note: bool, text: &str) -> Message {
    serde_json::from_value(serde_json::json!({
        "id": "5", "author": author.word(), "name": "Somebody", "user": null, "note": note, "text": text, "answer": null, "broadcast": null,
        "external_id": null, "at": "2026-11-16T08:00:00Z",
    }))
    .unwrap()
}

fn said(author: Author, note: bool, text: &str) -> Event {
    Event::MessageAdded { message: message(author, note, text) }
}

fn from_machine() -> Event {
    let hand = Some(Hand::Machine { evidence: "Auto-Submitted".into() });
    Event::MessageAdded { message: Message { hand, ..message(Author::Customer, false, "I am away.") } }
}

fn clock(fact: ClockFact) -> Event {
    let clock = serde_json::json!({
        "kind": "first_response", "cycle": 1, "policy": "usual", "started_at": "2026-11-16T08:00:00Z", "target": 60.0, "used": 0.0,
    });
    Event::Clock { fact, clock: serde_json::from_value(clock).unwrap() }
}

fn brought() -> Box<Brought> {
    Box::new(Brought {
        from: ConversationId(8),
        same_customer: true,
        open: true,
        waiting_since: None,
        handler: Handler::Person,
        handover: None,
        last_message_at: Timestamp(0),
        last_customer_message: None,
        tags: vec![],
    })
}

/// Whom it tells what, by whose hand; `looking` have it before their eyes.
#[track_caller]
fn check(event: &Event, actor: &Actor, looking: &[UserId], expected: &[(UserId, &str, &str)]) {
    let told = of_conversation(event, &conversation(), actor, looking);
    let told: Vec<_> = told.iter().map(|tell| (tell.to, tell.kind.word(), tell.detail)).collect();
    assert_eq!(told, expected, "{event:?} by {actor:?}");
}

fn colleague() -> Actor {
    Actor::person(OTHER, "Ben")
}

fn me() -> Actor {
    Actor::person(MINE, "Mara")
}

#[test]
fn a_note_tells_whom_it_mentions_and_nobody_else() {
    let note = said(Author::Person, true, "@{1} and @{2}, and @{1} again, and @{77}");
    check(&note, &colleague(), &[MINE], &[(MINE, "mention", ""), (UserId(77), "mention", "")]);
    check(&said(Author::Person, true, "Nobody"), &colleague(), &[], &[]);
    check(&said(Author::Person, false, "@{1}"), &colleague(), &[], &[]);
    check(&said(Author::Customer, false, "@{2}"), &Actor::customer("Ana"), &[MINE], &[]);
}

#[test]
fn a_customers_message_tells_who_has_it_unless_they_look() {
    let ana = Actor::customer("Ana");
    let wrote = said(Author::Customer, false, "Hello?");
    check(&wrote, &ana, &[], &[(MINE, "message", "")]);
    check(&wrote, &ana, &[OTHER], &[(MINE, "message", "")]);
    check(&wrote, &ana, &[OTHER, MINE], &[]);
    check(&from_machine(), &ana, &[], &[]);
    check(&said(Author::Person, false, "A reply"), &colleague(), &[], &[]);
    check(&said(Author::Assistant, false, "An answer"), &Actor::assistant(), &[], &[]);
    check(&said(Author::System, false, "A line"), &Actor::system(), &[], &[]);
    let nobodys = Conversation { assignee: None, ..conversation() };
    assert_eq!(of_conversation(&wrote, &nobodys, &ana, &[]), []);
}

#[test]
fn whoever_is_given_a_conversation_hears_of_it() {
    let given = Event::Assigned { to: Some(MINE), name: "Mara".into() };
    check(&given, &colleague(), &[], &[(MINE, "assigned", "")]);
    check(&given, &Actor::system(), &[], &[(MINE, "assigned", "in_turn")]);
    check(&given, &Actor::token("Bot"), &[], &[(MINE, "assigned", "")]);
    check(&given, &me(), &[], &[]);
    // Given on in the same change, and taken away.
    check(&Event::Assigned { to: Some(OTHER), name: "Ben".into() }, &me(), &[], &[]);
    check(&Event::Assigned { to: None, name: String::new() }, &colleague(), &[], &[]);
}

#[test]
fn what_is_given_back_is_told_by_the_escalation() {
    let given = Event::Assigned { to: Some(MINE), name: "Mara".into() };
    assert!(gives_back([&Event::EscalationOver, &given]));
    assert!(!gives_back([&given]) && !gives_back([]));
}

#[test]
fn promises_that_break_tell_who_has_the_conversation() {
    let engine = Actor::system();
    check(&clock(ClockFact::Warned), &engine, &[MINE], &[(MINE, "breach_soon", "first_response")]);
    check(&clock(ClockFact::Breached), &engine, &[], &[(MINE, "breached", "first_response")]);
    // More warnings are to come: it is early.
    let Event::Clock { fact, clock: early } = clock(ClockFact::Warned) else { panic!("a clock") };
    let to_warn = vec![Threshold { percent: 75, at: Timestamp(1) }];
    check(&Event::Clock { fact, clock: Clock { to_warn, ..early } }, &engine, &[], &[]);
    for fact in [ClockFact::Started, ClockFact::Met, ClockFact::Cancelled, ClockFact::Paused, ClockFact::Retracted] {
        check(&clock(fact), &engine, &[], &[]);
    }
}

#[test]
fn a_merge_tells_both_sides_and_never_who_did_it() {
    let absorbed = Event::Absorbed { brought: brought(), tags: vec![] };
    let merged = Event::Merged { into: ConversationId(8), same_customer: true };
    check(&merged, &colleague(), &[], &[(MINE, "merged", "merged")]);
    check(&absorbed, &colleague(), &[], &[(MINE, "merged", "took_in")]);
    check(&Event::Unmerged { from: ConversationId(8) }, &colleague(), &[], &[(MINE, "merged", "parted")]);
    check(&Event::Released { from: ConversationId(8) }, &colleague(), &[], &[(MINE, "merged", "let_go")]);
    check(&absorbed, &me(), &[], &[]);
    check(&merged, &me(), &[], &[]);
    // Who has both is told once: not again where the other one told them.
    assert_eq!(of_conversation(&absorbed, &conversation(), &colleague(), &[])[0].told_in, Some(ConversationId(8)));
}

#[test]
fn other_events_tell_nobody() {
    check(&Event::Tagged { tags: vec!["vip".into()] }, &colleague(), &[], &[]);
    check(&Event::Rated { score: 1, comment: "Bad".into() }, &Actor::customer("Ana"), &[], &[]);
    check(&Event::Unconfirmed { message: MessageId(5), window: WindowId(1) }, &colleague(), &[], &[]);
}

#[test]
fn a_decision_concerns_who_may_rule_and_who_asked() {
    const THIRD: UserId = UserId(3);
    #[track_caller]
    fn check(event: &DecisionEvent, asker: Option<UserId>, actor: &Actor, expected: &[(UserId, Kind, &str)]) {
        let told: Vec<_> = of_decision(event, asker, actor).into_iter().map(|tell| (tell.to, tell.kind, tell.detail)).collect();
        assert_eq!(told, expected, "{event:?}");
    }
    let (by, tell) = (colleague(), vec![OTHER, THIRD]);
    let decided = |ruling| DecisionEvent::Decided { ruling, until: None };
    check(&decided(Ruling::Yes), Some(MINE), &by, &[(MINE, Kind::Decided, "yes")]);
    check(&decided(Ruling::No), Some(MINE), &by, &[(MINE, Kind::Decided, "no")]);
    check(&decided(Ruling::Yes), Some(MINE), &me(), &[]);
    check(&decided(Ruling::Yes), None, &by, &[]);
    let system = Actor::system();
    check(&DecisionEvent::Warned { tell }, Some(MINE), &system, &[(OTHER, Kind::Waits, "warned"), (THIRD, Kind::Waits, "warned")]);
    check(&DecisionEvent::Overdue { tell: vec![THIRD] }, Some(MINE), &system, &[(THIRD, Kind::Waits, "overdue")]);
    check(&DecisionEvent::Returned { tell: vec![OTHER] }, Some(MINE), &system, &[(OTHER, Kind::RunsOut, "soon")]);
    // Who relies on it hears that it is over, once.
    check(&DecisionEvent::Expired { tell: vec![OTHER] }, Some(MINE), &system, &[(OTHER, Kind::RunsOut, "expired"), (MINE, Kind::RunsOut, "expired")]);
    check(&DecisionEvent::Expired { tell: vec![MINE] }, Some(MINE), &system, &[(MINE, Kind::RunsOut, "expired")]);
    check(&DecisionEvent::Ended, Some(MINE), &by, &[(MINE, Kind::RunsOut, "ended")]);
    check(&DecisionEvent::Renewed { until: Timestamp(9) }, Some(MINE), &me(), &[]);
}

#[test]
fn every_kind_comes_back_from_its_word() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_word(kind.word()), Some(kind));
    }
    assert_eq!(Kind::from_word("gossip"), None);
}

#[test]
fn an_update_concerns_who_may_approve_it_who_decides_and_the_leads() {
    use crate::plan::Rights;
    use crate::update::{Update, UpdateEvent};
    use crate::{Timestamp, UpdateId, WindowId};
    let matter = Update { id: UpdateId(4), window: WindowId(1), opened_at: Timestamp(0), draft: None, entries: vec![], promise: None };
    let person = |id: i64, email: &str, lead: bool| Colleague { id: UserId(id), email: email.into(), lead };
    let people = [person(1, "jonas@x", false), person(2, "mara@x", true), person(3, "aiko@x", false)];
    let emails = |list: &[&str]| list.iter().map(|&e| e.to_owned()).collect::<Vec<_>>();
    #[track_caller]
    fn check(told: &[Tell], kind: Kind, expected: &[i64]) {
        assert_eq!(told.iter().map(|t| t.to.0).collect::<Vec<_>>(), expected);
        assert!(told.iter().all(|t| t.kind == kind && t.update == Some(UpdateId(4))), "{told:?}");
    }
    let run = |event: &UpdateEvent, actor: i64, may: &[&str], duty: &[&str]| {
        let approvers = Rights { emails: emails(may), any_owner: false };
        of_update(event, &matter, &Actor::person(UserId(actor), "Somebody"), &people, &approvers, &emails(duty))
    };
    let (soon, overdue) = (UpdateEvent::DueSoon { due_at: Timestamp(9) }, UpdateEvent::Overdue { due_at: Timestamp(9) });
    check(&run(&UpdateEvent::Asked, 3, &["jonas@x"], &[]), Kind::UpdateAsked, &[1]);
    check(&run(&UpdateEvent::Asked, 1, &["jonas@x"], &[]), Kind::UpdateAsked, &[2]);
    check(&run(&UpdateEvent::Asked, 3, &[], &[]), Kind::UpdateAsked, &[2]);
    check(&run(&soon, 9, &[], &["jonas@x"]), Kind::UpdateDueSoon, &[1, 2]);
    check(&run(&overdue, 9, &[], &["mara@x"]), Kind::UpdateOverdue, &[2]);
    assert_eq!(run(&UpdateEvent::Approved { revision: 1 }, 9, &["jonas@x"], &["jonas@x"]), []);
}

#[test]
fn a_call_concerns_whoever_is_given_it_by_somebody_else() {
    use crate::account::call::{About, Call, CallCommand};
    use crate::{AccountId, Aggregate, CallId, Stamp, Timestamp, WindowId};
    let of = || About { id: CallId(4), window: WindowId(7), account: AccountId(9), name: "Nord".into() };
    let mut call: Option<Call> = None;
    let mut check = |actor: i64, command: CallCommand, expected: Option<i64>| {
        let stamp = Stamp::new(Actor::person(UserId(actor), "Somebody"), Timestamp(0));
        let events = Call::decide(call.as_ref(), command, &stamp, &()).unwrap();
        call = Call::fold(call.take(), &events, &stamp);
        let told: Vec<Tell> = call.iter().flat_map(|call| events.iter().filter_map(|event| of_call(event, call, &stamp.actor))).collect();
        assert_eq!(told.iter().map(|t| t.to.0).collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>());
        assert!(told.iter().all(|t| t.kind == Kind::Call && t.account == Some(AccountId(9)) && t.rota == Some((WindowId(7), String::new()))));
    };
    let to = |id: Option<i64>| CallCommand::Assign { of: of(), to: id.map(UserId), name: String::new() };
    check(1, to(None), None);
    check(1, to(Some(2)), Some(2));
    check(1, to(Some(2)), None); // The second press.
    check(1, CallCommand::Make { of: of(), reached: false, note: String::new(), seen: None }, None);
    check(3, to(Some(3)), None); // They take it on themselves.
    check(1, to(None), None);
    check(1, to(Some(3)), Some(3));
}

#[test]
fn a_check_in_that_waits_concerns_who_may_approve_it_or_the_leads() {
    use crate::check_in::{Audience, CheckInCommand, Content, Way};
    use crate::plan::Rights;
    use crate::{Aggregate, CheckInId, Stamp, Timestamp, WindowId};
    let content = Content {
        question: "All well?".into(),
        intro: String::new(),
        topics: vec![],
        audience: Audience::Assistant,
        ways: vec![Way::Email],
        per_hour: 1,
        rest_days: 1,
    };
    let stamp = Stamp::new(Actor::person(UserId(3), "Aiko"), Timestamp(0));
    let draft = CheckInCommand::Draft { id: CheckInId(4), window: WindowId(7), content: Box::new(content) };
    let events = CheckIn::decide(None, draft, &stamp, &()).unwrap();
    let it = CheckIn::fold(None, &events, &stamp).unwrap();
    let person = |id: i64, email: &str, lead: bool| Colleague { id: UserId(id), email: email.into(), lead };
    let people = [person(1, "jonas@x", false), person(2, "mara@x", true), person(3, "aiko@x", false)];
    let check = |actor: i64, may: &[&str], expected: &[i64]| {
        let approvers = Rights { emails: may.iter().map(|&e| e.to_owned()).collect(), any_owner: false };
        let told = of_check_in(&it, &Actor::person(UserId(actor), "Somebody"), &people, &approvers);
        assert_eq!(told.iter().map(|t| t.to.0).collect::<Vec<_>>(), expected);
        assert!(told.iter().all(|t| t.kind == Kind::CheckInAsked && t.rota == Some((WindowId(7), "All well?".into()))), "{told:?}");
    };
    check(3, &["jonas@x"], &[1]);
    check(1, &["jonas@x"], &[2]);
    check(3, &[], &[2]);
}
