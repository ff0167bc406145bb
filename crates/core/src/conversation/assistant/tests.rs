//! The machine by itself: one line for each rule, and what holds for every path.

use super::*;
use proptest::prelude::*;

const ASKED: f64 = 0.6;

fn candidate(id: i64, confidence: f64) -> Candidate {
    Candidate { answer: AnswerId(id), title: format!("Title {id}?"), confidence, live: true }
}

fn calm() -> Findings {
    Findings { scope: Scope::In, severity: Severity::Normal, urgent: None, held: None, wants_person: false, upset: false, several_questions: false }
}

fn inputs(confidences: &[f64]) -> Inputs {
    Inputs {
        state: State::Assistant,
        heard: Heard::Message,
        settings: Settings { answers: true, confidence: ASKED, held_back: None },
        close: CLOSE,
        findings: calm(),
        candidates: (1..).zip(confidences).map(|(id, c)| candidate(id, *c)).collect(),
        options: vec![],
    }
}

fn told(action: &Action) -> String {
    match action {
        Action::Answer(a) => format!("answer {}", a.answer.0),
        Action::Ask(a, b) => format!("ask {} {}", a.answer.0, b.answer.0),
        Action::HandOver(cause) => format!("{cause:?}"),
        Action::Close => "close".into(),
        Action::Silent => "silent".into(),
    }
}

#[track_caller]
fn check(i: &Inputs, expected: &str) {
    assert_eq!(told(&decide(i)), expected, "{i:?}");
}

#[test]
fn one_sure_answer_is_given_two_close_ones_are_asked_about() {
    check(&inputs(&[0.6]), "answer 1");
    check(&inputs(&[0.59]), "Unsure");
    check(&inputs(&[0.9, 0.8]), "answer 1");
    check(&inputs(&[0.9, 0.86]), "ask 1 2");
    check(&inputs(&[0.61, 0.59]), "answer 1");
    check(&inputs(&[0.4, 0.3, 0.1]), "ask 1 2");
    check(&inputs(&[0.45, 0.25]), "ask 1 2");
    check(&inputs(&[0.5, 0.25]), "Unsure");
    check(&inputs(&[0.3, 0.28]), "Unsure");
    check(&inputs(&[]), "NoAnswer");
}

#[test]
fn the_first_reason_for_a_person_wins() {
    #[track_caller]
    fn check_found(change: impl FnOnce(&mut Inputs), expected: &str) {
        let mut i = inputs(&[0.9]);
        change(&mut i);
        check(&i, expected);
    }
    check_found(|i| i.findings.urgent = Some(Urgency::Legal), "Urgent");
    check_found(|i| i.findings.wants_person = true, "Asked");
    check_found(|i| i.findings.severity = Severity::Critical, "Blocked");
    check_found(|i| i.findings.upset = true, "Upset");
    check_found(|i| i.findings.held = Some("Why.".into()), "Held");
    check_found(|i| i.findings.scope = Scope::Unsure, "OutOfScope");
    check_found(|i| i.findings.scope = Scope::Out, "OutOfScope");
    check_found(|i| i.findings.several_questions = true, "SeveralQuestions");
    check_found(|i| i.settings.answers = false, "SwitchedOff");
    check_found(|i| i.withdraw(AnswerId(1)), "Withdrawn");
    check_found(
        |i| {
            i.findings.urgent = Some(Urgency::SelfHarm);
            i.findings.wants_person = true;
            i.findings.scope = Scope::Out;
        },
        "Urgent",
    );
}

