//! Reading how many tests passed and failed from what test runners print.

/// How many tests passed and how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passed.
    pub passed: u64,
    /// Failed, timed out or crashed.
    pub failed: u64,
}

/// `Summary [ 2.8s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 0 skipped`
pub fn nextest(output: &str) -> Option<Counts> {
    let line = output.lines().rfind(|line| line.trim_start().starts_with("Summary ["))?;
    let (_, figures) = line.rsplit_once(':')?;
    let of = |what: &str| before(figures, what).unwrap_or(0);
    Some(Counts { passed: before(figures, "passed")?, failed: of("failed") + of("timed out") + of("exec failed") })
}

/// `test result: ok. 4 passed; 0 failed; …`, one line for each binary.
pub fn cargo_test(output: &str) -> Option<Counts> {
    sum(output.lines().filter(|line| line.starts_with("test result:")), "passed", "failed")
}

/// `      Tests  1 failed | 11 passed (12)`
pub fn vitest(output: &str) -> Option<Counts> {
    sum(output.lines().filter(|line| line.trim_start().starts_with("Tests ")), "passed", "failed")
}

/// `ℹ pass 3` and `ℹ fail 1`; a cancelled test did not pass.
pub fn node(output: &str) -> Option<Counts> {
    let of = |what: &str| {
        output.lines().rev().find_map(|line| {
            let mut words = line.split_whitespace().skip(1);
            (words.next() == Some(what)).then(|| words.next()?.parse::<u64>().ok())?
        })
    };
    Some(Counts { passed: of("pass")?, failed: of("fail")? + of("cancelled").unwrap_or(0) })
}

fn sum<'a>(lines: impl Iterator<Item = &'a str>, passed: &str, failed: &str) -> Option<Counts> {
    lines
        .map(|line| Counts { passed: before(line, passed).unwrap_or(0), failed: before(line, failed).unwrap_or(0) })
        .reduce(|a, b| Counts { passed: a.passed + b.passed, failed: a.failed + b.failed })
}

/// The number that stands before a word: 11 for "passed" in `1 failed | 11 passed (12)`.
fn before(line: &str, word: &str) -> Option<u64> {
    line.match_indices(word).find_map(|(at, _)| line[..at].trim_end().rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
}

/// Without the escape sequences that colour a terminal.
pub fn plain(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            result.push(c);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: fn(&str) -> Option<Counts>, output: &str, expected: Option<(u64, u64)>) {
        assert_eq!(read(&plain(output)), expected.map(|(passed, failed)| Counts { passed, failed }), "{output}");
    }

    #[test]
    fn nextest_prints_one_summary() {
        check(nextest, "     Summary [   2.842s] 8 tests run: 8 passed, 0 skipped", Some((8, 0)));
        check(nextest, "     Summary [   2.8s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 0 skipped\n   FAIL x", Some((6, 3)));
        check(nextest, "\u{1b}[32;1m     Summary\u{1b}[0m [ 0.1s] \u{1b}[1m3\u{1b}[0m tests run: \u{1b}[1m3\u{1b}[0m passed", Some((3, 0)));
        check(nextest, "error: could not compile", None);
    }

    #[test]
    fn cargo_test_prints_one_line_for_each_binary() {
        let two = "test result: ok. 4 passed; 0 failed; 0 ignored\nother\ntest result: FAILED. 3 passed; 2 failed; 0 ignored";
        check(cargo_test, two, Some((7, 2)));
        check(cargo_test, "error: could not compile", None);
    }

    #[test]
    fn vitest_prints_failures_first() {
        check(vitest, " Test Files  2 passed (2)\n      Tests  12 passed (12)\n", Some((12, 0)));
        check(vitest, " Test Files  1 failed (2)\n      Tests  1 failed | 11 passed (12)\n", Some((11, 1)));
        check(vitest, "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m", Some((7, 0)));
        check(vitest, "SyntaxError", None);
    }

    #[test]
    fn node_counts_what_was_cancelled_as_failed() {
        check(node, "ℹ tests 4\nℹ pass 3\nℹ fail 0\nℹ cancelled 1\n", Some((3, 1)));
        check(node, "ℹ tests 2\nℹ pass 2\nℹ fail 0\nℹ cancelled 0\n", Some((2, 0)));
        check(node, "# tests 2\n# pass 1\n# fail 1\n", Some((1, 1)));
        check(node, "Error: cannot find module", None);
    }
}
