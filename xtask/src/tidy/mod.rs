//! The repository's own checks: walls that no compiler guards. Each prints what is wrong and what would be right.

mod core_is_pure;
mod dependencies;
mod length;
mod links;
mod machine;
mod marks;
mod sql;

use crate::shell::root;
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;

/// One text file of the repository.
pub struct File {
    /// From the top folder, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl File {
    fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
    /// Lines with their numbers, from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
    /// The same up to the tests at the end of a Rust file.
    fn lines_before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }
}

/// Looks at all files and returns what is wrong with them, as `path:line: what and what instead`.
type Check = fn(&[File]) -> Vec<String>;

const CHECKS: [Check; 7] = [length::check, sql::check, core_is_pure::check, marks::check, links::check, machine::check, dependencies::check];

/// Runs every check and fails with all complaints.
pub fn tidy() -> Result<()> {
    let mut files = Vec::new();
    read(&root(), "", &mut files)?;
    let complaints: Vec<String> = CHECKS.iter().flat_map(|check| check(&files)).collect();
    if !complaints.is_empty() {
        bail!("{} {} untidy:\n{}", complaints.len(), if complaints.len() == 1 { "place is" } else { "places are" }, complaints.join("\n"));
    }
    eprintln!("{} files are tidy.", files.len());
    Ok(())
}

/// Folders that hold no sources. The walk does not ask git, so that an unpacked archive can be checked too.
const NOT_SOURCES: [&str; 7] = [".git", "target", "node_modules", "dist", ".svelte-kit", "coverage", "__pycache__"];
const TEXT: [&str; 20] = [
    "rs", "toml", "md", "ts", "mjs", "js", "svelte", "css", "html", "json", "jsonl", "yml", "yaml", "sh", "sql", "txt", "csv", "svg", "npmrc", "run",
];

fn read(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            // The data directory of a server that was tried out here.
            if !NOT_SOURCES.contains(&name.as_str()) && path != "data" {
                read(&entry.path(), &format!("{path}/"), files)?;
            }
        } else if TEXT.contains(&name.rsplit('.').next().unwrap_or_default()) {
            files.push(File { text: String::from_utf8_lossy(&fs::read(entry.path())?).into_owned(), path });
        }
    }
    Ok(())
}

/// For the tests of the checks: one file in, how many complaints out.
#[cfg(test)]
#[track_caller]
fn expect(check: Check, path: &str, text: &str, complaints: usize) {
    let found = check(&[File { path: path.into(), text: text.into() }]);
    assert_eq!(found.len(), complaints, "{path}: {found:?}");
}
