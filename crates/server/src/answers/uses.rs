//! `GET /answers/{id}/uses`: where an answer was said.

use super::load::load;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::{AnswerId, ConversationId, MessageId, Timestamp};
use hypercare_store::queries::messages::{self, Use};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// The assistant.
    Assistant,
    /// A person, in one conversation.
    Person,
    /// A person, in a reply to all.
    Broadcast,
}

/// One use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnswerUseLine {
    /// Where.
    pub conversation: ConversationId,
    /// About what.
    pub subject: String,
    /// When.
    pub at: Timestamp,
    /// Which version was sent.
    pub version: i64,
    /// Who said it.
    pub by: SaidBy,
    /// What the customer said of it.
    pub helpful: Option<bool>,
}

fn line(u: Use) -> AnswerUseLine {
    let by = match (u.broadcast_id, u.author.as_str()) {
        (Some(_), _) => SaidBy::Broadcast,
        (None, "assistant") => SaidBy::Assistant,
        _ => SaidBy::Person,
    };
    AnswerUseLine {
        conversation: ConversationId(u.conversation_id),
        subject: u.subject,
        at: Timestamp(u.at),
        version: u.answer_version,
        by,
        helpful: u.helpful,
    }
}

/// Where an answer was said, newest first
#[utoipa::path(get, path = "/answers/{id}/uses", tag = "answers", params(("id" = AnswerId, Path), Wanted),
    responses((status = 200, body = Page<AnswerUseLine>), (status = "4XX", body = Problem)))]
pub(super) async fn list_answer_uses(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<AnswerId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<AnswerUseLine>>> {
    let (before, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let mut reader = app.reader();
    load(&mut reader, id).await?;
    let rows = messages::uses(&mut reader, id, before.map(|[id]| MessageId(id)), limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |u| [u.id], line)))
}
