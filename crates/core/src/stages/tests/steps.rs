//! Single steps: what is missing, what happens by itself, what people may do.

use super::{day, history, midnight, plan, stage, word};
use crate::plan::Plan;
use crate::signals::Signal;
use crate::stages::{Burning, History, Ladder, Place, StageEvent, advance, evidence, missing, normalise, of, readings, replan, revert};
use crate::window::Phase;
use crate::{Actor, Span, Stamp, Timestamp, UserId};

const NAN: f64 = f64::NAN;

fn two(automatic: bool) -> Plan {
    plan(vec![stage("account", &["account"], automatic), stage("billing", &["billing"], automatic)])
}
fn mara(at: Timestamp, why: &str) -> Stamp {
    Stamp::new(Actor::person(UserId(1), "Mara"), at).because(why)
}
fn engine(at: Timestamp) -> Stamp {
    Stamp::new(Actor::system(), at)
}

/// Closes the days of both categories one after the other and gives what happened at each midnight.
fn closes(ladder: &mut Ladder, plan: &Plan, account: &[f64], billing: &[f64]) -> String {
    let mut said = vec![];
    for n in 1..=account.len() {
        let known = history(&[("account", &account[..n]), ("billing", &billing[..n])]);
        let now = midnight(n as i64);
        let events = advance(ladder, plan, Phase::Stabilising, &known, now);
        assert!(events.len() <= 1, "{events:?}");
        said.push(events.first().map_or_else(|| ".".to_owned(), word));
        for event in &events {
            ladder.apply(event, &engine(now));
        }
        assert_eq!(advance(ladder, plan, Phase::Stabilising, &known, now), vec![], "asking again changes nothing");
    }
    said.join(" ")
}

#[test]
fn what_happens_by_itself() {
    #[track_caller]
    fn check(automatic: bool, account: &[f64], billing: &[f64], expected: &str) {
        assert_eq!(closes(&mut Ladder::default(), &two(automatic), account, billing), expected);
    }
    let calm = [0.0; 8];
    // Two stable days, then one stage a day, in order.
    check(true, &calm[..4], &calm[..4], ". +account! +billing! .");
    // People are told once that they can take the step; they are not overtaken.
    check(false, &calm[..4], &calm[..4], ". ?account . .");
    // The second stage is calm, but it is not its turn.
    check(true, &[0.0, 2.6, 0.0, 0.0], &calm[..4], ". . . +account!");
    // A day that cannot be judged neither counts nor resets.
    check(true, &[0.0, NAN, 0.0, 0.0], &calm[..4], ". . +account! +billing!");
    // A guard of the first stage takes back both, at once; three stable days later it is tried again.
    check(true, &[0.0, 0.0, 0.0, 3.1, 0.0, 0.0, 0.0, 0.0], &calm, ". +account! +billing! -account,billing! . . +account! +billing!");
    // A guard of the second stage leaves the first.
    check(true, &calm, &[0.0, 0.0, 0.0, 3.1, 0.0, 0.0, 0.0, 0.0], ". +account! +billing! -billing! . . +billing! .");
    // Half of the limit is there from the start: 1.5 + 1.3 and then more.
    check(true, &[0.0, 0.0, 2.3, 1.3], &calm[..4], ". +account! +billing! -account,billing!");
}

