use super::*;
use proptest::prelude::*;

fn items(lists: &[&[&str]]) -> Vec<Item> {
    lists.iter().map(|l| Item { phrases: l.iter().map(|p| (*p).to_owned()).collect() }).collect()
}

fn shop() -> LexicalMatcher {
    LexicalMatcher::new(&items(&[
        &["Why is my bill higher than last month?", "My invoice went up", "I am charged more than before"],
        &["How do I cancel my subscription?", "I want to end my plan", "Please close my account"],
        &[],
        &["I cannot share a folder with a guest", "Guests have lost access to the shared folder"],
    ]))
}

#[test]
fn the_right_item_comes_first() {
    fn check(text: &str, expected: Option<usize>) {
        assert_eq!(shop().rank(text, 3).first().map(|m| m.key), expected, "{text}");
    }
    check("why is the bill so high", Some(0));
    check("WHY DID MY INVIOCE GO UP???", Some(0));
    check("cancell my subscripton pls", Some(1));
    check("my guest has no acces to a folder", Some(3));
    check("", None);
    check("😀😀", None);
    check("hello, the kind of dear sir", None);
}

#[test]
fn a_match_carries_its_evidence() {
    let best = &shop().rank("My invoice went up", 3)[0];
    assert_eq!(best.nearest, "My invoice went up");
    assert!(best.score > 0.7 && best.margin > 0.3 && best.confidence > 0.6, "{best:?}");
    let other = &shop().rank("What is the weather in Lisbon tomorrow?", 3);
    assert!(other.first().is_none_or(|m| m.confidence < 0.3), "{other:?}");
}

#[test]
fn an_empty_matcher_finds_nothing() {
    assert!(LexicalMatcher::new(&[]).rank("anything", 3).is_empty());
    assert!(shop().rank("bill", 0).is_empty());
}

proptest! {
    #[test]
    fn ranking_is_bounded_and_repeatable(text in any::<String>(), limit in 0usize..6) {
        let matcher = shop();
        let found = matcher.rank(&text, limit);
        prop_assert!(found.len() <= limit);
        prop_assert!(found.windows(2).all(|w| w[0].score >= w[1].score));
        for m in &found {
            prop_assert!((0.0..=1.0).contains(&m.score) && (0.0..=1.0).contains(&m.confidence), "{:?}", m);
        }
        prop_assert_eq!(&found, &matcher.rank(&text, limit));
        prop_assert_eq!(&found, &shop().rank(&text, limit));
    }
}
