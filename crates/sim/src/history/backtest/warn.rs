//! Early warnings over every dimension of the export, day by day, as the watch of production gives them.

use super::frame::Frame;
use crate::history::{History, Ticket};
use hypercare_core::Timestamp;
use hypercare_core::signals::Day;
use hypercare_core::watch::{Change, Occurrence, Settings, Warning, Watch};
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// Days without a feed after which the watch sleeps: what it would see then is only the silence.
const SILENT_DAYS: usize = 3;

/// A warning as the page and `result.json` show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warned {
    /// Its number; the same warning keeps it.
    pub number: u32,
    /// The dimension of the value that says most; `desk` for the whole desk.
    pub dimension: String,
    /// That value.
    pub value: String,
    /// What is behind it.
    pub kind: &'static str,
    /// The day at whose end it was first seen.
    pub first_seen: Day,
    /// Tickets that had the value on the days that were judged.
    pub count: u64,
    /// Different people behind them; none where the export does not say.
    pub people: Option<u64>,
    /// Why, in a sentence.
    pub why: String,
    /// What else rises because of it.
    pub also: Vec<String>,
    /// The last day on which it went on; none if it still did.
    pub until: Option<Day>,
}

/// The warnings by the day on which they were first seen. Values are as they stood at the end of the day on which a ticket became known.
pub fn warnings(history: &History, frame: &Frame, zone: &TimeZone, present: &[bool]) -> BTreeMap<Day, Vec<Warned>> {
    let mut watch = Watch::new(Settings::default(), zone.clone());
    let mut found: BTreeMap<Day, Vec<Warned>> = BTreeMap::new();
    let mut tickets = history.tickets.iter().peekable();
    let mut silent = 0;
    for (place, day) in frame.days().iter().enumerate() {
        let end = frame.end(place);
        let is_there = present.get(place).copied().unwrap_or(true);
        silent = if is_there { 0 } else { silent + 1 };
        while let Some(ticket) = tickets.next_if(|t| t.known < end) {
            if is_there {
                observe(&mut watch, history, ticket, frame.start(place), end);
            }
        }
        if silent > SILENT_DAYS {
            continue;
        }
        for change in watch.close_before(end) {
            note(&mut found, *day, &change, is_there);
        }
    }
    found
}

fn note(found: &mut BTreeMap<Day, Vec<Warned>>, day: Day, change: &Change, is_there: bool) {
    match change {
        // On a day without a feed only the silence is new.
        Change::Opened(warning) if is_there => found.entry(day).or_default().push(warned(warning, day)),
        Change::Opened(_) => {}
        Change::GoesOn(warning) | Change::Closed(warning) => {
            if let Some(known) = found.values_mut().flatten().find(|w| w.number == warning.number) {
                known.until = warning.closed;
            }
        }
    }
}

fn warned(w: &Warning, day: Day) -> Warned {
    Warned {
        number: w.number,
        dimension: w.dimension.clone(),
        value: w.value.clone(),
        kind: w.kind.key(),
        first_seen: day,
        count: w.at_first.count,
        people: w.at_first.people,
        why: w.why.clone(),
        also: w.also.iter().map(|a| format!("{} {}", a.dimension, a.value)).collect(),
        until: w.closed,
    }
}

fn observe(watch: &mut Watch, history: &History, ticket: &Ticket, start: Timestamp, end: Timestamp) {
    let look = ticket.look_by(end);
    let values = look.map(|l| history.tuples.values(l.dimensions)).unwrap_or_default();
    let named = history.dimensions.iter().zip(values).filter_map(|(name, value)| Some((name.as_str(), history.names.text(*value)?)));
    let values: Vec<(&str, &str)> = named.collect();
    let text = |number: Option<u32>| number.and_then(|n| history.names.text(n));
    watch.observe(&Occurrence {
        // The minute at which it was opened says more about machines than that of its first row.
        at: if ticket.opened >= start { ticket.opened } else { ticket.known },
        person: text(ticket.contact),
        reporter: text(ticket.reporter),
        values: &values,
    });
}
