//! What a machine says in a conversation: kept and shown, and nothing follows from it.

use super::{Action, Received, Way, known_message};
use crate::App;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::channel::Inbound;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::{Actor, ConversationId, MessageId, Refusal};
use hypercare_store::queries::joined;
use hypercare_store::{Tx, WriteError};

pub(super) async fn take_in<F>(app: &App, inbound: Inbound, way: Way, also: F) -> Result<Received, WriteError>
where
    F: for<'t> FnOnce(&'t mut Tx, ConversationId, MessageId) -> BoxFuture<'t, Result<(), WriteError>> + Send + 'static,
{
    let catalogue = app.knowledge.current(app).await?;
    let name = inbound.sender.name.clone().unwrap_or_else(|| inbound.sender.key.clone());
    let stamp = app.stamp(Actor::customer(name.clone()));
    let (Some(id), Some(hand)) = (inbound.conversation, way.hand) else {
        return Err(Refusal::conflict("What a machine says begins no conversation.").into());
    };
    app.store
        .write(move |tx| {
            async move {
                if let Some(known) = known_message(tx, &inbound).await? {
                    also(tx, known.conversation, known.message).await?;
                    return Ok::<_, WriteError>(known);
                }
                let id = joined::home(tx, id).await?.unwrap_or(id);
                let mut change = tx.change::<Conversation>(id).await?;
                let window = change.existing()?.window;
                let message: MessageId = tx.new_id(stamp.at);
                let command = Command::TakeIn { message, external_id: inbound.external_id, name, text: inbound.text, hand };
                change.run(command, &stamp, &catalogue.env(window))?;
                let state = tx.save(change).await?;
                also(tx, id, message).await?;
                Ok(Received { conversation: id, message, duplicate: false, triage: state.triage, action: Action::Silent })
            }
            .boxed()
        })
        .await
}
