//! Asking the service. It is a stranger: it may be slow, lie, send anything or nothing.

use super::prompt::Prompt;
use crate::config::Drafts;
use reqwest::{Client, redirect};
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Questions that may be under way at once, everybody's together.
const AT_ONCE: usize = 4;
/// Bytes that are read of a reply; three parts are a fraction of it.
const LONGEST: usize = 64 * 1024;
const CONNECT: Duration = Duration::from_secs(3);

/// The three parts of an answer, as the service words them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Wording {
    /// Is it expected?
    #[serde(default)]
    pub expected: String,
    /// What to do now.
    #[serde(default)]
    pub do_now: String,
    /// When the next update comes.
    #[serde(default)]
    pub next_update: String,
}

/// Why there is no wording of the service; each is a plain line for the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// It was not reached.
    Unreachable,
    /// It took too long.
    Slow,
    /// It answered with another status than 200.
    Status(u16),
    /// It sent more than three parts can be.
    TooLong,
    /// What it sent cannot be read.
    Unreadable,
    /// It sent nothing.
    Empty,
    /// Too many others are asking.
    Busy,
}

impl Failed {
    /// What to say, without what to do about it.
    pub fn sentence(self) -> String {
        match self {
            Self::Unreachable => "The drafting service was not reached.".into(),
            Self::Slow => "The drafting service took too long.".into(),
            Self::Status(status) => format!("The drafting service refused (status {status})."),
            Self::TooLong => "The drafting service sent far too much.".into(),
            Self::Unreadable => "What the drafting service sent cannot be read.".into(),
            Self::Empty => "The drafting service sent nothing.".into(),
            Self::Busy => "The drafting service is busy with others.".into(),
        }
    }
}

/// The service, where there is one.
pub struct Drafting {
    service: Option<(Drafts, Client)>,
    permits: Semaphore,
    /// Who is being waited for.
    asking: Arc<Mutex<HashSet<String>>>,
}

/// Somebody's one question under way; dropping it, also because they left, ends it.
pub struct Asking {
    all: Arc<Mutex<HashSet<String>>>,
    who: String,
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.who);
    }
}

impl Drafting {
    /// Made ready; nothing is asked yet.
    ///
    /// # Errors
    /// When no connection could ever be made, in words.
    pub fn new(drafts: Option<Drafts>) -> Result<Self, String> {
        let service = match drafts {
            Some(drafts) => {
                let client = client(&drafts)?;
                Some((drafts, client))
            }
            None => None,
        };
        Ok(Self { service, permits: Semaphore::new(AT_ONCE), asking: Arc::default() })
    }

    /// Whether there is one.
    pub const fn is_set_up(&self) -> bool {
        self.service.is_some()
    }

    /// Begins somebody's question; none while their last one is under way.
    pub fn begin(&self, who: &str) -> Option<Asking> {
        let fresh = self.asking.lock().unwrap_or_else(PoisonError::into_inner).insert(who.to_owned());
        fresh.then(|| Asking { all: Arc::clone(&self.asking), who: who.to_owned() })
    }

    /// Asks once. It is not asked again: the person who waits decides that.
    ///
    /// # Errors
    /// Why there is no wording.
    pub async fn ask(&self, prompt: &Prompt) -> Result<Wording, Failed> {
        let Some((drafts, client)) = &self.service else { return Err(Failed::Unreachable) };
        let _permit = self.permits.try_acquire().map_err(|_| Failed::Busy)?;
        // The client's own limit ends each read; this one ends the whole, whatever it does.
        tokio::time::timeout(drafts.patience, send(drafts, client, prompt)).await.map_err(|_| Failed::Slow)?
    }
}

/// Speaks to the one host that was set: no proxy of the environment, no redirect elsewhere, no cookie.
fn client(drafts: &Drafts) -> Result<Client, String> {
    // Another crate of the workspace asks for TLS without saying whose; the first call says it, the others find it said.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT.min(drafts.patience))
        .timeout(drafts.patience)
        .build()
        .map_err(|why| format!("the drafting service cannot be used: {why}"))
}

async fn send(drafts: &Drafts, client: &Client, prompt: &Prompt) -> Result<Wording, Failed> {
    let mut request = client.post(format!("{}/chat/completions", drafts.url)).json(&prompt.body(&drafts.model));
    if let Some(key) = &drafts.key {
        request = request.bearer_auth(key);
    }
    let failed = |why: reqwest::Error| if why.is_timeout() { Failed::Slow } else { Failed::Unreachable };
    let mut response = request.send().await.map_err(failed)?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(Failed::Status(response.status().as_u16()));
    }
    let mut body: Vec<u8> = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Failed::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    read(&body)
}

#[derive(Deserialize)]
struct Completion {
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Said,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    content: Option<String>,
}

fn read(body: &[u8]) -> Result<Wording, Failed> {
    let completion: Completion = serde_json::from_slice(body).map_err(|_| Failed::Unreadable)?;
    let content = completion.choices.into_iter().next().and_then(|c| c.message.content).unwrap_or_default();
    if content.trim().is_empty() {
        return Err(Failed::Empty);
    }
    let said: serde_json::Value = serde_json::from_str(unfenced(&content)).map_err(|_| Failed::Unreadable)?;
    // A list would be taken for the parts in their order.
    let wording: Wording =
        Some(said).filter(serde_json::Value::is_object).and_then(|said| serde_json::from_value(said).ok()).ok_or(Failed::Unreadable)?;
    let trimmed = |text: String| text.trim().to_owned();
    let wording = Wording { expected: trimmed(wording.expected), do_now: trimmed(wording.do_now), next_update: trimmed(wording.next_update) };
    if wording == Wording::default() { Err(Failed::Empty) } else { Ok(wording) }
}

/// Many models put JSON between three backticks, whatever they are told.
fn unfenced(content: &str) -> &str {
    let inner = content.trim().strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    inner.map_or(content.trim(), |inner| inner.trim().strip_prefix("json").unwrap_or(inner).trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_it_sends_is_read_or_refused() {
        let good = Wording { expected: "Yes.".into(), ..Wording::default() };
        let check = |content: serde_json::Value, expected: &Result<Wording, Failed>| {
            let body = json!({ "choices": [{ "message": { "content": content } }] }).to_string();
            assert_eq!(&read(body.as_bytes()), expected, "{body}");
        };
        check(json!("{\"expected\":\" Yes. \"}"), &Ok(good.clone()));
        check(json!("```json\n{\"expected\":\"Yes.\"}\n```"), &Ok(good));
        check(json!("{\"expected\":7}"), &Err(Failed::Unreadable));
        check(json!("Sure! Here is your answer."), &Err(Failed::Unreadable));
        check(json!("[\"Yes.\"]"), &Err(Failed::Unreadable));
        check(json!("{}"), &Err(Failed::Empty));
        check(json!(" "), &Err(Failed::Empty));
        check(json!(null), &Err(Failed::Empty));
        for (body, expected) in [("{\"choices\":[]}", Failed::Empty), ("{}", Failed::Empty), ("<html>", Failed::Unreadable), ("", Failed::Unreadable)]
        {
            assert_eq!(read(body.as_bytes()), Err(expected), "{body}");
        }
    }

    #[test]
    fn one_question_for_each_person() {
        let drafting = Drafting::new(None).unwrap();
        let first = drafting.begin("user:1");
        assert!(first.is_some() && drafting.begin("user:1").is_none() && drafting.begin("user:2").is_some());
        drop(first);
        assert!(drafting.begin("user:1").is_some(), "who left may ask again");
    }
}
