//! The measures of the language part, on public data. They are never part of the tests: they take minutes and data that is not ours.

use crate::shell;
use anyhow::Result;

/// Runs them, optimised; what comes after the name goes to them.
pub fn eval(rest: &[String]) -> Result<()> {
    let mut command = shell::cargo();
    command.args(["run", "--quiet", "--release", "--package", "hypercare-eval", "--"]).args(rest);
    shell::run(&mut command)
}
