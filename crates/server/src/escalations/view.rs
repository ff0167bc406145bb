//! An escalation as the API shows it.

use crate::App;
use crate::http::{ApiResult, Problem};
use crate::windows::owner::{self, name_of};
use hypercare_core::escalation::{Answered, Escalation, State};
use hypercare_core::{ConversationId, EscalationId, Severity, Timestamp, WindowId};
use hypercare_store::Reader;
use hypercare_store::queries::{conversations, escalations};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// One level of a path.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EscalationLevel {
    /// Whom it reaches: an address.
    email: String,
    /// Their name, or the address of somebody who never signed in.
    name: String,
}

/// An escalation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Escalation)]
pub struct EscalationView {
    /// Id.
    pub id: EscalationId,
    /// Of which window.
    pub window: WindowId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Its subject line.
    pub subject: String,
    /// Its customer's name.
    pub customer: String,
    /// How bad it was when it was escalated.
    pub severity: Severity,
    /// Key of the path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Whom it reaches, level by level.
    pub levels: Vec<EscalationLevel>,
    /// The level that is reached, 0 for the first.
    pub level: u32,
    /// How often all levels were gone through before.
    pub round: u32,
    /// Where it stands.
    pub state: State,
    /// When the level that is reached has to have acknowledged; none where no clock runs.
    pub acknowledge_by: Option<Timestamp>,
    /// All levels were called several times, and nobody said anything.
    pub exhausted: bool,
    /// It went to and fro: more than two escalations of one conversation, or the same path again.
    pub bouncing: bool,
    /// What was asked once.
    pub context: Vec<Answered>,
    /// Why it was escalated.
    pub reason: String,
    /// Who escalated it.
    pub raised_by: String,
    /// When.
    pub raised_at: Timestamp,
    /// Who acknowledged, accepted or gave it back, last.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Why it was given back.
    pub returned_because: Option<String>,
}

/// Views of escalations.
///
/// # Errors
/// When the database fails.
pub(super) async fn views(app: &App, list: Vec<Escalation>) -> ApiResult<Vec<EscalationView>> {
    let mut reader = app.reader();
    let names = owner::names(&mut reader).await?;
    let mut shown = vec![];
    for e in list {
        shown.push(view(&mut reader, e, &names).await?);
    }
    Ok(shown)
}

/// The view of one escalation.
///
/// # Errors
/// When the database fails.
pub(super) async fn one(app: &App, e: Escalation) -> ApiResult<EscalationView> {
    views(app, vec![e]).await?.pop().ok_or_else(Problem::internal)
}

/// The newest escalation of a conversation, unless it is over.
///
/// # Errors
/// When the database fails.
pub(crate) async fn latest(reader: &mut Reader, conversation: ConversationId) -> ApiResult<Option<EscalationView>> {
    let Some(e) = escalations::of_conversation(reader, conversation, 1).await?.pop().filter(|e| e.state != State::Ended) else { return Ok(None) };
    let names = owner::names(reader).await?;
    view(reader, e, &names).await.map(Some)
}

async fn view(reader: &mut Reader, e: Escalation, names: &HashMap<String, String>) -> ApiResult<EscalationView> {
    let line = conversations::line(reader, e.conversation).await?;
    let (subject, customer) = line.map(|line| (line.subject, line.contact_name)).unwrap_or_default();
    Ok(EscalationView {
        acknowledge_by: e.acknowledge_by(),
        levels: e.levels.iter().map(|email| EscalationLevel { name: name_of(names, email), email: email.clone() }).collect(),
        id: e.id,
        window: e.window,
        conversation: e.conversation,
        subject,
        customer,
        severity: e.severity,
        path: e.path,
        name: e.name,
        level: e.level,
        round: e.round,
        state: e.state,
        exhausted: e.exhausted,
        bouncing: e.bouncing,
        context: e.context,
        reason: e.reason,
        raised_by: e.raised_by,
        raised_at: e.raised_at,
        by: e.by,
        at: e.at,
        returned_because: e.returned_because,
    })
}
