//! Markdown as HTML that only shows: an allow-list of elements and attributes, pictures of our own only, and links that lead somewhere.

use ammonia::Builder;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Where pictures of articles are.
pub const IMAGES: &str = "/help/images/";
/// How a link to another article begins: its key follows.
const ARTICLE: &str = "article:";
/// How the anchors of headings begin, so that they are none of the page's own.
const ANCHOR: &str = "h-";
/// Deepest nesting that is drawn: what nests deeper is an attack and no text.
const DEEPEST: usize = 60;

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// A text, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// As HTML.
    pub html: String,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Draws a text. `leads` gives the address of an article by its key; a link to one that is not there is plain text.
pub fn render(markdown: &str, leads: impl Fn(&str) -> Option<String>) -> Rendered {
    let mut headings: Vec<Heading> = vec![];
    let mut events: Vec<Event<'_>> = Vec::with_capacity(markdown.len() / 16);
    // A link or a picture that is left out leaves what stands in it.
    let mut left_out: Vec<bool> = vec![];
    let mut depth = 0_usize;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let to = destination(link_type, &dest_url, &leads);
                left_out.push(to.is_none());
                if let Some(to) = to {
                    events.push(Event::Start(Tag::Link { link_type, dest_url: to.into(), title, id }));
                }
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let ours = is_image(&dest_url);
                left_out.push(!ours);
                if ours {
                    events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                }
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                if left_out.pop() == Some(false) {
                    events.push(Event::End(end));
                }
            }
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Rendered { html: format!("<pre>{}</pre>", escape(markdown)), headings: vec![] };
                }
                events.push(Event::Start(lowered(tag)));
            }
            Event::End(TagEnd::Heading(level)) => {
                depth = depth.saturating_sub(1);
                name_heading(&mut events, &mut headings, below(level));
                events.push(Event::End(TagEnd::Heading(below(level))));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                events.push(Event::End(end));
            }
            other => events.push(other),
        }
    }
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut html, events.into_iter());
    Rendered { html: cleaned(&html), headings }
}

/// The page has its own first heading: those of the text begin below it.
const fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        other => other,
    }
}

fn lowered(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Heading { level, id, classes, attrs } => Tag::Heading { level: below(level), id, classes, attrs },
        other => other,
    }
}

/// Gives the heading that ends here an anchor of its own.
fn name_heading(events: &mut [Event<'_>], headings: &mut Vec<Heading>, level: HeadingLevel) {
    let Some(start) = events.iter().rposition(|e| matches!(e, Event::Start(Tag::Heading { .. }))) else { return };
    let said: String = events[start..].iter().filter_map(text_in).collect();
    let slug = hypercare_core::article::slug_of(&said);
    let base = format!("{ANCHOR}{}", if slug.is_empty() { "part" } else { &slug });
    let mut name = base.clone();
    let mut number = 2;
    while headings.iter().any(|known| known.id == name) {
        name = format!("{base}-{number}");
        number += 1;
    }
    if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
        *id = Some(CowStr::from(name.clone()));
    }
    headings.push(Heading { level: level as u8, id: name, text: said.trim().to_owned() });
}

fn text_in(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".into()),
        _ => None,
    }
}

fn destination(kind: LinkType, to: &str, leads: &impl Fn(&str) -> Option<String>) -> Option<String> {
    if let Some(key) = to.strip_prefix(ARTICLE) {
        let (key, anchor) = key.split_once('#').unwrap_or((key, ""));
        let address = leads(&percent_decoded(key))?;
        return Some(if anchor.is_empty() { address } else { format!("{address}#{anchor}") });
    }
    let email = kind == LinkType::Email;
    Some(if email { format!("mailto:{to}") } else { to.to_owned() }).filter(|to| is_link(to))
}

