//! Where a conversation belongs, when a person says it: the link moves, and both issues learn the wording.

use super::reach;
use super::view::IssueView;
use crate::App;
use crate::conversations::types::ConversationItem;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::intake::wording_of;
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::issue::{Issue, IssueCommand, IssueState};
use hypercare_core::{ConversationId, IssueId, Refusal, Stamp};
use hypercare_store::queries::conversations;
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Conversations that are shown as possible repeats.
const POSSIBLE: usize = 20;

/// Links a conversation to an issue, or to none, in a transaction of somebody who decides it. The issue that it had
/// learns that the like of it does not belong, the new one that it does.
///
/// # Errors
/// "There is no such conversation", or a refusal on `issue`.
pub async fn relink(
    tx: &mut Tx,
    catalogue: &Catalogue,
    id: ConversationId,
    to: Option<IssueId>,
    stamp: &Stamp,
) -> Result<Option<IssueId>, WriteError> {
    let mut change = tx.change::<Conversation>(id).await?;
    let (window, from) = change.existing().map(|c| (c.window, c.issue))?;
    if from == to {
        return Ok(from);
    }
    let wording = wording_of(tx, id).await?;
    let mut title = String::new();
    if let Some(to) = to {
        let mut issue = tx.change::<Issue>(to).await?;
        let none = || Refusal::field("issue", "There is no such issue; it may have been merged into another one.");
        let known = issue.state().filter(|i| i.merged_into.is_none()).ok_or_else(none)?;
        if known.state == IssueState::Dismissed {
            return Err(Refusal::field("issue", format!("“{}” was dismissed: take that back first, or choose another one.", known.title)).into());
        }
        title.clone_from(&known.title);
        if let Some(wording) = &wording {
            issue.run(IssueCommand::Accept { conversation: id, wording: wording.clone() }, stamp, &())?;
            tx.save(issue).await?;
        }
    }
    if let (Some(from), Some(wording)) = (from, wording) {
        let mut issue = tx.change::<Issue>(from).await?;
        if issue.state().is_some_and(|i| i.merged_into.is_none()) {
            issue.run(IssueCommand::TakeOut { conversation: id, wording }, stamp, &())?;
            tx.save(issue).await?;
        }
    }
    change.run(Command::Link { issue: to, title }, stamp, &catalogue.env(window))?;
    tx.save(change).await?;
    Ok(from)
}

/// Which conversation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Belonging {
    /// The conversation.
    conversation: ConversationId,
    /// Why, if there is something to keep.
    #[serde(default)]
    reason: Option<String>,
}

impl Belonging {
    fn stamp(&self, stamp: Stamp) -> Stamp {
        match self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
            Some(reason) => stamp.because(reason),
            None => stamp,
        }
    }
}

/// What a person says of a conversation.
#[derive(Clone, Copy)]
enum Says {
    Belongs,
    DoesNot,
    Out,
}

async fn say(app: &App, id: IssueId, body: Belonging, stamp: Stamp, says: Says) -> ApiResult<Json<IssueView>> {
    let catalogue = app.knowledge.current(app).await?;
    let stamp = body.stamp(stamp);
    let issue = app
        .store
        .write(move |tx| {
            async move {
                let conversation = body.conversation;
                let there = hypercare_store::load::<Conversation>(tx, conversation.0).await?;
                let there = there.ok_or_else(|| Refusal::field("conversation", format!("There is no conversation {conversation}.")))?;
                let issue = super::current(tx, id).await?;
                match says {
                    Says::Belongs => {
                        relink(tx, &catalogue, conversation, Some(id), &stamp).await?;
                    }
                    Says::Out if there.issue == Some(id) => {
                        relink(tx, &catalogue, conversation, None, &stamp).await?;
                    }
                    // The second click of two.
                    Says::Out if there.issue.is_none() => {}
                    Says::Out | Says::DoesNot if there.issue.is_some() => {
                        let text = if there.issue == Some(id) {
                            "It is linked to this issue: take it out."
                        } else {
                            "It is linked to another issue by now."
                        };
                        return Err(Refusal::conflict(text).into());
                    }
                    Says::Out | Says::DoesNot => {
                        let none = || Refusal::field("conversation", "Its customer wrote nothing that could be compared.");
                        let wording = wording_of(tx, conversation).await?.ok_or_else(none)?;
                        tx.execute::<Issue>(id, IssueCommand::Refuse { conversation, wording }, &stamp, &()).await?;
                    }
                }
                let now = hypercare_store::load::<Issue>(tx, id.0).await?;
                Ok::<_, WriteError>(now.unwrap_or(issue))
            }
            .boxed()
        })
        .await?;
    super::decided(app).await;
    reach::one(app, issue).await.map(Json)
}

/// Say that a conversation belongs to an issue: it is linked, and later messages of the same wording follow
#[utoipa::path(post, path = "/issues/{id}/accept", tag = "issues", params(("id" = IssueId, Path)), request_body = Belonging,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn accept_conversation(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(body): Body<Belonging>,
) -> ApiResult<Json<IssueView>> {
    say(&app, id, body, caller.stamp(&app), Says::Belongs).await
}

/// Say that a conversation that might belong to an issue does not: the like of it is not asked about again
#[utoipa::path(post, path = "/issues/{id}/refuse", tag = "issues", params(("id" = IssueId, Path)), request_body = Belonging,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn refuse_conversation(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(body): Body<Belonging>,
) -> ApiResult<Json<IssueView>> {
    say(&app, id, body, caller.stamp(&app), Says::DoesNot).await
}

/// Take a conversation out of an issue: the like of it stays out
#[utoipa::path(post, path = "/issues/{id}/take-out", tag = "issues", params(("id" = IssueId, Path)), request_body = Belonging,
    responses((status = 200, body = IssueView), (status = "4XX", body = Problem)))]
pub(super) async fn take_out_conversation(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(body): Body<Belonging>,
) -> ApiResult<Json<IssueView>> {
    say(&app, id, body, caller.stamp(&app), Says::Out).await
}

/// Conversations that may ask about an issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct Possible {
    /// The likeliest first, at most twenty.
    items: Vec<ConversationItem>,
}

/// Conversations without an issue that may ask about this one: a person says yes or no
#[utoipa::path(get, path = "/issues/{id}/possible", tag = "issues", params(("id" = IssueId, Path)),
    responses((status = 200, body = Possible), (status = "4XX", body = Problem)))]
pub(super) async fn possible_repeats(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<IssueId>) -> ApiResult<Json<Possible>> {
    let mut reader = app.reader();
    let issue = super::load(&mut reader, id).await?;
    let mut items = vec![];
    if issue.merged_into.is_none() && issue.state.is_open() {
        app.knowledge.asked.want(&app, issue.window);
        for conversation in app.knowledge.asked.possible(issue.window, id, POSSIBLE) {
            let line = conversations::line(&mut reader, conversation).await?;
            items.extend(line.filter(|line| line.issue_id.is_none()).map(|line| ConversationItem::from_line(line, app.now())));
        }
    }
    Ok(Json(Possible { items }))
}
