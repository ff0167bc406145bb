//! A new fault among the demo's other messages is noticed, and ordinary days stay quiet.

use crate::demo::{Message, lines};
use hypercare_core::{ContactId, ConversationId};
use hypercare_language::repeat::{Proposal, RepeatFinder};

/// What no scenario covers: the messages that reach the finder in the product.
fn uncovered() -> Vec<String> {
    let mut all: Vec<Message> = lines("everyday.jsonl");
    all.extend(lines::<Message>("messages.jsonl").into_iter().filter(|m| m.scenario.is_none() && m.follows.is_none()));
    all.into_iter().map(|m| m.text).collect()
}

fn proposals(texts: &[String]) -> Vec<Proposal> {
    let mut finder = RepeatFinder::new();
    let observe = |(n, text): (usize, &String)| finder.observe(ConversationId(n as i64), ContactId(n as i64), text);
    texts.iter().enumerate().filter_map(observe).collect()
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
