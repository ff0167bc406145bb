//! `hypercare replay`: anybody's messages through the public API.
//!
//! Each line gets an external id of its own, made from its place and its words: an interrupted replay can be
//! run again, and what the server already has is not stored twice.

mod lines;
mod sender;
mod summary;

use super::client::{Api, Remote};
use super::plan;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use futures_util::stream::{self, StreamExt};
use indicatif::{ProgressBar, ProgressStyle};
use sender::{Outcome, Sender};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use summary::Summary;

/// Send messages through the public API and say what became of them.
#[derive(Debug, Args)]
pub struct Replay {
    /// Messages, one JSON object a line: {"at","channel","contact","text"}; `at` and `channel` may be left out.
    #[arg(long)]
    messages: PathBuf,
    /// A plan to apply first; its window goes live if it is not.
    #[arg(long)]
    plan: Option<PathBuf>,
    #[command(flatten)]
    remote: Remote,
    /// How many at once.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    connections: u16,
    /// Only the first so many.
    #[arg(long)]
    limit: Option<NonZeroUsize>,
    /// Seconds to keep trying while the server does not answer.
    #[arg(long, default_value_t = 60)]
    patience: u64,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

impl Replay {
    /// Runs it.
    ///
    /// # Errors
    /// When the files cannot be read, the server refuses the plan or stays away. Single messages that fail are
    /// counted, and the command fails at the end.
    pub async fn run(self) -> Result<()> {
        let bodies = lines::read(&self.messages, self.limit.map(NonZeroUsize::get))?;
        let plan = self.plan.as_deref().map(plan::read_valid).transpose()?;
        let api = self.remote.connect()?;
        // Asked first, so that a wrong address or token is one sentence and not two thousand.
        let _: Value = api.get("windows?limit=1").await?;
        if let Some(text) = plan {
            go_live(&api, &text).await?;
        }
        let sender = Sender::new(&api, Duration::from_secs(self.patience));
        let begun = Instant::now();
        let results = self.send_all(&bodies, &sender).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let accepted = results.iter().filter(|r| r.is_ok()).count();
        if let Some(why) = sender.given_up() {
            bail!("Stopped after {accepted} of {} messages: {why}. Run it again to go on: what is there is not stored twice.", results.len());
        }
        let summary = Summary::of(&results, &sender).await?;
        if self.json {
            println!("{}", serde_json::to_string(&summary)?);
        } else {
            summary.print(seconds);
        }
        if summary.errors > 0 {
            bail!("{} messages were not accepted. The first reasons:\n  {}", summary.errors, reasons(&results).join("\n  "));
        }
        Ok(())
    }

    async fn send_all(&self, bodies: &[Value], sender: &Sender<'_>) -> Result<Vec<Result<Outcome>>> {
        let bar = if self.json || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(bodies.len() as u64) };
        bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {eta}")?);
        let results = stream::iter(bodies)
            .map(|body| sender.send(body))
            .buffer_unordered(usize::from(self.connections))
            .inspect(|_| bar.inc(1))
            .collect()
            .await;
        bar.finish_and_clear();
        Ok(results)
    }
}

/// Applies the plan with its answers and takes its window live.
async fn go_live(api: &Api, text: &str) -> Result<()> {
    let done: Value = api.post("plan/apply", &json!({ "text": text, "approve_answers": true })).await.map_err(plan::explain)?;
    let id = done["window_id"].as_str().ok_or_else(|| anyhow!("the server named no window"))?.to_owned();
    let window: Value = api.get(&format!("windows/{id}")).await?;
    if window["phase"] == "preparing" {
        let step = json!({ "to": "active", "reason": "Replay of messages on this plan." });
        let _: Value = api.post(&format!("windows/{id}/transitions"), &step).await.context("the window cannot go live")?;
    }
    Ok(())
}

/// The first five different ones.
fn reasons(results: &[Result<Outcome>]) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for error in results.iter().filter_map(|r| r.as_ref().err()) {
        let reason = error.to_string();
        if reasons.len() < 5 && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}
