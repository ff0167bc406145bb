//! "Is this expected?" rather than "how does this work?".

use super::phrase::{Phrase, Said};
use std::sync::LazyLock;

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| Phrase::list(TEXTS));

#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "is this normal", "is that normal", "is it normal", "is this expected", "is that expected", "is it expected", "is this right", "is that right", "is it right",
    "is this correct", "is that correct", "is it correct", "is this intended", "is this intentional", "is this a mistake", "is that a mistake", "is it a mistake", "is this an error", "is that an error", "is this a bug",
    "is this ok", "is that ok", "is it ok", "is this okay", "is this real", "is this legit", "is it legit", "is this genuine", "is this a scam", "is it a scam", "is this phishing", "is this supposed to", "is it supposed to", "is that supposed to",
    "is it true", "is this true", "is that true", "should i worry", "should we worry", "should i be worried", "should we be worried", "should i be concerned", "should we be concerned",
    "need to worry", "have to worry", "nothing to worry", "anything to worry", "a bit worried", "bit worried", "i am worried", "we are worried", "bit nervous", "i am nervous", "getting nervous", "bit concerned", "i am concerned",
    "just checking", "just want to check", "just wanted to check", "just making sure", "just want to make sure", "just wanted to make sure", "want to be sure", "just want to be sure", "wanted to make sure", "double checking", "double check",
    "please confirm", "can you confirm", "could you confirm", "can someone confirm", "please reassure", "can you reassure", "everything ok", "everything okay", "everything alright", "all good on", "is it still safe", "are my files safe", "are our files safe", "is my data safe", "are my photos safe", "is our data safe",
    "will i lose", "will we lose", "am i going to lose", "are we going to lose", "do i lose", "do we lose", "will you delete", "will my files be deleted", "are you going to delete", "did i do something wrong", "did we do something wrong", "have i done something wrong",
    "do i need to do anything", "do we need to do anything", "do i have to do anything", "do we have to do anything", "do i need to act", "anything i need to do", "anything we need to do", "am i affected", "are we affected", "does this affect me", "does this affect us",
    "that is right", "that is correct right", "surely a mistake", "must be a mistake", "must be an error", "has to be a mistake", "some mistake", "looks wrong", "seems wrong", "does not look right", "does not seem right", "can that be right", "can this be right", "cannot be right", "was that planned", "was this planned", "is that on purpose", "is this on purpose",
    "am i still ok", "are we still ok", "still safe", "still be safe", "normal or", "expected or", "not sure if this is", "not sure whether this is",
];

/// The words that show it, if any.
pub(crate) fn find(said: &Said) -> Option<&'static str> {
    PHRASES.iter().find(|p| said.has(p)).map(|p| p.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reassurance_is_told_from_instruction() {
        fn check(text: &str, expected: bool) {
            assert_eq!(find(&Said::new(text)).is_some(), expected, "{text}");
        }
        check("My bill is 12 € higher. Is this normal?", true);
        check("is that right???", true);
        check("Should I be worried about my files?", true);
        check("Hi, just checking — do I need to do anything?", true);
        check("I got a mail about new prices, is it legit?", true);
        check("Will I lose my photos", true);
        check("that can't be right", true);
        check("How do I switch to yearly billing?", false);
        check("Where can I find my invoice", false);
        check("I cannot upload anything", false);
        check("Please add the right of withdrawal to the contract", false);
        check("", false);
    }
}
