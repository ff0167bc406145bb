//! A question from its asking to the end of what it allowed.

use super::*;
use crate::{Actor, Span};

struct World(Option<Decision>);

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_secs(1_794_000_000) + Span::mins(minutes)
}

impl World {
    fn asked(kind: DecisionKind) -> Self {
        let mut world = Self(None);
        let (id, window, question) = (DecisionId(1), WindowId(2), "May we?".to_owned());
        world
            .run(
                0,
                DecisionCommand::Ask {
                    id,
                    window,
                    kind,
                    question,
                    scenario: None,
                    issue: None,
                    conversation: None,
                    may: vec![UserId(7)],
                    within: WITHIN,
                },
            )
            .unwrap();
        world
    }
    fn decision(&self) -> &Decision {
        self.0.as_ref().unwrap()
    }
    fn run(&mut self, minute: i64, command: DecisionCommand) -> Result<Vec<&'static str>, Refusal> {
        let stamp = Stamp::new(Actor::person(UserId(7), "Mara"), at(minute)).because("So it is.");
        let events = Decision::decide(self.0.as_ref(), command, &stamp, &())?;
        self.0 = Decision::fold(self.0.take(), &events, &stamp);
        Ok(events.iter().map(Decision::event_name).collect())
    }
    fn passes(&mut self, minute: i64) -> Vec<&'static str> {
        self.run(minute, DecisionCommand::TimePassed { may: vec![UserId(7)], leads: vec![UserId(7), UserId(8)] }).unwrap()
    }
    fn wakes(&self) -> Option<i64> {
        self.decision().timers().first().map(|t| (t.due_at - at(0)).0 / Span::mins(1).0)
    }
    fn rules(&mut self, minute: i64, ruling: Ruling, until: Option<i64>) -> Result<Vec<&'static str>, Refusal> {
        self.run(minute, DecisionCommand::Decide { ruling, until: until.map(at) })
    }
}

#[test]
fn a_question_that_waits_is_told_twice() {
    let mut w = World::asked(DecisionKind::Other);
    assert_eq!(w.wakes(), Some(24));
    assert!(w.passes(23).is_empty());
    assert_eq!(w.passes(24), ["decision.warned"]);
    assert!(w.passes(24).is_empty(), "once");
    assert_eq!(w.wakes(), Some(30));
    assert_eq!(w.passes(30), ["decision.overdue"]);
    assert!(w.passes(300).is_empty(), "once");
    assert_eq!(w.wakes(), None);
    // Asleep at the warning: what counts is said.
    let mut late = World::asked(DecisionKind::Other);
    assert_eq!(late.passes(45), ["decision.overdue"]);
    assert!(late.passes(46).is_empty());
    // Ruled in time: nothing is due.
    let mut quick = World::asked(DecisionKind::Other);
    quick.rules(5, Ruling::Yes, None).unwrap();
    assert_eq!((quick.wakes(), quick.passes(300).is_empty()), (None, true));
    assert!(quick.decision().holds());
}

#[test]
fn what_is_temporary_comes_back_and_runs_out() {
    let mut w = World::asked(DecisionKind::TriggerWorkaround);
    w.rules(10, Ruling::Yes, Some(10 + 8 * 60)).unwrap();
    assert_eq!(w.wakes(), Some(10 + 6 * 60), "a quarter of its time before its end");
    assert_eq!(w.passes(10 + 6 * 60), ["decision.returned"]);
    assert!(w.passes(10 + 6 * 60).is_empty());
    w.run(400, DecisionCommand::Renew { until: at(400 + 60) }).unwrap();
    assert_eq!(w.wakes(), Some(430), "half an hour before its end");
    assert_eq!((w.passes(430), w.wakes()), (vec!["decision.returned"], Some(460)));
    assert_eq!(w.passes(460), ["decision.expired"]);
    assert_eq!((w.decision().holds(), w.wakes(), w.passes(1000).is_empty()), (false, None, true));
    let refused = w.run(470, DecisionCommand::Renew { until: at(900) }).unwrap_err();
    assert!(refused.detail.contains("It ran out"), "{}", refused.detail);
}

#[test]
fn somebody_ends_it_before() {
    let mut w = World::asked(DecisionKind::ApproveMessage);
    w.rules(10, Ruling::Yes, None).unwrap();
    assert_eq!(w.decision().holds_until, Some(at(10) + HOLDS_BY_ITSELF));
    assert_eq!(w.run(20, DecisionCommand::End).unwrap(), ["decision.ended"]);
    assert_eq!((w.decision().ended_by.as_deref(), w.wakes()), (Some("Mara"), None));
    assert!(w.run(30, DecisionCommand::End).unwrap_err().detail.contains("Mara ended it"));
}

#[test]
fn how_long_it_may_hold() {
    #[track_caller]
    fn check(kind: DecisionKind, ruling: Ruling, until: Option<i64>, holds: Result<Option<i64>, &str>) {
        let mut w = World::asked(kind);
        let said = w.rules(0, ruling, until).map(|_| w.decision().holds_until.map(|t| (t - at(0)).0 / Span::mins(1).0));
        match (said, holds) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(refusal), Err(words)) => assert!(refusal.field.as_deref() == Some("until") && refusal.detail.contains(words), "{refusal:?}"),
            (said, holds) => panic!("{said:?} instead of {holds:?}"),
        }
    }
    use DecisionKind as K;
    let day = 24 * 60;
    check(K::ConfirmExpected, Ruling::Yes, None, Ok(None));
    check(K::ConfirmExpected, Ruling::Yes, Some(day), Ok(Some(day)));
    check(K::ApproveMessage, Ruling::Yes, None, Ok(Some(3 * day)));
    check(K::ApproveMessage, Ruling::Yes, Some(60), Ok(Some(60)));
    check(K::ApproveMessage, Ruling::No, None, Ok(None));
    check(K::ApproveMessage, Ruling::No, Some(60), Err("A no needs no end"));
    check(K::TriggerWorkaround, Ruling::Yes, Some(0), Err("in the future"));
    check(K::TriggerWorkaround, Ruling::Yes, Some(90 * day), Ok(Some(90 * day)));
    check(K::TriggerWorkaround, Ruling::Yes, Some(90 * day + 1), Err("90 days"));
}

#[test]
fn it_comes_back_within_its_time() {
    #[track_caller]
    fn check(minutes: i64, before: i64) {
        let back = comes_back(at(0), at(minutes));
        assert_eq!((at(minutes) - back).0 / Span::mins(1).0, before, "{minutes} minutes");
        assert!(back > at(0) && back < at(minutes));
    }
    check(10, 5);
    check(60, 30);
    check(4 * 60, 60);
    check(4 * 24 * 60, 24 * 60);
    check(30 * 24 * 60, 24 * 60);
}

#[test]
fn what_was_asked_before_there_was_a_time_is_read() {
    let old = serde_json::json!({
        "id": "1", "window": "2", "kind": "other", "question": "May we?", "scenario": null, "issue": null, "conversation": null, "asked_by": "Mara",
        "asked_at": "2026-11-16T09:00:00Z", "ruling": null, "decided_by": null, "decided_at": null, "reason": null
    });
    let old: Decision = serde_json::from_value(old).unwrap();
    assert!(old.timers().is_empty());
    assert_eq!(
        serde_json::from_str::<DecisionEvent>(r#"{"type":"decided","ruling":"yes"}"#).unwrap(),
        DecisionEvent::Decided { ruling: Ruling::Yes, until: None }
    );
}
