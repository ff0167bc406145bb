//! What is marked, and where.

use super::*;
use check::{MarkKind, check};

/// The marked places of one field, as text.
#[track_caller]
fn marked(text: &str, kind: MarkKind, expected: &[&str]) {
    let c = Content { happening: text.into(), ..content() };
    let units: Vec<u16> = text.encode_utf16().collect();
    let found: Vec<String> = check(&c, NOON)
        .into_iter()
        .filter(|m| m.field == "happening" && m.kind == kind)
        .map(|m| String::from_utf16(&units[m.start..m.end]).unwrap())
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_good_text_has_no_marks() {
    assert_eq!(check(&content(), NOON), []);
}

#[test]
fn sentences_of_more_than_twenty_five_words_are_marked() {
    let words = |n: usize| vec!["word"; n].join(" ");
    let (fine, long) = (format!("{}.", words(25)), format!("{}!", words(26)));
    marked(&fine, MarkKind::LongSentence, &[]);
    marked(&long, MarkKind::LongSentence, &[&long]);
    marked(&format!("Short. 😀 {long} Short?"), MarkKind::LongSentence, &[&format!("😀 {long}")]);
    marked(&format!("{}\n\n{}", words(20), words(20)), MarkKind::LongSentence, &[]);
    marked(&words(30), MarkKind::LongSentence, &[&words(30)]);
    marked(&format!("“{}.” {}.", words(20), words(20)), MarkKind::LongSentence, &[]);
}

#[test]
fn capital_letters_are_marked_once_unless_they_are_explained() {
    use MarkKind::Acronym;
    marked("The SSO is down; SSO again.", Acronym, &["SSO"]);
    marked("Signing in by one password (SSO) is down.", Acronym, &[]);
    marked("SSO (one password for all) is down.", Acronym, &[]);
    marked("It is 09:00 UTC, OK? A PDF in the EU.", Acronym, &[]);
    marked("The API v2 and OAuth2 and I.", Acronym, &["API"]);
    marked("größer: „ERP“", Acronym, &["ERP"]);
}

#[test]
fn blame_is_marked_as_whole_words() {
    use MarkKind::Blame;
    marked("By default nothing happens.", Blame, &[]);
    marked("It is the bank's fault, a Human  error.", Blame, &["fault", "Human  error"]);
    marked("Blame nobody.", Blame, &["Blame"]);
}

#[test]
fn only_what_is_missing_stands_in_the_way() {
    let long = Content { happening: vec!["fault"; 40].join(" "), ..content() };
    assert!(check::is_complete(&check(&long, NOON)) && !check(&long, NOON).is_empty());
    let without = Content { next_at: None, ..content() };
    let marks = check(&without, NOON);
    assert_eq!((marks.len(), marks[0].field, check::is_complete(&marks)), (1, "next_at", false));
}
