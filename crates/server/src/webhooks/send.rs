//! From the event log to rows, and from rows to receivers. Each address has its own hands, so that none waits for another.

use super::rules::{self, Verdict};
use super::{catalogue, payload};
use crate::App;
use crate::outward::{Answered, Unsent};
use futures_util::FutureExt;
use hypercare_core::notice::mentioned;
use hypercare_core::{Actor, Span, Timestamp};
use hypercare_store::queries::webhooks::{self, Attempted, Due, Webhook};
use hypercare_store::queries::{events, notices};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

/// Requests to one address at once.
const HANDS: usize = 4;
/// Events that are looked at in one go.
const BATCH: i64 = 500;
/// So many tellings may wait for one address; the rest waits in the log.
const BACKLOG: i64 = 1_000;
/// A position that moves on without anything to tell is kept only so often.
const QUIET: usize = 200;
/// A claimed row belongs to its node so long; then the node is taken for dead. Well over the longest request.
const LEASE: Span = Span::secs(60);
/// How long who plays time waits for receivers.
const PATIENCE: Duration = Duration::from_secs(3);
const FAREWELL: Duration = Duration::from_secs(1);
/// How long the log is kept, and how many lines for each address.
const KEPT: Span = Span::days(30);
const MOST_KEPT: i64 = 10_000;

/// What this node is sending.
pub struct Hooks {
    hands: Mutex<HashMap<i64, Arc<Semaphore>>>,
    under_way: watch::Sender<usize>,
    /// A hand is free, or there is something new to send.
    pub wake: Notify,
}

impl Default for Hooks {
    fn default() -> Self {
        Self { hands: Mutex::default(), under_way: watch::Sender::new(0), wake: Notify::new() }
    }
}

impl Hooks {
    fn free(&self, hook: i64) -> Vec<OwnedSemaphorePermit> {
        let mut all = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        let hands = all.entry(hook).or_insert_with(|| Arc::new(Semaphore::new(HANDS)));
        (0..HANDS).map_while(|_| Arc::clone(hands).try_acquire_owned().ok()).collect()
    }
    /// Waits until nothing is under way, for so long at most.
    async fn rest(&self, patience: Duration) {
        let mut under_way = self.under_way.subscribe();
        let _ = tokio::time::timeout(patience, under_way.wait_for(|n| *n == 0)).await;
    }
    /// A server that stops lets answers come in that are on their way. What takes longer is sent again after its lease.
    pub async fn farewell(&self) {
        self.rest(FAREWELL).await;
    }
}

/// Queues what happened and begins to send what is due; returns how much that was. It waits for no receiver.
///
/// # Errors
/// When the store fails. A receiver that fails is not an error: it is kept with its row.
pub async fn step(app: &App) -> Result<usize, WriteError> {
    let mut done = 0;
    for hook in webhooks::list(&mut app.reader()).await?.into_iter().filter(|hook| hook.enabled) {
        done += derive(app, &hook).await?;
        done += begin(app, &Arc::new(hook)).await?;
    }
    Ok(done)
}

/// The same until nothing is left to do at this moment: for those who play time.
///
/// # Errors
/// As for [`step`].
pub async fn settle(app: &App) -> Result<(), WriteError> {
    loop {
        let done = step(app).await?;
        app.webhooks.rest(PATIENCE).await;
        if done == 0 {
            return Ok(());
        }
    }
}

/// When the next telling is due.
///
/// # Errors
/// When the store fails.
pub async fn next_due(app: &App) -> Result<Option<Timestamp>, StoreError> {
    webhooks::next(&mut app.reader(), app.now()).await
}

/// Looks at the events after an address's position, and queues those it is told of: both at once, so that neither is lost or doubled.
async fn derive(app: &App, hook: &Webhook) -> Result<usize, WriteError> {
    let lines = events::kinds_after(&mut app.reader(), hook.position_seq, BATCH).await?;
    let Some((last, _)) = lines.last().cloned() else { return Ok(0) };
    let read = lines.len();
    let told: Vec<(i64, String)> = lines.into_iter().filter(|(_, kind)| catalogue::chosen(&hook.kinds, kind)).collect();
    if told.is_empty() && read < QUIET {
        return Ok(0);
    }
    if webhooks::waiting(&mut app.reader(), hook.id).await? >= BACKLOG {
        return Ok(0);
    }
    let (id, from, now) = (hook.id, hook.position_seq, app.now());
    app.store
        .write(move |tx| {
            async move {
                if webhooks::advance(tx, id, from, last).await? {
                    for (seq, kind) in &told {
                        webhooks::queue(tx, id, Some(*seq), kind, now).await?;
                    }
                }
                Ok(read)
            }
            .boxed()
        })
        .await
}

async fn begin(app: &App, hook: &Arc<Webhook>) -> Result<usize, WriteError> {
    let hands = app.webhooks.free(hook.id);
    let limit = i64::try_from(hands.len()).unwrap_or(0);
    let due = if limit == 0 { vec![] } else { webhooks::due(&mut app.reader(), hook.id, app.now(), limit).await? };
    if due.is_empty() {
        return Ok(0);
    }
    let mine = claim(app, due).await?;
    let taken = mine.len();
    for (row, hand) in mine.into_iter().zip(hands) {
        let (app, hook) = (app.clone(), Arc::clone(hook));
        app.webhooks.under_way.send_modify(|n| *n += 1);
        tokio::spawn(async move {
            if let Err(error) = attempt(&app, &hook, &row).await {
                tracing::error!(%error, delivery = row.id, "what became of a webhook could not be kept; it is due again after its lease");
            }
            drop(hand);
            app.webhooks.under_way.send_modify(|n| *n = n.saturating_sub(1));
            app.webhooks.wake.notify_one();
        });
    }
    Ok(taken)
}

