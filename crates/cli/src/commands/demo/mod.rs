//! `hypercare demo`: a fresh installation of the invented company Nordlicht, with its history played
//! through the product's own write path, then live.

mod accounts;
mod asking;
mod cast;
mod chance;
mod content;
mod cutover;
mod daily;
mod facts;
mod help;
mod live;
mod normal;
mod play;
mod reach;
mod script;
mod team;

use super::language::Model;
use anyhow::{Context, Result, bail};
use cast::{Cast, PASSWORD};
use chance::Chance;
use clap::Args;
use content::Content;
use hypercare_core::{Span, Timestamp};
use hypercare_server::{App, Clock, Config, reports};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::ToSpan;
use jiff::civil::Date;
use play::Story;
use script::Script;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Days of normal life before go-live.
const BASELINE_DAYS: i32 = 28;
/// The demo's go-live was so many days before today: today is day six.
const DAYS_SINCE_GO_LIVE: i32 = 5;
/// With `--to-end` the window has at most this many days.
const LONGEST: i32 = 27;
/// One story on every machine.
const SEED: u64 = 20_261_117;

/// Show a price change at an invented company, six days after its go-live.
#[derive(Debug, Args)]
pub struct Demo {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:4400", env = "HYPERCARE_LISTEN")]
    listen: SocketAddr,
    /// Directory for its data; emptied first. Default: a directory of its own below the system's temporary one.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Play to the end of the window, write the report, and stay.
    #[arg(long)]
    to_end: bool,
    /// With --to-end: write the report and stop, without listening.
    #[arg(long, requires = "to_end")]
    no_serve: bool,
    /// With --no-serve: play as if today were this date.
    #[arg(long, requires = "no_serve", hide = true)]
    today: Option<Date>,
    /// Do not go on with new messages.
    #[arg(long)]
    still: bool,
    /// Seconds between two live messages.
    #[arg(long, default_value_t = 12)]
    pace: u64,
}

impl Demo {
    /// Plays and serves until stopped.
    ///
    /// # Errors
    /// When the address is taken, the directory cannot be used, or the story does not play.
    pub async fn run(self) -> Result<()> {
        let directory = self.directory()?;
        // Taken first: a minute of playing for an address that is in use would be a poor joke.
        let listener =
            match self.no_serve {
                true => None,
                false => Some(tokio::net::TcpListener::bind(self.listen).await.with_context(|| {
                    format!("{} is in use: stop what listens there, or choose another with --listen 127.0.0.1:4401", self.listen)
                })?),
            };
        let listen = listener.as_ref().map_or(Ok(self.listen), tokio::net::TcpListener::local_addr)?;
        let zone = hypercare_core::calendar::zone("Europe/Berlin").map_err(anyhow::Error::msg)?;
        let now = Clock::System.now();
        let today = self.today.unwrap_or_else(|| zone.to_datetime(now.to_jiff()).date());
        let days = if self.to_end { LONGEST } else { DAYS_SINCE_GO_LIVE + 1 };
        let go_live = today.checked_sub(if self.to_end { (LONGEST).days() } else { DAYS_SINCE_GO_LIVE.days() })?;
        let content = Content::read(go_live)?;
        let baseline_from = go_live.checked_sub(BASELINE_DAYS.days())?;
        let mut story = self.set_up(&directory, listen, content, zone, baseline_from, go_live, days).await?;
        let end = if self.to_end { story.script.on(LONGEST, 23, 0)? } else { now };
        play_with_progress(&mut story, end).await?;
        help::read(&story.app).await?;
        if self.to_end {
            write_report(&story, &directory).await?;
        }
        let Some(listener) = listener else { return Ok(()) };
        self.go_on(story, &directory, listener, listen).await
    }

