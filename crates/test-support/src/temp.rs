//! A folder of one's own that goes away.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A new empty folder, removed with all it holds when this value is dropped.
#[derive(Debug)]
pub struct TempDir(PathBuf);

/// A new empty folder below the system's temporary one.
///
/// # Panics
/// If it cannot be made; the message names the path.
pub fn temp_dir() -> TempDir {
    let path = base().join(format!("hypercare-{}", unique()));
    fs::create_dir(&path).unwrap_or_else(|e| panic!("cannot make the folder {}: {e}", path.display()));
    TempDir(path)
}

/// Where folders are made: in memory where there is room, because stories make and remove thousands of small files; else the system's
/// place.
pub(crate) fn base() -> &'static Path {
    static BASE: OnceLock<PathBuf> = OnceLock::new();
    BASE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let chosen = std::env::var_os("TMPDIR").is_some();
        if !chosen && free_kilobytes(memory).is_some_and(|free| free >= ENOUGH) { memory.to_owned() } else { std::env::temp_dir() }
    })
}

/// What stories use at the same time is far below this.
const ENOUGH: u64 = 6 << 20;

fn free_kilobytes(folder: &Path) -> Option<u64> {
    let output = Command::new("df").args(["-Pk"]).arg(folder).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()?.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// A word no other process on this machine has: for folders and databases.
pub(crate) fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros());
    format!("{}_{}_{micros:x}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

impl TempDir {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Deref for TempDir {
    type Target = Path;
    fn deref(&self) -> &Path {
        &self.0
    }
}

impl AsRef<Path> for TempDir {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        // A folder that stays is untidy, not wrong: no reason to fail a test that passed.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_new_and_goes_away_with_its_content() {
        let (one, two) = (temp_dir(), temp_dir());
        assert_ne!(one.path(), two.path());
        fs::write(one.join("file"), "text").unwrap();
        let path = one.path().to_owned();
        drop(one);
        assert!(!path.exists());
        assert!(two.exists());
    }
}
