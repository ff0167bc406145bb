//! `POST /windows/{id}/actions` and `PUT /actions/{id}`: what, who, until when.

use super::view::{ActionView, one};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::action::{Action, ActionCommand, FARTHEST_DUE, OPEN_LIMIT, Task};
use hypercare_core::plan::Plan;
use hypercare_core::review::{Review, Schedule, State as Stands};
use hypercare_core::{ActionId, Refusal, ReviewId, Span, Stamp, UserId, WindowId};
use hypercare_store::queries::{actions, people};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest key of an item, in characters.
const KEY_LIMIT: usize = 300;

/// A new action.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// What is to be done; at most 300 characters.
    pub title: String,
    /// Who does it: somebody who can sign in.
    pub owner: UserId,
    /// The day by whose end it is to be done (YYYY-MM-DD), in the review's zone.
    pub due: String,
    /// In which review it was agreed: one that goes on.
    #[serde(default)]
    pub review: Option<ReviewId>,
    /// About which item of its agenda.
    #[serde(default)]
    pub item: Option<String>,
}

/// The action said anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionChange {
    /// The revision that you read.
    revision: u32,
    /// What is to be done.
    title: String,
    /// Who does it.
    owner: UserId,
    /// Until when (YYYY-MM-DD).
    due: String,
}

/// What is asked for, with its times.
async fn task(
    tx: &mut Tx,
    plan: &Plan,
    (title, owner, due): (String, UserId, &str),
    before: Option<&Task>,
    stamp: &Stamp,
) -> Result<Task, WriteError> {
    let wrong = |what: &str| Refusal::field("due", format!("{what} Write a day such as 2026-12-01."));
    let day: jiff::civil::Date = due.trim().parse().map_err(|_| wrong("This is not a day."))?;
    let schedule = Schedule::of(plan);
    let times = schedule.reminders(day).zip(schedule.end(day)).ok_or_else(|| wrong("This day is too far away."))?;
    let ((remind_at, late_at), ends_at) = times;
    if ends_at > stamp.at + Span::days(i64::from(FARTHEST_DUE)) {
        return Err(Refusal::field("due", "An action is due within a year: choose a nearer day, or make it a matter of the plan.").into());
    }
    let same = before.is_some_and(|task| task.owner == owner);
    if !same && people::by_id(tx, owner).await?.is_none_or(|p| p.disabled) {
        return Err(Refusal::field("owner", "Nobody who can sign in has this id: choose somebody of the team.").into());
    }
    Ok(Task { title, owner, due: day.to_string(), remind_at, ends_at, late_at })
}

/// Writes down what was agreed.
///
/// # Errors
/// 422 naming the field, 409 when the window is closed or the review does not go on.
pub async fn agree(app: &App, window: WindowId, new: NewAction, stamp: Stamp) -> ApiResult<Action> {
    let action = app.store.write(move |tx| insert(tx, window, new, stamp).boxed()).await?;
    app.wake.notify_one();
    Ok(action)
}

async fn insert(tx: &mut Tx, window: WindowId, new: NewAction, stamp: Stamp) -> Result<Action, WriteError> {
    let w = windows::named(tx, window).await?;
    let (open, _) = actions::count(tx, window, stamp.at).await?;
    if usize::try_from(open).is_ok_and(|n| n >= OPEN_LIMIT) {
        return Err(Refusal::conflict(format!("{OPEN_LIMIT} actions are open. Finish or drop some first: nobody can follow more.")).into());
    }
    if let Some(id) = new.review {
        let review = hypercare_store::load::<Review>(tx, id.0).await?.filter(|r| r.of.window == window);
        let review = review.ok_or_else(|| Refusal::field("review", format!("This window has no review {id}.")))?;
        if review.state != Stands::Open {
            let why = "Its minutes are closed, so nothing more is agreed in it. Leave `review` out, or agree on it in the next one.";
            return Err(Refusal { field: Some("review".into()), ..Refusal::conflict(why) }.into());
        }
        if let Some(item) = new.item.as_ref().filter(|item| review.items.iter().all(|i| i.key != **item)) {
            let short: String = item.chars().take(KEY_LIMIT).collect();
            return Err(Refusal::field("item", format!("The agenda has no item `{short}`.")).into());
        }
    } else if new.item.is_some() {
        return Err(Refusal::field("item", "An item belongs to a review: name the review too.").into());
    }
    let task = Box::new(task(tx, &w.plan, (new.title, new.owner, &new.due), None, &stamp).await?);
    let id: ActionId = tx.new_id(stamp.at);
    tx.execute::<Action>(id, ActionCommand::Agree { id, window, review: new.review, item: new.item, task }, &stamp, &()).await
}

/// Agree on an action
///
/// Its owner is told now, once on the day it is due, and once when it was due and is not done. Until it is done it stands first on the next agenda.
#[utoipa::path(post, path = "/windows/{id}/actions", operation_id = "agree_action", tag = "reviews", params(("id" = WindowId, Path)), request_body = NewAction,
    responses((status = 201, body = ActionView), (status = "4XX", body = Problem)))]
pub(super) async fn agree_action(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewAction>,
) -> ApiResult<(StatusCode, Json<ActionView>)> {
    let action = agree(&app, id, new, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(one(&app, action).await?)))
}

async fn change(tx: &mut Tx, id: ActionId, new: ActionChange, stamp: Stamp) -> Result<Action, WriteError> {
    let mut change = tx.change::<Action>(id).await?;
    let known = change.existing()?.clone();
    let w = windows::named(tx, known.window).await?;
    let task = Box::new(task(tx, &w.plan, (new.title, new.owner, &new.due), Some(&known.task), &stamp).await?);
    change.run(ActionCommand::Change { revision: new.revision, task }, &stamp, &())?;
    tx.save(change).await
}

/// Say an action anew
///
/// Another due day is reminded of anew; somebody else who does it is told.
#[utoipa::path(put, path = "/actions/{id}", operation_id = "change_action", tag = "reviews", params(("id" = ActionId, Path)), request_body = ActionChange,
    responses((status = 200, body = ActionView), (status = "4XX", body = Problem)))]
pub(super) async fn change_action(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ActionId>,
    Body(new): Body<ActionChange>,
) -> ApiResult<Json<ActionView>> {
    let stamp = caller.stamp(&app);
    let action = app.store.write(move |tx| change(tx, id, new, stamp).boxed()).await?;
    app.wake.notify_one();
    one(&app, action).await.map(Json)
}
