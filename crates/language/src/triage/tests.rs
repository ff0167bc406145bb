use super::*;
use hypercare_core::Severity;
use hypercare_core::plan::{Plan, Scenario, SeverityRule};
use hypercare_core::triage::Scope;

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}

fn plan() -> Plan {
    let scenario = |key: &str, name: &str, category: &str, severity, answer: &str, examples: &[&str]| Scenario {
        key: key.into(),
        name: name.into(),
        category: category.into(),
        severity,
        answer: Some(answer.into()),
        examples: strings(examples),
        ..Scenario::default()
    };
    let mut plan = Plan {
        scenarios: vec![
            scenario(
                "price",
                "I am charged more",
                "billing",
                Severity::Normal,
                "price",
                &["Why is my bill higher?", "The invoice went up", "My plan costs more than before"],
            ),
            scenario("guests", "My guests are limited", "access", Severity::High, "guests", &["Guests cannot upload", "I cannot invite more guests"]),
            scenario("debit", "A debit I do not know", "billing", Severity::High, "price", &["There is an unknown debit on my card"]),
        ],
        severity_rules: vec![
            SeverityRule { severity: Severity::Critical, any: strings(&["locked out", "cannot log in"]), reason: "access is blocked".into() },
            SeverityRule { severity: Severity::High, any: strings(&["charged twice"]), reason: "money is affected".into() },
            SeverityRule { severity: Severity::Low, any: strings(&["typo"]), reason: "cosmetic".into() },
        ],
        ..Plan::default()
    };
    plan.scope.words = strings(&["new price", "studio-plus"]);
    plan.scope.out_examples = strings(&["How do I reset my password?", "The app crashes on start"]);
    plan
}

fn answers() -> Vec<LiveAnswer> {
    vec![
        LiveAnswer {
            id: AnswerId(1),
            key: "price".into(),
            title: "Why do I pay more?".into(),
            examples: strings(&["Did the price go up?"]),
            confirmed: vec![],
        },
        LiveAnswer { id: AnswerId(2), key: "guests".into(), title: "How many guests can I have?".into(), examples: vec![], confirmed: vec![] },
    ]
}

fn issues() -> Vec<KnownIssue> {
    vec![
        KnownIssue { id: IssueId(7), title: "Guests have no upload".into(), scenario: Some("guests".into()), wordings: vec![] },
        KnownIssue {
            id: IssueId(8),
            title: "Checkout rejects cards".into(),
            scenario: None,
            wordings: strings(&["The checkout says card rejected with code 51"]),
        },
    ]
}

fn read(text: &str) -> Triage {
    PlanIndex::new(&plan(), &answers(), &issues()).triage(text, &Context::default())
}

#[test]
fn scope_and_scenario() {
    fn check(text: &str, scope: Scope, scenario: Option<&str>, reason: &str) {
        let t = read(text);
        assert_eq!((t.scope, t.scenario.as_deref()), (scope, scenario), "{text}: {:?}", t.reasons);
        assert!(t.reasons[0].contains(reason), "{text}: {:?}", t.reasons);
    }
    check("why is my bill so much higher", Scope::In, Some("price"), "near “Why is my bill higher?” (scenario “I am charged more”");
    check("Guests can not upload", Scope::In, Some("guests"), "(scenario “My guests are limited”");
    check("Do we also get ISO papers with Studio-Plus?", Scope::In, None, "says “studio-plus”, a word of the change");
    check("how can I reset the password", Scope::Out, None, "Out of scope: near “How do I reset my password?”");
    check("What is the weather like in Porto", Scope::Unsure, None, "Scope unsure");
}

