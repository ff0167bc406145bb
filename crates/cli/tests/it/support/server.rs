//! A running server that can be killed.

use super::installation::Installation;
use serde_json::Value;
use std::fs::{self, OpenOptions};
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tokio::process::Child;

const START_LIMIT: Duration = Duration::from_secs(40);

pub struct Server {
    child: Child,
    url: String,
    log: PathBuf,
    http: reqwest::Client,
}

impl Server {
    /// Starts one and waits until it is ready. The log of all servers of an installation is one file.
    pub async fn start(at: &Installation) -> Self {
        Self::start_with(at, &[]).await
    }

    /// The same with further flags.
    pub async fn start_with(at: &Installation, flags: &[&str]) -> Self {
        let log = at.file("server.log");
        let file = OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let listen = at.listen();
        let mut command = at.at_place(&[&["serve", "--listen", &listen, "--log", "json"], flags].concat());
        let child = command.stdout(Stdio::null()).stderr(file).spawn().unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut server = Self { child, url: at.url(), log, http };
        let begun = Instant::now();
        while server.status("/readyz").await != Some(200) {
            let ended = server.child.try_wait().unwrap();
            assert!(ended.is_none() && begun.elapsed() < START_LIMIT, "the server is not ready: {ended:?}\n{}", server.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server
    }

    /// `kill -9`; returns when the process is gone.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM; how it ended and after how long.
    pub async fn terminate(mut self) -> (ExitStatus, Duration) {
        let (begun, pid) = (Instant::now(), self.child.id().unwrap().to_string());
        assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let status = tokio::time::timeout(Duration::from_secs(60), self.child.wait()).await.expect("the server does not end").unwrap();
        (status, begun.elapsed())
    }

    /// What the servers of this installation logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    pub async fn status(&self, path: &str) -> Option<u16> {
        Some(self.http.get(format!("{}{path}", self.url)).send().await.ok()?.status().as_u16())
    }

    pub async fn text(&self, path: &str) -> String {
        self.http.get(format!("{}{path}", self.url)).send().await.unwrap().text().await.unwrap()
    }

    /// A request to the API.
    pub fn post(&self, path: &str, body: &Value) -> reqwest::RequestBuilder {
        self.http.post(format!("{}/api/v1/{path}", self.url)).json(body)
    }
    /// A request to the API.
    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.get(format!("{}/api/v1/{path}", self.url))
    }

    /// How many inbound messages this process answered with this status, by its own metrics.
    pub async fn inbound(&self, status: u16) -> u64 {
        let (text, status) = (self.text("/metrics").await, format!("status=\"{status}\""));
        let lines = text.lines().filter(|l| l.starts_with("hypercare_requests_total{") && l.contains("/inbound\"") && l.contains(&status));
        lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<u64>().ok()).sum()
    }
}

/// Waits until it is so, looking often; fails after a minute.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < Duration::from_secs(60), "waited a minute in vain: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
