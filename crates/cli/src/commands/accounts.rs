//! `hypercare accounts`: accounts from a table into a running server, and out again.

use super::client::{Refused, Remote};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use hypercare_server::accounts::Imported;
use hypercare_server::http::extract::BODY_LIMIT;
use serde_json::json;
use std::path::PathBuf;

/// The customers as companies: who is affected, and whom to call.
#[derive(Debug, Args)]
pub struct Accounts {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take a table of accounts over: values between commas, semicolons or tabs, the first line names the columns: key, name, value, currency,
    /// renewal, owner, domains, notes, cancelled. All of it or nothing; by their keys, so that the same table again changes nothing.
    Import {
        /// The table.
        file: PathBuf,
        #[command(flatten)]
        remote: Remote,
        /// Only say what would be done.
        #[arg(long)]
        dry_run: bool,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print all accounts as such a table.
    Export {
        #[command(flatten)]
        remote: Remote,
    },
}

impl Accounts {
    /// Runs it.
    ///
    /// # Errors
    /// When the file or the server cannot be read, or anything is wrong with the table.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Import { file, remote, dry_run, json } => import(&file, &remote, dry_run, json).await,
            Command::Export { remote } => {
                print!("{}", remote.connect()?.text("accounts/export").await?);
                Ok(())
            }
        }
    }
}

async fn import(file: &PathBuf, remote: &Remote, dry_run: bool, as_json: bool) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    if bytes.len() > BODY_LIMIT / 2 {
        bail!("{} has {} bytes, and a table can have at most {}: divide it.", file.display(), bytes.len(), BODY_LIMIT / 2);
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        anyhow::anyhow!("{}:{line}: this is not UTF-8: save the table as “CSV UTF-8”.", file.display())
    })?;
    let sent = remote.connect()?.post::<Imported>("accounts/import", &json!({ "text": text, "dry_run": dry_run })).await;
    let done = match sent {
        Ok(done) => done,
        Err(error) => {
            for problem in error.downcast_ref::<Refused>().map(|refused| refused.problems.as_slice()).unwrap_or_default() {
                let field = problem["field"].as_str().filter(|field| !field.is_empty()).map(|field| format!("{field}: ")).unwrap_or_default();
                eprintln!("{}:{}: {field}{}", file.display(), problem["line"], problem["detail"].as_str().unwrap_or_default());
            }
            return Err(error);
        }
    };
    if as_json {
        println!("{}", serde_json::to_string(&done)?);
    } else {
        let would = if dry_run { "would be " } else { "" };
        println!("{} {would}added, {} {would}changed, {} as they were.", done.created, done.changed, done.same);
    }
    Ok(())
}
