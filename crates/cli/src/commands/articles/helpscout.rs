//! An export of Help Scout Docs: what its Docs API v1 gives, kept as JSON files. Envelopes of lists and of single things are both read.

use super::markdown::{self, Found};
use anyhow::{Result, anyhow};
use hypercare_core::article::{ArticleState, ArticleText, Audience, slug_of};
use hypercare_mail::html::to_markdown;
use hypercare_server::articles::{ImportedArticle, ShelfName};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Reads a folder of JSON.
///
/// # Errors
/// All that is wrong, with the file it is in; nothing was sent then.
pub fn read(folder: &Path, lang: &str) -> Result<Found> {
    let mut things: Things = Things::default();
    let mut wrong = vec![];
    for path in markdown::files(folder, "json")? {
        let below = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let read = markdown::text(&path).and_then(|text| serde_json::from_str::<Value>(&text).map_err(|why| anyhow!("it is no JSON: {why}")));
        match read {
            Ok(value) => things.take(&value),
            Err(why) => wrong.push(format!("{below}: {why:#}")),
        }
    }
    let pictures: HashMap<String, PathBuf> = ["png", "jpg", "jpeg", "gif", "webp"]
        .into_iter()
        .map(|ending| markdown::files(folder, ending))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .filter_map(|path| Some((path.file_name()?.to_string_lossy().into_owned(), path)))
        .collect();
    let mut found = Found::default();
    for article in things.articles.values() {
        match one(article, &things, lang, &pictures, &mut found) {
            Ok(article) => found.articles.push(article),
            Err(why) => wrong.push(why),
        }
    }
    markdown::finish(found, &wrong, folder)
}

#[derive(Default)]
struct Things {
    collections: BTreeMap<String, Value>,
    categories: BTreeMap<String, Value>,
    articles: BTreeMap<String, Value>,
}

impl Things {
    /// Takes what a file holds: an envelope of one or of many, or a list of envelopes.
    fn take(&mut self, value: &Value) {
        match value {
            Value::Array(all) => all.iter().for_each(|one| self.take(one)),
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let list = inner.get("items").and_then(Value::as_array).or_else(|| inner.as_array());
                    let items: Vec<&Value> = list.map_or_else(|| vec![inner], |list| list.iter().collect());
                    for item in items {
                        self.keep(name.trim_end_matches('s').trim_end_matches("ie").trim_end_matches('y'), item);
                    }
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, kind: &str, item: &Value) {
        let Some(id) = item["id"].as_str() else { return };
        let map = match kind {
            "collection" => &mut self.collections,
            "categor" => &mut self.categories,
            "article" => &mut self.articles,
            _ => return,
        };
        // A list's line of an article has no text: whole ones are kept over it, whichever comes first.
        let whole = |value: &Value| value["text"].is_string();
        if map.get(id).is_none_or(|known| !whole(known) || whole(item)) {
            map.insert(id.to_owned(), item.clone());
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default().trim()
}

fn shelf(value: Option<&Value>, else_called: &str) -> ShelfName {
    let name = value.map_or(else_called, |value| text(value, "name"));
    let slug = value.map(|value| slug_of(text(value, "slug"))).filter(|slug| !slug.is_empty());
    ShelfName { slug, name: if name.is_empty() { else_called.to_owned() } else { name.to_owned() } }
}

fn one(article: &Value, things: &Things, lang: &str, pictures: &HashMap<String, PathBuf>, found: &mut Found) -> Result<ImportedArticle, String> {
    let (id, name) = (text(article, "id"), text(article, "name"));
    let html =
        article["text"].as_str().ok_or_else(|| format!("“{name}” ({id}) has no text: keep what `articles/{id}` gives too, not only the list."))?;
    let category = article["categories"].as_array().into_iter().flatten().filter_map(Value::as_str).find_map(|id| things.categories.get(id));
    let of = |value: Option<&Value>| value.and_then(|value| things.collections.get(text(value, "collectionId")));
    let collection = of(Some(article)).or_else(|| of(category));
    one_of(article, html, collection, category, things, lang, pictures, found).ok_or_else(|| format!("({id}) has no name."))
}

#[allow(clippy::too_many_arguments, reason = "the parts of one article")]
fn one_of(
    article: &Value,
    html: &str,
    collection: Option<&Value>,
    category: Option<&Value>,
    things: &Things,
    lang: &str,
    pictures: &HashMap<String, PathBuf>,
    found: &mut Found,
) -> Option<ImportedArticle> {
    let name = Some(text(article, "name")).filter(|name| !name.is_empty())?;
    let taken = std::cell::RefCell::new((BTreeMap::new(), vec![]));
    let body = to_markdown(html, |address| {
        let file = address.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        match pictures.get(file) {
            Some(path) => {
                let place = path.to_string_lossy().into_owned();
                taken.borrow_mut().0.insert(place.clone(), path.clone());
                Some(place)
            }
            None => {
                taken.borrow_mut().1.push(format!("“{name}”: the picture {address}, of which there is no file `{file}` in the folder"));
                None
            }
        }
    });
    let (images, left_out) = taken.into_inner();
    found.images.extend(images);
    found.left_out.extend(left_out);
    let internal = collection.is_some_and(|c| text(c, "visibility") == "private");
    let key = |id: &str| format!("helpscout-{id}");
    let related = article["related"].as_array().into_iter().flatten().filter_map(Value::as_str).filter(|id| things.articles.contains_key(*id));
    let keywords = article["keywords"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    Some(ImportedArticle {
        key: key(text(article, "id")),
        lang: lang.to_owned(),
        collection: shelf(collection, "Articles"),
        category: shelf(category, "General"),
        audience: if internal { Audience::Internal } else { Audience::Public },
        state: if text(article, "status") == "published" { ArticleState::Published } else { ArticleState::Draft },
        slug: Some(slug_of(text(article, "slug"))).filter(|slug| !slug.is_empty()),
        redirects: vec![],
        related: Some(related.take(10).map(key).collect()),
        text: ArticleText { title: name.to_owned(), summary: String::new(), body, keywords: keywords.take(30).collect() },
    })
}
