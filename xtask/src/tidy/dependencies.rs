//! Every dependency is pinned exactly and has its reason written down.

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
    complaints
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
    }
}
