//! `hypercare serve`: the server.

use super::language::{self, Model};
use super::place::Place;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use hypercare_core::Span;
use hypercare_core::role::Role;
use hypercare_server::chat::Identity;
use hypercare_server::config::{Drafts, Mail};
use hypercare_server::outward::Allow;
use hypercare_server::{App, Clock, Config, http, people};
use std::net::SocketAddr;
use tracing_subscriber::EnvFilter;

/// Run the server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "HYPERCARE_LISTEN", default_value = "127.0.0.1:4400")]
    listen: SocketAddr,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    model: Model,
    /// The address that customers and colleagues use, such as https://care.example.org; decides about secure cookies.
    #[arg(long, env = "HYPERCARE_PUBLIC_URL")]
    public_url: Option<String>,
    /// The mail server: smtp://user:password@host:port or smtps://…. Without it, e-mail is written as files to the data directory.
    #[arg(long, env = "HYPERCARE_SMTP", hide_env_values = true)]
    smtp: Option<String>,
    /// The sender of e-mail.
    #[arg(long, env = "HYPERCARE_MAIL_FROM", default_value = "support@localhost")]
    mail_from: String,
    #[command(flatten)]
    mail_in: super::mail_in::MailIn,
    /// Requests a minute that one stranger may make of the public pages.
    #[arg(long, env = "HYPERCARE_PUBLIC_RATE", default_value_t = 240, value_parser = clap::value_parser!(u32).range(1..))]
    public_rate: u32,
    /// A service that suggests wordings for approval, spoken to as OpenAI's chat completions, such as https://models.example.org/v1.
    /// Off by default, and never needed. Its key, if it wants one, is HYPERCARE_DRAFTS_KEY.
    #[arg(long, env = "HYPERCARE_DRAFTS_URL", requires = "drafts_model")]
    drafts_url: Option<String>,
    /// The model to name to it.
    #[arg(long, env = "HYPERCARE_DRAFTS_MODEL")]
    drafts_model: Option<String>,
    /// What webhooks and bridges may reach inside your network: hosts, addresses and ranges, separated by commas, such as
    /// hooks.internal,10.1.0.0/16. Without it they reach public addresses only.
    #[arg(long, env = "HYPERCARE_WEBHOOK_ALLOW", default_value = "")]
    webhook_allow: String,
    /// Erase customers of whom nothing was heard for so many days. Off by default; it cannot be taken back.
    #[arg(long, env = "HYPERCARE_ERASE_AFTER_DAYS", value_parser = clap::value_parser!(u16).range(30..))]
    erase_after_days: Option<u16>,
    /// Only visitors whom the site vouches for with a signed token can chat. The secrets to check tokens with, one or two with a comma
    /// between them, are HYPERCARE_CHAT_SECRETS.
    #[arg(long, env = "HYPERCARE_CHAT_IDENTITY_ENFORCED")]
    chat_identity_enforced: bool,
    /// The first admin's e-mail address, used once: when nobody is here yet.
    #[arg(long, env = "HYPERCARE_ADMIN_EMAIL", default_value = "admin@localhost")]
    admin_email: String,
    /// The first admin's password; without it one is made and printed once.
    #[arg(long, env = "HYPERCARE_ADMIN_PASSWORD", hide_env_values = true)]
    admin_password: Option<String>,
    /// How the log is written.
    #[arg(long, env = "HYPERCARE_LOG", value_enum, default_value_t = LogFormat::Text)]
    log: LogFormat,
    /// What is logged: error, warn, info, debug, or a filter such as hypercare_server=debug.
    #[arg(long, env = "HYPERCARE_LOG_LEVEL", default_value = "info")]
    log_level: String,
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
    /// When the address is taken, a setting is wrong, or the database cannot be used.
    pub async fn run(self) -> Result<()> {
        log_as(self.log, &self.log_level);
        let listener = tokio::net::TcpListener::bind(self.listen).await.with_context(|| format!("{} cannot be listened on", self.listen))?;
        let address = listener.local_addr()?;
        let app = App::open(self.config(address)?, Clock::System).await?;
        self.first_admin(&app).await?;
        tracing::info!("{}", language::said(&app.config.language));
        tracing::info!(%address, database = app.store.engine(), "listening");
        http::serve(app, listener, until_told_to_stop()).await
    }

    fn config(&self, address: SocketAddr) -> Result<Config> {
        let mut config = self.place.config(address)?;
        config.search = Some(self.place.data.join("search"));
        if let Some(url) = &self.public_url {
            let url = url.trim_end_matches('/');
            let origin = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            anyhow::ensure!(
                origin.is_some_and(|host| !host.is_empty() && !host.contains('/')),
                "--public-url `{url}` is not an address without a path, such as https://care.example.org"
            );
            url.clone_into(&mut config.public_url);
        }
        if let Some(smtp) = &self.smtp {
            config.mail = Mail::Smtp(smtp.clone());
        }
        config.mail_from.clone_from(&self.mail_from);
        self.mail_in.set(&mut config)?;
        config.public_rate = self.public_rate;
        config.language = self.model.language()?;
        config.erase_after = self.erase_after_days.map(|days| Span::days(i64::from(days)));
        config.webhook_allow = Allow::parse(&self.webhook_allow).map_err(|why| anyhow::anyhow!("--webhook-allow: {why}"))?;
        if let Some(url) = &self.drafts_url {
            // Not a flag: those of a running program can be read by others.
            let key = std::env::var("HYPERCARE_DRAFTS_KEY").ok();
            let drafts = Drafts::new(url, self.drafts_model.as_deref().unwrap_or_default(), key);
            config.drafts = Some(drafts.map_err(|why| anyhow::anyhow!("--drafts-url: {why}"))?);
        }
        // Not a flag, for the same reason.
        let secrets = std::env::var("HYPERCARE_CHAT_SECRETS").unwrap_or_default();
        let identity = Identity::new(&secrets, self.chat_identity_enforced);
        config.identity = identity.map_err(|why| anyhow::anyhow!("HYPERCARE_CHAT_SECRETS: {why}"))?;
        Ok(config)
    }

    /// Somebody must be able to sign in.
    async fn first_admin(&self, app: &App) -> Result<()> {
        if hypercare_store::queries::people::count(&mut app.reader()).await? > 0 {
            return Ok(());
        }
        let made = self.admin_password.is_none();
        let password = match &self.admin_password {
            Some(password) => password.clone(),
            None => http::secret::fresh().map_err(|problem| anyhow::anyhow!("{}", problem.detail()))?,
        };
        people::create(app, &self.admin_email, "Administrator", Role::Admin, &password).await.context("the first admin cannot be added")?;
        if made {
            println!(
                "The first admin is {} with the password {password}\nIt is not shown again. Change it: hypercare admin user password {}",
                self.admin_email, self.admin_email
            );
        } else {
            println!("The first admin is {}.", self.admin_email);
        }
        Ok(())
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
