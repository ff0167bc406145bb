//! A document in one shape, and the one place that writes it as plain text, Markdown and HTML: minutes and briefs read the same everywhere.

use std::fmt::Write;

/// Something to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub title: String,
    /// Sentences below the title.
    pub intro: Vec<String>,
    /// Its parts, in order.
    pub parts: Vec<DocPart>,
    /// Where to read more.
    pub link: Option<(String, String)>,
}

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocPart {
    /// Its heading.
    pub heading: String,
    /// A sentence, if anything is to be said before the lines.
    pub text: String,
    /// Its lines.
    pub lines: Vec<DocLine>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocLine {
    /// What it is about.
    pub title: String,
    /// Its figures.
    pub detail: String,
    /// What was said about it; may have several lines.
    pub note: String,
}

impl DocLine {
    /// Title and figures in one line.
    fn said(&self) -> String {
        match (self.title.as_str(), self.detail.as_str()) {
            (title, "") => title.to_owned(),
            ("", detail) => detail.to_owned(),
            (title, detail) => format!("{title}: {detail}"),
        }
    }
}

impl Document {
    /// As plain text, for mails.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        for line in &self.intro {
            let _ = write!(out, "\n{line}\n");
        }
        for part in &self.parts {
            let _ = write!(out, "\n{}\n", part.heading);
            if !part.text.is_empty() {
                let _ = writeln!(out, "{}", part.text);
            }
            for line in &part.lines {
                let _ = writeln!(out, "- {}", line.said());
                for note in line.note.lines().filter(|l| !l.trim().is_empty()) {
                    let _ = writeln!(out, "  {note}");
                }
            }
        }
        if let Some((words, address)) = &self.link {
            let _ = write!(out, "\n{words}: {address}\n");
        }
        out
    }

    /// As Markdown, for keeping elsewhere.
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        for line in &self.intro {
            let _ = write!(out, "\n{}\n", escaped(line));
        }
        for part in &self.parts {
            let _ = write!(out, "\n## {}\n\n", escaped(&part.heading));
            if !part.text.is_empty() {
                let _ = write!(out, "{}\n\n", escaped(&part.text));
            }
            for line in &part.lines {
                let title = if line.title.is_empty() { String::new() } else { format!("**{}**", escaped(&line.title)) };
                let between = if title.is_empty() || line.detail.is_empty() { "" } else { ": " };
                let _ = writeln!(out, "- {title}{between}{}", escaped(&line.detail));
                for note in line.note.lines().filter(|l| !l.trim().is_empty()) {
                    let _ = writeln!(out, "  > {}  ", escaped(note.trim()));
                }
            }
        }
        if let Some((words, address)) = &self.link {
            let _ = write!(out, "\n{}: <{address}>\n", escaped(words));
        }
        out
    }

    /// As HTML for mail programs, which know few styles: readable without any.
    pub fn html(&self) -> String {
        let mut out = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title></head>\
             <body style=\"font-family:system-ui,sans-serif;line-height:1.5;max-width:40em;margin:0 auto;padding:1em\"><h1 style=\"font-size:1.3em\">{0}</h1>",
            html(&self.title)
        );
        for line in &self.intro {
            let _ = write!(out, "<p>{}</p>", html(line));
        }
        for part in &self.parts {
            let _ = write!(out, "<h2 style=\"font-size:1.05em;margin-bottom:.2em\">{}</h2>", html(&part.heading));
            if !part.text.is_empty() {
                let _ = write!(out, "<p style=\"margin:.2em 0\">{}</p>", html(&part.text));
            }
            if !part.lines.is_empty() {
                out.push_str("<ul style=\"margin:.2em 0;padding-left:1.2em\">");
                for line in &part.lines {
                    let title = if line.title.is_empty() { String::new() } else { format!("<strong>{}</strong>", html(&line.title)) };
                    let between = if title.is_empty() || line.detail.is_empty() { "" } else { ": " };
                    let _ = write!(out, "<li>{title}{between}{}", html(&line.detail));
                    for note in line.note.lines().filter(|l| !l.trim().is_empty()) {
                        let _ = write!(out, "<br>{}", html(note));
                    }
                    out.push_str("</li>");
                }
                out.push_str("</ul>");
            }
        }
        if let Some((words, address)) = &self.link {
            let _ = write!(out, "<p><a href=\"{}\">{}</a></p>", html(address), html(words));
        }
        out.push_str("</body></html>");
        out
    }
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// So that what people wrote stays what they wrote.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
    out
}
