//! What a short reply to the assistant means. Only what is plain is read; everything else is free text.

/// What a reply to the question chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The answer with this number, from 0.
    Option(usize),
    /// Neither.
    Neither,
    /// Something else was written.
    Free,
}

/// The label of the choice that leads to a person.
pub const NEITHER: &str = "Neither of these";
/// A reply with more words says something of its own.
const WORDS: usize = 14;

const FIRST: &[&str] = &["1", "1st", "first", "former", "one"];
const SECOND: &[&str] = &["2", "2nd", "second", "latter", "two"];
/// “3” is the number of “neither” where choices are numbered.
const NONE: &[&str] = &["3", "3rd", "third", "neither", "none", "nothing", "no", "nope"];
/// Words that choose nothing and take nothing away from a choice.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "the", "it", "its", "it's", "is", "i", "s", "im", "am", "about", "option", "number", "no", "nr", "one", "please", "thanks", "thank", "you", "yes", "think", "mean", "meant", "of", "these", "those", "them", "two",
    "that", "this", "answer", "question", "would", "be", "rather", "more", "like", "hi", "hello", "sorry", "my", "me", "want", "need", "a", "an", "and", "to", "do", "does", "in", "on", "for", "fit", "fits", "applies", "with",
];
const AROUND_NUMBERS: &[&str] = &["number", "option", "answer", "question", "nr", "please", "thanks", "the"];
#[rustfmt::skip]
const HELPED: &[&str] = &[
    "yes", "yep", "yeah", "thanks", "thank", "thx", "cheers", "great", "perfect", "super", "wonderful", "brilliant", "excellent", "helped", "helps", "helpful", "solved", "clear", "understood", "👍", "🙏",
];
#[rustfmt::skip]
const DID_NOT: &[&[&str]] = &[
    &["no"], &["nope"], &["not", "helpful"], &["did", "not", "help"], &["didn't", "help"], &["didnt", "help"], &["does", "not", "help"], &["doesn't", "help"], &["doesnt", "help"],
    &["not", "really"], &["no", "thanks"], &["no", "sorry"], &["no", "it", "did", "not"], &["no", "it", "didn't"], &["no", "it", "did", "not", "help"], &["no", "it", "didn't", "help"],
    &["it", "did", "not", "help"], &["it", "didn't", "help"], &["that", "did", "not", "help"], &["that", "didn't", "help"], &["this", "did", "not", "help"], &["this", "didn't", "help"],
];
#[rustfmt::skip]
const AROUND_HELPED: &[&str] = &[
    "that", "this", "it", "is", "was", "very", "so", "much", "you", "all", "now", "a", "lot", "for", "the", "answer", "your", "help", "me", "quick", "fast", "good", "ok", "okay", "really", "many", "i", "have", "ah", "oh", "phew", "got", "cool", "nice", "and", "makes", "sense", "then", "that's", "it's", "what", "needed", "wanted", "to", "know", "hi", "team", "explaining", "explanation", "wow", "best", "regards", "sorry", "bother", "of", "course", "exactly", "my", "question", "answers", "see", "alright", "right", "fine", "dear",
];

/// What of an e-mail is new: without the quoted text below it.
fn own_words(text: &str) -> String {
    let quoted =
        |line: &&str| !(line.starts_with('>') || (line.starts_with("On ") && line.trim_end().ends_with("wrote:")) || line.starts_with("-----"));
    text.lines().take_while(quoted).collect::<Vec<_>>().join("\n")
}

