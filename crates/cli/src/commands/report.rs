//! `hypercare report`: a window's lessons report into a file.

use super::client::Remote;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Write the lessons report of a window.
#[derive(Debug, Args)]
pub struct Report {
    /// The window's key.
    window: String,
    #[command(flatten)]
    remote: Remote,
    /// Which form.
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Into which file; standard output without it.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Html,
    Md,
    Json,
}

impl Report {
    /// Runs it.
    ///
    /// # Errors
    /// When the server cannot be reached, does not know the window, or the file cannot be written.
    pub async fn run(self) -> Result<()> {
        let api = self.remote.connect()?;
        let id = api.window(&self.window).await?;
        let format = match self.format {
            Format::Html => "html",
            Format::Md => "md",
            Format::Json => "json",
        };
        let text = api.text(&format!("windows/{id}/report?format={format}")).await?;
        match self.out {
            Some(file) => std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display())),
            None => {
                print!("{text}");
                Ok(())
            }
        }
    }
}
