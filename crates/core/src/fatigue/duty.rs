//! Duty as blocks: one person's stretches that touch, overlap or are parted by no more than a break.

use super::{DUTIES_LIMIT, Limits, Work};
use crate::rota::Period;
use crate::{Span, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// Days off that somebody has earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryOwed {
    /// E-mail address.
    pub person: String,
    /// Recovery days.
    pub days: u32,
    /// Days with duty.
    pub duty_days: u32,
    /// Nights in which they were paged.
    pub interrupted_nights: u32,
}

/// Everybody's blocks, by start.
pub(super) fn by_person<'a>(work: &Work<'a>, limits: &Limits) -> BTreeMap<&'a str, Vec<Period>> {
    let mut people: BTreeMap<&str, Vec<Period>> = BTreeMap::new();
    for duty in work.duties.iter().take(DUTIES_LIMIT).filter(|d| d.when.from < d.when.to) {
        people.entry(&duty.person).or_default().push(duty.when);
    }
    for blocks in people.values_mut() {
        *blocks = joined(std::mem::take(blocks), limits.break_up_to);
    }
    people
}

fn joined(mut stretches: Vec<Period>, pause: Span) -> Vec<Period> {
    stretches.sort_unstable();
    let mut blocks: Vec<Period> = Vec::with_capacity(stretches.len());
    for next in stretches {
        match blocks.last_mut() {
            Some(last) if next.from - last.to <= pause => last.to = last.to.max(next.to),
            _ => blocks.push(next),
        }
    }
    blocks
}

/// Duty inside a window.
pub(super) fn within(blocks: &[Period], window: Period) -> Span {
    let first = blocks.partition_point(|b| b.to <= window.from);
    Span(blocks[first..].iter().take_while(|b| b.from < window.to).filter_map(|b| b.within(window)).map(|p| p.length().0).sum())
}

/// The local dates with duty, in order: those on which a block begins, and for one that lasts longer each further full day.
pub(super) fn dates(blocks: &[Period], zone: &TimeZone) -> Vec<(Date, Timestamp)> {
    let mut found: Vec<(Date, Timestamp)> = Vec::new();
    for block in blocks {
        let mut at = block.from;
        while at < block.to {
            let date = zone.to_datetime(at.to_jiff()).date();
            if found.last().is_none_or(|(last, _)| *last < date) {
                found.push((date, at));
            }
            at = at + Span::days(1);
        }
    }
    found
}
