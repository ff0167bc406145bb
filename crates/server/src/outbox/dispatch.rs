//! Sends what is due: claims a row, delivers it, keeps what became of it.

use super::deliver::{Deliver, Letter, ToColleague, Undelivered};
use super::{letter, schedule};
use crate::{App, bridges, check_ins, updates};
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::{Actor, Channel, Span};
use hypercare_store::queries::mail;
use hypercare_store::queries::outbox::{self, Pending};
use hypercare_store::queries::updates::Way;
use hypercare_store::{StoreError, WriteError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

/// Deliveries at once.
const HANDS: usize = 4;
/// Rows that one call sends at most; the engine calls again.
const MOST: usize = 256;
/// A claimed row belongs to its node so long; then the node is taken for dead.
const LEASE: Span = Span::secs(60);
/// One delivery takes at most so long: well within the lease, so that no other node begins the same.
const LONGEST: Duration = Duration::from_secs(30);
/// How long a server that stops waits for deliveries.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long the caller waits for slow receivers; they go on without it, and the engine with its due times.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who delivers, and how many at once.
pub struct Outbox {
    deliver: Arc<dyn Deliver>,
    hands: Arc<Semaphore>,
}

impl Outbox {
    /// Delivers through `deliver`.
    pub fn new(deliver: Arc<dyn Deliver>) -> Self {
        Self { deliver, hands: Arc::new(Semaphore::new(HANDS)) }
    }

    /// Hands a letter over that belongs to no conversation.
    ///
    /// # Errors
    /// Why it was not delivered.
    pub async fn post(&self, letter: &Letter) -> Result<(), Undelivered> {
        self.deliver.deliver(letter).await
    }

    /// Hands an e-mail to a colleague over.
    ///
    /// # Errors
    /// Why it was not delivered.
    pub async fn post_to_colleague(&self, mail: &ToColleague) -> Result<(), Undelivered> {
        self.deliver.to_colleague(mail).await
    }

    /// Waits a while until nothing is being delivered. What goes on longer is due again after its lease.
    pub async fn settle(&self) {
        let all = self.hands.acquire_many(u32::try_from(HANDS).unwrap_or(1));
        let _ = tokio::time::timeout(FAREWELL, all).await;
    }

    async fn hand(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.hands).acquire_owned().await.ok()
    }
}

/// Sends what is due now, at most a batch of it. Returns how many rows were taken up. Slow receivers do
/// not hold the caller: what takes long goes on in the background.
///
/// # Errors
/// When the store fails. A receiver that fails is not an error: it is kept with its row.
pub async fn deliver_due(app: &App) -> Result<usize, WriteError> {
    let patience = tokio::time::Instant::now() + PATIENCE;
    let mut tasks = JoinSet::new();
    let mut taken = 0;
    while taken < MOST {
        let Ok(Some(first)) = tokio::time::timeout_at(patience, app.outbox.hand()).await else { break };
        let more = (1..HANDS).map_while(|_| Arc::clone(&app.outbox.hands).try_acquire_owned().ok());
        let hands: Vec<OwnedSemaphorePermit> = std::iter::once(first).chain(more).collect();
        let due = outbox::due(&mut app.reader(), app.now(), i64::try_from(hands.len()).unwrap_or(1)).await?;
        if due.is_empty() {
            break;
        }
        for (row, hand) in claim(app, due).await?.into_iter().zip(hands) {
            taken += 1;
            let app = app.clone();
            tasks.spawn(async move {
                if let Err(error) = send(&app, &row).await {
                    tracing::error!(%error, outbox = row.id, "what became of a delivery could not be kept; it is due again after its lease");
                }
                drop(hand);
            });
        }
    }
    while let Ok(Some(_)) = tokio::time::timeout_at(patience, tasks.join_next()).await {}
    tasks.detach_all();
    Ok(taken)
}

