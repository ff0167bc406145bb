//! The customer is upset: anger, swearing, threats to leave or to sue, shouting.

use super::phrase::{Phrase, Said, Stance};
use std::sync::LazyLock;

/// From this many points on a message counts as upset.
const ENOUGH: u32 = 2;

struct Group {
    points: u32,
    what: &'static str,
    phrases: Vec<Phrase>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    [(2, "anger", ANGER), (2, "swearing", SWEARING), (2, "a threat to leave", LEAVING), (2, "a legal threat", LEGAL), (1, "annoyance", ANNOYANCE)]
        .into_iter()
        .map(|(points, what, texts)| Group { points, what, phrases: Phrase::list(texts) })
        .collect()
});

#[rustfmt::skip]
const ANGER: &[&str] = &[
    "furious", "outrage", "outrageous", "outraged", "disgusting", "disgusted", "disgrace", "disgraceful", "scandal", "scandalous", "shame on you", "shameful", "shameless", "unacceptable", "not acceptable", "inacceptable", "how dare you",
    "rip off", "ripoff", "ripped off", "robbery", "stealing", "thieves", "theft", "extortion", "blackmail", "scammers", "liars", "you lied", "cheated", "fed up", "sick of", "sick and tired", "had enough", "last straw",
    "are you kidding", "are you serious", "are you joking", "you must be joking", "you have got to be kidding", "is this a joke", "what a joke", "absolute joke", "worst", "horrible", "terrible service", "pathetic", "appalling", "incompetent", "useless support", "so angry", "very angry", "really angry", "i am angry", "we are angry",
    "being ignored", "am ignored", "ignored me", "stupid", "embarrassing", "nobody answers", "no one answers", "nobody replies", "no one replies", "third time i", "fourth time i", "you do not care", "insult", "insulting", "slap in the face", "greedy", "cash grab", "money grab", "bait and switch", "betrayed", "betrayal", "wasting my time", "waste of time",
];
#[rustfmt::skip]
const SWEARING: &[&str] = &["wtf", "fuck", "fucking", "shit", "bullshit", "bullsh", "crap", "damn", "goddamn", "bloody", "asshole", "bastards", "wth", "what the hell", "the hell", "hell is", "pissed", "piss off", "ffs", "screw you", "screwed us", "screwing"];
#[rustfmt::skip]
const LEAVING: &[&str] = &[
    "taking our business", "take our business", "taking my business", "take my business", "we are leaving", "i am leaving", "we will leave", "i will leave", "i am out", "we are out", "moving to dropbox", "switching to dropbox", "go to dropbox", "going to dropbox", "moving to google", "switching to google",
    "moving to a competitor", "switch to a competitor", "switching to a competitor", "go to a competitor", "your competitors", "cancel everything", "cancel immediately", "cancelling immediately", "i will cancel", "we will cancel", "i am cancelling", "we are cancelling", "lost a customer", "lost me as a customer", "losing a customer", "never again", "cancel my account right now", "want my money back",
];
#[rustfmt::skip]
const LEGAL: &[&str] = &["lawyer", "attorney", "solicitor", "legal action", "legal steps", "sue you", "court", "chargeback", "charge back", "dispute the charge", "disputing the charge", "dispute it with my bank", "consumer protection", "ombudsman", "fraud", "trading standards", "bad review", "one star review", "trustpilot", "tell everyone", "report you"];
#[rustfmt::skip]
const ANNOYANCE: &[&str] = &["disappointed", "disappointing", "frustrated", "frustrating", "annoyed", "annoying", "ridiculous", "unbelievable", "not happy", "unhappy", "upset", "unfair", "not fair", "absurd", "nonsense", "poor communication", "not amused", "not agree", "never agreed", "not impressed", "joke", "come on", "seriously", "angry", "no warning", "without warning", "sneaky", "hidden", "again and again", "still no answer", "still no reply", "still waiting"];

/// What shows it, in words, if it is enough.
pub(crate) fn find(text: &str, said: &Said) -> Option<String> {
    let mut points = 0;
    let mut evidence: Vec<String> = Vec::new();
    for group in GROUPS.iter() {
        // Annoyance adds up; the other groups are enough once.
        let hits = group.phrases.iter().filter(|p| said.stance(p).is_some_and(|s| s != Stance::Negated)).take(2);
        for phrase in hits {
            points += group.points;
            evidence.push(format!("{} (“{}”)", group.what, phrase.text));
        }
    }
    if shouts(text) {
        points += 1;
        evidence.push("capital letters throughout".into());
    }
    if marks(text) {
        points += 1;
        evidence.push("a row of exclamation marks".into());
    }
    if text.chars().any(|c| matches!(c, '😡' | '🤬' | '😤' | '😠' | '🖕' | '👿')) {
        points += 1;
        evidence.push("an angry face".into());
    }
    (points >= ENOUGH).then(|| {
        evidence.truncate(2);
        evidence.join(" and ")
    })
}

/// Most letters are capitals, in more than an abbreviation.
fn shouts(text: &str) -> bool {
    let (mut upper, mut letters) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        upper += usize::from(c.is_uppercase());
    }
    letters >= 12 && upper * 10 >= letters * 7
}

fn marks(text: &str) -> bool {
    text.contains("!!!") || text.contains("?!?") || text.contains("!?!") || text.contains("???!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upset_customers_are_seen() {
        fn check(text: &str, expected: bool) {
            let found = find(text, &Said::new(text));
            assert_eq!(found.is_some(), expected, "{text}: {found:?}");
        }
        check("This is a rip-off. We are leaving.", true);
        check("WTF is this invoice", true);
        check("I will do a chargeback if nobody answers", true);
        check("WHY DID YOU CHARGE ME TWICE!!!", true);
        check("Very disappointed and frankly annoyed.", true);
        check("Unacceptable.", true);
        check("I am a bit disappointed, but how do I switch?", false);
        check("Why is my bill higher?", false);
        check("Thanks!!! you are great", false);
        check("PDF VAT EU?", false);
        check("I am not angry, just curious", false);
        check("how can I cancel at the end of the year?", false);
        check("", false);
    }
}
