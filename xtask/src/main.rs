//! Automation of this repository: `cargo xtask help`.

mod bench;
mod demo;
mod eval;
mod fuzz;
mod lint;
mod model;
mod openapi;
mod release;
mod setup;
mod shell;
mod testing;
mod tidy;
mod web;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--release] [arguments of `hypercare demo`]
    Build everything and start the demonstration. It prints its address and sign-ins.
cargo xtask test [--only rust|web|browser|lint]
    Everything a change must pass: checks, Rust tests on both databases, web tests, browser stories.
cargo xtask lint
    Formatting, clippy and the repository's own checks.
cargo xtask tidy
    Only the repository's own checks; takes a second.
cargo xtask web
    Build the console and the chat where their sources changed.
cargo xtask openapi [--check]
    Write the API description and the console's typed client; --check fails where they were out of date.
cargo xtask model
    Fetch the language model that goes into the binary, check it, and try it. Only the first run needs the network.
cargo xtask release
    Build the binary with everything in it, optimised: target/release/hypercare.
cargo xtask bench chat [PANELS]
    Measure memory and delays of one server with ten thousand chats open, or as many as are given.
cargo xtask bench encoder
    Measure messages a second of the language model on one core, its start and its memory.
cargo xtask bench inbox [SIZE]
    Measure what lists and counts of the inbox cost with 100,000 open conversations, or as many as are given.
cargo xtask bench repeats [SIZE…]
    Measure what a message costs that may repeat others, as questions and messages grow.
cargo xtask bench rules [SIZE…]
    Measure what the rules cost as a desk grows to 10,000, 100,000 and 1,000,000 open conversations, or to the sizes given.
cargo xtask bench search [MESSAGES…]
    Measure what a search costs over 100,000 and 1,000,000 messages, or as many as are given.
cargo xtask eval [--data FOLDER] [MEASURE…]
    Measure matching, calibration and speed of the language part on public data; `eval calibrate` fits the shipped calibrator.
cargo xtask fuzz [TARGET] [SECONDS]
    Search for mails, texts and HTML that break what reads them: ten minutes for each of mime, quote and html, or as long as is said.
cargo xtask setup
    Check what this machine needs, install it where that is possible, otherwise say what to install.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nxtask: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<()> {
    let (command, rest) = args.split_first().map_or(("help", args), |(first, rest)| (first.as_str(), rest));
    match (command, rest) {
        ("demo", _) => demo::demo(rest),
        ("test", []) => testing::test(None),
        ("test", [only, stage]) if only == "--only" => testing::test(Some(stage)),
        ("lint", []) => lint::lint(),
        ("tidy", []) => tidy::tidy(),
        ("web", []) => setup::setup(&setup::FOR_WEB).and_then(|()| web::build()),
        ("model", []) => model::model(),
        ("release", []) => release::release(),
        ("openapi", []) => openapi::write(),
        ("openapi", [check]) if check == "--check" => openapi::check(),
        ("bench", [name, sizes @ ..]) => bench::bench(name, sizes),
        ("eval", _) => eval::eval(rest),
        ("fuzz", _) => fuzz::fuzz(rest),
        ("setup", []) => setup::setup(&setup::FOR_TESTS),
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("`{}` is not a command of this kind.\n\n{HELP}", args.join(" ")),
    }
}
