//! `hypercare openapi`: the description of the API.

use anyhow::{Context, Result};
use clap::Args;
use std::io::Write;

/// Print the OpenAPI 3.1 description of the API.
#[derive(Debug, Args)]
pub struct Openapi {}

impl Openapi {
    /// Runs it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn run(self) -> Result<()> {
        let text = hypercare_server::http::openapi().to_pretty_json()?;
        writeln!(std::io::stdout().lock(), "{text}").context("the description cannot be written")
    }
}
