//! `hypercare text check`: marks with their places, exit codes, and what is said of files that cannot be used.

use crate::support::{Done, hypercare, run};
use hypercare_test_support::temp_dir;

const GOOD: &str = "Sign-in is slow for all customers. Please try again later. We write again by 16:00 CET.\n";
const BAD: &str = "Größe:\nWe utilise the SEPA interface.\nPlease wait.\n";

async fn ask(text: &str, args: &[&str]) -> Done {
    let all: Vec<&str> = ["text", "check", "-"].iter().chain(args).copied().collect();
    run(hypercare(&all), text).await
}

#[tokio::test]
async fn marks_are_printed_with_line_and_column_and_do_not_fail() {
    let dir = temp_dir();
    let file = dir.join("page.md").display().to_string();
    std::fs::write(&file, BAD).unwrap();
    let done = Done::of(&["text", "check", &file]).await;
    let said = done.good();
    for part in [
        &format!("{file}:2:4: heavy word: “utilise”"),
        "There is a plainer word. Plainer: use.",
        &format!("{file}:2:16: abbreviation: “SEPA”"),
        "2 marks, 2 sentences, 7 words.",
        "below 100 a single word moves the figure, so it is not reliable",
        "New Dale-Chall",
    ] {
        assert!(said.contains(part), "`{part}` is not said: {said}");
    }
}

#[tokio::test]
async fn only_a_missing_next_update_fails() {
    ask(GOOD, &["--kind", "update"]).await.good();
    ask(BAD, &["--kind", "article"]).await.good();
    ask(BAD, &["--kind", "update"]).await.bad(1, &["the text does not say when the next update comes"]);
    let done = ask(BAD, &["--kind", "answer", "--json"]).await;
    done.bad(1, &["next update"]);
    let found = done.json();
    assert_eq!((found["ok"].as_bool(), found["language"].as_str(), found["kind"].as_str()), (Some(false), Some("en"), Some("answer")));
    let mark = &found["marks"][0];
    assert_eq!((mark["kind"].as_str(), mark["line"].as_u64(), mark["column"].as_u64()), (Some("heavy_word"), Some(2), Some(4)));
    assert_eq!((mark["start"].as_u64(), mark["end"].as_u64(), mark["text"].as_str()), (Some(12), Some(19), Some("utilise")));
    let ease = &found["ease"];
    assert!(ease["value"].as_f64().is_some_and(|v| (0.0..=100.0).contains(&v)) && ease["reliable"] == false, "{ease}");
    let help = Done::of(&["text", "check", "--help"]).await;
    assert!(help.good().contains("It is 1 only for an answer or an update"), "{help:?}");
}

#[tokio::test]
async fn the_language_and_the_glossary_are_used() {
    let german = ask("Die Störung ist behoben. Danke für Ihre Geduld, wir sind wieder da.\n", &["--kind", "update", "--json"]).await;
    let found = german.json();
    assert_eq!((found["language"].as_str(), found["ease"].is_null(), found["formulas"].is_null()), (Some("de"), true, true));
    assert!(found["limits"].as_str().unwrap().contains("English only"));
    let told = ask(BAD, &["--lang", "fr", "--json"]).await.json();
    assert_eq!((told["language"].as_str(), told["marks"].as_array().unwrap().len()), (Some("other"), 1));
    let dir = temp_dir();
    let plan = dir.join("plan.toml").display().to_string();
    let new = Done::of(&["plan", "new", "launch", "--key", "spring", "--name", "Spring", "--go-live", "2026-11-17T09:00"]).await;
    std::fs::write(&plan, format!("{}\n[[glossary]]\nterm = \"SEPA\"\nmeaning = \"a payment in euros within Europe\"\n", new.good())).unwrap();
    let done = ask(BAD, &["--plan", &plan]).await;
    assert!(done.good().contains("The glossary says: SEPA is a payment in euros within Europe."), "{done:?}");
}

#[tokio::test]
async fn what_cannot_be_used_is_said_with_exit_code_two() {
    let dir = temp_dir();
    let path = |name: &str| dir.join(name).display().to_string();
    std::fs::write(path("empty.md"), " \n").unwrap();
    std::fs::write(path("latin.md"), b"fine\nGr\xf6\xdfe\n").unwrap();
    std::fs::write(path("long.md"), "a ".repeat(50_001)).unwrap();
    std::fs::write(path("plan.toml"), "[window]\nkolour = 1\n").unwrap();
    let check = async |args: &[&str], says: &[&str]| {
        let all: Vec<&str> = ["text", "check"].iter().chain(args).copied().collect();
        run(hypercare(&all), GOOD).await.bad(2, says);
    };
    check(&[&path("nowhere.md")], &["nowhere.md cannot be read"]).await;
    check(&[&path("")], &["cannot be read"]).await;
    check(&[&path("empty.md")], &["empty.md: the text is empty; write at least a sentence"]).await;
    check(&[&path("latin.md")], &["latin.md:2: not UTF-8; save the text as UTF-8"]).await;
    check(&[&path("long.md")], &["the text has more than 100000 bytes; check its parts one by one"]).await;
    check(&["-", "--lang", "english"], &["--lang: `english` is no code of a language; write one such as en, de or fr"]).await;
    check(&["-", "--kind", "poem"], &["'poem'", "article, answer, update"]).await;
    check(&["-", "--plan", &path("nowhere.toml")], &["--plan: ", "nowhere.toml cannot be read"]).await;
    check(&["-", "--plan", &path("plan.toml")], &["unknown key `kolour`", "--plan: the plan has errors"]).await;
    check(&[], &["<FILE>"]).await;
}
