//! Changes of bridges, each with its event. Secrets are in no event.

use crate::App;
use crate::outward::{checked, fresh_secret};
use futures_util::FutureExt;
use hypercare_core::{Refusal, Span, Stamp};
use hypercare_store::queries::bridges::{self, Bridge};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;

/// Bridges in one installation.
const MOST: usize = 50;
/// The old secret holds beside the new one so long.
const OVERLAP: Span = Span::hours(24);

/// What somebody entered; what is not given stays.
#[derive(Clone, Debug, Default)]
pub(super) struct Entered {
    pub name: Option<String>,
    pub url: Option<String>,
    pub enabled: Option<bool>,
}

fn checked_key(key: &str) -> Result<String, Refusal> {
    let key = key.trim();
    let good = (2..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if good { Ok(key.to_owned()) } else { Err(Refusal::field("key", "A key has 2 to 40 small letters, digits and hyphens, such as `whatsapp`.")) }
}

async fn fill(app: &App, bridge: &mut Bridge, entered: &Entered) -> Result<(), Refusal> {
    if let Some(name) = &entered.name {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
            return Err(Refusal::field("name", "A name is one line of 1 to 60 characters, such as WhatsApp."));
        }
        name.clone_into(&mut bridge.name);
    }
    if let Some(text) = &entered.url {
        let url = checked(text).map_err(|why| Refusal::field("url", why))?;
        if let Some(why) = app.outward.refuses(&url).await {
            return Err(Refusal::field("url", why));
        }
        bridge.url = url.into();
    }
    bridge.enabled = entered.enabled.unwrap_or(bridge.enabled);
    Ok(())
}

async fn known(tx: &mut Tx, id: i64) -> Result<Bridge, WriteError> {
    bridges::by_id(tx, id).await?.ok_or_else(|| Refusal::not_found("bridge").into())
}

/// Adds a bridge. Returns it with its secret.
pub(super) async fn add(app: &App, stamp: Stamp, key: &str, entered: Entered) -> Result<Bridge, WriteError> {
    let secret = fresh_secret().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?;
    let mut bridge = Bridge {
        id: app.store.new_id(stamp.at),
        key: checked_key(key)?,
        name: String::new(),
        url: String::new(),
        secret,
        old_secret: None,
        old_until: None,
        enabled: true,
        created_at: stamp.at.0,
    };
    fill(app, &mut bridge, &entered).await?;
    app.store
        .write(move |tx| {
            async move {
                if bridges::list(tx).await?.len() >= MOST {
                    return Err(Refusal::conflict(format!("There are {MOST} bridges, which is the most.")).into());
                }
                if bridges::by_key(tx, &bridge.key).await?.is_some() {
                    let taken = Refusal::conflict(format!("There is a bridge with the key `{}` already.", bridge.key));
                    return Err(Refusal { field: Some("key".into()), ..taken }.into());
                }
                bridges::insert(tx, &bridge).await?;
                let body = json!({ "name": bridge.name, "key": bridge.key }).to_string();
                tx.record("bridge.added", ("bridge", bridge.id), None, &stamp, body).await?;
                Ok(bridge)
            }
            .boxed()
        })
        .await
}

/// Changes a bridge. Switched off, it takes nothing in, and replies are tried again for some hours before they fail.
pub(super) async fn change(app: &App, stamp: Stamp, id: i64, entered: Entered) -> Result<Bridge, WriteError> {
    let mut after = bridges::by_id(&mut app.reader(), id).await?.ok_or_else(|| Refusal::not_found("bridge"))?;
    fill(app, &mut after, &entered).await?;
    app.store
        .write(move |tx| {
            async move {
                let before = known(tx, id).await?;
                let parts = [
                    (before.name != after.name).then(|| format!("the name was {}", before.name)),
                    (before.url != after.url).then(|| "another address for replies".to_owned()),
                    (before.enabled != after.enabled).then(|| if after.enabled { "switched on" } else { "switched off" }.to_owned()),
                ];
                let what = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
                if what.is_empty() {
                    return Ok(before);
                }
                bridges::update(tx, &after).await?;
                let body = json!({ "name": after.name, "what": what }).to_string();
                tx.record("bridge.changed", ("bridge", id), None, &stamp, body).await?;
                known(tx, id).await
            }
            .boxed()
        })
        .await
}

/// Gives a bridge a new secret; the old one holds beside it for a day.
pub(super) async fn rotate(app: &App, stamp: Stamp, id: i64) -> Result<Bridge, WriteError> {
    let secret = fresh_secret().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?;
    app.store
        .write(move |tx| {
            async move {
                let bridge = known(tx, id).await?;
                bridges::rotate(tx, id, &secret, stamp.at + OVERLAP).await?;
                let body = json!({ "name": bridge.name }).to_string();
                tx.record("bridge.rotated", ("bridge", id), None, &stamp, body).await?;
                known(tx, id).await
            }
            .boxed()
        })
        .await
}
