//! Sends messages and does not give up before its patience ends: a server that restarts is waited for.

use crate::commands::client::{Api, Refused};
use anyhow::{Result, anyhow};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A server that asks for more is asked again after so long.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What the server said to one message.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The conversation it is in.
    pub conversation: String,
    /// Its id.
    pub message: String,
    /// `answered`, `asked`, `closed`, `handed_over` or `silent`.
    pub action: String,
}

/// One server with one patience for all requests.
pub(super) struct Sender<'a> {
    api: &'a Api,
    patience: Duration,
    /// When the server last took or refused anything.
    progress: Mutex<Instant>,
    /// Why no further request can succeed.
    hopeless: OnceLock<String>,
}

impl<'a> Sender<'a> {
    pub fn new(api: &'a Api, patience: Duration) -> Self {
        Self { api, patience, progress: Mutex::new(Instant::now()), hopeless: OnceLock::new() }
    }

    /// Why the rest was given up, if it was.
    pub fn given_up(&self) -> Option<&str> {
        self.hopeless.get().map(String::as_str)
    }

    /// Sends a message until the server accepts or refuses it.
    pub async fn send(&self, body: &Value) -> Result<Outcome> {
        let reply: Value = self.patiently(|| self.api.post("inbound", body)).await?;
        let part = |key: &str| reply[key].as_str().map(str::to_owned).ok_or_else(|| anyhow!("the server's reply names no {key}"));
        Ok(Outcome { conversation: part("conversation")?, message: part("message")?, action: part("action")? })
    }

    /// Reads.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        self.patiently(|| self.api.get(path)).await
    }

    async fn patiently<T>(&self, attempt: impl AsyncFn() -> Result<T>) -> Result<T> {
        let mut pause = FIRST_PAUSE;
        loop {
            if let Some(why) = self.given_up() {
                return Err(anyhow!("{why}"));
            }
            let error = match attempt().await {
                Ok(done) => {
                    self.moves_on();
                    return Ok(done);
                }
                Err(error) => error,
            };
            let refused = error.downcast_ref::<Refused>();
            if let Some(refused) = refused.filter(|r| !r.passes()) {
                self.moves_on();
                if refused.is_about_the_caller() {
                    let _ = self.hopeless.set(refused.to_string());
                }
                return Err(error);
            }
            if self.stands_still() {
                let _ = self.hopeless.set(format!("{error} (waited {} s)", self.patience.as_secs()));
                return Err(error);
            }
            tokio::time::sleep(refused.and_then(|r| r.retry_after).map_or(pause, |asked| asked.min(LONGEST_WAIT))).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn moves_on(&self) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Measured from the last success of any request: a thousand waiting messages do not wait one after the other.
    fn stands_still(&self) -> bool {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > self.patience
    }
}
