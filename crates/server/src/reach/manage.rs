//! Changes of somebody's ways, each with its event. Addresses and secrets are in no event.

use super::ask;
use crate::App;
use crate::outward::{checked, fresh_secret};
use futures_util::FutureExt;
use hypercare_core::notice::route::WayKind;
use hypercare_core::{Refusal, Stamp, UserId, WayId};
use hypercare_store::queries::letters::{self, NewLetter, Receiver};
use hypercare_store::queries::ways::{self, Way};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;

/// Ways of one person, beside their own address.
const MOST: usize = 10;
/// Longest name of a way, in characters.
const LONGEST_NAME: usize = 60;
/// Longest e-mail address.
const LONGEST_EMAIL: usize = 254;

/// What somebody entered.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub kind: WayKind,
    pub name: String,
    pub address: String,
}

fn name(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control) {
        return Err(Refusal::field("name", format!("Give it a name of one line and at most {LONGEST_NAME} characters, such as “Team channel”.")));
    }
    Ok(text.to_owned())
}

async fn address(app: &App, entered: &Entered) -> Result<String, Refusal> {
    let wrong = |why: String| Refusal::field("address", why);
    let text = entered.address.trim();
    if entered.kind == WayKind::Mail {
        let fits = text.len() <= LONGEST_EMAIL && text.parse::<lettre::Address>().is_ok();
        return if fits { Ok(text.to_lowercase()) } else { Err(wrong("Enter an e-mail address such as mara@example.org.".into())) };
    }
    let url = checked(text).map_err(wrong)?;
    match app.outward.refuses(&url).await {
        Some(why) => Err(wrong(why)),
        None => Ok(url.into()),
    }
}

/// Adds a way. Another e-mail address is asked first whether it is theirs.
pub(super) async fn add(app: &App, stamp: Stamp, user: UserId, entered: Entered) -> Result<Way, WriteError> {
    let secret = match entered.kind {
        WayKind::Webhook => fresh_secret().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?,
        WayKind::Mail | WayKind::Slack => String::new(),
    };
    let mail = entered.kind == WayKind::Mail;
    let way = Way {
        id: app.store.new_id(stamp.at),
        user_id: user.0,
        kind: entered.kind.word().into(),
        name: name(&entered.name)?,
        address: address(app, &entered).await?,
        secret,
        created_at: stamp.at.0,
        asked_at: mail.then_some(stamp.at.0),
        confirmed_at: (!mail).then_some(stamp.at.0),
        failures: 0,
        failing_since: None,
        off_at: None,
        off_why: None,
    };
    let question = mail.then(|| ask::question(app, &way, stamp.at));
    let way = app
        .store
        .write(move |tx| {
            async move {
                let all = ways::of_person(tx, user).await?;
                if all.len() >= MOST {
                    return Err(Refusal::conflict(format!("You have {MOST} ways, which is the most. Remove one that you do not need.")).into());
                }
                if all.iter().any(|known| known.kind == way.kind && known.address == way.address) {
                    return Err(Refusal::field("address", "You have this address already.").into());
                }
                ways::insert(tx, &way).await?;
                if let Some(letter) = question {
                    letters::queue(tx, &letter, stamp.at).await?;
                }
                record(tx, "notice.way_added", &stamp, &way).await?;
                Ok::<_, WriteError>(way)
            }
            .boxed()
        })
        .await?;
    app.letters.wake.notify_one();
    Ok(way)
}

async fn record(tx: &mut Tx, kind: &str, stamp: &Stamp, way: &Way) -> Result<(), StoreError> {
    let body = json!({ "name": way.name, "kind": way.kind }).to_string();
    tx.record(kind, ("person", way.user_id), None, stamp, body).await.map(drop)
}

/// A way of this person.
///
/// # Errors
/// When they have no such way.
pub(super) async fn mine(q: &mut impl hypercare_store::Query, user: UserId, id: WayId) -> Result<Way, WriteError> {
    let found = ways::by_id(q, id).await?.filter(|way| way.user_id == user.0);
    found.ok_or_else(|| Refusal::not_found("way").into())
}

/// Renames a way, or switches it off or on.
pub(super) async fn change(app: &App, stamp: Stamp, user: UserId, id: WayId, new: Option<String>, enabled: Option<bool>) -> Result<(), WriteError> {
    let new = new.as_deref().map(name).transpose()?;
    app.store
        .write(move |tx| {
            async move {
                let way = mine(tx, user, id).await?;
                let mut changed = false;
                if let Some(new) = new.filter(|new| *new != way.name) {
                    ways::rename(tx, id, &new).await?;
                    changed = true;
                }
                if let Some(enabled) = enabled {
                    let why = format!("{} switched it off.", stamp.actor.name);
                    changed |= ways::switch(tx, id, (!enabled).then_some((stamp.at, why.as_str()))).await?;
                }
                if changed {
                    let way = mine(tx, user, id).await?;
                    record(tx, "notice.way_changed", &stamp, &way).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Takes a way away, with the choices for it. What waits on it is not told.
pub(super) async fn remove(app: &App, stamp: Stamp, user: UserId, id: WayId) -> Result<(), WriteError> {
    app.store
        .write(move |tx| {
            async move {
                let way = mine(tx, user, id).await?;
                ways::delete(tx, id).await?;
                let (revision, mut rules) = ways::rules(tx, user).await?;
                let before = rules.choices.len();
                rules.choices.retain(|choice| choice.way != id);
                if rules.choices.len() != before {
                    ways::rules_save(tx, user, revision, &rules).await?;
                }
                record(tx, "notice.way_removed", &stamp, &way).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}

/// Queues a test on a way.
pub(super) async fn test(app: &App, stamp: Stamp, user: UserId, id: WayId) -> Result<(), WriteError> {
    let key: i64 = app.store.new_id(stamp.at);
    let settings = format!("{}/notifications", app.config.public_url);
    let now = stamp.at;
    app.store
        .write(move |tx| {
            async move {
                let way = mine(tx, user, id).await?;
                if !way.is_open() {
                    let why = if way.confirmed_at.is_none() { "Confirm the address first." } else { "This way is switched off. Switch it on first." };
                    return Err(Refusal::conflict(why).into());
                }
                let text = match WayKind::from_word(&way.kind) {
                    Some(WayKind::Webhook) => json!({ "type": "ping", "timestamp": now, "data": {} }).to_string(),
                    _ => format!("This is a test: notices reach {} here. Settings: {settings}", stamp.actor.name),
                };
                let to = Receiver::Way { user, way: way.id };
                let letter = NewLetter { to, kind: "test", key: format!("test:{key}"), subject: "A test of your notices".into(), text, html: None };
                letters::queue(tx, &letter, now).await?;
                Ok::<_, WriteError>(())
            }
            .boxed()
        })
        .await?;
    app.letters.wake.notify_one();
    Ok(())
}