#[test]
fn a_choice_is_answered_and_a_second_question_is_not_asked() {
    let asked = |heard: Heard, confidences: &[f64]| Inputs {
        state: State::WaitingForChoice,
        heard,
        options: vec![candidate(1, 0.4), candidate(2, 0.3)],
        ..inputs(confidences)
    };
    check(&asked(Heard::Chose(0), &[]), "answer 1");
    check(&asked(Heard::Chose(1), &[]), "answer 2");
    check(&asked(Heard::Chose(2), &[]), "StillUnsure");
    check(&asked(Heard::Neither, &[0.9]), "Neither");
    check(&asked(Heard::Message, &[0.7]), "answer 1");
    check(&asked(Heard::Message, &[0.4, 0.3]), "StillUnsure");
    let mut withdrawn = asked(Heard::Chose(1), &[]);
    withdrawn.withdraw(AnswerId(2));
    check(&withdrawn, "Withdrawn");
    let mut upset = asked(Heard::Message, &[0.9]);
    upset.findings.upset = true;
    check(&upset, "Upset");
}

#[test]
fn after_the_answer_only_a_verdict_keeps_people_out() {
    let answered = |state: State, heard: Heard| Inputs { state, heard, ..inputs(&[0.9]) };
    check(&answered(State::WaitingForVerdict, Heard::Verdict(true)), "close");
    check(&answered(State::WaitingForVerdict, Heard::Verdict(false)), "DidNotHelp");
    check(&answered(State::WaitingForVerdict, Heard::Message), "WroteAgain");
    check(&answered(State::Helped, Heard::Message), "WroteAgain");
    check(&answered(State::Helped, Heard::Verdict(false)), "DidNotHelp");
    check(&answered(State::Person, Heard::Verdict(false)), "silent");
    check(&answered(State::Assistant, Heard::Verdict(true)), "silent");
}

#[test]
fn held_back_it_neither_answers_nor_asks_and_says_why() {
    #[track_caller]
    fn check_held(held_back: HeldBack, expected: &str, says: &str) {
        let held = |i: Inputs| Inputs { settings: Settings { held_back: Some(held_back), ..i.settings }, ..i };
        check(&held(inputs(&[0.99])), expected);
        check(&held(inputs(&[0.4, 0.3])), expected);
        check(&held(inputs(&[])), "NoAnswer");
        let chosen =
            Inputs { state: State::WaitingForChoice, heard: Heard::Chose(0), options: vec![candidate(1, 0.4), candidate(2, 0.3)], ..inputs(&[]) };
        check(&held(chosen), expected);
        let mut off = held(inputs(&[0.99]));
        off.settings.answers = false;
        check(&off, "SwitchedOff");
        let i = held(inputs(&[0.99]));
        assert_eq!(words::why(&i, held_back.cause()), says);
    }
    let more = |more| HeldBack::TooFew { more };
    check_held(more(127), "TooFewOutcomes", "Not enough confirmed outcomes yet: 127 more outcomes are needed before the assistant may answer.");
    check_held(more(1), "TooFewOutcomes", "Not enough confirmed outcomes yet: 1 more outcome is needed before the assistant may answer.");
    let wrong = "Among the confirmed outcomes even the surest matches were wrong too often: the assistant only suggests.";
    check_held(HeldBack::TooOftenWrong, "TooOftenWrong", wrong);
    let unknown = "The confirmed outcomes are being judged, which takes seconds: until then the assistant only suggests.";
    check_held(HeldBack::NotYetKnown, "NotYetKnown", unknown);
}

