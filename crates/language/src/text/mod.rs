//! Turning what people type into words that can be compared.

mod fold;
mod question;
mod stem;

pub(crate) use fold::{excerpt, tokens, words};
pub(crate) use question::{content_words, is_courtesy, is_question, sentences};
pub(crate) use stem::stem;

/// Most characters of a message that are looked at. A question stands at the start or at the end of a
/// long paste, so the first 1,500 and the last 500 are kept.
pub const CHARACTERS_USED: usize = 2_000;
const HEAD: usize = 1_500;

/// Marks the end of a clause among the words of [`tokens`].
pub(crate) const BREAK: &str = ".";

/// The part of a message that is looked at: without quoted lines, at most [`CHARACTERS_USED`] characters.
pub(crate) fn usable(text: &str) -> String {
    // A byte bound first, so that a huge paste costs no more than a long one.
    let text = if text.len() > 40 * CHARACTERS_USED { ends(text, 20 * CHARACTERS_USED) } else { text.to_owned() };
    let own: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('>')).collect();
    let own = if own.iter().all(|line| line.trim().is_empty()) { text } else { own.join("\n") };
    let count = own.chars().count();
    if count <= CHARACTERS_USED {
        return own;
    }
    let head = own.chars().take(HEAD);
    let tail = own.chars().skip(count - (CHARACTERS_USED - HEAD - 1));
    head.chain(std::iter::once('\n')).chain(tail).collect()
}

fn ends(text: &str, bytes: usize) -> String {
    let head = text.floor_char_boundary(bytes);
    let tail = text.ceil_char_boundary(text.len() - bytes);
    format!("{}\n{}", &text[..head], &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usable_text_is_bounded_and_keeps_both_ends() {
        let paste = format!("first {} last", "x ".repeat(60_000));
        let used = usable(&paste);
        assert!(used.chars().count() <= CHARACTERS_USED);
        assert!(used.starts_with("first") && used.ends_with("last"));
        assert_eq!(usable("> old\nnew"), "new");
        assert_eq!(usable("> only quoted"), "> only quoted");
    }
}
