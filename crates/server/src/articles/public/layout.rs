//! What all pages of the help centre have around what they say.

use super::words::{self, Words};
use super::{SCRIPT_PATH, style};
use crate::App;
use crate::articles::centre::Snapshot;
use crate::articles::pages::Page;
use axum::http::StatusCode;
use hypercare_core::article::direction;
use hypercare_core::update::render::escape;

/// Characters of a question.
pub const LONGEST_QUESTION: usize = 1_000;

/// One page, before what it says.
pub struct Frame<'a> {
    /// The application.
    pub app: &'a App,
    /// What there is.
    pub centre: &'a Snapshot,
    /// The reader's language.
    pub lang: &'a str,
    /// Its title; none for the first page.
    pub title: Option<String>,
    /// What it is about, for search engines.
    pub description: String,
    /// Where it is, for search engines; none for pages that they are not to list.
    pub path: Option<String>,
    /// Where it is in the other languages, with their tags.
    pub elsewhere: Vec<(String, String)>,
    /// It is an article, and no list.
    pub article: bool,
    /// What was asked, for the search field.
    pub asked: &'a str,
}

impl<'a> Frame<'a> {
    /// A page that search engines are not to list.
    pub fn unlisted(app: &'a App, centre: &'a Snapshot, lang: &'a str, title: &str) -> Self {
        let elsewhere = centre.settings.languages.iter().map(|l| (l.clone(), format!("/help/{l}"))).collect();
        Self { app, centre, lang, title: Some(title.to_owned()), description: String::new(), path: None, elsewhere, article: false, asked: "" }
    }

    /// The pages' words in the reader's language.
    pub fn words(&self) -> &'static Words {
        words::of(self.lang)
    }

    /// The whole page, ready to be sent.
    pub fn page(&self, status: StatusCode, body: &str) -> Page {
        let style = style::of(&self.centre.settings);
        Page::new(self.html(&style, body), &style, status)
    }

    fn html(&self, style: &str, body: &str) -> String {
        let (w, name) = (self.words(), escape(&self.centre.settings.name));
        let title = self.title.as_ref().map_or_else(|| name.clone(), |title| format!("{} · {name}", escape(title)));
        // In the language that it was written in, whatever the page's direction.
        let alert = if self.centre.alert.is_empty() { String::new() } else { format!("<div dir=\"auto\">{}</div>", self.centre.alert) };
        let logo = self.centre.settings.logo.as_ref().map(|l| format!("<img src=\"/help/images/{l}\" alt=\"\">")).unwrap_or_default();
        format!(
            "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <title>{title}</title>{head}<link rel=\"icon\" href=\"/favicon.svg\"><style>{style}</style><script src=\"{SCRIPT_PATH}\" defer></script></head><body>\
             <a class=\"skip\" href=\"#content\">{skip}</a>\
             <header><a class=\"brand\" href=\"/help/{lang}\">{logo}<span>{name}</span></a>{languages}</header>\
             <main id=\"content\" tabindex=\"-1\">{alert}{form}{body}</main>\
             <footer><ul><li><a href=\"/help/{lang}\">{home}</a></li><li><a href=\"/help/contact?lang={lang}\">{contact}</a></li></ul></footer></body></html>",
            lang = self.lang,
            dir = direction(self.lang),
            head = self.head(&title),
            skip = w.skip,
            languages = self.languages(),
            alert = alert,
            form = self.form(),
            home = w.home,
            contact = w.contact,
        )
    }

    /// What search engines and other sites are told.
    fn head(&self, title: &str) -> String {
        let Some(path) = &self.path else { return "<meta name=\"robots\" content=\"noindex\">".into() };
        let base = self.centre.base(self.app);
        let kind = if self.article { "article" } else { "website" };
        let description = escape(&self.description);
        let mut head = format!("<link rel=\"canonical\" href=\"{base}{path}\">");
        if !description.is_empty() {
            head.push_str(&format!(
                "<meta name=\"description\" content=\"{description}\"><meta property=\"og:description\" content=\"{description}\">"
            ));
        }
        for (lang, path) in &self.elsewhere {
            head.push_str(&format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{base}{path}\">"));
            if lang == self.centre.settings.default_lang() {
                head.push_str(&format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{base}{path}\">"));
            }
        }
        head.push_str(&format!(
            "<meta property=\"og:title\" content=\"{title}\"><meta property=\"og:type\" content=\"{kind}\"><meta property=\"og:url\" content=\"{base}{path}\">\
             <meta property=\"og:site_name\" content=\"{}\"><meta property=\"og:locale\" content=\"{}\">",
            escape(&self.centre.settings.name),
            self.lang.replace('-', "_"),
        ));
        if let Some(logo) = &self.centre.settings.logo {
            head.push_str(&format!("<meta property=\"og:image\" content=\"{base}/help/images/{logo}\">"));
        }
        head
    }

    fn languages(&self) -> String {
        if self.centre.settings.languages.len() < 2 {
            return String::new();
        }
        let items = self.centre.settings.languages.iter().map(|lang| {
            let here_in = self.elsewhere.iter().find(|(l, _)| l == lang).map(|(_, path)| path.clone());
            // An article that a language lacks is shown there in another one, at the same last part of the address.
            let instead = || {
                self.path
                    .as_ref()
                    .filter(|_| self.article)
                    .and_then(|path| path.rsplit('/').next())
                    .map(|slug| format!("/help/{lang}/articles/{slug}"))
            };
            let path = here_in.or_else(instead).unwrap_or_else(|| format!("/help/{lang}"));
            let here = if lang == self.lang { " aria-current=\"true\"" } else { "" };
            format!("<li><a href=\"{path}\" lang=\"{lang}\" hreflang=\"{lang}\"{here}>{}</a></li>", escape(&words::name_of(lang)))
        });
        format!("<nav class=\"langs\" aria-label=\"{}\"><ul>{}</ul></nav>", self.words().languages, items.collect::<String>())
    }

    /// The search: it works without script, and answers while somebody types with one.
    fn form(&self) -> String {
        let w = self.words();
        format!(
            "<form class=\"ask\" method=\"get\" action=\"/help\" role=\"search\"><input type=\"hidden\" name=\"lang\" value=\"{lang}\"><label for=\"q\">{question}</label>\
             <div class=\"line\"><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" maxlength=\"{LONGEST_QUESTION}\" required value=\"{asked}\">\
             <button type=\"submit\">{search}</button></div><div id=\"found\" aria-live=\"polite\" data-answer=\"{answer}\"></div></form>",
            lang = self.lang,
            question = w.question,
            asked = escape(self.asked),
            search = w.search,
            answer = w.answer,
        )
    }
}

/// The language and direction of something that may be in another language than the page.
pub fn in_language(lang: &str, page: &str) -> String {
    if lang == page { String::new() } else { format!(" lang=\"{lang}\" dir=\"{}\"", direction(lang)) }
}

/// The way from the first page to this one: addresses and names.
pub fn way(w: &Words, steps: &[(String, String)]) -> String {
    let items: String = steps.iter().map(|(path, name)| format!("<li><a href=\"{path}\">{name}</a></li>")).collect();
    format!("<nav class=\"way\" aria-label=\"{}\"><ol>{items}</ol></nav>", w.way)
}
