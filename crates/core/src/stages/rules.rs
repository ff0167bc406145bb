//! What happens to the stages, by themselves and by people.

use super::guards::titled;
use super::{AUTOMATIC_TRIES, History, Ladder, Stage, StageEvent, Verdict, missing, of, readings};
use crate::plan::Plan;
use crate::signals::Day;
use crate::window::Phase;
use crate::{Refusal, Stamp, Timestamp};

/// What happens by itself now: the first stage whose guard worsens is taken back with every stage after it; otherwise
/// the next stage goes to normal promises if it may by itself and nothing is missing, or people are told that they can
/// take the step. At most one of these at a time. Asking again with the same history gives nothing more.
pub fn advance(ladder: &Ladder, plan: &Plan, phase: Phase, history: &History, now: Timestamp) -> Vec<StageEvent> {
    if !phase.is_open() {
        return vec![];
    }
    let stages = of(plan);
    for (i, stage) in stages.iter().enumerate().filter(|(_, s)| ladder.is_normal(&s.name)) {
        if let Some((why, counted_from)) = worsening(ladder, history, stage, today(plan, now)) {
            return back(ladder, &stages[i..], true, &why, counted_from).into_iter().collect();
        }
    }
    let Some(stage) = ladder.next(plan) else { return vec![] };
    if !missing(ladder, plan, phase, history, &stage, now).is_empty() {
        return vec![];
    }
    let by_itself = stage.automatic && ladder.standing(&stage.name).is_none_or(|s| s.automatic_tries < AUTOMATIC_TRIES);
    if by_itself {
        vec![forth(ladder, plan, &stage, true, vec![], now)]
    } else if ladder.offered.as_deref() == Some(stage.name.as_str()) {
        vec![]
    } else {
        vec![StageEvent::Offered { stage: stage.name }]
    }
}

/// Why a stage has to go back, and the first day that counts towards its cool-down.
fn worsening(ladder: &Ladder, history: &History, stage: &Stage, today: Day) -> Option<(String, Day)> {
    if let Some(burning) = history.burning.iter().find(|b| stage.categories.contains(&b.category)) {
        return Some((format!("Promises of {} break too fast: {}", burning.category, burning.says), next(today)));
    }
    let worst = readings(ladder, history, stage).into_iter().find(|r| r.verdict == Verdict::Worsening)?;
    let last = worst.day.map_or(today, next);
    let reason = worst.worsening.map(|r| r.says).unwrap_or(worst.sentence);
    Some((format!("{}: {reason}", titled(worst.signal, &worst.category)), last))
}

/// A person takes a stage to normal promises.
///
/// # Errors
/// 404 for a stage the plan does not have; a conflict that lists every missing precondition with what would do.
/// `over` goes past those that can be gone past, with a reason, which is kept with the person's name.
pub fn normalise(
    ladder: &Ladder,
    plan: &Plan,
    phase: Phase,
    history: &History,
    stage: &str,
    over: bool,
    stamp: &Stamp,
) -> Result<Vec<StageEvent>, Refusal> {
    let stage = known(plan, stage)?;
    if ladder.is_normal(&stage.name) {
        return Ok(vec![]);
    }
    let missing = missing(ladder, plan, phase, history, &stage, stamp.at);
    let (soft, hard): (Vec<_>, Vec<_>) = missing.iter().partition(|m| m.can_override);
    if hard.is_empty() && over && !soft.is_empty() {
        stamp.require_reason("say why the stage returns although something is missing; it is kept in the record with your name.")?;
    } else if !missing.is_empty() {
        let list = hard.iter().chain(&soft).map(|m| format!("• {} {}", m.what, m.fix)).collect::<Vec<_>>().join("\n");
        let way = if hard.is_empty() {
            "\nOr give the reason why it returns all the same (`override`); it is kept in the record with your name."
        } else {
            ""
        };
        return Err(Refusal::conflict(format!("“{}” cannot return to normal promises yet:\n{list}{way}", stage.name)));
    }
    let overridden = soft.into_iter().map(|m| m.what.clone()).collect();
    Ok(vec![forth(ladder, plan, &stage, false, overridden, stamp.at)])
}

