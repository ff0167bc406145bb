//! Whether the plan says what is needed: change, scope, objectives, scenarios, answers, promises, signals.

use super::{Facts, Gaps, SHIFT_OWNER};
use crate::Span;
use crate::plan::{Plan, Scenario};
use crate::signals::Signal;
use std::collections::BTreeSet;

/// Wordings a scenario needs before messages can be recognised by it.
const EXAMPLES_MIN: usize = 3;
/// Objectives that people can keep in mind.
const OBJECTIVES: std::ops::RangeInclusive<usize> = 2..=3;
/// Longest time until a customer hears that the message has arrived and what is known.
const ACKNOWLEDGE_MAX: Span = Span::mins(15);

pub(super) fn change(plan: &Plan, facts: &Facts, gaps: &mut Gaps) {
    if plan.change.owners.iter().all(|o| o.trim().is_empty()) {
        gaps.add("change.owners", "Nobody answers for the change.", "Name the e-mail address of at least one owner in change.owners.");
    }
    for owner in plan.change.owners.iter().filter(|o| !o.trim().is_empty() && !facts.knows(o)) {
        unknown(gaps, format!("change.owners.{owner}"), owner, "answers for the change");
    }
    gaps.blank(
        &plan.change.rollback,
        "change.rollback",
        "There is no rollback plan.",
        "Say in change.rollback how to go back and until when that is possible, or that it is not.",
    );
}

pub(super) fn scope(plan: &Plan, gaps: &mut Gaps) {
    let says_nothing = |lines: &[String]| lines.iter().all(|l| l.trim().is_empty());
    if says_nothing(&plan.scope.inside) {
        gaps.add("scope.in", "The plan does not say what hypercare covers.", "List the new or changed behaviour in scope.in.");
    }
    if says_nothing(&plan.scope.out) {
        gaps.add(
            "scope.out",
            "The plan does not say what hypercare leaves to normal support.",
            "List it in scope.out: without a limit everything becomes hypercare.",
        );
    }
}

pub(super) fn objectives(plan: &Plan, gaps: &mut Gaps) {
    let n = plan.objectives.len();
    if !OBJECTIVES.contains(&n) {
        let what = match n {
            0 => "The plan has no objective: nobody can say later whether it went well.".into(),
            1 => "The plan has one objective; two or three show more than one side.".into(),
            n => format!("The plan has {n} objectives; more than three are not remembered."),
        };
        gaps.add("objectives", what, "Write two or three measurable statements of what \"stable\" means.");
    }
    for o in plan.objectives.iter().filter(|o| Signal::from_key(&o.signal).is_none()) {
        gaps.add(
            format!("objectives.{}.signal", o.key),
            format!("Objective “{}” is about `{}`, which is not measured.", o.name, o.signal),
            format!("Use one of: {}.", Signal::ALL.map(Signal::key).join(", ")),
        );
    }
}

pub(super) fn scenarios(plan: &Plan, facts: &Facts, gaps: &mut Gaps) {
    if plan.scenarios.is_empty() {
        gaps.add(
            "scenarios",
            "The plan names no moment of doubt, so nothing can be recognised or answered.",
            "Write down what customers will ask, in their words, as scenarios.",
        );
    }
    for scenario in &plan.scenarios {
        describe(scenario, gaps);
        answer(plan, scenario, facts, gaps);
        people(plan, scenario, facts, gaps);
    }
}

fn describe(s: &Scenario, gaps: &mut Gaps) {
    let (key, name) = (&s.key, &s.name);
    let mut part = |text: &str, field: &str, lacks: &str, fix: &str| {
        gaps.blank(text, format!("scenarios.{key}.{field}"), format!("Scenario “{name}” does not say {lacks}."), fix);
    };
    part(&s.before, "before", "what customers expected before", "Describe in `before` how it was.");
    part(&s.now, "now", "what is new", "Describe in `now` how it is from go-live on.");
    part(&s.doubt, "doubt", "why that creates doubt", "Say in `doubt` what worries the customer.");
    part(&s.playbook, "playbook", "when reassurance is enough and when to escalate", "Write both into `playbook`.");
    let examples: BTreeSet<String> = s.examples.iter().map(|e| e.trim().to_lowercase()).filter(|e| !e.is_empty()).collect();
    if examples.len() < EXAMPLES_MIN {
        gaps.add(
            format!("scenarios.{key}.examples"),
            format!("Scenario “{name}” has {} of {EXAMPLES_MIN} different wordings.", examples.len()),
            "Add how customers say it to `examples`; five or more, as different as people are, work best.",
        );
    }
}

