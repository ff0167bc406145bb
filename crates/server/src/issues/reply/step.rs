//! One step of a reply to all, taken by the engine when it is due. Who has been told is kept with each
//! conversation's message in the same transaction, so a crash between two steps neither loses nor repeats one.

use super::audience::{personal, unreachable};
use crate::App;
use crate::conversations::deliver;
use crate::knowledge::Catalogue;
use futures_util::FutureExt;
use hypercare_core::answer::Answer;
use hypercare_core::broadcast::{Broadcast, BroadcastCommand, BroadcastState, STEP_SIZE};
use hypercare_core::conversation::{AnswerUse, Command, Conversation};
use hypercare_core::{Actor, ActorKind, BroadcastId, ConversationId, Refusal, Stamp};
use hypercare_store::queries::{contacts, issues, mail};
use hypercare_store::{StoreError, Tx, WriteError};
use std::sync::Arc;

/// What became of one conversation.
enum Outcome {
    Sent,
    Failed(String),
}

/// Tells the next few conversations. Returns whether there is more to do: false once it is done or stopped.
///
/// # Errors
/// When there is no such reply to all, or the store failed; then nothing of this step was kept.
pub async fn step(app: &App, id: BroadcastId) -> Result<bool, WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    let (now, support) = (app.now(), app.config.mail_from.clone());
    let engine = Stamp::new(Actor::system(), now);
    app.store.write(move |tx| advance(tx, catalogue, id, support, engine).boxed()).await
}

async fn advance(tx: &mut Tx, catalogue: Arc<Catalogue>, id: BroadcastId, support: String, engine: Stamp) -> Result<bool, WriteError> {
    let mut change = tx.change::<Broadcast>(id).await?;
    let broadcast = change.existing()?.clone();
    if broadcast.state != BroadcastState::Running {
        return Ok(false);
    }
    // Another node may have taken this step already.
    if broadcast.next_at.is_some_and(|due| due > engine.at) {
        return Ok(true);
    }
    let letter = Letter::new(tx, &broadcast, &engine, support).await?;
    let (mut sent, mut failed) = (0, 0);
    for conversation in issues::untold(tx, broadcast.issue, id, STEP_SIZE).await? {
        match letter.deliver(tx, &catalogue, conversation).await? {
            Outcome::Sent => sent += 1,
            Outcome::Failed(reason) => {
                issues::failed(tx, id, conversation, &reason).await?;
                failed += 1;
            }
        }
    }
    let done = issues::untold(tx, broadcast.issue, id, 1).await?.is_empty();
    change.run(BroadcastCommand::Progress { sent, failed, done }, &engine, &())?;
    tx.save(change).await?;
    Ok(!done)
}

/// What goes to everybody.
struct Letter<'a> {
    broadcast: &'a Broadcast,
    answer: Option<AnswerUse>,
    /// In the name of who started it, now.
    stamp: Stamp,
    support: String,
}

impl<'a> Letter<'a> {
    async fn new(tx: &mut Tx, broadcast: &'a Broadcast, engine: &Stamp, support: String) -> Result<Self, StoreError> {
        let answer = match broadcast.answer {
            Some((id, version)) => hypercare_store::load::<Answer>(tx, id.0).await?.and_then(|a| {
                let used = a.versions.into_iter().find(|v| v.version == version)?;
                Some(AnswerUse { answer: id, version, title: used.text.title, source: used.text.source, confidence: None })
            }),
            None => None,
        };
        let actor = Actor { kind: ActorKind::Person, user: None, name: broadcast.started_by.clone() };
        Ok(Self { broadcast, answer, stamp: Stamp::new(actor, engine.at), support })
    }

    async fn deliver(&self, tx: &mut Tx, catalogue: &Catalogue, id: ConversationId) -> Result<Outcome, WriteError> {
        let mut change = tx.change::<Conversation>(id).await?;
        let state = change.existing()?;
        let contact = contacts::by_id(tx, state.contact).await?.ok_or_else(|| Refusal::not_found("customer"))?;
        let no_news = mail::wants_no_news(tx, state.contact).await?;
        if let Some(reason) = unreachable(state.channel, contact.email.as_deref(), no_news) {
            return Ok(Outcome::Failed(reason.into()));
        }
        let command = Command::Broadcast {
            message: tx.new_id(self.stamp.at),
            broadcast: self.broadcast.id,
            text: personal(&self.broadcast.text, &contact.name, contact.email.as_deref()),
            answer: self.answer.clone(),
            resolve: self.broadcast.resolve,
        };
        let env = catalogue.env(state.window);
        // One conversation that cannot take the message must not hold up the others.
        if let Err(refusal) = change.run(command, &self.stamp, &env) {
            return Ok(Outcome::Failed(refusal.detail));
        }
        deliver::queue(tx, &change, &contact, &self.support, self.stamp.at).await?;
        tx.save(change).await?;
        Ok(Outcome::Sent)
    }
}
