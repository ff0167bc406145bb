//! Many open chats on one server: `cargo xtask bench chat [PANELS]`.
//!
//! A server of its own on SQLite; so many visitors write one message each and keep their panel's stream open. Then a person replies to
//! each of them, as fast as the server takes it. Measured: the server's resident memory with all panels open, and how long each panel
//! waits from the moment at which its reply was sent until it hears of it. Server and visitors share the machine.

use anyhow::{Context, Result, bail};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use hypercare_test_support::{TempDir, free_port, temp_dir};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

const PANELS: usize = 10_000;
/// Requests at once while visitors come, and while a person replies.
const AT_ONCE: usize = 32;
/// A token may do six thousand things a minute.
const REPLIES_OF_A_TOKEN: usize = 5_000;
/// Longest wait for the last panel to hear.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() -> Result<()> {
    // `cargo bench` passes flags of its own.
    let given = std::env::args().skip(1).find_map(|arg| arg.replace('_', "").parse().ok());
    let panels: usize = given.unwrap_or(PANELS);
    let desk = Desk::start(panels.div_ceil(REPLIES_OF_A_TOKEN)).await?;
    let before = desk.resident().await?;
    let visitors: Vec<Visitor> =
        stream::iter(0..panels).map(|n| desk.visitor(n)).buffer_unordered(AT_ONCE).try_collect().await.context("a visitor was refused")?;
    let written = desk.resident().await?;
    let mut waiting = vec![];
    for visitor in &visitors {
        waiting.push(desk.panel(visitor).await.context("a panel could not be opened (are enough files allowed? see `ulimit -n`)")?);
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let open = desk.resident().await?;
    println!("{panels} visitors wrote; resident MB: {before} at the start, {written} after their messages, {open} with all panels open");

    let begun = Instant::now();
    let said: Vec<Instant> =
        stream::iter(visitors.iter().enumerate()).map(|(n, visitor)| desk.reply(n, visitor)).buffered(AT_ONCE).try_collect().await?;
    let replied = begun.elapsed();
    let mut waits = vec![];
    for (heard, said) in waiting.into_iter().zip(said) {
        let heard = tokio::time::timeout(PATIENCE, heard).await.context("a panel did not hear of its reply")??;
        waits.push(heard.duration_since(said));
    }
    let all = begun.elapsed();
    waits.sort_unstable();
    let part = |share: usize| waits[(waits.len() - 1) * share / 1000].as_millis();
    println!(
        "{panels} replies in {:.1} s; each panel heard of its own after: half {} ms, 99 of 100 {} ms, the slowest {} ms; the last of all {:.1} s after the first reply was sent; resident {} MB",
        replied.as_secs_f64(),
        part(500),
        part(990),
        part(1000),
        all.as_secs_f64(),
        desk.resident().await?
    );
    Ok(())
}

struct Visitor {
    secret: String,
    conversation: String,
}

/// A server that ends with this value.
struct Desk {
    _folder: TempDir,
    child: Child,
    port: u16,
    tokens: Vec<String>,
    http: reqwest::Client,
}

impl Desk {
    async fn start(tokens: usize) -> Result<Self> {
        let (folder, port) = (temp_dir(), free_port());
        let data = folder.join("data");
        admin(&data).await?;
        let mut made = vec![];
        for n in 0..tokens {
            let args = ["admin", "token", "add", &format!("bench {n}"), "--scope", "read", "--scope", "conversations:write"];
            let done = command(&data, &args).output().await?;
            if !done.status.success() {
                bail!("no token: {}", String::from_utf8_lossy(&done.stderr));
            }
            made.push(String::from_utf8(done.stdout)?.trim().to_owned());
        }
        let listen = format!("127.0.0.1:{port}");
        let child =
            command(&data, &["serve", "--listen", &listen, "--public-rate", "100000000"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build()?;
        let desk = Self { _folder: folder, child, port, tokens: made, http };
        let begun = Instant::now();
        while desk.http.get(format!("http://{listen}/readyz")).send().await.map_or(true, |answer| !answer.status().is_success()) {
            if begun.elapsed() > Duration::from_secs(60) {
                bail!("the server is not ready after a minute");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(desk)
    }

    /// Megabytes, by the kernel's count.
    async fn resident(&self) -> Result<u64> {
        let pid = self.child.id().context("the server has ended")?;
        let status = tokio::fs::read_to_string(format!("/proc/{pid}/status")).await.context("memory is read from /proc, which this system lacks")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> Result<Value> {
        let answer = request.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            bail!("{status}: {text}");
        }
        Ok(serde_json::from_str(&text)?)
    }

    fn post(&self, path: &str, body: &Value) -> reqwest::RequestBuilder {
        self.http.post(format!("http://127.0.0.1:{}/api/v1/{path}", self.port)).json(body)
    }

    async fn visitor(&self, n: usize) -> Result<Visitor> {
        let session = self.ask(self.post("public/chat/session", &json!({}))).await?;
        let secret = session["visitor"].as_str().context("no secret")?.to_owned();
        let said = json!({ "text": format!("Question {n}: where do I find my invoice?"), "client_id": "one" });
        let sent = self.ask(self.post("public/chat/messages", &said).header("x-visitor", &secret)).await?;
        Ok(Visitor { secret, conversation: sent["conversation"]["id"].as_str().context("no conversation")?.to_owned() })
    }

    /// Opens a panel's stream; tells when its next change comes.
    async fn panel(&self, visitor: &Visitor) -> Result<oneshot::Receiver<Instant>> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        let path = format!("/api/v1/public/chat/stream?visitor={}", visitor.secret);
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n").as_bytes()).await?;
        let mut reader = BufReader::with_capacity(512, stream);
        let mut line = String::new();
        reader.read_line(&mut line).await?;
        if !line.contains(" 200 ") {
            bail!("the stream was refused: {line}");
        }
        let (tell, heard) = oneshot::channel();
        tokio::spawn(async move {
            let mut tell = Some(tell);
            loop {
                line.clear();
                match reader.read_line(&mut line).await {
                    Ok(1..) if line.starts_with("event: change") => drop(tell.take().map(|tell| tell.send(Instant::now()))),
                    Ok(1..) => {}
                    _ => break,
                }
            }
        });
        Ok(heard)
    }

    /// When it was sent.
    async fn reply(&self, n: usize, visitor: &Visitor) -> Result<Instant> {
        let path = format!("conversations/{}/replies", visitor.conversation);
        let token = &self.tokens[n % self.tokens.len()];
        let said = Instant::now();
        self.ask(self.post(&path, &json!({ "text": "In your account, under Billing.", "then": "waiting" })).bearer_auth(token)).await?;
        Ok(said)
    }
}

/// Tokens belong to an admin.
async fn admin(data: &Path) -> Result<()> {
    let args = ["admin", "user", "add", "bench@example.com", "--name", "Bench", "--role", "admin"];
    let mut child = command(data, &args).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let mut input = child.stdin.take().context("no standard input")?;
    input.write_all(b"a password for a bench\n").await?;
    drop(input);
    if !child.wait().await?.success() {
        bail!("no admin could be made");
    }
    Ok(())
}

fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hypercare"));
    command.env("HYPERCARE_DATA", data).env("NO_PROXY", "127.0.0.1").args(args).stdin(Stdio::null()).kill_on_drop(true);
    command
}
