//! `hypercare replay`: anybody's messages through the public API.
//!
//! Each line gets an external id of its own, made from its place and its words: an interrupted replay can be
//! run again, and what the server already has is not stored twice.

use super::client::{Api, Refused, Remote};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use futures_util::stream::{self, StreamExt};
use hypercare_core::plan;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest line read, in bytes.
const LONGEST_LINE: usize = 400_000;

/// Send messages through the public API and say what became of them.
#[derive(Debug, Args)]
pub struct Replay {
    /// Messages, one JSON object a line: {"at","channel","contact","text"}; `at` and `channel` may be left out.
    #[arg(long)]
    messages: PathBuf,
    /// A plan to apply first; its window goes live if it is not.
    #[arg(long)]
    plan: Option<PathBuf>,
    #[command(flatten)]
    remote: Remote,
    /// How many at once.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    connections: u16,
    /// Only the first so many.
    #[arg(long)]
    limit: Option<usize>,
    /// Seconds to keep trying while the server does not answer.
    #[arg(long, default_value_t = 60)]
    patience: u64,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

/// One line of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: Option<String>,
    #[serde(default = "api")]
    channel: String,
    contact: Contact,
    text: String,
    #[serde(default)]
    subject: Option<String>,
}

fn api() -> String {
    "api".into()
}

/// A contact: a name or address, or both told apart.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Contact {
    Plain(String),
    Full { key: Option<String>, name: Option<String>, email: Option<String> },
}

/// What the server said to one message.
struct Outcome {
    conversation: String,
    message: String,
    answered: bool,
}

/// What became of the messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Summary {
    /// Messages sent, each counted once however often it was tried.
    sent: usize,
    /// Of these accepted by the server, now or by an earlier run.
    accepted: usize,
    /// Different messages that the server says are on disk.
    stored: usize,
    /// In conversations about the change.
    in_scope: usize,
    /// Answered by the assistant.
    answered: usize,
    /// In conversations linked to an issue.
    linked: usize,
    /// Given to a person.
    handed_over: usize,
    /// Refused or never accepted.
    errors: usize,
}

impl Replay {
    /// Runs it.
    ///
    /// # Errors
    /// When the files cannot be read or the server refuses the plan. Messages that fail are counted, and the
    /// command fails at the end.
    pub async fn run(self) -> Result<()> {
        let api = self.remote.connect()?;
        if let Some(file) = &self.plan {
            prepare(&api, file).await?;
        }
        let bodies = read(&self.messages, self.limit)?;
        let bar = if self.json || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(bodies.len() as u64) };
        bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {eta}")?);
        let begun = Instant::now();
        let patience = Duration::from_secs(self.patience);
        let results: Vec<Result<Outcome>> = stream::iter(&bodies)
            .map(|body| send(&api, body, patience))
            .buffer_unordered(usize::from(self.connections))
            .inspect(|_| bar.inc(1))
            .collect()
            .await;
        let seconds = begun.elapsed().as_secs_f64();
        bar.finish_and_clear();
        let mut failures = results.iter().filter_map(|r| r.as_ref().err().map(ToString::to_string)).take(5).collect::<Vec<_>>();
        failures.dedup();
        let summary = summarise(&api, &results).await?;
        if self.json {
            println!("{}", serde_json::to_string(&summary)?);
        } else {
            print(&summary, seconds);
        }
        if summary.errors > 0 {
            bail!("{} messages were not accepted. The first reasons:\n  {}", summary.errors, failures.join("\n  "));
        }
        Ok(())
    }
}

/// Applies the plan with its answers and takes its window live.
async fn prepare(api: &Api, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let report = plan::check(&text);
    if report.errors() > 0 {
        bail!("The plan has errors:\n{}", plan::render(&text, &file.display().to_string(), &report));
    }
    let done: Value = api.post("plan/apply", &json!({ "text": text, "approve_answers": true })).await?;
    let id = done["window_id"].as_str().ok_or_else(|| anyhow!("the server named no window"))?.to_owned();
    let window: Value = api.get(&format!("windows/{id}")).await?;
    if window["phase"] == "preparing" {
        let step = json!({ "to": "active", "reason": "Replay of messages on this plan." });
        let _: Value = api.post(&format!("windows/{id}/transitions"), &step).await?;
    }
    Ok(())
}

