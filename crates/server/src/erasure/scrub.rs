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

/// Here issues keep how customers put it, perhaps without the greeting: any part of a text is theirs.
const WORDINGS: [&str; 5] = ["wording", "wordings", "learned", "accepted", "refused"];

/// What is known to be a person's.
#[derive(Clone, Debug, Default)]
pub(super) struct Personal {
    /// Names and addresses.
    names: Vec<String>,
    /// Whole texts.
    texts: Vec<String>,
}

/// Lower case, with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Personal {
    /// A name, an address, a key of a channel.
    pub(super) fn name(&mut self, text: &str) {
        let text = plain(text);
        if text.chars().count() >= 3 && !["visitor", "customer", "erased"].contains(&text.as_str()) {
            self.names.push(text);
        }
    }
    /// The names and addresses, in lower case.
    pub(super) fn names(&self) -> &[String] {
        &self.names
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
        let several = text.contains(' ');
        let names = self.names.iter().any(|name| {
            let odd = name.contains(['@', ' ', ':', '+']);
            if several || odd { text.contains(name.as_str()) } else { key == "name" && text == *name }
        });
        let cut = text.trim_end_matches('…').trim_end();
        let part = |one: &str| if WORDINGS.contains(&key) { one.contains(cut) } else { one.starts_with(cut) };
        names || (several && cut.len() >= SHORTEST && self.texts.iter().any(|one| part(one) || text.contains(one.as_str())))
    }
    /// A text without them.
    pub(super) fn out_of(&self, text: &str) -> String {
        if self.is_in(text, "") { ERASED.to_owned() } else { text.to_owned() }
    }
    /// Takes them out of a document; `own`: it is about their conversation. Returns what was taken out.
    pub(super) fn scrub(&self, value: &mut Value, own: bool) -> Vec<String> {
        let mut found = vec![];
        self.walk(value, "", own, &mut found);
        found
    }

    fn walk(&self, value: &mut Value, key: &str, own: bool, found: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                if !text.is_empty() && text != ERASED && ((own && WORDS.contains(&key)) || self.is_in(text, key)) {
                    found.push(std::mem::replace(text, ERASED.to_owned()));
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item, key, own, found)),
            Value::Object(fields) => {
                let customer = own && fields.get("author").is_some_and(|author| author == "customer");
                if customer
                    && let Some(Value::String(name)) = fields.get_mut("name")
                    && name != NOBODY
                {
                    found.push(std::mem::replace(name, NOBODY.to_owned()));
                }
                for (key, value) in fields.iter_mut() {
                    self.walk(value, key, own, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
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