/// Takes rows for this node; what another node took in the meantime is not among the result.
async fn claim(app: &App, due: Vec<Due>) -> Result<Vec<Due>, StoreError> {
    let until = app.now() + LEASE;
    app.store
        .write(move |tx| {
            async move {
                let mut mine = vec![];
                for mut row in due {
                    if webhooks::claim(tx, &row, until).await? {
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

async fn attempt(app: &App, hook: &Webhook, row: &Due) -> Result<(), WriteError> {
    let now = app.now();
    let body = match row.seq {
        None => Some(payload::of_ping(hook.id, now.0)),
        Some(seq) => match events::by_seq(&mut app.reader(), seq).await? {
            Some(line) => {
                let names = notices::names(&mut app.reader(), mentioned(&line.body)).await?;
                let names = names.into_iter().map(|(user, (name, _))| (user, name)).collect();
                Some(payload::of_event(&line, &hook.texts, &names))
            }
            None => None,
        },
    };
    let old = hook.old_secret.as_deref().filter(|_| hook.old_until.is_some_and(|until| now.0 < until));
    let secrets: Vec<&str> = [hook.secret.as_str()].into_iter().chain(old).collect();
    let begun = tokio::time::Instant::now();
    let result = match body {
        Some(body) => app.outward.post(&hook.url, &secrets, &format!("msg_{}", row.id), now, body).await,
        None => Err(Unsent::Refused("The event is not in the log any more.".into())),
    };
    let took = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    keep(app, hook, row, result, took).await
}

/// Keeps what an attempt came to, and what it says of the address.
async fn keep(app: &App, hook: &Webhook, row: &Due, result: Result<Answered, Unsent>, duration_ms: i64) -> Result<(), WriteError> {
    let (id, hook_id, attempts, now) = (row.id, hook.id, row.attempts, app.now());
    let verdict = rules::judge(&result);
    let (state, due_at, error) = match &verdict {
        Verdict::Delivered => ("delivered", None, None),
        Verdict::Gone => ("failed", None, Some("The receiver answered 410: it wants nothing any more.".to_owned())),
        Verdict::Never(why) => ("failed", None, Some(why.clone())),
        Verdict::Later(why, asked) => match rules::pause_after(attempts, *asked) {
            Some(pause) => ("pending", Some(now + pause), Some(why.clone())),
            None => ("failed", None, Some(format!("{attempts} attempts failed; the last one: {why}"))),
        },
    };
    metrics::counter!("hypercare_webhooks_total", "outcome" => state).increment(1);
    let answered = result.ok();
    let done = Attempted {
        state,
        due_at: due_at.unwrap_or(now),
        code: answered.as_ref().map(|a| i64::from(a.code)),
        response: answered.map(|a| a.beginning),
        duration_ms,
        done_at: due_at.is_none().then_some(now),
        error,
    };
    let name = super::manage::shown(hook);
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                if !webhooks::keep(tx, id, attempts, &done).await? {
                    return Ok(());
                }
                if verdict == Verdict::Delivered {
                    return webhooks::failing(tx, hook_id, None).await.map_err(WriteError::from);
                }
                webhooks::failing(tx, hook_id, Some(now)).await?;
                if let Some(why) = off(tx, hook_id, &verdict, now).await?
                    && webhooks::disable(tx, hook_id, &why).await?
                {
                    tracing::warn!(webhook = hook_id, %why, "a webhook was switched off");
                    let body = json!({ "name": name, "why": why }).to_string();
                    tx.record("webhook.disabled", ("webhook", hook_id), None, &stamp, body).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Why an address is to be switched off after an attempt that failed; none where it is not.
async fn off(tx: &mut Tx, hook: i64, verdict: &Verdict, now: Timestamp) -> Result<Option<String>, StoreError> {
    if *verdict == Verdict::Gone {
        return Ok(Some("The receiver answered 410: it wants nothing any more.".into()));
    }
    let since = webhooks::by_id(tx, hook).await?.and_then(|hook| hook.failing_since).map(Timestamp);
    let last = match verdict {
        Verdict::Later(why, _) | Verdict::Never(why) => why.as_str(),
        Verdict::Delivered | Verdict::Gone => "",
    };
    let long = since.filter(|since| now - *since >= rules::PATIENCE);
    Ok(long.map(|since| format!("Nothing was delivered since {since}. The last attempt: {last}")))
}

/// Forgets the old lines of all logs; once a day, in pieces.
///
/// # Errors
/// When the store fails.
pub async fn retention(app: &App) -> Result<(), WriteError> {
    let now = app.now();
    for hook in webhooks::list(&mut app.reader()).await? {
        loop {
            let gone: Result<u64, StoreError> =
                app.store.write(move |tx| async move { webhooks::expire(tx, hook.id, now - KEPT, MOST_KEPT).await }.boxed()).await;
            if gone? == 0 {
                break;
            }
        }
    }
    let next = now + Span::days(1);
    app.store.write(move |tx| async move { webhooks::retention_next(tx, next).await.map_err(WriteError::from) }.boxed()).await
}
