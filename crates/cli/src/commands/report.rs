//! `hypercare report`: a window's lessons report into a file.

use super::client::Remote;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write};
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
    Pdf,
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
            Format::Pdf => "pdf",
            Format::Json => "json",
        };
        if matches!(self.format, Format::Pdf) && self.out.is_none() && std::io::stdout().is_terminal() {
            bail!("A PDF is not for a terminal: say into which file, with --out report.pdf");
        }
        let bytes = api.bytes(&format!("windows/{id}/report?format={format}")).await?;
        match self.out {
            Some(file) => std::fs::write(&file, bytes).with_context(|| format!("{} cannot be written", file.display())),
            None => std::io::stdout().write_all(&bytes).context("the report cannot be printed"),
        }
    }
}
