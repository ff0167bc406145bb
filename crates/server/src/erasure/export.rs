//! All that is kept of one customer, for them.

use super::erase::{addresses, corrupt, known};
use crate::App;
use crate::accounts::AccountRef;
use crate::notices::plain;
use hypercare_core::check_in::CheckIn;
use hypercare_core::decision::Decision;
use hypercare_core::escalation::Escalation;
use hypercare_core::{ContactId, Refusal, Timestamp, WindowId};
use hypercare_store::queries::check_ins::asked;
use hypercare_store::queries::{contacts, personal, subscribers};
use hypercare_store::{Query, StoreError, WriteError};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// All that is kept of one customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactExport)]
pub struct Export {
    /// When this was put together.
    exported_at: Timestamp,
    /// Id.
    id: ContactId,
    /// Name.
    name: String,
    /// Address, if known.
    email: Option<String>,
    /// When they first wrote.
    created_at: Timestamp,
    /// How channels know them.
    keys: Vec<Key>,
    /// Their conversations.
    conversations: Vec<Talk>,
    /// What they searched in the help centre.
    searches: Vec<Search>,
    /// The windows whose updates they get by e-mail, or have asked for.
    updates: Vec<Subscribed>,
    /// The account that they belong to, if any.
    account: Option<AccountRef>,
    /// What colleagues noted of that account and of calls to it that names them.
    noted: Vec<String>,
    /// What they were asked in check-ins, and what they answered.
    check_ins: Vec<Answered>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactCheckIn)]
struct Answered {
    /// The question.
    question: String,
    /// How they were asked; none where they were passed over.
    way: Option<String>,
    /// At which address.
    email: Option<String>,
    /// When.
    at: Timestamp,
    /// What they chose: `good`, `unsure` or `bad`.
    face: Option<String>,
    /// What they wrote.
    comment: String,
    /// When they answered.
    answered_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactSubscription)]
struct Subscribed {
    /// Which window.
    window: WindowId,
    /// At which address.
    email: String,
    /// When it was entered.
    created_at: Timestamp,
    /// When they confirmed it.
    confirmed_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactKey)]
struct Key {
    /// Which channel, or `email`.
    kind: String,
    /// What they are called there. A chat's is a fingerprint.
    key: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactSearch)]
struct Search {
    /// What.
    text: String,
    /// When.
    at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactConversation)]
struct Talk {
    /// Id.
    id: String,
    /// Where.
    channel: String,
    /// What it is called beyond a bridge.
    bridge_conversation: Option<String>,
    /// Subject line.
    subject: String,
    /// Who has to act.
    status: String,
    /// When it began.
    opened_at: Timestamp,
    /// Their rating, 1 to 5.
    rating: Option<i64>,
    /// Values of fields, by key.
    fields: std::collections::BTreeMap<String, String>,
    /// What was said, and the team's notes.
    messages: Vec<Said>,
    /// The mails behind the messages.
    mails: Vec<Mailed>,
    /// What is attached.
    files: Vec<Attached>,
    /// How it was handed on, and what colleagues told each other with it.
    escalations: Vec<HandedOn>,
    /// What was asked of whoever decides, and the rulings.
    decisions: Vec<Ruled>,
    /// What the log holds of them.
    events: Vec<Logged>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactEscalation)]
struct HandedOn {
    /// Along which path.
    path: String,
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
    /// What the path asks, and what was answered.
    context: Vec<hypercare_core::escalation::Answered>,
    /// Why it was given back.
    returned_because: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactDecision)]
struct Ruled {
    /// What was asked.
    question: String,
    /// When.
    at: Timestamp,
    /// What was ruled.
    ruling: Option<hypercare_core::decision::Ruling>,
    /// Why.
    reason: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactMail)]
struct Mailed {
    /// Who wrote it.
    from: String,
    /// Its subject.
    subject: String,
    /// When it came.
    received_at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactFile)]
struct Attached {
    /// The file's name.
    name: String,
    /// What it is.
    content_type: String,
    /// Bytes.
    size: i64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactMessage)]
struct Said {
    /// Id.
    id: String,
    /// Whose words: `customer`, `assistant`, `person` or `system`.
    author: String,
    /// Their name.
    name: String,
    /// A note of the team's.
    note: bool,
    /// The text.
    text: String,
    /// When.
    at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactEvent)]
struct Logged {
    /// The event's number.
    seq: i64,
    /// When.
    at: Timestamp,
    /// What kind.
    kind: String,
    /// What it holds of them.
    words: Vec<String>,
}

