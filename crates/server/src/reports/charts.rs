//! Every signal day by day: a chart and its figures, with the moments that may explain it.

use super::model::Report;
use super::sections::{self, Part};
use super::svg::{Chart, Point, describe};
use super::tables;
use super::words::When;
use crate::signals::list::{SignalDay, SignalView};
use hypercare_core::signals::{Day, Family, Signal};
use hypercare_core::window::Phase;
use jiff::ToSpan;

/// Days before go-live that charts show.
const BEFORE: i32 = 14;

/// The section's parts.
pub fn parts(r: &Report) -> Vec<Part> {
    let mut parts = vec![Part::Table(tables::days(r))];
    if !r.signals.is_empty() {
        parts.push(Part::Table(tables::moments(r)));
        parts.push(Part::Note(
            "In the charts: a solid line with dots is what was measured, a dashed line is what was normal before the change; a vertical line marks \
             moments, by their number in the table."
                .into(),
        ));
    }
    parts.extend(r.signals.iter().filter_map(|view| figure(r, view)));
    parts
}

fn figure(r: &Report, view: &SignalView) -> Option<Part> {
    let signal = Signal::from_key(&view.key)?;
    let when = When::in_zone(&r.headline.zone);
    let go_live = when.day(r.headline.go_live_at);
    let from = go_live.checked_sub(BEFORE.days()).unwrap_or(go_live);
    let usual = view.baseline.level;
    let shown = view.days.iter().chain([&view.today]).filter(|d| d.date >= from);
    // A count of a day that is not over would look like a fall.
    let measured = |d: &SignalDay| d.value.filter(|_| d.complete || signal.family() != Family::Count);
    // Before the change a day is its own normal: the usual level stands for it.
    let points: Vec<Point> = shown.map(|d| (d.date, measured(d), d.expected.or(usual.filter(|_| d.date < go_live)))).collect();
    let markers = markers(r, &when, go_live);
    let chart = Chart { signal, description: describe(signal, &points, go_live), points, markers, band: vec![], stable: vec![] };
    Some(Part::Figure {
        title: view.name.clone(),
        text: format!("{} Usual before the change: {}. {}", view.definition, sections::usual(view), view.baseline.note),
        picture: chart.picture(),
        table: tables::signal(r, view),
        id: view.key.clone(),
    })
}

/// Go-live and exit in words, what else happened by its number.
fn markers(r: &Report, when: &When, go_live: Day) -> Vec<(Day, String)> {
    let exit = r.phases.iter().find(|t| t.to == Phase::Closed).map(|t| when.day(t.at));
    let mut found: Vec<(Day, String)> = Vec::new();
    for moment in &r.moments {
        if moment.day != go_live && Some(moment.day) != exit && found.last().is_none_or(|(day, _)| *day != moment.day) {
            found.push((moment.day, moment.number.to_string()));
        }
    }
    found.push((go_live, "go-live".to_owned()));
    found.extend(exit.filter(|day| *day != go_live).map(|day| (day, "exit".to_owned())));
    found
}
