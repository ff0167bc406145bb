//! Formatting, clippy and the repository's own checks.

use crate::{setup, shell, tidy};
use anyhow::Result;
use std::process::Command;

/// All of them, the quickest first; stops at the first that fails.
pub fn lint() -> Result<()> {
    setup::setup(&setup::FOR_LINT)?;
    tidy::tidy()?;
    shell::run(&mut format_check())?;
    shell::run(&mut clippy())
}

/// `cargo fmt` without writing.
pub fn format_check() -> Command {
    let mut command = shell::cargo();
    command.args(["fmt", "--all", "--check"]);
    command
}

/// clippy on everything; a warning is an error.
pub fn clippy() -> Command {
    let mut command = shell::cargo();
    command.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    command
}
