//! One PostgreSQL server in a temporary folder, reached through a socket in that folder.
//!
//! It is started through a small shell script that waits for its standard input to close. The input
//! closes when the [`Cluster`] is dropped, and also when the process that holds it is killed, so the
//! server and its folder go away in every case.

use super::programs;
use crate::machine::find_program;
use crate::temp::{base, unique};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// What a commit is worth when the machine, not only the process, fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is flushed: fast, and enough wherever PostgreSQL itself stays up.
    Fast,
    /// As in operation: a commit is on disk when it returns.
    Full,
}

/// A running PostgreSQL of one's own. Dropping it stops the server and removes its data.
#[derive(Debug)]
pub struct Cluster {
    guardian: Child,
    folder: PathBuf,
}

impl Cluster {
    /// Makes and starts a server; returns when it accepts connections.
    ///
    /// # Errors
    /// What to install, or what PostgreSQL said.
    pub fn start(durability: Durability) -> Result<Self, String> {
        let programs = programs()?;
        let folder = base().join(format!("hypercare-pg-{}", unique()));
        fs::create_dir(&folder).map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
        let started = spawn(&programs, &folder, durability).map(|guardian| Self { guardian, folder: folder.clone() });
        match started {
            Ok(mut cluster) => cluster.wait_until_ready().map(|()| cluster),
            Err(why) => {
                let _ = fs::remove_dir_all(&folder);
                Err(why)
            }
        }
    }

    /// The URL of one of its databases; `postgres` always exists.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost:5432/{database}?host={}", self.folder.display())
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            // The eighth line of this file is the server's state; `pg_ctl --wait` reads it too.
            let state = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
            if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            let ended = self.guardian.try_wait().map_err(|e| e.to_string())?.is_some();
            if ended || Instant::now() > deadline {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(format!("PostgreSQL did not start. It said:\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        let deadline = Instant::now() + STOP_LIMIT;
        while matches!(self.guardian.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Starts the guardian script, which makes the cluster, runs it and removes it.
fn spawn(programs: &Path, folder: &Path, durability: Durability) -> Result<Child, String> {
    let settings = match durability {
        Durability::Fast => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        Durability::Full => "-c fsync=on -c synchronous_commit=on -c full_page_writes=on",
    };
    // `exec >log`: a test runner waits for whoever still holds its output.
    let script = format!(
        "cd '{folder}' || exit 1\n\
         exec >log 2>&1\n\
         '{programs}/initdb' -D data -U postgres -A trust -E UTF8 --locale=C --no-sync --no-instructions || exit 1\n\
         '{programs}/postgres' -D data -c listen_addresses= -c unix_socket_directories='{folder}' -c max_connections=400 \
           -c shared_buffers=64MB -c timezone=UTC {settings} </dev/null &\n\
         server=$!\n\
         while read -r _; do :; done\n\
         kill -QUIT $server 2>/dev/null\n\
         wait $server\n\
         cd / && rm -rf '{folder}'\n",
        folder = folder.display(),
        programs = programs.display(),
    );
    let file = folder.join("run.sh");
    fs::write(&file, script).map_err(|e| format!("cannot write {}: {e}", file.display()))?;
    let mut command = as_ordinary_user(folder, &file)?;
    command
        // Not in our group: an interrupt is for the tests; this one ends when its input closes.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("cannot start {command:?}: {e}"))
}

/// PostgreSQL refuses to run as root; root hands the folder and the script to the `postgres` user.
fn as_ordinary_user(folder: &Path, script: &Path) -> Result<Command, String> {
    let owner = fs::metadata(folder).map_err(|e| e.to_string())?.uid();
    let mut command = Command::new("sh");
    if owner != 0 {
        command.arg(script);
        return Ok(command);
    }
    let user = ["postgres", "nobody"].into_iter().find(|user| id(user, "-u").is_some());
    let Some((user, uid, gid)) = user.and_then(|user| Some((user, id(user, "-u")?, id(user, "-g")?))) else {
        return Err("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`: install Debian's `postgresql`.".into());
    };
    for path in [folder, script] {
        chown(path, Some(uid), Some(gid)).map_err(|e| format!("cannot give {} to {user}: {e}", path.display()))?;
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).map_err(|e| e.to_string())?;
    if let Some(setpriv) = find_program("setpriv") {
        command = Command::new(setpriv);
        command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".into(), "sh".into()]).arg(script);
    } else {
        command = Command::new("su");
        command.args(["-s", "/bin/sh", user, "-c"]).arg(format!("exec sh '{}'", script.display()));
    }
    Ok(command)
}

fn id(user: &str, which: &str) -> Option<u32> {
    let output = Command::new("id").args([which, user]).output().ok()?;
    if output.status.success() { String::from_utf8(output.stdout).ok()?.trim().parse().ok() } else { None }
}
