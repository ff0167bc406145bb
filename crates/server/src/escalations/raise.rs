//! Handing a conversation over, with what the receiver has to know.

use super::{EARLIER, passing};
use crate::App;
use crate::conversations::{deliver, types::ConversationView, view};
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::escalation::{Answered, Escalation, EscalationCommand, Raise};
use hypercare_core::plan::EscalationPath;
use hypercare_core::window::Window;
use hypercare_core::{ConversationId, EscalationId, Refusal, Stamp};
use hypercare_store::queries::{contacts, escalations};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Where to and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalateBody {
    /// Key of an escalation path of the plan, or a team's name. Only a path is followed level by level.
    to: String,
    /// What the receiver has to know.
    reason: String,
    /// Answers to what the path asks, each question once.
    #[serde(default)]
    context: Vec<Answered>,
    /// Say to the customer that others look at it now, and that they need not explain it again.
    #[serde(default)]
    tell_customer: bool,
}

/// What is handed over, and how.
#[derive(Clone, Debug, Default)]
pub struct Escalated {
    /// Key of a path, or a team's name.
    pub to: String,
    /// Answers to what the path asks.
    pub context: Vec<Answered>,
    /// Whether the customer is told.
    pub tell_customer: bool,
}

/// Hand a conversation to another team
///
/// Where `to` is a path of the plan, whom it names first is told at once, and has to acknowledge in its time; then the next one is told, and so on. An
/// escalation that was still open is over: it goes on another way. More than two, or the same path again, is marked as bouncing, and the leads are told.
#[utoipa::path(post, path = "/conversations/{id}/escalate", operation_id = "escalate_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = EscalateBody,
    responses((status = 200, body = ConversationView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn escalate_conversation(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<EscalateBody>,
) -> ApiResult<Json<ConversationView>> {
    let what = Escalated { to: body.to, context: body.context, tell_customer: body.tell_customer };
    escalate(&app, id, what, me.stamp(&app).because(body.reason)).await?;
    view(&app, id).await.map(Json)
}

/// Hands a conversation over; the reason is in the stamp.
///
/// # Errors
/// When the rules refuse or the store fails.
pub async fn escalate(app: &App, id: ConversationId, what: Escalated, stamp: Stamp) -> Result<(), WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    let mail_from = app.config.mail_from.clone();
    app.store.write(move |tx| async move { raise(tx, id, what, &stamp, &catalogue, &mail_from).await }.boxed()).await?;
    app.wake.notify_one();
    Ok(())
}

async fn raise(tx: &mut Tx, id: ConversationId, what: Escalated, stamp: &Stamp, catalogue: &Catalogue, mail_from: &str) -> Result<(), WriteError> {
    let mut change = tx.change::<Conversation>(id).await?;
    let c = change.existing()?.clone();
    let env = catalogue.env(c.window);
    let window = match c.window {
        Some(window) => hypercare_store::load::<Window>(tx, window.0).await?,
        None => None,
    };
    let path = window.as_ref().and_then(|w| w.plan.escalations.iter().find(|path| path.key == what.to.trim()).cloned());
    if path.is_none() && !what.context.is_empty() {
        return Err(Refusal::field("context", "Only a path of the plan asks something: leave the answers out, or name the path.").into());
    }
    change.run(Command::Escalate { to: path.as_ref().map_or_else(|| what.to.clone(), |path| path.key.clone()) }, stamp, &env)?;
    if what.tell_customer {
        let name = path.as_ref().map_or(what.to.trim(), |path| path.name.trim());
        change.run(Command::Inform { message: tx.new_id(stamp.at), text: told(name) }, stamp, &env)?;
        let contact = contacts::by_id(tx, c.contact).await?.ok_or_else(|| Refusal::not_found("customer"))?;
        deliver::queue(tx, &change, &contact, mail_from, stamp.at).await?;
    }
    tx.save(change).await?;
    let earlier = escalations::of_conversation(tx, id, EARLIER).await?;
    // It goes on another way: nobody is called for the earlier one any more.
    for one in earlier.iter().filter(|one| one.state.is_open()) {
        tx.execute::<Escalation>(one.id, EscalationCommand::End, stamp, &()).await?;
    }
    if let Some((window, path)) = window.zip(path) {
        let raise = of_path(tx, &window, path, &c, what.context, &earlier, stamp).await?;
        tx.execute::<Escalation>(raise.id, EscalationCommand::Raise { raise: Box::new(raise) }, stamp, &()).await?;
    }
    Ok(())
}

async fn of_path(
    tx: &mut Tx,
    window: &Window,
    path: EscalationPath,
    c: &Conversation,
    context: Vec<Answered>,
    earlier: &[Escalation],
    stamp: &Stamp,
) -> Result<Raise, WriteError> {
    let id: EscalationId = tx.new_id(stamp.at);
    Ok(Raise {
        id,
        window: window.id,
        conversation: c.id,
        people: passing::accounts(tx, &path.to).await?,
        leads: passing::leads(tx).await?,
        within: path.acknowledge.map(|length| length.0),
        path: path.key,
        name: path.name,
        levels: path.to,
        severity: c.triage.severity,
        asks: path.asks,
        context,
        earlier: earlier.iter().rev().map(|one| one.path.clone()).collect(),
    })
}

/// What the customer reads: who has it now, and that nothing is lost.
fn told(name: &str) -> String {
    format!("We have passed your matter on to {name}, with everything that you told us. You do not need to explain it again; you hear from us here.")
}
