//! Searches for inputs that break what reads strangers' words. Never part of the tests: it takes as long as it is given.

use crate::shell::{self, root};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// Name of each target, and folders of examples to begin with, from this repository's; those that are not there are left out.
const TARGETS: [(&str, &[&str]); 3] = [
    (
        "mime",
        &["../shared/data/mail-stalwart/resources/eml", "../shared/data/mail-mikel/spec/fixtures/emails", "../shared/data/mail-enmime/testdata"],
    ),
    ("quote", &["../shared/data/reply-discourse/test/emails", "../shared/data/reply-github/test/emails"]),
    ("html", &["fuzz/seeds/html"]),
];
const SECONDS: u32 = 600;

/// `cargo xtask fuzz [TARGET] [SECONDS]`: all targets, ten minutes each, unless said otherwise. A finding is an error, and its input is kept in
/// `fuzz/artifacts`.
pub fn fuzz(rest: &[String]) -> Result<()> {
    let (name, seconds) = match rest {
        [] => (None, SECONDS),
        [one] => match one.parse() {
            Ok(seconds) => (None, seconds),
            Err(_) => (Some(one.as_str()), SECONDS),
        },
        [name, seconds] => (Some(name.as_str()), seconds.parse().with_context(|| format!("`{seconds}` is not a number of seconds"))?),
        _ => bail!("write: cargo xtask fuzz [TARGET] [SECONDS]"),
    };
    let known: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    if name.is_some_and(|name| !known.contains(&name)) {
        bail!("`{}` is no target; there is: {}.", name.unwrap_or_default(), known.join(", "));
    }
    if !shell::works(Command::new("cargo").args(["+nightly", "fuzz", "--version"])) {
        bail!("this needs the nightly compiler and cargo-fuzz:\n  rustup toolchain install nightly\n  cargo install --locked cargo-fuzz");
    }
    for (target, examples) in TARGETS.into_iter().filter(|(target, _)| name.is_none_or(|name| name == *target)) {
        run(target, examples, seconds)?;
    }
    Ok(())
}

fn run(target: &str, examples: &[&str], seconds: u32) -> Result<()> {
    let corpus = root().join("fuzz/corpus").join(target);
    std::fs::create_dir_all(&corpus).with_context(|| corpus.display().to_string())?;
    let examples: Vec<PathBuf> = examples.iter().map(|folder| root().join(folder)).filter(|folder| folder.is_dir()).collect();
    let mut command = Command::new("cargo");
    // The toolchain is the argument's, not this program's.
    command
        .current_dir(root())
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .args(["+nightly", "fuzz", "run", target])
        .arg(&corpus)
        .args(examples);
    command.args(["--", "-max_len=16384", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]).arg(format!("-max_total_time={seconds}"));
    shell::run(&mut command)
}
