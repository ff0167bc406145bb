use super::*;
use crate::Letters;

fn seeds() -> [Seeds; 2] {
    [Seeds::new(None), Seeds::new(Some(&(Arc::new(Letters) as Arc<dyn Encoder>)))]
}

fn taught(text: &str, by: &str) -> Taught {
    Taught { text: text.into(), by: by.into(), on: "Tuesday 17 November".into(), scenario: None }
}

fn plan() -> Plan {
    let scenario = |key: &str, category: &str, examples: &[&str]| hypercare_core::plan::Scenario {
        key: key.into(),
        name: key.into(),
        category: category.into(),
        examples: examples.iter().map(|e| (*e).to_owned()).collect(),
        ..Default::default()
    };
    let mut plan = Plan {
        scenarios: vec![
            scenario(
                "price",
                "billing",
                &[
                    "Why is my bill higher?",
                    "The invoice went up",
                    "My plan costs more than before",
                    "I pay more",
                    "Did the price rise?",
                    "Why do I pay more now?",
                    "the bill has grown",
                ],
            ),
            scenario(
                "guests",
                "access",
                &[
                    "Guests cannot upload",
                    "I cannot invite guests",
                    "My guests are limited",
                    "How many guests may I have?",
                    "guest access is gone",
                    "no guest can enter",
                    "guests are refused",
                ],
            ),
        ],
        ..Plan::default()
    };
    plan.scope.out_examples = vec!["How do I reset my password?".into()];
    plan
}

/// The severity read of a text after these corrections, by words and by vectors; none where no correction decides.
#[track_caller]
fn check(corrections: &[(&str, Severity)], text: &str, expected: Option<Severity>) {
    let lessons: Vec<_> = corrections.iter().map(|(text, severity)| (Lesson::Severity(*severity), taught(text, "Ingrid"))).collect();
    for seeds in seeds() {
        let heads = Heads::new(&seeds, &plan(), &lessons);
        let look = heads.look(text);
        let read = heads.severity(&look).filter(|(_, said)| said.taught.is_some()).map(|(severity, _)| severity);
        assert_eq!(read, expected, "{text} by {}", seeds.encoder.as_ref().map_or("words", |e| e.id()));
    }
}

const PALE: &str = "The labels of the second printer look pale";

#[test]
fn what_was_corrected_is_known_again() {
    check(&[(PALE, Severity::High)], PALE, Some(Severity::High));
    check(&[(PALE, Severity::High)], "the labels of our second printer look so pale", Some(Severity::High));
    check(&[(PALE, Severity::High)], "Where do I find my invoice?", None);
    check(&[], PALE, None);
    // Of one text the last counts; of two the nearer.
    check(&[(PALE, Severity::High), (PALE, Severity::Low)], PALE, Some(Severity::Low));
    check(
        &[(PALE, Severity::High), ("The labels of the third printer are torn", Severity::Low)],
        "the labels of the second printer look very pale",
        Some(Severity::High),
    );
    // Another order is another matter.
    check(&[("Where is order 10023, it was due on Monday", Severity::High)], "Where is order 10024, it was due on Monday", None);
    check(&[("", Severity::High)], "", None);
}

#[test]
fn corrections_teach_the_head_beyond_the_very_words() {
    let encoder: Arc<dyn Encoder> = Arc::new(Letters);
    let seeds = Seeds::new(Some(&encoder));
    let chance = |lessons: &[(Lesson, Taught)]| {
        let heads = Heads::new(&seeds, &plan(), lessons);
        let text = "printer labels pale";
        heads.severity(&heads.look(text)).unwrap().1.chances[2]
    };
    let lesson = (Lesson::Severity(Severity::High), taught(PALE, "Ingrid"));
    assert!(chance(std::slice::from_ref(&lesson)) > chance(&[]) + 0.02, "{} and {}", chance(&[lesson]), chance(&[]));
}

#[test]
fn the_same_lessons_give_the_same_heads() {
    let lessons = [
        (Lesson::Reassurance(false), taught(PALE, "Ingrid")),
        (Lesson::InScope(false), taught("the lawn is wet", "Bo")),
        (Lesson::Category("access".into()), taught("the gate", "Bo")),
    ];
    for seeds in seeds() {
        let read = || ["is this normal?", "the lawn was wet", PALE].map(|text| Heads::new(&seeds, &plan(), &lessons).raw(text));
        assert_eq!(read(), read());
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    for seeds in seeds() {
        let heads = Heads::new(&seeds, &Plan::default(), &[]);
        let raw = heads.raw("Why is my bill higher?");
        assert_eq!((raw.in_scope, raw.category.clone()), (None, None), "a plan without wordings knows no scope: {raw:?}");
        assert_eq!(raw.kind.is_some(), seeds.encoder.is_some());
    }
    // A category that no scenario has any more teaches nothing.
    let gone = [(Lesson::Category("gone".into()), taught(PALE, "Bo"))];
    let heads = Heads::new(&Seeds::new(None), &plan(), &gone);
    assert!(heads.category(&heads.look(PALE)).is_none());
}

#[test]
fn generic_messages_are_outside_unless_the_plan_is_about_them() {
    let encoder: Arc<dyn Encoder> = Arc::new(Letters);
    let seeds = Seeds::new(Some(&encoder));
    let mut about_dogs = plan();
    about_dogs.scenarios[0].examples.push("Can I bring my dog to the office?".into());
    let count = |plan: &Plan| scope_examples(&seeds, plan, Some(&encoder)).unwrap()[OUT].len();
    assert_eq!(count(&about_dogs) + 1, count(&plan()));
}
