//! `cargo xtask test`: everything a change must pass, what fails quickly first.

mod counts;
mod record;

use crate::shell::{self, cargo, npm, root};
use crate::{lint, model, openapi, setup, tidy, web};
use anyhow::{Context, Result, bail};
use hypercare_test_support::chromium;
use hypercare_test_support::postgres::{Cluster, Durability, URL_VARIABLE};
use record::Record;
use std::path::Path;
use std::process::Command;

const STAGES: [&str; 4] = ["lint", "web", "rust", "browser"];
const STORIES: &str = "tests/browser";

/// Runs all stages or one of them; fails if anything failed, after a summary.
pub fn test(only: Option<&str>) -> Result<()> {
    if let Some(stage) = only.filter(|stage| !STAGES.contains(stage)) {
        bail!("`{stage}` is not a stage; they are {}.", STAGES.join(", "));
    }
    let wanted = |stage: &str| only.is_none_or(|only| only == stage);
    // Without its tools nothing below can be judged, so this one ends the run.
    match only {
        Some("lint") => setup::setup(&setup::FOR_LINT)?,
        Some("web") => setup::setup(&setup::FOR_WEB)?,
        Some("rust") => setup::setup(&setup::FOR_RUST_TESTS)?,
        _ => setup::setup(&setup::FOR_TESTS)?,
    }

    let mut record = Record::default();
    if wanted("lint") {
        record.step("own checks", tidy::tidy);
        record.step("formatting", || shell::run(&mut lint::format_check()));
    }
    if wanted("web") {
        for part in web::PARTS {
            record.step(&format!("{part}: install"), || web::install(part));
            record.step(&format!("{part}: types"), || shell::run(npm(part).args(["run", "check"])));
            record.tests(&format!("{part}: tests"), npm(part).arg("test"), counts::vitest);
        }
    }
    // What is built here is embedded in the binary that the Rust tests and the stories use.
    if wanted("web") || wanted("rust") || wanted("browser") {
        record.step("web build", web::build);
        record.step("language model", model::fetch);
    }
    if wanted("lint") {
        record.step("clippy", || shell::run(&mut lint::clippy()));
    }
    if wanted("rust") {
        rust(&mut record);
    }
    if wanted("rust") || wanted("browser") {
        record.step("API description", openapi::check);
    }
    if wanted("browser") {
        browser(&mut record);
    }
    record.finish()
}

/// All Rust tests, with one PostgreSQL for all of them.
fn rust(record: &mut Record) {
    let mut cluster = None;
    if std::env::var_os(URL_VARIABLE).is_none() {
        let started = record.step("PostgreSQL", || {
            cluster = Some(Cluster::start(Durability::Fast).map_err(anyhow::Error::msg)?);
            Ok(())
        });
        if !started {
            return;
        }
    }
    let prepared = |args: &[&str]| {
        let mut command = cargo();
        // A snapshot that differs is a failure here, never a new file.
        command.args(args).env("INSTA_UPDATE", "no");
        if let Some(cluster) = &cluster {
            command.env(URL_VARIABLE, cluster.url("postgres"));
        }
        command
    };
    if shell::works(cargo().args(["nextest", "--version"])) {
        record.tests("Rust tests", &mut prepared(&["nextest", "run", "--workspace", "--no-fail-fast"]), counts::nextest);
    } else {
        eprintln!("cargo-nextest is not installed; `cargo test` does, more slowly. To have it: cargo install --locked cargo-nextest");
        record.tests("Rust tests", &mut prepared(&["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]), counts::cargo_test);
    }
    record.tests("examples in comments", &mut prepared(&["test", "--workspace", "--doc", "--no-fail-fast"]), counts::cargo_test);
}

/// The stories: a real server, a real browser.
fn browser(record: &mut Record) {
    let mut binary = None;
    record.step("binary", || {
        binary = Some(shell::hypercare()?);
        Ok(())
    });
    let installed = record.step("tests/browser: install", || web::install(STORIES));
    let Some(binary) = binary.filter(|_| installed) else { return };
    match stories(&binary) {
        Ok(mut command) => record.tests("browser stories", &mut command, counts::node),
        Err(why) => record.step("browser stories", || Err(why)),
    };
}

/// Node 20 takes files, not patterns. One at a time: each story has a server and a browser of its own.
fn stories(binary: &Path) -> Result<Command> {
    let mut files: Vec<String> = std::fs::read_dir(root().join(STORIES))
        .context(STORIES)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    if files.is_empty() {
        bail!("{STORIES} has no *.test.mjs: is this a whole checkout?");
    }
    files.sort();
    let mut command = Command::new("node");
    command.current_dir(root().join(STORIES)).args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(files);
    command.env("HYPERCARE_BINARY", binary);
    command.env("CHROMIUM", chromium().map_err(anyhow::Error::msg)?);
    Ok(command)
}
