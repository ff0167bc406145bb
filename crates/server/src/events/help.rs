//! What happens to articles and collections, in words.

use super::sentence::short;
use hypercare_core::article::{ArticleEvent, Audience, CollectionEvent, Named};
use hypercare_store::queries::events::Line;
use std::collections::BTreeMap;

pub(super) fn article(event: &ArticleEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        ArticleEvent::Created { text, audience: Audience::Internal, .. } => format!("{who} began the internal article “{}”", short(&text.title)),
        ArticleEvent::Created { text, .. } => format!("{who} began the article “{}”", short(&text.title)),
        ArticleEvent::Written { lang, slug: Some(_), text, .. } => format!("{who} began the text in {lang} of the article “{}”", short(&text.title)),
        ArticleEvent::Written { lang, number, text, note, .. } => {
            let why = if note.is_empty() { String::new() } else { format!(": {note}") };
            format!("{who} saved revision {number} of the article “{}” ({lang}){why}", short(&text.title))
        }
        ArticleEvent::Renamed { lang, slug, from } => format!("{who} moved the article's text in {lang} from {from} to {slug}"),
        ArticleEvent::Published { lang, number, title } => format!("{who} published revision {number} of the article “{}” ({lang})", short(title)),
        ArticleEvent::Retired { lang, title } => format!("{who} retired the article “{}” ({lang})", short(title)),
        ArticleEvent::Changed { category, audience, related } => {
            let parts = [
                category.map(|_| "moved the article to another category".to_owned()),
                audience.map(|audience| match audience {
                    Audience::Public => "let everybody read the article".to_owned(),
                    Audience::Internal => "kept the article for the team".to_owned(),
                }),
                related.as_ref().map(|_| "changed what is related to the article".to_owned()),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            if parts.is_empty() { format!("{who} changed the article") } else { format!("{who} {}", parts.join(" and ")) }
        }
    }
}

pub(super) fn collection(event: &CollectionEvent, line: &Line) -> String {
    let who = &line.actor_name;
    let name = |names: &BTreeMap<String, Named>| names.values().next().map(|named| short(&named.name)).unwrap_or_default();
    match event {
        CollectionEvent::Created { names, .. } => format!("{who} made the collection “{}”", name(names)),
        CollectionEvent::Changed { names, .. } => format!("{who} changed the collection “{}”", name(names)),
        CollectionEvent::Removed { name } => format!("{who} removed the collection “{}”", short(name)),
        CollectionEvent::CategoryAdded { category } => format!("{who} added the category “{}”", name(&category.names)),
        CollectionEvent::CategoryChanged { names, .. } => format!("{who} changed the category “{}”", name(names)),
        CollectionEvent::CategoryRemoved { name, .. } => format!("{who} removed the category “{}”", short(name)),
        CollectionEvent::CategoriesOrdered { .. } => format!("{who} put the categories of a collection in another order"),
        CollectionEvent::ArticlesOrdered { name, .. } => format!("{who} put the articles of “{}” in another order", short(name)),
    }
}
