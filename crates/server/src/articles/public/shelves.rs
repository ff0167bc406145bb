//! The first page, collections and categories.

use super::layout::{Frame, in_language, way};
use super::words;
use crate::App;
use crate::articles::centre::Snapshot;
use crate::articles::pages::Page;
use axum::http::StatusCode;
use hypercare_core::article::{Article, Category, Collection};
use hypercare_core::update::render::escape;
use std::sync::Arc;

/// Articles of a category that its collection's page shows.
const SHOWN: usize = 8;

fn counted(lang: &str, number: usize) -> String {
    let w = words::of(lang);
    if number == 1 { w.one_article.to_owned() } else { w.articles.replace("{}", &number.to_string()) }
}

/// The name of something with its language where that is another one, and its description.
fn named(called: Option<(&str, &hypercare_core::article::Named)>, lang: &str) -> (String, String, String) {
    called.map_or_else(Default::default, |(tag, named)| (escape(&named.name), in_language(tag, lang), escape(&named.description)))
}

fn articles_in(centre: &Snapshot, collection: &Collection) -> usize {
    collection.categories.iter().map(|c| centre.of_category(c.id).len()).sum()
}

fn paths(centre: &Snapshot, rest: &str) -> Vec<(String, String)> {
    centre.settings.languages.iter().map(|lang| (lang.clone(), format!("/help/{lang}{rest}"))).collect()
}

/// The first page.
pub fn home(app: &App, centre: &Snapshot, lang: &str) -> Page {
    let w = words::of(lang);
    let items: String = centre
        .collections
        .iter()
        .map(|collection| (collection, articles_in(centre, collection)))
        .filter(|(_, articles)| *articles > 0)
        .map(|(collection, articles)| {
            let (name, tag, description) = named(collection.called(lang, centre.settings.default_lang()), lang);
            let description = if description.is_empty() { String::new() } else { format!("<p{tag}>{description}</p>") };
            format!(
                "<li><h2{tag}><a href=\"/help/{lang}/{}\">{name}</a></h2>{description}<small>{}</small></li>",
                collection.slug,
                counted(lang, articles)
            )
        })
        .collect();
    let shelf = if items.is_empty() { format!("<p>{}</p>", w.empty) } else { format!("<ul class=\"shelf\">{items}</ul>") };
    let path = Some(format!("/help/{lang}"));
    let frame = Frame {
        app,
        centre,
        lang,
        title: Some(w.home.to_owned()).filter(|home| *home != centre.settings.name),
        description: String::new(),
        path,
        elsewhere: paths(centre, ""),
        article: false,
        asked: "",
    };
    frame.page(StatusCode::OK, &format!("<h1>{}</h1>{shelf}", w.home))
}

/// A list of articles.
pub fn list<'a>(centre: &Snapshot, lang: &str, articles: impl Iterator<Item = &'a Arc<Article>>) -> String {
    let items: String = articles
        .filter_map(|article| {
            let text = centre.text(article, lang)?;
            let said = &text.live.as_ref()?.revision.text;
            let tag = in_language(&text.lang, lang);
            let summary = if said.summary.is_empty() { String::new() } else { format!("<p{tag}>{}</p>", escape(&said.summary)) };
            Some(format!("<li><a href=\"/help/{lang}/articles/{}\"{tag}>{}</a>{summary}</li>", text.slug, escape(&said.title)))
        })
        .collect();
    if items.is_empty() { String::new() } else { format!("<ul class=\"list\">{items}</ul>") }
}

/// One collection.
pub fn collection(app: &App, centre: &Snapshot, lang: &str, collection: &Collection) -> Page {
    let (w, default) = (words::of(lang), centre.settings.default_lang());
    let (name, tag, description) = named(collection.called(lang, default), lang);
    let mut body = way(w, &[(format!("/help/{lang}"), w.home.to_owned())]);
    body.push_str(&format!("<h1{tag}>{name}</h1>"));
    if !description.is_empty() {
        body.push_str(&format!("<p class=\"lead\"{tag}>{description}</p>"));
    }
    let mut any = false;
    for category in &collection.categories {
        let articles = centre.of_category(category.id);
        if articles.is_empty() {
            continue;
        }
        any = true;
        let (name, tag, _) = named(category.called(lang, default), lang);
        let path = format!("/help/{lang}/{}/{}", collection.slug, category.slug);
        body.push_str(&format!("<h2{tag}><a href=\"{path}\">{name}</a></h2>"));
        body.push_str(&list(centre, lang, articles.iter().copied().take(SHOWN)));
        if articles.len() > SHOWN {
            body.push_str(&format!("<p><a href=\"{path}\">{} <span{tag}>({name})</span></a></p>", counted(lang, articles.len())));
        }
    }
    if !any {
        body.push_str(&format!("<p>{}</p>", w.empty));
    }
    let title = collection.called(lang, default).map(|(_, named)| named.name.clone());
    let description = collection.called(lang, default).map(|(_, named)| named.description.clone()).unwrap_or_default();
    let rest = format!("/{}", collection.slug);
    let path = Some(format!("/help/{lang}{rest}")).filter(|_| any);
    Frame { app, centre, lang, title, description, path, elsewhere: paths(centre, &rest), article: false, asked: "" }.page(StatusCode::OK, &body)
}

/// One category.
pub fn category(app: &App, centre: &Snapshot, lang: &str, collection: &Collection, category: &Category) -> Page {
    let (w, default) = (words::of(lang), centre.settings.default_lang());
    let (name, tag, description) = named(category.called(lang, default), lang);
    let (above, above_tag, _) = named(collection.called(lang, default), lang);
    let steps =
        [(format!("/help/{lang}"), w.home.to_owned()), (format!("/help/{lang}/{}", collection.slug), format!("<span{above_tag}>{above}</span>"))];
    let articles = centre.of_category(category.id);
    let any = !articles.is_empty();
    let shown = if any { list(centre, lang, articles.into_iter()) } else { format!("<p>{}</p>", w.empty) };
    let lead = if description.is_empty() { String::new() } else { format!("<p class=\"lead\"{tag}>{description}</p>") };
    let body = format!("{}<h1{tag}>{name}</h1>{lead}{shown}", way(w, &steps));
    let title = category.called(lang, default).map(|(_, named)| named.name.clone());
    let description = category.called(lang, default).map(|(_, named)| named.description.clone()).unwrap_or_default();
    let rest = format!("/{}/{}", collection.slug, category.slug);
    let path = Some(format!("/help/{lang}{rest}")).filter(|_| any);
    Frame { app, centre, lang, title, description, path, elsewhere: paths(centre, &rest), article: false, asked: "" }.page(StatusCode::OK, &body)
}
