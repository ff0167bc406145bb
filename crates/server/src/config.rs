//! Settings of a running server. The command line and the environment fill them in.

use hypercare_language::encoder::{Cached, EncodeError, Encoder, Vector};
use hypercare_store::Location;
use reqwest::Url;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Settings of a running server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the data is.
    pub location: Location,
    /// The address customers and colleagues use, without a slash at the end: for links, cookies and cross-site checks.
    pub public_url: String,
    /// How e-mail leaves.
    pub mail: Mail,
    /// The sender's address on outgoing e-mail.
    pub mail_from: String,
    /// How e-mail comes in.
    pub mail_in: crate::mail::Settings,
    /// Requests a minute that one stranger may make of the public pages.
    pub public_rate: u32,
    /// How messages are compared.
    pub language: Language,
    /// A service that suggests wordings for approval; none by default, and never needed.
    pub drafts: Option<Drafts>,
    /// Customers of whom nothing was heard for so long are erased; none by default.
    pub erase_after: Option<hypercare_core::Span>,
    /// What may be reached inside the operator's network by addresses that admins enter; nothing by default.
    pub webhook_allow: crate::outward::Allow,
    /// How customers' sites vouch for those who chat.
    pub identity: crate::chat::Identity,
    /// A folder for this node's search index, which nothing else uses. Without one the index is in memory and made when somebody first
    /// searches.
    pub search: Option<PathBuf>,
}

/// A service that suggests wordings, spoken to as OpenAI's chat completions.
#[derive(Clone, PartialEq, Eq)]
pub struct Drafts {
    /// Where it begins, without a slash at the end, such as `https://models.example.org/v1`.
    pub url: String,
    /// The model to name.
    pub model: String,
    /// What is shown to it as a bearer token, if it wants one.
    pub key: Option<String>,
    /// How long a suggestion may take in all.
    pub patience: Duration,
}

impl Drafts {
    /// Checks the settings.
    ///
    /// # Errors
    /// What is wrong and what would be right, in a sentence.
    pub fn new(url: &str, model: &str, key: Option<String>) -> Result<Self, String> {
        let url = url.trim().trim_end_matches('/');
        let parsed = Url::parse(url).map_err(|_| format!("`{url}` is no address, such as https://models.example.org/v1"))?;
        let plain = match parsed.scheme() {
            "https" => false,
            "http" => true,
            other => return Err(format!("`{other}:` is neither https: nor http:")),
        };
        if parsed.host_str().is_none()
            || !parsed.username().is_empty()
            || parsed.password().is_some()
            || parsed.query().is_some()
            || parsed.fragment().is_some()
        {
            return Err(format!("`{url}` has more than a host and a path; the key goes into HYPERCARE_DRAFTS_KEY"));
        }
        let here = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let key = key.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
        if plain && !here && key.is_some() {
            return Err("the key would be sent without encryption: use https".into());
        }
        if key.as_ref().is_some_and(|key| !key.chars().all(|c| c.is_ascii_graphic())) {
            return Err("HYPERCARE_DRAFTS_KEY has characters that no key has".into());
        }
        let model = model.trim();
        if model.is_empty() {
            return Err("a model has to be named with --drafts-model".into());
        }
        Ok(Self { url: url.to_owned(), model: model.to_owned(), key, patience: Duration::from_secs(20) })
    }
}

impl fmt::Debug for Drafts {
    /// Without the key: settings are logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drafts").field("url", &self.url).field("model", &self.model).field("key", &self.key.as_ref().map(|_| "…")).finish()
    }
}

/// Texts whose vectors are remembered: the wordings of the plans, answers and issues of some windows, and the newest messages. With
/// 384 numbers each this is 30 MB at most, and the texts.
const REMEMBERED: usize = 20_000;

/// How messages are compared with what is known: by meaning with an encoder, else by letters and words.
#[derive(Clone, Default)]
pub struct Language(Option<Arc<dyn Encoder>>, Option<Arc<Cached>>);

impl Language {
    /// By meaning, where there is an encoder; each text is encoded once as long as it is in use.
    pub fn with(encoder: Option<Arc<dyn Encoder>>) -> Self {
        let cached = encoder.map(|inner| Arc::new(Cached::new(Arc::new(Told(inner)), REMEMBERED)));
        Self(cached.clone().map(|cached| cached as Arc<dyn Encoder>), cached)
    }
    /// Forgets the texts that were encoded.
    pub fn forget(&self) {
        if let Some(cached) = &self.1 {
            cached.forget();
        }
    }
    /// What turns texts into vectors; none where words alone are compared.
    pub const fn encoder(&self) -> Option<&Arc<dyn Encoder>> {
        self.0.as_ref()
    }
}

/// Says when a model fails: who asked goes on by words where that is possible, and the operator has to know.
struct Told(Arc<dyn Encoder>);

impl Encoder for Told {
    fn id(&self) -> &str {
        self.0.id()
    }
    fn dimensions(&self) -> usize {
        self.0.dimensions()
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        self.0.encode(texts).inspect_err(|why| tracing::warn!(model = self.0.id(), "the language model failed: {why}"))
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_ref().map_or("words", |encoder| encoder.id()))
    }
}

/// How e-mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// Through a server: `smtp://user:password@host:port` or `smtps://…`.
    Smtp(String),
    /// As `.eml` files in a directory, for trying things out.
    Files(PathBuf),
}

impl Config {
    /// Settings for trying things out on this machine: data and mail in `dir`.
    pub fn local(dir: PathBuf, listen: SocketAddr) -> Self {
        Self {
            listen,
            public_url: format!("http://{listen}"),
            mail: Mail::Files(dir.join("mail")),
            location: Location::Directory(dir),
            mail_from: "support@localhost".into(),
            mail_in: crate::mail::Settings::default(),
            public_rate: 240,
            language: Language::default(),
            drafts: None,
            erase_after: None,
            webhook_allow: crate::outward::Allow::default(),
            identity: crate::chat::Identity::default(),
            search: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_the_drafting_service_are_checked() {
        fn check(url: &str, model: &str, key: Option<&str>, says: Option<&str>) {
            match (Drafts::new(url, model, key.map(str::to_owned)), says) {
                (Ok(_), None) => {}
                (Err(why), Some(says)) => assert!(why.contains(says), "{url}: {why}"),
                (found, _) => panic!("{url}: {found:?}"),
            }
        }
        check("https://models.example.org/v1/", "small", Some("sk-1"), None);
        check("http://127.0.0.1:8080/v1", "small", Some("sk-1"), None);
        check("http://10.0.0.5/v1", "small", None, None);
        check("http://10.0.0.5/v1", "small", Some("sk-1"), Some("without encryption"));
        check("models", "small", None, Some("no address"));
        check("ftp://models.example.org", "small", None, Some("neither https"));
        check("https://me:secret@models.example.org", "small", None, Some("HYPERCARE_DRAFTS_KEY"));
        check("https://models.example.org/v1?key=1", "small", None, Some("HYPERCARE_DRAFTS_KEY"));
        check("https://models.example.org", " ", None, Some("--drafts-model"));
        check("https://models.example.org", "small", Some("a\nb"), Some("characters"));
        let made = Drafts::new("https://models.example.org/v1/", "small", Some("sk-secret".into())).unwrap();
        assert!(made.url.ends_with("/v1") && !format!("{made:?}").contains("secret"), "{made:?}");
    }
}