/// Takes rows for this node; what another node took in the meantime is not among the result.
async fn claim(app: &App, due: Vec<Pending>) -> Result<Vec<Pending>, StoreError> {
    let until = app.now() + LEASE;
    app.store
        .write(move |tx| {
            async move {
                let mut mine = vec![];
                for mut row in due {
                    if outbox::claim(tx, &row, until).await? {
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

async fn send(app: &App, row: &Pending) -> Result<(), WriteError> {
    if row.channel == check_ins::WAY {
        let result = match tokio::time::timeout(LONGEST, check_ins::deliver(app, row)).await {
            Ok(result) => result?,
            Err(_) => Err(Undelivered::Later(format!("No answer within {} s.", LONGEST.as_secs()))),
        };
        return keep(app, row, result).await;
    }
    if let Some(way) = Way::from_word(&row.channel) {
        let result = match tokio::time::timeout(LONGEST, updates::deliver(app, way, row)).await {
            Ok(result) => result?,
            Err(_) => Err(Undelivered::Later(format!("No answer within {} s.", LONGEST.as_secs()))),
        };
        return keep(app, row, result).await;
    }
    let result = match letter::of(app, row).await {
        Ok(letter) => match is_refused(app, &letter).await? {
            Some(why) => Err(Undelivered::Never(why)),
            None => match tokio::time::timeout(LONGEST, hand_over(app, &letter)).await {
                Ok(result) => result,
                Err(_) => Err(Undelivered::Later(format!("No answer within {} s.", LONGEST.as_secs()))),
            },
        },
        Err(StoreError::Corrupt { what, detail }) => Err(Undelivered::Never(format!("The stored {what} cannot be read: {detail}."))),
        Err(other) => return Err(other.into()),
    };
    keep(app, row, result).await
}

/// Why nothing is sent to this address, if nothing is: a server said that it does not exist.
async fn is_refused(app: &App, letter: &Letter) -> Result<Option<String>, StoreError> {
    if !matches!(letter.outbound.channel, Channel::Email | Channel::Form) {
        return Ok(None);
    }
    let why = mail::refused(&mut app.reader(), &letter.outbound.to.trim().to_lowercase()).await?;
    Ok(why.map(|why| format!("Mails to this address come back, so it was not sent: {why}")))
}

/// A letter to beyond a bridge goes there; all others by their channel.
async fn hand_over(app: &App, letter: &Letter) -> Result<(), Undelivered> {
    if letter.outbound.channel == Channel::Api {
        let callback = bridges::callback_of(app, letter.outbound.conversation).await;
        return match callback.map_err(|why| Undelivered::Later(format!("Where it goes could not be read: {why}.")))? {
            Some(callback) => bridges::call_back(app, letter, &callback).await,
            None => Ok(()),
        };
    }
    app.outbox.deliver.deliver(letter).await
}

async fn keep(app: &App, row: &Pending, result: Result<(), Undelivered>) -> Result<(), WriteError> {
    let (id, now) = (row.id, app.now());
    let outcome = if result.is_ok() { "sent" } else { "failed" };
    metrics::counter!("hypercare_deliveries_total", "channel" => row.channel.clone(), "outcome" => outcome).increment(1);
    let (failure, asked) = match result {
        Err(Undelivered::LaterThan(why, pause)) => (Err(Undelivered::Later(why)), Some(pause)),
        other => (other, None),
    };
    let error = match failure {
        Ok(()) => return app.store.write(move |tx| async move { outbox::sent(tx, id, now).await }.boxed()).await.map_err(WriteError::Store),
        Err(Undelivered::Later(why)) => match schedule::pause_after(row.attempts, asked) {
            Some(pause) => {
                tracing::warn!(outbox = id, attempts = row.attempts, %why, "a delivery failed and is tried again");
                return app
                    .store
                    .write(move |tx| async move { outbox::retry(tx, id, now + pause, &why).await }.boxed())
                    .await
                    .map_err(WriteError::Store);
            }
            None => format!("{} attempts failed; the last one: {why}", row.attempts),
        },
        Err(Undelivered::Never(why) | Undelivered::LaterThan(why, _)) => why,
    };
    tracing::warn!(outbox = id, %error, "a message will not be delivered");
    give_up(app, row, error).await
}

/// Keeps that it failed, with an event on the conversation: somebody is waiting for words that never came.
async fn give_up(app: &App, row: &Pending, error: String) -> Result<(), WriteError> {
    let (id, conversation, message) = (row.id, row.conversation_id, row.message_id);
    if let Some(way) = Way::from_word(&row.channel) {
        return updates::gave_up(app, way, row, error).await;
    }
    if row.channel == check_ins::WAY {
        return check_ins::gave_up(app, row, error).await;
    }
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                outbox::failed(tx, id, &error).await?;
                let window = tx.change::<Conversation>(conversation).await?.state().and_then(|c| c.window);
                let body = serde_json::json!({ "message": message.to_string(), "error": error }).to_string();
                tx.record("outbox.failed", ("conversation", conversation), window, &stamp, body).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}
