//! Whatever people do: exactly one decides where the schedule has somebody, and what has been does not change.

use super::*;
use crate::Span;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Wait(i64),
    Take(usize),
    Replace(i64, i64, usize, usize),
    Ask(i64, usize),
    Accept(usize),
}

const PEOPLE: [&str; 5] = ["a", "b", "c", "d", "mara"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1_i64..400).prop_map(Step::Wait),
        3 => (0_usize..5).prop_map(Step::Take),
        2 => (0_i64..2_000, 1_i64..600, 0_usize..5, 0_usize..5).prop_map(|(f, l, w, b)| Step::Replace(f, l, w, b)),
        1 => (1_i64..1_500, 0_usize..5).prop_map(|(f, w)| Step::Ask(f, w)),
        1 => (0_usize..5).prop_map(Step::Accept),
    ];
    prop::collection::vec(step, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn one_decides_and_the_past_stays(steps in steps()) {
        let mut run = Run::live(three_days());
        let mut now = t("16T08:00");
        let mut seen: Vec<(Timestamp, Option<String>)> = vec![];
        for step in steps {
            let stamp = Stamp::new(Actor::person(crate::UserId(1), "Mara"), now).because("Why not.");
            let role = DutyRole::DecisionOwner;
            let (handover, request) = (run.rota.handovers.last().map(|h| h.id), run.rota.requests.last().map(|r| r.id));
            let from = |f: i64| now + Span::mins(f);
            let _ = match step {
                Step::Wait(mins) => {
                    let to = now + Span::mins(mins);
                    while let Some(due) = run.rota.next.filter(|due| *due <= to) {
                        let events = run.run(&Stamp::new(Actor::system(), due), Command::TimePassed).unwrap();
                        prop_assert!(!events.is_empty(), "woken at {due} for nothing");
                    }
                    now = to;
                    Ok(vec![])
                }
                Step::Take(who) => match handover {
                    Some(handover) => run.run(&stamp, Command::Acknowledge { handover, by: PEOPLE[who].into(), note: serde_json::Value::Null }),
                    None => Ok(vec![]),
                },
                Step::Replace(f, l, who, by) => {
                    let change = OverrideChange::Replace { who: PEOPLE[who].into(), by: PEOPLE[by].into() };
                    run.run(&stamp, Command::AddOverride { when: Period { from: from(f), to: from(f + l) }, role, change, over: true })
                }
                Step::Ask(f, who) => {
                    let ask = Ask { by: PEOPLE[who].into(), to: None, role, when: Period { from: from(f), to: from(f + 30) }, in_return: None };
                    run.run(&stamp, Command::Ask(ask))
                }
                Step::Accept(by) => match request {
                    Some(request) => run.run(&stamp, Command::Accept { request, by: PEOPLE[by].into(), over: true }),
                    None => Ok(vec![]),
                },
            };
            let owner = run.rota.owner_at(now).map(|o| o.person);
            prop_assert_eq!(owner.is_some(), run.rota.schedule().owner(now).is_some(), "at {}", now);
            seen.push((now - Span(1), run.rota.owner_at(now - Span(1)).map(|o| o.person)));
            for (at, owner) in &seen {
                prop_assert_eq!(&run.rota.owner_at(*at).map(|o| o.person), owner, "the past changed at {}", at);
            }
        }
    }
}
