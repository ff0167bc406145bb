//! The articles that answers became, as they are now.

use hypercare_core::answer::Answer;
use hypercare_core::article::{Article, ArticleState, Audience, Variant};
use hypercare_core::{ArticleId, Refusal};
use hypercare_store::queries::articles;
use hypercare_store::{Query, StoreError, WriteError};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// An article of the help centre that an answer became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeptArticle {
    /// Which.
    pub id: ArticleId,
    /// Its title now, in the first language of the help centre where it has that: as readers see it, or as it was saved last.
    pub title: String,
    /// Where it stands: `published` as soon as readers see it in one language.
    pub state: ArticleState,
    /// Who may read it.
    pub audience: Audience,
    /// Its languages.
    pub languages: Vec<String>,
}

impl KeptArticle {
    /// As it is now, named in one language where it has that.
    fn of(a: &Article, lang: &str) -> Self {
        let shown = a.shown(lang, lang).or_else(|| a.variant(lang)).or_else(|| a.variants.first());
        Self {
            id: a.id,
            title: shown.map(|text| text.live.as_ref().map_or(&text.newest, |live| &live.revision).text.title.clone()).unwrap_or_default(),
            state: shown.map_or(ArticleState::Draft, Variant::state),
            audience: a.audience,
            languages: a.variants.iter().map(|text| text.lang.clone()).collect(),
        }
    }
}

/// The articles of some answers, by their ids.
pub type Articles = HashMap<ArticleId, KeptArticle>;

/// The articles that answers became.
///
/// # Errors
/// When the database fails.
pub async fn articles_of(q: &mut impl Query, answers: &[Answer]) -> Result<Articles, StoreError> {
    let mut found = Articles::new();
    let named: BTreeSet<ArticleId> = answers.iter().filter_map(|answer| answer.keeping.became.as_ref()?.article).collect();
    if named.is_empty() {
        return Ok(found);
    }
    let lang = first_language(q).await?;
    for id in named {
        if let Some(article) = hypercare_store::load::<Article>(q, id.0).await? {
            found.insert(id, KeptArticle::of(&article, &lang));
        }
    }
    Ok(found)
}

/// Whether exit waits for an answer: see [`Answer::waits`].
pub fn waits(answer: &Answer, articles: &Articles) -> bool {
    answer.waits(|id| articles.get(&id).is_some_and(|article| article.state == ArticleState::Published))
}

/// The language in which the team reads of articles: the first of the help centre.
async fn first_language(q: &mut impl Query) -> Result<String, StoreError> {
    Ok(articles::settings(q).await?.languages.into_iter().next().unwrap_or_default())
}

/// One article as it is now.
pub(super) async fn current(q: &mut impl Query, article: &Article) -> Result<KeptArticle, StoreError> {
    Ok(KeptArticle::of(article, &first_language(q).await?))
}

/// An article that there is, for an answer to become it.
pub(super) async fn existing(q: &mut impl Query, id: ArticleId) -> Result<KeptArticle, WriteError> {
    let article = hypercare_store::load::<Article>(q, id.0).await?;
    let article = article.ok_or_else(|| Refusal::field("article", format!("There is no article {id}. Choose another one, or begin a draft.")))?;
    let article = current(q, &article).await?;
    if article.state == ArticleState::Retired {
        let why = format!("“{}” is retired: nobody reads it. Publish it again, or choose another one.", article.title);
        return Err(Refusal::field("article", why).into());
    }
    Ok(article)
}
