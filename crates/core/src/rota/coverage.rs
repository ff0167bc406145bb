//! Whether somebody decides at every moment of the coverage: gaps and overlaps, to the microsecond, in words.

use super::{DutyRole, Period, Rota};
use crate::calendar::{Calendar, zone};
use crate::{Span, Timestamp};

/// Gaps and overlaps that are listed.
pub const FAULTS_LIMIT: usize = 1_000;
/// Openings that one span can have.
const OPENINGS_LIMIT: usize = 10_000;

/// What is wrong with a stretch of the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Nobody decides.
    Gap,
    /// Several decide.
    Overlap,
}

/// A stretch of the coverage without exactly one decision owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which of the two.
    pub kind: FaultKind,
    /// When, cut to the coverage.
    pub when: Period,
    /// Who decides; none in a gap. In an overlap the one whose word counts until it is mended comes first.
    pub people: Vec<String>,
}

impl Fault {
    /// In words, with local times: "Nobody decides from Tue 17 Nov 20:00 to Tue 17 Nov 22:00 (2 h)."
    pub fn words(&self, zone_name: &str) -> String {
        let local = |at: Timestamp| {
            zone(zone_name).map_or_else(|_| at.to_string(), |tz| tz.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string())
        };
        let (from, to) = (local(self.when.from), local(self.when.to));
        match self.kind {
            FaultKind::Gap => format!("Nobody decides from {from} to {to} ({}).", self.when.length()),
            FaultKind::Overlap => {
                let mut people: Vec<&str> = self.people.iter().map(String::as_str).collect();
                people.sort_unstable();
                format!("{} all decide from {from} to {to}: nobody knows whose word counts.", people.join(" and "))
            }
        }
    }
}

/// Every stretch of the coverage within a span that has no decision owner or several, by start; at most [`FAULTS_LIMIT`].
pub fn faults(rota: &Rota, coverage: &Calendar, span: Period) -> Vec<Fault> {
    let open = open_hours(coverage, span);
    let mut found: Vec<Fault> = Vec::new();
    for stretch in rota.stretches(DutyRole::DecisionOwner, span).into_iter().filter(|s| s.people.len() != 1) {
        let kind = if stretch.people.is_empty() { FaultKind::Gap } else { FaultKind::Overlap };
        let first = open.partition_point(|o| o.to <= stretch.when.from);
        for when in open[first..].iter().take_while(|o| o.from < stretch.when.to).filter_map(|o| o.within(stretch.when)) {
            if found.len() == FAULTS_LIMIT {
                return found;
            }
            match found.last_mut() {
                // The same people in another order are the same overlap.
                Some(last) if last.kind == kind && last.when.to == when.from && same(&last.people, &stretch.people) => last.when.to = when.to,
                _ => found.push(Fault { kind, when, people: stretch.people.clone() }),
            }
        }
    }
    found
}

fn same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|person| b.contains(person))
}

/// The stretches within a span in which a calendar is open, by start.
pub fn open_hours(calendar: &Calendar, span: Period) -> Vec<Period> {
    let tick = Span(1);
    let mut found = Vec::new();
    let mut after = span.from;
    while found.len() < OPENINGS_LIMIT {
        // The first open moment is where one microsecond of working time has just begun to pass.
        let Some(from) = calendar.add(after, tick).map(|t| t - tick).filter(|from| *from < span.to) else { break };
        // It stays open for as long as working time passes as fast as time does.
        let (mut open, mut closed) = (from, span.to);
        if calendar.between(from, closed) < closed - from {
            while closed - open > tick {
                let middle = Timestamp(open.0 + (closed.0 - open.0) / 2);
                if calendar.between(from, middle) == middle - from { open = middle } else { closed = middle }
            }
        } else {
            open = closed;
        }
        found.push(Period { from, to: open });
        after = open;
    }
    found
}