#[test]
fn two_tries_by_itself_and_then_people() {
    let mut ladder = Ladder::default();
    let plan = plan(vec![stage("account", &["account"], true), stage("billing", &["billing"], true)]);
    let zs = [0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    assert_eq!(closes(&mut ladder, &plan, &zs, &[0.0; 12]), ". +account! -account! . . +account! -account! . . ?account . .");
    let all = history(&[("account", &zs), ("billing", &[0.0; 12])]);
    let events = normalise(&ladder, &plan, Phase::Stabilising, &all, "account", false, &mara(midnight(12), "")).unwrap();
    assert!(matches!(&events[0], StageEvent::Normalised { attempt: 3, automatic: false, .. }), "{events:?}");
}

#[test]
fn a_refusal_lists_everything_with_what_would_do() {
    #[track_caller]
    fn check(ladder: &Ladder, history: &History, phase: Phase, stage: &str, at: Timestamp, expected: &[&str]) {
        let plan = two(false);
        let stage = of(&plan).into_iter().find(|s| s.name == stage).unwrap();
        let missing = missing(ladder, &plan, phase, history, &stage, at);
        assert_eq!(missing.iter().map(|m| m.key.as_str()).collect::<Vec<_>>(), expected, "{missing:#?}");
        let refused = normalise(ladder, &plan, phase, history, &stage.name, false, &mara(at, ""));
        match refused {
            Ok(_) => assert!(missing.is_empty()),
            Err(why) => assert!(missing.iter().all(|m| why.detail.contains(&m.what) && why.detail.contains(&m.fix)), "{why}"),
        }
    }
    let fresh = Ladder::default();
    let calm = history(&[("account", &[0.0; 3]), ("billing", &[0.0; 3])]);
    check(&fresh, &calm, Phase::Stabilising, "account", midnight(3), &[]);
    check(&fresh, &calm, Phase::Active, "account", midnight(3), &["phase"]);
    check(&fresh, &calm, Phase::Closed, "account", midnight(3), &["phase"]);
    check(&fresh, &calm, Phase::Stabilising, "billing", midnight(3), &["order"]);
    check(&fresh, &History::default(), Phase::Stabilising, "account", midnight(0), &["stable_days"]);
    check(&fresh, &history(&[("account", &[0.0, 0.0, 3.2])]), Phase::Stabilising, "account", midnight(3), &["stable_days", "alarm.contacts@account"]);
    // Two normal days close an alarm.
    check(&fresh, &history(&[("account", &[3.2, 0.0, 0.0])]), Phase::Stabilising, "account", midnight(3), &[]);
    let burning = History { burning: vec![Burning { category: "account".into(), says: "4 times the budget.".into() }], ..calm.clone() };
    check(&fresh, &burning, Phase::Stabilising, "account", midnight(3), &["burn@account"]);
    let mut one = Ladder::default();
    let plan = two(false);
    for event in normalise(&one, &plan, Phase::Stabilising, &calm, "account", false, &mara(midnight(3), "")).unwrap() {
        one.apply(&event, &mara(midnight(3), ""));
    }
    check(&one, &calm, Phase::Stabilising, "billing", midnight(3) + Span::hours(3), &["since_last_step"]);
    check(&one, &calm, Phase::Stabilising, "billing", midnight(4), &[]);
}

#[test]
fn a_person_may_go_past_what_is_missing_but_not_past_the_order() {
    let plan = two(true);
    let shaky = history(&[("account", &[0.0, 2.7]), ("billing", &[0.0, 0.0])]);
    let go =
        |stage: &str, over: bool, why: &str| normalise(&Ladder::default(), &plan, Phase::Stabilising, &shaky, stage, over, &mara(midnight(2), why));
    assert_eq!(go("account", false, "we know").unwrap_err().kind, crate::aggregate::RefusalKind::Conflict);
    assert_eq!(go("account", true, " ").unwrap_err().field.as_deref(), Some("reason"));
    let events = go("account", true, "a known mailing").unwrap();
    let StageEvent::Normalised { overridden, .. } = &events[0] else { panic!("{events:?}") };
    assert!(overridden.len() == 1 && overridden[0].starts_with("0 of 2 stable days in a row."), "{overridden:?}");
    assert!(go("billing", true, "at once").unwrap_err().detail.contains("“account” is before it"));
    let unknown = go("payments", true, "x").unwrap_err();
    assert_eq!(unknown.field.as_deref(), Some("stage"));
    assert!(unknown.detail.contains("“account”, “billing”"), "{unknown}");
}

#[test]
fn a_burn_alert_and_a_person_take_a_stage_back_at_once() {
    let plan = two(true);
    let mut ladder = Ladder::default();
    closes(&mut ladder, &plan, &[0.0; 3], &[0.0; 3]);
    assert_eq!(ladder.normalised(), ["account", "billing"]);
    let now = midnight(3) + Span::hours(10);
    let known = History { burning: vec![Burning { category: "billing".into(), says: "5 of 8 late in 2 h.".into() }], ..History::default() };
    let events = advance(&ladder, &plan, Phase::Stabilising, &known, now);
    assert_eq!(events.iter().map(word).collect::<Vec<_>>(), ["-billing!"]);
    assert_eq!(revert(&ladder, &plan, "account", &mara(now, "")).unwrap_err().field.as_deref(), Some("reason"));
    let back = revert(&ladder, &plan, "account", &mara(now, "too many ask again")).unwrap();
    ladder.apply(&back[0], &mara(now, "too many ask again"));
    assert_eq!(ladder.normalised(), Vec::<String>::new());
    assert_eq!(ladder.tightening.as_ref().map(|t| t.categories.join(" ")).as_deref(), Some("account billing"));
    let Some(Place::Reverted { why, counted_from, automatic: false, .. }) = ladder.standing("billing").map(|s| s.place.clone()) else { panic!() };
    assert_eq!((why.as_str(), counted_from), ("too many ask again", day(4)));
    assert_eq!(revert(&ladder, &plan, "account", &mara(now, "again")).unwrap(), vec![], "a second click");
}

#[test]
fn the_arithmetic_is_in_the_words() {
    let plan = two(true);
    let mut ladder = Ladder::default();
    closes(&mut ladder, &plan, &[0.0, 0.0, 1.9], &[0.0; 3]);
    let first = &of(&plan)[0];
    let reading = &readings(&ladder, &history(&[("account", &[0.0, 0.0, 1.9])]), first)[0];
    assert_eq!((reading.signal, reading.sum.map(|s| format!("{s:.1}")).as_deref()), (Signal::Contacts, Some("2.4")));
    let expected =
        "Wednesday 18 November: z 1.9 Begun at 1.5: Wednesday 18 November +1.9 less 1 makes 2.4. The sum is 2.4; above 3 takes the stage back.";
    assert_eq!(reading.sentence, expected);
}

#[test]
fn the_exit_sees_what_is_untried() {
    #[track_caller]
    fn check(days: usize, met: bool, expected: &str) {
        let (mut ladder, plan) = (Ladder::default(), two(true));
        closes(&mut ladder, &plan, &[0.0; 3][..days], &[0.0; 3][..days]);
        let shown = evidence(&ladder, &plan).unwrap();
        assert_eq!((shown.met, shown.evidence.as_str()), (met, expected));
    }
    check(1, false, "No stage has returned yet: normal promises would come for all categories at once, untried.");
    check(2, false, "1 of 2; for “billing” normal promises would come with the exit, untried.");
    check(3, true, "Every category has been tried on normal promises.");
    assert_eq!(evidence(&Ladder::default(), &plan(vec![])), None);
}

#[test]
fn another_plan_keeps_what_is_the_same_from_the_first_on() {
    #[track_caller]
    fn check(stages: &[(&str, &[&str])], expected: Option<&str>) {
        let mut ladder = Ladder::default();
        closes(&mut ladder, &two(true), &[0.0; 3], &[0.0; 3]);
        let new = plan(stages.iter().map(|(name, categories)| stage(name, categories, true)).collect());
        let back = replan(&ladder, &new, midnight(4));
        assert_eq!(back.as_ref().map(word).as_deref(), expected);
    }
    check(&[("account", &["account"]), ("billing", &["billing"])], None);
    check(&[("account", &["account"]), ("billing", &["billing"]), ("access", &["access"])], None);
    check(&[("account", &["account"]), ("access", &["access"]), ("billing", &["billing"])], Some("-billing"));
    check(&[("account", &["account", "access"]), ("billing", &["billing"])], Some("-account,billing"));
    check(&[("billing", &["billing"])], Some("-account"));
    check(&[], Some("-account,billing"));
}

#[test]
fn pages_of_conversations_are_gone_through_once() {
    let plan = two(true);
    let mut ladder = Ladder::default();
    closes(&mut ladder, &plan, &[0.0; 3], &[0.0; 3]);
    let now = midnight(3);
    let stamp = mara(now, "back");
    for event in revert(&ladder, &plan, "account", &stamp).unwrap() {
        ladder.apply(&event, &stamp);
    }
    let mut page = |category: &str, after: Option<i64>, done: bool| {
        let event = StageEvent::Tightened { category: category.into(), conversations: 2, after: after.map(crate::ConversationId), done };
        let before = ladder.tightening.clone();
        ladder.apply(&event, &engine(now));
        assert!(
            ladder.tightening.is_none() || ladder.tightening.as_ref().map(|t| t.due) > before.as_ref().map(|t| t.due) || ladder.tightening == before
        );
        ladder.tightening.as_ref().map(|t| (t.categories.join(" "), t.after.map(|id| id.0)))
    };
    assert_eq!(page("account", Some(7), false), Some(("account billing".into(), Some(7))));
    assert_eq!(page("billing", Some(9), true), Some(("account billing".into(), Some(7))), "not its turn");
    assert_eq!(page("account", None, true), Some(("billing".into(), None)));
    assert_eq!(page("billing", Some(9), true), None);
}
