//! `POST /windows/{id}/pulse`: how sure a member of the team is today, with one click.

use super::days::Days;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::signals::Day;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Refusal, Stamp, UserId, WindowId};
use hypercare_store::queries::signals;
use hypercare_store::{Tx, WriteError, load};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const COMMENT_LIMIT: usize = 2_000;

/// How sure one is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPulse {
    /// 1 (worried) to 5 (sure).
    score: i64,
    /// Why, if one wants to say; for the lead.
    #[serde(default)]
    comment: String,
}

/// The team's pulse of the day.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PulseView {
    /// Which day, in the programme's zone.
    #[schema(value_type = String, format = Date)]
    pub date: Day,
    /// One's own.
    pub score: i64,
    /// How many have given theirs.
    pub people: usize,
    /// Their mean.
    pub mean: f64,
}

/// Keeps a person's pulse of today; the last one of a day counts.
///
/// # Errors
/// A refusal of `score` or `comment`, that the window is over, or that the store failed.
pub async fn give(tx: &mut Tx, id: WindowId, user: UserId, score: i64, comment: &str, stamp: &Stamp) -> Result<PulseView, WriteError> {
    let Some(whole) = u8::try_from(score).ok().filter(|s| (1..=5).contains(s)) else {
        return Err(Refusal::field("score", format!("A pulse is a whole number from 1 (worried) to 5 (sure), not {score}.")).into());
    };
    if comment.len() > COMMENT_LIMIT {
        return Err(
            Refusal::field("comment", format!("A comment can have at most {COMMENT_LIMIT} characters; this one has {}.", comment.len())).into()
        );
    }
    let window = load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    if window.phase == Phase::Closed {
        return Err(Refusal::conflict("This window is closed; its days are part of the record.").into());
    }
    let day = Days::of(&window).day(stamp.at);
    signals::pulse_save(tx, id, user, &day.to_string(), whole, comment, stamp.at).await?;
    tx.record("signal.pulse", ("signal", id.0), Some(id), stamp, format!(r#"{{"day":"{day}","score":{score}}}"#)).await?;
    let given = signals::pulses(tx, id, &day.to_string()).await?;
    Ok(PulseView { date: day, score, people: given.len(), mean: given.iter().sum::<i64>() as f64 / given.len().max(1) as f64 })
}

/// Say how sure you are today
///
/// One pulse a person and day; the last one counts.
#[utoipa::path(post, path = "/windows/{id}/pulse", operation_id = "give_pulse", tag = "signals", params(("id" = WindowId, Path)), request_body = NewPulse,
    responses((status = 200, body = PulseView), (status = "4XX", body = Problem)))]
pub(super) async fn route(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewPulse>,
) -> ApiResult<Json<PulseView>> {
    let (user, stamp) = (caller.require_user()?, caller.stamp(&app));
    let given = app.store.write(move |tx| async move { give(tx, id, user, new.score, new.comment.trim(), &stamp).await }.boxed()).await?;
    Ok(Json(given))
}