    fn directory(&self) -> Result<PathBuf> {
        let directory = self.data.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("hypercare-demo-{}", std::process::id())));
        // Only what a demo made is emptied: a wrong --data must not cost anybody their data.
        let marker = directory.join("demo");
        if directory.exists() && std::fs::read_dir(&directory)?.next().is_some() {
            if !marker.exists() {
                bail!("{} is not empty and was not made by the demo: choose another directory with --data", directory.display());
            }
            std::fs::remove_dir_all(&directory).with_context(|| format!("{} cannot be emptied", directory.display()))?;
        }
        std::fs::create_dir_all(&directory).with_context(|| format!("{} cannot be created", directory.display()))?;
        std::fs::write(&marker, "Made by `hypercare demo`, which may empty this directory.\n")?;
        Ok(directory)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one story, put together once")]
    async fn set_up(
        &self,
        directory: &Path,
        listen: SocketAddr,
        content: Content,
        zone: jiff::tz::TimeZone,
        baseline_from: Date,
        go_live: Date,
        days: i32,
    ) -> Result<Story> {
        let mut chance = Chance::new(SEED);
        let script = Script::new(&content, zone, baseline_from, go_live, days, &mut chance)?;
        let begin = script.at(baseline_from, 0, 0)? - Span::hours(2);
        let language = Model::default().language()?;
        let config = Config { mail_from: "support@nordlicht.example".into(), language, ..Config::local(directory.to_owned(), listen) };
        let app = App::open(config, Clock::manual(begin)).await?;
        let cast = Cast::hire(&app).await?;
        reach::choose(&app, &cast).await?;
        help::stock(&app, go_live, &app.stamp(cast.lead().actor())).await?;
        let plan = content::plan(go_live, baseline_from)?;
        std::fs::write(directory.join("plan.toml"), &plan)?;
        let companies = accounts::Companies::read(go_live)?;
        Ok(Story::new(app, content, script, cast, chance, plan, companies))
    }

    async fn go_on(self, mut story: Story, directory: &Path, listener: tokio::net::TcpListener, listen: SocketAddr) -> Result<()> {
        print_welcome(&story, listen, directory, self.to_end);
        // The past is played; from here the machine's clock counts.
        let config = story.app.config.clone();
        story.app.store.close().await;
        let app = App::open(config, Clock::System).await?;
        story.app = app.clone();
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let going_on =
            (!self.still && !self.to_end).then(|| tokio::spawn(live::go_on(story, std::time::Duration::from_secs(self.pace.max(1)), stopped)));
        let served = hypercare_server::http::serve(app, listener, super::serve::until_told_to_stop()).await;
        let _ = stop.send(true);
        if let Some(task) = going_on {
            let _ = task.await;
        }
        served.context("the server stopped")
    }
}

async fn play_with_progress(story: &mut Story, end: Timestamp) -> Result<()> {
    let bar = ProgressBar::new(story.script.len() as u64);
    bar.set_style(ProgressStyle::with_template("Playing the past {bar:30} {msg}")?);
    let zone = hypercare_core::calendar::zone("Europe/Berlin").map_err(anyhow::Error::msg)?;
    story
        .play(end, |at| {
            bar.inc(1);
            bar.set_message(zone.to_datetime(at.to_jiff()).date().to_string());
        })
        .await?;
    bar.finish_and_clear();
    Ok(())
}

async fn write_report(story: &Story, directory: &Path) -> Result<()> {
    let window = story.window.context("the story has no window")?;
    let report = reports::build(&story.app, window).await?;
    for (name, text) in [("report.html", reports::html::render(&report)), ("report.md", reports::markdown::render(&report))] {
        let file = directory.join(name);
        std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        println!("Report: {}", file.display());
    }
    let file = directory.join("report.pdf");
    std::fs::write(&file, reports::print::render(&report)?).with_context(|| format!("{} cannot be written", file.display()))?;
    println!("Report: {}", file.display());
    if !story.closed {
        println!("The exit criteria did not hold within {LONGEST} days; the window is still open.");
    }
    Ok(())
}

fn print_welcome(story: &Story, listen: SocketAddr, directory: &Path, to_end: bool) {
    println!("\nNordlicht changed its prices{}", if to_end { "; the window is played to its end." } else { ". Today is day six." });
    println!("\n  Console        http://{listen}/");
    println!("  Customer page  http://{listen}/host.html   (with the chat)");
    println!("  Help centre    http://{listen}/help");
    println!("  Contact form   http://{listen}/help/contact");
    println!("  API            http://{listen}/api/openapi.json");
    println!("\n  Everybody's password: {PASSWORD}");
    for member in story.cast.all() {
        println!("    {:<28} {:<32} {}", member.name, member.email, member.role.word());
    }
    println!("\n  Data in {}; outgoing e-mail lies there as files in mail/.", directory.display());
    println!("  Ctrl+C ends it.\n");
}