#[test]
fn decisions_from_before_are_read_as_they_were() {
    let old: Settings = serde_json::from_str(r#"{"answers":true,"confidence":0.6}"#).unwrap();
    assert_eq!(old, Settings { answers: true, confidence: 0.6, held_back: None });
}

fn held_back() -> impl Strategy<Value = Option<HeldBack>> {
    let one = prop_oneof![(1_u32..200).prop_map(|more| HeldBack::TooFew { more }), Just(HeldBack::TooOftenWrong), Just(HeldBack::NotYetKnown)];
    prop::option::weighted(0.2, one)
}

fn shares() -> impl Strategy<Value = f64> {
    (0.0..=1.0_f64).prop_map(rounded)
}

fn heards() -> impl Strategy<Value = Heard> {
    prop_oneof![
        4 => Just(Heard::Message),
        2 => (0_usize..4).prop_map(Heard::Chose),
        1 => Just(Heard::Neither),
        2 => any::<bool>().prop_map(Heard::Verdict),
    ]
}

fn findings() -> impl Strategy<Value = Findings> {
    let rarely = || prop::bool::weighted(0.1);
    let scope = prop_oneof![6 => Just(Scope::In), 1 => Just(Scope::Out), 1 => Just(Scope::Unsure)];
    let severity = prop_oneof![5 => Just(Severity::Normal), 1 => Just(Severity::Critical)];
    let urgent = prop::option::weighted(0.1, prop::sample::select(Urgency::ALL.to_vec()));
    (scope, severity, urgent, prop::option::weighted(0.1, Just("Why.".to_owned())), rarely(), rarely(), rarely()).prop_map(
        |(scope, severity, urgent, held, wants_person, upset, several_questions)| Findings {
            scope,
            severity,
            urgent,
            held,
            wants_person,
            upset,
            several_questions,
        },
    )
}

/// What comes in, whatever the state: the state and the options are put in as the path goes.
fn turns() -> impl Strategy<Value = Vec<Inputs>> {
    let candidates = prop::collection::vec((shares(), prop::bool::weighted(0.9)), 0..4);
    let one = (heards(), findings(), candidates, prop::bool::weighted(0.9), shares(), held_back()).prop_map(
        |(heard, findings, mut found, answers, confidence, held_back)| {
            found.sort_by(|a, b| b.0.total_cmp(&a.0));
            let candidates = (1..).zip(found).map(|(id, (sure, live))| Candidate { live, ..candidate(id, sure) }).collect();
            Inputs { heard, findings, candidates, settings: Settings { answers, confidence, held_back }, ..inputs(&[]) }
        },
    );
    prop::collection::vec(one, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_path_is_short_and_ends_at_a_person_or_with_help(path in turns()) {
        let (mut state, mut options) = (State::Assistant, vec![]);
        let (mut questions, mut answers, mut messages) = (0, 0, 0);
        for turn in path {
            let i = Inputs { state, options: std::mem::take(&mut options), ..turn };
            let action = decide(&i);
            let bars = i.findings.urgent.is_some() || i.findings.wants_person || i.findings.upset || i.findings.held.is_some() || i.findings.severity.is_blocker();
            match &action {
                Action::Answer(chosen) => {
                    answers += 1;
                    prop_assert!(chosen.live && i.settings.answers && i.settings.held_back.is_none(), "only what may be said is said");
                    let fits = chosen.confidence >= i.settings.confidence;
                    prop_assert!(fits || matches!(i.heard, Heard::Chose(_)) && i.options.contains(chosen), "sure enough, or chosen");
                    prop_assert!(!bars || matches!(i.heard, Heard::Chose(_)), "never to somebody who needs a person");
                }
                Action::Ask(one, other) => {
                    questions += 1;
                    prop_assert!(i.settings.held_back.is_none(), "what would not be answered is not asked about");
                    prop_assert!(one.live && other.live && (one.confidence < i.settings.confidence || other.confidence >= i.settings.confidence) && !bars);
                    options = vec![one.clone(), other.clone()];
                }
                Action::Close => prop_assert_eq!(answers, 1, "only an answer can help"),
                Action::HandOver(cause) => prop_assert!(!words::why(&i, *cause).is_empty()),
                Action::Silent => {}
            }
            if state == State::Person {
                prop_assert_eq!(&action, &Action::Silent, "a person has it");
            }
            prop_assert!(questions <= 1 && answers <= 1, "one question, one answer");
            let kept = serde_json::to_string(&Decision::of("text", i.clone())).unwrap();
            let read: Decision = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(decide(&read.inputs), action.clone(), "what was kept decides the same");
            prop_assert_eq!(&read.action, &action);
            messages += i32::from(i.heard == Heard::Message);
            state = state.after(&action);
            if state == State::WaitingForChoice && action == Action::Silent {
                options = i.options;
            }
            prop_assert!(messages < 3 || matches!(state, State::Person), "the third message at the latest is a person's");
        }
    }
}
