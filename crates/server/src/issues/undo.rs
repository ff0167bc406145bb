//! Takes back what a person decided about an issue: what is known of it becomes what it was, and conversations go back where they
//! were. What came in since stays where it joined.

use super::merge::relink;
use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::broadcast::BroadcastState;
use hypercare_core::conversation::{Command, Conversation, Event};
use hypercare_core::issue::{Issue, IssueCommand, Taken};
use hypercare_core::{ConversationId, IssueId, Refusal, Stamp, Timestamp};
use hypercare_store::queries::{events, issues};
use hypercare_store::{StoreError, Tx, WriteError};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Conversations read at a time.
const PAGE: i64 = 200;
/// Links of a conversation that are looked through: the newest.
const LINKS: i64 = 50;

/// Which step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// Its number: `last_step` of the issue, or `step` in its history.
    step: u32,
}

/// Takes a step back, and what it did to conversations and other issues with it.
///
/// # Errors
/// When the rules refuse or the store fails.
pub async fn undo(tx: &mut Tx, catalogue: &Catalogue, id: IssueId, number: u32, stamp: &Stamp) -> Result<Issue, WriteError> {
    let mut change = tx.change::<Issue>(id).await?;
    let step = change.existing()?.step(number).cloned();
    // An unknown number is refused in the rules' words, and one that was taken back changes nothing.
    let happened = change.run(IssueCommand::Undo { step: number }, stamp, &())?;
    let Some(step) = step.filter(|_| happened) else { return tx.save(change).await };
    match step.what {
        Taken::Confirmed { .. } | Taken::Dismissed | Taken::Refused { .. } => tx.save(change).await,
        Taken::Merged { into, .. } => {
            let gone = tx.save(change).await?;
            apart(tx, catalogue, &gone, into, step.at, stamp).await?;
            Ok(gone)
        }
        Taken::Absorbed { from, .. } => {
            let other = tx.change::<Issue>(from).await?;
            let merged = other.existing()?.steps.iter().rev().find(|s| !s.undone && matches!(s.what, Taken::Merged { into, .. } if into == id));
            let merged = merged.map(|s| (s.number, s.at)).ok_or_else(|| Refusal::conflict("The two were parted already."))?;
            // Undone there first, so that the rules of both are asked.
            let mut other = other;
            other.run(IssueCommand::Undo { step: merged.0 }, stamp, &())?;
            let gone = tx.save(other).await?;
            let stays = tx.save(change).await?;
            back(tx, catalogue, &gone, id, merged.1, stamp).await?;
            Ok(stays)
        }
        Taken::Split { into, .. } => {
            if issues::broadcasts(tx, into).await?.iter().any(|b| b.state == BroadcastState::Running) {
                return Err(Refusal::conflict("A reply to all about the other issue is running. Let it finish or stop it first.").into());
            }
            let old = tx.save(change).await?;
            let mut new = tx.change::<Issue>(into).await?;
            if new.existing()?.merged_into.is_some_and(|other| other != id) {
                return Err(Refusal::conflict("The other issue was merged into a third one: take that back first.").into());
            }
            new.run(IssueCommand::MergeInto { into: id }, stamp, &())?;
            tx.save(new).await?;
            relink(tx, catalogue, into, &old, stamp).await?;
            Ok(old)
        }
        Taken::TookOut { conversation, .. } => {
            let issue = tx.save(change).await?;
            move_one(tx, catalogue, conversation, None, Some(&issue), stamp).await?;
            Ok(issue)
        }
        Taken::Accepted { conversation, .. } => {
            let issue = tx.save(change).await?;
            move_one(tx, catalogue, conversation, Some(id), None, stamp).await?;
            Ok(issue)
        }
    }
}

/// Links a conversation back, if it still is where the step left it.
async fn move_one(
    tx: &mut Tx,
    catalogue: &Catalogue,
    conversation: ConversationId,
    from: Option<IssueId>,
    to: Option<&Issue>,
    stamp: &Stamp,
) -> Result<(), WriteError> {
    let mut change = tx.change::<Conversation>(conversation).await?;
    let now = change.existing()?;
    if now.issue != from {
        return Err(Refusal::conflict(format!("“{}” was linked elsewhere since: change its link in the inbox.", now.subject)).into());
    }
    let env = catalogue.env(now.window);
    let link = Command::Link { issue: to.map(|issue| issue.id), title: to.map(|issue| issue.title.clone()).unwrap_or_default() };
    change.run(link, stamp, &env)?;
    tx.save(change).await.map(drop)
}

/// Parts an issue from the one that it was merged into at `at`.
async fn apart(tx: &mut Tx, catalogue: &Catalogue, gone: &Issue, into: IssueId, at: Timestamp, stamp: &Stamp) -> Result<(), WriteError> {
    let mut stays = tx.change::<Issue>(into).await?;
    let absorbed = stays.existing()?.absorbed(gone.id);
    let absorbed = absorbed.ok_or_else(|| Refusal::conflict("The two cannot be parted any more: split the issue that goes on instead."))?;
    stays.run(IssueCommand::Undo { step: absorbed }, stamp, &())?;
    tx.save(stays).await?;
    back(tx, catalogue, gone, into, at, stamp).await
}

/// Takes back the conversations that went along with a merge at `at` and are still where it brought them.
async fn back(tx: &mut Tx, catalogue: &Catalogue, gone: &Issue, into: IssueId, at: Timestamp, stamp: &Stamp) -> Result<(), WriteError> {
    let mut after = 0;
    loop {
        let linked = issues::linked(tx, into, after, PAGE).await?;
        let Some(last) = linked.last() else { return Ok(()) };
        after = last.0;
        for conversation in linked {
            if came(tx, conversation, gone.id, at).await? {
                move_one(tx, catalogue, conversation, Some(into), Some(gone), stamp).await?;
            }
        }
    }
}

/// Whether a conversation came from this issue at this time. What was moved on and back since counts: it is where the merge left it.
async fn came(tx: &mut Tx, conversation: ConversationId, from: IssueId, at: Timestamp) -> Result<bool, WriteError> {
    for line in events::newest_of_subject(tx, "conversation", conversation.0, "conversation.linked", LINKS).await? {
        let event = serde_json::from_str(&line.body).map_err(|why| StoreError::Corrupt { what: "event", detail: why.to_string() })?;
        if let Event::Linked { from: known, .. } = event
            && line.at == at.0
            && known == Some(from)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Take back a decision about an issue
#[utoipa::path(post, path = "/issues/{id}/undo", tag = "issues", params(("id" = IssueId, Path)), request_body = Undo,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn undo_issue_step(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(wanted): Body<Undo>,
) -> ApiResult<Json<IssueView>> {
    let stamp = caller.stamp(&app);
    let catalogue: Arc<Catalogue> = app.knowledge.current(&app).await?;
    let issue = app.store.write(move |tx| async move { undo(tx, &catalogue, id, wanted.step, &stamp).await }.boxed()).await?;
    super::decided(&app).await;
    app.wake.notify_one();
    reach::one(&app, issue).await.map(Json)
}
