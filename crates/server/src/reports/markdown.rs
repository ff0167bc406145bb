//! The report as Markdown with tables as GitHub reads them.

use super::model::Report;
use super::sections;
use super::sections::Part;
use super::tables::Table;
use super::words::When;
use std::fmt::Write;

/// The whole report.
pub fn render(r: &Report) -> String {
    let mut out = String::new();
    let when = When::in_zone(&r.headline.zone);
    let _ = writeln!(out, "# Lessons: {}\n", escape(&r.headline.name));
    let _ = writeln!(out, "{}\n", escape(&sections::byline(r, &when)));
    let _ = writeln!(out, "{}\n", escape(&r.headline.summary));
    for section in sections::all(r) {
        heading(&mut out, section.title);
        section.parts.iter().for_each(|part| write_part(&mut out, part));
    }
    out
}

fn write_part(out: &mut String, part: &Part) {
    match part {
        Part::Sub(title) => {
            let _ = writeln!(out, "### {title}\n");
        }
        Part::Text(text) | Part::Note(text) => {
            let _ = writeln!(out, "{}\n", escape(text));
        }
        Part::Points(points, empty) if points.is_empty() => {
            let _ = writeln!(out, "{empty}\n");
        }
        Part::Points(points, _) => {
            for point in points {
                let _ = writeln!(out, "- {}", escape(point));
            }
            out.push('\n');
        }
        Part::Table(table) => write_table(out, table),
        Part::Figure { title, text, picture, table, .. } => {
            let _ = writeln!(out, "### {}\n\n{} {}\n", escape(title), escape(text), escape(&picture.description));
            write_table(out, table);
        }
    }
}

fn heading(out: &mut String, title: &str) {
    let _ = writeln!(out, "## {title}\n");
}

fn write_table(out: &mut String, t: &Table) {
    if t.rows.is_empty() {
        let _ = writeln!(out, "{}\n", t.empty);
        return;
    }
    let _ = writeln!(out, "{}\n", escape(t.caption));
    let _ = writeln!(out, "| {} |", t.head.join(" | "));
    let rule = |i: usize| if t.numbers.contains(&i) { "---:" } else { "---" };
    let _ = writeln!(out, "| {} |", (0..t.head.len()).map(rule).collect::<Vec<_>>().join(" | "));
    for row in &t.rows {
        let _ = writeln!(out, "| {} |", row.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "));
    }
    out.push('\n');
}

/// Text that people wrote, so that it reads as they wrote it and cannot become a link, a tag or another column.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for c in line.chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(escape(text), expected);
        }
        check("a | b", "a \\| b");
        check("line\nbreak", "line break");
        check("[x](http://y) <b>*", "\\[x\\](http://y) \\<b\\>\\*");
    }
}
