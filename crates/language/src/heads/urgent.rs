//! Matters that go before all others: harm, violence, data in wrong hands, the law. Found by plain words, rather once too
//! often than not at all: a person reads them, nothing else follows.

use super::phrase::{Phrase, Said};
use hypercare_core::triage::Urgency;
use std::sync::LazyLock;

static GROUPS: LazyLock<[(Urgency, Vec<Phrase>); 4]> = LazyLock::new(|| {
    [
        (Urgency::SelfHarm, Phrase::list(SELF_HARM)),
        (Urgency::Violence, Phrase::list(VIOLENCE)),
        (Urgency::DataBreach, Phrase::list(DATA_BREACH)),
        (Urgency::Legal, Phrase::list(LEGAL)),
    ]
});

#[rustfmt::skip]
const SELF_HARM: &[&str] = &[
    "kill myself", "killing myself", "end my life", "ending my life", "take my own life", "taking my own life", "suicide", "suicidal", "want to die", "wanna die", "wish i was dead", "wish i were dead", "better off dead",
    "hurt myself", "hurting myself", "harm myself", "harming myself", "cut myself", "cutting myself", "self harm", "do not want to live", "no reason to live", "nothing to live for", "end it all", "jump off a bridge", "jump in front of a train", "kms",
    "will not be here tomorrow", "cannot go on any more", "cannot go on anymore", "cannot go on living",
];
#[rustfmt::skip]
const VIOLENCE: &[&str] = &[
    "kill you", "killing you", "kill your family", "kill him", "kill her", "kill them", "kill somebody", "kill someone", "murder you", "murder your", "shoot you", "shoot your staff", "stab you", "beat you up", "beat you to", "hurt you", "hurt somebody", "hurt someone",
    "burn your office", "burn down your", "burn your building", "blow up your", "blow you up", "a bomb", "bring a gun", "with a gun", "have a gun", "with a knife", "come to your office and", "know where you live", "know where you work", "find out where you live", "break your legs", "make you pay with", "you will bleed", "death threat", "threatened to kill", "threatens to kill", "threatening to kill",
];
#[rustfmt::skip]
const DATA_BREACH: &[&str] = &[
    "data breach", "data leak", "leaked data", "data was leaked", "data has been leaked", "leaked my", "leaked our", "security breach", "security hole", "vulnerability in your", "was hacked", "been hacked", "got hacked", "were hacked", "is hacked", "somebody hacked", "someone hacked",
    "see another customer", "sees another customer", "see other customers", "another customer's", "another customers", "other customers' files", "other customers' data", "other customers' invoices", "other people's files", "other people's photos", "other people's invoices", "other people's data",
    "someone else's files", "someone else's photos", "someone else's invoice", "someone else's invoices", "someone else's data", "someone else's account", "somebody else's files", "somebody else's photos", "somebody else's invoice", "somebody else's invoices", "somebody else's data", "somebody else's account",
    "files of a stranger", "photos of a stranger", "files of strangers", "photos of strangers", "a stranger's", "strangers can see", "somebody is in my account", "someone is in my account", "unauthorised access", "unauthorized access", "stolen password", "password was stolen", "password has been stolen", "account was taken over", "account has been taken over",
];
#[rustfmt::skip]
const LEGAL: &[&str] = &[
    "my lawyer", "our lawyer", "my lawyers", "our lawyers", "my attorney", "our attorney", "an attorney", "my solicitor", "our solicitor", "a solicitor", "get a lawyer", "hire a lawyer", "talk to a lawyer", "see a lawyer", "through a lawyer", "legal action", "legal steps", "legal proceedings", "legal notice", "our legal department", "our legal team", "letter before action", "formal notice",
    "sue you", "suing you", "will sue", "going to sue", "lawsuit", "class action", "small claims", "see you in court", "take you to court", "taking you to court", "go to court", "going to court", "court order", "subpoena", "summons", "cease and desist", "injunction", "press charges", "pressing charges", "call the police", "go to the police", "going to the police", "report to the police", "police report",
    "data protection authority", "data protection officer of", "supervisory authority", "information commissioner", "gdpr complaint", "complaint under the gdpr", "complaint under gdpr", "consumer protection agency", "consumer protection authority", "trading standards", "attorney general", "ombudsman",
];

/// The most urgent matter and the words that show it, also where a “not” stands near: “if it is not back, I go to the police”.
pub(crate) fn find(said: &Said) -> Option<(Urgency, &'static str)> {
    GROUPS.iter().find_map(|(urgency, phrases)| phrases.iter().find(|p| said.has(p)).map(|p| (*urgency, p.text.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_before_all_others_is_found() {
        #[track_caller]
        fn check(text: &str, expected: Option<Urgency>) {
            assert_eq!(find(&Said::new(text)).map(|(urgency, _)| urgency), expected, "{text}: {:?}", find(&Said::new(text)));
        }
        check("I lost everything because of you and I want to kill myself", Some(Urgency::SelfHarm));
        check("I don't want to live like this", Some(Urgency::SelfHarm));
        check("I am not going to hurt myself, but", Some(Urgency::SelfHarm));
        check("I will come to your office and burn it down", Some(Urgency::Violence));
        check("I know where you live", Some(Urgency::Violence));
        check("My ex threatened to kill me, close the account", Some(Urgency::Violence));
        check("I can see someone else's photos in my folder", Some(Urgency::DataBreach));
        check("we have been hacked", Some(Urgency::DataBreach));
        check("You will hear from my lawyer", Some(Urgency::Legal));
        check("I will sue you and I will kill you", Some(Urgency::Violence));
        check("If the discount is not back I go to the police", Some(Urgency::Legal));
        check("Why is my bill higher than last month?", None);
        check("This price will kill our budget", None);
        check("The upload died at 99 percent", None);
        check("Shoot today at the court house, I need my files", None);
        check("I would die for dark mode", None);
        check("Prices shoot up and we are lawyers", None);
        check("Can guests see my other folders?", None);
        check("", None);
    }
}
