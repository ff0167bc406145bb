//! The result as a lead reads it in a terminal.

use hypercare_sim::launch::{Comparison, Effect, Estimate, Figure, Line};
use std::fmt::Write;

/// The whole result.
pub fn render(c: &Comparison) -> String {
    let mut out = String::new();
    let launches = if c.replications == 1 { "1 launch".to_owned() } else { format!("{} launches", c.replications) };
    let _ =
        writeln!(out, "{}: {launches} of {} days, seed {}, after {} days of normal life as the baseline.\n", c.name, c.days, c.seed, c.baseline_days);
    table(&mut out, c);
    let _ = writeln!(out, "\nExit was allowed in {} of {launches} without measures and in {} with all of them.\n", c.without.exited, c.with.exited);
    effects(&mut out, "All together, against none", std::slice::from_ref(&c.together));
    effects(&mut out, "Each alone, against none", &c.alone);
    if c.alone.len() > 1 {
        effects(&mut out, "Each as the last one, against all the others", &c.last);
    }
    out.push_str("Assumed (an asterisk marks what your file changes):\n");
    for a in &c.assumptions {
        let _ = writeln!(out, "  {}: {}  [{}]", a.about, a.values, a.source);
    }
    out.push_str("\nTo know:\n");
    for note in &c.notes {
        let _ = writeln!(out, "  {note}");
    }
    out
}

fn effects(out: &mut String, title: &str, effects: &[Effect]) {
    if effects.is_empty() {
        return;
    }
    let _ = writeln!(out, "{title}:");
    for effect in effects {
        let _ = writeln!(out, "  {}", effect.sentence);
    }
    out.push('\n');
}

fn table(out: &mut String, c: &Comparison) {
    let (without, with) = ("without", "with");
    let _ = writeln!(out, "{:26} {without:>10} {with:>10}   difference (95 %)", ' ');
    for figure in Figure::ALL {
        let of = |lines: &[Line]| lines.iter().find(|l| l.figure == figure).and_then(|l| l.estimate);
        let (without, with, difference) = (of(&c.without.figures), of(&c.with.figures), of(&c.together.differences));
        let mean = |e: Option<Estimate>| e.map_or_else(|| "–".to_owned(), |e| value(figure, e.mean));
        let _ = writeln!(out, "{:<26} {:>10} {:>10}   {}", figure.name(), mean(without), mean(with), between(figure, difference));
    }
}

/// "−4.1 (−6.0 to −2.3)", or that it is no clear difference.
pub fn between(figure: Figure, e: Option<Estimate>) -> String {
    let Some(e) = e else { return "–".into() };
    let (Some(low), Some(high)) = (e.low, e.high) else { return signed(figure, e.mean) };
    let clear = if e.is_clear() || (low == 0.0 && high == 0.0) { "" } else { ", not clear" };
    format!("{} ({} to {}){clear}", signed(figure, e.mean), signed(figure, low), signed(figure, high))
}

/// A value with the digits that are worth reading.
pub fn value(figure: Figure, v: f64) -> String {
    match figure {
        _ if figure.is_share() => format!("{:.1} %", v * 100.0),
        _ if v.abs() >= 100.0 => format!("{v:.0}"),
        _ => format!("{v:.1}"),
    }
}

fn signed(figure: Figure, v: f64) -> String {
    let text = value(figure, v.abs());
    let nothing = text.chars().all(|c| !('1'..='9').contains(&c));
    match v {
        _ if nothing => text,
        v if v < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}
