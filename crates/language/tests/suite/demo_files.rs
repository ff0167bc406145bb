//! The demo's content is complete and consistent.

use crate::demo::{Message, Reply, lines, plan, read};
use hypercare_core::Channel;
use std::collections::{BTreeMap, BTreeSet};

const KINDS: [&str; 8] = ["covered", "near", "other", "angry", "two", "blocker", "thanks", "follow_up"];

fn check_messages(name: &str, at_least: usize, last_day: u32) -> Vec<Message> {
    let messages: Vec<Message> = lines(name);
    assert!(messages.len() >= at_least, "{name} has {} messages", messages.len());
    let plan = plan();
    let mut seen: BTreeMap<&str, &Message> = BTreeMap::new();
    let mut texts = BTreeSet::new();
    for m in &messages {
        assert!(m.id.len() == 4 && seen.insert(&m.id, m).is_none(), "{}: not unique", m.id);
        assert!(Channel::from_word(&m.channel).is_some(), "{}: channel {}", m.id, m.channel);
        assert!(!m.contact.is_empty() && m.email.ends_with(".example") && m.email.is_ascii(), "{}: {}", m.id, m.email);
        assert!(!m.text.trim().is_empty() && texts.insert(&m.text), "{}: empty or repeated text", m.id);
        assert!((1..=last_day).contains(&m.day), "{}: day {}", m.id, m.day);
        assert!(KINDS.contains(&m.kind.as_str()), "{}: kind {}", m.id, m.kind);
        if let Some(key) = &m.scenario {
            assert!(plan.scenario(key).is_some(), "{}: scenario {key} is not in the plan", m.id);
        }
        assert!(m.kind != "covered" || m.scenario.is_some(), "{}: covered by what?", m.id);
        if let Some(earlier) = &m.follows {
            let earlier = seen.get(earlier.as_str()).unwrap_or_else(|| panic!("{}: follows {earlier}, which is not before it", m.id));
            assert!(earlier.contact == m.contact && earlier.day <= m.day, "{}: does not follow {}", m.id, earlier.id);
        }
        assert_eq!(m.follows.is_some(), m.kind == "thanks" || m.kind == "follow_up", "{}", m.id);
    }
    messages
}

#[test]
fn messages_are_many_and_mixed() {
    let messages = check_messages("messages.jsonl", 420, 12);
    let share = |kind: &str| messages.iter().filter(|m| m.kind == kind).count() as f64 / messages.len() as f64;
    assert!((0.5..0.62).contains(&share("covered")), "covered {}", share("covered"));
    assert!((0.1..0.2).contains(&share("other")), "other {}", share("other"));
    for kind in KINDS {
        assert!(share(kind) > 0.03, "too few of kind {kind}");
    }
    let by_day = |day| messages.iter().filter(|m| m.day == day).count();
    assert!(by_day(1) > by_day(3) && by_day(3) > by_day(6) && by_day(6) > by_day(12), "the wave does not decay");
    for scenario in &plan().scenarios {
        let n = messages.iter().filter(|m| m.scenario.as_ref() == Some(&scenario.key) && m.kind == "covered").count();
        assert!(n >= 10, "only {n} messages for {}", scenario.key);
        for example in &scenario.examples {
            assert!(!messages.iter().any(|m| m.text == *example), "an example is also a test: {example}");
        }
    }
}

#[test]
fn everyday_life_is_there() {
    let messages = check_messages("everyday.jsonl", 160, 28);
    assert!(messages.iter().all(|m| m.scenario.is_none()));
}

#[test]
fn replies_suit_every_kind_that_people_answer() {
    let replies: Vec<Reply> = lines("replies.jsonl");
    assert!(replies.len() >= 60, "{} replies", replies.len());
    for kind in ["near", "other", "angry", "blocker", "two", "follow_up"] {
        assert!(replies.iter().filter(|r| r.suits == kind).count() >= 4, "too few for {kind}");
    }
    let texts: BTreeSet<_> = replies.iter().map(|r| &r.text).collect();
    assert!(texts.len() == replies.len() && texts.iter().all(|t| t.len() > 20));
}

#[test]
fn the_plan_has_no_problems() {
    let report = hypercare_core::plan::check(&read("plan.toml"));
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
}

#[test]
fn the_plan_is_exemplary() {
    let plan = plan();
    plan.go_live_at().expect("a go-live");
    assert!((12..=14).contains(&plan.scenarios.len()) && (12..=14).contains(&plan.answers.len()) && plan.objectives.len() == 3);
    for s in &plan.scenarios {
        assert!(s.examples.len() >= 8, "{}: {} examples", s.key, s.examples.len());
        assert!([&s.before, &s.now, &s.doubt, &s.playbook, &s.owner, &s.category].iter().all(|t| !t.is_empty()), "{}", s.key);
        assert!(s.answer.as_ref().is_some_and(|a| plan.answer(a).is_some()), "{}: answer", s.key);
        assert!(s.escalation.as_ref().is_some_and(|e| plan.escalations.iter().any(|p| p.key == *e)), "{}: escalation", s.key);
        assert!(!s.may_confirm.is_empty() && !s.may_approve.is_empty() && !s.may_roll_back.is_empty(), "{}: rights", s.key);
    }
    for a in &plan.answers {
        assert!([&a.expected, &a.do_now, &a.next_update].iter().all(|t| t.len() > 40), "{}", a.key);
        assert!(a.source.starts_with("https://help.nordlicht.example/"), "{}", a.key);
    }
    let (hypercare, normal) = (plan.sla.hypercare.as_ref().expect("hypercare"), plan.sla.normal.as_ref().expect("normal"));
    assert!(hypercare.first_response.len() == 4 && normal.first_response.len() == 4);
    // Every signal that the desk measures itself. Adoption is sent in by the product, and the demo's is made up.
    use hypercare_core::signals::Signal;
    for signal in Signal::ALL {
        assert_eq!(plan.signals.iter().any(|s| s.key == signal.key()), !matches!(signal, Signal::Adoption | Signal::CheckIn), "{}", signal.key());
    }
}
