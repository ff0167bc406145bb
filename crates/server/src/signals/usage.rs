//! `POST /windows/{id}/usage`: how many use the product, sent in by the product itself.
//!
//! It is kept beside the measured days under keys of its own, and read whenever days are compared: what arrives late
//! still counts.

use super::days::Days;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::signals::Day;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Refusal, Stamp, WindowId};
use hypercare_store::queries::{accounts, affected, signals};
use hypercare_store::{Tx, WriteError, load};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where active users are kept.
pub const USERS: &str = "sent.active_users";
/// Where adoption is kept.
pub const ADOPTION: &str = "sent.adoption";
/// The event that says that something was sent.
pub const EVENT: &str = "signal.usage";
/// More users than there are people.
const USERS_LIMIT: f64 = 1e10;

/// One day's usage.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// Which day, in the programme's zone; also one of the time before the change.
    pub day: String,
    /// Key of an account: then the figures are about its people alone, and not about all customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// How many customers were active. Contacts are compared with what as many would have had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_users: Option<f64>,
    /// Percentage of customers who use what is new, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption: Option<f64>,
}

/// Keeps a day's usage; the last one of a day counts.
///
/// # Errors
/// A refusal of `day`, `active_users` or `adoption`, that the window is over, or that the store failed.
pub async fn send(tx: &mut Tx, id: WindowId, usage: &Usage, stamp: &Stamp) -> Result<(), WriteError> {
    let Ok(day) = usage.day.trim().parse::<Day>() else {
        return Err(Refusal::field("day", format!("`{}` is not a date: write it as 2026-11-17.", usage.day)).into());
    };
    if usage.active_users.is_none() && usage.adoption.is_none() {
        return Err(Refusal::field("active_users", "Nothing is given: send `active_users`, `adoption`, or both.").into());
    }
    if let Some(users) = usage.active_users.filter(|n| !(0.0..=USERS_LIMIT).contains(n)) {
        return Err(Refusal::field("active_users", format!("{users} is no number of users: send 0 or more.")).into());
    }
    if let Some(percent) = usage.adoption.filter(|n| !(0.0..=100.0).contains(n)) {
        return Err(Refusal::field("adoption", format!("Adoption is a percentage from 0 to 100, not {percent}.")).into());
    }
    let window = load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    if window.phase == Phase::Closed {
        return Err(Refusal::conflict("This window is closed; its days are part of the record.").into());
    }
    let days = Days::of(&window);
    let (first, today) = (days.baseline_from, days.day(stamp.at));
    if !(first..=today).contains(&day) {
        return Err(Refusal::field("day", format!("{day} is not a day of this window: send days from {first} to today, {today}.")).into());
    }
    let text = day.to_string();
    if let Some(key) = &usage.account {
        let account = accounts::by_key(tx, key.trim()).await?;
        let account =
            account.ok_or_else(|| Refusal::field("account", format!("There is no account with the key `{key}`: send the account first.")))?;
        affected::usage_save(tx, id, account.id, &text, usage.active_users, usage.adoption).await?;
        // In no window's log: a line for each account and day would hide what happened there.
        tx.record(EVENT, ("signal", id.0), None, stamp, serde_json::to_string(usage).unwrap_or_default()).await?;
        return Ok(());
    }
    for (key, value) in [(USERS, usage.active_users), (ADOPTION, usage.adoption)] {
        if let Some(value) = value {
            signals::day_save(tx, id, key, &text, &value.to_string()).await?;
        }
    }
    let body = serde_json::to_string(usage).unwrap_or_default();
    tx.record(EVENT, ("signal", id.0), Some(id), stamp, body).await?;
    Ok(())
}

/// Send how many use the product
///
/// One figure a day; the last one of a day counts. With the key of an `account` it is about that account's people, and shows what affected accounts and
/// others do after the change; without, it is about all customers. With it, counts are compared with what as many users would have had
/// before the change. Days of the time before are accepted, and are needed for that comparison: seven at least.
#[utoipa::path(post, path = "/windows/{id}/usage", operation_id = "send_usage", tag = "signals", params(("id" = WindowId, Path)), request_body = Usage,
    responses((status = 200, body = Usage), (status = "4XX", body = Problem)))]
pub(super) async fn route(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(usage): Body<Usage>,
) -> ApiResult<Json<Usage>> {
    let stamp = caller.stamp(&app);
    let kept = usage.clone();
    app.store.write(move |tx| async move { send(tx, id, &kept, &stamp).await }.boxed()).await?;
    Ok(Json(usage))
}
