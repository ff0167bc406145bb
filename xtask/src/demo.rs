//! The demonstration: everything a newcomer needs between a clone and a running product.

use crate::{model, setup, shell, web};
use anyhow::Result;

/// Builds the console and the chat and runs `hypercare demo` with the given arguments. The development
/// profile is the default because it is quicker to build.
pub fn demo(args: &[String]) -> Result<()> {
    setup::setup(&setup::FOR_BINARY)?;
    web::build()?;
    model::fetch_or_go_on();
    let release = args.iter().any(|arg| arg == "--release");
    let mut command = shell::cargo();
    command.args(["run", "--package", "hypercare"]);
    if release {
        command.arg("--release");
    }
    command.args(["--", "demo"]).args(args.iter().filter(|arg| *arg != "--release"));
    eprintln!("» {}", shell::shown(&command));
    become_it(command)
}

/// Replaces this process, so that an interrupt reaches the server itself and it can end in order.
#[cfg(unix)]
fn become_it(mut command: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context("cannot start cargo"))
}

#[cfg(not(unix))]
fn become_it(mut command: std::process::Command) -> Result<()> {
    shell::run(&mut command)
}
