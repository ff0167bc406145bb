//! HTML as plain text that says the same: paragraphs, lists, links and tables in words, quoted passages marked with `> `.
//!
//! Read token by token, without a tree: the time is linear in the input and nothing nests on the stack, whatever the mail holds.

use super::tokens::{self, Reader};
use html5ever::tokenizer::Tag;

/// Deepest quotation that is marked as such.
const DEEPEST: usize = 12;

/// The text of an HTML document or fragment. Scripts, styles, comments and what is hidden from sight leave nothing behind.
pub fn to_text(html: &str) -> String {
    text_of(html).0
}

/// The same, and whether it was read to the end.
pub(crate) fn text_of(html: &str) -> (String, bool) {
    let (writer, whole) = tokens::read(&tokens::without_data(html).0, Writer::default());
    (writer.finish(), whole)
}

/// A list that is open: the number of its next item, if it counts.
type List = Option<u32>;

#[derive(Default)]
struct Writer {
    out: String,
    line: String,
    /// A word was ended by white space that is not written yet.
    space: bool,
    /// Line feeds that are due before the next word: 1 for a new line, 2 for a paragraph.
    due: usize,
    depth: usize,
    /// Open blockquotes that only indent.
    indented: usize,
    /// Open elements in which white space counts.
    kept: usize,
    /// The element whose content is left out, and how many of its name are open within.
    left_out: Option<(String, usize)>,
    lists: Vec<List>,
    /// Address of the link that is open, and where its text begins in the line.
    link: Option<(String, usize)>,
    cells: usize,
    /// A list's item was begun and nothing is said in it yet: a paragraph in it begins on its line.
    fresh_item: bool,
}

impl Reader for Writer {
    fn text(&mut self, text: &str) {
        if self.left_out.is_some() {
            return;
        }
        if self.kept > 0 {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.end_line();
                }
                if !line.is_empty() {
                    self.begin();
                    self.line.push_str(line.trim_end_matches('\r'));
                }
            }
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\n' | '\r' | '\t' | '\x0c') {
                self.space = true;
            } else {
                self.begin();
                self.line.push(if c == '\u{a0}' { ' ' } else { c });
            }
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((left_out, open)) = &mut self.left_out {
            // What may be left open ends where the next begins; a head without an end, at the first thing that is not of a head.
            let ends = match left_out.as_str() {
                "head" => !matches!(name, "meta" | "link" | "base" | "style" | "script" | "title" | "noscript" | "template"),
                "p" => name == "p" || is_block(name) || matches!(name, "table" | "ul" | "ol" | "blockquote" | "pre" | "hr"),
                "li" | "td" | "th" | "tr" | "dd" | "dt" | "option" => *open == 1 && left_out == name,
                _ => false,
            };
            if !ends {
                *open += usize::from(left_out == name && !is_void(name));
                return;
            }
            self.left_out = None;
        }
        let attribute = |wanted: &str| tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.trim());
        let style = attribute("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        let hidden = style.contains("display:none");
        if matches!(
            name,
            "head" | "script" | "style" | "title" | "textarea" | "select" | "iframe" | "object" | "template" | "xmp" | "noembed" | "noframes"
        ) || (hidden && !is_void(name))
        {
            self.left_out = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" => match self.due {
                0 => self.end_line(),
                // A line break where a line begins anyway is a blank line.
                _ => self.due = 2,
            },
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "table" => self.block(2),
            "ul" | "ol" => {
                self.fresh_item = false;
                self.block(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push((name == "ol").then(|| attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1)));
            }
            "li" => self.item(),
            "tr" => {
                self.block(1);
                self.cells = 0;
            }
            "td" | "th" => {
                if self.cells > 0 {
                    self.space = true;
                }
                self.cells += 1;
            }
            "hr" => {
                self.block(1);
                self.begin();
                // Not the long rule below which signatures stand: people part paragraphs with it.
                self.line.push_str("* * *");
                self.block(1);
            }
            "pre" => {
                self.block(2);
                self.kept += 1;
            }
            // How programs write that somebody pressed the button for indenting.
            "blockquote" if style.contains("border:none") && attribute("type").is_none() && attribute("class").is_none() => {
                self.indented += 1;
                self.block(1);
            }
            "blockquote" => {
                self.settle();
                self.depth += 1;
                self.due = 0;
            }
            "a" => {
                if let Some(address) = attribute("href").filter(|address| is_worth_saying(address)) {
                    if self.due > 0 || self.space {
                        self.begin();
                    }
                    self.link = Some((address.to_owned(), self.line.len()));
                }
            }
            "img" => {
                if let Some(text) = attribute("alt").filter(|text| !text.is_empty()) {
                    self.begin();
                    self.line.push_str(&format!("[{}]", text.split_whitespace().collect::<Vec<_>>().join(" ")));
                }
            }
            _ if is_block(name) => self.block(1),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((left_out, open)) = &mut self.left_out {
            if left_out == name {
                *open -= 1;
                if *open == 0 {
                    self.left_out = None;
                }
            } else if left_out == "head" && name == "html" {
                self.left_out = None;
            }
            return;
        }
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "table" => self.block(2),
            "ul" | "ol" => {
                self.lists.pop();
                self.block(if self.lists.is_empty() { 2 } else { 1 });
            }
            "pre" => {
                self.kept = self.kept.saturating_sub(1);
                self.block(2);
            }
            "blockquote" if self.indented > 0 => {
                self.indented -= 1;
                self.block(1);
            }
            "blockquote" if self.depth > 0 => {
                self.settle();
                self.depth -= 1;
                self.due = 0;
            }
            "a" => self.end_link(),
            _ if is_block(name) => self.block(1),
            _ => {}
        }
    }
}

