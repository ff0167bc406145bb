//! The folder that a command writes its page and its figures into: wholly, or not at all.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Said before the work is done, so that nobody waits for figures that then cannot be kept.
///
/// # Errors
/// When the path is something else than a folder.
pub fn check(folder: &Path) -> Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!("--out: {} is a file; give a directory, which is made if it is not there", folder.display());
    }
    Ok(())
}

/// Writes files of these names and texts. Each is written beside its place first, and only when all are there do they
/// take their places: what was there before stays where one of them cannot be written.
///
/// # Errors
/// When the folder cannot be made or a file not be written.
pub fn write(folder: &Path, files: &[(&str, &str)]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("--out: {} cannot be made; give a directory that you may write to", folder.display()))?;
    let part = |name: &str| folder.join(format!("{name}.part"));
    let written = files.iter().try_for_each(|(name, text)| {
        let file = part(name);
        fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
    });
    let placed = written.and_then(|()| {
        files.iter().try_for_each(|(name, _)| {
            let file: PathBuf = folder.join(name);
            fs::rename(part(name), &file).with_context(|| format!("{} cannot be written", file.display()))
        })
    });
    if placed.is_err() {
        for (name, _) in files {
            // Best effort: what is not there needs no removal.
            let _ = fs::remove_file(part(name));
        }
    }
    placed
}

/// Writes one file: beside its place first, so that what was there stays where it cannot be written.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(file: &Path, text: &str) -> Result<()> {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let placed = fs::write(&part, text).and_then(|()| fs::rename(&part, file));
    if placed.is_err() {
        // Best effort: what is not there needs no removal.
        let _ = fs::remove_file(&part);
    }
    placed.with_context(|| format!("--out: {} cannot be written; give a file in a directory that you may write to", file.display()))
}
