//! `GET /gaps/articles`: articles that were read right before somebody wrote.

use crate::App;
use crate::http::{ApiResult, May, Page, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::article::Article;
use hypercare_core::{ArticleId, ConversationId, Timestamp};
use hypercare_store::queries::help::KEPT;
use hypercare_store::queries::reading;
use serde::Serialize;
use utoipa::ToSchema;

/// Articles that are listed: those after which most customers wrote.
const LISTED: i64 = 50;
/// Conversations listed with each: the newest.
const CONVERSATIONS: i64 = 50;

/// A conversation that began at an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct WroteFrom {
    /// Which.
    conversation: ConversationId,
    /// About what.
    subject: String,
    /// When.
    at: Timestamp,
}

/// An article after which customers wrote.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleGap {
    /// Which.
    article: ArticleId,
    /// Its title, in the help centre's first language where it has one.
    title: String,
    /// How many wrote right from its page, in the last sixty days.
    wrote: i64,
    /// When the last one did.
    last: Timestamp,
    /// What they wrote, the newest first, at most fifty.
    conversations: Vec<WroteFrom>,
}

/// Articles that were read right before somebody wrote, most often first
///
/// Of the last sixty days, the first fifty.
#[utoipa::path(get, path = "/gaps/articles", operation_id = "list_article_gaps", tag = "answers", responses((status = 200, body = Page<ArticleGap>), (status = "4XX", body = Problem)))]
pub(super) async fn list_article_gaps(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<Page<ArticleGap>>> {
    let centre = app.centre.current(&app).await?;
    let default = centre.settings.default_lang();
    let (mut reader, since) = (app.reader(), app.now() - KEPT);
    let mut items = vec![];
    for row in reading::read_most(&mut reader, since, LISTED).await? {
        let id = ArticleId(row.article_id);
        let article = hypercare_store::load::<Article>(&mut reader, id.0).await?;
        let title = article.and_then(|a| Some(a.variant(default).or(a.variants.first())?.newest.text.title.clone())).unwrap_or_default();
        let wrote = reading::read_by(&mut reader, id, since, CONVERSATIONS).await?;
        let conversations = wrote
            .into_iter()
            .map(|(conversation, subject, at)| WroteFrom { conversation: ConversationId(conversation), subject, at: Timestamp(at) })
            .collect();
        items.push(ArticleGap { article: id, title, wrote: row.wrote, last: Timestamp(row.last_at), conversations });
    }
    Ok(Json(Page::whole(items)))
}
