//! Mailboxes of another server, read by IMAP (RFC 3501): what is new is kept here, one transaction for each mail with the place up to
//! which the mailbox was read, so that a stop at any moment loses nothing and takes nothing twice.
//!
//! One node reads a mailbox at a time. New mails are told by the server where it can (IDLE, RFC 2177), otherwise asked for.

mod connection;
mod news;

use super::Imap;
use crate::App;
use connection::Mailbox;
use futures_util::FutureExt;
use hypercare_core::Span;
use hypercare_store::queries::mail;
use std::time::Duration;
use tokio::sync::watch;

/// A mailbox belongs to the node that reads it so long; then the node is taken for dead.
const LEASE: Span = Span::mins(3);
/// How long to wait for news before the lease is renewed, and how often to ask a server that tells none.
const ROUND: Duration = Duration::from_mins(1);
const ASK: Duration = Duration::from_secs(30);
/// First and longest pause after a failure.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));
/// Longest reason that is kept, in characters.
const LONGEST: usize = 300;

/// Reads one mailbox until `stop` becomes true.
pub async fn run(app: App, imap: Imap, mut stop: watch::Receiver<bool>) {
    let node = crate::http::secret::fresh().unwrap_or_else(|_| std::process::id().to_string());
    let mut pause = PAUSE.0;
    while !*stop.borrow() {
        let failed = tokio::select! {
            done = read(&app, &imap, &node, &mut pause) => done.err(),
            _ = stop.wait_for(|stopping| *stopping) => None,
        };
        let (key, mine) = (imap.label(), node.clone());
        let _ = app.store.write(move |tx| async move { mail::release(tx, &key, &mine).await }.boxed()).await;
        if *stop.borrow() {
            return;
        }
        if let Some(why) = failed {
            let why: String = why.chars().take(LONGEST).collect();
            tracing::warn!(mailbox = imap.label(), %why, "a mailbox cannot be read; it is tried again");
            let (key, now) = (imap.label(), app.now());
            let _ = app.store.write(move |tx| async move { mail::unreadable(tx, &key, &why, now).await }.boxed()).await;
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|stopping| *stopping) => return,
        }
        pause = (pause * 2).min(PAUSE.1);
    }
}

/// Reads as long as nothing fails and no other node has the mailbox.
async fn read(app: &App, imap: &Imap, node: &str, pause: &mut Duration) -> Result<(), String> {
    if !lease(app, imap, node).await? {
        return Ok(());
    }
    let mut mailbox = Mailbox::open(imap).await?;
    let mut from = news::begin(app, imap, &mut mailbox).await?;
    loop {
        from = news::take(app, imap, &mut mailbox, from).await?;
        let (key, now) = (imap.label(), app.now());
        let checked = app.store.write(move |tx| async move { mail::checked(tx, &key, now).await }.boxed()).await;
        checked.map_err(|e: hypercare_store::StoreError| e.to_string())?;
        *pause = PAUSE.0;
        mailbox = mailbox.wait(ROUND, ASK).await?;
        if !lease(app, imap, node).await? {
            return Ok(());
        }
    }
}

async fn lease(app: &App, imap: &Imap, node: &str) -> Result<bool, String> {
    let (key, node, now) = (imap.label(), node.to_owned(), app.now());
    let lease = app.store.write(move |tx| async move { mail::lease(tx, &key, &node, now + LEASE, now).await }.boxed());
    lease.await.map_err(|e: hypercare_store::StoreError| e.to_string())
}
