//! An article: what customers, or only the team, read in the help centre.
//!
//! An article stands in one category and has a text for each language. Each time somebody saves a text it is a new revision with a number,
//! which never changes; readers see the revision that was published last, whatever is written after it. The address of a text may change, and
//! all addresses it ever had lead to it.

mod collection;
mod commands;
mod content;
mod decide;
pub mod front;
mod lang;
mod order;
mod settings;
mod slug;

pub use collection::{CATEGORIES, Category, Collection, CollectionCommand, CollectionEvent, Named};
pub use commands::{ArticleCommand, ArticleEvent};
pub use content::{ArticleText, LONGEST_BODY, LONGEST_NOTE, LONGEST_SUMMARY, LONGEST_TITLE, tidy_note};
pub use lang::{direction, negotiate, normal as normal_lang};
pub use order::arranged;
pub use settings::{CentreSettings, LANGUAGES};
pub use slug::{LONGEST_SLUG, RESERVED, check as check_slug, of as slug_of};

use crate::{ArticleId, CategoryId, Timestamp};
use serde::{Deserialize, Serialize};

/// Articles of one installation: their pages are kept in memory.
pub const ARTICLES: i64 = 10_000;
/// Articles of one category: what is longer is not looked through.
pub const OF_A_CATEGORY: i64 = 200;
/// Revisions of one text.
pub const REVISIONS: u32 = 1_000;
/// Articles that one article names as related.
pub const RELATED: usize = 10;
/// Characters of an article's key.
pub const LONGEST_KEY: usize = 200;

/// Who may read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// The team: it is on no public page, in no public search and in no sitemap.
    Internal,
}

impl Audience {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Public, Self::Internal];
    /// The word in tables, JSON and files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.word() == word)
    }
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArticleState {
    /// Never published: nobody but the team reads it.
    Draft,
    /// Readers see it.
    Published,
    /// Taken away. Its addresses say that it is gone.
    Retired,
}

impl ArticleState {
    /// All, in order of life.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Retired];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }
}

/// A text as somebody saved it. It never changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number in this language, from 1.
    pub number: u32,
    /// What it says.
    pub text: ArticleText,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was changed, in their words; may be empty.
    pub note: String,
}

/// What readers see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Live {
    /// Which revision.
    pub revision: Revision,
    /// Who published it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The text in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Which language, such as `de` or `pt-br`.
    pub lang: String,
    /// The last part of its address.
    pub slug: String,
    /// What was saved last.
    pub newest: Revision,
    /// What readers see; none where they see nothing.
    pub live: Option<Live>,
    /// When it was taken away.
    pub retired_at: Option<Timestamp>,
}

impl Variant {
    /// Where it stands.
    pub const fn state(&self) -> ArticleState {
        match (&self.live, self.retired_at) {
            (Some(_), _) => ArticleState::Published,
            (None, Some(_)) => ArticleState::Retired,
            (None, None) => ArticleState::Draft,
        }
    }
    /// Something newer than what readers see was saved.
    pub fn is_ahead(&self) -> bool {
        self.live.as_ref().is_some_and(|live| live.revision.number < self.newest.number)
    }
}

/// An article with its texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// Its name in folders and imports: the same key is the same article.
    pub key: String,
    /// Where it stands.
    pub category: CategoryId,
    /// Who may read it.
    pub audience: Audience,
    /// When it was begun.
    pub created_at: Timestamp,
    /// What readers may want to read next.
    pub related: Vec<ArticleId>,
    /// Its texts, the first one first.
    pub variants: Vec<Variant>,
}

impl Article {
    /// The text in a language.
    pub fn variant(&self, lang: &str) -> Option<&Variant> {
        self.variants.iter().find(|v| v.lang == lang)
    }
    /// What somebody reads who wants one language and else another: the text of the first, of the second, or the oldest that is published.
    pub fn shown(&self, lang: &str, fallback: &str) -> Option<&Variant> {
        let live = |v: &&Variant| v.live.is_some();
        self.variant(lang).filter(live).or_else(|| self.variant(fallback).filter(live)).or_else(|| self.variants.iter().find(live))
    }
    /// Readers see at least one of its texts.
    pub fn is_live(&self) -> bool {
        self.variants.iter().any(|v| v.live.is_some())
    }
}

#[cfg(test)]
mod tests;
