//! HTML of a mail that a person may look at: an allow-list of elements, attributes and styles, and no address that is loaded
//! without having been asked for.
//!
//! It is meant to be shown in a sandboxed frame besides: two walls, each of which holds alone.

use super::tokens::{self, Reader};
use ammonia::{Builder, UrlRelative};
use html5ever::tokenizer::Tag;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Most tags, and deepest nesting, that a tree is built of. Repairing misnested tags takes more than linear time; mails of people
/// stay far below both (a newsletter has some 2,000 tags, 60 deep).
const TAGS: usize = 20_000;
const DEEPEST: usize = 300;

/// Whether images from elsewhere are shown. They tell their sender when and where a mail is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteImages {
    /// They are left out and counted.
    Blocked,
    /// Somebody asked for them.
    Shown,
}

/// HTML without anything active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safe {
    /// The HTML. Images within the mail have the address that `inline` gave.
    pub html: String,
    /// Images from elsewhere that were left out.
    pub blocked_images: usize,
    /// It was too large or too deep to be cleaned; what is shown is its text.
    pub as_text: bool,
}

/// Cleans HTML. `inline` gives the address of an image within the mail by its `Content-ID`; without one it is left out.
pub fn safe(html: &str, images: RemoteImages, inline: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Safe {
    let (html, data) = tokens::without_data(html);
    let html = html.as_str();
    if !is_buildable(html) {
        let text = super::to_text(html).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        return Safe { html: format!("<pre>{text}</pre>"), blocked_images: 0, as_text: true };
    }
    let blocked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&blocked);
    let inline = move |id: &str| {
        let taken = tokens::taken_number(id).and_then(|number| data.get(number)).cloned();
        taken.filter(|data| is_harmless_data(data)).or_else(|| inline(id))
    };
    let mut builder = Builder::empty();
    builder
        .tags(set(TAGS_ALLOWED))
        .clean_content_tags(set(&[
            "script", "style", "title", "textarea", "select", "iframe", "object", "noscript", "template", "svg", "math", "xmp", "noembed", "noframes",
        ]))
        .generic_attributes(set(&["align", "dir", "lang", "style", "title", "valign"]))
        .tag_attributes(HashMap::from([
            ("a", set(&["href"])),
            ("blockquote", set(&["type"])),
            ("col", set(&["span", "width"])),
            ("font", set(&["color", "face", "size"])),
            ("img", set(&["src", "alt", "width", "height"])),
            ("ol", set(&["start", "type"])),
            ("table", set(&["border", "cellpadding", "cellspacing", "width", "bgcolor"])),
            ("td", set(&["colspan", "rowspan", "width", "height", "bgcolor", "nowrap"])),
            ("th", set(&["colspan", "rowspan", "width", "height", "bgcolor", "scope", "nowrap"])),
            ("tr", set(&["bgcolor"])),
        ]))
        .url_schemes(set(&["http", "https", "mailto", "tel", "cid", "data"]))
        // Whether an address may stand is decided below; one of ours, for an image, is relative.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .filter_style_properties(set(STYLES_ALLOWED))
        .attribute_filter(move |element, attribute, value| attribute_value(element, attribute, value, images, &inline, &counted));
    let html = builder.clean(html).to_string();
    Safe { html, blocked_images: blocked.load(Ordering::Relaxed), as_text: false }
}

const TAGS_ALLOWED: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Nothing that places an element or loads an address.
const STYLES_ALLOWED: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "display",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "letter-spacing",
    "line-height",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
];

fn set(values: &'static [&'static str]) -> HashSet<&'static str> {
    values.iter().copied().collect()
}

fn attribute_value<'v>(
    element: &str,
    attribute: &str,
    value: &'v str,
    images: RemoteImages,
    inline: &dyn Fn(&str) -> Option<String>,
    blocked: &AtomicUsize,
) -> Option<Cow<'v, str>> {
    let value = value.trim_start();
    // Two strokes stand for the scheme of the page, which is https.
    let remote = if value.starts_with("//") { Some(Cow::from(format!("https:{value}"))) } else { None };
    let (scheme, rest) = value.split_once(':').unwrap_or(("", value));
    let scheme = if remote.is_some() { "https".to_owned() } else { scheme.to_ascii_lowercase() };
    match (element, attribute, scheme.as_str()) {
        ("img", "src", "http" | "https") => match images {
            RemoteImages::Shown => Some(remote.unwrap_or(value.into())),
            RemoteImages::Blocked => {
                blocked.fetch_add(1, Ordering::Relaxed);
                None
            }
        },
        ("img", "src", "cid") => inline(rest.trim()).map(Cow::from),
        ("img", "src", "data") => is_harmless_data(value).then(|| value.into()),
        ("img", "src", _) => None,
        (_, "href", scheme) => matches!(scheme, "http" | "https" | "mailto" | "tel").then(|| value.into()),
        (_, "style", _) => {
            let kept: Vec<&str> = value.split(';').filter(|one| !one.trim().is_empty() && is_harmless_style(one)).collect();
            (!kept.is_empty()).then(|| kept.join(";").into())
        }
        _ => Some(value.into()),
    }
}

/// A declaration that loads nothing and pulls nothing over something else. Escapes can hide a function's name; no mail program
/// writes any.
fn is_harmless_style(declaration: &str) -> bool {
    let lower = declaration.to_ascii_lowercase();
    let negative = lower.split('-').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
    !negative && !["url(", "image(", "image-set(", "expression", "@", "\\"].iter().any(|part| lower.contains(part))
}

/// Pictures of pixels; SVG is a document that can do things.
fn is_harmless_data(value: &str) -> bool {
    let value = value.trim_start().to_ascii_lowercase();
    ["data:image/png;", "data:image/jpeg;", "data:image/jpg;", "data:image/gif;", "data:image/webp;"].iter().any(|start| value.starts_with(start))
}

/// Whether a tree of it is built in a time that is no matter.
fn is_buildable(html: &str) -> bool {
    #[derive(Default)]
    struct Count {
        tags: usize,
        depth: usize,
        deepest: usize,
        open: HashMap<String, usize>,
    }
    impl Reader for Count {
        fn start(&mut self, tag: &Tag) {
            self.tags += 1;
            if !super::is_void(&tag.name) && !closes_itself(&tag.name) {
                *self.open.entry(tag.name.to_string()).or_default() += 1;
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
        }
        fn end(&mut self, name: &str) {
            self.tags += 1;
            if let Some(open) = self.open.get_mut(name).filter(|open| **open > 0) {
                *open -= 1;
                self.depth -= 1;
            }
        }
    }
    let (count, whole) = tokens::read(html, Count::default());
    whole && count.tags <= TAGS && count.deepest <= DEEPEST
}

/// Elements that the next of their kind ends: mails leave them open by the hundred.
fn closes_itself(name: &str) -> bool {
    matches!(name, "p" | "li" | "td" | "th" | "tr" | "tbody" | "thead" | "dd" | "dt" | "option")
}
