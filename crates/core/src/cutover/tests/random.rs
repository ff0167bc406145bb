//! Any commands in any order.

use super::*;
use crate::signals::Signal;
use proptest::collection::vec;
use proptest::prelude::*;

/// Steps that wait for some of those before them in the list, then turned so that the file's order says nothing.
fn runbooks() -> impl Strategy<Value = RunbookSection> {
    let kinds = prop::sample::select(vec![StepKind::Task, StepKind::Task, StepKind::Gate, StepKind::SmokeCheck]);
    (vec((kinds, 0_i64..90, any::<u16>(), prop::option::of(0_i64..120)), 1..9), any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(list, point, turn)| {
            let point = point.index(list.len());
            let mut steps: Vec<RunbookStep> = list
                .iter()
                .enumerate()
                .map(|(i, (kind, mins, mask, hour))| {
                    let kind = if i == point { StepKind::PointOfNoReturn } else { *kind };
                    let after: Vec<String> = (0..i).filter(|b| mask >> b & 1 == 1).map(|b| format!("s{b}")).collect();
                    let mut own = step(&format!("s{i}"), kind, *mins, &[]);
                    own.after = after;
                    own.not_before = hour.map(|h| Length(Span::mins(h)));
                    own
                })
                .collect();
            if turn {
                steps.reverse();
            }
            let triggers = runbook().triggers.into_iter().take(1).collect();
            RunbookSection { steps, triggers, may_override: vec!["chief@example.org".into()], ..RunbookSection::default() }
        },
    )
}

fn commands() -> impl Strategy<Value = (i64, usize, u8)> {
    (0_i64..30, 0_usize..9, 0_u8..13)
}

fn command(c: &Cutover, place: usize, which: u8) -> CutoverCommand {
    let step = c.runbook.steps[place % c.runbook.steps.len()].key.clone();
    let act = match which {
        0 => Act::Start,
        1 | 2 => Act::Done { evidence: None },
        3 => Act::Fail,
        4 => Act::Skip,
        5 | 6 => Act::Rule { go: true },
        7 => Act::Rule { go: false },
        8 => Act::Pass { confirmed: true },
        9 => return CutoverCommand::RollBack { over: (place == 1).then(|| "somebody@example.org".into()) },
        10 => return CutoverCommand::Finish { seen: Some(c.revision) },
        11 => return CutoverCommand::Look { readings: vec![Reading { signal: Signal::Contacts, value: Some(place as f64 * 40.0) }] },
        _ => return CutoverCommand::Stop,
    };
    CutoverCommand::Step { step, act, seen: None, whole: Some(c.revision) }
}

proptest! {
    #[test]
    fn the_rules_hold_whatever_is_done(plan in runbooks(), doing in vec(commands(), 0..60)) {
        let mut run = Run::begin(plan, false);
        let mut at = 0;
        for (wait, place, which) in doing {
            at += wait;
            let before = run.c.clone();
            // Two looks in between: time alone moves the end only later.
            let (early, late) = (schedule::project(&before, minute(at - wait)), schedule::project(&before, minute(at)));
            prop_assert!(early.finish <= late.finish, "{early:?} {late:?}");
            // A second command is refused or done; either way the state is what its events say.
            let asked = command(&run.c, place, which);
            let _ = run.try_at(at, asked, "Because.");
            let after = &run.c;
            for (step, own) in after.all() {
                let begun = own.status != Status::Waiting;
                for needed in &step.after {
                    let needed = after.progress(needed).unwrap();
                    prop_assert!(!begun || needed.status.is_finished(), "{} began before what it waits for", step.key);
                    prop_assert!(!begun || own.started_at >= needed.ended_at, "{} began earlier", step.key);
                }
            }
            prop_assert!(before.passed.is_none() || after.state != State::RolledBack, "rolled back past the point");
            prop_assert!(before.passed.is_none() || after.passed == before.passed);
            prop_assert!(!before.state.is_over() || *after == before, "what is over changed");
            prop_assert!(after.state != State::Finished || after.open().next().is_none());
        }
        let fired = run.events.iter().filter(|e| matches!(e, CutoverEvent::TriggerFired { .. })).count();
        prop_assert!(fired <= 1, "{fired} times");
        let replayed = Cutover::fold(None, &run.events[..1], &mara(0)).unwrap();
        prop_assert_eq!(replayed.steps.len(), run.c.steps.len());
    }

    /// Whatever takes longer never makes the end earlier.
    #[test]
    fn longer_steps_end_later(plan in runbooks(), place in 0_usize..9, more in 1_i64..100) {
        let mut longer = plan.clone();
        let place = place % plan.steps.len();
        let takes = longer.steps[place].takes.unwrap();
        longer.steps[place].takes = Some(Length(takes.0 + Span::mins(more)));
        prop_assert!(schedule::length(&plan) <= schedule::length(&longer));
        let (a, b) = (Run::begin(plan, false), Run::begin(longer, false));
        prop_assert!(schedule::project(&a.c, minute(5)).finish <= schedule::project(&b.c, minute(5)).finish);
    }
}
