//! Sends letters that are due: claims a row, sends it, keeps what became of it.

use super::{health, send};
use crate::outbox::pause_after;
use crate::webhooks::Verdict;
use crate::{App, reviews};
use futures_util::FutureExt;
use hypercare_core::{Actor, Span, Stamp, WayId};
use hypercare_store::queries::letters::{self, Pending};
use hypercare_store::queries::{sends, timers};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

/// Letters under way at once.
const HANDS: usize = 4;
/// A claimed row belongs to its node so long; then the node is taken for dead.
const LEASE: Span = Span::secs(60);
/// One attempt takes at most so long: well within the lease, so that no other node begins the same.
const LONGEST: Duration = Duration::from_secs(30);
/// How long who plays time waits for receivers.
const PATIENCE: Duration = Duration::from_secs(3);
const FAREWELL: Duration = Duration::from_secs(2);
/// How long what became of a letter is kept.
const KEPT: Span = Span::days(90);

/// What this node is sending.
pub struct Carriers {
    hands: Arc<Semaphore>,
    under_way: watch::Sender<usize>,
    /// A hand is free, or there is something new to send.
    pub wake: Notify,
}

impl Default for Carriers {
    fn default() -> Self {
        Self { hands: Arc::new(Semaphore::new(HANDS)), under_way: watch::Sender::new(0), wake: Notify::new() }
    }
}

impl Carriers {
    fn free(&self) -> Vec<OwnedSemaphorePermit> {
        (0..HANDS).map_while(|_| Arc::clone(&self.hands).try_acquire_owned().ok()).collect()
    }
    /// A server that stops lets answers come in that are on their way. What takes longer is sent again after its lease.
    pub async fn farewell(&self) {
        self.rest(FAREWELL).await;
    }
    /// Waits until nothing is under way, for so long at most.
    async fn rest(&self, patience: Duration) {
        let mut under_way = self.under_way.subscribe();
        let _ = tokio::time::timeout(patience, under_way.wait_for(|n| *n == 0)).await;
    }
}

/// Begins to send what is due; returns how much that was. It waits for no receiver.
///
/// # Errors
/// When the store fails. A receiver that fails is not an error: it is kept with its row.
pub async fn step(app: &App) -> Result<usize, WriteError> {
    let hands = app.letters.free();
    let limit = i64::try_from(hands.len()).unwrap_or(0);
    let due = if limit == 0 { vec![] } else { letters::due(&mut app.reader(), app.now(), limit).await? };
    if due.is_empty() {
        return Ok(0);
    }
    let mine = claim(app, due).await?;
    let taken = mine.len();
    for (row, hand) in mine.into_iter().zip(hands) {
        let app = app.clone();
        app.letters.under_way.send_modify(|n| *n += 1);
        tokio::spawn(async move {
            if let Err(error) = attempt(&app, &row).await {
                tracing::error!(%error, letter = row.id, "what became of a letter could not be kept; it is due again after its lease");
            }
            drop(hand);
            app.letters.under_way.send_modify(|n| *n = n.saturating_sub(1));
            app.letters.wake.notify_one();
        });
    }
    Ok(taken)
}

/// The same until nothing is left to do at this moment: for those who play time.
///
/// # Errors
/// As for [`step`].
pub async fn settle(app: &App) -> Result<(), WriteError> {
    loop {
        let done = step(app).await?;
        app.letters.rest(PATIENCE).await;
        if done == 0 {
            return Ok(());
        }
    }
}

/// Takes rows for this node; what another node took in the meantime is not among the result.
async fn claim(app: &App, due: Vec<Pending>) -> Result<Vec<Pending>, StoreError> {
    let until = app.now() + LEASE;
    app.store
        .write(move |tx| {
            async move {
                let mut mine = vec![];
                for mut row in due {
                    if letters::claim(tx, &row, until).await? {
                        row.attempts += 1;
                        mine.push(row);
                    }
                }
                Ok(mine)
            }
            .boxed()
        })
        .await
}

async fn attempt(app: &App, row: &Pending) -> Result<(), WriteError> {
    let verdict = match tokio::time::timeout(LONGEST, send::attempt(app, row)).await {
        Ok(verdict) => verdict?,
        Err(_) => Verdict::Later(format!("No answer within {} s.", LONGEST.as_secs()), None),
    };
    keep(app, row.clone(), verdict).await
}

/// Keeps what an attempt came to. That somebody was not reached is an event: they may be waited for.
async fn keep(app: &App, row: Pending, verdict: Verdict) -> Result<(), WriteError> {
    let (now, stamp) = (app.now(), app.stamp(Actor::system()));
    let outcome = if verdict == Verdict::Delivered { "sent" } else { "failed" };
    metrics::counter!("hypercare_letters_total", "kind" => row.kind.clone(), "outcome" => outcome).increment(1);
    let kept: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                timers::once(tx, ("letter", 0), "retention", now + Span::days(1)).await?;
                let current = end(tx, &row, &verdict, &stamp).await?;
                if let Some(way) = row.way_id.filter(|_| current) {
                    health::keep(tx, WayId(way), &verdict, &stamp).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    kept
}

/// What becomes of the letter; false where another node has taken it meanwhile.
async fn end(tx: &mut Tx, row: &Pending, verdict: &Verdict, stamp: &Stamp) -> Result<bool, StoreError> {
    let now = stamp.at;
    let error = match verdict {
        Verdict::Delivered => return letters::delivered(tx, row, now).await,
        Verdict::Gone => "The receiver answered 410: it wants nothing any more.".to_owned(),
        Verdict::Never(why) => why.clone(),
        Verdict::Later(why, asked) => match pause_after(row.attempts, *asked) {
            Some(pause) => return letters::retry(tx, row, now + pause, why).await,
            None => format!("{} attempts failed; the last one: {why}", row.attempts),
        },
    };
    tracing::warn!(letter = row.id, %error, "a letter to a colleague will not arrive");
    let failed = letters::failed(tx, row, now, &error).await?;
    if failed && !reviews::undelivered(tx, row, &error, stamp).await? {
        let body = json!({ "kind": row.kind, "subject": row.subject, "error": error }).to_string();
        tx.record("letter.failed", ("letter", row.id), None, stamp, body).await?;
    }
    Ok(failed)
}

/// Forgets what is long over; once a day while there are letters, in pieces.
///
/// # Errors
/// When the store fails.
pub async fn retention(app: &App) -> Result<(), WriteError> {
    let before = app.now() - KEPT;
    loop {
        let gone: Result<u64, StoreError> = app
            .store
            .write(move |tx: &mut Tx| async move { Ok(letters::expire(tx, before).await? + sends::expire(tx, before).await?) }.boxed())
            .await;
        if gone? == 0 {
            return Ok(());
        }
    }
}
