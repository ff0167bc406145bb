//! What the help centre's pages cost: `cargo xtask bench pages [ARTICLES]`.
//!
//! One installation on SQLite with so many published articles, served by HTTP in this process, and asked by a client in the same one, so that
//! both share the machine. It prints how long everything takes to be read at a start, the time from a request to the first byte of its answer
//! (half of the pages, 99 of 100) for pages that were never drawn and for pages that were, that of a search while typing, and how many pages a
//! second are sent to 32 connections.

use anyhow::{Context, Result};
use hypercare_core::article::{ArticleState, ArticleText, Audience};
use hypercare_core::{Actor, Timestamp};
use hypercare_server::articles::{ImportedArticle, Outcome, ShelfName, import};
use hypercare_server::{App, Clock, Config, http};
use hypercare_test_support::temp_dir;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const ARTICLES: usize = 5_000;
/// Articles of one category, and categories of one collection.
const SHELF: usize = 50;
const CONNECTIONS: usize = 32;
const SECONDS: u64 = 10;
/// Searches that are timed.
const SEARCHES: usize = 500;
/// Words that articles are made of, the first ones far more often, as in any language.
const WORDS: usize = 12_000;

#[tokio::main]
async fn main() -> Result<()> {
    // `cargo bench` passes flags of its own.
    let size = std::env::args().skip(1).find_map(|arg| arg.replace('_', "").parse().ok()).unwrap_or(ARTICLES);
    let folder = temp_dir();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let start = Timestamp::parse("2026-11-16T08:00:00Z").map_err(anyhow::Error::msg)?;
    let config = Config { public_rate: 1_000_000_000, ..Config::local(folder.join("data"), address) };
    let app = App::open(config.clone(), Clock::manual(start)).await?;
    let began = Instant::now();
    fill(&app, size).await?;
    println!("{size} articles of some 600 words, made in {:.0} s", began.elapsed().as_secs_f64());
    app.store.close().await;

    let app = App::open(config, Clock::manual(start)).await?;
    let began = Instant::now();
    app.centre.current(&app).await?;
    println!("read at a start in {:.2} s\n", began.elapsed().as_secs_f64());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(http::serve_without_engine(app, listener, async move {
        let _ = stopped.await;
    }));
    measure(address, size).await?;
    let _ = stop.send(());
    server.await?
}

async fn measure(address: SocketAddr, size: usize) -> Result<()> {
    let client = reqwest::Client::builder().pool_max_idle_per_host(CONNECTIONS).build()?;
    let page = |n: usize| format!("http://{address}/help/en/articles/article-{}", n % size);
    println!("{:<34} {:>10} {:>12}", "first byte, ms", "half", "99 of 100");
    // The connection itself is none of the page's time.
    client.get(format!("http://{address}/robots.txt")).send().await?.text().await?;
    for (name, order) in [("pages drawn for the first time", 1), ("the same again", 7)] {
        let mut times = Vec::with_capacity(size);
        for n in 0..size {
            times.push(first_byte(&client, &page(n * order)).await?);
        }
        print(name, &mut times);
    }
    let mut times = vec![];
    for n in 0..SEARCHES {
        let q = format!("{} {} {}", word(n * 13 % 400), word(n * 7 % 3_000), word(n * 29 % WORDS));
        times.push(first_byte(&client, &format!("http://{address}/api/v1/public/help/suggest?lang=en&q={}", q.replace(' ', "%20"))).await?);
    }
    print("a search while typing", &mut times);

    let (sent, bytes) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let connections = (0..CONNECTIONS).map(|c| {
        let (client, sent, bytes) = (client.clone(), Arc::clone(&sent), Arc::clone(&bytes));
        tokio::spawn(async move {
            let mut n = c * 997;
            while Instant::now() < until {
                let url = format!("http://{address}/help/en/articles/article-{}", n % size);
                let body = client.get(url).send().await?.error_for_status()?.bytes().await?;
                sent.fetch_add(1, Ordering::Relaxed);
                bytes.fetch_add(body.len(), Ordering::Relaxed);
                n += 31;
            }
            Ok::<_, reqwest::Error>(())
        })
    });
    for connection in connections.collect::<Vec<_>>() {
        connection.await??;
    }
    let (sent, bytes) = (sent.load(Ordering::Relaxed), bytes.load(Ordering::Relaxed));
    println!("\n{:.0} pages a second to {CONNECTIONS} connections, {} kB each", sent as f64 / SECONDS as f64, bytes / sent.max(1) / 1_000);
    Ok(())
}

async fn first_byte(client: &reqwest::Client, url: &str) -> Result<f64> {
    let began = Instant::now();
    let response = client.get(url).send().await?;
    let took = began.elapsed().as_secs_f64() * 1e3;
    response.error_for_status().with_context(|| url.to_owned())?.bytes().await?;
    Ok(took)
}

fn print(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    println!("{name:<34} {:>10.2} {:>12.2}", at(50), at(99));
}

/// A word of its own for each number.
fn word(mut number: usize) -> String {
    const PARTS: [&str; 16] = ["ba", "co", "di", "fu", "ga", "hel", "in", "ka", "lor", "men", "no", "pas", "re", "sol", "ti", "vu"];
    let mut word = String::new();
    loop {
        word.push_str(PARTS[number % 16]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

/// Some words, the rarer the greater their number (Zipf), the same on every machine.
fn said(seed: u64, words: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let text: Vec<String> = (0..words).map(|_| word(((WORDS as f64).powf(next()) - 1.0) as usize)).collect();
    text.join(" ")
}

async fn fill(app: &App, size: usize) -> Result<()> {
    for n in 0..size {
        let seed = n as u64 + 1;
        let mut body = format!("{}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", said(seed, 120));
        for part in 1..=4 {
            body.push_str(&format!(
                "\n## {}\n\n{}\n\n- {}\n- **{}**\n",
                said(seed * 31 + part, 4),
                said(seed * 37 + part, 80),
                said(seed * 41 + part, 12),
                said(seed * 43 + part, 12)
            ));
        }
        let shelf = |name: &str, number: usize| ShelfName { slug: Some(format!("{name}-{number}")), name: format!("{name} {number}") };
        let article = ImportedArticle {
            key: format!("article-{n}"),
            lang: "en".into(),
            collection: shelf("collection", n / SHELF / SHELF),
            category: shelf("category", n / SHELF),
            audience: Audience::Public,
            state: ArticleState::Published,
            slug: Some(format!("article-{n}")),
            redirects: vec![],
            related: Some((1..4).map(|d| format!("article-{}", n.saturating_sub(d))).collect()),
            text: ArticleText { title: format!("{} {n}", said(seed * 47, 6)), summary: said(seed * 53, 14), body, keywords: vec![] },
        };
        let done = import(app, article, app.stamp(Actor::system())).await.map_err(|why| anyhow::anyhow!("{why:?}"))?;
        anyhow::ensure!(done.outcome == Outcome::Made, "{:?}", done.why);
    }
    Ok(())
}
