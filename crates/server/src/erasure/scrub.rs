//! Finding a person's words in documents that hold other things as well. Pure.

use serde_json::Value;

/// What stands where something was.
pub(super) const ERASED: &str = "(erased)";
/// The customer's name from then on.
pub(super) const NOBODY: &str = "Erased";
/// Shorter texts are everybody's: “yes”, “thanks”.
const SHORTEST: usize = 8;
/// In a conversation's own documents these hold what was said, whatever it is.
const WORDS: [&str; 10] = ["text", "subject", "comment", "external_id", "asked", "felt", "reasons", "preview", "address", "evidence"];

/// In an escalation of their conversation these hold what colleagues told each other about it.
const HANDED_ON: [&str; 3] = ["answer", "reason", "returned_because"];

/// Here issues keep how customers put it, perhaps without the greeting: any part of a text is theirs.
const WORDINGS: [&str; 5] = ["wording", "wordings", "learned", "accepted", "refused"];

/// What is known to be a person's.
#[derive(Clone, Debug, Default)]
pub(super) struct Personal {
    /// Names and addresses.
    names: Vec<String>,
    /// Whole texts.
    texts: Vec<String>,
    /// Names and addresses as they were written: databases do not know every script's lower case.
    written: Vec<String>,
}

/// The plain words of a language name many people and things; a full name, an address or a number does not.
fn is_plain_word(name: &str) -> bool {
    name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
}

/// Whether a word stands in a text by itself. Scripts that write without blanks have no such bounds.
fn has_word(text: &str, word: &str) -> bool {
    let bounds = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || c >= '\u{2e80}');
    text.match_indices(word).any(|(at, _)| bounds(text[..at].chars().next_back()) && bounds(text[at + word.len()..].chars().next()))
}

/// What in a text is likely to be a number of somebody's: of an order, a contract, a telephone. Days and amounts are everybody's.
fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+')).filter(|word| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let letters = word.chars().any(char::is_alphabetic);
        let bare = word.chars().all(|c| c.is_ascii_digit());
        word.chars().count() >= 6 && if letters { digits >= 3 } else { digits >= if bare { 6 } else { 9 } }
    })
}

