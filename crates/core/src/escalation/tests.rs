//! An escalation from its beginning to whoever has it, or to nobody.

use super::*;
use crate::Actor;

const FIRST: UserId = UserId(1);
const SECOND: UserId = UserId(2);
const LEAD: UserId = UserId(9);

struct World(Option<Escalation>);

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_secs(1_794_000_000) + Span::mins(minutes)
}

fn raise() -> Raise {
    Raise {
        id: EscalationId(1),
        window: WindowId(2),
        conversation: ConversationId(3),
        path: "billing".into(),
        name: "Billing".into(),
        levels: vec!["Bo@x.example".into(), "cy@x.example".into()],
        within: Some(Span::mins(10)),
        severity: Severity::Normal,
        asks: vec![],
        context: vec![],
        earlier: vec![],
        people: vec![Some(FIRST), Some(SECOND)],
        leads: vec![LEAD],
    }
}

impl World {
    fn raised(raise: Raise) -> Self {
        let mut world = Self(None);
        world.run(0, "Ann", EscalationCommand::Raise { raise: Box::new(raise) }).unwrap();
        world
    }
    fn state(&self) -> &Escalation {
        self.0.as_ref().unwrap()
    }
    fn run(&mut self, minute: i64, who: &str, command: EscalationCommand) -> Result<Vec<EscalationEvent>, Refusal> {
        let stamp = Stamp::new(Actor::person(UserId(5), who), at(minute)).because("Not ours.");
        let events = Escalation::decide(self.0.as_ref(), command, &stamp, &())?;
        self.0 = Escalation::fold(self.0.take(), &events, &stamp);
        Ok(events)
    }
    /// Level, round and who is told of what is due at a minute; none where nothing is.
    fn passes(&mut self, minute: i64, people: &[Option<UserId>]) -> Option<(u32, u32, Vec<UserId>)> {
        let command = EscalationCommand::TimePassed { people: people.to_vec(), leads: vec![LEAD] };
        match self.run(minute, "", command).unwrap().pop() {
            None => None,
            Some(EscalationEvent::LevelReached { level, round, tell }) => Some((level, round, tell)),
            Some(EscalationEvent::Exhausted { tell }) => Some((99, 99, tell)),
            Some(other) => panic!("{other:?}"),
        }
    }
}

const BOTH: [Option<UserId>; 2] = [Some(FIRST), Some(SECOND)];

#[test]
fn levels_are_reached_by_the_clock_while_everyone_sleeps() {
    let mut w = World::raised(raise());
    assert_eq!(w.state().acknowledge_by(), Some(at(10)));
    assert_eq!(w.passes(9, &BOTH), None);
    assert_eq!(w.passes(10, &BOTH), Some((1, 0, vec![SECOND])));
    assert_eq!(w.passes(10, &BOTH), None, "once");
    assert_eq!(w.passes(20, &BOTH), Some((0, 1, vec![FIRST, LEAD])), "the lead hears that a round is over");
    assert_eq!(w.passes(30, &BOTH), Some((1, 1, vec![SECOND])));
    assert_eq!(w.passes(40, &BOTH), Some((0, 2, vec![FIRST, LEAD])));
    assert_eq!(w.passes(50, &BOTH), Some((1, 2, vec![SECOND])));
    assert_eq!(w.passes(60, &BOTH), Some((99, 99, vec![LEAD])), "and then only the lead");
    assert_eq!((w.passes(600, &BOTH), w.state().timers().len()), (None, 0));
    // Somebody wakes up after all.
    w.run(601, "Bo", EscalationCommand::Accept).unwrap();
    assert_eq!(w.state().state, State::Accepted);
}

#[test]
fn whoever_has_seen_it_stops_the_clock() {
    let mut w = World::raised(raise());
    w.run(5, "Bo", EscalationCommand::Acknowledge).unwrap();
    assert!(w.run(6, "Bo", EscalationCommand::Acknowledge).unwrap().is_empty(), "the second click");
    assert_eq!((w.passes(100, &BOTH), w.state().timers().len()), (None, 0));
    w.run(7, "Bo", EscalationCommand::Accept).unwrap();
    assert!(w.run(8, "Bo", EscalationCommand::Accept).unwrap().is_empty());
    assert!(w.run(9, "Cy", EscalationCommand::Accept).unwrap_err().detail.contains("Bo has accepted it"));
    w.run(20, "Bo", EscalationCommand::Return).unwrap();
    assert_eq!((w.state().state, w.state().returned_because.as_deref()), (State::Returned, Some("Not ours.")));
    assert!(w.run(21, "Bo", EscalationCommand::Accept).unwrap_err().detail.contains("given it back"));
    assert!(w.run(21, "Bo", EscalationCommand::End).unwrap().is_empty(), "it is over already");
}

