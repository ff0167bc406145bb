//! Inputs that nobody plans for.

use crate::demo::{blended, index, plan};
use hypercare_core::triage::Scope;
use hypercare_language::triage::{Context, PlanIndex};
use proptest::prelude::*;
use std::sync::LazyLock;

static INDEX: LazyLock<PlanIndex> = LazyLock::new(index);
/// The same with the matcher that blends, on vectors of letters.
static BLENDED: LazyLock<PlanIndex> = LazyLock::new(blended);

#[track_caller]
fn check(text: &str, scope: Scope, reason: &str) {
    for index in [&INDEX, &BLENDED] {
        let t = index.triage(text, &Context::default());
        let start: String = text.chars().take(40).collect();
        assert_eq!(t.scope, scope, "{start}: {:?}", t.reasons);
        assert!(t.reasons.iter().any(|r| r.contains(reason)), "{start}: {:?}", t.reasons);
    }
}

#[test]
fn odd_messages_are_read_or_left_to_a_person() {
    check("", Scope::Unsure, "No words");
    check("🙂🙂🙂", Scope::Unsure, "No words");
    check("???", Scope::Unsure, "No words");
    check("Warum ist meine Rechnung plötzlich höher?", Scope::Unsure, "not in English (it looks like German)");
    check("なぜ高くなったのですか", Scope::Unsure, "not in English");
    check("WHY IS MY BILL HIGHER THAN LAST MONTH", Scope::In, "near “Why is my bill higher");
    check("I forgot my password and get no reset mail", Scope::Out, "leaves out");
    check(
        &format!("Why is my bill higher than last month?\n{}", "log line 0x7f 12:00:01 worker idle\n".repeat(3000)),
        Scope::In,
        "scenario “I am charged more than before”",
    );
    // Whoever compares meaning finds something near anything; what counts is that nobody would be answered.
    for (index, text) in [&INDEX, &BLENDED].into_iter().flat_map(|i| [(i, "a".repeat(100_000)), (i, "é🙂".repeat(50_000))]) {
        let t = index.triage(&text, &Context::default());
        assert!(t.suggestions.first().is_none_or(|s| s.confidence < 0.5), "{:?}", t.suggestions);
    }
}

#[test]
fn an_empty_plan_reads_everything_as_unsure() {
    let index = PlanIndex::new(&hypercare_core::plan::Plan::default(), &[], &[]);
    let t = index.triage("Why is my bill higher?", &Context::default());
    assert_eq!((t.scope, t.scenario, t.suggestions.len()), (Scope::Unsure, None, 0));
    assert!(!t.reasons.is_empty());
}

#[test]
fn a_follow_up_stays_with_its_conversation() {
    let first = INDEX.triage("Why is my bill higher than last month?", &Context::default());
    let second = INDEX.triage("hello? any news", &Context { subject: None, previous: Some(&first) });
    assert_eq!((second.scope, &second.scenario), (Scope::In, &first.scenario));
    assert!(second.reasons.iter().any(|r| r.contains("continues a conversation")), "{:?}", second.reasons);
}

#[test]
fn a_short_reply_is_read_with_what_was_said_before() {
    for index in [&INDEX, &BLENDED] {
        let first = index.triage("Why is my bill higher than last month?", &Context::default());
        for text in ["same here", "Me too!", "+1", "SAME PROBLEM", "yes, exactly the same"] {
            let reply = index.triage(text, &Context { subject: None, previous: Some(&first) });
            assert_eq!((reply.scope, &reply.scenario, &reply.suggestions), (first.scope, &first.scenario, &first.suggestions), "{text}");
            let alone = index.triage(text, &Context::default());
            assert_eq!((alone.scope, alone.suggestions.len()), (Scope::Unsure, 0), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn triage_never_panics_and_repeats_itself(text in any::<String>(), words in prop::collection::vec("(not|locked out|bill|VAT|human|\\?|\\n|!!!|Is this normal|two|guest|[a-z]{1,9})", 0..40)) {
        for text in [text, words.join(" ")] {
            let t = INDEX.triage(&text, &Context { subject: Some("Re: price"), previous: None });
            prop_assert!(t.suggestions.len() <= 3 && !t.reasons.is_empty());
            prop_assert!(t.reasons.iter().all(|r| r.chars().count() < 400 && r.ends_with('.')), "{:?}", t.reasons);
            prop_assert!(t.suggestions.iter().all(|s| (0.0..=1.0).contains(&s.confidence)));
            prop_assert!(t.scenario.as_ref().is_none_or(|k| plan().scenario(k).is_some()));
            prop_assert_eq!(&t, &INDEX.triage(&text, &Context { subject: Some("Re: price"), previous: None }));
        }
    }
}

#[test]
fn ranking_thousands_of_phrases_is_quick() {
    use hypercare_language::{Item, LexicalMatcher, Matcher};
    let plan = plan();
    let phrases: Vec<&String> = plan.scenarios.iter().flat_map(|s| &s.examples).collect();
    let items: Vec<Item> = (0..500)
        .map(|n| Item { phrases: (0..10).map(|k| format!("{} variant {} of {}", phrases[(n * 7 + k) % phrases.len()], n * 31 % 97, k)).collect() })
        .collect();
    let matcher = LexicalMatcher::new(&items);
    let start = std::time::Instant::now();
    for n in 0..100 {
        assert!(!matcher.rank(phrases[n % phrases.len()], 3).is_empty());
    }
    let each = start.elapsed() / 100;
    println!("{each:?} a message against 5,000 phrases");
    // Generous, because tests run unoptimised and on busy machines; optimised it is far under a millisecond.
    assert!(each < std::time::Duration::from_millis(40), "{each:?}");
}
