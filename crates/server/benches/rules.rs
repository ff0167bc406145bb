//! What the rules cost as a desk grows: `cargo xtask bench rules [SIZE…]`.
//!
//! One installation on SQLite grows to each size in turn; all its conversations are open and their clocks run. At each
//! size it measures what is done for one more: keeping a conversation, breaking a promise at its instant, reading the
//! live day, and closing a day. Costs that stay level from row to row do not grow with the desk. The live day has as many
//! conversations as the days before it had, and those that are measured: its cost may grow with them and with nothing else.

use anyhow::{Context, Result};
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use hypercare_core::channel::Sender;
use hypercare_core::conversation::{Command, Conversation, Opening};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::window::{Phase, Window, WindowCommand};
use hypercare_core::{Actor, Channel, ContactId, ConversationId, Severity, Span, Stamp, Timestamp, WindowId};
use hypercare_server::{App, Clock, Config, engine, signals};
use hypercare_store::queries::contacts;
use hypercare_store::{WriteError, load};
use hypercare_test_support::temp_dir;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

const PLAN: &str = include_str!("rules.toml");
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// Conversations kept in one commit while the desk is filled.
const BATCH: usize = 400;
/// Conversations behind each measured figure.
const MEASURED: usize = 2_000;
/// Writers at once where the cost of keeping one is measured: they share commits, as customers do.
const WRITERS: usize = 64;
/// Customers; each writes again and again.
const CUSTOMERS: usize = 20_000;
/// By then the watch has looked at what is new.
const LOOK: Span = Span::mins(15);
/// Days over which the desk was filled.
const DAYS: i64 = 56;

#[tokio::main]
async fn main() -> Result<()> {
    // `cargo bench` passes flags of its own.
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.replace('_', "").parse().ok()).collect();
    let sizes = if given.is_empty() { SIZES.to_vec() } else { given };
    let folder = temp_dir();
    let start = Timestamp::parse("2026-09-21T00:00:00Z").map_err(anyhow::Error::msg)?;
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let app = App::open(Config::local(folder.join("data"), nowhere), Clock::manual(start)).await?;
    let mut desk = Desk { app, made: 0, contacts: vec![], window: None };
    println!(
        "{:>12} {:>16} {:>16} {:>16} {:>16} {:>16}",
        "open", "keep one, µs", "break one, µs", "live day, ms", "close a day, ms", "conversations/day"
    );
    for size in sizes {
        desk.fill(size, start).await?;
        desk.measure(size).await?;
    }
    Ok(())
}

struct Desk {
    app: App,
    made: usize,
    contacts: Vec<ContactId>,
    window: Option<WindowId>,
}

impl Desk {
    /// Fills up to `size`, spread over the days until now.
    async fn fill(&mut self, size: usize, start: Timestamp) -> Result<()> {
        while self.contacts.len() < CUSTOMERS.min(size) {
            let from = self.contacts.len();
            let (until, at) = ((from + 5_000).min(CUSTOMERS.min(size)), self.app.now());
            let made: Result<Vec<ContactId>, WriteError> = self
                .app
                .store
                .write(move |tx| {
                    async move {
                        let mut made = vec![];
                        for i in from..until {
                            let sender = Sender { key: format!("customer {i}"), email: None, name: Some(format!("Customer {i}")) };
                            made.push(ContactId(contacts::resolve(tx, Channel::Api, &sender, at).await?.id));
                        }
                        Ok(made)
                    }
                    .boxed()
                })
                .await;
            self.contacts.extend(made?);
        }
        let (span, missing) = (Span::days(DAYS), size.saturating_sub(self.made));
        let mut done = 0;
        while done < missing {
            let count = BATCH.min(missing - done);
            let openings: Vec<(Timestamp, ContactId, usize)> = (0..count)
                .map(|i| {
                    let share = (done + i) as f64 / missing as f64;
                    (start + Span((span.0 as f64 * share) as i64), self.contacts[(self.made * 7 + i * 13) % self.contacts.len()], self.made + i)
                })
                .collect();
            let app = self.app.clone();
            write(&app, openings, Severity::Low).await?;
            self.made += count;
            done += count;
        }
        if self.window.is_none() {
            self.app.clock.set(start + span + Span::hours(9));
            self.window = Some(self.go_live().await?);
        }
        Ok(())
    }

    async fn go_live(&self) -> Result<WindowId> {
        let plan = hypercare_core::plan::check(PLAN).plan.context("the bench's plan has errors")?;
        let stamp = self.app.stamp(Actor::system()).because("a measurement");
        let id = self.app.store.new_id::<WindowId>(stamp.at);
        let gone: Result<Window, WriteError> = self
            .app
            .store
            .write(move |tx| {
                async move {
                    tx.execute::<Window>(id, WindowCommand::ApplyPlan { id, plan: Box::new(plan) }, &stamp, &()).await?;
                    tx.execute::<Window>(id, WindowCommand::Transition { to: Phase::Active, gaps: vec![] }, &stamp, &()).await
                }
                .boxed()
            })
            .await;
        gone?;
        self.app.knowledge.stale();
        Ok(id)
    }

