//! The page of a backtest: one file that needs nothing else, no scripts, light and dark, printable.

use hypercare_core::exit::Stability;
use hypercare_core::signals::{Day, Signal, State};
use hypercare_server::reports::html::{STYLE, escape, write_table};
use hypercare_server::reports::svg::{Chart, Point, describe};
use hypercare_server::reports::tables::Table;
use hypercare_server::reports::words;
use hypercare_sim::history::backtest::Backtest;
use hypercare_sim::history::backtest::result::DayResult;
use std::fmt::Write;

/// The whole page.
pub fn render(b: &Backtest) -> String {
    let mut out = String::with_capacity(256 * 1024);
    let title = format!("Backtest of {}", b.source);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{0}</title><style>{STYLE}</style></head><body><main>\n\
         <header><p class=\"kicker\">Hypercare backtest</p><h1>{0}</h1><p class=\"byline\">Log from {1} to {2}, go-live {3}, days of {4}</p>\
         <p>Every day below is as it was known at its own midnight, through the rules that judge a live window. Nothing looks ahead, except the \
         table of weeks, which says so.</p></header>\n",
        escape(&title),
        b.log.from,
        b.log.to,
        b.go_live,
        escape(&b.zone)
    );
    outcome(&mut out, b);
    out.push_str("<section><h2>Warnings</h2>");
    write_table(&mut out, &warnings(b));
    out.push_str("</section>\n<section><h2>Signals</h2><p class=\"legend\">Solid with dots: measured. Dashed: what is expected of such a day, \
         with the normal range as a band around it; before there is either, nothing is called normal. Vertical lines: go-live, first sights of warnings, \
         the first day at whose end exit was allowed. Short lines below: stable days.</p>");
    signals(b).into_iter().for_each(|signal| chart(&mut out, b, signal));
    out.push_str("</section>\n<section><h2>Day by day</h2>");
    write_table(&mut out, &days(b));
    out.push_str(
        "</section>\n<section><h2>Week by week, after the fact</h2><p>These figures use what the export says in the end, also where that was \
         not known yet. They show how it went; no verdict above rests on them.</p>",
    );
    write_table(&mut out, &weeks(b));
    out.push_str("</section>\n</main></body></html>\n");
    out
}

fn outcome(out: &mut String, b: &Backtest) {
    let exit = match (b.first_exit, b.days.iter().rfind(|d| d.complete)) {
        (Some(day), _) => format!("Exit would first have been allowed at the end of {}.", words::day(day)),
        (None, Some(last)) => format!("Exit would not have been allowed on any day. At the end of {}: {}", words::day(last.date), last.sentence),
        (None, None) => "No day could be judged.".into(),
    };
    let _ = write!(out, "<section class=\"outcome\"><h2>Outcome</h2><ul><li>{}</li>", escape(&exit));
    if let Some(day) = b.first_exit.and_then(|first| b.days.iter().find(|d| d.date == first)) {
        out.push_str("<li>Because:<ul>");
        for reason in &day.reasons {
            let _ = write!(out, "<li>{}</li>", escape(reason));
        }
        out.push_str("</ul></li>");
    }
    for note in &b.notes {
        let _ = write!(out, "<li>{}</li>", escape(note));
    }
    out.push_str("</ul></section>\n");
}

fn signals(b: &Backtest) -> Vec<Signal> {
    let known = |s: &Signal| b.days.iter().any(|d| d.signals.contains_key(s.key()));
    Signal::ALL.into_iter().filter(known).collect()
}

fn chart(out: &mut String, b: &Backtest, signal: Signal) {
    let before = b.before.iter().map(|d| (d.date, d.signals.get(signal.key()).copied().flatten(), None));
    let since = b.days.iter().filter_map(|d| d.signals.get(signal.key()).map(|s| (d, s)));
    let points: Vec<Point> = before.chain(since.clone().map(|(d, s)| (d.date, s.value.filter(|_| d.complete), s.expected))).collect();
    let band = since.filter_map(|(d, s)| Some((d.date, s.low?, s.high?))).collect();
    let mut markers = vec![(b.go_live, "go-live".to_owned())];
    markers.extend(b.first_exit.map(|day| (day, "exit allowed".to_owned())));
    if signal == Signal::Contacts {
        markers.extend(b.warnings.iter().map(|w| (w.first_seen, String::new())));
    }
    markers.extend(b.log.seems_to_end.map(|end| (end, "log ends".to_owned())));
    let stable = b.days.iter().filter(|d| d.stable == Stability::Stable).map(|d| d.date).collect();
    let last = b.days.iter().rfind(|d| d.complete).and_then(|d| d.signals.get(signal.key())).map_or("", |s| s.why.as_str());
    let chart = Chart { signal, description: describe(signal, &points, b.go_live), points, markers, band, stable };
    let _ = write!(
        out,
        "<figure><figcaption><h3>{}</h3><p>{} Last judged: {}</p></figcaption>{}</figure>",
        escape(signal.name()),
        escape(signal.definition()),
        escape(last),
        chart.svg()
    );
}

