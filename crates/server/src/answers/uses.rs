//! `GET /answers/{id}/uses`: where an answer was said.

use super::load::load;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::{AnswerId, ConversationId, MessageId, Timestamp};
use hypercare_store::queries::answers::{self, Use, Uses};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which uses.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only what is behind one of the answer's figures; all by default.
    only: Option<UsesOnly>,
    /// Only of this version.
    version: Option<u32>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// A figure of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UsesOnly {
    /// Said by the assistant.
    Assistant,
    /// Said by people, replies to all included.
    People,
    /// The customer said that it helped.
    Helped,
    /// The customer said that it did not.
    NotHelped,
    /// Said at least a day ago.
    Measured,
    /// Said at least a day ago, and the customer wrote again within a day.
    Again,
    /// Said by the assistant, and the matter was settled without a person.
    Alone,
}

impl UsesOnly {
    /// As the store knows it.
    const fn word(self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::People => "people",
            Self::Helped => "helped",
            Self::NotHelped => "not_helped",
            Self::Measured => "measured",
            Self::Again => "again",
            Self::Alone => "alone",
        }
    }
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
    let wanted = Uses { only: w.only.map(UsesOnly::word), version: w.version };
    let rows = answers::uses(&mut reader, id, &wanted, before.map(|[id]| MessageId(id)), limit + 1, app.now()).await?;
    Ok(Json(Page::cut(rows, limit, |u| [u.id], line)))
}
