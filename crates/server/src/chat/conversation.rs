//! What the customer sees.

use super::files::ChatFile;
use super::visitor::Visitor;
use crate::App;
use crate::http::extract::Params;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::clock::ClockKind;
use hypercare_core::conversation::assistant::words;
use hypercare_core::conversation::{AnswerUse, Author, Conversation, Handler, Status};
use hypercare_core::triage::Scope;
use hypercare_core::{Channel, ConversationId, MessageId, Span, Timestamp};
use hypercare_store::queries::chat;
use hypercare_store::queries::files as stored;
use hypercare_store::queries::joined;
use hypercare_store::queries::messages::{self, Line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Messages in one reading at most; a longer conversation is read on with `after`.
const MOST: i64 = 500;

/// One message as the customer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatMessage {
    /// Id; later messages have greater ids.
    pub id: MessageId,
    /// Whose words.
    pub author: Author,
    /// Name to show.
    pub name: String,
    /// The text.
    pub text: String,
    /// The approved answer it carries.
    pub answer: Option<ChatAnswer>,
    /// What is attached.
    pub files: Vec<ChatFile>,
    /// When.
    pub at: Timestamp,
    /// The id the browser gave it before sending.
    pub client_id: Option<String>,
    /// Whether the customer said that it helped.
    pub helpful: Option<bool>,
}

/// Where an approved answer comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatAnswer {
    /// The question it answers.
    pub title: String,
    /// The page that says more; empty if none does.
    pub source: String,
}

impl ChatMessage {
    fn new(l: Line, files: Vec<ChatFile>) -> Self {
        let answer = l.answer_doc.and_then(|doc| serde_json::from_str::<AnswerUse>(&doc).ok());
        Self {
            id: MessageId(l.id),
            author: Author::from_word(&l.author).unwrap_or(Author::System),
            name: l.name,
            text: l.text,
            files,
            answer: answer.map(|a| ChatAnswer { title: a.title, source: a.source }),
            at: Timestamp(l.at),
            // Kept with the visitor's key in front, so that nobody can claim another visitor's id.
            client_id: l.external_id.and_then(|id| id.split_once(':').map(|(_, own)| own.to_owned())),
            helpful: l.helpful,
        }
    }
}

/// The conversation as the customer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatConversation {
    /// Id; none before the first message.
    pub id: Option<ConversationId>,
    /// Who has to act.
    pub status: Status,
    /// Who answers.
    pub handler: Handler,
    /// Its messages, oldest first.
    pub messages: Vec<ChatMessage>,
    /// The customer's rating since it was last settled.
    pub rating: Option<u8>,
    /// It is over and not rated yet.
    pub may_rate: bool,
    /// In how many seconds a person should have answered.
    pub people_reply_within: Option<Span>,
    /// When a person answers, in words, from what is promised; none while no person is needed or nothing is promised.
    pub person_follows: Option<String>,
    /// The assistant's question that waits for a choice.
    pub question: Option<ChatQuestion>,
    /// A person is needed and the hours in which people answer have not begun.
    pub away: bool,
    /// The newest message that anybody of the team had on the screen.
    pub seen_by_team: Option<MessageId>,
    /// The newest message that the customer had on a screen, here or on another device.
    pub seen_by_customer: Option<MessageId>,
    /// Where this question should go, if not here: it is about a change, and no person has it yet.
    pub pointer: Option<String>,
    /// The customer's other conversations.
    pub others: ChatOthers,
}

/// What there is beside the conversation that goes on.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ChatOthers {
    /// How many conversations.
    pub conversations: i64,
    /// How many unread messages in them.
    pub unread: i64,
}

/// A question with its choices.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatQuestion {
    /// The message that asks it.
    pub message: MessageId,
    /// What can be chosen: to be shown as they are, and sent as a message as they are. The last one leads to a person.
    pub choices: Vec<String>,
}

/// From where.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AfterParams {
    /// Only messages after this one.
    after: Option<MessageId>,
}

