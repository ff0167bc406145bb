//! Two conversations become one, and are two again.

use super::*;
use crate::conversation::merge::{self, Customers};

const OTHER: ConversationId = ConversationId(2);

/// One that asks for a person at `minute`, by the normal reading of a matter about the change.
fn asks(id: ConversationId, minute: i64) -> World {
    let mut world = World::new();
    let at = start() + Span::mins(minute);
    world.act(at, Deed::Customer).unwrap();
    world.act(at, Deed::Triage(Scope::In, Severity::Normal)).unwrap();
    world.act(at, Deed::HandOver).unwrap();
    world.state.as_mut().unwrap().id = id;
    world
}

fn run(world: &mut World, minute: i64, command: Command) -> Result<Vec<Event>, Refusal> {
    let stamp = Stamp::new(Actor::person(UserId(1), "Mara"), start() + Span::mins(minute));
    let events = Conversation::decide(world.state.as_ref(), command, &stamp, &world.env())?;
    world.state = Conversation::fold(world.state.take(), &events, &stamp);
    world.log.extend(events.iter().map(|e| (e.clone(), stamp.clone())));
    Ok(events)
}

/// The source becomes part of the target.
fn join(source: &mut World, target: &mut World, minute: i64) {
    let brought = Box::new(merge::brought(source.conversation(), true, start() + Span::mins(minute)));
    run(source, minute, Command::MergeInto { into: target.conversation().id, same_customer: true }).unwrap();
    run(target, minute, Command::Absorb { brought }).unwrap();
}

fn clock(world: &World, kind: ClockKind) -> &Clock {
    world.conversation().clocks.iter().filter(|c| c.kind == kind).max_by_key(|c| c.cycle).unwrap()
}

fn decided(world: &World) -> usize {
    let counted = |e: &Event| matches!(e, Event::Clock { fact: ClockFact::Met | ClockFact::Breached, .. });
    world.log.iter().filter(|(e, _)| counted(e)).count()
}

#[test]
fn what_may_become_part_of_what() {
    #[track_caller]
    fn check(source: &World, into: &World, customers: Customers, across: bool, refused: Option<(&str, &str)>) {
        let said = merge::may_merge(source.conversation(), into.conversation(), customers, across).err();
        let said = said.map(|r| (r.field.unwrap_or_default(), r.detail));
        match (said, refused) {
            (None, None) => {}
            (Some((field, detail)), Some((expected, words))) => assert!(field == expected && detail.contains(words), "{field}: {detail}"),
            (said, refused) => panic!("{said:?} instead of {refused:?}"),
        }
    }
    let (one, other) = (asks(ConversationId(1), 0), asks(OTHER, 5));
    check(&one, &other, Customers::Same, false, None);
    check(&one, &one, Customers::Same, false, Some(("into", "itself")));
    check(&one, &other, Customers::Unknown, false, Some(("across_contacts", "nobody else")));
    check(&one, &other, Customers::Unknown, true, None);
    check(&one, &other, Customers::Different, true, Some(("into", "two different people")));
    let (mut gone, mut stays) = (asks(ConversationId(3), 0), asks(ConversationId(4), 0));
    join(&mut gone, &mut stays, 10);
    check(&one, &gone, Customers::Same, false, Some(("into", "part of conversation 4")));
    check(&stays, &gone, Customers::Same, false, Some(("into", "part of conversation 4")));
    check(&gone, &one, Customers::Same, false, Some(("", "part of conversation 4")));
    check(&stays, &one, Customers::Same, false, None);
}

#[test]
fn promises_stand_still_and_go_on_with_what_was_left() {
    let (mut source, mut target) = (asks(OTHER, 0), asks(ConversationId(1), 30));
    join(&mut source, &mut target, 60);
    let first = clock(&source, ClockKind::FirstResponse);
    assert!(!first.is_finished() && first.running_since.is_none() && first.used == Span::mins(60));
    assert!(source.conversation().timers().is_empty() && source.conversation().next_due().is_none());
    // The acknowledgement broke before; nothing of what stands still is kept or broken, however long it is part of the other one.
    let before = decided(&source);
    run(&mut source, 60 * 24 * 30, Command::TimePassed).unwrap();
    assert_eq!(decided(&source), before);
    let month = 60 * 24 * 30;
    run(&mut source, month, Command::Unmerge).unwrap();
    let c = source.conversation();
    assert_eq!((c.status, c.resolved_at, c.waiting_since, c.merged.is_none()), (Status::Open, None, Some(start()), true));
    assert_eq!(clock(&source, ClockKind::FirstResponse).due_at, Some(start() + Span::mins(month + 60)), "an hour of two was left");
    assert_eq!(decided(&source), before);
    let later = source.log.iter().skip(1);
    let replayed = later.fold(asked_first(&source), |state, (event, stamp)| Conversation::apply(Some(state), event, stamp));
    assert_eq!(Some(&replayed), source.state.as_ref(), "replaying gives the same");
}

fn asked_first(world: &World) -> Conversation {
    let (event, stamp) = &world.log[0];
    Conversation { id: OTHER, ..Conversation::apply(None, event, stamp) }
}

