//! What the inbox costs at a desk with many open conversations: `cargo xtask bench inbox [SIZE]`.
//!
//! One installation on SQLite with so many open conversations, and half as many that are settled. It measures the lists as the API reads
//! them: the first page, page 1,000, each view and each filter, with their counts; and the counts of all built-in views. Each figure is
//! the best of five in milliseconds, so that another program on the machine disturbs little.

use anyhow::Result;
use futures_util::FutureExt;
use hypercare_core::channel::Sender;
use hypercare_core::conversation::{Command, Conversation, Opening, Status};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::{Actor, Channel, ContactId, ConversationId, Severity, Span, Stamp, Timestamp, UserId};
use hypercare_server::{App, Clock, Config};
use hypercare_store::queries::contacts;
use hypercare_store::queries::conversations::{self, Filter};
use hypercare_store::{Tx, WriteError};
use hypercare_test_support::temp_dir;
use std::net::SocketAddr;
use std::time::Instant;

const SIZE: usize = 100_000;
/// Conversations kept in one commit while the desk is filled.
const BATCH: usize = 400;
const CUSTOMERS: usize = 20_000;
const PEOPLE: usize = 20;
const SCENARIOS: usize = 12;
/// Rows of a page, and one that says that there are more.
const PAGE: i64 = 51;
/// Where counting stops.
const MOST: i64 = 1_000;
const TRIES: usize = 5;

#[tokio::main]
async fn main() -> Result<()> {
    // `cargo bench` passes flags of its own.
    let size = std::env::args().skip(1).find_map(|arg| arg.replace('_', "").parse().ok()).unwrap_or(SIZE);
    let folder = temp_dir();
    let start = Timestamp::parse("2026-09-21T00:00:00Z").map_err(anyhow::Error::msg)?;
    let app = App::open(Config::local(folder.join("data"), SocketAddr::from(([127, 0, 0, 1], 0))), Clock::manual(start)).await?;
    let began = Instant::now();
    fill(&app, size, start).await?;
    println!("{size} open and {} settled conversations, made in {:.0} s\n", size / 2, began.elapsed().as_secs_f64());
    println!("{:<44} {:>10} {:>10} {:>10}", "list", "page, ms", "count, ms", "count");
    let open = |filter: Filter| Filter { view: filter.view.clone().or(Some("all_open".into())), me: Some(UserId(5)), ..filter };
    let view = |name: &str| open(Filter { view: Some(name.into()), ..Filter::default() });
    measure(&app, "first page", &view("all_open"), None).await?;
    let mut after = None;
    for _ in 0..1_000_usize.min(size / 50) {
        let page = conversations::by_due(&mut app.reader(), &view("all_open"), after, 50).await?;
        after = page.last().map(|line| (line.sort_key, line.id)).or(after);
    }
    measure(&app, "page 1,000", &view("all_open"), after).await?;
    for name in ["mine", "unassigned", "needs_person", "assistant", "waiting", "breached", "critical", "snoozed", "resolved", "all"] {
        measure(&app, &format!("view {name}"), &view(name), None).await?;
    }
    let of = |filter: Filter| open(filter);
    let filters = [
        ("channel", of(Filter { channel: Some("form".into()), ..Filter::default() })),
        ("severity", of(Filter { severity: Some("critical".into()), ..Filter::default() })),
        ("scope", of(Filter { scope: Some("in".into()), ..Filter::default() })),
        ("scenario", of(Filter { scenario: Some("scenario-3".into()), ..Filter::default() })),
        ("person", of(Filter { assignee: Some(UserId(3)), ..Filter::default() })),
        ("tag", of(Filter { value: Some(("tag".into(), "vip".into())), ..Filter::default() })),
        ("scenario that nobody has", of(Filter { scenario: Some("none".into()), ..Filter::default() })),
        (
            "three at once",
            of(Filter { scenario: Some("scenario-3".into()), severity: Some("critical".into()), channel: Some("form".into()), ..Filter::default() }),
        ),
    ];
    for (name, filter) in &filters {
        measure(&app, &format!("filter: {name}"), filter, None).await?;
    }
    let mut best = f64::MAX;
    for _ in 0..TRIES {
        let began = Instant::now();
        conversations::counts(&mut app.reader(), None, UserId(5)).await?;
        best = best.min(millis(began));
    }
    println!("{:<44} {:>10} {best:>10.1}", "counts of all built-in views", "");
    Ok(())
}

