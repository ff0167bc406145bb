//! Severity from the plan's rules: what the customer cannot do, in the customer's words.

use crate::heads::phrase::{Phrase, Said, Stance};
use crate::text::words;
use hypercare_core::Severity;
use hypercare_core::plan::SeverityRule;

pub(super) struct Rules(Vec<Rule>);

struct Rule {
    severity: Severity,
    phrases: Vec<Phrase>,
    reason: String,
}

/// What the rules say about a message.
pub(super) struct Verdict {
    /// The worst severity stated, if any.
    pub severity: Option<Severity>,
    pub reasons: Vec<String>,
    /// The message says that it works again.
    pub over: bool,
}

impl Rules {
    pub fn new(rules: &[SeverityRule]) -> Self {
        Self(
            rules
                .iter()
                .map(|r| Rule { severity: r.severity, phrases: r.any.iter().map(|p| Phrase::new(p)).collect(), reason: r.reason.trim().to_owned() })
                .collect(),
        )
    }

    pub fn judge(&self, text: &str, said: &Said) -> Verdict {
        let over = over_now(text);
        let mut worst: Option<(Severity, &Rule, &Phrase)> = None;
        let mut weakened = Vec::new();
        for (rule, phrase) in self.0.iter().flat_map(|rule| rule.phrases.iter().map(move |phrase| (rule, phrase))) {
            let doubt = match said.stance(phrase) {
                Some(Stance::Stated) if over && rule.severity.is_blocker() => format!("Says “{}”, and that it works again", phrase.text),
                Some(Stance::Stated) if worst.is_none_or(|(severity, ..)| rule.severity > severity) => {
                    worst = Some((rule.severity, rule, phrase));
                    continue;
                }
                Some(Stance::Negated) => format!("Says that “{}” is not so", phrase.text),
                Some(Stance::Hypothetical) => format!("Asks about “{}” and does not report it", phrase.text),
                Some(Stance::Stated) | None => continue,
            };
            weakened.push(format!("{doubt}: the rule does not apply."));
        }
        match worst {
            Some((severity, rule, phrase)) => Verdict {
                severity: Some(severity),
                reasons: vec![format!("{}: says “{}”: {} (rule in the plan).", capital(severity.word()), phrase.text, rule.reason)],
                over,
            },
            None => {
                weakened.truncate(1);
                Verdict { severity: None, reasons: weakened, over }
            }
        }
    }
}

/// The trouble is told as a thing of the past.
fn over_now(text: &str) -> bool {
    const OVER: &[&[&str]] = &[
        &["works", "again"],
        &["works", "now"],
        &["working", "again"],
        &["working", "now"],
        &["is", "back"],
        &["solved", "now"],
        &["fixed", "now"],
        &["now", "solved"],
        &["sorted", "now"],
        &["back", "in", "now"],
        &["works", "fine", "now"],
    ];
    let words = words(text);
    OVER.iter().any(|pattern| {
        words.windows(pattern.len()).enumerate().any(|(at, w)| {
            w.iter().zip(*pattern).all(|(a, b)| a == b)
                && !words[at.saturating_sub(3)..at].iter().any(|w| w == "not" || w == "nothing" || w == "never" || w == "until" || w == "when")
        })
    })
}

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
