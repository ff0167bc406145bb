//! The report as one page that needs nothing else: no scripts, light and dark, printable.

use super::model::Report;
use super::sections;
use super::svg::{Chart, Point, describe};
use super::tables::{self, Table};
use super::words::When;
use crate::signals::list::{SignalDay, SignalView};
use hypercare_core::signals::{Family, Signal};
use hypercare_core::window::Phase;
use jiff::ToSpan;
use std::fmt::Write;

/// How pages of the product look: one style for all of them.
pub const STYLE: &str = include_str!("report.css");
/// Days before go-live that charts show.
const BEFORE: i32 = 14;

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
    list(&mut out, "Outcome", "outcome", &r.outcome, "");
    for section in sections::all(r) {
        let _ = write!(out, "<section><h2>{}</h2>", section.title);
        if let Some(text) = &section.text {
            let _ = write!(out, "<p>{}</p>", escape(text));
        }
        section.tables.iter().for_each(|t| write_table(&mut out, t));
        out.push_str("</section>\n");
    }
    out.push_str("<section><h2>Day by day</h2>");
    write_table(&mut out, &tables::days(r));
    out.push_str(
        "<p class=\"legend\">In the charts: a solid line with dots is what was measured, a dashed line is what was normal before the change.</p>",
    );
    r.signals.iter().for_each(|view| chart(&mut out, r, view, &when));
    let _ = write!(out, "</section>\n<section><h2>Exit</h2><p>{}</p>", escape(&sections::exit(r, &when)));
    write_table(&mut out, &tables::streak(r));
    out.push_str("</section>\n");
    list(&mut out, "Next time", "next", &r.next_time, "Nothing stands out in the record.");
    let _ = writeln!(out, "<footer>Written {}.</footer></main></body></html>", escape(&when.say(r.written_at)));
    out
}

fn list(out: &mut String, title: &str, class: &str, items: &[String], empty: &str) {
    let _ = write!(out, "<section class=\"{class}\"><h2>{title}</h2>");
    if items.is_empty() {
        let _ = write!(out, "<p>{empty}</p>");
    } else {
        out.push_str("<ul>");
        for item in items {
            let _ = write!(out, "<li>{}</li>", escape(item));
        }
        out.push_str("</ul>");
    }
    out.push_str("</section>\n");
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

fn chart(out: &mut String, r: &Report, view: &SignalView, when: &When) {
    let Some(signal) = Signal::from_key(&view.key) else { return };
    let go_live = when.day(r.headline.go_live_at);
    let from = go_live.checked_sub(BEFORE.days()).unwrap_or(go_live);
    let usual = view.baseline.level;
    let shown = view.days.iter().chain([&view.today]).filter(|d| d.date >= from);
    // A count of a day that is not over would look like a fall.
    let measured = |d: &SignalDay| d.value.filter(|_| d.complete || signal.family() != Family::Count);
    // Before the change a day is its own normal: the usual level stands for it.
    let points: Vec<Point> = shown.map(|d| (d.date, measured(d), d.expected.or(usual.filter(|_| d.date < go_live)))).collect();
    let mut markers = vec![(go_live, "go-live".to_owned())];
    markers.extend(r.phases.iter().filter(|t| t.to == Phase::Closed).map(|t| (when.day(t.at), "exit".to_owned())));
    let chart = Chart { signal, description: describe(signal, &points, go_live), points, markers, band: vec![], stable: vec![] };
    let _ = write!(
        out,
        "<figure><figcaption><h3>{}</h3><p>{} Usual before the change: {}. {}</p></figcaption><div class=\"beside\">{}",
        escape(&view.name),
        escape(&view.definition),
        escape(&sections::usual(view)),
        escape(&view.baseline.note),
        chart.svg()
    );
    write_table(out, &tables::signal(r, view));
    out.push_str("</div></figure>");
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
