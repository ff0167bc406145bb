//! The way back: a reply to where its conversation takes place.

use crate::App;
use crate::outbox::{Letter, Undelivered};
use crate::webhooks::{Verdict, judge};
use hypercare_core::ConversationId;
use hypercare_store::StoreError;
use hypercare_store::queries::bridges::{self, Bridge};
use serde_json::json;

/// Where a letter over a bridge goes.
#[derive(Clone, Debug)]
pub struct Callback {
    bridge: Bridge,
    external: String,
}

/// Where the letters of a conversation go, if it takes place beyond a bridge.
///
/// # Errors
/// When the store fails.
pub async fn callback_of(app: &App, conversation: ConversationId) -> Result<Option<Callback>, StoreError> {
    let mut reader = app.reader();
    let Some((bridge, external)) = bridges::of_conversation(&mut reader, conversation).await? else { return Ok(None) };
    Ok(bridges::by_id(&mut reader, bridge).await?.map(|bridge| Callback { bridge, external }))
}

/// Hands a letter to its bridge. Repeated, it has the same id.
///
/// # Errors
/// Why it was not taken, and whether that may pass.
pub async fn call_back(app: &App, letter: &Letter, callback: &Callback) -> Result<(), Undelivered> {
    let (bridge, out) = (&callback.bridge, &letter.outbound);
    if !bridge.enabled {
        return Err(Undelivered::Later(format!("The bridge “{}” is switched off.", bridge.name)));
    }
    let body = json!({
        "type": "message.created",
        "timestamp": letter.written_at,
        "data": {
            "conversation": callback.external,
            "message": out.message,
            "author": if letter.automatic { "assistant" } else { "person" },
            "text": out.text,
        },
    });
    let now = app.now();
    let id = format!("msg_{}", out.message);
    let sent = app.outward.post(&bridge.url, &bridge.secrets(now), &id, now, body.to_string()).await;
    match judge(&sent) {
        Verdict::Delivered => Ok(()),
        Verdict::Later(why, _) => Err(Undelivered::Later(format!("“{}”: {why}", bridge.name))),
        Verdict::Never(why) => Err(Undelivered::Never(format!("“{}”: {why}", bridge.name))),
        Verdict::Gone => Err(Undelivered::Never(format!("“{}” answered 410: this conversation is gone there.", bridge.name))),
    }
}
