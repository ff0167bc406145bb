//! What this machine needs, and getting it.

use crate::shell::{self, cargo, works};
use anyhow::{Result, bail};
use hypercare_test_support::{chromium, mail_servers, postgres};
use std::process::Command;

/// Something outside the repository.
#[derive(Clone, Copy)]
pub enum Need {
    /// Node and npm, which build the console and the chat.
    Node,
    /// rustfmt and clippy.
    RustComponents,
    /// The server programs, for tests on PostgreSQL.
    Postgres,
    /// The browser, for the stories.
    Chromium,
    /// Python with tables of zones, for the oracle of the clocks.
    Python,
    /// A mail server and mailboxes, for tests of e-mail.
    MailServers,
    /// The program that builds the allocator, which is in C.
    Make,
    /// Python's installer, which fetches the language model.
    Pip,
}

/// For building the console and the chat.
pub const FOR_WEB: [Need; 1] = [Need::Node];
/// For building the binary with both inside, and so for the demonstration.
pub const FOR_BINARY: [Need; 2] = [Need::Node, Need::Make];
/// For formatting and clippy.
pub const FOR_LINT: [Need; 2] = [Need::RustComponents, Need::Make];
/// For the Rust tests.
pub const FOR_RUST_TESTS: [Need; 2] = [Need::Make, Need::Postgres];
/// For fetching the language model.
pub const FOR_MODEL: [Need; 1] = [Need::Pip];
/// For everything.
pub const FOR_TESTS: [Need; 7] = [Need::Node, Need::RustComponents, Need::Make, Need::Postgres, Need::Chromium, Need::Python, Need::MailServers];

/// What Vite asks for, as in `engines` of each package.json.
const OLDEST_NODE: (u32, u32) = (20, 19);

impl Need {
    /// What is missing and what to do, if it is.
    fn missing(self) -> Result<(), String> {
        match self {
            Self::Node => node(),
            Self::RustComponents if works(cargo().args(["fmt", "--version"])) && works(cargo().args(["clippy", "--version"])) => Ok(()),
            Self::RustComponents => Err("rustfmt or clippy not found: run `rustup component add rustfmt clippy`.".into()),
            Self::Postgres if std::env::var_os(postgres::URL_VARIABLE).is_some() => Ok(()),
            Self::Postgres => postgres::programs().map(drop),
            Self::Chromium => chromium().map(drop),
            Self::Python => python(),
            Self::MailServers => mail_servers::available(),
            Self::Make if works(Command::new("make").arg("--version")) => Ok(()),
            Self::Make => Err("make not found: install it, with a C compiler (Debian: apt-get install make gcc).".into()),
            Self::Pip => pip(),
        }
    }

    fn debian_packages(self) -> Option<&'static str> {
        match self {
            Self::Postgres => Some("postgresql"),
            Self::Chromium => Some("chromium"),
            Self::Python => Some("python3 tzdata"),
            Self::MailServers => Some("dovecot-imapd dovecot-lmtpd postfix"),
            Self::Make => Some("make"),
            Self::Pip => Some("python3 python3-pip"),
            Self::Node | Self::RustComponents => None,
        }
    }
}

/// Checks every need, installs what it can, and fails with the full list of what is left.
pub fn setup(needs: &[Need]) -> Result<()> {
    install(needs);
    let missing: Vec<String> = needs.iter().filter_map(|need| need.missing().err()).collect();
    if !missing.is_empty() {
        bail!("this machine lacks something:\n- {}", missing.join("\n- "));
    }
    Ok(())
}

/// Best effort: whether it helped is checked afterwards.
fn install(needs: &[Need]) {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| need.missing().is_err()).collect();
    if missing.iter().any(|need| matches!(need, Need::RustComponents)) {
        let _ = shell::run(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]));
    }
    let packages: Vec<&str> = missing.iter().filter_map(|need| need.debian_packages()).flat_map(str::split_whitespace).collect();
    if packages.is_empty() || !is_root_on_debian() {
        return;
    }
    eprintln!("Installing {} …", packages.join(" and "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let _ = shell::run(apt().args(["update", "--quiet"]));
    let _ = shell::run(apt().args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages));
}

fn is_root_on_debian() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    root && std::path::Path::new("/etc/debian_version").exists()
}

/// Python 3.9 or newer, because it has `zoneinfo`, with one of the odder zones in its tables.
fn python() -> Result<(), String> {
    let knows_zones = "import zoneinfo; zoneinfo.ZoneInfo('Australia/Lord_Howe')";
    if works(Command::new("python3").args(["-c", knows_zones])) {
        return Ok(());
    }
    Err("python3 with tables of zones not found: install Python 3.9 or newer and tzdata (Debian: apt-get install python3 tzdata).".into())
}

fn pip() -> Result<(), String> {
    if works(Command::new("python3").args(["-m", "pip", "--version"])) {
        return Ok(());
    }
    Err("python3 with pip not found: install Python 3.9 or newer with pip (Debian: apt-get install python3 python3-pip).".into())
}

fn node() -> Result<(), String> {
    let ask = format!("install Node {}.{} or newer, with npm, and have it in PATH.", OLDEST_NODE.0, OLDEST_NODE.1);
    let Ok(output) = Command::new("node").arg("--version").output() else { return Err(format!("Node not found: {ask}")) };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if parts(&version).is_none_or(|version| version < OLDEST_NODE) {
        return Err(format!("Node is {version}: {ask}"));
    }
    if works(shell::npm(".").arg("--version")) { Ok(()) } else { Err(format!("npm not found: {ask}")) }
}

/// Major and minor version of `v20.19.1`.
fn parts(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_of_node_are_told_from_new_ones() {
        #[track_caller]
        fn check(version: &str, new_enough: bool) {
            assert_eq!(parts(version).is_some_and(|version| version >= OLDEST_NODE), new_enough, "{version}");
        }
        check("v20.19.0", true);
        check("v20.9.0", false);
        check("v9.99.0", false);
        check("v24.0.1", true);
        check("", false);
        check("20.19.0", false);
    }
}
