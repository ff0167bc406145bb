//! The action itself.

use super::{AT_ONCE, BulkOutcome, BulkResult, MOST, Outcome, kept_from};
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use crate::issues;
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::{FutureExt, StreamExt};
use hypercare_core::conversation::bulk::{Action, Found};
use hypercare_core::conversation::{Conversation, Status};
use hypercare_core::{BulkId, ConversationId, IssueId, Stamp, Timestamp, UserId};
use hypercare_store::queries::{bulk as stored, people};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// One action on many conversations.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkBody {
    /// Which, 1 to 200. One that is named twice counts once.
    conversations: Vec<ConversationId>,
    /// What is done with each.
    action: BulkAction,
}

/// What is done with each conversation: the same as by its own operation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BulkAction {
    /// Give it to someone.
    Assign {
        /// The person; null for nobody.
        #[serde(deserialize_with = "Option::deserialize")]
        #[schema(required)]
        to: Option<UserId>,
    },
    /// Change the status.
    Status {
        /// open, waiting or resolved.
        to: Status,
    },
    /// Put it out of sight.
    Snooze {
        /// A time in the future; null brings it back.
        #[serde(deserialize_with = "Option::deserialize")]
        #[schema(required)]
        until: Option<Timestamp>,
    },
    /// Change the labels.
    Tags {
        /// Those that it gets.
        #[serde(default)]
        add: Vec<String>,
        /// Those that it loses.
        #[serde(default)]
        remove: Vec<String>,
    },
    /// Link it to an issue.
    Link {
        /// The issue; null unlinks.
        #[serde(deserialize_with = "Option::deserialize")]
        #[schema(required)]
        issue: Option<IssueId>,
    },
}

/// Do one thing with many conversations
///
/// Each is changed by itself, or refused with its reason, or found to be so already; nothing is half done. For a day the action can be
/// taken back.
#[utoipa::path(post, path = "/conversations/bulk", operation_id = "change_conversations", tag = "conversations", request_body = BulkBody,
    responses((status = 200, body = BulkResult), (status = 422, body = Problem)))]
pub async fn bulk(me: May<perm::ConversationsWrite>, State(app): State<App>, Body(body): Body<BulkBody>) -> ApiResult<Json<BulkResult>> {
    let ids = each_once(body.conversations)?;
    let action = checked(&app, body.action).await?;
    let (stamp, key) = (me.stamp(&app), me.key.clone());
    let (catalogue, at) = (app.knowledge.current(&app).await?, stamp.at);
    let begun = app.store.write(move |tx| {
        async move {
            let id: BulkId = tx.new_id(at);
            stored::begin(tx, id, &key, at, kept_from(at)).await?;
            Ok::<_, WriteError>(id)
        }
        .boxed()
    });
    let id = begun.await?;
    let one = |conversation: ConversationId| {
        let (app, action, stamp, catalogue) = (app.clone(), action.clone(), stamp.clone(), Arc::clone(&catalogue));
        async move {
            let change = app.store.write(move |tx| async move { change(tx, &catalogue, id, conversation, &action, &stamp).await }.boxed());
            BulkOutcome::of(conversation, change.await)
        }
    };
    let outcomes = futures_util::stream::iter(ids).map(one).buffered(AT_ONCE).collect().await;
    if matches!(action, Action::Link { .. }) {
        issues::decided(&app).await;
    }
    app.wake.notify_one();
    Ok(Json(BulkResult::new(id, outcomes)))
}

fn each_once(ids: Vec<ConversationId>) -> ApiResult<Vec<ConversationId>> {
    let mut seen = HashSet::new();
    let ids: Vec<ConversationId> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
    match ids.len() {
        0 => Err(Problem::unprocessable("conversations", "Name at least one conversation.")),
        1..=MOST => Ok(ids),
        n => Err(Problem::unprocessable("conversations", format!("At most {MOST} conversations can be changed at once; these are {n}."))),
    }
}

/// The action as the rules know it. What would be refused for every conversation is refused here, once.
async fn checked(app: &App, action: BulkAction) -> ApiResult<Action> {
    Ok(match action {
        BulkAction::Assign { to: None } => Action::Assign { to: None, name: String::new() },
        BulkAction::Assign { to: Some(user) } => {
            let person = people::by_id(&mut app.reader(), user).await?.filter(|p| !p.disabled);
            let none = || Problem::unprocessable("action.to", "There is no such person who can sign in.");
            Action::Assign { to: Some(user), name: person.ok_or_else(none)?.name }
        }
        BulkAction::Status { to } => Action::Status { to },
        BulkAction::Snooze { until } => {
            if until.is_some_and(|until| until <= app.now()) {
                return Err(Problem::unprocessable("action.until", "A conversation can only be snoozed until a time in the future."));
            }
            Action::Snooze { until }
        }
        BulkAction::Tags { add, remove } => {
            if add.is_empty() && remove.is_empty() {
                return Err(Problem::unprocessable("action", "Name at least one tag to `add` or to `remove`."));
            }
            Action::Tags { add, remove }
        }
        BulkAction::Link { issue } => Action::Link { issue },
    })
}

async fn change(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: BulkId,
    conversation: ConversationId,
    action: &Action,
    stamp: &Stamp,
) -> Result<Outcome, WriteError> {
    let mut change = tx.change::<Conversation>(conversation).await?;
    let (found, window) = change.existing().map(|c| (Found::of(c), c.window))?;
    match (action, action.command(change.existing()?)) {
        (Action::Link { issue }, _) => {
            if found.issue == *issue {
                return Ok(Outcome::Unchanged);
            }
            issues::relink(tx, catalogue, conversation, *issue, stamp).await?;
        }
        (_, Some(command)) => {
            change.run(command, stamp, &catalogue.env(window))?;
            // What only comes due at this moment is left to the engine.
            if Found::of(change.existing()?) == found {
                return Ok(Outcome::Unchanged);
            }
            tx.save(change).await?;
        }
        (_, None) => return Ok(Outcome::Unchanged),
    }
    stored::did(tx, id, conversation, &found).await?;
    Ok(Outcome::Done)
}
