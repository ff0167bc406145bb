//! `hypercare backtest`: what the product would have said on every day of another desk's past.

use super::history::{Loaded, Source, page};
use super::{folder, plan};
use anyhow::{Result, anyhow, bail};
use clap::Args;
use hypercare_core::plan::Plan;
use hypercare_core::signals::Day;
use hypercare_sim::history::backtest::{self, Settings};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Replay the history of a desk day by day, using only what was known then, and write a page and `result.json`.
#[derive(Debug, Args)]
pub struct Backtest {
    #[command(flatten)]
    source: Source,
    /// The day on which the change went live: 2026-11-17.
    #[arg(long, value_name = "DATE")]
    go_live: String,
    /// Directory for index.html and result.json; made if it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Also print result.json.
    #[arg(long)]
    json: bool,
    /// A plan whose signals, targets, objectives and exit rules apply, instead of the product's defaults.
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The programme's zone. Default: the plan's, then the map's.
    #[arg(long)]
    zone: Option<String>,
    /// The last day to judge.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Days that were not normal life, separated by commas: neither compared with nor judged.
    #[arg(long, value_name = "DATES", value_delimiter = ',')]
    holidays: Vec<String>,
}

impl Backtest {
    /// Runs it.
    ///
    /// # Errors
    /// What is wrong with the command line, the map, the file or the plan, and what would be right.
    pub fn run(self) -> Result<()> {
        let go_live = date("--go-live", &self.go_live)?;
        let until = self.until.as_deref().map(|text| date("--until", text)).transpose()?;
        let holidays = self.holidays.iter().map(|text| date("--holidays", text)).collect::<Result<BTreeSet<Day>>>()?;
        folder::check(&self.out)?;
        let plan = self.plan.as_deref().map(plan_of).transpose()?;
        if let Some(zone) = &self.zone {
            hypercare_core::calendar::zone(zone).map_err(|why| anyhow!("--zone: {why}"))?;
        }
        let Loaded { history, zone, mut rejects } = self.source.load(false, self.json)?;
        let zone = self.zone.clone().or_else(|| plan.as_ref().map(|p| p.window.zone.clone())).unwrap_or(zone);
        let result = backtest::run(&history, &Settings { go_live, zone, until, holidays, plan })?;
        let json = serde_json::to_string(&result)?;
        folder::write(&self.out, &[("result.json", &json), ("index.html", &page::render(&result))])?;
        for note in &result.notes {
            eprintln!("note: {note}");
        }
        let said = rejects.said();
        if !said.is_empty() {
            eprintln!("{}", said.trim_start());
        }
        if self.json {
            println!("{json}");
        } else {
            summarise(&result, &self.out.join("index.html").display().to_string());
        }
        Ok(())
    }
}

fn summarise(result: &backtest::Backtest, page: &str) {
    let judged = result.days.iter().filter(|d| d.complete).count();
    println!("{judged} days from {} on, {} warnings.", result.go_live, result.warnings.len());
    match result.first_exit {
        Some(day) => println!("Exit would first have been allowed at the end of {day}."),
        None => println!("Exit would not have been allowed on any of them."),
    }
    if let Some(last) = result.days.iter().rfind(|d| d.complete) {
        println!("On {}: {}", last.date, last.sentence);
    }
    println!("Page: {page}");
}

fn date(flag: &str, text: &str) -> Result<Day> {
    text.trim().parse().map_err(|_| anyhow!("{flag}: `{text}` is no date; expected year, month and day, such as 2026-11-17"))
}

fn plan_of(file: &std::path::Path) -> Result<Plan> {
    let text = plan::read_valid(file)?;
    match hypercare_core::plan::check(&text).plan {
        Some(plan) => Ok(plan),
        None => bail!("{} is no plan", file.display()),
    }
}
