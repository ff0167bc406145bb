//! The result as one page that needs nothing else, in the clothes of the other reports.

use super::text::{between, value};
use hypercare_core::signals::Signal;
use hypercare_server::reports::html::{STYLE, escape, write_table};
use hypercare_server::reports::svg::{Chart, Point};
use hypercare_server::reports::tables::Table;
use hypercare_sim::launch::{Comparison, DayMeans, Effect, Estimate, Figure, Line};
use std::fmt::Write;

/// The page.
pub fn render(c: &Comparison) -> String {
    let mut out = String::new();
    let title = format!("Simulation: {}", c.name);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{0}</title><style>{STYLE}</style></head><body><main>\n\
         <header><p class=\"kicker\">Hypercare simulation</p><h1>{0}</h1><p class=\"byline\">{1} launches of {2} days, seed {3}, baseline of {4} days</p>\
         <p>None of this has happened. It shows what follows from the assumptions at the end of this page, judged by the rules of a live window. \
         Both sides of every comparison have the same customers with the same luck.</p></header>\n",
        escape(&title),
        c.replications,
        c.days,
        c.seed,
        c.baseline_days
    );
    out.push_str("<section class=\"outcome\"><h2>What measures change</h2><ul>");
    for effect in std::iter::once(&c.together).chain(&c.alone) {
        let _ = write!(out, "<li>{}</li>", escape(&effect.sentence));
    }
    let _ = write!(
        out,
        "</ul><p>Exit was allowed in {} of {1} launches without measures, in {2} of {1} with all of them.</p>",
        c.without.exited, c.replications, c.with.exited
    );
    out.push_str("</section>\n<section><h2>Figures</h2>");
    write_table(&mut out, &figures(c));
    if c.alone.len() > 1 {
        write_table(&mut out, &exits(c));
    }
    out.push_str("</section>\n<section><h2>Day by day</h2><p class=\"legend\">Solid with dots: with all measures. Dashed: without any. Means over all launches.</p>");
    chart(&mut out, c, Signal::Contacts, |d| d.contacts);
    chart(&mut out, c, Signal::Backlog, |d| d.open);
    out.push_str("</section>\n<section><h2>What was assumed</h2>");
    write_table(&mut out, &assumed(c));
    out.push_str("<ul>");
    for note in &c.notes {
        let _ = write!(out, "<li>{}</li>", escape(note));
    }
    out.push_str("</ul></section>\n</main></body></html>\n");
    out
}

fn of(lines: &[Line], figure: Figure) -> Option<Estimate> {
    lines.iter().find(|l| l.figure == figure).and_then(|l| l.estimate)
}

fn figures(c: &Comparison) -> Table {
    let mean = |lines: &[Line], figure| of(lines, figure).map_or_else(|| "–".to_owned(), |e| value(figure, e.mean));
    let row = |figure: Figure| {
        vec![
            figure.name().to_owned(),
            mean(&c.without.figures, figure),
            mean(&c.with.figures, figure),
            between(figure, of(&c.together.differences, figure)),
        ]
    };
    Table {
        caption: "From go-live to the end of the horizon; the difference is by pairs, with its interval of 95 %",
        head: vec!["Figure", "Without", "With all", "Difference"],
        numbers: vec![1, 2, 3],
        rows: Figure::ALL.into_iter().map(row).collect(),
        empty: "Nothing was played.",
    }
}

fn exits(c: &Comparison) -> Table {
    let exit = |effect: &Effect| between(Figure::ExitDay, of(&effect.differences, Figure::ExitDay));
    let cost = |effect: &Effect| between(Figure::Cost, of(&effect.differences, Figure::Cost));
    let row = |(alone, last): (&Effect, &Effect)| vec![alone.measure.map_or("", |m| m.name()).to_owned(), exit(alone), exit(last), cost(alone)];
    Table {
        caption: "Days to exit that each measure changes: alone against none, and as the last one against all the others",
        head: vec!["Measure", "Alone", "As the last", "Cost, alone"],
        numbers: vec![1, 2, 3],
        rows: c.alone.iter().zip(&c.last).map(row).collect(),
        empty: "No measure was compared.",
    }
}

fn chart(out: &mut String, c: &Comparison, signal: Signal, part: fn(&DayMeans) -> (f64, f64)) {
    let points: Vec<Point> = c.by_day.iter().map(|d| (d.date, Some(part(d).1), Some(part(d).0))).collect();
    let highest = |side: fn((f64, f64)) -> f64| c.by_day.iter().map(|d| side(part(d))).fold(0.0, f64::max);
    let description = format!("{} by day: at most {:.0} with all measures, {:.0} without.", signal.name(), highest(|p| p.1), highest(|p| p.0));
    let chart = Chart { signal, description: description.clone(), points, markers: vec![], band: vec![], stable: vec![] };
    let _ = write!(out, "<figure><figcaption><h3>{}</h3><p>{}</p></figcaption>{}</figure>", escape(signal.name()), escape(&description), chart.svg());
}

fn assumed(c: &Comparison) -> Table {
    Table {
        caption: "Every value can be given in a file; an asterisk marks what yours changes",
        head: vec!["About", "Assumed", "From"],
        numbers: vec![],
        rows: c.assumptions.iter().map(|a| vec![a.about.clone(), a.values.clone(), a.source.clone()]).collect(),
        empty: "Nothing.",
    }
}