#[test]
fn a_level_where_nobody_signs_in_is_passed_over() {
    let mut w = World::raised(Raise { people: vec![None, Some(SECOND)], ..raise() });
    // The first is unknown: the lead is told at once.
    assert_eq!(w.passes(10, &[None, Some(SECOND)]), Some((1, 0, vec![SECOND])));
    assert_eq!(w.passes(20, &[None, Some(SECOND)]), Some((1, 1, vec![SECOND])));
    let mut nobody = World::raised(Raise { people: vec![None, None], ..raise() });
    assert_eq!(nobody.passes(10, &[None, None]), Some((99, 99, vec![LEAD])));
}

#[test]
fn who_is_told_at_first() {
    #[track_caller]
    fn check(raise: Raise, expected: &[UserId], bouncing: bool) {
        let stamp = Stamp::new(Actor::person(UserId(5), "Ann"), at(0)).because("x");
        let events = Escalation::decide(None, EscalationCommand::Raise { raise: Box::new(raise) }, &stamp, &()).unwrap();
        let EscalationEvent::Raised { escalation, tell } = &events[0] else { panic!("{events:?}") };
        assert_eq!((tell.as_slice(), escalation.bouncing), (expected, bouncing));
        assert_eq!(escalation.levels[0], "bo@x.example");
    }
    let earlier = |paths: &[&str]| paths.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
    check(raise(), &[FIRST], false);
    check(Raise { earlier: earlier(&["legal"]), ..raise() }, &[FIRST], false);
    // More than two hops, or back to where it was.
    check(Raise { earlier: earlier(&["legal", "platform"]), ..raise() }, &[FIRST, LEAD], true);
    check(Raise { earlier: earlier(&["billing"]), ..raise() }, &[FIRST, LEAD], true);
    check(Raise { people: vec![None, Some(SECOND)], ..raise() }, &[LEAD], false);
    check(Raise { people: vec![Some(LEAD)], earlier: earlier(&["billing"]), ..raise() }, &[LEAD], true);
}

#[test]
fn what_the_path_asks_is_answered_once() {
    #[track_caller]
    fn check(answers: &[(&str, &str)], refused: Option<&str>) {
        let asks = vec!["Which invoice?".to_owned(), "Since when?".to_owned()];
        let context = answers.iter().map(|(q, a)| Answered { question: (*q).into(), answer: (*a).into() }).collect();
        let stamp = Stamp::new(Actor::person(UserId(5), "Ann"), at(0)).because("x");
        let raise = Raise { asks, context, ..raise() };
        let said = Escalation::decide(None, EscalationCommand::Raise { raise: Box::new(raise) }, &stamp, &());
        match (said, refused) {
            (Ok(_), None) => {}
            (Err(refusal), Some(words)) => assert!(refusal.field.as_deref() == Some("context") && refusal.detail.contains(words), "{refusal:?}"),
            (said, _) => panic!("{said:?} instead of {refused:?}"),
        }
    }
    check(&[("Since when?", "Monday"), ("Which invoice?", "1042")], None);
    check(&[("Which invoice?", "1042")], Some("“Since when?”"));
    check(&[("Which invoice?", "1042"), ("Since when?", "  ")], Some("“Since when?”"));
    check(&[("Which invoice?", "1042"), ("Since when?", "x"), ("Why?", "y")], Some("does not ask “Why?”"));
    check(&[("Which invoice?", "1042"), ("Which invoice?", "7"), ("Since when?", "x")], Some("twice"));
    check(&[("Which invoice?", &"x".repeat(2_001)), ("Since when?", "x")], Some("2000"));
}

#[test]
fn nobody_is_no_receiver_and_a_reason_is_needed() {
    let stamp = Stamp::new(Actor::person(UserId(5), "Ann"), at(0));
    let command = |raise: Raise| EscalationCommand::Raise { raise: Box::new(raise) };
    let refused = Escalation::decide(None, command(raise()), &stamp, &()).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("reason"));
    let refused = Escalation::decide(None, command(Raise { levels: vec![], ..raise() }), &stamp.because("x"), &()).unwrap_err();
    assert!(refused.detail.contains("names nobody"), "{refused:?}");
}
