//! Taking an action back: each conversation becomes what it was, as long as nobody did anything with it since.

use super::{BulkOutcome, BulkResult, Outcome, kept_from};
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::PathId;
use crate::http::problem::{ApiResult, Problem};
use crate::issues;
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::issue::Issue;
use hypercare_core::{BulkId, ConversationId, IssueId, Refusal, Stamp, UserId};
use hypercare_store::queries::{bulk as stored, people};
use hypercare_store::{Tx, WriteError};
use std::sync::Arc;

/// Take back an action on many conversations
///
/// Each gets back what the action changed, unless something else happened to it since: those are named and stay as they are. Only who
/// did it can take it back, for a day.
#[utoipa::path(post, path = "/conversations/bulk/{id}/undo", operation_id = "undo_change_of_conversations", tag = "conversations", params(("id" = BulkId, Path)),
    responses((status = 200, body = BulkResult), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn undo_bulk(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<BulkId>) -> ApiResult<Json<BulkResult>> {
    let stamp = me.stamp(&app);
    let whose = stored::whose(&mut app.reader(), id, kept_from(stamp.at)).await?;
    let whose = whose.ok_or_else(|| Problem::not_found("action that can still be taken back: it is kept for a day"))?;
    if whose != me.key {
        return Err(Problem::conflict("Somebody else did this: only they can take it back at once. Change the conversations yourself."));
    }
    let catalogue = app.knowledge.current(&app).await?;
    let (mut outcomes, mut linked) = (vec![], false);
    // One after the other, the last first: an issue remembers its latest steps, and these are taken back as steps.
    for item in stored::items(&mut app.reader(), id).await? {
        let (catalogue, stamp, conversation) = (Arc::clone(&catalogue), stamp.clone(), item.conversation);
        let change = app.store.write(move |tx| async move { back(tx, &catalogue, id, conversation, &stamp).await }.boxed()).await;
        linked |= matches!(change, Ok((_, true)));
        outcomes.push(BulkOutcome::of(conversation, change.map(|(outcome, _)| outcome)));
    }
    outcomes.reverse();
    if linked {
        issues::decided(&app).await;
    }
    app.wake.notify_one();
    Ok(Json(BulkResult::new(id, outcomes)))
}

/// Says also whether an issue learned of it.
async fn back(tx: &mut Tx, catalogue: &Catalogue, id: BulkId, conversation: ConversationId, stamp: &Stamp) -> Result<(Outcome, bool), WriteError> {
    // In the writer's turn: of two who take it back at once the second finds it done.
    let Some(item) = stored::one(tx, id, conversation).await?.filter(|item| !item.undone) else { return Ok((Outcome::Unchanged, false)) };
    if let Some(who) = stored::since(tx, conversation, item.seq).await? {
        return Err(Refusal::conflict(format!("Something was done with it since, by {who}: it stays as it is.")).into());
    }
    let now = tx.change::<Conversation>(conversation).await?;
    let (is, was) = (now.existing()?.issue, item.found.issue);
    drop(now);
    if is != was {
        unlink(tx, catalogue, conversation, is, was, stamp).await?;
    }
    let mut change = tx.change::<Conversation>(conversation).await?;
    let now = change.existing()?;
    let (window, name) = (now.window, assignee(tx, item.found.assignee.filter(|_| now.assignee != item.found.assignee)).await?);
    for command in item.found.back(change.existing()?, &name, stamp.at) {
        change.run(command, stamp, &catalogue.env(window))?;
    }
    tx.save(change).await?;
    stored::undone(tx, id, conversation).await?;
    Ok((Outcome::Done, is != was))
}

/// What the two issues learned by the link is forgotten with it, where they still know the step; else they learn the way back.
async fn unlink(
    tx: &mut Tx,
    catalogue: &Catalogue,
    conversation: ConversationId,
    is: Option<IssueId>,
    was: Option<IssueId>,
    stamp: &Stamp,
) -> Result<(), WriteError> {
    let mut apart = is.is_none();
    if let Some(issue) = is
        && let Some(step) = tx.change::<Issue>(issue).await?.state().and_then(|i| i.joined(conversation))
    {
        issues::undo(tx, catalogue, issue, step, stamp).await?;
        apart = true;
    }
    if let Some(issue) = was.filter(|_| apart)
        && let Some(step) = tx.change::<Issue>(issue).await?.state().and_then(|i| i.left(conversation))
    {
        issues::undo(tx, catalogue, issue, step, stamp).await?;
    }
    issues::relink(tx, catalogue, conversation, was, stamp).await.map(drop)
}

/// The name of who had it: it is not given back to somebody who has left.
async fn assignee(tx: &mut Tx, user: Option<UserId>) -> Result<String, WriteError> {
    let Some(user) = user else { return Ok(String::new()) };
    let person = people::by_id(tx, user).await?.filter(|person| !person.disabled);
    Ok(person.ok_or_else(|| Refusal::conflict("Who had it before cannot sign in any more: assign it anew."))?.name)
}
