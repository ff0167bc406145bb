//! `GET /windows/{id}/knowledge`: what becomes of each answer of a window, the most urgent first.

use super::article::{Articles, KeptArticle, articles_of, waits};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::answer::{Answer, AnswerState, Became, Kept};
use hypercare_core::{AnswerId, Timestamp, UserId, WindowId};
use hypercare_store::queries::answers;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// What an answer became.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnswerBecame {
    /// What.
    pub kind: Kept,
    /// Of which version.
    pub version: u32,
    /// Its name there; of an article of the help centre its title now.
    pub title: String,
    /// The article of the help centre that it is.
    pub article: Option<KeptArticle>,
    /// Where else it is.
    pub link: String,
    /// What the rule says.
    pub text: String,
    /// Who saw to it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl AnswerBecame {
    fn of(b: Became, articles: &Articles) -> Self {
        let article = b.article.and_then(|id| articles.get(&id)).cloned();
        let title = article.as_ref().map_or(b.title, |article| article.title.clone());
        Self { kind: b.kind, version: b.version, title, article, link: b.link, text: b.text, by: b.by, at: b.at }
    }
}

/// What becomes of one answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnswerKeeping {
    /// Which.
    pub answer: AnswerId,
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: AnswerState,
    /// The version that may be said.
    pub version: Option<u32>,
    /// How often it was said.
    pub uses: i64,
    /// Somebody still has to say what becomes of it, or to publish the article that it became; exit waits for it.
    pub waits: bool,
    /// Who sees to it.
    pub owner: Option<UserId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// By when.
    pub due_at: Option<Timestamp>,
    /// It waits, and that time has passed.
    pub late: bool,
    /// What it became; also of an earlier version than the one that may be said.
    pub became: Option<AnswerBecame>,
}

/// What becomes of what was said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KnowledgeToKeep {
    /// The answers: those that wait first, by their date; then those that became something. Drafts that were never approved are not among them.
    pub items: Vec<AnswerKeeping>,
    /// How many wait.
    pub waiting: usize,
    /// Drafts that were never approved: they end with the window.
    pub drafts: usize,
}

/// An answer as this list shows it.
pub(super) fn shown(a: &Answer, articles: &Articles, uses: i64, now: Timestamp) -> AnswerKeeping {
    let waits = waits(a, articles);
    let due_at = a.keeping.entrusted.as_ref().map(|to| to.due_at);
    AnswerKeeping {
        answer: a.id,
        key: a.key.clone(),
        title: a.live().or_else(|| a.newest()).map(|v| v.text.title.clone()).unwrap_or_default(),
        state: a.state,
        version: a.live,
        uses,
        waits,
        owner: a.keeping.entrusted.as_ref().map(|to| to.owner),
        owner_name: a.keeping.entrusted.as_ref().map(|to| to.name.clone()),
        late: waits && due_at.is_some_and(|due| due < now),
        due_at,
        became: a.keeping.became.clone().map(|became| AnswerBecame::of(became, articles)),
    }
}

/// What becomes of the answers
///
/// An answer is made for its window. At the end it becomes an article, a macro or a rule, or it is retired; exit waits for each that may be said.
/// An article keeps an answer once it is published.
#[utoipa::path(get, path = "/windows/{id}/knowledge", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = KnowledgeToKeep), (status = "4XX", body = Problem)))]
pub(super) async fn list_knowledge(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<KnowledgeToKeep>> {
    let mut reader = app.reader();
    windows::load(&mut reader, id).await?;
    let now = app.now();
    let all = answers::of_window(&mut reader, Some(id)).await?;
    let articles = articles_of(&mut reader, &all).await?;
    let uses: HashMap<i64, i64> =
        answers::performance(&mut reader, Some(id), now).await?.into_iter().map(|p| (p.all.answer_id, p.all.uses)).collect();
    let is_draft = |a: &&Answer| a.versions.iter().all(|version| version.approved_at.is_none());
    let drafts = all.iter().filter(|a| is_draft(a) && a.state == AnswerState::Draft).count();
    let mut items: Vec<AnswerKeeping> =
        all.iter().filter(|a| !is_draft(a)).map(|a| shown(a, &articles, uses.get(&a.id.0).copied().unwrap_or_default(), now)).collect();
    items.sort_by_key(|item| (!item.waits, item.due_at.unwrap_or(Timestamp(i64::MAX)), item.answer));
    Ok(Json(KnowledgeToKeep { waiting: items.iter().filter(|item| item.waits).count(), drafts, items }))
}
