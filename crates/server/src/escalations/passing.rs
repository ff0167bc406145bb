//! What happens by itself: the next level is called, and what is settled is over.

use super::EARLIER;
use crate::App;
use futures_util::FutureExt;
use hypercare_core::escalation::{Escalation, EscalationCommand};
use hypercare_core::role::Role;
use hypercare_core::{Actor, ConversationId, EscalationId, UserId};
use hypercare_store::queries::{escalations, people};
use hypercare_store::{Query, StoreError, Tx, WriteError};

/// Leads who are told of one escalation.
const MOST: usize = 20;

/// Does what is due for an escalation by now.
///
/// # Errors
/// When the store fails.
pub async fn time_passed(app: &App, id: EscalationId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Escalation>(id).await?;
                let Some(e) = change.state().cloned() else { return Ok(()) };
                let command = EscalationCommand::TimePassed { people: accounts(tx, &e.levels).await?, leads: leads(tx).await? };
                change.run(command, &stamp, &())?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await
}

/// A conversation is settled, or read elsewhere: its escalations are over.
///
/// # Errors
/// When the store fails.
pub async fn settled(app: &App, conversation: ConversationId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store.write(move |tx| async move { end(tx, conversation, &stamp).await }.boxed()).await
}

async fn end(tx: &mut Tx, conversation: ConversationId, stamp: &hypercare_core::Stamp) -> Result<(), WriteError> {
    let state = hypercare_store::load::<hypercare_core::conversation::Conversation>(tx, conversation.0).await?;
    // It came back meanwhile.
    if state.is_none_or(|c| c.resolved_at.is_none() && c.merged.is_none()) {
        return Ok(());
    }
    for one in escalations::of_conversation(tx, conversation, EARLIER).await?.iter().filter(|one| one.state.is_open()) {
        tx.execute::<Escalation>(one.id, EscalationCommand::End, stamp, &()).await?;
    }
    Ok(())
}

/// The accounts behind addresses, in their order; none where nobody can sign in with it.
pub(super) async fn accounts(tx: &mut Tx, emails: &[String]) -> Result<Vec<Option<UserId>>, StoreError> {
    let all = people::list(tx).await?;
    let account = |email: &String| {
        let found = all.iter().find(|person| !person.disabled && person.email.eq_ignore_ascii_case(email.trim()));
        found.map(|person| UserId(person.id))
    };
    Ok(emails.iter().map(account).collect())
}

/// The leads.
pub(super) async fn leads(q: &mut impl Query) -> Result<Vec<UserId>, StoreError> {
    let all = people::list(q).await?;
    let leads = all.into_iter().filter(|person| !person.disabled && Role::from_word(&person.role) == Some(Role::Lead));
    Ok(leads.map(|person| UserId(person.id)).take(MOST).collect())
}