/// Words in lower case. Marks that people put around words go; a face stays.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'");
    text.split(|c: char| c.is_whitespace() || (c.is_ascii_punctuation() && c != '\'') || "“”„«»…–—¿¡".contains(c))
        .map(|word| word.trim_matches(|c: char| c == '\'' || ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Reads the reply to “Is it about A, or about B?”: a number, “the first”, the words of one title, “neither”. A reply with a
/// word beyond those is free text, so that what it adds is read.
pub fn choice(text: &str, titles: &[&str]) -> Choice {
    let own = own_words(text);
    let said = words(&own);
    if said.is_empty() {
        return Choice::Free;
    }
    let titled: Vec<Vec<String>> = titles.iter().map(|t| words(t)).collect();
    if let Some(number) = titled.iter().position(|t| *t == said) {
        return Choice::Option(number);
    }
    if said == words(NEITHER) {
        return Choice::Neither;
    }
    if said.len() > WORDS || own.contains('?') {
        return Choice::Free;
    }
    match said.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["a"] => return Choice::Option(0),
        ["b"] => return Choice::Option(1),
        _ => {}
    }
    let telling: Vec<&str> = said.iter().map(String::as_str).filter(|w| !FILLERS.contains(w)).collect();
    let all = |list: &[&str], words: &[&str]| !words.is_empty() && words.iter().all(|w| list.contains(w));
    // Beside nothing but “number” and the like, “one”, “two” and “no” are what they say; among other words they fill.
    let plain: Vec<&str> =
        if telling.is_empty() { said.iter().map(String::as_str).filter(|w| !AROUND_NUMBERS.contains(w)).collect() } else { telling };
    for (list, choice) in [(FIRST, Choice::Option(0)), (SECOND, Choice::Option(1)), (NONE, Choice::Neither)] {
        if all(list, &plain) {
            return choice;
        }
    }
    let only_in = |number: usize| {
        let own = &titled[number];
        let others: Vec<&String> = titled.iter().enumerate().filter(|(n, _)| *n != number).flat_map(|(_, t)| t).collect();
        plain.iter().all(|w| own.iter().any(|t| t == w)) && plain.iter().any(|w| !FILLERS.contains(w) && !others.iter().any(|t| *t == w))
    };
    let mut fits = (0..titled.len()).filter(|number| only_in(*number));
    match (fits.next(), fits.next()) {
        (Some(number), None) => Choice::Option(number),
        _ => Choice::Free,
    }
}

/// Reads whether an answer helped, where a reply says nothing else: “yes, thanks”, “no”. None for all other text.
pub fn verdict(text: &str) -> Option<bool> {
    let own = own_words(text);
    let said = words(&own);
    if own.contains('?') || said.len() > WORDS {
        return None;
    }
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    if DID_NOT.contains(&said.as_slice()) {
        return Some(false);
    }
    let thanks = said.iter().any(|w| HELPED.contains(w));
    (thanks && said.iter().all(|w| HELPED.contains(w) || AROUND_HELPED.contains(w))).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_choice_is_read_and_nothing_else() {
        const BILL: &str = "Why is my bill higher than before?";
        const CHARGES: &str = "Why do I see two charges this month?";
        #[track_caller]
        fn check(text: &str, expected: Choice) {
            assert_eq!(choice(text, &[BILL, CHARGES]), expected, "{text}");
        }
        check("1", Choice::Option(0));
        check(" 2. ", Choice::Option(1));
        check("Option 2, please", Choice::Option(1));
        check("The first one", Choice::Option(0));
        check("it's the second", Choice::Option(1));
        check("the latter", Choice::Option(1));
        check("one", Choice::Option(0));
        check("number two", Choice::Option(1));
        check(BILL, Choice::Option(0));
        check("why do i see two charges this month", Choice::Option(1));
        check("the higher bill", Choice::Option(0));
        check("It is about the charges", Choice::Option(1));
        check("My bill", Choice::Option(0));
        check("2\n\nOn Monday, Nordlicht wrote:\n> 1. Why is my bill higher", Choice::Option(1));
        check("1\n> It is about", Choice::Option(0));
        check("neither", Choice::Neither);
        check("Neither of these", Choice::Neither);
        check("3", Choice::Neither);
        check("No", Choice::Neither);
        check("none of them", Choice::Neither);
        check("a", Choice::Option(0));
        check("that one", Choice::Free);
        check("it is a question", Choice::Free);
        check("4", Choice::Free);
        check("12", Choice::Free);
        check("1 or 2", Choice::Free);
        check("1 and 2", Choice::Free);
        check("both", Choice::Free);
        check("the bill and the charges", Choice::Free);
        check("1, and my lawyer will hear of it", Choice::Free);
        check("no charges please, just cancel", Choice::Free);
        check("the bill, is it fraud?", Choice::Free);
        check("", Choice::Free);
        check("👍", Choice::Free);
        check("> 1", Choice::Free);
    }

    #[test]
    fn thanks_and_no_are_verdicts() {
        #[track_caller]
        fn check(text: &str, expected: Option<bool>) {
            assert_eq!(verdict(text), expected, "{text}");
        }
        check("yes", Some(true));
        check("Yes, thank you!", Some(true));
        check("Thanks, that helped a lot", Some(true));
        check("👍", Some(true));
        check("ah ok, got it. thank you!", Some(true));
        check("perfect 👍🏽", Some(true));
        check("No", Some(false));
        check("no, it didn’t help", Some(false));
        check("That did not help.", Some(false));
        check("ok", None);
        check("thanks, but my card was charged twice", None);
        check("thanks for nothing", None);
        check("yes?", None);
        check("no way", None);
        check("not clear", None);
        check("", None);
    }
}
