//! Articles as the API shows them to the team.

use super::centre::Snapshot;
use crate::App;
use hypercare_core::article::{Article, ArticleState, ArticleText, Audience, Revision, Variant};
use hypercare_core::{ArticleId, CategoryId, CollectionId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// How readers found it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Helpful {
    /// It helped so many.
    pub yes: i64,
    /// It did not help so many.
    pub no: i64,
}

/// An article in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleLine {
    /// Id.
    pub id: ArticleId,
    /// Its name in folders and imports.
    pub key: String,
    /// Its title in the first language of the help centre, else in its own.
    pub title: String,
    /// Where it stands.
    pub category: CategoryId,
    /// Which collection that is part of.
    pub collection: Option<CollectionId>,
    /// Who may read it.
    pub audience: Audience,
    /// Its languages.
    pub texts: Vec<ArticleTextLine>,
    /// How readers found it, over all its texts and revisions.
    pub helpful: Helpful,
    /// Where everybody reads it; none where nobody does.
    pub url: Option<String>,
}

/// One language of an article in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleTextLine {
    /// Which.
    pub lang: String,
    /// Where it stands.
    pub state: ArticleState,
    /// Something newer than what readers see was saved.
    pub ahead: bool,
    /// Its title, as saved last.
    pub title: String,
    /// When it was saved last.
    pub at: Timestamp,
}

/// An article with its texts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Article)]
pub struct ArticleView {
    /// Id.
    pub id: ArticleId,
    /// Its name in folders and imports.
    pub key: String,
    /// Where it stands.
    pub category: CategoryId,
    /// Which collection that is part of.
    pub collection: Option<CollectionId>,
    /// Who may read it.
    pub audience: Audience,
    /// When it was begun.
    pub created_at: Timestamp,
    /// What readers may want to read next.
    pub related: Vec<ArticleId>,
    /// Its texts, the first one first.
    pub texts: Vec<ArticleVariant>,
}

/// The text of an article in one language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleVariant {
    /// Which language.
    pub lang: String,
    /// The last part of its address.
    pub slug: String,
    /// Where it stands.
    pub state: ArticleState,
    /// What was saved last.
    pub newest: ArticleRevision,
    /// The number of the revision that readers see.
    pub live: Option<u32>,
    /// Who published it.
    pub published_by: Option<String>,
    /// When.
    pub published_at: Option<Timestamp>,
    /// Something newer than what readers see was saved.
    pub ahead: bool,
    /// When it was taken away.
    pub retired_at: Option<Timestamp>,
    /// Where everybody reads it; none where nobody does.
    pub url: Option<String>,
}

/// A saved text.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ArticleRevision {
    /// Its number in this language, from 1.
    pub number: u32,
    /// What it says.
    pub text: ArticleText,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was changed, in their words.
    pub note: String,
}

impl From<Revision> for ArticleRevision {
    fn from(r: Revision) -> Self {
        Self { number: r.number, text: r.text, by: r.by, at: r.at, note: r.note }
    }
}

/// Where everybody reads a text.
fn url(app: &App, centre: &Snapshot, article: &Article, text: &Variant) -> Option<String> {
    let read = article.audience == Audience::Public && text.live.is_some() && centre.language(&text.lang).is_some();
    read.then(|| format!("{}/help/{}/articles/{}", centre.base(app), text.lang, text.slug))
}

fn collection(centre: &Snapshot, category: CategoryId) -> Option<CollectionId> {
    centre.place(category).map(|(collection, _)| collection.id)
}

/// An article with its texts.
pub(super) fn whole(app: &App, centre: &Snapshot, article: Article) -> ArticleView {
    let text = |v: &Variant| ArticleVariant {
        lang: v.lang.clone(),
        slug: v.slug.clone(),
        state: v.state(),
        newest: v.newest.clone().into(),
        live: v.live.as_ref().map(|live| live.revision.number),
        published_by: v.live.as_ref().map(|live| live.by.clone()),
        published_at: v.live.as_ref().map(|live| live.at),
        ahead: v.is_ahead(),
        retired_at: v.retired_at,
        url: url(app, centre, &article, v),
    };
    ArticleView {
        texts: article.variants.iter().map(text).collect(),
        id: article.id,
        category: article.category,
        collection: collection(centre, article.category),
        audience: article.audience,
        created_at: article.created_at,
        key: article.key,
        related: article.related,
    }
}

/// An article in a list.
pub(super) fn line(app: &App, centre: &Snapshot, article: Article, helpful: Helpful) -> ArticleLine {
    let default = centre.settings.default_lang();
    let first = article.variant(default).or_else(|| article.variants.first());
    let shown = article.variant(default).filter(|v| v.live.is_some()).or_else(|| article.variants.iter().find(|v| v.live.is_some()));
    let text = |v: &Variant| ArticleTextLine {
        lang: v.lang.clone(),
        state: v.state(),
        ahead: v.is_ahead(),
        title: v.newest.text.title.clone(),
        at: v.newest.at,
    };
    ArticleLine {
        id: article.id,
        title: first.map(|v| v.newest.text.title.clone()).unwrap_or_default(),
        category: article.category,
        collection: collection(centre, article.category),
        audience: article.audience,
        texts: article.variants.iter().map(text).collect(),
        helpful,
        url: shown.and_then(|v| url(app, centre, &article, v)),
        key: article.key,
    }
}
