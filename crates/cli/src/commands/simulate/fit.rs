//! `hypercare simulate fit`: assumptions from the history of a desk.

use crate::commands::history::{Loaded, Source};
use anyhow::{Context, Result, anyhow};
use clap::Args;
use hypercare_core::Timestamp;
use hypercare_core::plan::instant;
use hypercare_sim::history::History;
use hypercare_sim::launch::fit::{self, Contact, Fitted};
use std::fmt::Write;
use std::path::PathBuf;

/// Find assumptions in the history of a desk, and print them as a file for --assumptions.
#[derive(Debug, Args)]
pub struct Fit {
    #[command(flatten)]
    source: Source,
    /// When the change of that history went live: 2026-11-17 or 2026-11-17T09:00.
    #[arg(long, value_name = "TIME")]
    go_live: String,
    /// The zone of its days. Default: the map's.
    #[arg(long)]
    zone: Option<String>,
    /// Into which file; standard output without it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print what was found as JSON instead.
    #[arg(long)]
    json: bool,
}

impl Fit {
    /// Runs it.
    ///
    /// # Errors
    /// What is wrong with the command line, the map or the file, or what the history lacks.
    pub fn run(self) -> Result<()> {
        let Loaded { history, zone, mut rejects } = self.source.load(false, self.json)?;
        let zone = self.zone.unwrap_or(zone);
        let tz = hypercare_core::calendar::zone(&zone).map_err(|why| anyhow!("--zone: {why}"))?;
        let midnight = format!("{}T00:00", self.go_live.trim());
        let text = if self.go_live.contains('T') { self.go_live.trim() } else { &midnight };
        let go_live = instant(text, &zone).map_err(|why| anyhow!("--go-live: {why}"))?;
        let fitted = fit::fit(&contacts(&history), go_live, &tz).map_err(|why| anyhow!("{why}"))?;
        let said = rejects.said();
        if !said.is_empty() {
            eprintln!("{}", said.trim_start());
        }
        let content = if self.json { serde_json::to_string(&fitted)? } else { file(&fitted)? };
        match self.out {
            Some(out) => std::fs::write(&out, content).with_context(|| format!("{} cannot be written", out.display())),
            None => {
                println!("{}", content.trim_end());
                Ok(())
            }
        }
    }
}

fn contacts(history: &History) -> Vec<Contact> {
    let last = Timestamp(i64::MAX);
    let category = |ticket| history.category.and_then(|d| history.dimension(ticket, d, last)).unwrap_or_default().to_owned();
    history.tickets.iter().map(|t| Contact { at: t.opened, category: category(t), worked: None }).collect()
}

/// The assumptions file, with what was found as comments before it.
fn file(fitted: &Fitted) -> Result<String> {
    let mut out = format!("# Fitted to {} days before go-live and {} from it on.\n", fitted.days_before, fitted.days_after);
    for c in &fitted.categories {
        let decay = c.decay_days.map_or_else(String::new, |d| format!(", 1/e of it left after {d:.1} days"));
        let (low, high) = c.rise_between;
        let _ = writeln!(out, "# {}: {:.1} a day before, rise {:.2} × (95 %: {low:.2} to {high:.2}){decay}", c.name, c.per_day, c.rise);
    }
    for note in &fitted.notes {
        let _ = writeln!(out, "# {note}");
    }
    out.push('\n');
    out.push_str(&fitted.assumptions.to_toml().map_err(|why| anyhow!("the assumptions cannot be written: {why}"))?);
    Ok(out)
}
