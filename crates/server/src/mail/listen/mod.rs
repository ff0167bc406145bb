//! Where mail servers hand mails over: LMTP (RFC 2033) for a mail server on the same machine or network, SMTP (RFC 5321) for relays.
//!
//! It takes mail for our inboxes only and sends none, so it relays nothing. It checks nothing of who sends: a mail server that does
//! stands before it. A mail is on disk when it is acknowledged.

mod session;
#[cfg(test)]
mod tests;

use super::keep::{self, Arrival};
use crate::App;
use session::{Reply, Session, Step};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// Connections at once; further ones are told to come again.
const CONNECTIONS: usize = 100;
/// Mails that are in memory at once; who sends more waits.
const IN_MEMORY: usize = 8;
/// A client that says nothing for so long is sent away.
const PATIENCE: Duration = Duration::from_mins(5);
/// Longest line of a command, in bytes; RFC 5321 asks for 512, with extensions for more.
const LINE: usize = 4096;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// One answer for each receiver after the mail.
    Lmtp,
    /// One answer for all.
    Smtp,
}

impl Protocol {
    const fn word(self) -> &'static str {
        match self {
            Self::Lmtp => "lmtp",
            Self::Smtp => "smtp",
        }
    }
}

/// Opens what the settings ask for. Returns what is listened on.
///
/// # Errors
/// When an address cannot be listened on.
pub async fn bind(app: &App) -> std::io::Result<Vec<(Protocol, TcpListener)>> {
    let wanted = [(Protocol::Lmtp, app.config.mail_in.lmtp), (Protocol::Smtp, app.config.mail_in.smtp)];
    let mut bound = vec![];
    for (protocol, address) in wanted.into_iter().filter_map(|(protocol, address)| Some((protocol, address?))) {
        let listener = TcpListener::bind(address).await.map_err(|e| {
            std::io::Error::new(e.kind(), format!("mails cannot be listened for by {} on {address}: {e}", protocol.word().to_uppercase()))
        })?;
        bound.push((protocol, listener));
    }
    Ok(bound)
}

/// Takes mails until `stop` becomes true.
pub async fn run(app: App, protocol: Protocol, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let in_memory = Arc::new(Semaphore::new(IN_MEMORY));
    while !*stop.borrow() {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, say: the next moment may be better.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            },
            _ = stop.changed() => break,
        };
        let (app, in_memory, mut stop) = (app.clone(), Arc::clone(&in_memory), stop.clone());
        let Ok(place) = Arc::clone(&connections).try_acquire_owned() else {
            tokio::spawn(send_away(stream));
            continue;
        };
        tokio::spawn(async move {
            let _place = place;
            tokio::select! {
                result = converse(&app, protocol, stream, peer, &in_memory) => {
                    if let Err(error) = result {
                        tracing::debug!(%peer, %error, "a mail connection ended");
                    }
                }
                // What is not acknowledged yet is sent again by the other side.
                _ = stop.wait_for(|stopping| *stopping) => {}
            }
        });
    }
}

async fn send_away(mut stream: TcpStream) {
    let _ = stream.write_all(b"421 4.3.2 Too many connections, come again later\r\n").await;
}

struct Wire {
    from: BufReader<OwnedReadHalf>,
    to: OwnedWriteHalf,
}

impl Wire {
    async fn say(&mut self, reply: &Reply) -> std::io::Result<()> {
        self.to.write_all(reply.wire().as_bytes()).await
    }

    /// The next piece up to a line feed, of at most so many bytes; empty at the end of the connection.
    async fn piece(&mut self, most: usize) -> std::io::Result<Vec<u8>> {
        let mut piece = Vec::new();
        let mut limited = (&mut self.from).take(most as u64);
        tokio::time::timeout(PATIENCE, limited.read_until(b'\n', &mut piece)).await.map_err(|_| std::io::ErrorKind::TimedOut)??;
        Ok(piece)
    }

