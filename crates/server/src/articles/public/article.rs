//! One article.

use super::layout::{Frame, in_language, way};
use super::{shelves, words};
use crate::App;
use crate::articles::centre::Snapshot;
use crate::articles::markdown::{self, Heading};
use crate::articles::pages::Page;
use axum::http::StatusCode;
use hypercare_core::article::{Article, Live, Variant};
use hypercare_core::update::render::escape;

/// From so many headings and so many characters on an article says what is on its page.
const LONG: (usize, usize) = (3, 1_500);
/// Related articles below the text.
const RELATED: usize = 6;

/// What a reader has said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// Nothing yet.
    No,
    /// It helped, or they said what was missing.
    Thanked,
    /// It did not help: what was missing?
    Asked,
}

impl Rated {
    /// Its part of a page's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Thanked => "thanked",
            Self::Asked => "asked",
        }
    }
}

/// The page.
pub fn page(app: &App, centre: &Snapshot, lang: &str, article: &Article, text: &Variant, live: &Live, rated: Rated) -> Page {
    let w = words::of(lang);
    let said = &live.revision.text;
    let leads = |key: &str| centre.by_key(key).and_then(|other| centre.path(other, lang));
    let drawn = markdown::render(&said.body, leads);
    let tag = in_language(&text.lang, lang);
    let mut body = breadcrumb(centre, lang, article);
    body.push_str(&format!("<article{tag}><h1>{}</h1>", escape(&said.title)));
    if text.lang != lang {
        let shown = format!("<bdi>{}</bdi>", escape(&words::name_of(&text.lang)));
        body.push_str(&format!("<p class=\"note\"{}>{}</p>", in_language(lang, &text.lang), w.fallback.replace("{}", &shown)));
    }
    if drawn.headings.len() >= LONG.0 && said.body.len() >= LONG.1 {
        body.push_str(&contents(w.contents, lang, &text.lang, &drawn.headings));
    }
    body.push_str(&format!("<div class=\"body\">{}</div></article>", finished(&drawn.html, w.table)));
    let day = live.at.to_jiff().strftime("%Y-%m-%d").to_string();
    body.push_str(&format!("<p class=\"when\">{} <time datetime=\"{day}\">{day}</time></p>", w.updated));
    let related = article.related.iter().filter_map(|id| centre.public(*id)).take(RELATED);
    let related = shelves::list(centre, lang, related);
    if !related.is_empty() {
        body.push_str(&format!("<section aria-labelledby=\"related\"><h2 id=\"related\">{}</h2>{related}</section>", w.related));
    }
    body.push_str(&rating(w, lang, text, rated));
    body.push_str(&format!("<p><a href=\"/help/contact?lang={lang}&amp;article={}\">{}</a></p>", article.id, w.not_answered));
    let description = if said.summary.is_empty() { beginning(&said.body) } else { said.summary.clone() };
    let own = article.variants.iter().filter(|v| v.live.is_some() && centre.language(&v.lang).is_some());
    let elsewhere: Vec<(String, String)> = own.map(|v| (v.lang.clone(), format!("/help/{0}/articles/{1}", v.lang, v.slug))).collect();
    // What is shown instead of a missing language is the same page as in its own.
    let path = Some(format!("/help/{}/articles/{}", text.lang, text.slug));
    let frame = Frame { app, centre, lang, title: Some(said.title.clone()), description, path, elsewhere, article: true, asked: "" };
    frame.page(StatusCode::OK, &body)
}

fn breadcrumb(centre: &Snapshot, lang: &str, article: &Article) -> String {
    let (w, default) = (words::of(lang), centre.settings.default_lang());
    let mut steps = vec![(format!("/help/{lang}"), w.home.to_owned())];
    if let Some((collection, category)) = centre.place(article.category) {
        let named = |called: Option<(&str, &hypercare_core::article::Named)>| {
            called.map(|(tag, named)| format!("<span{}>{}</span>", in_language(tag, lang), escape(&named.name))).unwrap_or_default()
        };
        steps.push((format!("/help/{lang}/{}", collection.slug), named(collection.called(lang, default))));
        steps.push((format!("/help/{lang}/{}/{}", collection.slug, category.slug), named(category.called(lang, default))));
    }
    way(w, &steps)
}

fn contents(title: &str, lang: &str, text: &str, headings: &[Heading]) -> String {
    let shown = headings.iter().filter(|h| h.level <= 3);
    let items: String = shown
        .map(|h| format!("<li{}><a href=\"#{}\">{}</a></li>", if h.level == 3 { " class=\"sub\"" } else { "" }, h.id, escape(&h.text)))
        .collect();
    format!("<nav class=\"toc\" aria-labelledby=\"toc\"><h2 id=\"toc\"{}>{title}</h2><ul>{items}</ul></nav>", in_language(lang, text))
}

/// The text with what only pages have: tables that scroll by the keyboard too, pictures that load when they are looked at.
fn finished(html: &str, table: &str) -> String {
    let open = format!("<div class=\"table\" role=\"region\" aria-label=\"{table}\" tabindex=\"0\"><table");
    html.replace("<table", &open).replace("</table>", "</table></div>").replace("<img ", "<img loading=\"lazy\" ")
}

fn rating(w: &words::Words, lang: &str, text: &Variant, rated: Rated) -> String {
    let action = format!("/help/{lang}/articles/{}/rating", text.slug);
    let inner = match rated {
        Rated::No => format!(
            "<h2 id=\"helped\">{}</h2><form method=\"post\" action=\"{action}\" class=\"line\"><button class=\"plain\" name=\"helpful\" value=\"yes\">{}</button>\
             <button class=\"plain\" name=\"helpful\" value=\"no\">{}</button></form>",
            w.helped, w.yes, w.no
        ),
        Rated::Thanked => format!("<h2 id=\"helped\">{}</h2><p role=\"status\">{}</p>", w.helped, w.thanks),
        Rated::Asked => format!(
            "<h2 id=\"helped\">{}</h2><p role=\"status\">{}</p><form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"helpful\" value=\"no\">\
             <div class=\"field\"><label for=\"comment\">{}</label><textarea id=\"comment\" name=\"comment\" rows=\"3\" maxlength=\"1000\" required></textarea></div>\
             <button type=\"submit\">{}</button></form>",
            w.helped, w.thanks, w.missing, w.send
        ),
    };
    format!("<section class=\"rate\" id=\"rating\" aria-labelledby=\"helped\">{inner}</section>")
}

/// The first words of a text, for search engines.
fn beginning(body: &str) -> String {
    let (plain, _) = markdown::plain(body);
    let words: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= 160 { words } else { words.chars().take(159).chain(['…']).collect() }
}