/// Puts together all that is kept of a customer.
///
/// # Errors
/// When there is no such customer, or the store fails.
pub async fn export(app: &App, id: ContactId) -> Result<Export, WriteError> {
    let mut reader = app.reader();
    let contact = contacts::by_id(&mut reader, id).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let known = known(&mut reader, id).await?;
    let mut conversations = vec![];
    for c in personal::conversations(&mut reader, id).await? {
        let messages = personal::messages(&mut reader, c.id).await?;
        let mut events = vec![];
        for line in personal::events(&mut reader, "conversation", c.id).await? {
            let mut words = serde_json::from_str::<Value>(&line.body).map(|mut body| known.scrub(&mut body, true)).unwrap_or_default();
            words.extend(line.reason.clone());
            if line.actor_kind == "customer" {
                words.push(line.actor_name);
            }
            if !words.is_empty() {
                events.push(Logged { seq: line.seq, at: Timestamp(line.at), kind: line.kind, words });
            }
        }
        let mails = personal::mails(&mut reader, c.id).await?;
        let files = personal::files(&mut reader, c.id).await?;
        let mut said = vec![];
        for m in messages {
            let text = if m.note { plain(&mut reader, m.text).await? } else { m.text };
            said.push(Said { id: m.id.to_string(), author: m.author, name: m.name, note: m.note, text, at: Timestamp(m.at) });
        }
        conversations.push(Talk {
            id: c.id.to_string(),
            channel: c.channel,
            bridge_conversation: personal::thread(&mut reader, c.id).await?,
            subject: c.subject,
            status: c.status,
            opened_at: Timestamp(c.opened_at),
            rating: c.rating,
            fields: personal::fields(&mut reader, c.id).await?.into_iter().collect(),
            messages: said,
            mails: mails.into_iter().map(|(from, subject, at)| Mailed { from, subject, received_at: Timestamp(at) }).collect(),
            escalations: handed_on(&mut reader, c.id).await?,
            decisions: ruled(&mut reader, c.id).await?,
            files: files.into_iter().map(|(name, content_type, size)| Attached { name, content_type, size }).collect(),
            events,
        });
    }
    let mut subscribed = vec![];
    for address in addresses(&mut reader, id).await? {
        for one in subscribers::of_email(&mut reader, &address).await? {
            let (created_at, confirmed_at) = (Timestamp(one.created_at), one.confirmed_at.map(Timestamp));
            subscribed.push(Subscribed { window: WindowId(one.window_id), email: one.email, created_at, confirmed_at });
        }
    }
    let mut check_ins: BTreeMap<i64, Answered> = BTreeMap::new();
    for address in addresses(&mut reader, id).await?.into_iter().map(Some).chain([None]) {
        for one in asked::of_customer(&mut reader, Some(id), address.as_deref()).await? {
            let question = hypercare_store::load::<CheckIn>(&mut reader, one.check_in_id).await?.map(|it| it.content.question).unwrap_or_default();
            let (at, answered_at) = (Timestamp(one.at), one.answered_at.map(Timestamp));
            let (face, comment) = (one.face, one.comment);
            check_ins.insert(one.id, Answered { question, way: one.way, email: one.address, at, face, comment, answered_at });
        }
    }
    Ok(Export {
        account: crate::accounts::of_contact(&mut reader, id).await?,
        noted: super::accounts::noted(&mut reader, id, &known).await?,
        check_ins: check_ins.into_values().collect(),
        updates: subscribed,
        exported_at: app.now(),
        id,
        name: contact.name,
        email: contact.email,
        created_at: Timestamp(contact.created_at),
        keys: personal::keys(&mut reader, id).await?.into_iter().map(|(kind, key)| Key { kind, key }).collect(),
        conversations,
        searches: personal::searches(&mut reader, id).await?.into_iter().map(|(text, at)| Search { text, at: Timestamp(at) }).collect(),
    })
}

async fn handed_on(q: &mut impl Query, conversation: i64) -> Result<Vec<HandedOn>, StoreError> {
    let all = personal::escalations(q, conversation).await?.into_iter();
    let read = all.map(|(_, doc)| serde_json::from_str::<Escalation>(&doc).map_err(|e| corrupt("escalation", &e)));
    let shown =
        |e: Escalation| HandedOn { path: e.name, at: e.raised_at, reason: e.reason, context: e.context, returned_because: e.returned_because };
    read.map(|one| one.map(shown)).collect()
}

async fn ruled(q: &mut impl Query, conversation: i64) -> Result<Vec<Ruled>, StoreError> {
    let all = personal::decisions(q, conversation).await?.into_iter();
    let read = all.map(|(_, doc)| serde_json::from_str::<Decision>(&doc).map_err(|e| corrupt("decision", &e)));
    read.map(|one| one.map(|d| Ruled { question: d.question, at: d.asked_at, ruling: d.ruling, reason: d.reason })).collect()
}
