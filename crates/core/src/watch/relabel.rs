//! A value that vanishes while others of its dimension take over is a new name, not an improvement.

use super::Watch;
use super::desk::{Frame, Span};
use super::happening::NEW_AFTER_DAYS;
use super::judge::{Usual, part};
use super::limits;
use super::occurrence::Event;
use super::series::DayNumber;
use std::collections::BTreeMap;

/// The part of the budget for values that vanish.
const BUDGET: f64 = 0.1;
/// Fewer missing than so many say nothing.
const MISSING_MIN: f64 = 8.0;
/// Vanished: no more than this share of what is usual is left.
const LEFT: f64 = 0.2;
/// Values that can share what one left behind.
const TAKERS_MAX: usize = 5;
/// A taker took at least this share of what is missing.
const TAKES: f64 = 0.15;
/// Together they took at least this share.
const TAKEN: f64 = 0.5;
/// The share of a day's occurrences that new values have where a dimension is cut anew.
const CUT_ANEW: f64 = 0.15;
/// How alike the old and the new occurrences are in the other dimensions, 0 to 1.
const ALIKE: f64 = 0.3;
/// More than this share by one person: it is a source that stopped or moved, not a name.
const ONE_PERSON: f64 = 0.5;

/// A value that vanished, and what took over.
pub(super) struct Relabelled {
    /// The value that vanished.
    pub series: u32,
    /// The days judged.
    pub span: Span,
    /// What was usual.
    pub expected: f64,
    /// Chance of so few.
    pub chance: f64,
    /// The takers and how many more than usual they have, largest first.
    pub takers: Vec<(u32, f64)>,
}

impl Watch {
    /// Values that vanished by the end of this day and were taken over by others.
    pub(super) fn relabelled(&mut self, frame: &Frame, per_part: f64) -> Vec<Relabelled> {
        let mut found = self.cut_anew(frame);
        let mut looked_at: Vec<u32> = found.iter().map(|f| f.series).collect();
        let anew: Vec<u16> = looked_at.iter().filter_map(|id| self.series.get(id)).map(|s| s.dimension).collect();
        for (id, series) in self.series.iter().filter(|(_, s)| !anew.contains(&s.dimension)) {
            for span in frame.spans.iter().filter(|s| s.days <= 3) {
                let count = series.count(span.from, frame.today, frame.today);
                let Some(usual) = Usual::of(series, span, frame, count, &self.noise) else { continue };
                let gone = usual.low - count as f64 >= MISSING_MIN && count as f64 <= LEFT * usual.low;
                if !gone {
                    continue;
                }
                let chance = limits::at_most(count, usual.low, usual.alpha);
                if series.gone || chance > per_part * part(usual.a_day) * BUDGET {
                    continue;
                }
                looked_at.push(*id);
                let takers = self.takers(*id, series.dimension, span, frame, usual.low - count as f64);
                if !takers.is_empty() && self.are_alike(*id, &takers, span, frame.today) {
                    found.push(Relabelled { series: *id, span: *span, expected: usual.low, chance, takers });
                }
                break;
            }
        }
        for id in looked_at {
            if let Some(series) = self.series.get_mut(&id) {
                series.gone = true;
            }
        }
        found
    }

