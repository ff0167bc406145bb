//! Numbers the method sets bounds to: objectives, confidence, stable days, promises.

use super::findings::{Findings, quoted};
use crate::Span;
use crate::plan::{Length, ObjectiveRule, Plan, SlaPolicy};
use crate::signals::{Family, Signal};

/// A customer hears within a quarter of an hour that the matter is known.
const ACKNOWLEDGE_WITHIN: Span = Span::mins(15);
const STABLE_DAYS: u32 = 5;
/// A window that is not stable after half a year is no window any more.
const DAYS_LIMIT: u32 = 180;

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    objectives(plan, found);
    share("assistant.confidence", plan.assistant.confidence.unwrap_or_default(), "0.6", found);
    wrong_rate(plan.assistant.wrong_rate, found);
    share("exit.margin", plan.exit.margin, "0.2 for 20 %", found);
    if let Some(rest) = plan.coverage.as_ref().and_then(|c| c.rest.as_ref()) {
        share("coverage.rest.owner_share", rest.owner_share.unwrap_or_default(), "0.25 for one in four", found);
        share("coverage.rest.fairness", rest.fairness.unwrap_or_default(), "0.8", found);
    }
    let days = plan.exit.stable_days;
    if days < STABLE_DAYS {
        let help = Some("five stable days in a row are needed: fewer can be a lull".to_owned());
        found.error("exit.stable_days", format!("{days} is too few"), help);
    } else if days > DAYS_LIMIT {
        found.error("exit.stable_days", format!("{days} is too many"), Some(format!("{STABLE_DAYS} to {DAYS_LIMIT} can be asked for")));
    }
    if let Some(within) = plan.decisions.within {
        decided_within(within, found);
    }
    for (name, policy) in [("hypercare", &plan.sla.hypercare), ("normal", &plan.sla.normal)] {
        if let Some(policy) = policy {
            promises(name, policy, found);
        }
    }
}

fn objectives(plan: &Plan, found: &mut Findings<'_>) {
    let n = plan.objectives.len();
    if !(2..=3).contains(&n) {
        let help = Some("two or three measurable statements say what stable means; more are not looked at every day".to_owned());
        found.warning("objectives", format!("the plan has {n} objective{}", if n == 1 { "" } else { "s" }), help);
    }
    for (i, objective) in plan.objectives.iter().enumerate() {
        let days = |found: &mut Findings<'_>, name: &str, days: u32| {
            if !(1..=DAYS_LIMIT).contains(&days) {
                let help = Some(format!("days are counted from 1 at go-live: write 1 to {DAYS_LIMIT}"));
                found.error(&format!("objectives[{i}].{name}"), format!("{days} is not a day of the window"), help);
            }
        };
        match objective.rule {
            ObjectiveRule::DropAfter { days: n } => days(found, "days", n),
            ObjectiveRule::Reach { value, day } => {
                days(found, "day", day);
                of_signal(i, &objective.signal, value, found);
            }
            ObjectiveRule::StayBelow { value } => of_signal(i, &objective.signal, value, found),
            ObjectiveRule::ReturnBy { within } if within.0 == Span::ZERO => {
                found.error(&format!("objectives[{i}].within"), "there is no time to return in", Some("write for example \"72 h\"".into()));
            }
            ObjectiveRule::ReturnBy { .. } => {}
            ObjectiveRule::Attain { share: goal } => {
                let path = format!("objectives[{i}].share");
                share(&path, goal, "0.9 for 90 %", found);
                if let Some(signal) = Signal::from_key(&objective.signal).filter(|s| s.family() != Family::Share) {
                    let help = Some("take sla_attainment, or another signal that is a share; for others there is `stay_below` or `reach`".to_owned());
                    found.error(&path, format!("{} is not a share", quoted(signal.key())), help);
                }
            }
        }
    }
    for (i, signal) in plan.signals.iter().enumerate() {
        if let Some(target) = signal.target {
            value_of(&format!("signals[{i}].target"), &signal.key, target, found);
        }
    }
}

fn of_signal(i: usize, signal: &str, value: f64, found: &mut Findings<'_>) {
    value_of(&format!("objectives[{i}].value"), signal, value, found);
}

pub(super) fn value_of(path: &str, signal: &str, value: f64, found: &mut Findings<'_>) {
    let is_share = Signal::from_key(signal).is_some_and(|s| s.family() == Family::Share);
    if is_share && !(0.0..=1.0).contains(&value) {
        share(path, value, "0.2 for 20 %", found);
    } else if value < 0.0 {
        found.error(path, format!("{} cannot be negative", quoted(signal)), None);
    }
}

fn share(path: &str, value: f64, example: &str, found: &mut Findings<'_>) {
    if !(0.0..=1.0).contains(&value) {
        found.error(path, format!("{value} is not between 0 and 1"), Some(format!("write it as a share, such as {example}")));
    }
}

/// The bounds of [`AssistantSection::wrong_rate`](crate::plan::AssistantSection::wrong_rate).
pub const WRONG_RATES: std::ops::RangeInclusive<f64> = 0.001..=0.2;

fn wrong_rate(rate: f64, found: &mut Findings<'_>) {
    if !WRONG_RATES.contains(&rate) {
        let help =
            Some("write the accepted share of wrong answers, such as 0.02 for 2 in 100; under 0.001 no number of outcomes can show it".to_owned());
        found.error("assistant.wrong_rate", format!("{rate} is not between {} and {}", WRONG_RATES.start(), WRONG_RATES.end()), help);
    }
}

/// Nobody reads a question in less, and after a day it is no clock any more.
const DECIDED_WITHIN: std::ops::RangeInclusive<Span> = Span::mins(5)..=Span::days(1);

fn decided_within(length: Length, found: &mut Findings<'_>) {
    if !DECIDED_WITHIN.contains(&length.0) {
        let word = if length.0 < *DECIDED_WITHIN.start() { "short" } else { "long" };
        found.error("decisions.within", format!("{length} is too {word}"), Some("write 5 min to 1 d; 30 min is usual".to_owned()));
    }
}

fn promises(name: &str, policy: &SlaPolicy, found: &mut Findings<'_>) {
    let single = policy.acknowledgements().into_iter();
    let by_severity = policy.tables().into_iter().flat_map(|(key, table)| table.iter().map(move |(s, l)| (format!("{key}.{}", s.word()), *l)));
    for (field, length) in single.chain(by_severity) {
        if length.0 == Span::ZERO {
            let help = Some("give it a length, or leave it out to promise nothing".to_owned());
            found.error(&format!("sla.{name}.{field}"), "no time at all cannot be kept", help);
        }
    }
    if let Some(length) = policy.acknowledge.filter(|l| name == "hypercare" && l.0 > ACKNOWLEDGE_WITHIN) {
        let help = Some("10 to 15 min reassure that the matter is known; the answer may come later".to_owned());
        found.warning("sla.hypercare.acknowledge", format!("{length} is long for a first sign"), help);
    }
}
