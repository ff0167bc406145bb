//! `hypercare import`: the history of another desk into this installation, on the write path, once.

use super::history::{Loaded, Source, list_maps, show_map};
use super::place::Place;
use anyhow::{Context, Result, bail};
use clap::Args;
use hypercare_server::App;
use hypercare_server::imports::{self, AT_ONCE, Foreign, Taken};
use hypercare_sim::history::{History, Reject, Ticket};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::IsTerminal;

/// Take over the history of another desk, so that the time before a change is known. The same export again changes nothing.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    place: Place,
    /// List the shipped maps.
    #[arg(long)]
    maps: bool,
    /// Print a shipped map to start your own from.
    #[arg(long, value_name = "NAME")]
    show_map: Option<String>,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Summary {
    source: String,
    dry_run: bool,
    /// Rows of the file.
    rows: u64,
    /// Tickets they make.
    tickets: u64,
    /// Tickets that were not here before.
    new: u64,
    /// Tickets of which nothing new is known.
    known: u64,
    /// Tickets of which more is known now.
    updated: u64,
    /// Rows and tickets that were not taken.
    rejected: u64,
    /// Day of the first ticket.
    from: String,
    /// Day of the last.
    to: String,
}

impl Import {
    /// Runs it.
    ///
    /// # Errors
    /// When the map, the file or the installation cannot be used.
    pub async fn run(self) -> Result<()> {
        if self.maps {
            list_maps();
            return Ok(());
        }
        if let Some(name) = &self.show_map {
            print!("{}", show_map(name)?);
            return Ok(());
        }
        let Loaded { history, mut rejects, .. } = self.source.load(true, self.json)?;
        // A dry run makes no installation where there is none.
        let exists = self.place.database.is_some() || self.place.data.exists();
        let app = if self.dry_run && !exists { None } else { Some(self.place.open().await?) };
        let mut summary = Summary {
            source: history.source.clone(),
            dry_run: self.dry_run,
            rows: history.counts.rows,
            tickets: history.tickets.len() as u64,
            ..Summary::default()
        };
        let days: Vec<String> = [history.tickets.iter().map(|t| t.opened).min(), history.tickets.iter().map(|t| t.opened).max()]
            .into_iter()
            .flatten()
            .map(|at| at.to_jiff().strftime("%Y-%m-%d").to_string())
            .collect();
        if let [from, to] = days.as_slice() {
            (summary.from, summary.to) = (from.clone(), to.clone());
        }
        match &app {
            Some(app) => self.take_over(app, &history, &mut summary, &mut |bad| rejects.add(bad)).await?,
            None => summary.new = summary.tickets,
        }
        summary.rejected = rejects.count();
        if let Some(app) = app {
            app.store.close().await;
        }
        if self.json {
            println!("{}", serde_json::to_string(&summary)?);
        } else {
            summary.print();
        }
        let said = rejects.said();
        if !said.is_empty() {
            eprintln!("{}", said.trim_start());
        }
        if summary.new + summary.known + summary.updated == 0 {
            bail!("Nothing was taken over.");
        }
        Ok(())
    }

    async fn take_over(&self, app: &App, history: &History, summary: &mut Summary, reject: &mut dyn FnMut(&Reject)) -> Result<()> {
        let bar = if self.json || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(summary.tickets) };
        bar.set_style(ProgressStyle::with_template("Taking over {bar:30} {pos}/{len} {eta}")?);
        for batch in history.tickets.chunks(AT_ONCE) {
            let foreign = batch.iter().map(|ticket| foreign(history, ticket)).collect();
            let done = imports::take_over(app, foreign, self.dry_run);
            let taken = done.await.context("the database failed; run the import again to go on, what is there is not taken twice")?;
            for (ticket, taken) in batch.iter().zip(taken) {
                match taken {
                    Taken::New => summary.new += 1,
                    Taken::Known => summary.known += 1,
                    Taken::Updated => summary.updated += 1,
                    Taken::Refused(reason) => reject(&Reject { line: ticket.line, column: String::new(), value: ticket.id.to_string(), reason }),
                }
            }
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    }
}

fn foreign(history: &History, ticket: &Ticket) -> Foreign {
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    Foreign {
        opened_at: ticket.opened,
        contact: ticket.contact.and_then(|c| history.names.text(c)).unwrap_or_default().to_owned(),
        subject: text(&ticket.subject),
        text: text(&ticket.text),
        past: history.past(ticket),
    }
}

impl Summary {
    fn print(&self) {
        let would = if self.dry_run { "would be " } else { "" };
        println!("{} rows, {} tickets from {} to {}.", self.rows, self.tickets, self.from, self.to);
        println!("{} {would}new, {} {would}updated, {} known already, {} rejected.", self.new, self.updated, self.known, self.rejected);
    }
}
