//! No unfinished work and no test that does not run.

use super::File;

/// Written in two halves so that this file does not complain about itself.
const UNFINISHED: [&str; 4] = [concat!("todo", "!"), concat!("unimplemented", "!"), concat!("TO", "DO"), concat!("FIX", "ME")];
const NOT_RUN: [&str; 7] = [
    concat!("#[ig", "nore"),
    concat!("test.sk", "ip("),
    concat!("it.sk", "ip("),
    concat!("describe.sk", "ip("),
    concat!("test.on", "ly("),
    concat!("it.on", "ly("),
    concat!("describe.on", "ly("),
];

pub fn check(files: &[File]) -> Vec<String> {
    let sources = files.iter().filter(|file| matches!(file.extension(), "rs" | "ts" | "mjs" | "js" | "svelte" | "css" | "sh" | "sql"));
    sources
        .flat_map(|file| {
            file.lines().filter_map(|(number, line)| {
                let advice = if let Some(mark) = UNFINISHED.into_iter().find(|mark| line.contains(mark)) {
                    format!("`{mark}`: finish it, or open an issue and leave no mark.")
                } else {
                    let mark = NOT_RUN.into_iter().find(|mark| line.contains(mark))?;
                    format!("`{mark}`: a test that does not run guards nothing; make it run or remove it.")
                };
                Some(format!("{}:{number}: {advice}", file.path))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::expect;

    #[test]
    fn marks_are_found() {
        expect(super::check, "crates/core/src/a.rs", concat!("    todo", "!()\n"), 1);
        expect(super::check, "crates/core/src/a.rs", concat!("// TO", "DO: later\n"), 1);
        expect(super::check, "crates/core/src/a.rs", concat!("#[ig", "nore]\n"), 1);
        expect(super::check, "tests/browser/a.test.mjs", concat!("test.sk", "ip('x')\n"), 1);
        expect(super::check, "crates/core/src/a.rs", "items.skip(1)\n", 0);
        expect(super::check, "docs/a.md", concat!("TO", "DO\n"), 0);
    }
}
