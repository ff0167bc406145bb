//! People who are named in a note. The text holds their id, so that it stays true when somebody is renamed. Pure.

use crate::UserId;
use std::collections::BTreeMap;

/// People whom one note can mention; whoever is named after them is not told.
pub const MENTIONED: usize = 20;
/// Digits of the longest id.
const LONGEST: usize = 19;

/// The text in pieces: what is no mention, or the person that a mention names and how it is written.
fn pieces(text: &str) -> Vec<Result<(UserId, &str), &str>> {
    let mut found = vec![];
    let (mut rest, mut from) = (text, 0);
    while let Some(at) = rest[from..].find("@{").map(|at| from + at) {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_digit).take(LONGEST + 1).count();
        let end = at + 2 + digits;
        let id = rest[at + 2..end].parse::<i64>().ok().filter(|_| rest[end..].starts_with('}'));
        let Some(id) = id else {
            from = at + 2;
            continue;
        };
        if at > 0 {
            found.push(Err(&rest[..at]));
        }
        found.push(Ok((UserId(id), &rest[at..=end])));
        (rest, from) = (&rest[end + 1..], 0);
    }
    if !rest.is_empty() {
        found.push(Err(rest));
    }
    found
}

/// Whom a note mentions (`@{ID}`), each once, in the order of the text, at most [`MENTIONED`].
pub fn mentioned(text: &str) -> Vec<UserId> {
    let mut people = vec![];
    for (user, _) in pieces(text).into_iter().flatten() {
        if people.len() < MENTIONED && !people.contains(&user) {
            people.push(user);
        }
    }
    people
}

/// The text with `@Name` where somebody known is mentioned. Whoever is not known stays as it is written.
pub fn named(text: &str, names: &BTreeMap<UserId, String>) -> String {
    let piece = |piece: Result<(UserId, &str), &str>| match piece {
        Ok((user, written)) => names.get(&user).map_or_else(|| written.to_owned(), |name| format!("@{name}")),
        Err(other) => other.to_owned(),
    };
    pieces(text).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_named_is_found_and_shown_by_name() {
        #[track_caller]
        fn check(text: &str, ids: &[i64], shown: &str) {
            let names = [(UserId(7), "Mara Lind".to_owned())].into();
            assert_eq!(mentioned(text), ids.iter().map(|id| UserId(*id)).collect::<Vec<_>>(), "{text}");
            assert_eq!(named(text, &names), shown, "{text}");
        }
        check("", &[], "");
        check("Nobody", &[], "Nobody");
        check("@{7}", &[7], "@Mara Lind");
        check("Ask @{7}, or @{8}. @{7}?", &[7, 8], "Ask @Mara Lind, or @{8}. @Mara Lind?");
        check("ä@{7}ß@{7}", &[7], "ä@Mara Lindß@Mara Lind");
        // Not a mention: stays.
        check("@{} @{x} @{7 @7 {7} @ {7}", &[], "@{} @{x} @{7 @7 {7} @ {7}");
        check("@{@{7}}", &[7], "@{@Mara Lind}");
        check("@{12345678901234567890}", &[], "@{12345678901234567890}");
        check("@{-7} @{+7}", &[], "@{-7} @{+7}");
    }

    #[test]
    fn a_note_mentions_a_bounded_number() {
        let text: String = (0..200).map(|id| format!("@{{{id}}}")).collect();
        assert_eq!(mentioned(&text).len(), MENTIONED);
    }
}
