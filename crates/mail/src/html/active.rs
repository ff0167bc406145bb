//! What of some HTML can do something: the check of the sanitiser, by tests and by fuzzing.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

const ELEMENTS: [&str; 16] = [
    "script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "link", "meta", "base", "template", "noscript", "frame", "applet",
];

/// Elements and attributes that run, load or send something, each in words; empty for HTML that only shows. Images are no matter here.
///
/// It reads as a browser does, token by token, and shares nothing with what it checks but the tokenizer.
pub fn active(html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Found::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Found(RefCell<Vec<String>>);

impl TokenSink for Found {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            look_at(&tag, &mut self.0.borrow_mut());
        }
        TokenSinkResult::Continue
    }
}

fn look_at(tag: &Tag, found: &mut Vec<String>) {
    let name: &str = &tag.name;
    if ELEMENTS.contains(&name) {
        found.push(name.to_owned());
    }
    for attribute in &tag.attrs {
        let (key, value): (&str, String) = (&attribute.name.local, attribute.value.to_lowercase());
        let scheme: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take_while(|c| *c != ':').collect();
        let address = matches!(key, "href" | "src" | "action" | "background" | "formaction" | "poster" | "xlink:href");
        let runs = address && (matches!(scheme.as_str(), "javascript" | "vbscript") || (key == "href" && scheme == "data"));
        let loads = key == "style" && (value.contains("url(") || value.contains("expression") || value.contains("@import"));
        if key.starts_with("on") || key == "srcdoc" || runs || loads {
            found.push(format!("{name} {key}={value}"));
        }
    }
}
