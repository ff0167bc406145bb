//! SQL only in `crates/store`: a query elsewhere would be a second way to the state.

use super::File;

pub fn check(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.extension() == "rs" && file.path.starts_with("crates/") && file.path.contains("/src/"))
        .filter(|file| !file.path.starts_with("crates/store/") && !file.path.starts_with("crates/test-support/"))
        .flat_map(|file| {
            file.lines_before_tests()
                .filter(|(_, line)| !line.trim_start().starts_with("//") && is_sql(line))
                .map(|(number, _)| format!("{}:{number}: SQL outside crates/store: give the store a function for it.", file.path))
        })
        .collect()
}

fn is_sql(line: &str) -> bool {
    let all = |words: &[&str]| words.iter().all(|word| line.contains(word));
    line.contains("SELECT ") || line.contains("INSERT INTO ") || line.contains("DELETE FROM ") || all(&["UPDATE ", " SET "])
}

#[cfg(test)]
mod tests {
    use super::super::expect;

    #[test]
    fn queries_are_found_outside_the_store_only() {
        let query = "let rows = query(\"SELECT id FROM issues\");";
        expect(super::check, "crates/server/src/issues/list.rs", query, 1);
        expect(super::check, "crates/server/src/issues/list.rs", "\"UPDATE issues SET state = $1\"", 1);
        expect(super::check, "crates/server/src/issues/list.rs", "// Not a SELECT here.", 0);
        expect(super::check, "crates/server/src/issues/list.rs", "let update = Update { state };", 0);
        expect(super::check, "crates/server/src/http/problem.rs", &format!("#[cfg(test)]\n{query}"), 0);
        expect(super::check, "crates/store/src/issues.rs", query, 0);
        expect(super::check, "crates/cli/tests/counts.rs", query, 0);
    }
}
