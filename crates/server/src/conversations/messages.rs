//! The messages of a conversation, newest page first.

use crate::App;
use crate::files::FileView;
use crate::http::auth::{May, perm};
use crate::http::extract::{Params, PathId};
use crate::http::page::{self, Page};
use crate::http::problem::ApiResult;
use crate::notices::{Mention, mentions};
use axum::Json;
use axum::extract::State;
use hypercare_core::conversation::{AnswerUse, Author, Hand};
use hypercare_core::{BroadcastId, ConversationId, MessageId, Timestamp, UserId};
use hypercare_store::queries::files;
use hypercare_store::queries::mail;
use hypercare_store::queries::messages::{self, Eyes, Line};
use hypercare_store::{Reader, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

/// One message as the team sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// Id.
    id: MessageId,
    /// In which conversation it was said: this one, or one that became part of it.
    conversation: ConversationId,
    /// Whose words.
    author: Author,
    /// Name to show.
    name: String,
    /// The person of ours.
    user: Option<UserId>,
    /// Never shown to the customer.
    note: bool,
    /// The text.
    text: String,
    /// The approved answer it carries, in the version that was sent.
    answer: Option<AnswerUse>,
    /// The reply to all it belongs to.
    broadcast: Option<BroadcastId>,
    /// Did the customer say that it helped.
    helpful: Option<bool>,
    /// When.
    at: Timestamp,
    /// pending, sent or failed, where the channel needs sending.
    delivery: Option<String>,
    /// Why it failed or is tried again.
    delivery_error: Option<String>,
    /// On the customer's side, but by somebody else or by a machine.
    hand: Option<Hand>,
    /// Who is mentioned in a note, where its text has `@{ID}`.
    mentions: Vec<Mention>,
    /// What is attached.
    files: Vec<FileView>,
    /// Whether there is a mail behind it, with all that it said: `/messages/{id}/mail`.
    mail: bool,
}

impl From<Line> for MessageView {
    fn from(l: Line) -> Self {
        Self {
            id: MessageId(l.id),
            conversation: ConversationId(l.conversation_id),
            author: Author::from_word(&l.author).unwrap_or(Author::System),
            name: l.name,
            user: l.user_id.map(UserId),
            note: l.note,
            text: l.text,
            answer: l.answer_doc.and_then(|doc| serde_json::from_str(&doc).ok()),
            broadcast: l.broadcast_id.map(BroadcastId),
            helpful: l.helpful,
            at: Timestamp(l.at),
            delivery: l.delivery,
            delivery_error: l.delivery_error,
            hand: l.hand.and_then(|doc| serde_json::from_str(&doc).ok()),
            mentions: vec![],
            files: vec![],
            mail: false,
        }
    }
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageParams {
    /// Only messages before this page's mark (`next` of the page before).
    before: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// List the messages of a conversation.
///
/// Without `before` the newest ones; within a page the oldest comes first. `next` leads to older ones.
#[utoipa::path(get, path = "/conversations/{id}/messages", operation_id = "list_messages", tag = "conversations", params(("id" = ConversationId, Path), MessageParams), responses((status = 200, body = Page<MessageView>)))]
pub async fn messages(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Params(p): Params<MessageParams>,
) -> ApiResult<Json<Page<MessageView>>> {
    let limit = page::limit(p.limit)?;
    let before = page::decode::<1>(p.before.as_deref())?.map(|[id]| MessageId(id));
    let mut reader = app.reader();
    super::detail::must_exist(&mut reader, id).await?;
    let rows = messages::page(&mut reader, id, before, limit + 1, Eyes::Team).await?;
    let mut page = Page::cut(rows, limit, |l| [l.id], MessageView::from);
    page.items.reverse();
    let said_in: BTreeSet<ConversationId> = page.items.iter().map(|m| m.conversation).collect();
    for conversation in said_in {
        attach(&mut reader, conversation, &mut page.items).await?;
    }
    let notes: Vec<&str> = page.items.iter().filter(|m| m.note).map(|m| m.text.as_str()).collect();
    let found = mentions(&mut reader, &notes).await?;
    for (note, people) in page.items.iter_mut().filter(|m| m.note).zip(found) {
        note.mentions = people;
    }
    Ok(Json(page))
}

async fn attach(reader: &mut Reader, conversation: ConversationId, views: &mut [MessageView]) -> Result<(), StoreError> {
    let (Some(from), Some(to)) = (views.first().map(|m| m.id), views.last().map(|m| m.id)) else { return Ok(()) };
    for file in files::of_messages(reader, conversation, from, to).await? {
        if let Some(view) = views.iter_mut().find(|m| Some(m.id.0) == file.message_id) {
            view.files.push(file.into());
        }
    }
    let with_mail = mail::with_mail(reader, conversation, from, to).await?;
    for view in views {
        view.mail |= with_mail.contains(&view.id.0);
    }
    Ok(())
}
