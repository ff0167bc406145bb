//! A customer's conversations, and going back to one.

use super::conversation::{ChatConversation, read};
use super::visitor::Visitor;
use crate::App;
use crate::http::extract::{Body, Params};
use crate::http::page::{self, Page};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::{Author, Status};
use hypercare_core::{ConversationId, Timestamp};
use hypercare_store::WriteError;
use hypercare_store::queries::chat::{self, Summary};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Characters of the last message that a list shows.
const PREVIEW: usize = 120;

/// One of the customer's conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatSummary {
    /// Id.
    id: ConversationId,
    /// Who has to act.
    status: Status,
    /// Whose words came last.
    author: Option<Author>,
    /// Name to show with them.
    name: Option<String>,
    /// The beginning of what was said last.
    preview: String,
    /// When that was.
    at: Timestamp,
    /// Messages that the customer has not read.
    unread: i64,
}

impl From<Summary> for ChatSummary {
    fn from(s: Summary) -> Self {
        let text = s.text.unwrap_or_default();
        Self {
            id: ConversationId(s.id),
            status: Status::from_word(&s.status).unwrap_or(Status::Open),
            author: s.author.as_deref().and_then(Author::from_word),
            name: s.name,
            preview: text.chars().take(PREVIEW).collect(),
            at: Timestamp(s.at.unwrap_or(s.opened_at)),
            unread: s.unread,
        }
    }
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// Only what comes after this page's mark (`next` of the page before).
    before: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// List the customer's conversations, newest first.
#[utoipa::path(get, path = "/public/chat/conversations", operation_id = "list_chat_conversations", tag = "chat", params(("X-Visitor" = String, Header), ListParams),
    responses((status = 200, body = Page<ChatSummary>), (status = 401, body = Problem)), security(()))]
pub(super) async fn list(visitor: Visitor, State(app): State<App>, Params(p): Params<ListParams>) -> ApiResult<Json<Page<ChatSummary>>> {
    let limit = page::limit(p.limit)?;
    let before = page::decode::<1>(p.before.as_deref())?.map(|[id]| ConversationId(id));
    let rows = chat::of_contact(&mut app.reader(), visitor.contact, before, limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |s| [s.id], ChatSummary::from)))
}

/// Which one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBody {
    /// One of the customer's own.
    conversation: ConversationId,
}

/// Go back to a conversation: from here on it is the one that goes on.
#[utoipa::path(post, path = "/public/chat/open", operation_id = "open_chat_conversation", tag = "chat", params(("X-Visitor" = String, Header)), request_body = OpenBody,
    responses((status = 200, body = ChatConversation), (status = 401, body = Problem), (status = 404, body = Problem)), security(()))]
pub(super) async fn open(visitor: Visitor, State(app): State<App>, Body(body): Body<OpenBody>) -> ApiResult<Json<ChatConversation>> {
    let id = body.conversation;
    if !chat::owns(&mut app.reader(), visitor.contact, id).await? {
        return Err(Problem::not_found("conversation of yours"));
    }
    let key = visitor.key.clone();
    app.store.write(move |tx| async move { chat::visitor_conversation(tx, &key, Some(id)).await.map_err(WriteError::from) }.boxed()).await?;
    read(&app, &visitor, Some(id), None).await.map(Json)
}