#[test]
fn severity_follows_the_rules_then_the_scenario() {
    fn check(text: &str, severity: Severity, reason: &str) {
        let t = read(text);
        assert_eq!(t.severity, severity, "{text}: {:?}", t.reasons);
        assert!(t.reasons.iter().any(|r| r.contains(reason)), "{text}: {:?}", t.reasons);
    }
    check("We are locked out", Severity::Critical, "Critical: says “locked out”: access is blocked (rule in the plan).");
    check("I can't even log in!", Severity::Critical, "says “cannot log in”");
    check("I was charged twice and there is a typo", Severity::High, "money is affected");
    check("I am no longer locked out", Severity::Normal, "is not so");
    check("Will I be locked out on Monday?", Severity::Normal, "Asks about “locked out”");
    check("We were locked out but it works again", Severity::Normal, "works again");
    check("We are locked out and it is not working now", Severity::Critical, "access is blocked");
    check("Guests cannot upload", Severity::High, "High: the scenario's severity.");
    check("there's a typo on the page", Severity::Low, "cosmetic");
    check("hello", Severity::Normal, "no rule of the plan applies");
}

#[test]
fn repeats_are_linked() {
    fn check(text: &str, issue: Option<i64>, reason: &str) {
        let t = read(text);
        assert_eq!(t.issue, issue.map(IssueId), "{text}: {:?}", t.reasons);
        assert!(reason.is_empty() || t.reasons.iter().any(|r| r.contains(reason)), "{text}: {:?}", t.reasons);
    }
    check("Guests cannot upload", Some(7), "Repeats issue “Guests have no upload”");
    check("I cannot invite more guests", Some(7), "the same scenario");
    check("checkout says that my card is rejected, code 51", Some(8), "near “The checkout says card rejected with code 51”");
    check("Why is my bill higher?", None, "");
    check("how can I reset the password", None, "");
}

#[test]
fn suggestions_come_from_live_answers() {
    let t = read("Why is my bill higher?");
    assert_eq!((t.suggestions[0].answer, t.suggestions[0].title.as_str()), (AnswerId(1), "Why do I pay more?"));
    assert!(t.suggestions[0].confidence > 0.6 && t.suggestions.len() <= 3, "{:?}", t.suggestions);
    let none = PlanIndex::new(&plan(), &[], &[]).triage("Why is my bill higher?", &Context::default());
    assert_eq!((none.scenario.as_deref(), none.suggestions.len()), (Some("price"), 0));
}

#[test]
fn two_questions_are_told_from_one_asked_twice() {
    fn check(text: &str, expected: bool) {
        let t = read(text);
        assert_eq!(t.several_questions, expected, "{text}: {:?}", t.reasons);
    }
    check("Why is my bill higher? And why can my guests not upload?", true);
    check("Why is my bill higher, and how do I rotate a picture?", true);
    check("Why is my bill higher? Is this normal?", false);
    check("Why is my bill higher? Can you explain?", false);
    check("Why is my bill higher? Is there an unknown debit on my card?", false);
    check("How do I rotate a picture? Where is the nearest shop?", false);
}

#[test]
fn tone_is_read_with_its_words() {
    let t = read("This is a rip-off!!! Is this normal?? I want to speak to a human");
    assert!(t.upset && t.reassurance && t.wants_person, "{:?}", t.reasons);
    for part in ["Upset: anger (“rip off”)", "says “is this normal”", "says “speak to a human”"] {
        assert!(t.reasons.iter().any(|r| r.contains(part)), "{part}: {:?}", t.reasons);
    }
}

#[test]
fn a_correction_outlives_later_messages() {
    let index = PlanIndex::new(&plan(), &answers(), &[]);
    let corrected = Triage {
        scope: Scope::Out,
        corrected_by: Some("Aiko".into()),
        severity: Severity::High,
        ..index.triage("Why is my bill higher?", &Context::default())
    };
    let next = index.triage("Guests cannot upload", &Context { subject: None, previous: Some(&corrected) });
    assert_eq!((next.scope, next.corrected_by.as_deref(), next.severity), (Scope::Out, Some("Aiko"), Severity::High));
}

#[test]
fn the_subject_is_read_too() {
    let index = PlanIndex::new(&plan(), &answers(), &[]);
    let t = index.triage("See above, please answer soon.", &Context { subject: Some("Why is my bill higher?"), previous: None });
    assert_eq!(t.scenario.as_deref(), Some("price"), "{:?}", t.reasons);
}

mod with_heads {
    use super::*;
    use crate::Letters;
    use crate::encoder::Encoder;
    use crate::trained::{Heads, Lesson, Seeds, Taught};
    use std::sync::Arc;

    const KIOSK: &str = "The kiosk at the harbour shows a blue voucher";

