//! How things stand that a notice told of, when its time has come.

use hypercare_core::conversation::Conversation;
use hypercare_core::decision::Decision;
use hypercare_core::escalation::State;
use hypercare_core::notice::Kind;
use hypercare_core::notice::route::Standing;
use hypercare_core::update::Update;
use hypercare_core::{ConversationId, UserId};
use hypercare_store::queries::escalations;
use hypercare_store::queries::sends::Due;
use hypercare_store::{Query, StoreError, load};

/// Escalations of one conversation that are looked at.
const ESCALATIONS: i64 = 20;

/// How things stand for one notice of somebody.
pub(super) async fn standing(q: &mut impl Query, user: UserId, kind: Kind, due: &Due) -> Result<Standing, StoreError> {
    let read = due.read_at.is_some();
    let waits = match kind {
        Kind::Asked | Kind::Waits => match due.decision_id {
            Some(id) => load::<Decision>(q, id).await?.map(|d| d.ruling.is_none()),
            None => None,
        },
        Kind::Escalated => match due.conversation_id {
            Some(id) => {
                let all = escalations::of_conversation(q, ConversationId(id), ESCALATIONS).await?;
                Some(all.iter().any(|e| e.state == State::Waiting))
            }
            None => None,
        },
        Kind::UpdateAsked | Kind::UpdateDueSoon | Kind::UpdateOverdue => match due.update_id {
            Some(id) => load::<Update>(q, id).await?.map(|matter| match kind {
                Kind::UpdateAsked => matter.draft.as_ref().is_some_and(|draft| draft.asked && draft.approved.is_none()),
                _ => matter.newest().is_none_or(|entry| entry.published_at.0 <= due.at),
            }),
            None => None,
        },
        _ => None,
    };
    let theirs = match (kind, due.conversation_id) {
        (Kind::Assigned | Kind::Message | Kind::BreachSoon, Some(id)) => {
            load::<Conversation>(q, id).await?.map(|c| c.assignee == Some(user) && c.resolved_at.is_none() && c.merged.is_none())
        }
        _ => None,
    };
    Ok(Standing { read, waits, theirs })
}
