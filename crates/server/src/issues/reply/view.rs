//! A reply to all as the API shows it.

use crate::App;
use crate::http::ApiResult;
use hypercare_core::broadcast::{Broadcast, BroadcastState};
use hypercare_core::{AnswerId, BroadcastId, IssueId, Timestamp};
use hypercare_store::queries::issues;
use serde::Serialize;
use utoipa::ToSchema;

/// A reply to all and how far it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Broadcast)]
pub struct BroadcastView {
    /// Id.
    pub id: BroadcastId,
    /// To the conversations of this issue.
    pub issue: IssueId,
    /// The text, with `{name}` where the customer's name goes.
    pub text: String,
    /// The approved answer it carries.
    pub answer: Option<AnswerId>,
    /// Whether it settles the conversations.
    pub resolve: bool,
    /// Where it stands.
    pub state: BroadcastState,
    /// How many conversations it is for: told, not reachable and still to come, those linked since it began included.
    pub total: i64,
    /// How many have it.
    pub sent: u32,
    /// How many could not be reached.
    pub failed: u32,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
}

/// The view; what is still to come is counted now.
///
/// # Errors
/// When the database fails.
pub async fn view(app: &App, b: Broadcast) -> ApiResult<BroadcastView> {
    let to_come = match b.state {
        BroadcastState::Done => 0,
        BroadcastState::Running | BroadcastState::Stopped => issues::untold_count(&mut app.reader(), b.issue, b.id).await?,
    };
    Ok(BroadcastView {
        id: b.id,
        issue: b.issue,
        text: b.text,
        answer: b.answer.map(|(id, _)| id),
        resolve: b.resolve,
        state: b.state,
        total: i64::from(b.sent) + i64::from(b.failed) + to_come,
        sent: b.sent,
        failed: b.failed,
        started_by: b.started_by,
        started_at: b.started_at,
    })
}
