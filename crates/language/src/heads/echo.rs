//! Short replies that mean what was said before: "same here", "+1".

use crate::text::words;

/// What such replies consist of; words around them that add nothing are left out first.
#[rustfmt::skip]
const ECHOES: &[&[&str]] = &[
    &["same"], &["same", "here"], &["same", "for", "me"], &["same", "with", "me"], &["same", "with", "us"], &["same", "for", "us"], &["same", "issue"], &["same", "issue", "here"],
    &["same", "problem"], &["same", "problem", "here"], &["same", "question"], &["same", "question", "here"], &["same", "thing"], &["same", "thing", "here"], &["same", "again"],
    &["same", "boat"], &["me", "too"], &["us", "too"], &["me", "as", "well"], &["us", "as", "well"], &["mine", "too"], &["ours", "too"], &["mine", "as", "well"], &["happens", "here", "too"],
    &["here", "too"], &["i", "have", "same", "issue"], &["i", "have", "same", "problem"], &["i", "have", "same", "question"], &["we", "have", "same", "issue"], &["we", "have", "same", "problem"],
    &["having", "same", "issue"], &["having", "same", "problem"], &["i", "have", "that", "too"], &["so", "do", "i"], &["likewise"], &["ditto"], &["seconded"], &["this"], &["1"], &["plus", "one"],
    &["it", "happened", "again"], &["it", "happens", "to", "me", "too"], &["happening", "to", "me", "too"], &["happening", "again"], &["still", "same"], &["still", "same", "problem"],
    &["still", "same", "issue"],
];
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "yes", "yeah", "yep", "hi", "hello", "hey", "ok", "okay", "please", "thanks", "thank", "you", "exactly", "exact", "the", "a", "all", "team", "and", "also", "just", "oh", "am", "im",
    "its", "is", "very", "precisely", "guys", "everyone", "today", "now",
];

/// The reply in its own words, if it only repeats what was said before.
pub(crate) fn find(text: &str) -> Option<String> {
    let said = words(text);
    if said.len() > 10 {
        return None;
    }
    let core: Vec<&str> = said.iter().map(String::as_str).filter(|w| !AROUND.contains(w)).collect();
    let plus_one = core == ["1"] && text.contains('+');
    (plus_one || core != ["1"] && ECHOES.contains(&&core[..])).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_that_only_repeat_are_seen() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(find(text).is_some(), expected, "{text}");
        }
        check("same here", true);
        check("Same here!!", true);
        check("SAME PROBLEM", true);
        check("me too, thanks", true);
        check("Yes, exactly the same issue here", true);
        check("+1", true);
        check("we have the same problem", true);
        check("ditto 🙂", true);
        check("1", false);
        check("2", false);
        check("same here, but my invoice is also wrong", false);
        check("is it the same price", false);
        check("me", false);
        check("", false);
        check("🙂", false);
    }
}
