//! The way in for conversations that took place elsewhere: on the write path like everything else, and quiet. Nobody is answered,
//! notified or owed anything; the figures of the past are what they are for.

use crate::App;
use futures_util::FutureExt;
use hypercare_core::channel::Sender;
use hypercare_core::conversation::imported::Past;
use hypercare_core::conversation::{Command, Conversation, Env, Opening};
use hypercare_core::fields;
use hypercare_core::plan::PlannedField;
use hypercare_core::{Actor, Channel, ContactId, ConversationId, Refusal, Stamp, Timestamp};
use hypercare_store::queries::{contacts, messages};
use hypercare_store::{Tx, WriteError};

/// Conversations that one transaction takes over at most.
pub const AT_ONCE: usize = 200;

/// One conversation of another desk.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// When it was opened there.
    pub opened_at: Timestamp,
    /// The key of its customer at the source; nobody is merged with customers known here.
    pub contact: String,
    /// Subject line, where there is one.
    pub subject: Option<String>,
    /// What the customer wrote, where the export says.
    pub text: Option<String>,
    /// What became of it.
    pub past: Past,
}

/// What an import did with a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was not here before.
    New,
    /// It was, and nothing about it is new, or people have worked on it here since.
    Known,
    /// It was, and more is known of it now.
    Updated,
    /// The rules refuse it; nothing of it was kept.
    Refused(String),
}

/// Takes conversations over, each wholly or not at all, and says of each what was done. The same ones again change nothing.
///
/// # Errors
/// When the database fails: then nothing of this call was kept. At most [`AT_ONCE`] are taken at once.
pub async fn take_over(app: &App, mut foreign: Vec<Foreign>, dry_run: bool) -> Result<Vec<Taken>, WriteError> {
    foreign.truncate(AT_ONCE);
    let catalogue = app.knowledge.current(app).await?;
    let now = app.now();
    app.store
        .write(move |tx| {
            async move {
                let mut taken = Vec::with_capacity(foreign.len());
                for one in foreign {
                    let done = match with_fields(one, &catalogue.fields) {
                        Ok(one) => take(tx, one, now, dry_run).await,
                        Err(refusal) => Err(refusal.into()),
                    };
                    taken.push(match done {
                        Err(WriteError::Refused(refusal)) => Taken::Refused(refusal.detail),
                        other => other?,
                    });
                }
                Ok(taken)
            }
            .boxed()
        })
        .await
}

/// The same with its fields as the plans write them.
fn with_fields(mut foreign: Foreign, known: &[PlannedField]) -> Result<Foreign, Refusal> {
    let given = foreign.past.fields.into_iter().map(|(key, value)| (key, value.into())).collect();
    let changes = fields::checked(known, &given, |_| false)?;
    foreign.past.fields = changes.into_iter().filter_map(|change| Some((change.key, change.value?))).collect();
    Ok(foreign)
}

/// The rules decide before anything is written, so a refusal leaves nothing behind.
async fn take(tx: &mut Tx, foreign: Foreign, now: Timestamp, dry_run: bool) -> Result<Taken, WriteError> {
    let Foreign { opened_at, contact, subject, text, past } = foreign;
    let external = format!("import:{}:{}", past.source, past.id);
    let known = messages::by_external(tx, Channel::Api, &external).await?.map(|(_, conversation)| conversation);
    let stamp = Stamp::new(Actor::token(format!("Import from {}", past.source)), if known.is_some() { now } else { opened_at });
    let name = if contact.is_empty() { "Unknown customer".to_owned() } else { contact.clone() };
    let text = text.or_else(|| subject.clone()).unwrap_or_else(|| format!("{} (the export has no text)", past.id));
    let mut change = match known {
        Some(id) => tx.change::<Conversation>(id).await?,
        None => tx.begin_new::<Conversation>(ConversationId(0)),
    };
    let command = |id: ConversationId, contact: ContactId, message| Command::Import {
        opening: Opening { id, channel: Channel::Api, contact, subject: subject.clone() },
        message,
        external_id: external.clone(),
        name: name.clone(),
        text: text.clone(),
        past: Box::new(past.clone()),
    };
    // Tried on nothing first: a customer is only made for a conversation that is taken.
    let happened = change.run(command(ConversationId(0), ContactId(0), hypercare_core::MessageId(0)), &stamp, &Env::default())?;
    if dry_run || !happened || known.is_some() {
        let outcome = match (known, happened) {
            (None, _) => Taken::New,
            (Some(_), true) => Taken::Updated,
            (Some(_), false) => Taken::Known,
        };
        if !dry_run && happened {
            tx.save(change).await?;
        }
        return Ok(outcome);
    }
    if external.len() > 300 {
        return Err(Refusal::field("id", "An id has at most 200 characters.").into());
    }
    let key = if contact.is_empty() { external.clone() } else { format!("{}:{contact}", past.source) };
    // An address tells people who it was; on this channel it merges nobody.
    let email = crate::intake::looks_like_email(&contact).then(|| contact.clone());
    let sender = Sender { key, email, name: Some(name.clone()) };
    let owner = contacts::resolve(tx, Channel::Api, &sender, opened_at).await?;
    let id: ConversationId = tx.new_id(opened_at);
    let mut change = tx.begin_new::<Conversation>(id);
    change.run(command(id, ContactId(owner.id), tx.new_id(opened_at)), &stamp, &Env::default())?;
    tx.save(change).await?;
    Ok(Taken::New)
}
