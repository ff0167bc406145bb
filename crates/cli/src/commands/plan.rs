//! `hypercare plan`: check, apply, export, schema and new.

use super::client::{Refused, Remote};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use hypercare_core::plan::{self, ChangeKind};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The plan of a window as a file.
#[derive(Debug, Args)]
pub struct Plan {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a plan like a compiler: line, column, what is wrong, what would be right.
    Check {
        /// The plan file.
        file: PathBuf,
        /// Print the problems as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a running server's window as the file says. Shows the difference first; doing it twice changes nothing.
    Apply {
        /// The plan file.
        file: PathBuf,
        #[command(flatten)]
        remote: Remote,
        /// Only show what would change.
        #[arg(long)]
        dry_run: bool,
        /// Also approve the answers that are complete.
        #[arg(long)]
        approve_answers: bool,
        /// Do not ask before applying.
        #[arg(long, short)]
        yes: bool,
    },
    /// Print the plan of a window.
    Export {
        /// The window's key.
        window: String,
        #[command(flatten)]
        remote: Remote,
    },
    /// Print the JSON Schema of plan files, for editors.
    Schema,
    /// Print a commented plan to start from: a template, or what a window taught.
    New {
        /// What kind of change; not with --from, where it is as it was.
        #[arg(value_enum, required_unless_present = "from", conflicts_with = "from")]
        kind: Option<Kind>,
        /// The key of a window whose lessons it starts from, at the server of --url.
        #[arg(long, requires = "token")]
        from: Option<String>,
        /// Address of the server.
        #[arg(long, env = "HYPERCARE_URL", default_value = "http://127.0.0.1:4400")]
        url: reqwest::Url,
        /// API token.
        #[arg(long, env = "HYPERCARE_TOKEN", hide_env_values = true)]
        token: Option<String>,
        /// Stable short name.
        #[arg(long)]
        key: String,
        /// Name for people.
        #[arg(long)]
        name: String,
        /// Go-live, local time: 2026-11-17T09:00.
        #[arg(long)]
        go_live: String,
        /// Time zone; with --from it is that of the window.
        #[arg(long, default_value = "Europe/Berlin")]
        zone: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Migration,
    Launch,
    PolicyPriceProcess,
    VendorInfrastructure,
    HighRiskPeriod,
}

impl From<Kind> for ChangeKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Migration => Self::Migration,
            Kind::Launch => Self::Launch,
            Kind::PolicyPriceProcess => Self::PolicyPriceProcess,
            Kind::VendorInfrastructure => Self::VendorInfrastructure,
            Kind::HighRiskPeriod => Self::HighRiskPeriod,
        }
    }
}

impl Plan {
    /// Runs it.
    ///
    /// # Errors
    /// When the plan has errors, or the server refuses it or cannot be reached.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Check { file, json } => check(&file, json),
            Command::Apply { file, remote, dry_run, approve_answers, yes } => apply(&file, &remote, dry_run, approve_answers, yes).await,
            Command::Export { window, remote } => {
                let api = remote.connect()?;
                let id = api.window(&window).await?;
                print!("{}", api.text(&format!("windows/{id}/plan")).await?);
                Ok(())
            }
            Command::Schema => {
                println!("{}", serde_json::to_string_pretty(&plan::schema())?);
                Ok(())
            }
            Command::New { kind, from, url, token, key, name, go_live, zone } => {
                let text = match (from, kind) {
                    (Some(window), _) => {
                        let api = Remote::new(url, token.unwrap_or_default()).connect()?;
                        let id = api.window(&window).await?;
                        let asked = [("key", key.as_str()), ("name", name.as_str()), ("go_live", go_live.as_str())];
                        api.text_of(&format!("windows/{id}/report/next-plan"), &asked).await?
                    }
                    (None, Some(kind)) => plan::template(kind.into(), &key, &name, &go_live, &zone),
                    (None, None) => bail!("Say what kind of change, or --from a window."),
                };
                let report = plan::check(&text);
                print!("{text}");
                if report.errors() > 0 {
                    bail!("What you gave does not make a valid plan:\n{}", plan::render(&text, "new plan", &report));
                }
                Ok(())
            }
        }
    }
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn check(file: &Path, as_json: bool) -> Result<()> {
    let text = read(file)?;
    let report = plan::check(&text);
    if as_json {
        println!("{}", serde_json::to_string_pretty(&json!({ "ok": report.errors() == 0, "problems": report.problems }))?);
    } else if report.problems.is_empty() {
        println!("{}: no errors, no warnings.", file.display());
    } else {
        print!("{}", plan::render(&text, &file.display().to_string(), &report));
    }
    if report.errors() > 0 {
        bail!("{} with errors", if report.errors() == 1 { "1 place".to_owned() } else { format!("{} places", report.errors()) });
    }
    Ok(())
}

/// A plan without errors, as text; what is wrong or doubtful goes to standard error.
///
/// # Errors
/// When the file cannot be read or the plan has errors.
pub fn read_valid(file: &Path) -> Result<String> {
    let text = read(file)?;
    let report = plan::check(&text);
    if !report.problems.is_empty() {
        eprint!("{}", plan::render(&text, &file.display().to_string(), &report));
    }
    if report.errors() > 0 {
        bail!("The plan has errors; nothing was sent.");
    }
    Ok(text)
}

async fn apply(file: &Path, remote: &Remote, dry_run: bool, approve: bool, yes: bool) -> Result<()> {
    let text = read_valid(file)?;
    let api = remote.connect()?;
    let wanted = |dry: bool| json!({ "text": text, "dry_run": dry, "approve_answers": approve });
    let preview: Value = api.post("plan/apply", &wanted(true)).await.map_err(explain)?;
    let changes = preview["changes"].as_array().cloned().unwrap_or_default();
    if changes.is_empty() {
        println!("Nothing to change: the server has this plan.");
        return Ok(());
    }
    for change in &changes {
        println!("{}", line(change));
    }
    if dry_run {
        println!("{}; nothing was applied.", counted(changes.len()));
        return Ok(());
    }
    if !yes && !confirmed(changes.len())? {
        println!("Nothing was applied.");
        return Ok(());
    }
    let done: Value = api.post("plan/apply", &wanted(false)).await.map_err(explain)?;
    println!("Applied to window {}.", done["window_id"].as_str().unwrap_or("?"));
    Ok(())
}

fn confirmed(changes: usize) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("Nobody is there to confirm {}: say --yes, or --dry-run to only look.", counted(changes));
    }
    println!("Apply {}? [y/N]", counted(changes));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn counted(changes: usize) -> String {
    if changes == 1 { "1 change".to_owned() } else { format!("{changes} changes") }
}

fn line(change: &Value) -> String {
    let path = change["path"].as_str().unwrap_or("?");
    let text = |key: &str| change[key].as_str().unwrap_or_default().replace('\n', " ⏎ ");
    match change["kind"].as_str() {
        Some("added") => format!("+ {path}: {}", text("after")),
        Some("removed") => format!("- {path}: {}", text("before")),
        _ => format!("~ {path}: {} → {}", text("before"), text("after")),
    }
}

/// A refusal with the places in the plan that it is about.
pub fn explain(error: anyhow::Error) -> anyhow::Error {
    let Some(refused) = error.downcast_ref::<Refused>() else { return error };
    let places: Vec<String> =
        refused.problems.iter().filter_map(|p| Some(format!("\n  {}:{} {}", p["line"], p["column"], p["message"].as_str()?))).collect();
    anyhow::anyhow!("{refused}{}", places.concat())
}
