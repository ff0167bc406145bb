//! Names of one particular thing: an error code, an order number, a plan. What is true of one is not true of another,
//! however alike the sentences are.

use std::collections::BTreeSet;

/// What a text names, in capitals and without joints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identifiers {
    /// Error codes, order and account numbers.
    codes: BTreeSet<String>,
    /// Names of plans, editions and the like.
    plans: BTreeSet<String>,
}

/// Words after which a number is a name. After other words it is an amount, a date or a count.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "order", "ticket", "case", "invoice", "ref", "reference", "booking", "number", "no", "nr", "tracking", "error", "code", "shipment", "parcel", "claim", "policy", "account",
    "incident", "request", "transaction", "contract", "receipt", "status", "http", "fault", "exception",
];
/// Words that may stand between such a word and its number: "order number 4711", "error code: 500".
const BETWEEN: &[&str] = &["number", "no", "nr", "code", "id", "is", "was", "called", "ref", "reference", "message"];
/// Letters before digits that make a date, an amount or a quarter.
#[rustfmt::skip]
const NOT_A_CODE: &[&str] = &[
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "SEPT", "OCT", "NOV", "DEC", "JUNE", "JULY", "MARCH", "APRIL", "USD", "EUR", "GBP", "CHF", "SEK", "NOK", "DKK", "JPY",
    "AUD", "CAD", "INR", "RS", "US", "Q", "X", "UTC", "GMT", "AT", "ON", "IN", "TO", "OF", "FOR", "BY",
];
/// What plans are called.
const KINDS_OF_PLAN: &[&str] = &["plan", "plans", "tier", "edition", "package", "subscription", "licence", "license"];
/// Names of plans that are known without a capital.
#[rustfmt::skip]
const PLANS: &[&str] = &[
    "free", "basic", "starter", "standard", "plus", "pro", "professional", "premium", "business", "team", "enterprise", "ultimate", "essential", "essentials", "family", "individual",
    "student", "gold", "silver", "platinum", "bronze", "lite",
];
/// Capitalised words before "plan" that name none.
#[rustfmt::skip]
const NO_PLANS: &[&str] = &[
    "my", "our", "your", "the", "a", "an", "this", "that", "which", "what", "new", "old", "current", "same", "other", "another", "different", "any", "each", "every", "i", "we", "is", "are",
    "can", "to", "change", "switch", "cancel", "upgrade", "downgrade", "price", "pricing", "service", "support", "data", "payment", "monthly", "annual", "yearly", "of", "and", "or", "on",
];
/// Most words that are looked at.
const WORDS: usize = 600;

impl Identifiers {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let shouting = !text.chars().any(char::is_lowercase);
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || ",;:!?()[]{}\"“”'’".contains(c)).filter(|w| !w.is_empty()).take(WORDS).collect();
        let mut found = Self::default();
        for (at, word) in words.iter().enumerate() {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
            let joined: String = plain.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
            if is_code(plain, &joined) || is_number(plain) && is_numbered(&words[..at], plain) {
                found.codes.insert(joined);
            } else if at > 0 && KINDS_OF_PLAN.contains(&plain.to_lowercase().as_str()) {
                found.plans.extend(plan_name(&words[..at], shouting));
            }
        }
        found
    }

    /// Whether both name something of a kind, and this text names one that the wording does not.
    pub fn differ(&self, wording: &Self) -> bool {
        let other = |own: &BTreeSet<String>, theirs: &BTreeSet<String>| !own.is_empty() && !theirs.is_empty() && !own.is_subset(theirs);
        other(&self.codes, &wording.codes) || other(&self.plans, &wording.plans)
    }

    /// Takes over what another text names, of the kinds of which nothing is named yet.
    pub fn learn(&mut self, other: &Self) {
        for (own, theirs) in [(&mut self.codes, &other.codes), (&mut self.plans, &other.plans)] {
            if own.is_empty() {
                own.clone_from(theirs);
            }
        }
    }

    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.plans.is_empty()
    }
}

/// How many wordings of an item name something else than the text.
#[derive(Clone, Copy, Default)]
pub(crate) struct Apart {
    title: bool,
    differ: usize,
    all: usize,
}

impl Apart {
    /// Counts one wording, in their order: the first is the title.
    pub fn count(&mut self, differs: bool) {
        self.title |= differs && self.all == 0;
        self.differ += usize::from(differs);
        self.all += 1;
    }
    /// Wordings counted.
    pub fn all(self) -> usize {
        self.all
    }
    /// An answer is about another thing when its title names it, or half of its wordings do. Fewer are customers who
    /// happened to give their own number.
    pub fn is_out(self) -> bool {
        self.title || self.differ > 0 && 2 * self.differ >= self.all
    }
}

