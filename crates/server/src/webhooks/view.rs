//! Addresses and deliveries as the API shows them.

use hypercare_core::Timestamp;
use hypercare_store::queries::webhooks::{Counts, Delivery, Webhook};
use serde::Serialize;
use utoipa::ToSchema;

/// An address that is told what happens, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WebhookView {
    /// Id.
    pub id: String,
    /// Where to.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Kinds of events; `issue.*` means all about issues, `*` all.
    pub kinds: Vec<String>,
    /// The texts of messages go along.
    pub messages: bool,
    /// The texts of private notes go along.
    pub notes: bool,
    /// It is told.
    pub enabled: bool,
    /// Why it is switched off, if it is.
    pub disabled_why: Option<String>,
    /// Since when nothing was delivered, where the last attempt failed.
    pub failing_since: Option<Timestamp>,
    /// Until when the old secret signs beside the new one.
    pub old_secret_until: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Deliveries that wait, of those in the log.
    pub pending: i64,
    /// Deliveries that arrived, of those in the log.
    pub delivered: i64,
    /// Deliveries that failed, of those in the log.
    pub failed: i64,
    /// When one last arrived.
    pub last_delivered_at: Option<Timestamp>,
}

impl WebhookView {
    pub(super) fn new(hook: Webhook, counts: Counts, now: Timestamp) -> Self {
        let has = |word: &str| hook.texts.split(' ').any(|one| one == word);
        Self {
            id: hook.id.to_string(),
            kinds: hook.kinds.split(' ').map(str::to_owned).collect(),
            messages: has("messages"),
            notes: has("notes"),
            enabled: hook.enabled,
            failing_since: hook.failing_since.map(Timestamp),
            old_secret_until: hook.old_until.filter(|until| *until > now.0).map(Timestamp),
            created_at: Timestamp(hook.created_at),
            pending: counts.pending,
            delivered: counts.delivered,
            failed: counts.failed,
            last_delivered_at: counts.last_delivered_at.map(Timestamp),
            url: hook.url,
            description: hook.description,
            disabled_why: hook.disabled_why,
        }
    }
}

/// An address with its secret, which is shown here and nowhere else.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WebhookSecret {
    /// The address.
    pub webhook: WebhookView,
    /// What signs: `whsec_…`.
    pub secret: String,
}

/// A telling and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(super) struct DeliveryView {
    /// Id.
    pub id: String,
    /// What the receiver sees as `webhook-id`: the same over all attempts.
    pub webhook_id: String,
    /// Of which event; none for a test.
    pub event: Option<i64>,
    /// What kind.
    pub kind: String,
    /// `pending`, `delivered` or `failed`.
    #[schema(value_type = DeliveryState)]
    pub state: String,
    /// How often it was tried in all.
    pub attempts: i64,
    /// When it is tried next, if it is.
    pub next_at: Option<Timestamp>,
    /// The status of the last answer.
    pub code: Option<i64>,
    /// The first bytes of the last answer.
    pub response: Option<String>,
    /// How long the last attempt took, in milliseconds.
    pub duration_ms: Option<i64>,
    /// What was wrong with the last attempt.
    pub error: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it ended, if it has.
    pub done_at: Option<Timestamp>,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, Serialize, ToSchema)]
#[schema(as = WebhookDeliveryState)]
#[serde(rename_all = "snake_case")]
pub(super) enum DeliveryState {
    /// It waits, for its first attempt or for the next.
    Pending,
    /// It arrived.
    Delivered,
    /// It will not arrive by itself.
    Failed,
}

impl DeliveryState {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

impl From<Delivery> for DeliveryView {
    fn from(row: Delivery) -> Self {
        Self {
            id: row.id.to_string(),
            webhook_id: format!("msg_{}", row.id),
            event: row.seq,
            attempts: row.total_attempts,
            next_at: (row.state == "pending").then_some(Timestamp(row.due_at)),
            code: row.code,
            duration_ms: row.duration_ms,
            created_at: Timestamp(row.created_at),
            done_at: row.done_at.map(Timestamp),
            kind: row.kind,
            state: row.state,
            response: row.response,
            error: row.last_error,
        }
    }
}
