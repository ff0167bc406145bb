//! No source file over 500 lines: what is longer holds two things.

use super::File;

const LIMIT: usize = 500;

/// Files that may be longer, each with the reason. An entry that is no longer needed is a complaint too.
const LONGER: [(&str, &str); 0] = [];

pub fn check(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| is_source(file)) {
        let lines = file.lines_before_tests().count();
        let allowed = LONGER.iter().any(|(path, _)| *path == file.path);
        match (lines > LIMIT, allowed) {
            (true, false) => complaints.push(format!("{}: {lines} lines, at most {LIMIT}: split it by what it does.", file.path)),
            (false, true) => complaints.push(format!("{}: no longer needs its place in xtask/src/tidy/length.rs.", file.path)),
            _ => {}
        }
    }
    complaints
}

fn is_source(file: &File) -> bool {
    let test = file.path.contains("/tests/") || file.path.starts_with("tests/") || file.path.contains(".test.");
    let generated = file.text.starts_with("// Made by `npm run generate`");
    matches!(file.extension(), "rs" | "ts" | "mjs" | "js" | "svelte" | "css") && !test && !generated
}

#[cfg(test)]
mod tests {
    use super::super::expect;

    #[test]
    fn long_files_are_found_and_tests_may_be_long() {
        let long = "x\n".repeat(501);
        expect(super::check, "crates/core/src/a.rs", &long, 1);
        expect(super::check, "crates/core/src/a.rs", &"x\n".repeat(500), 0);
        expect(super::check, "crates/core/src/a.rs", &format!("#[cfg(test)]\n{long}"), 0);
        expect(super::check, "crates/core/tests/a.rs", &long, 0);
        expect(super::check, "web/console/src/a.test.ts", &long, 0);
        expect(super::check, "web/console/src/A.svelte", &long, 1);
        expect(super::check, "web/console/src/lib/api/schema.ts", &format!("// Made by `npm run generate` from the API.\n{long}"), 0);
        expect(super::check, "docs/a.md", &long, 0);
    }
}
