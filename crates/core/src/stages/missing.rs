//! What a step still lacks, and what would do.

use super::guards::{named, titled};
use super::{BETWEEN_STEPS, COOL_DOWN_DAYS, History, Ladder, Place, STABLE_DAYS, Stage, readings, run};
use crate::exit::Stability;
use crate::plan::Plan;
use crate::window::Phase;
use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A day closes a moment after midnight and not at it: steps that follow each other at the close of days may be that
/// much less than 24 hours apart.
const GRACE: Span = Span::mins(1);

/// One precondition that a step lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MissingForStep))]
pub struct Missing {
    /// Stable short name: `stable_days`, `alarm.contacts@billing`.
    pub key: String,
    /// What is missing, in a sentence.
    pub what: String,
    /// What would do.
    pub fix: String,
    /// Whether a person can go past it with a reason. Never past the order, and not outside a window that is stabilising.
    pub can_override: bool,
}

/// Everything the step of `stage` to normal promises lacks now. Empty: it can be taken.
pub fn missing(ladder: &Ladder, plan: &Plan, phase: Phase, history: &History, stage: &Stage, now: Timestamp) -> Vec<Missing> {
    let mut all = Vec::new();
    let mut add = |key: String, what: String, fix: String, can_override: bool| all.push(Missing { key, what, fix, can_override });
    match phase {
        Phase::Stabilising => {}
        Phase::Closed => add("phase".into(), "The window is closed.".into(), "Its promises ended with it; nothing is left to return.".into(), false),
        Phase::Preparing | Phase::Active => {
            let what = format!("The window is {}; stages return while it is stabilising.", phase.word());
            add("phase".into(), what, "Move the window to stabilising first.".into(), false);
        }
    }
    if plan.sla.normal.is_none() {
        add("normal".into(), "The plan has no normal promises to return to.".into(), "Add [sla.normal] to the plan and apply it.".into(), false);
    }
    let before: Vec<String> =
        super::of(plan).iter().take_while(|s| s.name != stage.name).filter(|s| !ladder.is_normal(&s.name)).map(|s| format!("“{}”", s.name)).collect();
    if !before.is_empty() {
        let (are, them) = if before.len() == 1 { ("is", "it") } else { ("are", "them") };
        let what = format!("{} {are} before it and not on normal promises yet.", before.join(", "));
        add("order".into(), what, format!("Normalise {them} first: low-impact stages go first, critical flows last."), false);
    }
    let (needed, from) = match ladder.standing(&stage.name).map(|s| &s.place) {
        Some(Place::Reverted { counted_from, .. }) => (COOL_DOWN_DAYS, Some(*counted_from)),
        _ => (STABLE_DAYS, None),
    };
    let stable = run(history, stage, from);
    if stable.stable < needed {
        let since = if from.is_some() { " since the stage was taken back" } else { "" };
        let broken = stable.broken_by.map(|d| {
            let how = if d.stable == Stability::Unknown { "could not be judged" } else { "was not stable" };
            format!(" {} {how}: {}", named(d.day), d.why)
        });
        let what = format!("{} of {needed} stable days in a row{since}.{}", stable.stable, broken.unwrap_or_default());
        let left = needed - stable.stable;
        let fix = format!("Wait for {left} more stable {}.", if left == 1 { "day" } else { "days" });
        add(if from.is_some() { "cool_down" } else { "stable_days" }.into(), what, fix, true);
    }
    if let Some(last) = ladder.last_step.filter(|last| now - *last < BETWEEN_STEPS - GRACE) {
        let left = BETWEEN_STEPS - (now - last);
        let what = format!("The last step was {} ago; 24 h must pass, so that it can show what it does.", now - last);
        add("since_last_step".into(), what, format!("Wait {left}."), true);
    }
    for reading in readings(ladder, history, stage) {
        if reading.alarm.is_some() {
            let what = format!("{}: {}", titled(reading.signal, &reading.category), reading.sentence);
            add(format!("alarm.{}@{}", reading.signal.key(), reading.category), what, "Wait until the alarm is closed.".into(), true);
        }
    }
    for burning in history.burning.iter().filter(|b| stage.categories.contains(&b.category)) {
        let fix = "Answer what waits first; the alert ends when promises are kept again.".to_owned();
        add(format!("burn@{}", burning.category), format!("Promises of {} break too fast: {}", burning.category, burning.says), fix, true);
    }
    all
}
