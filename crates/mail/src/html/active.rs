//! What of some HTML can do something: the check of the sanitiser, by tests and by fuzzing.

use super::tokens::{self, Reader};
use html5ever::tokenizer::Tag;

const ELEMENTS: [&str; 28] = [
    "script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "link", "meta", "base", "template", "noscript", "frame",
    "frameset", "applet", "video", "audio", "source", "track", "button", "textarea", "select", "option", "portal", "marquee", "dialog",
];

/// Elements and attributes that run, load or send something, each in words; empty for HTML that only shows. Images are no matter here.
pub fn active(html: &str) -> Vec<String> {
    let (found, whole) = tokens::read(html, Found(Vec::new()));
    let mut found = found.0;
    if !whole {
        found.push("a tag with too many attributes to be read".to_owned());
    }
    found
}

struct Found(Vec<String>);

impl Reader for Found {
    fn start(&mut self, tag: &Tag) {
        look_at(tag, &mut self.0);
    }
    fn end(&mut self, _name: &str) {}
}

fn look_at(tag: &Tag, found: &mut Vec<String>) {
    let name: &str = &tag.name;
    if ELEMENTS.contains(&name) {
        found.push(name.to_owned());
    }
    for attribute in &tag.attrs {
        let (key, value): (&str, String) = (&attribute.name.local, attribute.value.to_lowercase());
        let scheme: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take_while(|c| *c != ':').collect();
        let address = matches!(key, "href" | "src" | "action" | "background" | "formaction" | "poster" | "xlink:href" | "ping" | "srcset");
        let runs = address && (matches!(scheme.as_str(), "javascript" | "vbscript") || (key == "href" && scheme == "data"));
        let loads = key == "style" && (value.contains("url(") || value.contains("expression") || value.contains("@import"));
        if key.starts_with("on") || matches!(key, "srcdoc" | "ping" | "srcset") || runs || loads {
            found.push(format!("{name} {key}={value}"));
        }
    }
}
