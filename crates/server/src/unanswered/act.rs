//! What people decide about a group: it needs no answer, it does after all, an answer that there is gets its wordings.

use super::detail::{UnansweredDetail, detail, find, wordings};
use super::groups::{Grouped, Standing};
use crate::App;
use crate::answers::{self, AnswerDetail};
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::answer::{Answer, AnswerCommand};
use hypercare_core::unanswered::{Dismissal, DismissalCommand};
use hypercare_core::{AnswerId, ConversationId, Refusal};
use hypercare_store::WriteError;
use serde::Deserialize;
use utoipa::ToSchema;

/// Wordings that an answer can have.
const MOST_EXAMPLES: usize = 200;

/// Why it needs no answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DismissBody {
    /// The reason, for whoever sees these messages next.
    #[serde(default)]
    reason: String,
}

/// Which answer gets the wordings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddBody {
    /// An answer of the same window.
    answer: AnswerId,
}

/// The conversations of a group, for an event.
pub fn members(group: &Grouped) -> Vec<ConversationId> {
    group.lines.iter().map(|l| ConversationId(l.conversation_id)).collect()
}

/// Decide that a group needs no answer
#[utoipa::path(post, path = "/unanswered/{id}/dismiss", operation_id = "dismiss_unanswered", tag = "answers", params(("id" = ConversationId, Path)), request_body = DismissBody,
    responses((status = 200, body = UnansweredDetail), (status = "4XX", body = Problem)))]
pub(super) async fn dismiss_unanswered(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<DismissBody>,
) -> ApiResult<Json<UnansweredDetail>> {
    if body.reason.chars().count() > 2_000 {
        return Err(Problem::unprocessable("reason", "A reason can have at most 2,000 characters."));
    }
    let (window, group) = find(&app, id).await?;
    let stamp = caller.stamp(&app).because(body.reason);
    let command = DismissalCommand::Dismiss { id: group.id, window, title: group.title.clone(), conversations: members(&group) };
    let first = group.id;
    app.store
        .write(move |tx| {
            async move {
                crate::windows::named(tx, window).await?;
                tx.execute::<Dismissal>(first, command, &stamp, &()).await
            }
            .boxed()
        })
        .await
        .map_err(|e: WriteError| Problem::from(e))?;
    detail(&app, first).await.map(Json)
}

/// Decide that a group needs an answer after all
#[utoipa::path(post, path = "/unanswered/{id}/restore", operation_id = "restore_unanswered", tag = "answers", params(("id" = ConversationId, Path)),
    responses((status = 200, body = UnansweredDetail), (status = "4XX", body = Problem)))]
pub(super) async fn restore_unanswered(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
) -> ApiResult<Json<UnansweredDetail>> {
    let (_, group) = find(&app, id).await?;
    // The dismissal may be known by another of its conversations: messages were taken out since, or questions grew together.
    if let Standing::Dismissed(held) = &group.standing {
        let (held, stamp) = (held.id, caller.stamp(&app));
        app.store
            .write(move |tx| async move { tx.execute::<Dismissal>(held, DismissalCommand::Restore, &stamp, &()).await }.boxed())
            .await
            .map_err(|e: WriteError| Problem::from(e))?;
    }
    detail(&app, id).await.map(Json)
}

/// Add a group's wordings to an answer that there is
///
/// They are in its next version, which is said once it is approved.
#[utoipa::path(post, path = "/unanswered/{id}/add", operation_id = "add_unanswered_wordings", tag = "answers", params(("id" = ConversationId, Path)), request_body = AddBody,
    responses((status = 200, body = AnswerDetail), (status = "4XX", body = Problem)))]
pub(super) async fn add_wordings(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<AddBody>,
) -> ApiResult<Json<AnswerDetail>> {
    let (window, group) = find(&app, id).await?;
    let (stamp, new, conversations) = (caller.stamp(&app), wordings(&group), members(&group));
    let answer = app
        .store
        .write(move |tx| {
            async move {
                crate::windows::named(tx, window).await?;
                let known = answers::named(tx, "answer", body.answer, window).await?;
                let mut text = known.newest().map(|v| v.text.clone()).unwrap_or_default();
                let new = new.into_iter().filter(|w| !text.examples.contains(w)).collect::<Vec<_>>();
                let room = MOST_EXAMPLES.saturating_sub(text.examples.len());
                if room == 0 && !new.is_empty() {
                    return Err(Refusal::field("answer", format!("This answer has {MOST_EXAMPLES} wordings already. Take some out first.")).into());
                }
                text.examples.extend(new.into_iter().take(room));
                let mut change = tx.change::<Answer>(body.answer).await?;
                let command = AnswerCommand::Draft { id: known.id, window, key: known.key.clone(), text, unsupported: vec![] };
                change.run(command, &stamp, &())?;
                change.run(AnswerCommand::Cover { conversations }, &stamp, &())?;
                tx.save(change).await
            }
            .boxed()
        })
        .await
        .map_err(|e: WriteError| Problem::from(e))?;
    app.knowledge.stale();
    answers::detail(&app, answer).await.map(Json)
}
