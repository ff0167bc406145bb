//! What may begin a conversation of its own, and that nothing else changes by it.

use super::*;
use crate::conversation::split::{self, MESSAGES_LIMIT, OFFSHOOTS_LIMIT};

const NEW: ConversationId = ConversationId(9);

fn world() -> World {
    let mut world = World::new();
    world.act(start(), Deed::Customer).unwrap();
    world.act(start(), Deed::Triage(Scope::In, Severity::Normal)).unwrap();
    world.act(start(), Deed::HandOver).unwrap();
    world
}

fn run(world: &mut World, command: Command) -> Result<Vec<Event>, Refusal> {
    let stamp = Stamp::new(Actor::person(UserId(1), "Mara"), start() + Span::mins(5));
    let events = Conversation::decide(world.state.as_ref(), command, &stamp, &world.env())?;
    world.state = Conversation::fold(world.state.take(), &events, &stamp);
    Ok(events)
}

fn ids(ids: &[i64]) -> Vec<MessageId> {
    ids.iter().map(|id| MessageId(*id)).collect()
}

#[test]
fn what_may_be_split_off() {
    #[track_caller]
    fn check(world: &World, messages: &[MessageId], refused: Option<&str>) {
        let said = split::may_split(world.conversation(), messages).err().map(|r| r.detail);
        match (&said, refused) {
            (None, None) => {}
            (Some(detail), Some(words)) => assert!(detail.contains(words), "{detail}"),
            _ => panic!("{said:?} instead of {refused:?}"),
        }
    }
    let mut one = world();
    check(&one, &ids(&[1]), None);
    check(&one, &[], Some("1 to 20"));
    check(&one, &ids(&[1, 2, 1]), Some("twice"));
    let many: Vec<i64> = (0..=i64::try_from(MESSAGES_LIMIT).unwrap()).collect();
    check(&one, &ids(&many), Some("1 to 20"));
    check(&one, &ids(&many[1..]), None);
    run(&mut one, Command::SplitOff { into: NEW, messages: ids(&[3, 4]) }).unwrap();
    check(&one, &ids(&[4, 5]), Some("already"));
    check(&one, &ids(&[5]), None);
    for n in 1..i64::try_from(OFFSHOOTS_LIMIT).unwrap() {
        run(&mut one, Command::SplitOff { into: ConversationId(100 + n), messages: ids(&[100 + n]) }).unwrap();
    }
    check(&one, &ids(&[5]), Some("20 conversations"));
}

#[test]
fn a_split_changes_no_promise_and_is_done_once() {
    let mut one = world();
    let before = one.conversation().clone();
    let first = run(&mut one, Command::SplitOff { into: NEW, messages: ids(&[3]) }).unwrap();
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(run(&mut one, Command::SplitOff { into: NEW, messages: ids(&[3]) }).unwrap().is_empty());
    let mut after = one.conversation().clone();
    assert_eq!(after.offshoots.len(), 1);
    after.offshoots.clear();
    assert_eq!(after, before);
}