#[test]
fn who_waits_in_either_waits_in_what_stays() {
    #[track_caller]
    fn check(source: Status, target: Status, expected: Status, waits: Option<i64>) {
        let (mut from, mut into) = (asks(OTHER, 0), asks(ConversationId(1), 10));
        for (world, status) in [(&mut from, source), (&mut into, target)] {
            if status != Status::Open {
                world.act(start() + Span::mins(20), Deed::Reply(status)).unwrap();
            }
        }
        join(&mut from, &mut into, 30);
        let c = into.conversation();
        assert_eq!((c.status, c.waiting_since), (expected, waits.map(|m| start() + Span::mins(m))), "{source:?} into {target:?}");
        assert_eq!(from.conversation().status, Status::Resolved);
        assert!(into.conversation().clocks.iter().filter(|k| k.breached_at.is_some()).all(|k| k.kind == ClockKind::Acknowledgement));
    }
    check(Status::Open, Status::Open, Status::Open, Some(0));
    check(Status::Open, Status::Waiting, Status::Open, Some(0));
    check(Status::Open, Status::Resolved, Status::Open, Some(0));
    check(Status::Waiting, Status::Resolved, Status::Resolved, None);
    check(Status::Resolved, Status::Open, Status::Open, Some(10));
    check(Status::Waiting, Status::Waiting, Status::Waiting, None);
}

#[test]
fn a_wait_that_was_counted_as_late_is_not_counted_again() {
    let (mut source, mut target) = (asks(OTHER, 0), asks(ConversationId(1), 170));
    target.act(start() + Span::mins(175), Deed::Reply(Status::Waiting)).unwrap();
    source.act(start() + Span::mins(180), Deed::Tick).unwrap();
    assert!(clock(&source, ClockKind::FirstResponse).breached_at.is_some(), "two hours are over");
    join(&mut source, &mut target, 180);
    assert_eq!(target.conversation().waiting_since, Some(start() + Span::mins(180)));
}

#[test]
fn tags_are_united_and_parted_again() {
    let (mut source, mut target) = (asks(OTHER, 0), asks(ConversationId(1), 0));
    let tags = |words: &[&str]| Command::Tag { tags: words.iter().map(|w| (*w).to_owned()).collect() };
    run(&mut source, 1, tags(&["vip", "price"])).unwrap();
    run(&mut target, 1, tags(&["price"])).unwrap();
    join(&mut source, &mut target, 2);
    assert_eq!(target.conversation().tags, ["price", "vip"]);
    run(&mut target, 3, Command::Release { from: OTHER }).unwrap();
    assert_eq!((&target.conversation().tags[..], target.conversation().parts.len()), (&["price".to_owned()][..], 0));
    assert!(run(&mut target, 4, Command::Release { from: OTHER }).unwrap().is_empty(), "the second click does nothing");
    run(&mut source, 3, Command::Unmerge).unwrap();
    assert!(run(&mut source, 4, Command::Unmerge).is_err());
}

#[test]
fn nothing_is_said_in_what_is_part_of_another_one() {
    let (mut source, mut target) = (asks(OTHER, 0), asks(ConversationId(1), 0));
    join(&mut source, &mut target, 10);
    for deed in [Deed::Customer, Deed::Reply(Status::Waiting), Deed::Note, Deed::Set(Status::Open), Deed::Acknowledge, Deed::Other] {
        let refused = source.act(start() + Span::mins(20), deed).unwrap_err();
        assert!(refused.detail.contains("conversation 1"), "{deed:?}: {refused}");
    }
    source.act(start() + Span::mins(20), Deed::Machine).unwrap();
    assert_eq!(source.conversation().status, Status::Resolved, "a bounce is kept where it came, and nothing follows");
    // An answer of the assistant's question that went with it: a person has it now.
    assert_eq!(target.conversation().handler, Handler::Waiting);
}

#[test]
fn the_one_with_a_person_stays_else_the_older_one() {
    #[track_caller]
    fn check(one_has: bool, other_has: bool, expected: i64) {
        let (mut one, mut other) = (asks(ConversationId(1), 0), asks(OTHER, 5));
        for (world, has) in [(&mut one, one_has), (&mut other, other_has)] {
            world.state.as_mut().unwrap().assignee = has.then_some(UserId(1));
        }
        let ways = [(&one, &other), (&other, &one)].map(|(a, b)| merge::stays(a.conversation(), b.conversation()).id.0);
        assert_eq!(ways, [expected, expected], "{one_has} {other_has}");
    }
    check(false, false, 1);
    check(true, true, 1);
    check(true, false, 1);
    check(false, true, 2);
}

#[test]
fn what_somebody_parted_or_refused_is_remembered_and_bounded() {
    let (mut source, mut target) = (asks(OTHER, 0), asks(ConversationId(1), 0));
    assert!(run(&mut source, 1, Command::KeepApart { other: OTHER }).is_err());
    for other in 10..70 {
        run(&mut source, 1, Command::KeepApart { other: ConversationId(other) }).unwrap();
    }
    assert!(run(&mut source, 1, Command::KeepApart { other: ConversationId(69) }).unwrap().is_empty());
    assert_eq!((source.conversation().apart.len(), source.conversation().apart[0]), (50, ConversationId(20)));
    join(&mut source, &mut target, 2);
    run(&mut source, 3, Command::Unmerge).unwrap();
    assert_eq!(source.conversation().apart.last(), Some(&ConversationId(1)));
}