fn millis(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

async fn measure(app: &App, name: &str, filter: &Filter, after: Option<(i64, i64)>) -> Result<()> {
    let recent = filter.view.as_deref().is_some_and(|view| matches!(view, "all" | "resolved" | "waiting"));
    let settled = filter.view.as_deref().is_some_and(|view| matches!(view, "all" | "resolved"));
    let (mut page, mut counting, mut count) = (f64::MAX, f64::MAX, 0);
    for _ in 0..TRIES {
        let began = Instant::now();
        match recent {
            true => conversations::by_recent(&mut app.reader(), filter, after, PAGE).await?,
            false => conversations::by_due(&mut app.reader(), filter, after, PAGE).await?,
        };
        page = page.min(millis(began));
        let began = Instant::now();
        count = conversations::how_many(&mut app.reader(), filter, !settled, MOST).await?;
        counting = counting.min(millis(began));
    }
    println!("{name:<44} {page:>10.1} {counting:>10.1} {count:>10}");
    Ok(())
}

/// Open and settled ones take turns, so that neither stands apart.
async fn fill(app: &App, size: usize, start: Timestamp) -> Result<()> {
    let customers = CUSTOMERS.min(size);
    let made: Result<Vec<ContactId>, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let mut made = vec![];
                for i in 0..customers {
                    let sender = Sender { key: format!("customer {i}"), email: None, name: Some(format!("Customer {i}")) };
                    made.push(ContactId(contacts::resolve(tx, Channel::Api, &sender, start).await?.id));
                }
                Ok(made)
            }
            .boxed()
        })
        .await;
    let (contacts, all) = (made?, size + size / 2);
    for from in (0..all).step_by(BATCH) {
        let some: Vec<(usize, ContactId)> = (from..all.min(from + BATCH)).map(|n| (n, contacts[n * 7 % contacts.len()])).collect();
        let kept: Result<(), WriteError> = app
            .store
            .write(move |tx| {
                async move {
                    for (n, contact) in some {
                        keep(tx, n, contact, start + Span::secs(i64::try_from(n).unwrap_or(0))).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await;
        kept?;
    }
    Ok(())
}

/// Conversation number `n`, in a state that follows from its number.
async fn keep(tx: &mut Tx, n: usize, contact: ContactId, at: Timestamp) -> Result<(), WriteError> {
    let stamp = Stamp::new(Actor::system(), at);
    let id: ConversationId = tx.new_id(at);
    let env = hypercare_core::conversation::Env::default();
    let mut change = tx.begin_new::<Conversation>(id);
    let channel = [Channel::Chat, Channel::Email, Channel::Form, Channel::Api][n / 3 % 4];
    let opening = Opening { id, channel, contact, subject: None };
    let text = format!("Where do I find what number {n} is about? It says something else than last month, and I would like to know why.");
    let message = tx.new_id(at);
    change.run(Command::Receive { opening, message, external_id: None, name: format!("Customer {n}"), text }, &stamp, &env)?;
    let severity = [Severity::Normal, Severity::Normal, Severity::Low, Severity::High, Severity::Normal, Severity::Low, Severity::Normal][n % 7];
    let triage = Triage {
        scope: if n.is_multiple_of(3) { Scope::Out } else { Scope::In },
        scenario: (n % 5 > 1).then(|| format!("scenario-{}", n / 5 % SCENARIOS)),
        severity: if n.is_multiple_of(97) { Severity::Critical } else { severity },
        ..Triage::default()
    };
    change.run(Command::Triage { triage: Box::new(triage), window: None }, &stamp, &env)?;
    if !n.is_multiple_of(4) {
        change.run(Command::HandOver { why: "It is not covered.".into() }, &stamp, &env)?;
    }
    if n % 3 == 1 {
        let to = i64::try_from(n % PEOPLE + 1).unwrap_or(1);
        change.run(Command::Assign { to: Some(UserId(to)), name: "Somebody".into() }, &stamp, &env)?;
    }
    if n.is_multiple_of(11) {
        change.run(Command::Tag { tags: vec!["vip".into()] }, &stamp, &env)?;
    }
    // Every third is settled.
    if n % 3 == 2 {
        change.run(Command::SetStatus { to: Status::Resolved }, &stamp, &env)?;
    } else if n % 10 < 3 {
        change.run(Command::SetStatus { to: Status::Waiting }, &stamp, &env)?;
    } else if n.is_multiple_of(31) {
        change.run(Command::Snooze { until: Some(at + Span::days(400)) }, &stamp, &env)?;
    }
    tx.save(change).await.map(drop)
}
