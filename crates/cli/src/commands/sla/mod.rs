//! `hypercare sla explain`: each promise as a timeline, of a live conversation or of a history in a file.

mod event;
mod history;
mod policy;
mod render;

use super::client::Remote;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use hypercare_core::Timestamp;
use hypercare_core::conversation::timeline::ClockTimeline;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Promises about time.
#[derive(Debug, Args)]
pub struct Sla {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show each clock as a timeline: what counted, what did not and why, until when it is due, when it was met or broken.
    #[command(after_long_help = FORMATS)]
    Explain(Explain),
}

/// The file formats, for `--help`.
const FORMATS: &str = r#"FILES

P.toml has the sections [calendars.…] and [sla.…] of a plan; a whole plan works too. Calendars without
a zone are read in the window's, or in UTC where there is no [window].

    [calendars.office]
    zone = "Europe/Berlin"
    holidays = ["2024-12-25"]
    [calendars.office.hours]
    mon = ["09:00-12:30", "13:30-17:00"]
    tue = ["09:00-17:00"]

    [sla.hypercare]
    calendar = "office"
    acknowledge = "15 min"
    [sla.hypercare.first_response]
    high = "30 min"
    normal = "2 h"
    [sla.hypercare.categories.billing.first_response]
    high = "15 min"

E.jsonl has one event on each line, with `at` (a time with an offset) and `type`:

    {"at": "2024-12-23T09:00:00+01:00", "type": "opened", "severity": "high", "category": "billing"}
    {"at": "2024-12-23T09:05:00+01:00", "type": "auto_reply"}
    {"at": "2024-12-23T09:20:00+01:00", "type": "reply", "then": "waiting"}
    {"at": "2024-12-23T11:00:00+01:00", "type": "customer_message"}
    {"at": "2024-12-23T11:30:00+01:00", "type": "severity", "to": "critical"}

    type              further fields
    opened            severity (low, normal, high, critical; normal), category, scope (in, out; in)
    customer_message  none
    reply             then (open, waiting, resolved; waiting): to the customer, by a person
    assistant         none: an approved answer by the assistant
    auto_reply        none: an automatic acknowledgement
    note              none: private
    hand_over         none: a person is needed; it comes by itself unless the assistant answers next
    status            to (open, waiting, resolved)
    severity          to (low, normal, high, critical)
    category          to (a category, or null)
    scope             to (in: about the change, out: not)
    due               kind (a clock's kind), due_at (a time, or null to clear it)
    policy            normalised (categories that are back on [sla.normal]; [] takes all of them back),
                      file (a new version of P.toml, beside E.jsonl)

Events are taken in the order of their times, those of one instant in the order of the file. What lies
after --at has not happened yet. An empty line is skipped.

JSON

{"at", "clocks": [{"kind", "cycle", "policy", "policy_version", "category", "severity", "zone", "state"
(running, paused, met, cancelled), "started_at", "target_s", "carried_s", "elapsed_s", "remaining_s",
"percent", "due_at", "late_at", "deadline_at", "manual_due_at", "met_at", "breached_at", "cancelled_at",
"warned": [{"percent", "at"}], "late_on_change", "segments": [{"from", "to", "state" (running, closed,
paused), "why", "counted_s"}]}]}"#;

/// What to explain.
#[derive(Debug, Args)]
struct Explain {
    /// Id of a conversation on a running server.
    #[arg(required_unless_present = "policy", conflicts_with_all = ["policy", "events", "at"])]
    conversation: Option<String>,
    /// The promises: a TOML file with calendars and sla.
    #[arg(long, requires_all = ["events", "at"])]
    policy: Option<PathBuf>,
    /// What happened: one JSON object on each line.
    #[arg(long, requires = "policy")]
    events: Option<PathBuf>,
    /// The time to explain it at, with an offset: 2024-12-24T09:00:00+01:00.
    #[arg(long, requires = "policy", value_parser = Timestamp::parse)]
    at: Option<Timestamp>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Address of the server.
    #[arg(long, env = "HYPERCARE_URL", default_value = "http://127.0.0.1:4400")]
    url: Url,
    /// API token; make one with `hypercare admin token add` or on the People screen.
    #[arg(long, env = "HYPERCARE_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

/// What is printed as JSON, and what the server answers.
#[derive(Debug, Serialize, Deserialize)]
struct Explained {
    at: Timestamp,
    clocks: Vec<ClockTimeline>,
}

impl Sla {
    /// Runs it.
    ///
    /// # Errors
    /// When a file is wrong, or the server refuses or cannot be reached.
    pub async fn run(self) -> Result<()> {
        let Command::Explain(asked) = self.command;
        let explained = match (&asked.policy, &asked.events, asked.at) {
            (Some(policy), Some(events), Some(at)) => Explained { at, clocks: history::explain(policy, events, at)? },
            _ => asked.of_server().await?,
        };
        if asked.json {
            println!("{}", serde_json::to_string_pretty(&explained)?);
        } else {
            print!("{}", render::timelines(&explained.clocks, explained.at));
        }
        Ok(())
    }
}

impl Explain {
    async fn of_server(&self) -> Result<Explained> {
        let id = self.conversation.as_deref().unwrap_or_default();
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
            bail!("`{id}` is not the id of a conversation: it has digits only, as in the address of its page");
        }
        let Some(token) = &self.token else {
            bail!("--token is missing, and so is HYPERCARE_TOKEN: make one with `hypercare admin token add` or on the People screen");
        };
        Remote::new(self.url.clone(), token.clone()).connect()?.get(&format!("conversations/{id}/clocks/explain")).await
    }
}
