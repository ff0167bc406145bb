//! `hypercare serve`: the server.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use hypercare_server::{App, Clock, Config};
use hypercare_store::Location;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// Run the server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "HYPERCARE_LISTEN", default_value = "127.0.0.1:4400")]
    listen: SocketAddr,
    /// Directory for data; with SQLite the database lies there.
    #[arg(long, env = "HYPERCARE_DATA", default_value = "data")]
    data: PathBuf,
    /// A PostgreSQL database instead of SQLite: postgres://user@host/name.
    #[arg(long, env = "HYPERCARE_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// How the log is written.
    #[arg(long, env = "HYPERCARE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
    /// What is logged: error, warn, info, debug, or a filter such as hypercare_server=debug.
    #[arg(long, env = "HYPERCARE_LOG", default_value = "info")]
    log: String,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

impl Serve {
    /// Runs until told to stop.
    ///
    /// # Errors
    /// When the address is taken or the database cannot be used.
    pub async fn run(self) -> Result<()> {
        log_as(self.log_format, &self.log);
        let listener = tokio::net::TcpListener::bind(self.listen).await.with_context(|| format!("{} cannot be listened on", self.listen))?;
        let mut config = Config::local(self.data, listener.local_addr()?);
        if let Some(database) = &self.database {
            config.location = Location::from_setting(database);
        }
        let app = App::open(config, Clock::System).await?;
        tracing::info!(address = %listener.local_addr()?, engine = app.store.engine(), "listening");
        hypercare_server::http::serve(app, listener, until_told_to_stop()).await
    }
}

/// Sends the log to standard error.
pub fn log_as(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
}

/// Returns at Ctrl+C or SIGTERM.
pub async fn until_told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
