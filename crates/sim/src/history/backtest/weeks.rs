//! The weeks after the fact: what an export says in the end about the tickets of each week.
//!
//! These figures use final values. They say how it went, and nothing that a day's verdict rests on.

use super::frame::Frame;
use crate::history::{History, Ticket};
use hypercare_core::Timestamp;
use hypercare_core::signals::Day;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// From so many handovers on a ticket is bounced about.
const BOUNCED: u64 = 3;

/// One week of tickets, Monday to Sunday, by the day they were opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    #[serde(rename = "week_of")]
    pub monday: Day,
    /// Tickets opened in it.
    pub opened: u64,
    /// Median hours from opening to the final resolution, of those that have one; one decimal.
    pub median_hours_to_resolve: Option<f64>,
    /// Of all that were opened, the share finally resolved within 24 hours, in whole percent.
    pub resolved_within_24h_percent: Option<f64>,
    /// Of those of which the export says so, the share whose promise was kept, in whole percent.
    pub sla_met_percent: Option<f64>,
    /// Handovers of each, on average; two decimals.
    pub reassignments_each: Option<f64>,
    /// Share of those that were handed over three times or more, in whole percent.
    pub bounced_percent: Option<f64>,
    /// Tickets that came back at least once.
    pub reopened: Option<u64>,
    /// Open when the week's last day (Sunday) began; none for a week that is not over in the log.
    pub open_at_week_end: Option<u64>,
}

/// All weeks from the first ticket to the last day that counts.
pub fn weeks(history: &History, zone: &TimeZone, last: Day) -> Vec<Week> {
    let mut by_week: BTreeMap<Day, Vec<&Ticket>> = BTreeMap::new();
    for ticket in &history.tickets {
        let day = zone.to_datetime(ticket.opened.to_jiff()).date();
        if day <= last {
            by_week.entry(Frame::monday(day)).or_default().push(ticket);
        }
    }
    let ends: Vec<(Timestamp, Timestamp)> = history.tickets.iter().map(|t| (t.opened, end(t).unwrap_or(Timestamp(i64::MAX)))).collect();
    by_week.into_iter().map(|(monday, tickets)| week(history, zone, monday, &tickets, &ends, last)).collect()
}

fn end(ticket: &Ticket) -> Option<Timestamp> {
    ticket.last.resolved.or(ticket.last.closed).or_else(|| ticket.settled.last().filter(|(_, until)| until.is_none()).map(|(since, _)| *since))
}

fn week(history: &History, zone: &TimeZone, monday: Day, tickets: &[&Ticket], ends: &[(Timestamp, Timestamp)], last: Day) -> Week {
    let all = tickets.len() as f64;
    let percent = |part: usize, whole: f64| (whole > 0.0).then(|| rounded(part as f64 / whole * 100.0, 0));
    let hour = 3_600_000_000.0;
    let mut hours: Vec<f64> = tickets.iter().filter_map(|t| Some((resolved(t)? - t.opened).0 as f64 / hour)).collect();
    hours.sort_by(f64::total_cmp);
    let promised: Vec<bool> = tickets.iter().filter_map(|t| t.last.sla_met).collect();
    let handed = |t: &Ticket| t.last.reassignments.map_or(t.handed.len() as u64, u64::from);
    let knows_handed = history.measured.handed || history.measured.totals;
    let handovers: Vec<u64> = tickets.iter().filter(|_| knows_handed).map(|t| handed(t)).collect();
    let back = |t: &&&Ticket| t.last.reopens.map_or(!t.reopened.is_empty(), |n| n > 0);
    let knows_back = history.measured.reopened || tickets.iter().any(|t| t.last.reopens.is_some());
    let sunday = monday.checked_add(6.days()).unwrap_or(monday);
    let at = zone.to_ambiguous_timestamp(sunday.at(0, 0, 0, 0)).compatible().ok().map(Timestamp::from_jiff);
    Week {
        monday,
        opened: tickets.len() as u64,
        median_hours_to_resolve: median(&hours).map(|h| rounded(h, 1)),
        resolved_within_24h_percent: percent(hours.iter().filter(|h| **h <= 24.0).count(), all),
        sla_met_percent: percent(promised.iter().filter(|met| **met).count(), promised.len() as f64),
        reassignments_each: (!handovers.is_empty()).then(|| rounded(handovers.iter().sum::<u64>() as f64 / all, 2)),
        bounced_percent: percent(handovers.iter().filter(|n| **n >= BOUNCED).count(), handovers.len() as f64),
        reopened: knows_back.then(|| tickets.iter().filter(back).count() as u64),
        open_at_week_end: at.filter(|_| sunday <= last).map(|at| ends.iter().filter(|(opened, end)| *opened < at && *end >= at).count() as u64),
    }
}

/// The export's own time of resolution; where it has none at all, when the status said so for the last time.
fn resolved(ticket: &Ticket) -> Option<Timestamp> {
    match (ticket.last.resolved, ticket.last.closed) {
        (Some(at), _) => Some(at),
        // Closed without having been resolved is no resolution.
        (None, Some(_)) => None,
        (None, None) => end(ticket),
    }
}

fn median(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    let (low, high) = (sorted.get(n.checked_sub(1)? / 2)?, sorted.get(n / 2)?);
    Some((low + high) / 2.0)
}

/// Half up, as people round.
fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10.0_f64.powi(decimals);
    // A tiny step towards the next figure, so that what is half in decimals is half in binary.
    (value * scale + 1e-9).round() / scale
}
