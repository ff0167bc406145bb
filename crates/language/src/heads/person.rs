//! The customer asks for a person.

use crate::text::tokens;

/// What the chat's button “Talk to a person” says for its visitor, in each language of the chat but English.
const BUTTON: &[&str] = &[
    "Ich möchte bitte mit einem Menschen sprechen.",
    "Je voudrais parler à une personne, s’il vous plaît.",
    "Quisiera hablar con una persona, por favor.",
    "Vorrei parlare con una persona, per favore.",
    "Gostaria de falar com uma pessoa, por favor.",
    "Ik wil graag met een medewerker spreken.",
    "Proszę o rozmowę z człowiekiem.",
    "担当者と話したいです。",
    "أود التحدث مع شخص من فضلكم.",
];
/// Said alone, these ask for a person.
const ALWAYS: &[&[&str]] = &[
    &["real", "person"],
    &["actual", "person"],
    &["live", "person"],
    &["real", "human"],
    &["actual", "human"],
    &["human", "being"],
    &["live", "agent"],
    &["live", "chat", "agent"],
    &["human", "agent"],
    &["human", "please"],
    &["agent", "please"],
    &["person", "please"],
    &["representative", "please"],
    &["call", "me", "back"],
    &["give", "me", "a", "call"],
    &["please", "call", "me"],
    &["someone", "call", "me"],
    &["not", "a", "bot"],
    &["no", "bots"],
    &["no", "bot"],
    &["stop", "bot"],
    &["talking", "to", "a", "bot"],
    &["talk", "to", "a", "bot"],
    &["talking", "to", "a", "robot"],
    &["talk", "to", "a", "machine"],
];
const VERBS: &[&str] = &[
    "speak", "speaking", "talk", "talking", "chat", "connect", "transfer", "put", "reach", "get", "give", "want", "need", "contact", "escalate",
    "forward", "pass",
];
/// With one of the verbs before them, these mean one of us.
const STAFF: &[&str] = &["human", "agent", "representative", "rep", "operator", "supervisor", "manager", "staff", "advisor", "colleague", "employee"];
/// These need a verb of speaking: a customer may well "need someone" in the plan.
const ANYBODY: &[&str] = &["person", "someone", "somebody", "anyone", "people", "anybody"];
const SPEAKING: &[&str] = &["speak", "speaking", "talk", "talking", "chat", "connect", "transfer"];
/// After a word for staff, these make it something else: "manager account", "agent plan".
const OTHER_THINGS: &[&str] = &[
    "account",
    "accounts",
    "seat",
    "seats",
    "role",
    "roles",
    "error",
    "resources",
    "plan",
    "license",
    "licence",
    "permission",
    "permissions",
    "folder",
    "login",
];
/// Before a word for staff, these make it the customer's own.
const OWN: &[&str] = &["my", "our", "new", "another", "add", "invite", "his", "her", "their", "project", "account"];

/// The words that ask, if any.
pub(crate) fn find(text: &str) -> Option<String> {
    if let Some(said) = BUTTON.iter().find(|said| text.trim() == **said) {
        return Some((*said).to_owned());
    }
    let tokens = tokens(text);
    let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let [only] = words.iter().filter(|w| **w != ".").collect::<Vec<_>>()[..]
        && ["human", "agent", "person", "operator", "representative"].contains(only)
    {
        return Some((*only).to_owned());
    }
    for pattern in ALWAYS {
        if let Some(at) = words.windows(pattern.len()).position(|w| w == *pattern)
            && !(at > 0 && OWN.contains(&words[at - 1]))
        {
            return Some(pattern.join(" "));
        }
    }
    for (at, word) in words.iter().enumerate() {
        let verbs = if STAFF.contains(word) {
            VERBS
        } else if ANYBODY.contains(word) {
            SPEAKING
        } else {
            continue;
        };
        if words.get(at + 1).is_some_and(|next| OTHER_THINGS.contains(next)) {
            continue;
        }
        let from = at.saturating_sub(5);
        let clause = words[from..at].iter().rposition(|w| *w == ".").map_or(from, |i| from + i + 1);
        let before = &words[clause..at];
        let Some(verb) = before.iter().rposition(|w| verbs.contains(w)) else { continue };
        let declined = words[at.saturating_sub(9)..at].windows(2).any(|w| matches!(w, ["not" | "no", "want" | "need"]));
        if declined || before[verb..].iter().any(|w| OWN.contains(w)) {
            continue;
        }
        return Some(words[clause + verb..=at].join(" "));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_for_a_person_is_told_from_persons_in_a_plan() {
        fn check(text: &str, expected: bool) {
            assert_eq!(find(text).is_some(), expected, "{text}: {:?}", find(text));
        }
        check("I want to speak to a human", true);
        check("human", true);
        check("Agent please!", true);
        check("can I talk with someone about this", true);
        check("get me a manager", true);
        check("is there a real person here?", true);
        check("please connect me to somebody", true);
        check("can you call me back today", true);
        check("I don't want a bot, no bots", true);
        check("put me through to a supervisor", true);
        check("How do I add a person to my plan?", false);
        check("We need one more person on our plan", false);
        check("I need to give my manager access", false);
        check("we have 5 people, need 6 seats", false);
        check("get the agent role for a colleague", false);
        check("human resources asks for the invoice", false);
        check("can someone explain the bill?", false);
        check("I do not want to speak to a human, just tell me", false);
        check("", false);
    }

    #[test]
    fn the_button_of_the_chat_asks_for_a_person_in_every_language() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/widget/src/panel/languages");
        let mut said = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let (_, rest) = text.split_once("wishForPerson: '").unwrap();
            let (wish, _) = rest.split_once('\'').unwrap();
            assert!(find(wish).is_some(), "{wish}");
            said += 1;
        }
        assert_eq!(said, BUTTON.len() + 1);
    }
}
