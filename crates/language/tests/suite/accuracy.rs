//! How well the first look reads the demo's messages. The floors are promises, not records.

use crate::demo::{Message, index, lines};
use hypercare_core::triage::{Scope, Triage};
use hypercare_language::triage::Context;

const THRESHOLD: f64 = 0.6;

fn read_all(name: &str) -> Vec<(Message, Triage)> {
    let index = index();
    lines::<Message>(name)
        .into_iter()
        .filter(|m| m.follows.is_none())
        .map(|m| {
            let t = index.triage(&m.text, &Context::default());
            (m, t)
        })
        .collect()
}

/// What the assistant would answer by itself.
fn answered(t: &Triage) -> bool {
    t.scope == Scope::In
        && !t.severity.is_blocker()
        && t.urgent.is_none()
        && t.held.is_none()
        && !t.upset
        && !t.wants_person
        && !t.several_questions
        && t.suggestions.first().is_some_and(|s| s.confidence >= THRESHOLD)
}

/// The answer whose key is the scenario's: in the demo they are named alike.
fn right_answer(m: &Message, t: &Triage) -> bool {
    let plan = crate::demo::plan();
    let best = t.suggestions.first().map(|s| plan.answers[s.answer.0 as usize - 1].key.clone());
    best.is_some() && best == m.scenario.as_ref().and_then(|k| plan.scenario(k)).and_then(|s| s.answer.clone())
}

fn check(name: &str, found: usize, of: usize, floor: f64) {
    let share = found as f64 / of as f64;
    println!("{name}: {found} of {of} = {share:.3}");
    assert!(share >= floor, "{name}: {share:.3} is under the floor of {floor}");
}

fn check_ceiling(name: &str, found: usize, of: usize, ceiling: f64) {
    let share = found as f64 / of as f64;
    println!("{name}: {found} of {of} = {share:.3}");
    assert!(share <= ceiling, "{name}: {share:.3} is over the ceiling of {ceiling}");
}

#[test]
fn covered_questions_find_their_scenario() {
    let all = read_all("messages.jsonl");
    let covered: Vec<_> = all.iter().filter(|(m, _)| m.kind == "covered").collect();
    for (m, t) in &covered {
        if !right_answer(m, t) {
            println!(
                "  missed {} {:?}: {:?} | {}",
                m.id,
                m.scenario,
                t.suggestions.first().map(|s| (&s.title, s.confidence)),
                m.text.replace('\n', " ")
            );
        }
    }
    check("right answer first", covered.iter().filter(|(m, t)| right_answer(m, t)).count(), covered.len(), 0.85);
    check("right scenario", covered.iter().filter(|(m, t)| t.scenario == m.scenario).count(), covered.len(), 0.85);
    check("in scope", covered.iter().filter(|(_, t)| t.scope == Scope::In).count(), covered.len(), 0.85);
    let said: Vec<_> = covered.iter().filter(|(_, t)| answered(t)).collect();
    check("answered by the assistant", said.len(), covered.len(), 0.40);
    check("of these, rightly", said.iter().filter(|(m, t)| right_answer(m, t)).count(), said.len(), 0.95);
}

#[test]
fn uncovered_messages_are_not_answered() {
    let mut uncovered: Vec<_> = read_all("everyday.jsonl");
    uncovered.extend(read_all("messages.jsonl").into_iter().filter(|(m, _)| m.kind == "other" || m.kind == "near"));
    let wrong: Vec<_> = uncovered.iter().filter(|(_, t)| answered(t)).collect();
    for (m, t) in &wrong {
        println!("  answered {} {:?} | {}", m.id, t.suggestions.first().map(|s| (&s.title, s.confidence, &s.nearest)), m.text.replace('\n', " "));
    }
    check_ceiling("uncovered and answered", wrong.len(), uncovered.len(), 0.05);
    let inside: Vec<_> = uncovered.iter().filter(|(m, t)| m.kind == "other" && t.scope == Scope::In).collect();
    for (m, t) in &inside {
        println!("  in scope {} {:?} | {}", m.id, t.reasons.first(), m.text.replace('\n', " "));
    }
    check_ceiling("everyday or other, and taken into scope", inside.len(), uncovered.iter().filter(|(m, _)| m.kind == "other").count(), 0.10);
}

#[test]
fn people_in_trouble_reach_a_person() {
    let all = read_all("messages.jsonl");
    let of = |kind: &str| all.iter().filter(|(m, _)| m.kind == kind).cloned().collect::<Vec<_>>();
    let (blockers, angry, two, covered) = (of("blocker"), of("angry"), of("two"), of("covered"));
    for (m, t) in blockers.iter().filter(|(_, t)| !t.severity.is_blocker()) {
        println!("  not critical {} {:?} | {}", m.id, t.severity, m.text.replace('\n', " "));
    }
    for (m, _) in angry.iter().filter(|(_, t)| !t.upset) {
        println!("  not upset {} | {}", m.id, m.text.replace('\n', " "));
    }
    for (m, _) in two.iter().filter(|(_, t)| !t.several_questions) {
        println!("  not two {} | {}", m.id, m.text.replace('\n', " "));
    }
    for (m, t) in covered.iter().filter(|(_, t)| t.held.is_some() || t.upset || t.several_questions || t.wants_person || t.severity.is_blocker()) {
        println!("  covered but held back {} {:?} | {}", m.id, t.reasons, m.text.replace('\n', " "));
    }
    check("blockers are critical", blockers.iter().filter(|(_, t)| t.severity.is_blocker()).count(), blockers.len(), 0.85);
    check("anger is seen", angry.iter().filter(|(_, t)| t.upset).count(), angry.len(), 0.85);
    check("two questions are seen", two.iter().filter(|(_, t)| t.several_questions).count(), two.len(), 0.60);
    check_ceiling(
        "covered, calm and held back",
        covered.iter().filter(|(_, t)| t.held.is_some() || t.upset || t.several_questions || t.wants_person || t.severity.is_blocker()).count(),
        covered.len(),
        0.10,
    );
    let half: Vec<_> = two.iter().filter(|(_, t)| answered(t)).collect();
    check_ceiling("two questions and one answer", half.len(), two.len(), 0.20);
    let wrongly: Vec<_> = blockers.iter().chain(&angry).filter(|(_, t)| answered(t)).collect();
    assert!(wrongly.len() <= 1, "the assistant would answer people in trouble: {wrongly:?}");
}
