//! What the search index reads: everything once, then what changed.

use crate::StoreError;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use hypercare_core::ConversationId;
use hypercare_core::conversation::Conversation;
use hypercare_core::notice::{mentioned, named};
use std::collections::VecDeque;

statements! {
    CHANGED = "SELECT seq, at, subject_id, kind FROM event WHERE seq > $1 AND subject_kind = 'conversation' ORDER BY seq LIMIT $2";
    AT = "SELECT at FROM event WHERE seq = $1";
    RANGE = "SELECT c.id, c.doc, ct.name, ct.email FROM conversation c JOIN contact ct ON ct.id = c.contact_id
        WHERE c.id > $1 AND c.id <= $2 AND c.root_id IS NULL ORDER BY c.id LIMIT $3";
    /// What became part of a conversation is found as that one.
    PARTS = "SELECT c.subject, ct.name, ct.email FROM conversation c JOIN contact ct ON ct.id = c.contact_id WHERE c.root_id = $1 ORDER BY c.id";
    PARTS_SAID = "SELECT text FROM message WHERE conversation_id IN (SELECT id FROM conversation WHERE root_id = $1) ORDER BY id DESC LIMIT $2";
    SAID = "SELECT id, conversation_id, text FROM message WHERE (conversation_id, id) > ($1, $2) AND conversation_id <= $3 ORDER BY conversation_id, id LIMIT $4";
    NEWEST_SAID = "SELECT id, author, name, note, text, at FROM message
        WHERE conversation_id IN (SELECT id FROM conversation WHERE id = $1 OR root_id = $1) ORDER BY id DESC LIMIT $2";
}

/// Messages that are read in one go.
const PAGE: i64 = 1_000;

/// A conversation as it is found.
#[derive(Clone, Debug)]
pub struct Findable {
    /// Its state.
    pub conversation: Conversation,
    /// The customer's name and address.
    pub customer: String,
    /// What was said and noted, the oldest first: of a long one the beginning and the newest.
    pub text: String,
}

/// An event of a conversation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Changed {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: i64,
    /// Of which conversation.
    pub subject_id: i64,
    /// What happened.
    pub kind: String,
}

/// One message, as far as it is shown where it was found.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the message table, named as the event's fields")]
pub struct Said {
    pub id: i64,
    pub author: String,
    pub name: String,
    pub note: bool,
    pub text: String,
    pub at: i64,
}

/// Events of conversations after a number, in order.
///
/// # Errors
/// When the database fails.
pub async fn changed(q: &mut impl Query, after: i64, limit: i64) -> Result<Vec<Changed>, StoreError> {
    q.all(CHANGED, vals![after, limit]).await
}

/// When an event happened; none where there is no such event.
///
/// # Errors
/// When the database fails.
pub async fn at(q: &mut impl Query, seq: i64) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = q.optional(AT, vals![seq]).await?;
    Ok(row.map(|(at,)| at))
}

/// One conversation; none where there is none.
///
/// # Errors
/// When the database fails or the document is not readable.
pub async fn one(q: &mut impl Query, id: i64, most: usize) -> Result<Option<Findable>, StoreError> {
    Ok(range(q, id - 1, id, 1, most).await?.pop().and_then(|(_, found)| found))
}

/// Conversations after an id up to another, in order of their ids, with at most so many bytes of text each. One whose document is not
/// readable is named without it: the others do not wait for it.
///
/// # Errors
/// When the database fails.
pub async fn range(q: &mut impl Query, after: i64, upto: i64, limit: i64, most: usize) -> Result<Vec<(i64, Option<Findable>)>, StoreError> {
    let rows: Vec<(i64, String, String, Option<String>)> = q.all(RANGE, vals![after, upto, limit]).await?;
    let Some(last) = rows.last().map(|(id, ..)| *id) else { return Ok(vec![]) };
    let mut texts: Vec<Kept> = rows.iter().map(|(id, ..)| Kept::new(*id)).collect();
    let (mut from, mut at) = ((after, i64::MAX), 0);
    loop {
        let page: Vec<(i64, i64, String)> = q.all(SAID, vals![from.0, from.1, last, PAGE]).await?;
        let full = page.len() as i64 == PAGE;
        for (message, conversation, text) in page {
            from = (conversation, message);
            while texts.get(at).is_some_and(|kept| kept.id < conversation) {
                at += 1;
            }
            if let Some(kept) = texts.get_mut(at).filter(|kept| kept.id == conversation) {
                kept.add(text, most);
            }
        }
        if !full {
            break;
        }
    }
    let found = rows.into_iter().zip(texts).map(|((id, doc, name, email), kept)| {
        let conversation = decode("conversation", &doc).inspect_err(|why| tracing::warn!("conversation {id} cannot be searched: {why}")).ok();
        let customer = [name, email.unwrap_or_default()].join(" ");
        (id, conversation.map(|conversation| Findable { conversation, customer, text: kept.text() }))
    });
    let mut found: Vec<(i64, Option<Findable>)> = found.collect();
    for one in found.iter_mut().filter_map(|(_, found)| found.as_mut()).filter(|found| !found.conversation.parts.is_empty()) {
        add_parts(q, one, most).await?;
    }
    for one in found.iter_mut().filter_map(|(_, found)| found.as_mut()) {
        name_people(q, one).await?;
    }
    Ok(found)
}

/// Whoever is mentioned in a note is found by the name that they have when it is read.
async fn name_people(q: &mut impl Query, found: &mut Findable) -> Result<(), StoreError> {
    let people = mentioned(&found.text);
    if !people.is_empty() {
        let names = super::notices::names(q, people).await?.into_iter().map(|(user, (name, _))| (user, name)).collect();
        found.text = named(&found.text, &names);
    }
    Ok(())
}

/// The subjects, customers and newest words of what became part of a conversation.
async fn add_parts(q: &mut impl Query, found: &mut Findable, most: usize) -> Result<(), StoreError> {
    let id = found.conversation.id;
    for (subject, name, email) in q.all::<(String, String, Option<String>)>(PARTS, vals![id]).await? {
        found.text.push_str(&format!("\n{subject}"));
        found.customer.push_str(&format!(" {name} {}", email.unwrap_or_default()));
    }
    for (text,) in q.all::<(String,)>(PARTS_SAID, vals![id, PAGE]).await? {
        if found.text.len() + text.len() > 2 * most {
            break;
        }
        found.text.push_str(&format!("\n{text}"));
    }
    Ok(())
}

/// The text of one conversation that is kept: how it began, and the newest.
struct Kept {
    id: i64,
    first: String,
    rest: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    const fn new(id: i64) -> Self {
        Self { id, first: String::new(), rest: VecDeque::new(), bytes: 0 }
    }
    fn add(&mut self, text: String, most: usize) {
        self.bytes += text.len() + 1;
        if self.first.is_empty() {
            self.first = text;
            return;
        }
        self.rest.push_back(text);
        while self.bytes > most {
            let Some(oldest) = self.rest.pop_front() else { break };
            self.bytes -= oldest.len() + 1;
        }
    }
    fn text(self) -> String {
        std::iter::once(self.first).chain(self.rest).collect::<Vec<_>>().join("\n")
    }
}

/// The newest messages and notes of a conversation, newest first.
///
/// # Errors
/// When the database fails.
pub async fn newest_said(q: &mut impl Query, conversation: ConversationId, limit: i64) -> Result<Vec<Said>, StoreError> {
    q.all(NEWEST_SAID, vals![conversation, limit]).await
}
