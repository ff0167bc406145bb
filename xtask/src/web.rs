//! Building the console and the chat, only where something changed.

use crate::shell::{npm, root, run, target};
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Folders with a `package.json` whose `dist` goes into the binary.
pub const PARTS: [&str; 2] = ["web/console", "web/widget"];

/// Not sources: made by a build or an installation.
const MADE: [&str; 5] = ["node_modules", "dist", ".svelte-kit", "coverage", "test-results"];

/// Installs and builds every part that is not up to date.
pub fn build() -> Result<()> {
    for part in PARTS {
        install(part)?;
        let sources = fingerprint(&root().join(part))?;
        let stamp = target().join("xtask").join(format!("{}.built", part.replace('/', "-")));
        let has_output = fs::read_dir(root().join(part).join("dist")).is_ok_and(|mut files| files.next().is_some());
        if has_output && fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
            continue;
        }
        run(npm(part).args(["run", "build"]))?;
        if let Some(folder) = stamp.parent() {
            fs::create_dir_all(folder)?;
        }
        // A build may generate sources, so the stamp is of what is there now.
        fs::write(&stamp, fingerprint(&root().join(part))?)?;
    }
    Ok(())
}

/// `npm ci`, unless the packages of this lock file are there.
pub fn install(part: &str) -> Result<()> {
    let folder = root().join(part);
    if !folder.join("package.json").is_file() {
        bail!("{part}/package.json is missing: is this a whole checkout?");
    }
    let lock = fs::read(folder.join("package-lock.json")).with_context(|| format!("{part}/package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    // The lock file has the hash of every package, so what is in npm's cache need not be asked for again.
    run(npm(part).args(["ci", "--prefer-offline"]))?;
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// One word for the names and contents of all sources below a folder. Contents, not times: a fresh
/// checkout or a changed branch says nothing by its times.
fn fingerprint(folder: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    add(folder, &mut hasher)?;
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(folder: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        name.hash(hasher);
        if entry.file_type()?.is_dir() {
            add(&entry.path(), hasher)?;
        } else {
            fs::read(entry.path()).with_context(|| entry.path().display().to_string())?.hash(hasher);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_the_sources_only() {
        let folder = hypercare_test_support::temp_dir();
        let write = |path: &str, text: &str| {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("src/app.ts", "one");
        let first = fingerprint(&folder).unwrap();
        write("dist/app.js", "built");
        write("node_modules/x/index.js", "package");
        assert_eq!(fingerprint(&folder).unwrap(), first, "what was built is no source");
        write("src/app.ts", "two");
        let second = fingerprint(&folder).unwrap();
        assert_ne!(second, first, "a changed file");
        write("src/more.ts", "");
        assert_ne!(fingerprint(&folder).unwrap(), second, "a new file");
        fs::remove_file(folder.join("src/more.ts")).unwrap();
        assert_eq!(fingerprint(&folder).unwrap(), second, "and it is gone again");
    }
}