/// Read the conversation that goes on.
#[utoipa::path(get, path = "/public/chat/conversation", operation_id = "get_chat_conversation", tag = "chat", params(("X-Visitor" = String, Header), AfterParams),
    responses((status = 200, body = ChatConversation), (status = 401, body = Problem)), security(()))]
pub(super) async fn conversation(visitor: Visitor, State(app): State<App>, Params(p): Params<AfterParams>) -> ApiResult<Json<ChatConversation>> {
    read(&app, &visitor, visitor.conversation, p.after).await.map(Json)
}

async fn with_files(app: &App, conversation: ConversationId, lines: Vec<Line>, now: Timestamp) -> ApiResult<Vec<ChatMessage>> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(vec![]) };
    let mut attached: BTreeMap<i64, Vec<ChatFile>> = BTreeMap::new();
    for file in stored::of_messages(&mut app.reader(), conversation, MessageId(first.id), MessageId(last.id)).await? {
        if let Some(message) = file.message_id.filter(|_| !file.inline) {
            attached.entry(message).or_default().push(ChatFile::new(file, &app.signs, now));
        }
    }
    Ok(lines
        .into_iter()
        .map(|line| (attached.remove(&line.id).unwrap_or_default(), line))
        .map(|(files, line)| ChatMessage::new(line, files))
        .collect())
}

/// The conversation as the customer sees it, from a message on.
pub(super) async fn read(app: &App, visitor: &Visitor, id: Option<ConversationId>, after: Option<MessageId>) -> ApiResult<ChatConversation> {
    let mut reader = app.reader();
    // What became part of another conversation of theirs goes on there.
    let id = match id {
        Some(id) => joined::home(&mut reader, id).await?.or(Some(id)),
        None => None,
    };
    let (conversations, unread) = chat::elsewhere(&mut reader, visitor.contact, id).await?;
    let others = ChatOthers { conversations, unread };
    let state = match id {
        Some(id) => hypercare_store::load::<Conversation>(&mut reader, id.0).await?,
        None => None,
    };
    let Some(c) = state else {
        return Ok(ChatConversation {
            id: None,
            status: Status::Open,
            handler: Handler::Assistant,
            messages: vec![],
            rating: None,
            may_rate: false,
            people_reply_within: None,
            person_follows: None,
            question: None,
            away: false,
            seen_by_team: None,
            seen_by_customer: None,
            pointer: None,
            others,
        });
    };
    let messages = messages::for_customer(&mut reader, c.id, after, MOST).await?;
    let now = app.now();
    let promise = c.clocks.iter().find(|k| k.kind == ClockKind::FirstResponse && k.running_since.is_some());
    let catalogue = app.knowledge.current(app).await?;
    let waits = c.handler == Handler::Waiting;
    let env = catalogue.env(c.window);
    let person_follows = waits.then(|| words::person_follows(&c, &env, now)).flatten();
    let away = waits && words::is_away(&c, &env, now);
    let seen = chat::seen(&mut reader, c.id).await?;
    let some = |id: i64| Some(MessageId(id)).filter(|id| id.0 > 0);
    let about = c.window.filter(|_| c.triage.scope == Scope::In && c.handler != Handler::Person && c.status != Status::Resolved);
    let pointer = about.and_then(|id| catalogue.get(id)?.pointer(Channel::Chat)).map(str::to_owned);
    let question = c.assistant.question.as_ref().and_then(|q| match q.options.as_slice() {
        [one, other] => Some(ChatQuestion { message: q.message, choices: words::choices(&one.title, &other.title).into() }),
        _ => None,
    });
    Ok(ChatConversation {
        id: Some(c.id),
        status: c.status,
        handler: c.handler,
        messages: with_files(app, c.id, messages, now).await?,
        may_rate: c.status == Status::Resolved && c.may_be_rated(),
        rating: c.rating.filter(|_| !c.rating_is_old),
        people_reply_within: promise.and_then(|k| k.due_at).map(|due| due - now).filter(|left| left.0 > 0),
        person_follows,
        question,
        away,
        seen_by_team: some(seen.team),
        seen_by_customer: some(seen.customer),
        pointer,
        others,
    })
}