/// Letters, then at least two digits (E1042, INV-2024-17); or letters and digits so mixed that no word or measure looks
/// like it (0x80070005, AB12CD34); or capitals joined by underscores (ERR_TIMED_OUT).
fn is_code(word: &str, joined: &str) -> bool {
    let characters: Vec<char> = joined.chars().collect();
    if characters.len() > 40 || !joined.is_ascii() {
        return false;
    }
    let (letters, digits) = (characters.iter().filter(|c| c.is_ascii_alphabetic()).count(), characters.iter().filter(|c| c.is_ascii_digit()).count());
    if digits == 0 {
        return word.contains('_') && letters >= 4 && !word.chars().any(char::is_lowercase);
    }
    let changes = characters.windows(2).filter(|w| w[0].is_ascii_digit() != w[1].is_ascii_digit()).count();
    let first: String = characters.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    if changes == 1 && !first.is_empty() {
        return digits >= 2 && first.len() <= 6 && !NOT_A_CODE.contains(&first.as_str());
    }
    changes >= 2 && characters.len() >= 6 && letters >= 1 && digits >= 3
}

fn is_number(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 2 && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '#' | '/' | '_'))
}

/// Whether a number stands where numbers name things.
fn is_numbered(before: &[&str], word: &str) -> bool {
    if word.starts_with('#') {
        return true;
    }
    let mut before = before.iter().rev().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '#').to_lowercase());
    let mut last = before.next().unwrap_or_default();
    let mut steps = 0;
    while steps < 2 && (last.is_empty() || last == "#" || BETWEEN.contains(&last.as_str())) {
        if matches!(last.as_str(), "number" | "no" | "nr" | "code") && steps == 1 {
            return true;
        }
        last = before.next().unwrap_or_default();
        steps += 1;
    }
    NUMBERED.contains(&last.as_str()) || NUMBERED.iter().any(|known| last.strip_suffix('s') == Some(*known))
}

/// The name before "plan".
fn plan_name(before: &[&str], shouting: bool) -> Option<String> {
    let word = before.last()?.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = word.to_lowercase();
    let named = before.len() > 1 && !shouting && word.starts_with(char::is_uppercase) && !NO_PLANS.contains(&lower.as_str());
    (PLANS.contains(&lower.as_str()) || named).then(|| lower.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_amounts_dates_and_counts() {
        #[track_caller]
        fn check(text: &str, codes: &[&str], plans: &[&str]) {
            let found = Identifiers::of(text);
            assert_eq!(
                (found.codes.iter().map(String::as_str).collect::<Vec<_>>(), found.plans.iter().map(String::as_str).collect::<Vec<_>>()),
                (codes.to_vec(), plans.to_vec()),
                "{text}"
            );
        }
        check("I get error E1042 again", &["E1042"], &[]);
        check("ERR-203, then inv-2024-17.", &["ERR203", "INV202417"], &[]);
        check("error 0x80070005 and ERR_TIMED_OUT", &["0X80070005", "ERRTIMEDOUT"], &[]);
        check("order 10023 has not come", &["10023"], &[]);
        check("Where is my order number 10023?", &["10023"], &[]);
        check("error code: 500", &["500"], &[]);
        check("see #4711", &["#4711".trim_start_matches('#')], &[]);
        check("parcel 1Z999AA10123456784", &["1Z999AA10123456784"], &[]);
        check("I paid 500 for 12 seats on 2026-11-17 at 10:30", &[], &[]);
        check("It took 2 weeks, 45 minutes and 20minutes; 100GB, 401k, 24h, 30th", &[], &[]);
        check("since Nov17, usd500, may 20", &[], &[]);
        check("mp3 and 3D and my Toyota 4runner", &[], &[]);
        check("I am on the Pro plan, not the Studio-Plus plan", &[], &["PRO", "STUDIO-PLUS"]);
        check("what is in the team plan", &[], &["TEAM"]);
        check("HOW DO I LEAVE MY PLAN, THE PRO PLAN", &[], &["PRO"]);
        check("Which plan is mine? My plan is a data plan", &[], &[]);
        check("", &[], &[]);
    }

    #[test]
    fn what_names_another_thing_differs() {
        #[track_caller]
        fn check(text: &str, wording: &str, differ: bool) {
            assert_eq!(Identifiers::of(text).differ(&Identifiers::of(wording)), differ, "{text} | {wording}");
        }
        check("error E1042 when I pay", "error E2077 when I pay", true);
        check("error e-1042 when I pay", "Error E1042 when I pay", false);
        check("E1042 and E2077", "error E2077", true);
        check("an error when I pay", "error E2077 when I pay", false);
        check("error E1042", "an error when I pay", false);
        check("order 10023 is late", "order 10024 is late", true);
        check("I paid 500", "I paid 700", false);
        check("price of the Pro plan", "price of the Team plan", true);
        check("price of the Pro plan, error E1042", "price of the Team plan", true);
    }
}
