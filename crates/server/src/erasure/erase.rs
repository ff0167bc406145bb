//! Erasing one customer, in one transaction.

use super::elsewhere;
use super::scrub::{ERASED, NOBODY, Personal};
use crate::App;
use crate::check_ins;
use crate::signs::Signs;
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::issue::Issue;
use hypercare_core::unanswered::Dismissal;
use hypercare_core::{ContactId, Refusal, Stamp, SubscriberId, WindowId};
use hypercare_store::queries::check_ins::asked;
use hypercare_store::queries::letters::{self, Words};
use hypercare_store::queries::{contacts, personal, subscribers};
use hypercare_store::{Query, StoreError, Tx, WriteError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const LONGEST_REASON: usize = 300;
/// Letters that are read at a time.
const PIECE: i64 = 500;

/// What was erased, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = ContactErased)]
pub struct Erased {
    /// Conversations without their words.
    pub conversations: u64,
    /// Messages and notes in them.
    pub messages: u64,
    /// Events without words.
    pub events: u64,
    /// Issues, decisions and groups that had held some of the words.
    pub elsewhere: u64,
}

/// Erases a customer everywhere: what was said, by whom, and where they are known. It cannot be taken back. Counts stay.
///
/// # Errors
/// When there is no such customer, no reason is given or it names the customer, or the store fails; then nothing is erased.
pub async fn erase(app: &App, stamp: Stamp, contact: ContactId) -> Result<Erased, WriteError> {
    let reason = stamp.reason.clone().unwrap_or_default();
    if reason.trim().is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::field("reason", format!("Say in 1 to {LONGEST_REASON} characters why, such as the number of the request.")).into());
    }
    let signs = app.signs.clone();
    let erased = app
        .store
        .write(move |tx| {
            async move {
                let known = known(tx, contact).await?;
                if known.is_in(&reason, "reason") {
                    let why = "The reason stays in the log: leave the customer's name and words out of it.";
                    return Err(Refusal::field("reason", why).into());
                }
                let erased = everywhere(tx, contact, &known, &stamp, &signs).await?;
                let body = serde_json::to_value(erased).map_err(|e| corrupt("erasure", &e))?;
                tx.record_erasure(("contact", contact.0), &stamp, body).await?;
                Ok::<_, WriteError>(erased)
            }
            .boxed()
        })
        .await?;
    app.forget();
    Ok(erased)
}

pub(super) fn corrupt(what: &'static str, why: &impl ToString) -> StoreError {
    StoreError::Corrupt { what, detail: why.to_string() }
}

/// What is this customer's.
pub(super) async fn known(q: &mut impl Query, id: ContactId) -> Result<Personal, WriteError> {
    let contact = contacts::by_id(q, id).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let mut known = Personal::default();
    known.name(&contact.name);
    known.name(contact.email.as_deref().unwrap_or_default());
    for (_, key) in personal::keys(q, id).await? {
        known.name(&key);
    }
    for conversation in personal::conversations(q, id).await? {
        known.text(&conversation.subject);
        known.name(personal::thread(q, conversation.id).await?.as_deref().unwrap_or_default());
        for message in personal::messages(q, conversation.id).await? {
            if message.author == "customer" {
                known.text(&message.text);
                known.name(&message.name);
            }
        }
    }
    for answer in asked::of_customer(q, Some(id), None).await? {
        known.text(&answer.comment);
    }
    for (text, _) in personal::searches(q, id).await? {
        known.text(&text);
    }
    Ok(known)
}

/// The addresses that are theirs, in lower case.
pub(super) async fn addresses(q: &mut impl Query, id: ContactId) -> Result<BTreeSet<String>, StoreError> {
    let own = contacts::by_id(q, id).await?.and_then(|contact| contact.email);
    let keys = personal::keys(q, id).await?.into_iter().filter(|(kind, _)| kind == "email").map(|(_, key)| key);
    Ok(own.into_iter().chain(keys).map(|address| address.to_lowercase()).collect())
}

