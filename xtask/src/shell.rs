//! Running programs, and where things are.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The repository's top folder.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or(here.clone(), PathBuf::from)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    // What cargo told this program about itself: a build script that watches these (ring's does) would run again, and all that
    // depends on it be compiled again, each time somebody calls cargo here and then by hand.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// The product's program, from the same libraries as the tests: with the whole workspace, and with the smallest test beside it,
/// for only then do crates that tests alone need choose features. Otherwise most of it would be compiled once more.
pub fn hypercare() -> Result<PathBuf> {
    run(cargo().args(["build", "--workspace", "--bin", "hypercare", "--test", "levels"]))?;
    Ok(target().join("debug").join(format!("hypercare{}", std::env::consts::EXE_SUFFIX)))
}

/// npm in a folder of this repository. Addresses of a registry stay out of the lock files.
pub fn npm(folder: &str) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root().join(folder)).env("NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED", "true");
    command.env("NPM_CONFIG_FUND", "false").env("NPM_CONFIG_AUDIT", "false").env("NPM_CONFIG_UPDATE_NOTIFIER", "false");
    command
}

/// How a command reads in a message.
pub fn shown(command: &Command) -> String {
    let name = PathBuf::from(command.get_program());
    let mut text = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// Runs it with its output shown; an exit status other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let text = shown(command);
    eprintln!("» {text}");
    let status = command.status().with_context(|| format!("cannot start `{text}`"))?;
    if !status.success() {
        bail!("`{text}` failed ({status}).");
    }
    Ok(())
}

/// Runs it and returns what it printed; its complaints are shown.
pub fn read(command: &mut Command) -> Result<String> {
    let text = shown(command);
    let output = command.stderr(std::process::Stdio::inherit()).output().with_context(|| format!("cannot start `{text}`"))?;
    if !output.status.success() {
        bail!("`{text}` failed ({}).", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{text}` printed something that is not UTF-8"))
}

/// Whether it runs and ends well; nothing is shown.
pub fn works(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
