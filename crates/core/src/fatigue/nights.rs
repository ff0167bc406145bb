//! Nights: in a row, leaving them, and being paged in one.

use super::duty::within;
use super::wording::{hours, local};
use super::{Found, Rule, Work};
use crate::rota::Period;
use crate::{Span, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Nights that one block can span.
const NIGHTS_LIMIT: usize = 400;

pub(super) fn check(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>) {
    let nights = worked(blocks, work.zone, found.limits.night, found.limits.night_at_least);
    in_a_row(person, &nights, work, found);
    leaving(person, blocks, &nights, work, found);
    paged(person, blocks, work, found);
}

/// The nights with enough duty, by the date of their evening.
pub(super) fn worked(blocks: &[Period], zone: &TimeZone, between: (i8, i8), least: Span) -> Vec<(Date, Period)> {
    let mut found: Vec<(Date, Period)> = Vec::new();
    for block in blocks {
        let first = zone.to_datetime(block.from.to_jiff()).date().yesterday();
        for date in std::iter::successors(first.ok(), |d| d.tomorrow().ok()).take(NIGHTS_LIMIT) {
            let Some(night) = night_of(date, zone, between).filter(|n| n.from < block.to) else { break };
            let fresh = found.last().is_none_or(|(last, _)| *last < date);
            if fresh && within(blocks, night) >= least && block.within(night).is_some() {
                found.push((date, night));
            }
        }
    }
    found
}

/// From the evening of a date to the next morning, on the wall clock; after midnight where it begins no later than it ends.
fn night_of(date: Date, zone: &TimeZone, (begins, ends): (i8, i8)) -> Option<Period> {
    let morning = date.tomorrow().ok()?;
    let evening = if begins > ends { date } else { morning };
    let at = |date: Date, hour: i8| zone.to_timestamp(date.at(hour.clamp(0, 23), 0, 0, 0)).ok().map(Timestamp::from_jiff);
    Some(Period::new(at(evening, begins)?, at(morning, ends)?))
}

fn in_a_row(person: &str, nights: &[(Date, Period)], work: &Work<'_>, found: &mut Found<'_>) {
    let most = found.limits.nights;
    for run in nights.chunk_by(|a, b| a.0.tomorrow().is_ok_and(|next| next == b.0)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if run.len() > most as usize {
            let what = format!("{person} works {} nights in a row from {}; at most {most} do.", run.len(), local(work.zone, first.1.from));
            found.add(Some(person), Rule::Nights, Period::new(first.1.from, last.1.to), what, "Give a night in between to somebody else.");
        }
    }
}

fn leaving(person: &str, blocks: &[Period], nights: &[(Date, Period)], work: &Work<'_>, found: &mut Found<'_>) {
    let least = found.limits.leaving_nights;
    let is_night = |block: &Period| nights.iter().any(|(_, night)| block.within(*night).is_some_and(|p| p.length() >= found.limits.night_at_least));
    let mut faults = Vec::new();
    for pair in blocks.windows(2) {
        let rest = Period::new(pair[0].to, pair[1].from);
        if is_night(&pair[0]) && !is_night(&pair[1]) && rest.length() < least {
            faults.push(rest);
        }
    }
    for rest in faults {
        let (from, to) = (local(work.zone, rest.from), local(work.zone, rest.to));
        let what = format!("{person} has {} from the last night ({from}) to the next duty by day ({to}); {} do.", hours(rest.length()), hours(least));
        let remedy = format!("Let the next duty by day start at {} or later.", local(work.zone, rest.from + least));
        found.add(Some(person), Rule::LeavingNights, rest, what, remedy);
    }
}

fn paged(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>) {
    let least = found.limits.after_page;
    for start in blocks.iter().map(|b| b.from) {
        let last = work.pages.iter().filter(|p| p.person == person && p.when.to <= start && at_night(p.when, work.zone, found.limits.paged_between));
        let Some(ended) = last.map(|p| p.when.to).max().filter(|ended| start - *ended < least) else { continue };
        let rest = Period::new(ended, start);
        let (from, to) = (local(work.zone, ended), local(work.zone, start));
        let what =
            format!("{person} was paged in the night until {from} and starts again at {to}, after {}; {} do.", hours(rest.length()), hours(least));
        let remedy = format!("Let somebody else begin; {person} starts at {} or later.", local(work.zone, ended + least));
        found.add(Some(person), Rule::PagedAtNight, rest, what, remedy);
    }
}

/// Whether any of a page fell between two local hours.
pub(super) fn at_night(page: Period, zone: &TimeZone, between: (i8, i8)) -> bool {
    let page = Period { from: page.from, to: page.to.max(page.from + Span(1)) };
    nights_of(page, zone, between).next().is_some()
}

/// The dates of the mornings whose night a page broke.
pub(super) fn nights_of<'z>(page: Period, zone: &'z TimeZone, between: (i8, i8)) -> impl Iterator<Item = Date> + 'z {
    let first = zone.to_datetime(page.from.to_jiff()).date().yesterday().ok();
    std::iter::successors(first, |d| d.tomorrow().ok())
        .take(NIGHTS_LIMIT)
        .map_while(move |date| night_of(date, zone, between).filter(|n| n.from < page.to).map(|night| (date, night)))
        .filter(move |(_, night)| page.within(*night).is_some())
        .map(|(date, _)| date)
}
