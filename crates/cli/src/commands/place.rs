//! Where the data of an installation is.

use anyhow::{Context, Result};
use clap::Args;
use hypercare_server::{App, Clock, Config};
use hypercare_store::Location;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// Directory for data; with SQLite the database lies there.
    #[arg(long, env = "HYPERCARE_DATA", default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of SQLite: postgres://user@host/name.
    #[arg(long, env = "HYPERCARE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

impl Place {
    /// Settings for an installation here that listens there.
    ///
    /// # Errors
    /// When the database's address is not one.
    pub fn config(&self, listen: SocketAddr) -> Result<Config> {
        let mut config = Config::local(self.data.clone(), listen);
        if let Some(database) = &self.database {
            config.location = Location::from_setting(database);
            anyhow::ensure!(
                matches!(config.location, Location::Postgres(_)),
                "--database is a PostgreSQL address such as postgres://user@host/name; for SQLite give --data a directory"
            );
        }
        Ok(config)
    }

    /// Opens it for a command that changes something and ends. A server may run on the same data.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn open(&self) -> Result<App> {
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        App::open(self.config(nowhere)?, Clock::System).await.context("the data cannot be opened")
    }
}