/// Every message as the API takes it. A bad line stops the replay before anything is sent.
fn read(file: &Path, limit: Option<usize>) -> Result<Vec<Value>> {
    let reader = BufReader::new(std::fs::File::open(file).with_context(|| format!("{} cannot be read", file.display()))?);
    let mut bodies = Vec::new();
    for (number, line) in reader.lines().enumerate() {
        if limit.is_some_and(|limit| bodies.len() >= limit) {
            break;
        }
        let line = line.with_context(|| format!("{}, line {}: not text", file.display(), number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        if line.len() > LONGEST_LINE {
            bail!("{}, line {}: longer than 400 kB", file.display(), number + 1);
        }
        let parsed: Line = serde_json::from_str(&line)
            .with_context(|| format!("{}, line {}: expected {{\"at\",\"channel\",\"contact\",\"text\"}}", file.display(), number + 1))?;
        bodies.push(body(number, &line, parsed)?);
    }
    if bodies.is_empty() {
        bail!("{} has no messages", file.display());
    }
    Ok(bodies)
}

fn body(number: usize, line: &str, parsed: Line) -> Result<Value> {
    if let Some(at) = &parsed.at {
        hypercare_core::Timestamp::parse(at).map_err(|why| anyhow!("line {}, field at: {why}", number + 1))?;
    }
    let contact = match parsed.contact {
        Contact::Plain(text) if text.contains('@') => json!({ "key": text, "email": text }),
        Contact::Plain(text) => json!({ "key": text, "name": text }),
        Contact::Full { key, name, email } => {
            let key = key.or_else(|| email.clone()).or_else(|| name.clone()).ok_or_else(|| anyhow!("line {}, field contact: it needs a key, a name or an email", number + 1))?;
            json!({ "key": key, "name": name, "email": email })
        }
    };
    Ok(json!({
        "channel": parsed.channel,
        "contact": contact,
        "external_id": format!("replay:{number}:{:016x}", fingerprint(line)),
        "subject": parsed.subject,
        "text": parsed.text,
        "sent_at": parsed.at,
    }))
}

/// FNV-1a: tells lines apart, nothing more.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Tries until the server accepts or refuses; silence and overload are waited out.
async fn send(api: &Api, body: &Value, patience: Duration) -> Result<Outcome> {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(50);
    loop {
        let error = match api.post::<Value>("inbound", body).await {
            Ok(reply) => return outcome(&reply),
            Err(error) => error,
        };
        let refused = error.downcast_ref::<Refused>();
        let passing = refused.is_none_or(|r| r.status.is_server_error() || r.status.as_u16() == 429 || r.status.as_u16() == 408);
        if !passing || begun.elapsed() > patience {
            return Err(error);
        }
        tokio::time::sleep(refused.and_then(|r| r.retry_after).unwrap_or(pause)).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

fn outcome(reply: &Value) -> Result<Outcome> {
    let id = |key: &str| reply[key].as_str().map(str::to_owned).ok_or_else(|| anyhow!("the server's reply names no {key}"));
    Ok(Outcome { conversation: id("conversation")?, message: id("message")?, answered: reply["action"] == "answered" })
}

/// Counts by what the server holds now, not by what it said on the way: later messages link earlier ones.
async fn summarise(api: &Api, results: &[Result<Outcome>]) -> Result<Summary> {
    let accepted: Vec<&Outcome> = results.iter().filter_map(|r| r.as_ref().ok()).collect();
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    for outcome in &accepted {
        *wanted.entry(&outcome.conversation).or_default() += 1;
    }
    let mut messages: Vec<&str> = accepted.iter().map(|o| o.message.as_str()).collect();
    messages.sort_unstable();
    messages.dedup();
    let mut summary = Summary {
        sent: results.len(),
        accepted: accepted.len(),
        stored: messages.len(),
        answered: accepted.iter().filter(|o| o.answered).count(),
        handed_over: accepted.iter().filter(|o| !o.answered).count(),
        errors: results.len() - accepted.len(),
        ..Summary::default()
    };
    let mut cursor = String::new();
    while !wanted.is_empty() {
        let page: Value = api.get(&format!("conversations?limit=200{cursor}")).await?;
        for item in page["items"].as_array().into_iter().flatten() {
            if let Some(count) = item["id"].as_str().and_then(|id| wanted.remove(id)) {
                summary.in_scope += if item["scope"] == "in" { count } else { 0 };
                summary.linked += if item["issue"].is_null() { 0 } else { count };
            }
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    Ok(summary)
}

fn print(s: &Summary, seconds: f64) {
    println!("{} sent, {} accepted, {} stored in {seconds:.1} s ({:.0} a second), {} errors.", s.sent, s.accepted, s.stored, s.accepted as f64 / seconds.max(0.001), s.errors);
    println!("{} in scope, {} answered by the assistant, {} handed over, {} linked to an issue.", s.in_scope, s.answered, s.handed_over, s.linked);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_messages_or_say_what_is_wrong() {
        fn check(line: &str, expected: Result<&str, &str>) {
            let dir = std::env::temp_dir().join(format!("hypercare-replay-{}-{:x}", std::process::id(), fingerprint(line)));
            std::fs::write(&dir, line).unwrap();
            let got = read(&dir, None);
            std::fs::remove_file(&dir).unwrap();
            match (got, expected) {
                (Ok(bodies), Ok(part)) => assert!(bodies[0].to_string().contains(part), "{}", bodies[0]),
                (Err(error), Err(part)) => assert!(format!("{error:#}").contains(part), "{error:#}"),
                (got, _) => panic!("{line}: {got:?}"),
            }
        }
        check(r#"{"contact":"Ada","text":"hi"}"#, Ok(r#""channel":"api""#));
        check(r#"{"contact":"ada@example.com","text":"hi","channel":"email"}"#, Ok(r#""email":"ada@example.com""#));
        check(r#"{"contact":{"name":"Ada","email":"a@b.example"},"text":"hi"}"#, Ok(r#""key":"a@b.example""#));
        check(r#"{"contact":"Ada"}"#, Err("missing field `text`"));
        check(r#"{"contact":"Ada","text":"hi","at":"yesterday"}"#, Err("field at"));
        check(r#"{"contact":{},"text":"hi"}"#, Err("field contact"));
        check(r#"{"contact":"Ada","txt":"hi"}"#, Err("unknown field `txt`"));
        check("", Err("has no messages"));
    }
}
