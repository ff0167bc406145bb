//! Every dependency is pinned exactly, has its reason written down and is used.

use super::File;

const REASONS: &str = "docs/decisions/0002-dependencies.md";

pub fn check(files: &[File]) -> Vec<String> {
    let text_of = |path: &str| files.iter().find(|file| file.path == path).map_or("", |file| &file.text);
    let Some(manifest) = files.iter().find(|file| file.path == "Cargo.toml") else { return vec![] };
    let reasons = text_of(REASONS);
    let mut complaints = Vec::new();
    for (number, name, requirement) in dependencies(manifest) {
        if !requirement.contains("\"=") {
            complaints.push(format!("Cargo.toml:{number}: `{name}` is not pinned: write \"=x.y.z\"."));
        }
        if !reasons.lines().any(|line| line.starts_with(&format!("| `{name}` |"))) {
            complaints.push(format!("Cargo.toml:{number}: `{name}` has no line in {REASONS}: | `{name}` | why |"));
        }
    }
    let known: Vec<&str> = dependencies(manifest).map(|(_, name, _)| name).collect();
    for (number, line) in reasons.lines().enumerate() {
        if let Some((name, _)) = line.strip_prefix("| `").and_then(|rest| rest.split_once('`'))
            && !known.contains(&name)
        {
            complaints.push(format!("{REASONS}:{}: `{name}` is not a dependency any more: remove its line.", number + 1));
        }
    }
    complaints
        .extend(files.iter().filter(|file| file.path != "Cargo.toml" && file.path.ends_with("/Cargo.toml")).flat_map(|file| unused(file, files)));
    complaints
}

/// What a crate asks for and no source of it names.
fn unused(manifest: &File, files: &[File]) -> Vec<String> {
    let folder = manifest.path.trim_end_matches("Cargo.toml");
    let sources: Vec<&File> = files.iter().filter(|file| file.extension() == "rs" && file.path.starts_with(folder)).collect();
    let asked = manifest.lines().filter_map(|(number, line)| line.split_once(".workspace = true").map(|(name, _)| (number, name)));
    asked
        .filter(|(_, name)| !PACKAGE_FIELDS.contains(name))
        .filter(|(_, name)| !sources.iter().any(|file| names(&file.text, &name.replace('-', "_"))))
        .map(|(number, name)| format!("{}:{number}: `{name}` is not used: remove it.", manifest.path))
        .collect()
}

const PACKAGE_FIELDS: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

fn names(text: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| !text[..at].ends_with(word) && !text[at + name.len()..].starts_with(word))
}

/// The crates of others in `[workspace.dependencies]`: line, name, requirement.
fn dependencies(manifest: &File) -> impl Iterator<Item = (usize, &str, &str)> {
    let inside = manifest.lines().skip_while(|(_, line)| line.trim() != "[workspace.dependencies]").skip(1);
    inside
        .take_while(|(_, line)| !line.starts_with('['))
        .filter_map(|(number, line)| line.split_once('=').map(|(name, requirement)| (number, name.trim(), requirement)))
        .filter(|(_, name, requirement)| !requirement.contains("path =") && !name.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_and_reasons_are_asked_for() {
        #[track_caller]
        fn check_pair(manifest: &str, reasons: &str, complaints: usize) {
            let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
            let found =
                check(&[file("Cargo.toml", &format!("[workspace.dependencies]\n{manifest}\n\n[profile.dev]\ndebug = 1\n")), file(REASONS, reasons)]);
            assert_eq!(found.len(), complaints, "{found:?}");
        }
        check_pair("serde = { version = \"=1.0.1\" }", "| `serde` | Serialisation. |", 0);
        check_pair("serde = \"=1.0.1\"", "", 1);
        check_pair("serde = \"1\"", "| `serde` | Serialisation. |", 1);
        check_pair("hypercare-core = { path = \"crates/core\" }", "", 0);
        check_pair("", "| `serde` | Serialisation. |", 1);
    }

    #[test]
    fn what_is_asked_for_is_used() {
        #[track_caller]
        fn check_use(asked: &str, source: &str, complaints: usize) {
            let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
            let manifest = file("crates/a/Cargo.toml", &format!("[package]\nversion.workspace = true\n[dependencies]\n{asked}\n"));
            let files = [manifest, file("crates/a/src/lib.rs", source), file("crates/b/src/lib.rs", "use serde_json;")];
            let found = unused(&files[0], &files);
            assert_eq!(found.len(), complaints, "{found:?}");
        }
        check_use("serde.workspace = true", "use serde::Serialize;", 0);
        check_use("serde.workspace = true", "use serde_json::Value;", 1);
        check_use("futures-util.workspace = true", "use futures_util::Stream;", 0);
    }
}
