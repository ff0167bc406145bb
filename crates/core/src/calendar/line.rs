//! A calendar laid out on the UTC line: sorted half-open openings with prefix sums, four months at a time.
//!
//! A block is laid out when somebody first asks about its time and then kept, so measuring and its inverse are
//! binary searches: O(log n) in the openings of a block, plus one addition for each whole block between.

use super::hours::Week;
use crate::{Span, Timestamp};
use std::sync::OnceLock;

/// Length of a block.
const BLOCK: Span = Span::days(122);
/// The line begins in 1902 and ends in 2202. Time outside counts nothing.
const FIRST: Timestamp = Timestamp::from_secs(-2_145_916_800);
const BLOCKS: usize = 900;
/// A calendar that stays closed for so many whole blocks, two years, is taken as closed for good.
const EMPTY_LIMIT: usize = 6;

pub(super) struct Line {
    blocks: Box<[OnceLock<Block>]>,
}

/// The openings of one block, apart and in order, and the open time before each.
struct Block {
    openings: Vec<Opening>,
    total: Span,
}

struct Opening {
    opens: Timestamp,
    closes: Timestamp,
    before: Span,
}

impl Default for Line {
    fn default() -> Self {
        Self { blocks: std::iter::repeat_with(OnceLock::new).take(BLOCKS).collect() }
    }
}

impl Line {
    /// Open time from one instant to a later one.
    pub(super) fn between(&self, week: &Week, from: Timestamp, to: Timestamp) -> Span {
        let (from, to) = (from.clamp(FIRST, end()), to.clamp(FIRST, end()));
        if to <= from {
            return Span::ZERO;
        }
        let (first, last) = (index(from), index(to));
        let whole = (first..last).fold(Span::ZERO, |sum, i| sum + self.block(week, i).total);
        whole + self.block(week, last).open_until(to) - self.block(week, first).open_until(from)
    }

    /// The first instant by which `work` of open time has passed since `from`; none if it does not open for two years on the way.
    pub(super) fn add(&self, week: &Week, from: Timestamp, work: Span) -> Option<Timestamp> {
        let from = from.max(FIRST);
        let (mut left, mut empty) = (work, 0);
        for i in index(from)..BLOCKS {
            let block = self.block(week, i);
            let used = block.open_until(from);
            if block.total - used >= left {
                return block.reach(used + left);
            }
            left = left - (block.total - used);
            empty = if block.openings.is_empty() { empty + 1 } else { 0 };
            if empty == EMPTY_LIMIT {
                return None;
            }
        }
        None
    }

    /// The opening at or after an instant, cut at the borders of blocks; none if it does not open for two years.
    pub(super) fn next_opening(&self, week: &Week, from: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let begin = index(from.max(FIRST));
        let found = (begin..BLOCKS.min(begin + EMPTY_LIMIT + 1)).find_map(|i| {
            let openings = &self.block(week, i).openings;
            openings.get(openings.partition_point(|o| o.closes <= from))
        });
        found.map(|o| (o.opens, o.closes))
    }

    fn block(&self, week: &Week, i: usize) -> &Block {
        self.blocks[i.min(BLOCKS - 1)].get_or_init(|| Block::lay_out(week, border(i), border(i + 1)))
    }
}

impl Block {
    fn lay_out(week: &Week, begin: Timestamp, end: Timestamp) -> Self {
        // An interval is shorter than two days, so two days before are enough; one more covers zones that skip a date.
        let back = |date: jiff::civil::Date| date.yesterday().unwrap_or(date);
        let first = back(back(back(week.date_of(begin))));
        let last = week.date_of(end);
        let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(|date| *date <= last);
        let mut found: Vec<(Timestamp, Timestamp)> = dates.flat_map(|date| week.openings(date)).collect();
        found.sort_unstable();
        let mut openings: Vec<Opening> = Vec::with_capacity(found.len());
        let mut total = Span::ZERO;
        for (opens, closes) in found {
            let (opens, closes) = (opens.max(begin).max(openings.last().map_or(begin, |o| o.closes)), closes.min(end));
            if closes <= opens {
                continue;
            }
            match openings.last_mut().filter(|o| o.closes == opens) {
                Some(last) => last.closes = closes,
                None => openings.push(Opening { opens, closes, before: total }),
            }
            total = total + (closes - opens);
        }
        Self { openings, total }
    }

    /// Open time of this block before an instant.
    fn open_until(&self, at: Timestamp) -> Span {
        let next = self.openings.partition_point(|o| o.opens < at);
        next.checked_sub(1).map_or(Span::ZERO, |i| {
            let opening = &self.openings[i];
            opening.before + (at.min(opening.closes) - opening.opens)
        })
    }

    /// The first instant by which so much of this block's open time has passed.
    fn reach(&self, work: Span) -> Option<Timestamp> {
        let next = self.openings.partition_point(|o| o.before < work);
        next.checked_sub(1).map(|i| self.openings[i].opens + (work - self.openings[i].before))
    }
}

fn index(at: Timestamp) -> usize {
    usize::try_from((at - FIRST).0 / BLOCK.0).unwrap_or(0).min(BLOCKS - 1)
}

fn border(i: usize) -> Timestamp {
    FIRST + Span(BLOCK.0 * i64::try_from(i).unwrap_or(0))
}

fn end() -> Timestamp {
    border(BLOCKS)
}
