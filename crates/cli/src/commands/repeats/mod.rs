//! `hypercare repeats`: what people ask again and again, in any export.

mod find;
mod lines;

use anyhow::Result;
use clap::{Args, Subcommand};

/// Find the questions that people ask again and again.
#[derive(Debug, Args)]
pub struct Repeats {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Find(find::Find),
}

impl Repeats {
    /// Runs it.
    ///
    /// # Errors
    /// What is wrong with the command line or a file, and what would be right.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Find(find) => find.run(),
        }
    }
}
