//! HTML as Markdown that says the same: for articles that were written elsewhere. Read token by token, like the plain text.

use super::tokens::{self, Reader};
use html5ever::tokenizer::Tag;

/// Deepest nesting of lists and quotations that is kept.
const DEEPEST: usize = 8;

/// Some HTML as Markdown. `image` gives the address of a picture by the one it has; one without is left out.
pub fn to_markdown(html: &str, image: impl Fn(&str) -> Option<String>) -> String {
    let (writer, _) = tokens::read(html, Writer { image, out: String::new(), line: String::new(), prefix: vec![], state: State::default() });
    writer.finish()
}

#[derive(Default)]
struct State {
    /// A word was ended by white space that is not written yet.
    space: bool,
    /// A blank line is due before the next block.
    due: bool,
    /// The element whose content is left out, and how many of its name are open within.
    left_out: Option<(String, usize)>,
    /// Lists that are open: the number of the next item, where they count.
    lists: Vec<Option<u32>>,
    /// Links that are open: their addresses.
    links: Vec<Option<String>>,
    /// Within `pre`, which keeps its blanks.
    kept: usize,
    /// Within `code` in a line.
    code: usize,
    heading: bool,
    /// The table that is open: its rows of cells.
    table: Option<Vec<Vec<String>>>,
}

struct Writer<F> {
    image: F,
    out: String,
    line: String,
    /// What stands before each line: quotation marks and the room of list items. The first time an item's own mark stands there.
    prefix: Vec<(String, String)>,
    state: State,
}

impl<F: Fn(&str) -> Option<String>> Writer<F> {
    fn finish(mut self) -> String {
        self.end_line();
        let text = self.out.trim_matches('\n');
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }

    fn end_line(&mut self) {
        self.state.space = false;
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        if line.is_empty() {
            return;
        }
        if self.state.due && !self.out.is_empty() {
            let room: String = self.prefix.iter().map(|(_, later)| later.as_str()).collect();
            self.out.push_str(room.trim_end());
            self.out.push('\n');
        }
        self.state.due = false;
        for (first, later) in &mut self.prefix {
            self.out.push_str(first);
            first.clone_from(later);
        }
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn block(&mut self) {
        self.end_line();
        self.state.due = true;
    }

    fn word(&mut self, text: &str) {
        if self.state.space && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
        self.state.space = false;
        self.line.push_str(text);
    }

    /// Text with what Markdown would read as its own taken as it is.
    fn plain(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                self.state.space = true;
                continue;
            }
            let begins = self.line.is_empty() && !self.state.heading;
            let special = matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '|') || (begins && matches!(c, '#' | '+' | '-' | '>' | '~' | '='));
            let c = if c == '\u{a0}' { ' ' } else { c };
            let said = if special && self.state.code == 0 { format!("\\{c}") } else { c.to_string() };
            self.word(&said);
        }
    }

    /// A mark that holds to the word after it, or to the one before it.
    fn mark(&mut self, mark: &str, opens: bool) {
        if opens {
            self.word(mark);
        } else {
            let space = std::mem::take(&mut self.state.space);
            // Nothing was said within: both marks go.
            if self.line.ends_with(mark) && !self.line.ends_with(&mark.repeat(2)) {
                self.line.truncate(self.line.len() - mark.len());
            } else {
                self.line.push_str(mark);
            }
            self.state.space = space;
        }
    }

    fn cell(&mut self) {
        let said = std::mem::take(&mut self.line).trim().to_owned();
        self.state.space = false;
        if let Some(row) = self.state.table.as_mut().and_then(|rows| rows.last_mut()) {
            row.push(said);
        }
    }

    fn end_table(&mut self) {
        let rows: Vec<Vec<String>> = self.state.table.take().unwrap_or_default().into_iter().filter(|row| !row.is_empty()).collect();
        let wide = rows.iter().map(Vec::len).max().unwrap_or_default();
        self.block();
        for (n, mut row) in rows.into_iter().enumerate() {
            row.resize(wide, String::new());
            self.line = format!("| {} |", row.join(" | "));
            self.end_line();
            if n == 0 {
                self.line = format!("|{}", " --- |".repeat(wide));
                self.end_line();
            }
        }
        self.state.due = true;
    }
}

