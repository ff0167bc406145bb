//! Collections of articles, and the categories in them. Their addresses stay as they were made: only names change.

use super::{arranged, check_slug, normal_lang};
use crate::{Aggregate, ArticleId, CategoryId, CollectionId, Refusal, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Categories of one collection.
pub const CATEGORIES: usize = 50;
/// Characters of a name.
const LONGEST_NAME: usize = 80;
const LONGEST_DESCRIPTION: usize = 300;

/// What it is called in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name: one line of at most 80 characters.
    pub name: String,
    /// What is in it: at most 300 characters.
    #[serde(default)]
    pub description: String,
}

type Names = BTreeMap<String, Named>;

/// Part of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The last part of its address.
    pub slug: String,
    /// What it is called, by language.
    pub names: Names,
    /// Its articles, as far as they were put in order by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<ArticleId>,
}

/// A shelf of the help centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// Its id.
    pub id: CollectionId,
    /// The last part of its address.
    pub slug: String,
    /// What it is called, by language.
    pub names: Names,
    /// Its place among the others: the smaller comes first.
    pub position: u32,
    /// Its categories, in order.
    pub categories: Vec<Category>,
    /// It was removed, being empty.
    pub removed: bool,
}

impl Collection {
    /// One of its categories.
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == id)
    }
}

/// What it is called in a language, else in another, else in any.
pub(super) fn called<'a>(names: &'a Names, lang: &str, fallback: &str) -> Option<(&'a str, &'a Named)> {
    let of = |lang: &str| names.get_key_value(lang);
    of(lang).or_else(|| of(fallback)).or_else(|| names.iter().next()).map(|(lang, named)| (lang.as_str(), named))
}

impl Category {
    /// Its name for somebody who reads one language, else another: with the language it is in.
    pub fn called(&self, lang: &str, fallback: &str) -> Option<(&str, &Named)> {
        called(&self.names, lang, fallback)
    }
}

impl Collection {
    /// Its name for somebody who reads one language, else another: with the language it is in.
    pub fn called(&self, lang: &str, fallback: &str) -> Option<(&str, &Named)> {
        called(&self.names, lang, fallback)
    }
}

/// What can be asked of a collection.
#[derive(Clone, Debug)]
pub enum CollectionCommand {
    /// Make one.
    Create {
        /// Its id.
        id: CollectionId,
        /// The last part of its address.
        slug: String,
        /// What it is called.
        names: Names,
        /// Its place.
        position: u32,
    },
    /// Change what it is called, or its place.
    Change {
        /// What it is called.
        names: Option<Names>,
        /// Its place.
        position: Option<u32>,
    },
    /// Remove it. That it is empty is asked before.
    Remove,
    /// Add a category at the end.
    AddCategory {
        /// Its id.
        id: CategoryId,
        /// The last part of its address.
        slug: String,
        /// What it is called.
        names: Names,
    },
    /// Change what a category is called, or its place.
    ChangeCategory {
        /// Which.
        id: CategoryId,
        /// What it is called.
        names: Option<Names>,
        /// Its place, from 0.
        position: Option<u32>,
    },
    /// Remove a category. That it is empty is asked before.
    RemoveCategory {
        /// Which.
        id: CategoryId,
    },
    /// Put its categories in order.
    OrderCategories {
        /// All, as they stood when they were read.
        read: Vec<CategoryId>,
        /// All, as they are to stand.
        order: Vec<CategoryId>,
    },
    /// Put the articles of a category in order.
    OrderArticles {
        /// Of which category.
        id: CategoryId,
        /// Those that stand in it.
        now: Vec<ArticleId>,
        /// All, as they stood when they were read.
        read: Vec<ArticleId>,
        /// All, as they are to stand.
        order: Vec<ArticleId>,
    },
}

