//! `core` reads no clock, network, disk or random source, and waits for nothing.

use super::File;

const FORBIDDEN_CRATES: [&str; 8] = ["tokio", "sqlx", "reqwest", "axum", "lettre", "getrandom", "rand", "tracing"];
const FORBIDDEN_WORDS: [&str; 11] = [
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "async fn",
    ".await",
];

pub fn check(files: &[File]) -> Vec<String> {
    files.iter().filter(|file| file.path.starts_with("crates/core/")).flat_map(complaints).collect()
}

fn complaints(file: &File) -> Vec<String> {
    if file.path == "crates/core/Cargo.toml" {
        let named = |line: &str| FORBIDDEN_CRATES.into_iter().find(|name| line.split(['.', ' ', '=']).next() == Some(name));
        let lines = file.lines().filter_map(|(number, line)| named(line.trim_start()).map(|name| (number, name)));
        return lines.map(|(number, name)| format!("{}:{number}: core knows no `{name}`: do that in the server.", file.path)).collect();
    }
    if !file.path.starts_with("crates/core/src/") {
        return vec![];
    }
    file.lines()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(number, line)| FORBIDDEN_WORDS.into_iter().find(|word| line.contains(word)).map(|word| (number, word)))
        .map(|(number, word)| format!("{}:{number}: core is pure, `{word}` is not: let the caller pass the value in.", file.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::expect;

    #[test]
    fn what_reads_the_world_is_found() {
        expect(super::check, "crates/core/Cargo.toml", "tokio.workspace = true\n", 1);
        expect(super::check, "crates/core/Cargo.toml", "sqlx = { workspace = true }\n", 1);
        expect(super::check, "crates/core/Cargo.toml", "serde.workspace = true\n", 0);
        expect(super::check, "crates/server/Cargo.toml", "tokio.workspace = true\n", 0);
        expect(super::check, "crates/core/src/clock.rs", "let now = Timestamp::now();\n", 1);
        expect(super::check, "crates/core/src/clock.rs", "pub async fn due() {}\n", 1);
        expect(super::check, "crates/core/src/clock.rs", "/// Never reads `SystemTime`.\n", 0);
        expect(super::check, "crates/server/src/engine/mod.rs", "let now = Timestamp::now();\n", 0);
    }
}
