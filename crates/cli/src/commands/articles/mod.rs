//! `hypercare articles`: the help centre's articles as files, in and out.

mod export;
mod helpscout;
mod import;
mod markdown;

use anyhow::Result;
use clap::{Args, Subcommand};

/// Articles of the help centre, as a folder of Markdown files.
#[derive(Debug, Args)]
pub struct Articles {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Import),
    Export(export::Export),
}

impl Articles {
    /// Runs it.
    ///
    /// # Errors
    /// When a file, the folder or the server cannot be used, or an article was refused.
    pub async fn run(self) -> Result<()> {
        match self.command {
            Command::Import(command) => command.run().await,
            Command::Export(command) => command.run().await,
        }
    }
}
