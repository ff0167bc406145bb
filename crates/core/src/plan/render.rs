//! Problems as a compiler prints them: the source line with a caret under what is meant.

use super::{Problem, Report};
use std::fmt::Write;

/// Characters of a source line that are shown; longer lines are cut around the problem.
const LINE_SHOWN: usize = 120;
/// Characters shown before the problem where a line is cut.
const LEAD: usize = 40;

/// The report as text for a terminal, without colours. `text` is what was checked, `file_name` what to call it.
///
/// Each problem shows its source line with a caret; the last line counts errors and warnings.
/// Characters that a terminal would obey are replaced.
pub fn render(text: &str, file_name: &str, report: &Report) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for problem in &report.problems {
        one(&mut out, &lines, file_name, problem);
        out.push('\n');
    }
    out.push_str(&summary(file_name, report));
    out
}

fn one(out: &mut String, lines: &[&str], file_name: &str, p: &Problem) {
    let source = lines.get(p.line.saturating_sub(1)).copied().unwrap_or("");
    let (shown, column) = cut(source, p.column.max(1));
    let room = (shown.chars().count() + 1).saturating_sub(column).max(1);
    let carets = "^".repeat(p.width.clamp(1, room));
    let number = p.line.to_string();
    let gutter = " ".repeat(number.len());
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{}: {}", p.severity.word(), printable(&p.message));
    let _ = writeln!(out, "{gutter}--> {}:{}:{}", printable(file_name), p.line, p.column);
    let _ = writeln!(out, "{gutter} |");
    let _ = writeln!(out, "{}", format!("{number} | {shown}").trim_end());
    let _ = writeln!(out, "{gutter} | {}{carets}", " ".repeat(column - 1));
    if let Some(help) = &p.help {
        let _ = writeln!(out, "{gutter} = help: {}", printable(help));
    }
}

/// The part of a long line around a column, and the column inside that part.
fn cut(source: &str, column: usize) -> (String, usize) {
    let start = if column > LINE_SHOWN { column - LEAD } else { 0 };
    let mut shown: String = source.chars().skip(start).take(LINE_SHOWN).collect();
    let mut column = column - start;
    if start > 0 {
        shown.insert(0, '…');
        column += 1;
    }
    if source.chars().nth(start + LINE_SHOWN).is_some() {
        shown.push('…');
    }
    (printable(&shown), column)
}

/// One character for one character, so that carets stay below what they mean.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' => ' ',
            // Direction marks could make a line read as something else.
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn summary(file_name: &str, report: &Report) -> String {
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let name = printable(file_name);
    match (report.errors(), report.warnings()) {
        (0, 0) => format!("{name}: no problems\n"),
        (0, w) => format!("{name}: {}, can be applied\n", count(w, "warning")),
        (e, 0) => format!("{name}: {}\n", count(e, "error")),
        (e, w) => format!("{name}: {}, {}\n", count(e, "error"), count(w, "warning")),
    }
}
