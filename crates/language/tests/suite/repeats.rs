//! A new fault among the demo's other messages is noticed, and ordinary days stay quiet.

use crate::demo::{Message, lines};
use hypercare_core::{ContactId, ConversationId, IssueId, Timestamp};
use hypercare_language::repeats::{Known, Repeats, Said, View};

/// What no scenario covers: the messages that reach the finder in the product.
fn uncovered() -> Vec<String> {
    let mut all: Vec<Message> = lines("everyday.jsonl");
    all.extend(lines::<Message>("messages.jsonl").into_iter().filter(|m| m.scenario.is_none() && m.follows.is_none()));
    all.into_iter().map(|m| m.text).collect()
}

/// By words alone: the model is not there in every build.
fn proposals(texts: &[String]) -> Vec<View> {
    let mut repeats = Repeats::new(None);
    let mut found = Vec::new();
    for (text, n) in texts.iter().zip(0..) {
        let said = Said { conversation: ConversationId(n), contact: ContactId(n), at: Timestamp(n), text };
        let question = repeats.observe(&said).expect("words are always compared").question();
        if let Some(view) = repeats.proposal(question) {
            // As the product does: it has an issue from now on, which its conversations are linked to.
            view.conversations.iter().for_each(|conversation| repeats.forget(*conversation));
            let known = Known { issue: IssueId(n), parent: None, wordings: &view.wordings, refused: &[] };
            repeats.know(&known).expect("words are always compared");
            found.push(view);
        }
    }
    found
}

#[test]
fn a_new_fault_is_proposed() {
    let mut texts = uncovered();
    let fault = [
        "the seats page is empty, only a spinner",
        "Hello, when I open the seats page I see only a spinner and nothing loads. Regards, Tim",
        "seats page keeps loading forever, spinner",
        "Seats page stays empty for us too. The spinner never ends.",
    ];
    for (n, text) in fault.iter().enumerate() {
        texts.insert(30 + 55 * n, (*text).to_owned());
    }
    let found = proposals(&texts);
    let ours = found.iter().find(|p| p.title.contains("eats page")).unwrap_or_else(|| panic!("not found: {found:?}"));
    assert!(ours.conversations.len() >= 3 && ours.wordings.iter().all(|w| w.contains("eats page")), "{ours:?}");
}

#[test]
fn ordinary_days_are_quiet() {
    let texts = uncovered();
    let found = proposals(&texts);
    for p in &found {
        println!("{} | {:?}", p.title, p.wordings);
    }
    assert!(found.len() * 50 <= texts.len(), "{} proposals from {} messages", found.len(), texts.len());
}