impl Writer {
    /// Writes the line ends and the space that are due before something is said.
    fn begin(&mut self) {
        self.fresh_item = false;
        if self.due > 0 {
            let due = std::mem::take(&mut self.due);
            if !self.line.trim().is_empty() {
                self.end_line();
            }
            self.line.clear();
            if due > 1 && !self.out.is_empty() && !self.out.ends_with("\n\n") {
                self.quote_marks();
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push('\n');
            }
            self.space = false;
        } else if std::mem::take(&mut self.space) && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn quote_marks(&mut self) {
        for _ in 0..self.depth.min(DEEPEST) {
            self.out.push('>');
        }
        if self.depth > 0 {
            self.out.push(' ');
        }
    }

    fn end_line(&mut self) {
        self.quote_marks();
        let line = std::mem::take(&mut self.line);
        self.out.push_str(line.trim_end());
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
        self.space = false;
        if let Some((_, from)) = &mut self.link {
            *from = 0;
        }
    }

    /// What comes next is on a line of its own.
    fn block(&mut self, lines: usize) {
        if !self.fresh_item {
            self.due = self.due.max(lines);
        }
    }

    /// Ends what is open before the marks of quotation change.
    fn settle(&mut self) {
        if !self.line.trim().is_empty() {
            self.end_line();
        }
        self.line.clear();
        self.space = false;
    }

    fn item(&mut self) {
        self.fresh_item = false;
        self.block(1);
        self.begin();
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(8));
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}- "),
        };
        self.line.push_str(&mark);
        self.fresh_item = true;
    }

    /// Says where a link leads, unless its text says so.
    fn end_link(&mut self) {
        let Some((address, from)) = self.link.take() else { return };
        let said = self.line.get(from..).unwrap_or_default().trim();
        let bare = |text: &str| {
            text.trim_start_matches("mailto:").trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_lowercase()
        };
        if !said.is_empty() && self.due == 0 && bare(said) != bare(&address) {
            self.line.push_str(&format!(" <{address}>"));
        }
    }

    fn finish(mut self) -> String {
        self.settle();
        let text = self.out.trim_end();
        text[text.len() - text.trim_start_matches('\n').len()..].to_owned()
    }
}

/// Whether an address tells a reader something: no mark within the page, no script.
fn is_worth_saying(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:")) && address.len() <= 300
}

pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "meta" | "link" | "area" | "base" | "col" | "embed" | "source" | "track" | "wbr")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "address"
            | "center"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "dt"
            | "dd"
            | "tr"
            | "tbody"
            | "thead"
            | "tfoot"
            | "caption"
            | "li"
            | "body"
            | "html"
            | "summary"
            | "details"
    )
}
