//! Searching text the same way on both engines.
//!
//! What is searched is kept a second time in lower case: SQLite's LOWER and LIKE know ASCII only, and
//! PostgreSQL's LOWER depends on the database's locale.

/// How text is kept for searching.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// The LIKE pattern that finds these words anywhere in folded text. Use it with `ESCAPE '!'`.
pub(crate) fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(words.trim()).chars() {
        // In LIKE, % and _ would mean more than themselves.
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_themselves() {
        #[track_caller]
        fn check(words: &str, expected: &str) {
            assert_eq!(pattern(words), expected, "{words}");
        }
        check(" Rechnung ", "%rechnung%");
        check("ÄRGER", "%ärger%");
        check("50%", "%50!%%");
        check("order_7!", "%order!_7!!%");
    }
}