    async fn measure(&mut self, size: usize) -> Result<()> {
        let window = self.window.context("not live")?;
        // The time before the change is measured once, when the window is new; and whatever fell due is done.
        self.next_day(window).await?;
        while engine::tick(&self.app).await? > 0 {}
        let per_day = size / DAYS as usize;
        self.begin_day(per_day).await?;
        // Filling writes into the past, which no desk does but by an import: the watch reads that anew, once. Not in what is measured.
        self.app.clock.advance(LOOK);
        while engine::tick(&self.app).await? > 0 {}

        let began = Instant::now();
        let openings: Vec<_> = (0..MEASURED).map(|i| (self.app.now(), self.contacts[i % self.contacts.len()], self.made + i)).collect();
        stream::iter(openings).map(|one| write(&self.app, vec![one], Severity::Critical)).buffer_unordered(WRITERS).try_collect::<Vec<()>>().await?;
        let keep = began.elapsed();
        self.made += MEASURED;

        // Their first response is promised within the hour and nobody answers.
        self.app.clock.advance(Span::hours(1) + Span(1));
        let began = Instant::now();
        let mut broken = 0;
        loop {
            match engine::tick(&self.app).await? {
                0 => break,
                n => broken += n,
            }
        }
        let break_one = began.elapsed();
        anyhow::ensure!(broken >= MEASURED, "only {broken} of {MEASURED} promises were broken");

        let window_now = load::<Window>(&mut self.app.reader(), window.0).await?.context("the window is gone")?;
        signals::overview(&self.app, &window_now).await?;
        write(&self.app, vec![(self.app.now(), self.contacts[0], self.made)], Severity::Low).await?;
        self.made += 1;
        let began = Instant::now();
        let overview = signals::overview(&self.app, &window_now).await?;
        let live = began.elapsed();
        drop(overview);

        let close = self.next_day(window).await?;
        println!(
            "{size:>12} {:>16.0} {:>16.0} {:>16.1} {:>16.1} {:>16}",
            keep.as_micros() as f64 / MEASURED as f64,
            break_one.as_micros() as f64 / broken as f64,
            live.as_micros() as f64 / 1e3,
            close.as_micros() as f64 / 1e3,
            per_day + MEASURED
        );
        Ok(())
    }

    /// The first nine hours of a day in which so many are opened.
    async fn begin_day(&mut self, count: usize) -> Result<()> {
        let (midnight, morning) = (self.app.now(), Span::hours(9));
        for from in (0..count).step_by(BATCH) {
            let one = |i: usize| {
                let at = midnight + Span((morning.0 as f64 * i as f64 / count as f64) as i64);
                (at, self.contacts[(self.made + i * 13) % self.contacts.len()], self.made + i)
            };
            write(&self.app, (from..count.min(from + BATCH)).map(one).collect(), Severity::Low).await?;
        }
        self.made += count;
        self.app.clock.set(midnight + morning);
        Ok(())
    }

    /// Goes to the next midnight and closes the day; how long that took.
    async fn next_day(&self, window: WindowId) -> Result<std::time::Duration> {
        let state = load::<Window>(&mut self.app.reader(), window.0).await?.context("the window is gone")?;
        self.app.clock.set(state.next_day_close.context("no day is to be closed")?);
        let began = Instant::now();
        signals::close_day(&self.app, window).await?;
        Ok(began.elapsed())
    }
}

/// Keeps conversations in one commit: what a customer's message makes, with its clocks.
async fn write(app: &App, openings: Vec<(Timestamp, ContactId, usize)>, severity: Severity) -> Result<()> {
    let catalogue: Arc<_> = app.knowledge.current(app).await?;
    let kept: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                for (at, contact, number) in openings {
                    let stamp = Stamp::new(Actor::customer("Customer"), at);
                    let id: ConversationId = tx.new_id(at);
                    let opening = Opening { id, channel: Channel::Api, contact, subject: None };
                    let text = format!("Why is my invoice {number} higher than last month?");
                    let scenario = format!("scenario-{}", number % 20);
                    let category = ["billing", "access", "how-to", "other"][number % 4].to_owned();
                    let triage = Triage { scope: Scope::Out, scenario: Some(scenario), category: Some(category), severity, ..Triage::default() };
                    let mut change = tx.begin_new::<Conversation>(id);
                    let env = catalogue.env(None);
                    let received = Command::Receive { opening, message: tx.new_id(at), external_id: None, name: "Customer".into(), text };
                    change.run(received, &stamp, &env)?;
                    change.run(Command::Triage { triage: Box::new(triage), window: None }, &stamp, &env)?;
                    change.run(Command::HandOver { why: "The assistant has no answer.".into() }, &stamp, &env)?;
                    tx.save(change).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    Ok(kept?)
}
