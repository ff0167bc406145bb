//! The report as one page that needs nothing else: no scripts, light and dark, printable.

use super::model::Report;
use super::picture;
use super::sections::{self, Part};
use super::tables::Table;
use super::words::When;
use std::fmt::Write;

/// How pages of the product look: one style for all of them.
pub const STYLE: &str = include_str!("report.css");

/// The whole report.
pub fn render(r: &Report) -> String {
    let when = When::in_zone(&r.headline.zone);
    let mut out = String::with_capacity(64 * 1024);
    let name = escape(&r.headline.name);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Lessons: {name}</title><style>{STYLE}</style></head><body><main>\n\
         <header><p class=\"kicker\">Hypercare lessons</p><h1>{name}</h1><p class=\"byline\">{}</p><p>{}</p></header>\n",
        escape(&sections::byline(r, &when)),
        escape(&r.headline.summary)
    );
    let sections = sections::all(r);
    out.push_str("<nav aria-label=\"Contents\"><ol>");
    for section in &sections {
        let _ = write!(out, "<li><a href=\"#{}\">{}</a></li>", section.id, section.title);
    }
    out.push_str("</ol></nav>\n");
    for section in &sections {
        let _ = write!(out, "<section class=\"{0}\" id=\"{0}\"><h2>{1}</h2>", section.id, section.title);
        section.parts.iter().for_each(|part| write_part(&mut out, part));
        out.push_str("</section>\n");
    }
    let _ = writeln!(out, "<footer>Written {}.</footer></main></body></html>", escape(&when.say(r.written_at)));
    out
}

fn write_part(out: &mut String, part: &Part) {
    let _ = match part {
        Part::Sub(title) => write!(out, "<h3>{title}</h3>"),
        Part::Text(text) => write!(out, "<p>{}</p>", escape(text)),
        Part::Note(text) => write!(out, "<p class=\"legend\">{}</p>", escape(text)),
        Part::Points(points, empty) if points.is_empty() => write!(out, "<p>{empty}</p>"),
        Part::Points(points, _) => {
            let items: String = points.iter().map(|p| format!("<li>{}</li>", escape(p))).collect();
            write!(out, "<ul>{items}</ul>")
        }
        Part::Table(table) => {
            write_table(out, table);
            Ok(())
        }
        Part::Figure { title, text, picture, table, id } => {
            let head = format!("<figcaption><h3>{}</h3><p>{}</p></figcaption>", escape(title), escape(text));
            let _ = write!(out, "<figure>{head}<div class=\"beside\">{}", picture::svg(picture, id));
            write_table(out, table);
            write!(out, "</div></figure>")
        }
    };
}

/// A table as HTML; what it says if it is empty.
pub fn write_table(out: &mut String, t: &Table) {
    if t.rows.is_empty() {
        let _ = write!(out, "<p class=\"empty\">{}</p>", t.empty);
        return;
    }
    let class = |i: usize| if t.numbers.contains(&i) { " class=\"n\"" } else { "" };
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-label=\"{0}\" tabindex=\"0\"><table><caption>{0}</caption><thead><tr>",
        escape(t.caption)
    );
    for (i, name) in t.head.iter().enumerate() {
        let _ = write!(out, "<th scope=\"col\"{}>{name}</th>", class(i));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &t.rows {
        out.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let (open, close) = if i == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
            let _ = write!(out, "<{open}{}>{}</{close}>", class(i), escape(cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}

/// Text that people wrote, harmless in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
