//! Finding a phrase in a text as people vary it: other endings, a filler word inside, a negation before it.

use crate::text::{BREAK, stem, tokens};

/// Words that may stand inside a phrase without changing it: "cannot *even* log in".
const FILLERS: &[&str] =
    &["even", "still", "just", "really", "now", "again", "to", "completely", "totally", "also", "actually", "currently", "suddenly", "all"];
/// Words that turn what follows into its opposite.
const NEGATIONS: &[&str] = &["not", "no", "never", "without", "nobody", "none", "isnt", "wasnt", "werent", "arent", "nor"];
/// Words that make what follows a question about the future, not a report.
const HYPOTHETICAL: &[&str] = &["will", "would", "could", "might", "if", "afraid", "worried", "avoid", "prevent", "before", "shall", "going"];
/// A negation or a condition reaches this many words ahead.
const REACH: usize = 4;
/// Words that end the reach: what follows them is a statement of its own.
const CLAUSE_STARTS: &[&str] = &["and", "but", "because", "why", "since", "how", "that", "then", "so", "yet", "although"];

/// How a phrase stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    /// Said as a fact.
    Stated,
    /// Said not to be so.
    Negated,
    /// Asked or feared, not reported.
    Hypothetical,
}

/// A text prepared for many phrases.
pub(crate) struct Said {
    tokens: Vec<String>,
    stems: Vec<String>,
}

impl Said {
    pub fn new(text: &str) -> Self {
        let tokens = tokens(text);
        let stems = tokens.iter().map(|t| stem(t)).collect();
        Self { tokens, stems }
    }

    /// The strongest stance of a phrase in the text; none if it is not there.
    pub fn stance(&self, phrase: &Phrase) -> Option<Stance> {
        let mut best = None;
        for at in 0..self.tokens.len() {
            if !self.matches_at(at, phrase) {
                continue;
            }
            match self.before(at) {
                Stance::Stated => return Some(Stance::Stated),
                weaker => best = best.or(Some(weaker)),
            }
        }
        best
    }

    /// Whether the text has the phrase, negated or not.
    pub fn has(&self, phrase: &Phrase) -> bool {
        (0..self.tokens.len()).any(|at| self.matches_at(at, phrase))
    }

    fn matches_at(&self, at: usize, phrase: &Phrase) -> bool {
        let mut position = at;
        for (number, wanted) in phrase.stems.iter().enumerate() {
            if number > 0 {
                let mut gap = 0;
                while gap < 2 && self.stems.get(position) != Some(wanted) && self.tokens.get(position).is_some_and(|t| FILLERS.contains(&t.as_str()))
                {
                    position += 1;
                    gap += 1;
                }
            }
            if self.stems.get(position) != Some(wanted) {
                return false;
            }
            position += 1;
        }
        !phrase.stems.is_empty()
    }

    fn before(&self, at: usize) -> Stance {
        let from = at.saturating_sub(REACH);
        let reach = &self.tokens[from..at];
        let start = reach.iter().rposition(|t| t == BREAK || CLAUSE_STARTS.contains(&t.as_str())).map_or(0, |i| i + 1);
        let clause = &reach[start..];
        if clause.iter().any(|t| NEGATIONS.contains(&t.as_str())) {
            Stance::Negated
        } else if clause.iter().any(|t| HYPOTHETICAL.contains(&t.as_str())) {
            Stance::Hypothetical
        } else {
            Stance::Stated
        }
    }
}

/// A phrase to look for.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// As it was written, for the reason.
    pub text: String,
    stems: Vec<String>,
}

impl Phrase {
    pub fn new(text: &str) -> Self {
        let stems = crate::text::words(text).iter().map(|w| stem(w)).collect();
        Self { text: text.trim().to_owned(), stems }
    }

    /// Phrases of a list; forms of the same words count once.
    pub fn list(texts: &[&str]) -> Vec<Self> {
        let mut list: Vec<Self> = Vec::with_capacity(texts.len());
        for phrase in texts.iter().map(|t| Self::new(t)) {
            if !list.iter().any(|known| known.stems == phrase.stems) {
                list.push(phrase);
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, phrase: &str, expected: Option<Stance>) {
        assert_eq!(Said::new(text).stance(&Phrase::new(phrase)), expected, "{phrase} in: {text}");
    }

    #[test]
    fn phrases_are_found_as_people_vary_them() {
        check("We're LOCKED OUT!!", "locked out", Some(Stance::Stated));
        check("I can't even log in", "cannot log in", Some(Stance::Stated));
        check("i can not log  in", "can't log in", Some(Stance::Stated));
        check("you charged me twice", "charge me twice", Some(Stance::Stated));
        check("I locked the folder. Out of space", "locked out", None);
        check("blocked out", "locked out", None);
        check("", "locked out", None);
        check("anything", "", None);
    }

    #[test]
    fn negations_and_conditions_are_seen() {
        check("I am no longer locked out, thanks", "locked out", Some(Stance::Negated));
        check("we were not locked out", "locked out", Some(Stance::Negated));
        check("I wasn't locked out", "locked out", Some(Stance::Negated));
        check("I do not know why I am locked out", "locked out", Some(Stance::Stated));
        check("not happy, I am locked out", "locked out", Some(Stance::Stated));
        check("will I be locked out on Monday?", "locked out", Some(Stance::Hypothetical));
        check("what happens if we get locked out", "locked out", Some(Stance::Hypothetical));
        check("Will this last? We are locked out", "locked out", Some(Stance::Stated));
        check("not locked out yesterday but today I am locked out", "locked out", Some(Stance::Stated));
    }
}