/// Lower case, with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Personal {
    /// A name, an address, a key of a channel.
    pub(super) fn name(&mut self, text: &str) {
        let written = text.trim().to_owned();
        let text = plain(text);
        if text.chars().count() >= 3 && !["visitor", "customer", "erased"].contains(&text.as_str()) {
            self.names.push(text);
            self.written.push(written);
        }
    }
    /// The names and addresses as they were written.
    pub(super) fn written(&self) -> &[String] {
        &self.written
    }
    /// For what colleagues wrote about something else: by what is nobody else's. A single plain word there may be anybody's name.
    pub(super) fn elsewhere(&self) -> Self {
        let keep = |list: &[String]| list.iter().filter(|name| !is_plain_word(name)).cloned().collect();
        Self { names: keep(&self.names), texts: self.texts.clone(), written: keep(&self.written) }
    }
    /// For what colleagues wrote about their matter: numbers that they gave are theirs too.
    pub(super) fn of_their_matter(&self) -> Self {
        let mut wider = self.clone();
        wider.names.extend(self.texts.iter().flat_map(|text| codes(text)).map(str::to_owned));
        wider
    }
    /// Something they wrote.
    pub(super) fn text(&mut self, text: &str) {
        let text = plain(text);
        if text.len() >= SHORTEST {
            self.texts.push(text);
        }
    }
    /// Whether a text is theirs: it names them, has what they wrote in it, or is its beginning. A single word is left alone unless it
    /// is an address or the name itself where names stand: the words of the product are single words.
    pub(super) fn is_in(&self, text: &str, key: &str) -> bool {
        let text = plain(text);
        self.names_are_in(&text, key) || self.texts_are_in(&text, key)
    }

    fn names_are_in(&self, text: &str, key: &str) -> bool {
        let several = text.contains(' ');
        self.names.iter().any(|name| match is_plain_word(name) {
            false => text.contains(name.as_str()),
            true if several => has_word(text, name),
            true => key == "name" && text == name,
        })
    }

    fn texts_are_in(&self, text: &str, key: &str) -> bool {
        let cut = text.trim_end_matches('…').trim_end();
        let part = |one: &str| if WORDINGS.contains(&key) { one.contains(cut) } else { one.starts_with(cut) };
        text.contains(' ') && cut.len() >= SHORTEST && self.texts.iter().any(|one| part(one) || text.contains(one.as_str()))
    }

    /// A text without what is theirs; none where nothing is. Of several lines those that only name them go, and the others stay.
    fn cleaned(&self, text: &str, key: &str) -> Option<String> {
        let whole = plain(text);
        if self.texts_are_in(&whole, key) {
            return Some(ERASED.to_owned());
        }
        if !self.names_are_in(&whole, key) {
            return None;
        }
        let line = |line: &str| if self.names_are_in(&plain(line), key) { ERASED.to_owned() } else { line.to_owned() };
        let lines = text.split('\n').map(line).collect::<Vec<_>>().join("\n");
        Some(if self.is_in(&lines, key) { ERASED.to_owned() } else { lines })
    }
    /// A text without them.
    pub(super) fn out_of(&self, text: &str) -> String {
        self.cleaned(text, "").unwrap_or_else(|| text.to_owned())
    }
    /// Takes their wordings out of an answer that was written for what they asked: examples, and a title that is theirs. Returns whether there
    /// were any.
    pub(super) fn scrub_wordings(&self, value: &mut Value) -> bool {
        let mut found = false;
        match value {
            Value::Array(items) => {
                for item in items {
                    found |= self.scrub_wordings(item);
                }
            }
            Value::Object(fields) => {
                for (key, value) in fields.iter_mut() {
                    match value {
                        Value::Array(items) if key == "examples" => {
                            let before = items.len();
                            items.retain(|item| !item.as_str().is_some_and(|text| self.is_in(text, "wordings")));
                            found |= items.len() < before;
                        }
                        Value::String(text) if key == "title" && text != ERASED && self.is_in(text, key) => {
                            ERASED.clone_into(text);
                            found = true;
                        }
                        value => found |= self.scrub_wordings(value),
                    }
                }
            }
            _ => {}
        }
        found
    }
    /// Takes what colleagues told each other about their conversation out of an escalation, whatever it is. Returns what was taken out.
    pub(super) fn scrub_handed_on(&self, value: &mut Value) -> Vec<String> {
        let mut found = vec![];
        self.walk(value, "", &|key| HANDED_ON.contains(&key), &mut found);
        found
    }
    /// Takes them out of a document; `own`: it is about their conversation. Returns what was taken out.
    pub(super) fn scrub(&self, value: &mut Value, own: bool) -> Vec<String> {
        let mut found = vec![];
        if own {
            nobody(value, &mut found);
        }
        self.walk(value, "", &|key| own && WORDS.contains(&key), &mut found);
        found
    }

    fn walk(&self, value: &mut Value, key: &str, whatever: &dyn Fn(&str) -> bool, found: &mut Vec<String>) {
        match value {
            Value::String(text) if text.is_empty() || text == ERASED => {}
            Value::String(text) => {
                let cleaned = if whatever(key) { Some(ERASED.to_owned()) } else { self.cleaned(text, key) };
                found.extend(cleaned.map(|cleaned| std::mem::replace(text, cleaned)));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item, key, whatever, found)),
            Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| self.walk(value, key, whatever, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Takes the customer's name from under what they said.
fn nobody(value: &mut Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| nobody(item, found)),
        Value::Object(fields) => {
            let customer = fields.get("author").is_some_and(|author| author == "customer");
            if customer
                && let Some(Value::String(name)) = fields.get_mut("name")
                && name != NOBODY
            {
                found.push(std::mem::replace(name, NOBODY.to_owned()));
            }
            fields.iter_mut().for_each(|(_, value)| nobody(value, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ana() -> Personal {
        let mut personal = Personal::default();
        personal.name("Ana Souza");
        personal.name("ana@example.net");
        personal.name("Bo");
        personal.text("My card  4111 was charged twice");
        personal.text("thanks");
        personal
    }

    #[test]
    fn what_is_a_persons_is_found_and_nothing_else() {
        #[track_caller]
        fn check(text: &str, found: bool) {
            assert_eq!(ana().is_in(text, "title"), found, "{text}");
        }
        check("ana souza called", true);
        check("Mail from ANA@example.net.", true);
        check("<ana@example.net>", true);
        check("My card 4111 was…", true);
        check("card 4111 was", false);
        check("She said: my card 4111 was charged twice!", true);
        check("was charged", false);
        check("charged", false);
        check("critical", false);
        check("Somebody's invoice is wrong", false);
        check("Ana", false);
        check("thanks a lot", false);
        check("", false);
        assert!(ana().is_in("card 4111 was", "wordings") && !ana().is_in("my invoice is wrong", "wordings"));
    }

    #[test]
    fn a_single_name_is_a_word_and_a_full_one_is_found_anywhere() {
        let mut max = Personal::default();
        max.name("Max");
        max.text("My order PX-20417 of 2026-11-30 is 1.234,56 too much");
        #[track_caller]
        fn check(known: &Personal, text: &str, found: bool) {
            assert_eq!(known.is_in(text, "note"), found, "{text}");
        }
        check(&max, "The maximum wait is reached", false);
        check(&max, "Call Max, please", true);
        check(&max.elsewhere(), "Call Max, please", false);
        check(&ana().elsewhere(), "Call Ana Souza, please", true);
        check(&max, "Refund for PX-20417?", false);
        check(&max.of_their_matter(), "Refund for PX-20417?", true);
        check(&max.of_their_matter(), "Until 2026-11-30, at most 1.234,56 each", false);
    }

    #[test]
    fn of_a_long_note_the_lines_that_name_them_go() {
        let note = "Queue is fine.\nAna Souza called twice.\nThe fix ships today.";
        assert_eq!(ana().out_of(note), format!("Queue is fine.\n{ERASED}\nThe fix ships today."));
        assert_eq!(ana().out_of("Ana\nSouza called"), ERASED, "a name over two lines");
        assert_eq!(ana().out_of("She wrote:\nMy card 4111\nwas charged twice"), ERASED, "their own words over several lines");
    }

    #[test]
    fn examples_and_forms_lose_what_is_theirs() {
        let mut answer =
            json!({ "versions": [{ "text": { "title": "Charged twice?", "examples": ["My card 4111 was charged twice", "Paid two times"] } }] });
        assert!(ana().scrub_wordings(&mut answer) && !ana().scrub_wordings(&mut answer));
        assert_eq!(answer["versions"][0]["text"], json!({ "title": "Charged twice?", "examples": ["Paid two times"] }));
        let mut form = json!({ "path": "billing", "context": [{ "question": "Which invoice?", "answer": "1042" }], "reason": "Special.", "returned_because": null });
        assert_eq!(ana().scrub_handed_on(&mut form), ["1042", "Special."]);
        assert_eq!(form["context"][0], json!({ "question": "Which invoice?", "answer": ERASED }));
        assert!(ana().scrub_handed_on(&mut form).is_empty(), "once more changes nothing");
    }

    #[test]
    fn documents_keep_their_shape() {
        let mut doc = json!({
            "type": "message_added", "severity": "critical", "count": 3, "none": null,
            "message": { "author": "customer", "name": "Ana Souza", "text": "hi", "id": "7" },
            "reply": { "author": "person", "name": "Aiko Tanaka", "text": "Dear you" },
            "wordings": ["My card 4111 was charged twice", "Invoices are wrong"]
        });
        let found = ana().scrub(&mut doc, true);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(
            doc,
            json!({
                "type": "message_added", "severity": "critical", "count": 3, "none": null,
                "message": { "author": "customer", "name": NOBODY, "text": ERASED, "id": "7" },
                "reply": { "author": "person", "name": "Aiko Tanaka", "text": ERASED },
                "wordings": [ERASED, "Invoices are wrong"]
            })
        );
        assert!(ana().scrub(&mut doc, true).is_empty(), "once more changes nothing");
        let mut other = json!({ "text": "A text of somebody else", "name": "Bo" });
        assert!(ana().scrub(&mut other, false).is_empty(), "outside their conversations only what is theirs");
    }
}