/// What can have happened to a collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CollectionEvent {
    /// It was made.
    Created {
        /// Its id.
        id: CollectionId,
        /// The last part of its address.
        slug: String,
        /// What it is called.
        names: Names,
        /// Its place.
        position: u32,
    },
    /// It is called otherwise, or stands elsewhere.
    Changed {
        /// What it is called.
        names: Names,
        /// Its place.
        position: u32,
    },
    /// It is gone.
    Removed {
        /// What it was called.
        name: String,
    },
    /// It has one more category.
    CategoryAdded {
        /// The category.
        category: Category,
    },
    /// A category is called otherwise, or stands elsewhere.
    CategoryChanged {
        /// Which.
        id: CategoryId,
        /// What it is called.
        names: Names,
        /// Its place, from 0.
        position: u32,
    },
    /// A category is gone.
    CategoryRemoved {
        /// Which.
        id: CategoryId,
        /// What it was called.
        name: String,
    },
    /// Its categories stand in another order.
    CategoriesOrdered {
        /// All of them.
        order: Vec<CategoryId>,
    },
    /// The articles of a category stand in another order.
    ArticlesOrdered {
        /// Of which category.
        id: CategoryId,
        /// What it is called.
        name: String,
        /// All of them.
        order: Vec<ArticleId>,
    },
}

fn tidy(names: Names) -> Result<Names, Refusal> {
    let mut kept = Names::new();
    for (lang, named) in names {
        let tag = normal_lang(&lang).ok_or_else(|| Refusal::field("names", format!("`{lang}` is no language tag, such as `en` or `de`.")))?;
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (name, description) = (line(&named.name), line(&named.description));
        if name.is_empty() && description.is_empty() {
            continue;
        }
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(Refusal::field("names", format!("A name has 1 to {LONGEST_NAME} characters; the one in `{tag}` has not.")));
        }
        if description.chars().count() > LONGEST_DESCRIPTION {
            return Err(Refusal::field("names", format!("The description in `{tag}` has more than {LONGEST_DESCRIPTION} characters.")));
        }
        kept.insert(tag, Named { name, description });
    }
    if kept.is_empty() || kept.len() > super::LANGUAGES {
        return Err(Refusal::field("names", format!("Give it a name in 1 to {} languages.", super::LANGUAGES)));
    }
    Ok(kept)
}

fn a_name(names: &Names) -> String {
    names.values().next().map(|named| named.name.clone()).unwrap_or_default()
}

impl Collection {
    fn known(&self, id: CategoryId) -> Result<(usize, &Category), Refusal> {
        let found = self.categories.iter().enumerate().find(|(_, c)| c.id == id);
        found.ok_or_else(|| Refusal::not_found("category in this collection"))
    }

    fn step(&self, command: CollectionCommand) -> Result<Option<CollectionEvent>, Refusal> {
        use CollectionCommand as C;
        Ok(match command {
            C::Create { .. } => return Err(Refusal::conflict("This collection exists already.")),
            C::Change { names, position } => {
                let names = names.map_or_else(|| Ok(self.names.clone()), tidy)?;
                let position = position.unwrap_or(self.position);
                (names != self.names || position != self.position).then_some(CollectionEvent::Changed { names, position })
            }
            C::Remove => Some(CollectionEvent::Removed { name: a_name(&self.names) }),
            C::AddCategory { id, slug, names } => {
                check_slug(&slug)?;
                if self.categories.iter().any(|c| c.slug == slug) {
                    return Err(Refusal::field("slug", format!("This collection has a category at `{slug}` already. Choose another address.")));
                }
                if self.categories.len() >= CATEGORIES {
                    return Err(Refusal::conflict(format!("A collection has at most {CATEGORIES} categories. Make another collection.")));
                }
                Some(CollectionEvent::CategoryAdded { category: Category { id, slug, names: tidy(names)?, order: vec![] } })
            }
            C::ChangeCategory { id, names, position } => {
                let (place, known) = self.known(id)?;
                let names = names.map_or_else(|| Ok(known.names.clone()), tidy)?;
                let last = u32::try_from(self.categories.len().saturating_sub(1)).unwrap_or(u32::MAX);
                let here = u32::try_from(place).unwrap_or(u32::MAX);
                let position = position.unwrap_or(here).min(last);
                (names != known.names || position != here).then_some(CollectionEvent::CategoryChanged { id, names, position })
            }
            C::RemoveCategory { id } => {
                let (_, known) = self.known(id)?;
                Some(CollectionEvent::CategoryRemoved { id, name: a_name(&known.names) })
            }
            C::OrderCategories { read, order } => {
                let now: Vec<CategoryId> = self.categories.iter().map(|c| c.id).collect();
                arranged(&now, &read, &order)?.then_some(CollectionEvent::CategoriesOrdered { order })
            }
            C::OrderArticles { id, mut now, read, order } => {
                let (_, known) = self.known(id)?;
                known.in_order(&mut now);
                arranged(&now, &read, &order)?.then(|| CollectionEvent::ArticlesOrdered { id, name: a_name(&known.names), order })
            }
        })
    }
}

