//! Any text is read: no panic, marks inside it, in time that grows with its length.

use super::super::*;
use proptest::prelude::*;

fn whole(text: &str, kind: Kind, tongue: Option<Tongue>) -> Checked {
    let terms = [Term { term: "SEPA".into(), meaning: "a payment in euros".into() }, Term { term: "seat".into(), meaning: String::new() }];
    let found = check(text, kind, tongue, &terms);
    let mut last = 0;
    for mark in &found.marks {
        assert!(mark.start <= mark.end && mark.end <= text.len(), "{mark:?}");
        assert_eq!(&text[mark.start..mark.end], mark.text);
        assert!(mark.start >= last && !mark.why.is_empty() && !mark.suggestion.is_empty());
        assert_eq!(mark.kind.is_missing(), mark.text.is_empty());
        last = mark.start;
    }
    assert!(found.marks.len() <= MARKS);
    if let Some(ease) = &found.ease {
        assert!((0.0..=100.0).contains(&ease.value), "{ease:?}");
    }
    found
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Article), Just(Kind::Answer), Just(Kind::Update)]
}
fn any_tongue() -> impl Strategy<Value = Option<Tongue>> {
    prop_oneof![Just(None), Just(Some(Tongue::English)), Just(Some(Tongue::German)), Just(Some(Tongue::Other))]
}

/// Pieces that texts are made of, and those that break readers of texts.
fn odd() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("is "),
        Just("not "),
        Just("resolved "),
        Just("wird "),
        Just("behoben "),
        Just("SEPA "),
        Just("(SEPA)"),
        Just("API's "),
        Just(". "),
        Just("!"),
        Just("? "),
        Just("…"),
        Just("\n"),
        Just("\n\n"),
        Just("```"),
        Just("`"),
        Just("~~~\n"),
        Just("<b"),
        Just(">"),
        Just("]("),
        Just(")"),
        Just("[x"),
        Just("* "),
        Just("**"),
        Just("_"),
        Just("# "),
        Just("1. "),
        Just("- "),
        Just("| "),
        Just("===\n"),
        Just("e.g. "),
        Just("z. B. "),
        Just("14:30 "),
        Just("14:30Z "),
        Just("https://a.b/c. "),
        Just("a@b.c "),
        Just("—"),
        Just("--"),
        Just("’s "),
        Just("ß"),
        Just("é"),
        Just("日本語"),
        Just("\u{301}"),
        Just("\u{0}"),
        Just("🙂"),
        Just("\u{202e}"),
        Just("İ"),
        Just("ŉ"),
        Just("we "),
        Just("update "),
        Just("will "),
        Just("by "),
        Just("Friday "),
        Just("in "),
        Just("order "),
        Just("to "),
        Just("seat "),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,300}", kind in any_kind(), tongue in any_tongue()) {
        whole(&text, kind, tongue);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in any_kind(), tongue in any_tongue()) {
        whole(&String::from_utf8_lossy(&bytes), kind, tongue);
    }

    #[test]
    fn odd_texts(text in odd(), kind in any_kind(), tongue in any_tongue()) {
        whole(&text, kind, tongue);
    }

    /// What is masked is as long as it was, so that every place is a place in the text.
    #[test]
    fn another_paragraph_changes_no_mark_of_words_before_it(text in "[a-z ]{0,80}", more in "[a-z ]{0,80}") {
        let of = |text: &str| check(text, Kind::Article, Some(Tongue::English), &[]).marks.into_iter().filter(|m| m.kind == MarkKind::HeavyWord).collect::<Vec<_>>();
        let alone = of(&text);
        let both = of(&format!("{text}\n\n{more}"));
        prop_assert_eq!(&both[..alone.len()], &alone[..]);
    }
}

/// Texts that could cost the square of their length take about as long a character as half of them: what is measured is work, by the
/// number of words and marks, and that the longest text is read at all within the test's time.
#[test]
fn the_longest_texts_are_read() {
    let fill = |part: &str| part.repeat(LONGEST / part.len());
    for part in [
        "`",
        "``` ",
        "<a",
        "](",
        "(",
        "[",
        "* ",
        "_",
        ".",
        "a.",
        "is ",
        "not ",
        "wird ",
        "in order ",
        "SEPA ",
        "API (",
        "a@",
        "http://",
        "- a\n",
        "1. ",
        "| ",
        "\n",
        "> ",
        "— ",
        "’s",
        "é",
        "a-",
        "14:",
        "is not ",
        "by Friday ",
        "word, ",
    ] {
        let found = whole(&fill(part), Kind::Update, Some(Tongue::English));
        assert!(found.counts.words <= LONGEST);
        whole(&fill(part), Kind::Answer, Some(Tongue::German));
    }
}

#[test]
fn what_is_too_long_is_read_as_far_as_it_goes() {
    let text = "é ".repeat(LONGEST);
    let found = check(&text, Kind::Update, Some(Tongue::English), &[]);
    assert!(found.lacks_next_update());
    let many = check(&"We utilise it. ".repeat(2_000), Kind::Update, Some(Tongue::English), &[]);
    assert!(many.more && many.marks.len() == MARKS && many.lacks_next_update());
}
