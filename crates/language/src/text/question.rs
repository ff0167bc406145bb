//! Sentences, questions, and the words in them that carry a topic.

use super::fold::words;

/// Most sentences of a message that are looked at one by one.
const SENTENCES: usize = 24;

/// Sentences of a text, in order, each with its closing mark.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            // A line that was merely wrapped goes on in lower case.
            let wrapped = chars.clone().find(|n| !n.is_whitespace()).is_some_and(char::is_lowercase) && chars.peek() != Some(&'\n');
            if wrapped {
                current.push(' ');
            } else {
                push(&mut current, &mut out);
            }
            continue;
        }
        current.push(c);
        let ends = matches!(c, '?' | '!' | '…') || c == '.' && chars.peek().is_none_or(|n| n.is_whitespace());
        if ends && chars.peek().is_none_or(|n| !matches!(n, '?' | '!' | '.' | '…')) {
            push(&mut current, &mut out);
        }
        if out.len() >= SENTENCES {
            return out;
        }
    }
    push(&mut current, &mut out);
    out
}

fn push(current: &mut String, out: &mut Vec<String>) {
    let sentence = current.trim();
    if sentence.chars().any(char::is_alphanumeric) {
        out.push(sentence.to_owned());
    }
    current.clear();
}

/// Whether a sentence asks something: by its mark, or by how it begins.
pub(crate) fn is_question(sentence: &str) -> bool {
    if sentence.trim_end().ends_with(['?', '؟', '？']) || sentence.contains("??") {
        return true;
    }
    let words = words(sentence);
    let mut rest = words.iter().map(String::as_str).skip_while(|w| OPENERS.contains(w));
    match (rest.next(), rest.next()) {
        (Some("why" | "how" | "what" | "when" | "where" | "which" | "who"), Some(_)) => true,
        (Some(first), Some(second)) => {
            matches!(first, "can" | "could" | "do" | "does" | "did" | "is" | "are" | "will" | "would" | "should" | "am" | "may")
                && matches!(second, "i" | "we" | "you" | "it" | "this" | "that" | "my" | "our" | "the" | "there" | "they" | "someone")
        }
        _ => false,
    }
}

const OPENERS: &[&str] = &["and", "also", "so", "but", "hi", "hello", "hey", "ok", "please", "or", "then", "second", "secondly", "another"];

/// Words that carry no topic: function words and the courtesies around a question.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "a", "all", "also", "am", "an", "and", "any", "anyone", "are", "as", "at", "be", "been", "best", "but", "by", "can", "cheers", "could", "day",
    "dear", "did", "do", "does", "everyone", "for", "from", "good", "guys", "had", "has", "have", "hello", "help", "hey", "hi", "i", "if", "in",
    "is", "it", "its", "just", "kind", "kindly", "know", "let", "me", "morning", "my", "of", "ok", "okay", "on", "or", "our", "please", "question", "regards",
    "sir", "so", "some", "support", "team", "thank", "thanks", "that", "the", "their", "them", "there", "they", "this", "to", "us", "was", "we",
    "were", "will", "with", "would", "you", "your",
];

/// Words that fill questions without saying what they are about.
#[rustfmt::skip]
const GENERIC: &[&str] = &[
    "about", "again", "anything", "because", "before", "being", "can", "cannot", "check", "clarify", "confirm", "correct", "explain", "expect", "expected", "even",
    "fix", "get", "give", "go", "going", "happen", "happened", "happening", "happens", "here", "how", "idea", "intended", "like", "look", "make", "mean", "means", "mistake", "need", "no",
    "normal", "not", "now", "one", "only", "ouch", "possible", "problem", "really", "right", "say", "see", "should", "somebody", "someone", "something", "still", "suddenly",
    "sure", "take", "tell", "than", "then", "thing", "think", "today", "too", "true", "understand", "understood", "want", "way", "what", "when", "where",
    "which", "who", "why", "wondering", "wrong", "yes", "advise", "answer", "reply", "hear", "worry", "worried", "supposed", "real", "serious", "seriously", "joke", "kidding",
];

/// Words that the matcher does not see. Only greetings and articles: `why`, `my` and `not` tell questions apart:
/// leaving them out costs four points of top-1 on the demo's questions.
#[rustfmt::skip]
const COURTESIES: &[&str] = &[
    "a", "an", "best", "cheers", "dear", "everyone", "greetings", "guys", "hello", "hey", "hi", "hiya", "is", "kind", "kindly", "madam", "of", "please", "regards",
    "sincerely", "sir", "thank", "thanks", "the", "to",
];

pub(crate) fn is_courtesy(word: &str) -> bool {
    COURTESIES.binary_search(&word).is_ok()
}

/// The words of a sentence that say what it is about.
pub(crate) fn content_words(sentence: &str) -> Vec<String> {
    let mut words = words(sentence);
    words.retain(|w| STOP_WORDS.binary_search(&w.as_str()).is_err() && !GENERIC.contains(&w.as_str()) && w.len() > 1);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(STOP_WORDS.is_sorted() && COURTESIES.is_sorted());
    }

    #[test]
    fn text_is_cut_into_sentences() {
        fn check(text: &str, expected: &[&str]) {
            assert_eq!(sentences(text), expected, "{text}");
        }
        check("Why? Is it 9.50 now?!", &["Why?", "Is it 9.50 now?!"]);
        check("First line\nSecond line", &["First line", "Second line"]);
        check("a line that was\nwrapped here", &["a line that was wrapped here"]);
        check("... !!! 😀", &[]);
        check("", &[]);
    }

    #[test]
    fn questions_are_seen() {
        fn check(text: &str, expected: bool) {
            assert_eq!(is_question(text), expected, "{text}");
        }
        check("price??", true);
        check("how do I change the plan", true);
        check("hi, can I go back", true);
        check("Also what about VAT", true);
        check("I am charged twice.", false);
        check("Can of worms", false);
        check("", false);
    }
}
