//! Where PostgreSQL's programs are.

use crate::machine::{find_program, is_program};
use std::path::{Path, PathBuf};

/// What to say where there is no PostgreSQL.
pub const NOT_FOUND: &str = "PostgreSQL server programs not found: install Debian's `postgresql` (version 13 or newer), \
     or set HYPERCARE_TEST_POSTGRES to the postgres:// URL of a server whose role may create databases.";

/// The folder that holds `initdb`, `postgres` and `psql`: one of `PATH`, else the newest in Debian's place.
///
/// # Errors
/// [`NOT_FOUND`].
pub fn programs() -> Result<PathBuf, String> {
    // Links in a common folder lead to the folder with all of them.
    let in_path = find_program("initdb").and_then(|file| file.canonicalize().ok()).and_then(|file| file.parent().map(Path::to_owned));
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    versions.sort_by_key(|folder| std::cmp::Reverse(folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok()).unwrap_or(0)));
    in_path
        .into_iter()
        .chain(versions.into_iter().map(|folder| folder.join("bin")))
        .chain(["/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql/bin"].map(PathBuf::from))
        .find(|folder| ["initdb", "postgres", "psql"].iter().all(|name| is_program(&folder.join(name))))
        .ok_or_else(|| NOT_FOUND.to_owned())
}
