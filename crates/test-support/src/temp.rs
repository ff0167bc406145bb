//! A folder of one's own that goes away.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
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
    let path = std::env::temp_dir().join(format!("hypercare-{}", unique()));
    fs::create_dir(&path).unwrap_or_else(|e| panic!("cannot make the folder {}: {e}", path.display()));
    TempDir(path)
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
