//! `POST /answers/{id}/entrust` and `POST /answers/{id}/keep`: who sees to an answer, and what it became.

use super::knowledge::{AnswerKeeping, shown};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::answer::{Answer, AnswerCommand, DUE_WITHIN, Entrusted, Keep, Kept};
use hypercare_core::{AnswerId, Refusal, Stamp, Timestamp, UserId};
use hypercare_store::queries::{answers, people};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Who sees to it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntrustBody {
    /// The account of a colleague.
    owner: UserId,
    /// By when; in three days where it is left out.
    #[serde(default)]
    due_at: Option<Timestamp>,
}

/// What it became.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepBody {
    /// `article`, `macro` or `rule`. To retire it, retire the answer.
    kind: Kept,
    /// The version that was read: the one that may be said now.
    version: u32,
    /// Its name there; the answer's own title where it is left out.
    #[serde(default)]
    title: String,
    /// Where it is: an address or a reference. Needed for an article.
    #[serde(default)]
    link: String,
    /// What the rule says. Needed for a rule without a link.
    #[serde(default)]
    text: String,
}

/// Give an answer to somebody who sees to what becomes of it
#[utoipa::path(post, path = "/answers/{id}/entrust", tag = "answers", params(("id" = AnswerId, Path)), request_body = EntrustBody,
    responses((status = 200, body = AnswerKeeping), (status = "4XX", body = Problem)))]
pub(super) async fn entrust_answer(
    caller: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<AnswerId>,
    Body(body): Body<EntrustBody>,
) -> ApiResult<Json<AnswerKeeping>> {
    let stamp = caller.stamp(&app);
    let answer = app.store.write(move |tx| async move { entrust(tx, id, &body, &stamp).await }.boxed()).await?;
    one(&app, answer).await
}

async fn entrust(tx: &mut Tx, id: AnswerId, body: &EntrustBody, stamp: &Stamp) -> Result<Answer, WriteError> {
    let mut change = tx.change::<Answer>(id).await?;
    change.existing()?;
    let person = people::by_id(tx, body.owner).await?.filter(|person| !person.disabled);
    let person = person.ok_or_else(|| Refusal::field("owner", "Nobody who can sign in has this id: choose a colleague."))?;
    let due_at = body.due_at.unwrap_or(stamp.at + DUE_WITHIN);
    change.run(AnswerCommand::Entrust { to: Entrusted { owner: body.owner, name: person.name, due_at } }, stamp, &())?;
    tx.save(change).await
}

/// Say what an answer became
///
/// A macro goes on being offered to agents after its window. What is said of an earlier version has to be said anew for a later one.
#[utoipa::path(post, path = "/answers/{id}/keep", tag = "answers", params(("id" = AnswerId, Path)), request_body = KeepBody,
    responses((status = 200, body = AnswerKeeping), (status = "4XX", body = Problem)))]
pub(super) async fn keep_answer(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<AnswerId>,
    Body(body): Body<KeepBody>,
) -> ApiResult<Json<AnswerKeeping>> {
    // There has to be a name to ask.
    caller.require_user()?;
    let stamp = caller.stamp(&app);
    let keep = Keep { kind: body.kind, version: body.version, title: body.title, link: body.link, text: body.text };
    let answer = app.store.write(move |tx| async move { tx.execute::<Answer>(id, AnswerCommand::Keep { keep }, &stamp, &()).await }.boxed()).await?;
    one(&app, answer).await
}

async fn one(app: &App, answer: Answer) -> ApiResult<Json<AnswerKeeping>> {
    let now = app.now();
    let used = answers::performance(&mut app.reader(), Some(answer.window), now).await?;
    let uses = used.iter().find(|p| p.all.answer_id == answer.id.0).map_or(0, |p| p.all.uses);
    Ok(Json(shown(&answer, uses, now)))
}
