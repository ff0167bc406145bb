//! The binary as a command.

use serde_json::Value;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// The binary under test, without settings of the shell that runs the tests.
pub fn hypercare(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hypercare"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HYPERCARE_")) {
        command.env_remove(name);
    }
    command.env("NO_PROXY", "127.0.0.1").args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// How a command ended.
#[derive(Debug)]
pub struct Done {
    /// Exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs it to its end, with this on its standard input.
pub async fn run(mut command: Command, input: &str) -> Done {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that reads nothing has closed its input; that is its right.
    let _ = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    Done { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() }
}

impl Done {
    /// Runs the binary with these arguments.
    pub async fn of(args: &[&str]) -> Self {
        run(hypercare(args), "").await
    }
    /// It must have succeeded; what it printed.
    #[track_caller]
    pub fn good(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:#?}");
        &self.out
    }
    /// It must have failed with this code, and standard error must say all of this.
    #[track_caller]
    pub fn bad(&self, code: i32, says: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for part in says {
            assert!(self.err.contains(part), "`{part}` is not said: {self:#?}");
        }
    }
    /// The JSON that it printed.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }
}