    /// A line without its end; none at the end of the connection.
    async fn line(&mut self) -> std::io::Result<Option<Line>> {
        let line = self.piece(LINE).await?;
        if line.ends_with(b"\n") {
            return Ok(Some(Line::Text(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())));
        }
        if line.len() < LINE {
            return Ok(None);
        }
        loop {
            let rest = self.piece(LINE).await?;
            if rest.is_empty() {
                return Ok(None);
            }
            if rest.ends_with(b"\n") {
                return Ok(Some(Line::TooLong));
            }
        }
    }

    /// A mail up to the line with a single dot; `Err` of its size if it is larger than `most`, when it was read to its end all the same.
    async fn mail(&mut self, most: usize) -> std::io::Result<Option<Result<Vec<u8>, usize>>> {
        let (mut bytes, mut size, mut begins) = (Vec::new(), 0_usize, true);
        loop {
            // Pieces of lines: a mail is free to have one line of a gigabyte, but not to take as much memory.
            let piece = self.piece(1 << 16).await?;
            if piece.is_empty() {
                return Ok(None);
            }
            // Only CR LF ends a line here: where servers disagree about that, one mail could hide another.
            if begins && piece == b".\r\n" {
                return Ok(Some(if size > most { Err(size) } else { Ok(bytes) }));
            }
            let content = if begins && piece.first() == Some(&b'.') { &piece[1..] } else { &piece[..] };
            begins = piece.ends_with(b"\r\n") || (piece == b"\n" && bytes.last() == Some(&b'\r'));
            size += content.len();
            if size <= most {
                bytes.extend_from_slice(content);
            }
        }
    }
}

enum Line {
    Text(String),
    TooLong,
}

async fn converse(app: &App, protocol: Protocol, stream: TcpStream, peer: SocketAddr, in_memory: &Arc<Semaphore>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (from, to) = stream.into_split();
    let mut wire = Wire { from: BufReader::new(from), to };
    let name = app.inboxes.first().and_then(|inbox| inbox.address.rsplit('@').next()).unwrap_or("localhost").to_owned();
    let mut session = Session::new(protocol, name, app.config.mail_in.largest, app.inboxes.clone());
    wire.say(&session.greeting()).await?;
    while let Some(line) = wire.line().await? {
        let step = match line {
            Line::Text(text) => session.hear(&text),
            Line::TooLong => Step::Say(session.too_long()),
        };
        match step {
            Step::Say(reply) => wire.say(&reply).await?,
            Step::Quit(reply) => {
                wire.say(&reply).await?;
                return Ok(());
            }
            Step::Mail => {
                let place = in_memory.acquire().await.map_err(std::io::Error::other)?;
                wire.say(&Reply::go_on()).await?;
                let Some(mail) = wire.mail(app.config.mail_in.largest).await? else { return Ok(()) };
                let replies = match mail {
                    Ok(bytes) => take(app, &mut session, protocol, peer, bytes).await,
                    Err(size) => session.too_large(size),
                };
                drop(place);
                for reply in replies {
                    wire.say(&reply).await?;
                }
            }
        }
    }
    Ok(())
}

/// Keeps the mail for each inbox that it is for, all in one transaction, and says so for each receiver.
async fn take(app: &App, session: &mut Session, protocol: Protocol, peer: SocketAddr, bytes: Vec<u8>) -> Vec<Reply> {
    let (sender, receivers) = session.envelope();
    let mut mails = vec![];
    for (address, inbox) in &receivers {
        if mails.iter().any(|known: &hypercare_store::queries::mail::New| known.inbox == inbox.address) {
            continue;
        }
        let arrival = Arrival { source: protocol.word(), envelope_from: sender.clone(), envelope_to: address.clone(), bytes: bytes.clone() };
        match keep::prepare(inbox, arrival).await {
            Ok(new) => mails.push(new),
            Err(error) => {
                tracing::error!(%peer, %error, "a mail could not be kept; the other side sends it again");
                return session.done(false, receivers.len());
            }
        }
    }
    let kept = keep::keep(app, mails).await;
    if let Err(error) = &kept {
        tracing::error!(%peer, %error, "a mail could not be kept; the other side sends it again");
    }
    session.done(kept.is_ok(), receivers.len())
}