    /// Dimensions in which values that nobody had seen before took a good part of a day, while the desk was no busier than
    /// usual and another value fell: they were cut anew.
    fn cut_anew(&self, frame: &Frame) -> Vec<Relabelled> {
        let Some(span) = frame.spans.first().filter(|_| frame.closed_days() >= NEW_AFTER_DAYS) else { return Vec::new() };
        let desk = Usual::of_desk(&self.desk, span, frame);
        let mut found = Vec::new();
        for dimension in 0..self.dimensions.len() {
            let such = || self.series.iter().filter(|(_, s)| usize::from(s.dimension) == dimension);
            let mut new: Vec<(u32, f64)> =
                such().filter(|(_, s)| s.first == frame.today && s.today > 0).map(|(id, s)| (*id, f64::from(s.today))).collect();
            let taken: f64 = new.iter().map(|n| n.1).sum();
            let all = f64::from(self.today_count);
            if taken < CUT_ANEW * all || taken < MISSING_MIN || all - taken > desk.mean - TAKEN * taken {
                continue;
            }
            let fallen = such().filter_map(|(id, s)| {
                let count = u64::from(s.today);
                let usual = Usual::of(s, span, frame, count, &self.noise)?;
                let missing = usual.low - count as f64;
                (missing >= MISSING_MIN && count as f64 <= usual.low / 2.0).then_some((*id, missing, usual, count))
            });
            let Some((series, _, usual, count)) = fallen.max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
            new.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            new.truncate(TAKERS_MAX);
            let chance = limits::at_most(count, usual.low, usual.alpha);
            found.push(Relabelled { series, span: *span, expected: usual.low, chance, takers: new });
        }
        found
    }

    /// Values of the same dimension that took most of what is missing; none if they did not.
    fn takers(&self, gone: u32, dimension: u16, span: &Span, frame: &Frame, missing: f64) -> Vec<(u32, f64)> {
        let mut takers: Vec<(u32, f64)> = self
            .series
            .iter()
            .filter(|(id, s)| **id != gone && s.dimension == dimension)
            .map(|(id, s)| {
                let count = s.count(span.from, frame.today, frame.today);
                let usually = Usual::of(s, span, frame, count, &self.noise).map_or(0.0, |u| u.mean);
                (*id, count as f64 - usually)
            })
            .filter(|(_, more)| *more >= TAKES * missing)
            .collect();
        takers.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        takers.truncate(TAKERS_MAX);
        if takers.iter().map(|t| t.1).sum::<f64>() < TAKEN * missing { Vec::new() } else { takers }
    }

    /// Whether the takers' occurrences look like those of the value that vanished, and many people were behind it.
    fn are_alike(&self, gone: u32, takers: &[(u32, f64)], span: &Span, today: DayNumber) -> bool {
        let old: Vec<&Event> = self.recent.between(DayNumber::MIN, span.from - 1).map(|(_, e)| e).filter(|e| e.has(gone)).collect();
        let new: Vec<&Event> = self.recent.between(span.from, today).map(|(_, e)| e).filter(|e| takers.iter().any(|(id, _)| e.has(*id))).collect();
        let mut by: BTreeMap<u64, usize> = BTreeMap::new();
        for person in old.iter().filter_map(|e| e.person) {
            *by.entry(person).or_default() += 1;
        }
        let most = by.into_values().max().unwrap_or(0);
        most as f64 <= ONE_PERSON * old.len() as f64 && self.likeness(&old, &new, self.series.get(&gone).map(|s| s.dimension)) >= ALIKE
    }

    /// The mean, over the other dimensions, of the overlap of the values' shares.
    fn likeness(&self, old: &[&Event], new: &[&Event], except: Option<u16>) -> f64 {
        let (old, new) = (self.shares(old), self.shares(new));
        let (mut overlap, mut dimensions) = (0.0, 0.0);
        for (dimension, shares) in old.iter().filter(|(d, _)| Some(**d) != except) {
            let Some(others) = new.get(dimension) else { continue };
            overlap += shares.iter().map(|(id, share)| share.min(others.get(id).copied().unwrap_or(0.0))).sum::<f64>();
            dimensions += 1.0;
        }
        if dimensions > 0.0 { overlap / dimensions } else { 0.0 }
    }

    fn shares(&self, events: &[&Event]) -> BTreeMap<u16, BTreeMap<u32, f64>> {
        let mut shares: BTreeMap<u16, BTreeMap<u32, f64>> = BTreeMap::new();
        for id in events.iter().flat_map(|e| e.values.iter()) {
            if let Some(series) = self.series.get(id) {
                *shares.entry(series.dimension).or_default().entry(*id).or_default() += 1.0;
            }
        }
        for values in shares.values_mut() {
            let all: f64 = values.values().sum();
            values.values_mut().for_each(|n| *n /= all);
        }
        shares
    }
}
