//! `POST /articles/preview`: a text as readers will see it.

use super::markdown::{self, Heading};
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::article::{LONGEST_BODY, direction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text to draw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleToPreview {
    /// In Markdown.
    body: String,
    /// Its language.
    lang: String,
}

/// How it will look.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticlePreview {
    /// As HTML of the allow-list.
    html: String,
    /// Its headings, in order.
    headings: Vec<ArticleHeading>,
    /// Which way it is written: `ltr` or `rtl`.
    direction: &'static str,
    /// Links to articles that nobody reads yet: readers see their words without the link. The keys.
    dead_links: Vec<String>,
    /// Pictures from elsewhere, which are left out: upload them here.
    foreign_images: usize,
}

/// A heading.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleHeading {
    /// 2 to 6.
    level: u8,
    /// What it says.
    text: String,
}

impl From<Heading> for ArticleHeading {
    fn from(h: Heading) -> Self {
        Self { level: h.level, text: h.text }
    }
}

/// See a text as readers will
#[utoipa::path(post, path = "/articles/preview", operation_id = "preview_article", tag = "articles", request_body = ArticleToPreview,
    responses((status = 200, body = ArticlePreview), (status = "4XX", body = Problem)))]
pub(super) async fn preview_article(_: May<perm::Read>, State(app): State<App>, Body(b): Body<ArticleToPreview>) -> ApiResult<Json<ArticlePreview>> {
    if b.body.chars().count() > LONGEST_BODY {
        return Err(Problem::unprocessable("body", format!("It has more than {LONGEST_BODY} characters. Make two articles of it.")));
    }
    let centre = app.centre.current(&app).await?;
    let dead = std::cell::RefCell::new(vec![]);
    let leads = |key: &str| {
        let path = centre.by_key(key).and_then(|article| centre.path(article, &b.lang));
        if path.is_none() {
            dead.borrow_mut().push(key.to_owned());
        }
        path
    };
    let drawn = markdown::render(&b.body, leads);
    Ok(Json(ArticlePreview {
        html: drawn.html,
        headings: drawn.headings.into_iter().map(Into::into).collect(),
        direction: direction(&b.lang),
        dead_links: dead.into_inner(),
        foreign_images: markdown::foreign_images(&b.body),
    }))
}