async fn everywhere(tx: &mut Tx, contact: ContactId, known: &Personal, stamp: &Stamp, signs: &Signs) -> Result<Erased, StoreError> {
    let mut erased = Erased::default();
    let mut windows = BTreeSet::new();
    // What is not about their conversations: there a first name is anybody's.
    let others = &known.elsewhere();
    let conversations = personal::conversations(tx, contact).await?;
    for conversation in &conversations {
        let id = conversation.id;
        windows.extend(conversation.window_id);
        let doc = without::<Conversation>(known, &conversation.doc, true, "conversation")?;
        let doc = doc.as_ref().unwrap_or(&conversation.doc);
        erased.events += events(tx, ("conversation", id), known, true).await?;
        for (key, value) in personal::fields(tx, id).await? {
            let cleaned = known.out_of(&value);
            if cleaned != value || value.contains('@') {
                personal::field_set(tx, id, &key, ERASED).await?;
            }
        }
        elsewhere::of_conversation(tx, id, known, &mut erased).await?;
        erased.messages += personal::erase_conversation(tx, id, NOBODY, ERASED, doc).await?;
        // Told as the conversation's, so that every node's search index reads it anew.
        let who = Stamp { reason: None, ..stamp.clone() };
        tx.record("conversation.erased", ("conversation", id), conversation.window_id.map(WindowId), &who, "{}".into()).await?;
        erased.conversations += 1;
    }
    for window in windows {
        elsewhere::wordings(tx, window, conversations.iter().map(|c| c.id), known, &mut erased).await?;
        erased.elsewhere += issues(tx, window, others, &mut erased.events).await?;
    }
    for (id, doc) in personal::dismissals(tx).await? {
        if let Some(doc) = without::<Dismissal>(others, &doc, false, "dismissal")? {
            personal::dismissal_set(tx, id, &doc).await?;
            erased.elsewhere += 1;
        }
        erased.events += events(tx, ("unanswered", id), others, false).await?;
    }
    for address in addresses(tx, contact).await? {
        for subscriber in subscribers::of_email(tx, &address).await? {
            subscribers::remove(tx, SubscriberId(subscriber.id)).await?;
        }
    }
    super::accounts::of_contact(tx, contact, known, &mut erased).await?;
    elsewhere::everywhere(tx, others, stamp, &mut erased).await?;
    for address in addresses(tx, contact).await? {
        check_ins::forget_address(tx, signs, &address, stamp.at).await?;
    }
    check_ins::erase(tx, contact, stamp.at).await?;
    letters(tx, others).await?;
    personal::erase_contact(tx, contact, NOBODY, ERASED).await?;
    Ok(erased)
}

/// Letters to colleagues are to hold no word of a customer; a brief that waits to be sent may tell of one all the same.
async fn letters(tx: &mut Tx, known: &Personal) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let piece = letters::words(tx, after, PIECE).await?;
        let Some(last) = piece.last() else { return Ok(()) };
        after = last.id;
        for words in &piece {
            let (subject, text) = (known.out_of(&words.subject), known.out_of(&words.text));
            let cleaned = Words { id: words.id, subject, text, html: words.html.as_deref().map(|html| known.out_of(html)) };
            if cleaned != *words {
                letters::words_set(tx, &cleaned).await?;
            }
        }
    }
}

/// Issues remember how customers worded their question, and a proposed one is named by it.
async fn issues(tx: &mut Tx, window: i64, known: &Personal, of_events: &mut u64) -> Result<u64, StoreError> {
    let mut changed = 0;
    for (id, title, doc) in personal::issues(tx, window).await? {
        if let Some(doc) = without::<Issue>(known, &doc, false, "issue")? {
            personal::issue_set(tx, id, &known.out_of(&title), &doc).await?;
            changed += 1;
        }
        *of_events += events(tx, ("issue", id), known, false).await?;
    }
    Ok(changed)
}

/// A document without the words; none where it holds none. It must still be what it was.
pub(super) fn without<T: DeserializeOwned>(known: &Personal, doc: &str, own: bool, what: &'static str) -> Result<Option<String>, StoreError> {
    without_by::<T>(doc, what, |value| !known.scrub(value, own).is_empty())
}

/// The same, where `scrub` takes the words out and says whether there were any.
pub(super) fn without_by<T: DeserializeOwned>(
    doc: &str,
    what: &'static str,
    scrub: impl Fn(&mut Value) -> bool,
) -> Result<Option<String>, StoreError> {
    let mut value: Value = serde_json::from_str(doc).map_err(|e| corrupt(what, &e))?;
    if !scrub(&mut value) {
        return Ok(None);
    }
    let cleaned = value.to_string();
    serde_json::from_str::<T>(&cleaned).map_err(|e| corrupt(what, &e))?;
    Ok(Some(cleaned))
}

/// The events of one thing without the words; returns how many held some.
pub(super) async fn events(tx: &mut Tx, of: (&str, i64), known: &Personal, own: bool) -> Result<u64, StoreError> {
    events_by(tx, of, known, own, |body| !known.scrub(body, own).is_empty()).await
}

/// The same, where `scrub` takes the words out of what happened and says whether there were any.
pub(super) async fn events_by(
    tx: &mut Tx,
    of: (&str, i64),
    known: &Personal,
    own: bool,
    scrub: impl Fn(&mut Value) -> bool,
) -> Result<u64, StoreError> {
    let mut changed = 0;
    for line in personal::events(tx, of.0, of.1).await? {
        let mut body: Value = serde_json::from_str(&line.body).unwrap_or_else(|_| json!({}));
        let mut held = scrub(&mut body);
        if own && line.kind == "outbox.failed" && body.get("error").is_some_and(|error| error != ERASED) {
            // What mail servers say quotes addresses.
            body["error"] = json!(ERASED);
            held = true;
        }
        let customer = line.actor_kind == "customer" && line.actor_name != NOBODY;
        let actor = if customer { NOBODY.to_owned() } else { line.actor_name.clone() };
        let reason = line.reason.as_ref().map(|reason| if own { ERASED.to_owned() } else { known.out_of(reason) });
        if held || customer || reason != line.reason {
            personal::event_set(tx, line.seq, &actor, reason.as_deref(), &body.to_string()).await?;
            changed += 1;
        }
    }
    Ok(changed)
}
