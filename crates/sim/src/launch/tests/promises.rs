//! Promises in a simulated launch: what breaks too fast, what a step back does to what is open.

use super::launches::{Stage, small};
use super::*;
use crate::launch::assumptions::Stressor;
use crate::launch::figures::Figure;
use crate::launch::figures::Figures;
use crate::launch::measures::Measure;
use crate::launch::play::Play;
use hypercare_core::plan::Length;
use hypercare_core::signals::Signal;
use hypercare_core::signals::burn::{LOOK_BACK, Outcome, during};
use hypercare_core::stages::StepKind;
use hypercare_core::{Span, Timestamp};

/// A desk whose categories are calm until a mailing on the twelfth day: then their promises break.
fn with_a_mailing() -> Stage {
    let mut assumptions = Assumptions { contacts_per_day: 90.0, ..small() };
    for name in ["access", "account", "billing", "cancellation", "payment", "storage", "other"] {
        assumptions.categories.entry(name.into()).or_default().rise = Some(0.0);
    }
    assumptions.live_share = Some(0.0);
    assumptions.stressors.push(Stressor {
        name: "mailing".into(),
        after: Length(Span::days(11) + Span::hours(2)),
        category: None,
        rise: 25.0,
        decay: Length(Span::days(1)),
    });
    // The window stays open, so that there is a step to take back; its guards look at promises only.
    let mut plan = demo();
    plan.exit.stable_days = 60;
    for stage in &mut plan.stages {
        stage.guards = vec![Signal::SlaAttainment.key().into()];
    }
    Stage::new(&plan, &assumptions, 16, 2)
}

fn taking(measures: &[Measure]) -> Measures {
    measures.iter().copied().collect()
}

/// Days since go-live on which promises broke too fast, counted from the contacts as they were in the end.
fn burn_days(play: &Play<'_>) -> u64 {
    let world = play.set.world;
    let mut outcomes = vec![];
    for c in &play.contacts {
        for (late, met) in [(c.response_late_at, c.first_response_at), (c.settle_late_at, c.settle_met_at)] {
            let Some(late) = late else { continue };
            match met {
                Some(at) if at < late => outcomes.push(Outcome { at, missed: false }),
                _ if c.ended_at.is_none_or(|end| end >= late) => outcomes.push(Outcome { at: late, missed: true }),
                _ => {}
            }
        }
    }
    let burns = |from: Timestamp, until: Timestamp| {
        let lately: Vec<Outcome> = outcomes.iter().copied().filter(|o| o.at < until && o.at >= from - LOOK_BACK).collect();
        !during(&lately, from, &world.budget).is_empty()
    };
    world.midnights.windows(2).skip(world.first_day()).filter(|day| burns(day[0].1, day[1].1)).count() as u64
}

#[test]
fn days_of_burning_promises_are_those_of_the_rule() {
    let stage = with_a_mailing();
    for measures in [Measures::NONE, taking(&[Measure::Stages]), Measures::all()] {
        let play = stage.play(measures);
        assert_eq!(play.log.burn_days, burn_days(&play), "{measures:?}");
    }
    assert!(stage.play(Measures::NONE).log.burn_days > 0, "nothing burns: the test shows nothing");
}

#[test]
fn burning_promises_take_a_stage_back_before_midnight() {
    let stage = with_a_mailing();
    let back = |measures: &[Measure]| -> Vec<Timestamp> {
        let play = stage.play(taking(measures));
        let steps = play.stages.ladder().steps.iter();
        steps.filter(|s| s.kind == StepKind::Reverted && s.at > after_days(&stage, 11)).map(|s| s.at).collect()
    };
    let is_midnight = |at: &Timestamp| stage.world.midnights.iter().any(|(_, midnight)| midnight == at);
    let (without, with) = (back(&[Measure::Stages]), back(&[Measure::Stages, Measure::BurnAlerts]));
    assert!(!without.is_empty() && without.iter().all(is_midnight), "guards are judged at the end of a day: {without:?}");
    assert!(with.first() < without.first() && !is_midnight(&with[0]), "{with:?} is not sooner than {without:?}");
}

fn after_days(stage: &Stage, days: i64) -> Timestamp {
    stage.world.go_live + Span::days(days)
}

#[test]
fn a_step_back_makes_what_is_open_tighter() {
    let stage = with_a_mailing();
    let of = |measures: &[Measure]| Figures::of(&stage.play(taking(measures)));
    let (without, with) = (of(&[Measure::Stages, Measure::BurnAlerts]), of(&[Measure::Stages, Measure::BurnAlerts, Measure::Tightening]));
    assert_eq!(without.get(Figure::Tightened), Some(0.0));
    assert!(with.get(Figure::Tightened) > Some(5.0), "{with:?}");
}

/// Whenever a step back comes: nothing is due later, what is not late already is not late at that instant, and what was
/// broken stays so.
#[test]
fn tightening_makes_nobody_late() {
    let stage = with_a_mailing();
    let (world, play) = (&stage.world, stage.play(taking(&[Measure::Stages])));
    let (Some(normal), Some(hypercare)) = (&world.normal, &world.hypercare) else { panic!("the demo's plan has both") };
    let mut changed = 0;
    for (i, contact) in (0_i64..).zip(play.contacts.iter().filter(|c| c.change && c.promised_normally && !c.assistant)).take(400) {
        let name = &world.categories[usize::from(contact.category)].name;
        let now = contact.promised_at + Span::mins(i * 7 % 3000);
        let mut tighter = contact.clone();
        (tighter.first_response_at, tighter.settle_met_at, tighter.ended_at) = (None, None, None);
        let did = tighter.tighten(normal, hypercare, name, now);
        for (before, after) in [(contact.response_late_at, tighter.response_late_at), (contact.settle_late_at, tighter.settle_late_at)] {
            let (Some(before), Some(after)) = (before, after) else { continue };
            assert!(after <= before && (after > now || after == before), "{before} became {after} at {now}: {contact:?}");
            changed += u64::from(after < before);
        }
        assert!(did || tighter.response_late_at == contact.response_late_at && tighter.settle_late_at == contact.settle_late_at);
    }
    assert!(changed > 50, "only {changed} promises changed");
}