fn warnings(b: &Backtest) -> Table {
    let row = |w: &hypercare_sim::history::backtest::Warned| {
        vec![
            words::day(w.first_seen),
            format!("{} {}", w.dimension, w.value),
            words::plain(w.kind),
            w.count.to_string(),
            w.people.map_or_else(|| "–".into(), |n| n.to_string()),
            w.why.clone(),
        ]
    };
    Table {
        caption: "First sights, over all values of all dimensions together",
        head: vec!["Seen", "What", "Kind", "Tickets", "People", "Why"],
        numbers: vec![3, 4],
        rows: b.warnings.iter().map(row).collect(),
        empty: "Nothing rose against its own past.",
    }
}

fn days(b: &Backtest) -> Table {
    let row = |d: &DayResult| {
        let count = match d.stable {
            Stability::Stable => format!("stable, {}", d.streak),
            Stability::Fluctuation => "set back".into(),
            Stability::Unknown => "not judged".into(),
        };
        vec![
            words::day(d.date),
            d.opened.to_string(),
            d.resolved.to_string(),
            d.open.to_string(),
            count,
            found(d),
            if d.exit_allowed { "yes" } else { "no" }.into(),
        ]
    };
    Table {
        caption: "As known at the end of each day; open: when it began",
        head: vec!["Day", "Opened", "Settled", "Open", "Count", "Why", "Exit allowed"],
        numbers: vec![1, 2, 3],
        rows: b.days.iter().map(row).collect(),
        empty: "No day since go-live.",
    }
}

/// The findings of a day; on a day without a verdict only how many signals lack something to be judged by.
fn found(d: &DayResult) -> String {
    if d.stable != Stability::Unknown {
        return d.why.join(" ");
    }
    if !d.complete {
        return "Next to nothing was recorded.".into();
    }
    let unknown: Vec<&str> = d
        .signals
        .iter()
        .filter(|(_, s)| s.required && s.state == State::Unknown)
        .filter_map(|(key, _)| Signal::from_key(key))
        .map(Signal::name)
        .collect();
    format!("Nothing to judge by yet: {}.", unknown.join(", "))
}

fn weeks(b: &Backtest) -> Table {
    let figure = |value: Option<f64>, decimals: usize| value.map_or_else(|| "–".into(), |v| format!("{v:.decimals$}"));
    let percent = |value: Option<f64>| value.map_or_else(|| "–".into(), |v| format!("{v:.0} %"));
    let whole = |value: Option<u64>| value.map_or_else(|| "–".into(), |v| v.to_string());
    let row = |w: &hypercare_sim::history::backtest::weeks::Week| {
        vec![
            monday(w.monday),
            w.opened.to_string(),
            figure(w.median_hours_to_resolve, 1),
            percent(w.resolved_within_24h_percent),
            percent(w.sla_met_percent),
            figure(w.reassignments_each, 2),
            percent(w.bounced_percent),
            whole(w.reopened),
            whole(w.open_at_week_end),
        ]
    };
    Table {
        caption: "By the week in which tickets were opened; open: when the Sunday began",
        head: vec![
            "Week of",
            "Opened",
            "Median hours to resolve",
            "Resolved ≤ 24 h",
            "SLA met",
            "Reassignments each",
            "≥ 3 of them",
            "Reopened",
            "Open at week end",
        ],
        numbers: (1..=8).collect(),
        rows: b.weeks.iter().map(row).collect(),
        empty: "No week.",
    }
}

fn monday(day: Day) -> String {
    day.strftime("%-d %b %Y").to_string()
}