    fn taught(lesson: Lesson, scenario: Option<Option<String>>) -> (Lesson, Taught) {
        (lesson, Taught { text: KIOSK.into(), by: "Ingrid".into(), on: "Tuesday 17 November".into(), scenario })
    }

    /// Reads a text after lessons, by words and by vectors.
    #[track_caller]
    fn check(lessons: &[(Lesson, Taught)], text: &str, reads: impl Fn(&Triage) -> bool, reason: &str) {
        for encoder in [None, Some(Arc::new(Letters) as Arc<dyn Encoder>)] {
            let heads = Heads::new(&Seeds::new(encoder.as_ref()), &plan(), lessons);
            let index = PlanIndex::new(&plan(), &answers(), &issues()).with_heads(Arc::new(heads));
            let t = index.triage(text, &Context::default());
            assert!(reads(&t), "{text}: {t:?}");
            assert!(reason.is_empty() || t.reasons.iter().any(|r| r.contains(reason)), "{text}: {:?}", t.reasons);
        }
    }

    const LIKE: &str = "like “The kiosk at the harbour shows a blue voucher”, a message that Ingrid corrected on Tuesday 17 November.";

    #[test]
    fn corrections_decide_each_reading() {
        let alike = "our kiosk at the harbour shows the blue voucher";
        check(&[], alike, |t| t.scope != Scope::In && !t.reassurance && t.severity == Severity::Normal, "");
        check(&[taught(Lesson::Severity(Severity::High), None)], alike, |t| t.severity == Severity::High, &format!("High: {LIKE}"));
        check(&[taught(Lesson::Reassurance(true), None)], alike, |t| t.reassurance, &format!("Seeks reassurance: {LIKE}"));
        check(&[taught(Lesson::InScope(false), None)], alike, |t| t.scope == Scope::Out, &format!("Out of scope: {LIKE}"));
        check(&[taught(Lesson::InScope(true), None)], alike, |t| t.scope == Scope::In && t.scenario.is_none(), &format!("In scope: {LIKE}"));
        check(
            &[taught(Lesson::InScope(true), Some(None))],
            alike,
            |t| t.scope == Scope::In && t.scenario.is_none(),
            &format!("of no scenario: {LIKE}"),
        );
        let guests = [taught(Lesson::InScope(true), Some(Some("guests".into())))];
        check(
            &guests,
            alike,
            |t| t.scenario.as_deref() == Some("guests") && t.category.as_deref() == Some("access"),
            &format!("scenario “My guests are limited”, {LIKE}"),
        );
        // A scenario that the plan no longer has is none.
        let gone = [taught(Lesson::InScope(true), Some(Some("gone".into())))];
        check(&gone, alike, |t| t.scope == Scope::In && t.scenario.is_none(), "of no scenario");
    }

    #[test]
    fn a_correction_outweighs_words_and_examples_but_no_rule() {
        let ask =
            (Lesson::Reassurance(false), Taught { text: "Is it ok to bring the blue voucher?".into(), ..taught(Lesson::Reassurance(false), None).1 });
        check(&[ask], "is it ok to bring a blue voucher", |t| !t.reassurance, "Seeks no reassurance: like");
        let word =
            (Lesson::InScope(false), Taught { text: "My aunt bought a studio-plus microphone".into(), ..taught(Lesson::InScope(false), None).1 });
        check(&[word], "my aunt has bought a studio-plus microphone", |t| t.scope == Scope::Out, "Out of scope: like");
        let rule = (
            Lesson::Severity(Severity::Low),
            Taught { text: "We are locked out of the kiosk".into(), ..taught(Lesson::Severity(Severity::Low), None).1 },
        );
        check(&[rule], "we are locked out of our kiosk", |t| t.severity == Severity::Critical, "(rule in the plan)");
        let law = (
            Lesson::Severity(Severity::Low),
            Taught { text: "my lawyer will look at the kiosk".into(), ..taught(Lesson::Severity(Severity::Low), None).1 },
        );
        check(&[law], "our lawyer will look at the kiosk", |t| t.severity == Severity::High && t.urgent.is_some(), "Urgent: ");
    }
}