/// Whether a link may lead there: to the web, to a mail program or a telephone, or within this site.
fn is_link(to: &str) -> bool {
    let lower = to.trim_start().to_lowercase();
    let scheme =
        lower.split_once(':').map(|(scheme, _)| scheme).filter(|s| s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')));
    match scheme {
        Some(scheme) => matches!(scheme, "http" | "https" | "mailto" | "tel"),
        None => (to.starts_with('/') && !to.starts_with("//")) || to.starts_with('#'),
    }
}

/// Whether it is a picture that was uploaded here.
pub fn is_image(address: &str) -> bool {
    address.strip_prefix(IMAGES).is_some_and(is_image_name)
}

/// Whether it is a name as uploads give: letters, digits and one dot.
pub fn is_image_name(name: &str) -> bool {
    name.len() <= 60 && name.split('.').count() == 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
}

/// The names of pictures that a text shows.
pub fn images_in(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.match_indices(IMAGES).filter_map(|(at, begin)| {
        let rest = &markdown[at + begin.len()..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
        Some(rest[..end].trim_end_matches('.')).filter(|name| is_image_name(name))
    })
}

/// How many pictures from elsewhere a text names. They are left out: they would tell somebody else who reads here.
pub fn foreign_images(markdown: &str) -> usize {
    let images = Parser::new_ext(markdown, options()).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    images.filter(|to| !is_image(to)).count()
}

fn percent_decoded(text: &str) -> String {
    // In a form `+` is a blank; in a key it is itself.
    form_urlencoded::parse(text.replace('+', "%2B").as_bytes()).next().map(|(key, _)| key.into_owned()).unwrap_or_default()
}

/// All that a text says, without its marks, for the search.
pub fn plain(markdown: &str) -> (String, String) {
    let (mut all, mut headings, mut within) = (String::new(), String::new(), false);
    for event in Parser::new_ext(markdown, options()) {
        match &event {
            Event::Start(Tag::Heading { .. }) => within = true,
            Event::End(TagEnd::Heading(_)) => (within, headings) = (false, headings + "\n"),
            _ => {}
        }
        let said = text_in(&event).unwrap_or_else(|| if matches!(event, Event::End(_)) { " ".into() } else { String::new() });
        if within {
            headings.push_str(&said);
        }
        all.push_str(&said);
    }
    (all, headings)
}

fn escape(text: &str) -> String {
    hypercare_core::update::render::escape(text)
}

fn cleaned(html: &str) -> String {
    static BUILDER: OnceLock<Builder<'static>> = OnceLock::new();
    BUILDER.get_or_init(builder).clean(html).to_string()
}

fn builder() -> Builder<'static> {
    const TAGS: [&str; 42] = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
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
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "ul",
        "var",
    ];
    const TABLE: [&str; 6] = ["table", "tbody", "td", "th", "thead", "tr"];
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into_iter().chain(TABLE).collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "textarea", "select", "iframe", "object", "noscript", "template", "svg", "math",
        ]))
        .generic_attributes(HashSet::from(["id", "lang", "dir", "title"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt", "width", "height"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !is_image(value) => None,
            ("a", "href") if !is_link(value) => None,
            (_, "id") if !value.starts_with(ANCHOR) => None,
            ("img", "width" | "height") if !value.bytes().all(|b| b.is_ascii_digit()) || value.len() > 4 => None,
            (_, "dir") if !matches!(value, "ltr" | "rtl" | "auto") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(key: &str) -> Option<String> {
        (key == "seats").then(|| "/help/en/articles/seats".to_owned())
    }

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(render(markdown, leads).html.trim(), expected, "{markdown}");
    }

    #[test]
    fn what_is_written_is_drawn() {
        check("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>");
        check("# One\n\ntwo", "<h2 id=\"h-one\">One</h2>\n<p>two</p>");
        check("[a](https://x.example)", "<p><a href=\"https://x.example\" rel=\"noopener noreferrer\">a</a></p>");
        check("[a](article:seats#h-now)", "<p><a href=\"/help/en/articles/seats#h-now\" rel=\"noopener noreferrer\">a</a></p>");
        check("[a](article:gone) b", "<p>a b</p>");
        check("![A cat](/help/images/ab12.png)", "<p><img src=\"/help/images/ab12.png\" alt=\"A cat\"></p>");
        check("| a |\n|---|\n| b |", "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table>");
    }

    #[test]
    fn nothing_that_does_something_is_left() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://tracker.example/x.png)",
            "![x](javascript:alert(1))",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](data:text/html;base64,PHNjcmlwdD4=)",
            "[a](//evil.example)",
            "<a href=\"java\tscript:alert(1)\">a</a>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<form action=\"/x\"><input name=q></form>",
            "<style>body{display:none}</style>",
            "<p style=\"position:fixed\" onclick=\"x()\">a</p>",
            "<svg><script>alert(1)</script></svg>",
            "<div id=\"content\">a</div>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "[a](<javascript:alert(1)>)",
            "<svg/onload=alert(1)>",
            "<base href=\"https://evil.example\">",
            "<meta http-equiv=refresh content=0>",
        ];
        for markdown in hostile {
            let html = render(markdown, leads).html;
            assert_eq!(hypercare_mail::html::active(&html), Vec::<String>::new(), "{markdown} → {html}");
            assert!(
                !html.contains("evil.example") && !html.contains("tracker") && !html.contains("id=\"content\"") && !html.contains("style"),
                "{html}"
            );
        }
        let deep = ">".repeat(5_000) + " a";
        assert!(render(&deep, leads).html.starts_with("<pre>"));
    }

    #[test]
    fn headings_have_anchors_of_their_own() {
        let drawn = render("## Über uns\n\n## Über uns\n\n### `code` и\n\n## 中文", leads);
        let found: Vec<(u8, &str, &str)> = drawn.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
        assert_eq!(found, [(2, "h-ueber-uns", "Über uns"), (2, "h-ueber-uns-2", "Über uns"), (3, "h-code", "code и"), (2, "h-part", "中文")]);
    }

    #[test]
    fn pictures_are_found_by_their_names() {
        let text = "![a](/help/images/ab12.png) and <img src=\"/help/images/cd34.jpg\"> /help/images/../x";
        assert_eq!(images_in(text).collect::<Vec<_>>(), ["ab12.png", "cd34.jpg"]);
    }

    #[test]
    fn the_search_reads_words_only() {
        let (all, headings) = plain("# One\n\nTwo **three** [four](https://x.example)\n\n- five");
        assert_eq!(all.split_whitespace().collect::<Vec<_>>(), ["One", "Two", "three", "four", "five"]);
        assert_eq!(headings.trim(), "One");
    }
}
