//! The glossary: what it holds, and each fault by its place.

use super::{check, completed};
use crate::plan::{PlannedTerm, export};

#[test]
fn words_with_and_without_a_meaning_come_back_from_an_export() {
    let text = completed("[[glossary]]\nterm = \"SEPA\"\nmeaning = \"a payment in euros within Europe\"\n\n[[glossary]]\nterm = \"Studio-Plus\"\n");
    let report = check(&text);
    assert_eq!(report.problems, vec![]);
    let plan = report.plan.unwrap();
    let term = |term: &str, meaning: &str| PlannedTerm { term: term.into(), meaning: meaning.into() };
    assert_eq!(plan.glossary, [term("SEPA", "a payment in euros within Europe"), term("Studio-Plus", "")]);
    let written = export(&plan);
    assert!(written.contains("[[glossary]]\nterm = \"SEPA\"\nmeaning = \"a payment in euros within Europe\""), "{written}");
    assert_eq!(check(&written).plan.unwrap(), plan);
}

#[test]
fn what_is_wrong_with_a_word() {
    #[track_caller]
    fn wrong(glossary: &str, path: &str, message: &str, help: &str) {
        let report = check(&completed(glossary));
        let told: Vec<_> = report.problems.iter().map(|p| (p.path.as_str(), p.message.as_str(), p.help.as_deref().unwrap_or_default())).collect();
        assert!(matches!(&told[..], [(p, m, h)] if *p == path && *m == message && h.contains(help)), "{glossary}: {told:?}");
    }
    let word = |term: &str, more: &str| format!("[[glossary]]\nterm = \"{term}\"\n{more}\n");
    wrong(&word(" ", ""), "glossary[0].term", "`term` is empty", "for the people");
    wrong(&word("--", ""), "glossary[0].term", "`--` has no letter or digit, so no text can have it", "remove it");
    wrong(&word(" SEPA", ""), "glossary[0].term", "` SEPA` has spaces or characters that nobody can type", "write `SEPA`");
    wrong(&(word("Seat", "") + &word("seat", "")), "glossary[1].term", "the word `seat` stands twice", "already glossary[0]");
    wrong(&word(&"x".repeat(61), ""), "glossary[0].term", "a word of the glossary has at most 60 characters", "");
    wrong(&word("a", &format!("meaning = \"{}\"", "x".repeat(301))), "glossary[0].meaning", "a meaning has at most 300 characters", "a few words");
    wrong(&word("a", "means = \"b\""), "glossary[0].means", "unknown key `means`", "meaning, term");
    wrong("[[glossary]]\nmeaning = \"b\"\n", "glossary[0].term", "`term` is missing", "");
    let all: String = (0..201).map(|i| word(&format!("w{i}"), "")).collect();
    wrong(&all, "glossary", "201 words in the glossary: a plan can have 200", "");
}
