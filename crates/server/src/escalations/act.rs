//! What those who are reached say: seen, mine, not mine.

use super::view::{EscalationView, one};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::escalation::{Escalation, EscalationCommand};
use hypercare_core::role::Permission;
use hypercare_core::{EscalationId, Refusal, Stamp, UserId};
use hypercare_store::queries::people;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Say that you have seen it
///
/// The clock stands: no further level is called. Only whom the path names, and leads, may say so.
#[utoipa::path(post, path = "/escalations/{id}/acknowledge", tag = "escalations", params(("id" = EscalationId, Path)),
    responses((status = 200, body = EscalationView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn acknowledge_escalation(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<EscalationId>,
) -> ApiResult<Json<EscalationView>> {
    said(&app, &caller, id, EscalationCommand::Acknowledge, String::new()).await
}

/// Accept it
///
/// You work on it: the conversation is yours.
#[utoipa::path(post, path = "/escalations/{id}/accept", tag = "escalations", params(("id" = EscalationId, Path)),
    responses((status = 200, body = EscalationView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn accept_escalation(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<EscalationId>,
) -> ApiResult<Json<EscalationView>> {
    said(&app, &caller, id, EscalationCommand::Accept, String::new()).await
}

/// Why it goes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnBody {
    /// What to do instead.
    #[serde(default)]
    reason: String,
}

/// Give it back
///
/// With a reason, to whoever escalated it: the conversation is theirs again.
#[utoipa::path(post, path = "/escalations/{id}/return", tag = "escalations", params(("id" = EscalationId, Path)), request_body = ReturnBody,
    responses((status = 200, body = EscalationView), (status = 403, description = "Names those who may", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn return_escalation(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<EscalationId>,
    Body(body): Body<ReturnBody>,
) -> ApiResult<Json<EscalationView>> {
    said(&app, &caller, id, EscalationCommand::Return, body.reason).await
}

async fn said(app: &App, caller: &Caller, id: EscalationId, command: EscalationCommand, reason: String) -> ApiResult<Json<EscalationView>> {
    let (caller_of_it, stamp) = (caller.clone(), caller.stamp(app).because(reason));
    let catalogue = app.knowledge.current(app).await?;
    let after = app.store.write(move |tx| async move { say(tx, caller_of_it, id, command, &stamp, &catalogue).await }.boxed()).await?;
    app.wake.notify_one();
    one(app, after).await.map(Json)
}

async fn say(
    tx: &mut Tx,
    caller: Caller,
    id: EscalationId,
    command: EscalationCommand,
    stamp: &Stamp,
    catalogue: &Catalogue,
) -> Result<Escalation, WriteError> {
    let mut change = tx.change::<Escalation>(id).await?;
    let e = change.existing()?.clone();
    let user = may(&e, &caller)?;
    let (accepts, returns) = (matches!(command, EscalationCommand::Accept), matches!(command, EscalationCommand::Return));
    let happened = change.run(command, stamp, &())?;
    let after = tx.save(change).await?;
    if happened && (accepts || returns) {
        let to = if accepts { Some(user) } else { e.raiser };
        hand(tx, &e, to, returns, stamp, catalogue).await?;
    }
    Ok(after)
}

/// Whom the path names, and leads.
fn may(e: &Escalation, caller: &Caller) -> Result<UserId, Refusal> {
    let person = caller.user.as_ref().ok_or_else(|| Refusal::forbidden("Only a person can take an escalation on."))?;
    if caller.may(Permission::WindowsWrite) || e.names(&person.email) {
        return Ok(person.id());
    }
    Err(Refusal::forbidden(format!("This escalation is for {}, or a lead.", e.levels.join(", "))))
}

/// The conversation follows: to whoever accepted it, or back to whoever escalated it.
async fn hand(tx: &mut Tx, e: &Escalation, to: Option<UserId>, back: bool, stamp: &Stamp, catalogue: &Catalogue) -> Result<(), WriteError> {
    let person = match to {
        Some(user) => people::by_id(tx, user).await?.filter(|person| !person.disabled),
        None => None,
    };
    let mut change = tx.change::<Conversation>(e.conversation).await?;
    let Some(c) = change.state() else { return Ok(()) };
    let env = catalogue.env(c.window);
    // Settled, or read in another conversation: nobody is given it.
    if c.resolved_at.is_some() || c.merged.is_some() {
        return Ok(());
    }
    if back {
        change.run(Command::EscalationOver, stamp, &env)?;
    }
    let (to, name) = person.map_or((None, String::new()), |person| (Some(UserId(person.id)), person.name));
    change.run(Command::Assign { to, name }, stamp, &env)?;
    tx.save(change).await.map(drop)
}
