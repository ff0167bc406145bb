//! Rest between duties, and how much duty a day, a week and a free block may hold.

use super::duty::within;
use super::wording::{hours, local};
use super::{Found, Rule, Work};
use crate::Span;
use crate::rota::Period;

const DAY: Span = Span::hours(24);
const WEEK: Span = Span::days(7);

pub(super) fn check(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>) {
    between(person, blocks, work, found);
    most(person, blocks, work, found, Rule::DailyHours, DAY, found.limits.daily_hours);
    most(person, blocks, work, found, Rule::WeeklyHours, WEEK, found.limits.weekly_hours);
    free_block(person, blocks, work, found);
}

fn between(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>) {
    let least = found.limits.rest;
    for pair in blocks.windows(2) {
        let rest = Period::new(pair[0].to, pair[1].from);
        if rest.length() < least {
            let (from, to) = (local(work.zone, rest.from), local(work.zone, rest.to));
            let what = format!("{person} rests {} between duties, from {from} to {to}; {} are needed.", hours(rest.length()), hours(least));
            let remedy = format!("Let the next duty start at {} or later, or give it to somebody else.", local(work.zone, rest.from + least));
            found.add(Some(person), Rule::DailyRest, rest, what, remedy);
        }
    }
}

/// The sum inside a sliding window is largest where the window begins with a block or ends with one. Of windows that overlap the worst is told.
fn most(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>, rule: Rule, length: Span, limit: Span) {
    let starts = blocks.iter().map(|b| Period::new(b.from, b.from + length));
    let ends = blocks.iter().map(|b| Period::new(b.to - length, b.to));
    let tight = |w: Period| {
        // The same duty, told from its first moment on.
        let begins = blocks[blocks.partition_point(|b| b.to <= w.from)..].first().map_or(w.from, |b| b.from.max(w.from));
        let window = Period::new(begins, begins + length);
        let until = blocks[..blocks.partition_point(|b| b.from < window.to)].last().map_or(window.to, |b| b.to.min(window.to));
        Period::new(begins, until)
    };
    let mut windows: Vec<(Period, Span)> = starts.chain(ends).map(tight).map(|w| (w, within(blocks, w))).filter(|(_, sum)| *sum > limit).collect();
    windows.sort_unstable();
    let mut worst: Vec<(Period, Span)> = Vec::new();
    for (window, sum) in windows {
        match worst.last_mut() {
            Some(last) if window.from < last.0.to => {
                if sum > last.1 {
                    *last = (window, sum);
                }
            }
            _ => worst.push((window, sum)),
        }
    }
    let span = if length == DAY { "24 hours" } else { "seven days" };
    for (window, sum) in worst {
        let what = format!("{person} has {} of duty in the {span} from {}; at most {} do.", hours(sum), local(work.zone, window.from), hours(limit));
        let remedy = format!("Shorten it by {}, or give a part to somebody else.", hours(sum - limit));
        found.add(Some(person), rule, window, what, remedy);
    }
}

/// Seven days that begin with a duty must have the free block whole. Days that begin in the middle of a free block are not
/// looked at: they would cut it, and find fault with an ordinary week from Monday to Friday.
fn free_block(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>) {
    let least = found.limits.weekly_rest;
    let mut told_until = None;
    for (i, block) in blocks.iter().enumerate() {
        let window = Period::new(block.from, block.from + WEEK);
        let rests = blocks[i..].windows(2).map(|p| (p[0].to, p[1].from)).chain(blocks.last().map(|b| (b.to, window.to.max(b.to))));
        let longest = rests.take_while(|(from, _)| *from < window.to).map(|(from, to)| to.min(window.to) - from).max().unwrap_or(Span::ZERO);
        if longest >= least || told_until.is_some_and(|until| block.from < until) {
            continue;
        }
        told_until = Some(window.to);
        let from = local(work.zone, window.from);
        let what = format!("{person} has no {} free in the seven days from {from}; the longest rest is {}.", hours(least), hours(longest));
        found.add(Some(person), Rule::WeeklyRest, window, what, "Give one duty to somebody else, so that a day and the night beside it are free.");
    }
}
