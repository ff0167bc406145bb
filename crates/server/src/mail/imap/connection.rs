//! A connection to a mailbox.

use crate::mail::Imap;
use async_imap::Session;
use async_imap::extensions::idle::IdleResponse;
use async_imap::types::Fetch;
use futures_util::TryStreamExt;
use std::fmt::{Debug, Display};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// One answer of the server takes at most so long; a mail of the largest size comes within it on a slow line.
const PATIENCE: Duration = Duration::from_mins(3);
const CONNECTING: Duration = Duration::from_secs(20);
/// UIDs in one command.
const AT_ONCE: usize = 200;

/// Anything that mails come over.
trait Line: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Line for T {}

/// An open mailbox.
pub(super) struct Mailbox {
    session: Session<Box<dyn Line>>,
    tells_news: bool,
    read_only: bool,
    /// `UIDVALIDITY`: while it is the same, UIDs name the same mails.
    pub validity: i64,
    /// The UID that the next mail gets, where the server says it.
    pub next: Option<i64>,
}

/// One mail in a mailbox.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    /// Its number.
    pub uid: u32,
    /// Bytes.
    pub size: usize,
}

fn said(what: &str) -> impl Fn(&dyn Display) -> String + '_ {
    move |error| format!("{what}: {error}")
}

async fn in_time<T, E: Display>(limit: Duration, what: &str, work: impl Future<Output = Result<T, E>>) -> Result<T, String> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done.map_err(|e| said(what)(&e)),
        Err(_) => Err(format!("{what}: no answer within {} s", limit.as_secs())),
    }
}

impl Mailbox {
    /// Connects, signs in and opens the folder.
    pub(super) async fn open(imap: &Imap) -> Result<Self, String> {
        let line = in_time(CONNECTING, "The mail server cannot be reached", connect(imap)).await?;
        let mut client = async_imap::Client::new(line);
        let greeting = async { client.read_response().await?.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::UnexpectedEof)) };
        in_time(CONNECTING, "The mail server does not greet", greeting).await?;
        let login = async { client.login(&imap.user, &imap.password).await.map_err(|(error, _)| error) };
        let mut session = in_time(CONNECTING, "The mail server refuses user or password", login).await?;
        let capabilities = in_time(PATIENCE, "The mail server does not say what it can", session.capabilities()).await?;
        let tells_news = capabilities.has_str("IDLE");
        let what = format!("The folder `{}` cannot be opened", imap.folder);
        let opened = if imap.read_only {
            in_time(PATIENCE, &what, session.examine(&imap.folder)).await?
        } else {
            in_time(PATIENCE, &what, session.select(&imap.folder)).await?
        };
        let validity = opened.uid_validity.map_or(0, i64::from);
        Ok(Self { session, tells_news, read_only: imap.read_only, validity, next: opened.uid_next.map(i64::from) })
    }

    /// The mails that a search finds, in their order, with their sizes.
    pub(super) async fn search(&mut self, query: &str) -> Result<Vec<Waiting>, String> {
        let what = "The mail server does not search";
        let mut uids: Vec<u32> = in_time(PATIENCE, what, self.session.uid_search(query)).await?.into_iter().collect();
        uids.sort_unstable();
        let mut found = vec![];
        for some in uids.chunks(AT_ONCE) {
            let list = some.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
            let sizes = self.fetch(&list, "(UID RFC822.SIZE)").await?;
            found.extend(sizes.iter().filter_map(|one| Some(Waiting { uid: one.uid?, size: usize::try_from(one.size?).unwrap_or(usize::MAX) })));
        }
        found.sort_unstable_by_key(|one| one.uid);
        Ok(found)
    }

    /// A mail, or only its headers. Nothing if it was taken away meanwhile.
    pub(super) async fn content(&mut self, uid: u32, headers_only: bool) -> Result<Option<Vec<u8>>, String> {
        // PEEK: reading alone marks nothing as seen.
        let query = if headers_only { "(UID BODY.PEEK[HEADER])" } else { "(UID BODY.PEEK[])" };
        let found = self.fetch(&uid.to_string(), query).await?;
        let one = found.iter().find(|one| one.uid == Some(uid));
        Ok(one.and_then(|one| if headers_only { one.header() } else { one.body() }).map(<[u8]>::to_vec))
    }

    /// Marks a mail as seen, where anything may be changed.
    pub(super) async fn seen(&mut self, uid: u32) -> Result<(), String> {
        if self.read_only {
            return Ok(());
        }
        let work = async { self.session.uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)").await?.try_collect::<Vec<_>>().await };
        in_time(PATIENCE, "The mail server does not mark a mail as seen", work).await.map(drop)
    }

    async fn fetch(&mut self, uids: &str, query: &str) -> Result<Vec<Fetch>, String> {
        let work = async { self.session.uid_fetch(uids, query).await?.try_collect::<Vec<_>>().await };
        in_time(PATIENCE, "The mail server does not give its mails", work).await
    }

    /// Waits until there may be news, at most so long: `told` where the server tells, `asked` where it is asked.
    pub(super) async fn wait(mut self, told: Duration, asked: Duration) -> Result<Self, String> {
        if !self.tells_news {
            tokio::time::sleep(asked).await;
            in_time(PATIENCE, "The mail server does not answer", self.session.noop()).await?;
            return Ok(self);
        }
        let mut idle = self.session.idle();
        in_time(PATIENCE, "The mail server does not wait", idle.init()).await?;
        let (news, _interrupt) = idle.wait_with_timeout(told);
        match news.await.map_err(|e| said("The connection to the mail server broke")(&e))? {
            IdleResponse::NewData(_) | IdleResponse::Timeout | IdleResponse::ManualInterrupt => {}
        }
        self.session = in_time(PATIENCE, "The mail server does not answer", idle.done()).await?;
        Ok(self)
    }
}

async fn connect(imap: &Imap) -> std::io::Result<Box<dyn Line>> {
    let stream = TcpStream::connect((imap.host.as_str(), imap.port)).await?;
    stream.set_nodelay(true)?;
    if !imap.tls {
        return Ok(Box::new(stream));
    }
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(std::io::Error::other)?;
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(imap.host.clone()).map_err(std::io::Error::other)?;
    Ok(Box::new(TlsConnector::from(Arc::new(config)).connect(name, stream).await?))
}