fn attribute<'a>(tag: &'a Tag, wanted: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.trim())
}

/// An address within `(` and `)`.
fn within(address: &str) -> String {
    if address.contains(['(', ')', ' ', '<', '>']) { format!("<{}>", address.replace(['<', '>', '\n'], "")) } else { address.to_owned() }
}

impl<F: Fn(&str) -> Option<String>> Reader for Writer<F> {
    fn text(&mut self, text: &str) {
        if self.state.left_out.is_some() {
            return;
        }
        if self.state.kept > 0 {
            self.line.push_str(text);
        } else {
            self.plain(text);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((left_out, open)) = &mut self.state.left_out {
            *open += usize::from(left_out == name);
            return;
        }
        match name {
            "head" | "script" | "style" | "title" | "textarea" | "select" | "iframe" | "object" | "template" | "noscript" | "svg" | "math"
            | "button" => {
                self.state.left_out = Some((name.to_owned(), 1));
            }
            "p" | "div" | "section" | "article" | "figure" | "figcaption" | "dl" | "dt" | "dd" | "header" | "footer"
                if self.state.table.is_none()
                // The first paragraph of an item stands on the item's own line.
                && (!self.line.is_empty() || self.prefix.last().is_none_or(|(first, later)| first == later)) =>
            {
                self.block();
            }
            "br" if self.state.table.is_none() && !self.line.is_empty() => {
                self.line.push('\\');
                self.end_line();
            }
            "br" | "p" | "div" => self.state.space = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block();
                let level = name[1..].parse::<usize>().unwrap_or(2).max(2);
                self.line = format!("{} ", "#".repeat(level));
                self.state.heading = true;
            }
            "ul" | "ol" => {
                if self.state.lists.is_empty() {
                    self.block();
                } else {
                    self.end_line();
                    self.state.due = false;
                }
                let start = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.state.lists.push((name == "ol").then_some(start));
            }
            "li" => {
                self.end_line();
                let mark = match self.state.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                if self.prefix.len() < DEEPEST {
                    let room = " ".repeat(mark.len());
                    self.prefix.push((mark, room));
                }
            }
            "blockquote" => {
                self.block();
                if self.prefix.len() < DEEPEST {
                    self.prefix.push(("> ".into(), "> ".into()));
                }
            }
            "pre" => {
                self.block();
                self.line = "```".into();
                self.end_line();
                self.state.kept += 1;
            }
            "code" | "kbd" | "samp" if self.state.kept == 0 => {
                self.mark("`", true);
                self.state.code += 1;
            }
            "strong" | "b" => self.mark("**", true),
            "em" | "i" => self.mark("*", true),
            "hr" => {
                self.block();
                self.line = "---".into();
                self.block();
            }
            "a" => {
                let to = attribute(tag, "href").filter(|to| !to.is_empty()).map(within);
                if to.is_some() {
                    self.word("[");
                }
                self.state.links.push(to);
            }
            "img" => {
                if let Some(to) = attribute(tag, "src").and_then(&self.image) {
                    let alt = attribute(tag, "alt").unwrap_or_default().replace(['[', ']', '\n'], " ");
                    self.word(&format!("![{alt}]({})", within(&to)));
                }
            }
            "table" => {
                self.block();
                self.state.table = Some(vec![]);
            }
            "tr" => {
                if let Some(rows) = &mut self.state.table {
                    rows.push(vec![]);
                }
            }
            "td" | "th" => drop(std::mem::take(&mut self.line)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((left_out, open)) = &mut self.state.left_out {
            *open -= usize::from(left_out == name);
            if *open == 0 {
                self.state.left_out = None;
            }
            return;
        }
        match name {
            "p" | "div" | "section" | "article" | "figure" | "figcaption" | "dl" | "dt" | "dd" if self.state.table.is_none() => self.block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if self.line.trim_matches(['#', ' ']).is_empty() {
                    self.line.clear();
                }
                self.block();
                self.state.heading = false;
            }
            "ul" | "ol" => {
                self.end_line();
                self.state.lists.pop();
                self.state.due = self.state.lists.is_empty();
            }
            "li" => {
                self.end_line();
                self.state.due = false;
                self.prefix.pop();
            }
            "blockquote" => {
                self.end_line();
                self.prefix.pop();
                self.state.due = true;
            }
            "pre" if self.state.kept > 0 => {
                let said = std::mem::take(&mut self.line);
                self.state.kept -= 1;
                for line in said.trim_matches('\n').split('\n') {
                    // A blank line belongs to it.
                    let room: String = self.prefix.iter().map(|(_, later)| later.as_str()).collect();
                    self.out.push_str(&format!("{room}{}\n", line.trim_end()));
                }
                self.line = "```".into();
                self.block();
            }
            "code" | "kbd" | "samp" if self.state.code > 0 => {
                self.state.code -= 1;
                self.mark("`", false);
            }
            "strong" | "b" => self.mark("**", false),
            "em" | "i" => self.mark("*", false),
            "a" => {
                if let Some(to) = self.state.links.pop().flatten() {
                    let space = std::mem::take(&mut self.state.space);
                    self.line.push_str(&format!("]({to})"));
                    self.state.space = space;
                }
            }
            "td" | "th" => self.cell(),
            "table" if self.state.table.is_some() => self.end_table(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let image = |address: &str| address.strip_prefix("https://old.example/").map(|name| format!("images/{name}"));
        assert_eq!(to_markdown(html, image), expected, "{html}");
    }

    #[test]
    fn what_articles_are_made_of_is_kept() {
        check("<p>One <b>two</b>,\n <em>three</em> and <code>a_b</code>.</p><p>Four</p>", "One **two**, *three* and `a_b`.\n\nFour\n");
        check("<h1>Title</h1><h3>Part</h3>text", "## Title\n\n### Part\n\ntext\n");
        check("<ul><li>One</li><li><p>Two</p><ol start=3><li>a</li><li>b</li></ol></li></ul><p>End</p>", "- One\n- Two\n  3. a\n  4. b\n\nEnd\n");
        check("<p>See <a href=\"https://x.example/a (b)\">here</a> now</p>", "See [here](<https://x.example/a (b)>) now\n");
        check("<img src=\"https://old.example/a.png\" alt=\"A\"><img src=\"https://else.example/b.png\">", "![A](images/a.png)\n");
        check("<blockquote><p>One</p><p>Two</p></blockquote>", "> One\n>\n> Two\n");
        check("<pre><code>let a = 1;\n\n  b();</code></pre>", "```\nlet a = 1;\n\n  b();\n```\n");
        check("<table><tr><th>A</th><th>B</th></tr><tr><td>1<br>2</td></tr></table>", "| A | B |\n| --- | --- |\n| 1 2 |  |\n");
        check("One<br>two", "One\\\ntwo\n");
        check("", "");
    }

    #[test]
    fn what_markdown_would_read_as_its_own_is_text() {
        check(
            "<p># no heading</p><p>2 * 3 * 4 &lt;b&gt; [x] a_b_c</p><p>- no item</p>",
            "\\# no heading\n\n2 \\* 3 \\* 4 \\<b> \\[x\\] a\\_b\\_c\n\n\\- no item\n",
        );
    }

    #[test]
    fn what_runs_or_is_hidden_is_left_out() {
        check("<script>alert(1)</script><style>p{}</style>a<b></b><svg><text>x</text></svg>", "a\n");
    }
}
