//! `hypercare openapi`: the description of the API.

use anyhow::Result;
use clap::Args;

/// Print the OpenAPI 3.1 description of the API.
#[derive(Debug, Args)]
pub struct Openapi {}

impl Openapi {
    /// Runs it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn run(self) -> Result<()> {
        println!("{}", hypercare_server::http::openapi().to_pretty_json()?);
        Ok(())
    }
}