impl Aggregate for Collection {
    const KIND: &'static str = "collection";
    type Command = CollectionCommand;
    type Event = CollectionEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: CollectionCommand, _: &Stamp, (): &()) -> Result<Vec<CollectionEvent>, Refusal> {
        match (state.filter(|known| !known.removed), command) {
            (None, CollectionCommand::Create { id, slug, names, position }) => {
                check_slug(&slug)?;
                Ok(vec![CollectionEvent::Created { id, slug, names: tidy(names)?, position }])
            }
            (None, _) => Err(Refusal::not_found("collection")),
            (Some(collection), command) => Ok(collection.step(command)?.into_iter().collect()),
        }
    }

    fn apply(state: Option<Self>, event: &CollectionEvent, _: &Stamp) -> Self {
        let mut collection = match (state, event) {
            (_, CollectionEvent::Created { id, slug, names, position }) => {
                let (slug, names) = (slug.clone(), names.clone());
                return Self { id: *id, slug, names, position: *position, categories: vec![], removed: false };
            }
            (Some(collection), _) => collection,
            (None, _) => unreachable!("the first event of a collection is `created`"),
        };
        match event {
            CollectionEvent::Created { .. } => {}
            CollectionEvent::Changed { names, position } => {
                collection.names.clone_from(names);
                collection.position = *position;
            }
            CollectionEvent::Removed { .. } => collection.removed = true,
            CollectionEvent::CategoryAdded { category } => collection.categories.push(category.clone()),
            CollectionEvent::CategoryChanged { id, names, position } => {
                if let Some(place) = collection.categories.iter().position(|c| c.id == *id) {
                    let mut category = collection.categories.remove(place);
                    category.names.clone_from(names);
                    let place = usize::try_from(*position).unwrap_or(usize::MAX).min(collection.categories.len());
                    collection.categories.insert(place, category);
                }
            }
            CollectionEvent::CategoryRemoved { id, .. } => collection.categories.retain(|c| c.id != *id),
            CollectionEvent::CategoriesOrdered { order } => {
                collection.categories.sort_by_key(|c| order.iter().position(|id| *id == c.id).unwrap_or(usize::MAX));
            }
            CollectionEvent::ArticlesOrdered { id, order, .. } => {
                if let Some(category) = collection.categories.iter_mut().find(|c| c.id == *id) {
                    category.order.clone_from(order);
                }
            }
        }
        collection
    }

    fn event_name(event: &CollectionEvent) -> &'static str {
        match event {
            CollectionEvent::Created { .. } => "collection.created",
            CollectionEvent::Changed { .. } => "collection.changed",
            CollectionEvent::Removed { .. } => "collection.removed",
            CollectionEvent::CategoryAdded { .. } => "collection.category_added",
            CollectionEvent::CategoryChanged { .. } => "collection.category_changed",
            CollectionEvent::CategoryRemoved { .. } => "collection.category_removed",
            CollectionEvent::CategoriesOrdered { .. } => "collection.categories_ordered",
            CollectionEvent::ArticlesOrdered { .. } => "collection.articles_ordered",
        }
    }
}
