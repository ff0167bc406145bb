//! Settings of a running server. The command line and the environment fill them in.

use hypercare_store::Location;
use std::net::SocketAddr;
use std::path::PathBuf;

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
        }
    }
}
