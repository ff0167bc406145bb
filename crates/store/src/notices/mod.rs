//! Who of the team is told that something concerns them. Written in the transaction of the event itself, so that it is once by
//! construction, on several nodes too, and no path around it exists. What is imported tells nobody.

mod mentions;
mod rota;
mod rules;

pub use mentions::{MENTIONED, mentioned, named};
pub(crate) use rota::of_rota;
pub use rules::Kind;
pub(crate) use rules::Tell;

use crate::queries::{notices, presence};
use crate::{StoreError, Tx};
use hypercare_core::conversation::{Author, Conversation, Event};
use hypercare_core::decision::{Decision, DecisionEvent};
use hypercare_core::{Stamp, UserId};

/// People in one conversation who are looked for.
const LOOKING: i64 = 50;

/// Tells whom the events of a conversation concern. To be called before they are recorded: each notice carries the number that its event
/// will have.
pub(crate) async fn of_conversation(tx: &mut Tx, c: &Conversation, events: &[(Event, Stamp)]) -> Result<(), StoreError> {
    if events.iter().any(|(event, _)| matches!(event, Event::Imported { .. })) {
        return Ok(());
    }
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        let looking = looking(tx, c, event, stamp).await?;
        for tell in rules::of_conversation(event, c, &stamp.actor, &looking) {
            notices::tell(tx, &tell, Some(c.id), None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Who has it before their eyes just now; asked only where it decides something.
async fn looking(tx: &mut Tx, c: &Conversation, event: &Event, stamp: &Stamp) -> Result<Vec<UserId>, StoreError> {
    let asked = c.assignee.is_some() && matches!(event, Event::MessageAdded { message } if message.author == Author::Customer);
    if !asked {
        return Ok(vec![]);
    }
    let there = presence::in_one(tx, c.id, stamp.at, LOOKING).await?;
    Ok(there.into_iter().map(|one| UserId(one.user_id)).collect())
}

/// Tells whoever asked that it was decided.
pub(crate) async fn of_decision(tx: &mut Tx, d: &Decision, events: &[(DecisionEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        let DecisionEvent::Decided { ruling } = event else { continue };
        // Asked and decided in one change: nobody waited for it.
        let Some(asker) = notices::asker(tx, d.id).await? else { continue };
        if let Some(tell) = rules::of_decision(*ruling, asker, &stamp.actor) {
            notices::tell(tx, &tell, d.conversation, Some(d.id), stamp, seq).await?;
        }
    }
    Ok(())
}
