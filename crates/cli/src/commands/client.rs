//! The API from the command line: one client for every command that talks to a running server.

use anyhow::{Context, Result, bail};
use clap::Args;
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const REQUEST_LIMIT: Duration = Duration::from_secs(60);

/// Where the server is and how to speak to it.
#[derive(Clone, Debug, Args)]
pub struct Remote {
    /// Address of the server.
    #[arg(long, env = "HYPERCARE_URL", default_value = "http://127.0.0.1:4400")]
    url: Url,
    /// API token; make one with `hypercare admin token add` or on the People screen.
    #[arg(long, env = "HYPERCARE_TOKEN", hide_env_values = true)]
    token: String,
}

/// A connection to a server.
#[derive(Clone, Debug)]
pub struct Api {
    client: Client,
    base: Url,
    token: String,
}

/// A refusal in the server's own words.
#[derive(Clone, Debug)]
pub struct Refused {
    /// HTTP status.
    pub status: StatusCode,
    /// What was wrong and what would be right.
    pub detail: String,
    /// The single problems, where there are several.
    pub problems: Vec<Value>,
    /// How long the server asked to wait.
    pub retry_after: Option<Duration>,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.detail, self.status)
    }
}
impl std::error::Error for Refused {}

impl Refused {
    /// Whether the same request may succeed a little later.
    pub fn passes(&self) -> bool {
        self.status.is_server_error() || matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
    }
    /// Whether it is about who asks and not what is asked: every request would be refused.
    pub fn is_about_the_caller(&self) -> bool {
        matches!(self.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
    }
}

impl Remote {
    /// From its parts, for commands that need a server only sometimes.
    pub fn new(url: Url, token: String) -> Self {
        Self { url, token }
    }

    /// Ready to call.
    ///
    /// # Errors
    /// When the address is none, or no client can be made.
    pub fn connect(&self) -> Result<Api> {
        if !matches!(self.url.scheme(), "http" | "https") || self.url.cannot_be_a_base() {
            bail!("--url `{}` is not the address of a server, such as http://127.0.0.1:4400", self.url);
        }
        let client =
            Client::builder().timeout(REQUEST_LIMIT).connect_timeout(CONNECT_LIMIT).user_agent("hypercare").build().context("no HTTP client")?;
        let mut base = self.url.clone();
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Api { client, base, token: self.token.clone() })
    }
}

impl Api {
    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder> {
        let url = self.base.join(&format!("api/v1/{path}")).with_context(|| format!("{}{path} is no address", self.base))?;
        Ok(self.client.request(method, url).bearer_auth(&self.token))
    }

    /// Sends JSON and reads JSON.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        let response = self.request(Method::POST, path)?.json(body).send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.json().await?)
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let response = self.request(Method::GET, path)?.send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.json().await?)
    }

    /// Sends bytes and reads JSON.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn send_bytes<T: DeserializeOwned>(&self, path: &str, bytes: Vec<u8>) -> Result<T> {
        let request = self.request(Method::POST, path)?.header("content-type", "application/octet-stream");
        let response = request.body(bytes).send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.json().await?)
    }

    /// Reads what is outside of the API.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn bytes_beside(&self, path: &str) -> Result<Vec<u8>> {
        let url = self.base.join(path.trim_start_matches('/')).with_context(|| format!("{}{path} is no address", self.base))?;
        let response = self.client.get(url).bearer_auth(&self.token).send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.bytes().await?.to_vec())
    }

    /// Reads text.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn text(&self, path: &str) -> Result<String> {
        let response = self.request(Method::GET, path)?.send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.text().await?)
    }

    /// Reads whatever it is.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let response = self.request(Method::GET, path)?.send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.bytes().await?.to_vec())
    }

    /// Reads text, with values in the address that may hold anything.
    ///
    /// # Errors
    /// [`Refused`] with the server's words, or that it cannot be reached.
    pub async fn text_of(&self, path: &str, query: &[(&str, &str)]) -> Result<String> {
        let mut url = self.base.join(&format!("api/v1/{path}")).with_context(|| format!("{}{path} is no address", self.base))?;
        url.query_pairs_mut().extend_pairs(query);
        let response = self.client.get(url).bearer_auth(&self.token).send().await.with_context(|| self.unreachable())?;
        Ok(success(response).await?.text().await?)
    }

    /// The id of the window with this key.
    ///
    /// # Errors
    /// When there is none; says which there are.
    pub async fn window(&self, key: &str) -> Result<String> {
        let list: Value = self.get("windows?limit=200").await?;
        let items = list["items"].as_array().cloned().unwrap_or_default();
        if let Some(found) = items.iter().find(|w| w["key"] == key || w["id"] == key) {
            return Ok(found["id"].as_str().unwrap_or_default().to_owned());
        }
        let known: Vec<_> = items.iter().filter_map(|w| w["key"].as_str()).collect();
        bail!(
            "There is no window `{key}`. {}",
            if known.is_empty() { "Apply a plan first.".to_owned() } else { format!("There are: {}.", known.join(", ")) }
        )
    }

    fn unreachable(&self) -> String {
        format!("{} does not answer: is the server running there?", self.base)
    }
}

async fn success(response: reqwest::Response) -> Result<reqwest::Response> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let retry_after = response.headers().get("retry-after").and_then(|v| v.to_str().ok()?.parse().ok()).map(Duration::from_secs);
    let body: Value = response.json().await.unwrap_or_default();
    let detail = body["detail"].as_str().unwrap_or("The server gave no reason.").to_owned();
    let problems = body["problems"].as_array().cloned().unwrap_or_default();
    Err(Refused { status, detail, problems, retry_after }.into())
}

/// Chooses the cryptography of outgoing connections, once for the program.
pub fn prepare_tls() {
    // Already chosen is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
