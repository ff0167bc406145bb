//! `cargo xtask eval`: measures the language part on splits of public data and prints it beside what was promised.
//!
//! One file for each measure. The splits are fixed; what was chosen by looking at data was chosen on other sets than the
//! ones it is reported on, as the decision records say.

mod calibrate;
mod data;
mod measures;
mod scores;
mod split;
mod table;

use anyhow::{Result, bail};
use hypercare_language::encoder::{Cached, Encoder};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

const HELP: &str = "\
cargo xtask eval [--data FOLDER] [MEASURE…]
    Print the measures of the language part: few-shot, all-examples, scope, abstention, heads, reading, repeats, speed. Without a name, all of them.
cargo xtask eval calibrate [--data FOLDER]
    Fit the shipped calibrator and print its figures.
";
/// Texts whose vectors are remembered from one measure to the next.
const REMEMBERED: usize = 200_000;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut folder = PathBuf::from("../shared/data");
    let mut names = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--data" => match arguments.next() {
                Some(given) => folder = given.into(),
                None => bail!("--data: name the folder with banking77, clinc150 and dstc11"),
            },
            "--help" | "-h" | "help" => {
                print!("{HELP}");
                return Ok(());
            }
            name => names.push(name.to_owned()),
        }
    }
    let data = data::Data::new(folder);
    let encoder: Option<Arc<dyn Encoder>> = hypercare_encoder::built_in();
    if encoder.is_none() {
        eprintln!("This build has no model (`cargo xtask model` fetches it), so words only are compared.");
    }
    if names.first().is_some_and(|name| name == "calibrate") {
        let cached = encoder.map(|encoder| Cached::new(encoder, REMEMBERED));
        return calibrate::run(&data, cached.as_ref().map(|c| c as &dyn Encoder));
    }
    for name in &names {
        if !measures::ALL.iter().any(|(known, _)| known == name) {
            bail!("`{name}` is not a measure.\n\n{HELP}");
        }
    }
    let cached = encoder.clone().map(|encoder| Cached::new(encoder, REMEMBERED));
    let bench = measures::Bench { data, cached: cached.as_ref().map(|c| c as &dyn Encoder), plain: encoder.as_deref() };
    let mut rows = Vec::new();
    for (name, measure) in measures::ALL {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name} …");
            rows.extend(measure(&bench)?);
        }
    }
    print!("{}", table::of(&rows));
    Ok(())
}
