//! Settings of a running server. The command line and the environment fill them in.

use hypercare_language::encoder::{Cached, Encoder};
use hypercare_store::Location;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// Requests a minute that one stranger may make of the public pages.
    pub public_rate: u32,
    /// How messages are compared.
    pub language: Language,
}

/// Texts whose vectors are remembered: the wordings of the plans, answers and issues of some windows, and the newest messages. With
/// 384 numbers each this is 30 MB at most, and the texts.
const REMEMBERED: usize = 20_000;

/// How messages are compared with what is known: by meaning with an encoder, else by letters and words.
#[derive(Clone, Default)]
pub struct Language(Option<Arc<dyn Encoder>>);

impl Language {
    /// By meaning, where there is an encoder; each text is encoded once as long as it is in use.
    pub fn with(encoder: Option<Arc<dyn Encoder>>) -> Self {
        Self(encoder.map(|inner| Arc::new(Cached::new(inner, REMEMBERED)) as Arc<dyn Encoder>))
    }
    /// What turns texts into vectors; none where words alone are compared.
    pub const fn encoder(&self) -> Option<&Arc<dyn Encoder>> {
        self.0.as_ref()
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
            public_rate: 240,
            language: Language::default(),
        }
    }
}
