//! `POST /answers/{id}/entrust` and `POST /answers/{id}/keep`: who sees to an answer, and what it became.

use super::article::{articles_of, current, existing};
use super::knowledge::{AnswerKeeping, shown};
use crate::App;
use crate::articles::{Shelf, from_answer};
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::answer::{Answer, AnswerCommand, DUE_WITHIN, Entrusted, Keep, Kept};
use hypercare_core::article::{ArticleState, Audience};
use hypercare_core::{Actor, AnswerId, ArticleId, CategoryId, Refusal, Stamp, Timestamp, UserId};
use hypercare_store::queries::{answers, articles, people};
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
    /// For an article: the category of the help centre in which a draft of it begins. Its text is what may be said.
    #[serde(default)]
    category: Option<CategoryId>,
    /// For such a draft: its language; the first of the help centre where it is left out.
    #[serde(default)]
    lang: Option<String>,
    /// For such a draft: who may read it.
    #[serde(default)]
    audience: Audience,
    /// For an article: one that there is in the help centre.
    #[serde(default)]
    article: Option<ArticleId>,
    /// Where else it is: an address or a reference. Needed for an article of another help centre.
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
/// An article is begun as a draft from what may be said, or it is one that there is; exit waits until it is published.
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
    let answer = app.store.write(move |tx| async move { keep(tx, id, body, &stamp).await }.boxed()).await?;
    one(&app, answer).await
}

async fn keep(tx: &mut Tx, id: AnswerId, body: KeepBody, stamp: &Stamp) -> Result<Answer, WriteError> {
    let mut change = tx.change::<Answer>(id).await?;
    let answer = change.existing()?.clone();
    let mut keep = Keep { kind: body.kind, version: body.version, title: body.title, article: None, link: body.link, text: body.text };
    match (body.kind, body.article, body.category) {
        (Kept::Article, Some(_), Some(_)) => {
            let which = "Either begin a draft in a category, or choose an article that there is: not both.";
            return Err(Refusal::field("category", which).into());
        }
        (Kept::Article, Some(article), None) => {
            let article = existing(tx, article).await?;
            (keep.article, keep.title, keep.link) = (Some(article.id), article.title, String::new());
        }
        (Kept::Article, None, Some(category)) => {
            let shelf = Shelf { category, lang: body.lang, audience: body.audience };
            let article = from_answer(tx, &answer, &keep.title, shelf, stamp).await?;
            let article = current(tx, &article).await?;
            (keep.article, keep.title, keep.link) = (Some(article.id), article.title, String::new());
        }
        (Kept::Article, None, None) => {}
        (_, article, category) => {
            if article.is_some() || category.is_some() {
                let field = if article.is_some() { "article" } else { "category" };
                return Err(Refusal::field(
                    field,
                    "Only an answer that becomes an article has an article or a category: leave it out, or say `article` as the kind.",
                )
                .into());
            }
        }
    }
    change.run(AnswerCommand::Keep { keep }, stamp, &())?;
    tx.save(change).await
}

/// An answer becomes a draft in the help centre, or the article that has its key there. For stories that are told without requests.
///
/// # Errors
/// When it may not be said, there is no such category, or the store fails.
pub async fn keep_as_article(app: &App, stamp: Stamp, id: AnswerId, category: CategoryId) -> Result<Answer, WriteError> {
    app.store
        .write(move |tx| {
            async move {
                let answer = hypercare_store::load::<Answer>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("answer"))?;
                let known = articles::by_key(tx, &answer.key).await?.filter(hypercare_core::article::Article::is_live);
                let body = KeepBody {
                    kind: Kept::Article,
                    version: answer.live.unwrap_or_default(),
                    title: String::new(),
                    category: known.is_none().then_some(category),
                    lang: None,
                    audience: Audience::Public,
                    article: known.map(|article| article.id),
                    link: String::new(),
                    text: String::new(),
                };
                keep(tx, id, body, &stamp).await
            }
            .boxed()
        })
        .await
}

/// The engine: the date has come by which somebody was to see what becomes of an answer.
///
/// # Errors
/// When the store fails.
pub async fn answer_due(app: &App, id: AnswerId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Answer>(id).await?;
                let articles = articles_of(tx, std::slice::from_ref(change.existing()?)).await?;
                let published = articles.values().any(|article| article.state == ArticleState::Published);
                if change.run(AnswerCommand::TimePassed { published }, &stamp, &())? {
                    tx.save(change).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

async fn one(app: &App, answer: Answer) -> ApiResult<Json<AnswerKeeping>> {
    let now = app.now();
    let articles = articles_of(&mut app.reader(), std::slice::from_ref(&answer)).await?;
    let used = answers::performance(&mut app.reader(), Some(answer.window), now).await?;
    let uses = used.iter().find(|p| p.all.answer_id == answer.id.0).map_or(0, |p| p.all.uses);
    Ok(Json(shown(&answer, &articles, uses, now)))
}
