//! Somebody's notices, newest first.

use super::plain;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::Params;
use crate::http::page::{self, Page};
use crate::http::problem::ApiResult;
use axum::Json;
use axum::extract::State;
use hypercare_core::decision::Decision;
use hypercare_core::notice::Kind;
use hypercare_core::update::Update;
use hypercare_core::{AccountId, ConversationId, DecisionId, MessageId, Timestamp, UpdateId, UserId, WindowId};
use hypercare_store::Reader;
use hypercare_store::queries::notices::{self as stored, Line};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Characters of a text that are shown.
const EXCERPT: usize = 200;

/// The conversation that a notice is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticePlace {
    /// Which.
    id: ConversationId,
    /// Its subject line.
    subject: String,
    /// Its customer's name.
    customer: String,
}

/// The account that a notice is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeAccount {
    /// Which.
    id: AccountId,
    /// What it is called now.
    name: String,
}

/// One notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    /// Its id; later ones have greater ids.
    #[schema(pattern = "^[0-9]{1,19}$")]
    id: String,
    /// What it tells.
    kind: Kind,
    /// When.
    at: Timestamp,
    /// You have read it.
    read: bool,
    /// Who did it: somebody of us, a program, or the customer.
    actor: String,
    /// The window of its conversation, its decision or its rota.
    window: Option<WindowId>,
    /// About which conversation.
    conversation: Option<NoticePlace>,
    /// About which message.
    message: Option<MessageId>,
    /// About which decision.
    decision: Option<DecisionId>,
    /// About which matter that customers are told of.
    update: Option<UpdateId>,
    /// About which account.
    account: Option<NoticeAccount>,
    /// More of it, as a word: which promise (`first_response`), how you were given it (`in_turn`), what was merged (`merged`, `took_in`,
    /// `parted`, `let_go`), the ruling (`yes`, `no`), what became of
    /// a request for cover (`asked`, `accepted`, `withdrawn`, `expired`), what a handover asks of you (`take_over`, `write`, `late`, `stay`, `taken`,
    /// `nobody`), what a step of a cutover (`ready`, `late`), a trigger (`fired`, `past`,
    /// `no_go`) or the end of one is (`finished`, `rolled_back`, `stopped`). Empty where there is no more.
    detail: String,
    /// The beginning of the note, what a cutover is about, or the beginning of the customer's message or of the question, or the update's title, as it is now.
    text: Option<String>,
}

/// Your notices.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notices {
    /// Newest first.
    items: Vec<Notice>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
    /// How many you have not read, on all pages.
    unread: i64,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeParams {
    /// Only those that you have not read.
    #[serde(default)]
    unread: bool,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// List your notices
///
/// What concerns you, newest first: the newest 500 are kept. A program has none. The live stream tells with an event `notice` that there is
/// something new.
#[utoipa::path(get, path = "/notices", operation_id = "list_notices", tag = "notices", params(NoticeParams), responses((status = 200, body = Notices)))]
pub(super) async fn list_notices(me: May<perm::Read>, State(app): State<App>, Params(p): Params<NoticeParams>) -> ApiResult<Json<Notices>> {
    let limit = page::limit(p.limit)?;
    let before = page::decode::<1>(p.cursor.as_deref())?.map(|[id]| id);
    let Some(user) = me.user_id() else { return Ok(Json(Notices { items: vec![], next: None, unread: 0 })) };
    let mut reader = app.reader();
    let rows = stored::page(&mut reader, user, before, p.unread, limit + 1).await?;
    let rows = Page::cut(rows, limit, |line| [line.id], |line| line);
    let mut items = vec![];
    for line in rows.items {
        items.extend(shown(&mut reader, line).await?);
    }
    Ok(Json(Notices { items, next: rows.next, unread: unread(&mut reader, user).await? }))
}

async fn unread(reader: &mut Reader, user: UserId) -> ApiResult<i64> {
    Ok(stored::unread(reader, user).await?)
}

/// A notice as it is shown; none of a kind that another version of the program wrote.
async fn shown(reader: &mut Reader, line: Line) -> ApiResult<Option<Notice>> {
    let Some(kind) = Kind::from_word(&line.kind) else { return Ok(None) };
    let customer = line.customer.unwrap_or_default();
    let decision = line.decision_doc.and_then(|doc| serde_json::from_str::<Decision>(&doc).ok());
    let update = line.update_doc.and_then(|doc| serde_json::from_str::<Update>(&doc).ok());
    let window =
        line.window_id.map(WindowId).or_else(|| decision.as_ref().map(|decision| decision.window)).or_else(|| update.as_ref().map(|m| m.window));
    let text = match (line.text, decision) {
        (Some(note), _) if line.note == Some(true) => Some(plain(reader, note).await?),
        (Some(said), _) => Some(said),
        (None, Some(decision)) => Some(decision.question),
        (None, None) => update
            .and_then(|m| {
                let written = m.draft.filter(|_| kind == Kind::UpdateAsked).map(|draft| draft.content.title);
                written.or_else(|| m.entries.into_iter().next_back().map(|entry| entry.content.title))
            })
            .or(line.words.filter(|words| !words.is_empty())),
    };
    let account = line.account_id.zip(line.account).map(|(id, name)| NoticeAccount { id: AccountId(id), name });
    let actor = if kind == Kind::Message { customer.clone() } else { line.actor };
    let place = |id: i64| NoticePlace { id: ConversationId(id), subject: line.subject.unwrap_or_default(), customer };
    Ok(Some(Notice {
        id: line.id.to_string(),
        kind,
        at: Timestamp(line.at),
        read: line.read_at.is_some(),
        actor,
        window,
        conversation: line.conversation_id.map(place),
        message: line.message_id.map(MessageId),
        decision: line.decision_id.map(DecisionId),
        update: line.update_id.map(UpdateId),
        account,
        detail: line.detail,
        text: text.map(|text| excerpt(&text)),
    }))
}

/// The beginning of a text on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    let cut: String = line.chars().take(EXCERPT).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_bounded_line() {
        assert_eq!(excerpt(" One\n  two "), "One two");
        let long = excerpt(&"ä".repeat(EXCERPT + 1));
        assert!(long.ends_with('…') && long.chars().count() == EXCERPT + 1, "{long}");
    }
}