fn answer(plan: &Plan, s: &Scenario, facts: &Facts, gaps: &mut Gaps) {
    let Some(key) = s.answer.as_deref().filter(|k| !k.trim().is_empty()) else {
        gaps.add(
            format!("scenarios.{}.answer", s.key),
            format!("Scenario “{}” has no answer.", s.name),
            "Write one under [[answers]] and name its key in `answer`.",
        );
        return;
    };
    let Some(answer) = plan.answer(key) else {
        gaps.add(
            format!("scenarios.{}.answer", s.key),
            format!("Scenario “{}” points to the answer `{key}`, which the plan does not have.", s.name),
            "Write it under [[answers]], or name another key.",
        );
        return;
    };
    // Two scenarios may share an answer; it is missing once.
    let gap = format!("answers.{key}.approved");
    if !facts.approved_answers.contains(key) && !gaps.0.iter().any(|g| g.key == gap) {
        gaps.add(
            gap,
            format!("The answer “{}” is not approved.", answer.title),
            "Have someone with the right approve it; nothing unapproved is ever sent.",
        );
    }
}

fn people(plan: &Plan, s: &Scenario, facts: &Facts, gaps: &mut Gaps) {
    let (key, name) = (&s.key, &s.name);
    gaps.blank(
        &s.owner,
        format!("scenarios.{key}.owner"),
        format!("Scenario “{name}” has no owner."),
        "Name the e-mail address of who owns it in `owner`.",
    );
    if !s.owner.trim().is_empty() && s.owner != SHIFT_OWNER && !facts.knows(&s.owner) {
        unknown(gaps, format!("scenarios.{key}.owner"), &s.owner, &format!("owns scenario “{name}”"));
    }
    match s.escalation.as_deref().filter(|e| !e.trim().is_empty()) {
        None => gaps.add(
            format!("scenarios.{key}.escalation"),
            format!("Scenario “{name}” has no escalation path."),
            "Name the key of a path under [[escalations]] in `escalation`.",
        ),
        Some(path) if !plan.escalations.iter().any(|e| e.key == path) => gaps.add(
            format!("scenarios.{key}.escalation"),
            format!("Scenario “{name}” escalates to `{path}`, which the plan does not have."),
            "Add it under [[escalations]], or name another path.",
        ),
        Some(_) => {}
    }
    for (field, who, may) in [
        ("may_confirm", &s.may_confirm, "may confirm that it is expected"),
        ("may_approve", &s.may_approve, "may approve temporary messages"),
        ("may_roll_back", &s.may_roll_back, "may trigger a rollback or workaround"),
    ] {
        if who.iter().all(|w| w.trim().is_empty()) {
            gaps.add(
                format!("scenarios.{key}.{field}"),
                format!("Nobody {may} for scenario “{name}”."),
                format!("Name people's e-mail addresses, or `{SHIFT_OWNER}`, in `{field}`."),
            );
        }
        for email in who.iter().filter(|w| !w.trim().is_empty() && *w != SHIFT_OWNER && !facts.knows(w)) {
            unknown(gaps, format!("scenarios.{key}.{field}.{email}"), email, &format!("{may} for scenario “{name}”"));
        }
    }
}

pub(super) fn escalations(plan: &Plan, facts: &Facts, gaps: &mut Gaps) {
    for path in &plan.escalations {
        if path.to.iter().all(|t| t.trim().is_empty()) {
            gaps.add(
                format!("escalations.{}.to", path.key),
                format!("Escalation path “{}” reaches nobody.", path.name),
                "Name at least one e-mail address in `to`.",
            );
        }
        for email in path.to.iter().filter(|t| !t.trim().is_empty() && !facts.knows(t)) {
            unknown(gaps, format!("escalations.{}.to.{email}", path.key), email, &format!("receives escalations on “{}”", path.name));
        }
    }
}

pub(super) fn promises(plan: &Plan, gaps: &mut Gaps) {
    let fix = "Set sla.hypercare.acknowledge to 15 min or less; the acknowledgement is automatic.";
    match plan.sla.hypercare.as_ref().map(|policy| policy.acknowledge) {
        None => gaps.add(
            "sla.hypercare",
            "There are no promises for the window.",
            "Write [sla.hypercare] with acknowledge, first_response and resolution.",
        ),
        Some(None) => gaps.add("sla.hypercare.acknowledge", "Nothing is promised about how soon a message is acknowledged.", fix),
        Some(Some(length)) if length.0 > ACKNOWLEDGE_MAX => gaps.add(
            "sla.hypercare.acknowledge",
            format!("Messages about the change are acknowledged within {length}; at the moment of doubt that is too late."),
            fix,
        ),
        Some(Some(_)) => {}
    }
}

pub(super) fn signals(plan: &Plan, gaps: &mut Gaps) {
    if !plan.signals.iter().any(|s| s.required && Signal::from_key(&s.key).is_some()) {
        gaps.add(
            "signals",
            "The plan requires no signal, so nothing can show that things are stable.",
            "List what to watch under [[signals]]: contacts, first_response and repeat_share are a good start.",
        );
    }
}

pub(super) fn unknown(gaps: &mut Gaps, key: String, email: &str, does: &str) {
    gaps.add(key, format!("{email} {does} but cannot sign in."), "Invite this person, or name someone who is here.");
}