/// A person takes a stage back, and with it every stage that was normalised after it.
///
/// # Errors
/// 404 for a stage the plan does not have; 422 without a reason.
pub fn revert(ladder: &Ladder, plan: &Plan, stage: &str, stamp: &Stamp) -> Result<Vec<StageEvent>, Refusal> {
    let stage = known(plan, stage)?;
    if !ladder.is_normal(&stage.name) {
        return Ok(vec![]);
    }
    let why = stamp.require_reason("say what made you take the stage back; people see it beside the stage.")?;
    let stages: Vec<Stage> = of(plan).into_iter().skip_while(|s| s.name != stage.name).collect();
    Ok(back(ladder, &stages, false, why, next(today(plan, stamp.at))).into_iter().collect())
}

/// Every stage is taken back: the window is under full promises again.
pub fn revert_all(ladder: &Ladder, plan: &Plan, why: &str, now: Timestamp) -> Option<StageEvent> {
    back(ladder, &of(plan), false, why, next(today(plan, now)))
}

/// A new plan: stages stay on normal promises as far as the new order still has them, with the same categories, one
/// after the other from the first. The rest goes back.
pub fn replan(ladder: &Ladder, plan: &Plan, now: Timestamp) -> Option<StageEvent> {
    let same = |stage: &Stage| ladder.standing(&stage.name).is_some_and(|s| s.categories == stage.categories);
    let kept: Vec<String> = of(plan).into_iter().take_while(|s| ladder.is_normal(&s.name) && same(s)).map(|s| s.name).collect();
    let gone: Vec<_> = ladder.standings.iter().filter(|s| ladder.is_normal(&s.stage) && !kept.contains(&s.stage)).collect();
    (!gone.is_empty()).then(|| StageEvent::Reverted {
        stages: gone.iter().map(|s| s.stage.clone()).collect(),
        categories: gone.iter().flat_map(|s| s.categories.clone()).collect(),
        automatic: false,
        why: "The plan has other stages now.".into(),
        counted_from: next(today(plan, now)),
    })
}

fn known(plan: &Plan, stage: &str) -> Result<Stage, Refusal> {
    let stages = of(plan);
    let names = stages.iter().map(|s| format!("“{}”", s.name)).collect::<Vec<_>>().join(", ");
    stages.into_iter().find(|s| s.name == stage).ok_or_else(|| {
        let known =
            if names.is_empty() { "The plan has none: give its scenarios categories.".to_owned() } else { format!("The stages are {names}.") };
        Refusal::field("stage", format!("There is no stage of that name. {known}"))
    })
}

fn forth(ladder: &Ladder, plan: &Plan, stage: &Stage, automatic: bool, overridden: Vec<String>, now: Timestamp) -> StageEvent {
    StageEvent::Normalised {
        stage: stage.name.clone(),
        categories: stage.categories.clone(),
        automatic,
        attempt: ladder.standing(&stage.name).map_or(0, |s| s.tries) + 1,
        judged_from: today(plan, now),
        overridden,
    }
}

/// The normal ones of these stages go back, in their order.
fn back(ladder: &Ladder, stages: &[Stage], automatic: bool, why: &str, counted_from: Day) -> Option<StageEvent> {
    let normal: Vec<&Stage> = stages.iter().filter(|s| ladder.is_normal(&s.name)).collect();
    (!normal.is_empty()).then(|| StageEvent::Reverted {
        stages: normal.iter().map(|s| s.name.clone()).collect(),
        categories: normal.iter().flat_map(|s| s.categories.clone()).collect(),
        automatic,
        why: why.to_owned(),
        counted_from,
    })
}

/// The day that an instant is in. A zone that is not known counts as UTC: the plan check refuses such a plan.
fn today(plan: &Plan, at: Timestamp) -> Day {
    let zone = crate::calendar::zone(&plan.window.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    zone.to_datetime(at.to_jiff()).date()
}

fn next(day: Day) -> Day {
    day.tomorrow().unwrap_or(day)
}
