//! What can be asked of an article, and what can have happened to it.

use super::{ArticleText, Audience};
use crate::{ArticleId, CategoryId};
use serde::{Deserialize, Serialize};

/// What can be asked of an article.
#[derive(Clone, Debug)]
pub enum ArticleCommand {
    /// Begin one with its first text.
    Create {
        /// Its id.
        id: ArticleId,
        /// Its key.
        key: String,
        /// Where it stands.
        category: CategoryId,
        /// Who may read it.
        audience: Audience,
        /// The language of its first text.
        lang: String,
        /// The last part of the address.
        slug: String,
        /// What it says.
        text: Box<ArticleText>,
        /// A note on this revision.
        note: String,
    },
    /// Save a text: the next revision, or the first in a language.
    Write {
        /// In which language.
        lang: String,
        /// The number of the revision that was read; none to begin in this language.
        revision: Option<u32>,
        /// The last part of the address, for a language that is new.
        slug: String,
        /// What it says.
        text: Box<ArticleText>,
        /// A note on this revision.
        note: String,
    },
    /// Give a text another address.
    Rename {
        /// In which language.
        lang: String,
        /// The last part of the address.
        slug: String,
    },
    /// Show what was saved last to readers.
    Publish {
        /// In which language.
        lang: String,
        /// The number of the revision that was read.
        revision: u32,
    },
    /// Take a text away from readers.
    Retire {
        /// In which language.
        lang: String,
    },
    /// Change where it stands, who may read it, what is related.
    Change {
        /// Where it stands.
        category: Option<CategoryId>,
        /// Who may read it.
        audience: Option<Audience>,
        /// What readers may want to read next.
        related: Option<Vec<ArticleId>>,
    },
}

/// What can have happened to an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ArticleEvent {
    /// Somebody began it.
    Created {
        /// Its id.
        id: ArticleId,
        /// Its key.
        key: String,
        /// Where it stands.
        category: CategoryId,
        /// Who may read it.
        audience: Audience,
        /// The language of its first text.
        lang: String,
        /// The last part of the address.
        slug: String,
        /// What it says.
        text: Box<ArticleText>,
        /// A note.
        note: String,
    },
    /// A text was saved.
    Written {
        /// In which language.
        lang: String,
        /// The address, where the language is new.
        slug: Option<String>,
        /// The number of the revision.
        number: u32,
        /// What it says.
        text: Box<ArticleText>,
        /// A note.
        note: String,
    },
    /// A text has another address; the one before leads to it.
    Renamed {
        /// In which language.
        lang: String,
        /// The address.
        slug: String,
        /// The one before.
        from: String,
    },
    /// Readers see what was saved last.
    Published {
        /// In which language.
        lang: String,
        /// Which revision.
        number: u32,
        /// Its title.
        title: String,
    },
    /// Readers see it no more.
    Retired {
        /// In which language.
        lang: String,
        /// Its title.
        title: String,
    },
    /// It stands elsewhere, or others may read it, or other things are related.
    Changed {
        /// Where it stands.
        category: Option<CategoryId>,
        /// Who may read it.
        audience: Option<Audience>,
        /// What is related.
        related: Option<Vec<ArticleId>>,
    },
}
