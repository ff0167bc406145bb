//! One warning for one happening: what rises for the same reason is one, goes on without repeating itself, and closes
//! after some normal days.

use super::desk::Frame;
use super::judge::{Alarm, SPAN_SHARES, Usual, excess_min, judge};
use super::limits::{RAREST, deviations};
use super::occurrence::Event;
use super::recent::people;
use super::relabel::Relabelled;
use super::series::DayNumber;
use super::source::{self, Source};
use super::{Change, Figures, Kind, Warning, Watch, date, words};
use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Stands for the whole desk where a series is named.
pub(super) const WHOLE: u32 = 0;
/// Findings of one look that are sorted into warnings; the most surprising come first.
const ALARMS_MAX: usize = 500;
/// Other values that one warning names.
const ALSO_MAX: usize = 20;
/// What is left after taking away another's occurrences is no finding of its own above this chance.
const LEFT_CHANCE: f64 = 1e-3;
/// A day above this chance is normal: two and a half standard deviations.
const NORMAL_CHANCE: f64 = 0.006_21;
/// A warning that opened at most so many days ago is the likely reason of what rises now.
const FRESH_DAYS: DayNumber = 3;
/// A value with this share of the desk is seen together with everything.
const EVERYWHERE: f64 = 0.2;
/// The share of a warning's occurrences that another value must have to rise for the same reason in any case.
const GOOD_PART: f64 = 0.3;
/// A rise whose larger part another one explains has no warning of its own.
const SMALL_PART: f64 = 0.4;
/// Fewer closed days cannot say that a value is new.
pub(super) const NEW_AFTER_DAYS: usize = 7;
/// Days of a warning that do not raise its own bar; after them the new level becomes the usual one.
const HELD_DOWN_DAYS: DayNumber = 14;
/// So many calendar days without anything unusual close a warning even if all of them were quiet ones.
const SILENT_DAYS: DayNumber = 5;
/// Sources of one value that are set aside.
const ASIDE_MAX: usize = 20;

/// A warning that goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Open {
    /// As it is told.
    pub warning: Warning,
    /// Its series.
    pub lead: u32,
    /// What rises because of it.
    pub also: Vec<u32>,
    /// The repeating source.
    pub by: Option<u64>,
    /// Day it opened on.
    pub since: DayNumber,
    /// Last day that was not normal.
    pub last: DayNumber,
    /// Normal days since then; quiet days do not count.
    pub normal_days: u32,
}

impl Open {
    fn explains(&self, event: &Event) -> bool {
        event.has(self.lead) || (self.by.is_some() && (event.person == self.by || event.reporter == self.by))
    }
    fn concerns(&self, series: u32) -> bool {
        self.lead == series || self.also.contains(&series)
    }
}

impl Watch {
    /// Judges a day, so far or as a whole.
    pub(super) fn judge_day(&mut self, day: DayNumber, now: Timestamp, whole: bool) -> Vec<Change> {
        let frame = Frame::new(&self.desk, day, self.today_count, whole);
        let per_part = self.settings.false_warnings / 10.0 / self.parts.max(1.0);
        let mut alarms: Vec<Alarm> =
            self.series.iter().filter(|(_, s)| s.today > 0).filter_map(|(id, s)| judge(*id, s, &frame, &self.noise, per_part)).collect();
        alarms.sort_by(|a, b| a.chance.total_cmp(&b.chance).then(a.usual.mean.total_cmp(&b.usual.mean)).then(a.series.cmp(&b.series)));
        alarms.truncate(ALARMS_MAX);
        let mut changes = Vec::new();
        if whole {
            for found in self.relabelled(&frame, per_part) {
                changes.extend(self.open_relabelled(&found, &frame, now));
            }
        }
        for alarm in &alarms {
            let begun_anew = self.series.get(&alarm.series).is_some_and(|s| s.since >= alarm.span.past_to);
            if begun_anew || self.open.iter().any(|o| o.concerns(alarm.series)) {
                continue;
            }
            let (kind, source) = self.kind(alarm, &frame);
            if source.as_ref().is_some_and(|s| self.is_known(alarm, s, &frame)) {
                continue;
            }
            // A machine is named, even among people who rise at the same time; until it repeats itself it is nothing.
            match self.explained_by(alarm, source.as_ref().and_then(|s| s.by), day) {
                Some(index) => self.join(index, alarm.series),
                None => changes.extend(kind.map(|kind| Change::Opened(self.open_rise(alarm, kind, source, &frame, now)))),
            }
        }
        if let Some(alarm) = self.whole_desk(&frame, per_part)
            && !self.open.iter().any(|o| o.lead == WHOLE)
        {
            changes.push(Change::Opened(self.open_rise(&alarm, Kind::WholeDesk, None, &frame, now)));
        }
        changes.extend(self.go_on(&frame, whole, &changes));
        changes
    }

    /// The open warning whose occurrences are what this value's rise is made of.
    fn explained_by(&self, alarm: &Alarm, by: Option<u64>, day: DayNumber) -> Option<usize> {
        let desk = self.recent.between(alarm.span.from, day).count();
        self.open.iter().position(|open| {
            if by.is_some() && by != open.by {
                return false;
            }
            let (mut theirs, mut both, mut rest) = (0_usize, 0_usize, 0_usize);
            for (_, event) in self.recent.between(alarm.span.from, day) {
                let (has, explains) = (event.has(alarm.series), open.explains(event));
                theirs += usize::from(explains);
                both += usize::from(has && explains);
                rest += usize::from(has && !explains);
            }
            // What is everywhere, or rose long ago, explains nothing by being there too: only what shares a good part of it.
            let fresh = day - open.since <= FRESH_DAYS && (theirs as f64) < EVERYWHERE * desk as f64;
            both > 0
                && (fresh || both as f64 >= GOOD_PART * theirs as f64)
                && (!stands(alarm, rest) || rest as f64 - alarm.usual.mean <= SMALL_PART * (alarm.count as f64 - alarm.usual.mean))
        })
    }

    fn join(&mut self, index: usize, series: u32) {
        let named = self.named(series);
        let open = &mut self.open[index];
        open.also.push(series);
        if open.warning.also.len() < ALSO_MAX {
            open.warning.also.push(named);
        }
    }

    fn open_rise(&mut self, alarm: &Alarm, kind: Kind, source: Option<Source>, frame: &Frame, now: Timestamp) -> Warning {
        let day = frame.today;
        let named = self.named(alarm.series);
        let at_first = self.figures(alarm.series, alarm.span.from, day, alarm.usual.mean);
        let chance = alarm.chance.max(RAREST);
        let why = words::rise(kind, &at_first, source.as_ref().map(|s| (s, s.all_have.map(|id| self.named(id)))));
        let warning = Warning {
            number: self.next_warning,
            dimension: named.dimension,
            value: named.value,
            kind,
            first_day: date(day),
            first_seen: now,
            latest: at_first.clone(),
            at_first,
            one_in: 1.0 / chance,
            z: deviations(chance),
            also: Vec::new(),
            why,
            closed: None,
        };
        self.push(warning, alarm.series, Vec::new(), source.and_then(|s| s.by), day)
    }

    fn push(&mut self, warning: Warning, lead: u32, also: Vec<u32>, by: Option<u64>, day: DayNumber) -> Warning {
        self.next_warning += 1;
        self.open.push(Open { warning: warning.clone(), lead, also, by, since: day, last: day, normal_days: 0 });
        warning
    }

    /// A vanished value; a warning about a taker turns out to be the same happening and closes.
    fn open_relabelled(&mut self, found: &Relabelled, frame: &Frame, now: Timestamp) -> Vec<Change> {
        let day = frame.today;
        let takers: Vec<u32> = found.takers.iter().map(|t| t.0).collect();
        let named = self.named(found.series);
        let also: Vec<_> = takers.iter().map(|id| self.named(*id)).collect();
        let at_first = self.figures(found.series, found.span.from, day, found.expected);
        let more = found.takers.iter().map(|t| t.1).sum::<f64>();
        let chance = found.chance.max(RAREST);
        let warning = Warning {
            number: self.next_warning,
            why: words::relabelled(&at_first, &also, more),
            dimension: named.dimension,
            value: named.value,
            kind: Kind::Relabelled,
            first_day: date(day),
            first_seen: now,
            latest: at_first.clone(),
            at_first,
            one_in: 1.0 / chance,
            z: deviations(chance),
            also,
            closed: None,
        };
        let mut changes = Vec::new();
        while let Some(index) = self.open.iter().position(|o| takers.contains(&o.lead)) {
            let mut same = self.open.remove(index);
            same.warning.closed = Some(date(day));
            changes.push(Change::Closed(same.warning));
        }
        // A dimension that was cut anew has no past to be compared with.
        let dimension = self.series.get(&found.series).map(|s| s.dimension);
        for series in self.series.values_mut().filter(|s| Some(s.dimension) == dimension) {
            series.begin_anew(found.span.from);
        }
        changes.push(Change::Opened(self.push(warning, found.series, takers, None, day)));
        changes
    }

    /// Whether this source was named before, with the value that nearly all of its occurrences have now: it is not named again
    /// by another of its values.
    fn is_known(&self, alarm: &Alarm, source: &Source, frame: &Frame) -> bool {
        let Some(by) = source.by else { return false };
        let theirs: Vec<&Event> = self
            .recent
            .between(alarm.span.from, frame.today)
            .map(|(_, e)| e)
            .filter(|e| e.has(alarm.series) && (e.person == Some(by) || e.reporter == Some(by)))
            .collect();
        let named = |id: &&u32| self.series.get(id).is_some_and(|s| s.aside.contains(&by));
        let known = theirs.iter().filter(|e| e.values.iter().any(|id| named(&id))).count();
        known as f64 >= source::NEARLY_ALL * theirs.len() as f64
    }

    /// What is behind a rise, and its source; no kind if it is a few people's, which is no happening.
    fn kind(&self, alarm: &Alarm, frame: &Frame) -> (Option<Kind>, Option<Source>) {
        let desk: Vec<&Event> = self.recent.between(DayNumber::MIN, frame.today).map(|(_, e)| e).collect();
        let events: Vec<&Event> = self.recent.between(alarm.span.from, frame.today).map(|(_, e)| e).filter(|e| e.has(alarm.series)).collect();
        let rarity = |id: u32| self.series.get(&id).map_or(0, |s| s.days.iter().map(|d| d.count as usize).sum());
        if let Some(source) = source::find(&events, &desk, alarm.series, |n| stands(alarm, n), rarity) {
            let days = self.recent.days_of(frame.today, |e| e.has(alarm.series) && source.is_behind(e));
            return (source.repeats(&days).then_some(Kind::RepeatingSource), Some(source));
        }
        let Some(people) = people(events.iter().copied()) else { return (Some(Kind::Rise), None) };
        // As many occurrences as people, at most: one person's ten are one person's.
        let enough = people as f64 - alarm.usual.mean >= excess_min(alarm.span.days) && alarm.usual.chance(people) <= alarm.allowed;
        let new = frame.closed_days() >= NEW_AFTER_DAYS && self.series.get(&alarm.series).is_some_and(|s| s.first >= alarm.span.from);
        (enough.then_some(if new { Kind::NewValue } else { Kind::ManyPeople }), None)
    }

    /// The whole desk without what open warnings explain, against such days (same weekday, busy or quiet).
    fn whole_desk(&self, frame: &Frame, per_part: f64) -> Option<Alarm> {
        let span = *frame.spans.first()?;
        let explained = self.recent.between(frame.today, frame.today).filter(|(_, e)| self.open.iter().any(|o| o.explains(e))).count();
        let count = u64::from(self.today_count).saturating_sub(explained as u64);
        let usual = Usual::of_desk(&self.desk, &span, frame);
        let allowed = per_part * SPAN_SHARES[0];
        let chance = usual.chance(count);
        let found = count as f64 - usual.mean >= excess_min(1) && chance <= allowed;
        found.then_some(Alarm { series: WHOLE, span, count, usual, chance, allowed })
    }

    /// The latest figures of what is open, and at the end of a day what is over.
    fn go_on(&mut self, frame: &Frame, whole: bool, opened: &[Change]) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut kept = Vec::new();
        for mut open in std::mem::take(&mut self.open) {
            let new = opened.iter().any(|c| matches!(c, Change::Opened(w) if w.number == open.warning.number));
            let before = open.warning.clone();
            let normal = self.look_again(&mut open, frame);
            if whole {
                match normal {
                    false => (open.last, open.normal_days) = (frame.today, 0),
                    true if !frame.quiet => open.normal_days += 1,
                    true => {}
                }
            }
            let over = open.normal_days >= self.settings.normal_days.max(1) || frame.today - open.last >= SILENT_DAYS;
            if over {
                open.warning.closed = Some(date(open.last));
                self.set_aside(&open);
                changes.push(Change::Closed(open.warning));
                continue;
            }
            if open.warning != before && !new {
                changes.push(Change::GoesOn(open.warning.clone()));
            }
            kept.push(open);
        }
        self.open = kept;
        changes
    }

    /// Renews an open warning's figures; true if this day is normal.
    fn look_again(&self, open: &mut Open, frame: &Frame) -> bool {
        let Some(span) = frame.spans.first() else { return true };
        let (usual, count) = match self.series.get(&open.lead) {
            Some(s) => {
                let count = s.count(frame.today, frame.today, frame.today);
                let Some(usual) = Usual::of(s, span, frame, count, &self.noise) else { return true };
                (usual, count)
            }
            None => (Usual::of_desk(&self.desk, span, frame), u64::from(self.today_count)),
        };
        let expected = if open.warning.kind == Kind::Relabelled { usual.low } else { usual.mean };
        open.warning.latest = self.figures(open.lead, frame.today, frame.today, expected);
        // A relabelling is told once; it has no days that are not normal.
        open.warning.kind == Kind::Relabelled || usual.chance(count) > NORMAL_CHANCE
    }

    /// What is over is not judged again together with later days; a source that was named is not named again.
    fn set_aside(&mut self, open: &Open) {
        for id in open.also.iter().chain([&open.lead]) {
            if let Some(series) = self.series.get_mut(id) {
                series.judged_from = series.judged_from.max(open.last + 1);
                // What went on for so long is the usual level from now on.
                if open.last - open.since >= HELD_DOWN_DAYS {
                    series.begin_anew(open.since);
                }
            }
        }
        if let (Some(by), Some(series)) = (open.by, self.series.get_mut(&open.lead))
            && series.aside.len() < ASIDE_MAX
            && !series.aside.contains(&by)
        {
            series.aside.push(by);
        }
    }

    /// What a day may count at most as the past of later days, for every value of an open warning.
    pub(super) fn limits_of_open(&self, day: DayNumber) -> BTreeMap<u32, u32> {
        let frame = Frame::new(&self.desk, day, self.today_count, true);
        let Some(span) = frame.spans.first() else { return BTreeMap::new() };
        let held = self.open.iter().filter(|o| o.warning.kind != Kind::Relabelled && day - o.since < HELD_DOWN_DAYS);
        held.flat_map(|o| o.also.iter().chain([&o.lead]))
            .filter_map(|id| {
                let usual = match self.series.get(id) {
                    Some(s) => Usual::of(s, span, &frame, u64::from(s.today), &self.noise),
                    None => Some(Usual::of_desk(&self.desk, span, &frame)),
                };
                usual.map(|u| (*id, u.limit()))
            })
            .collect()
    }

    fn figures(&self, series: u32, from: DayNumber, to: DayNumber, expected: f64) -> Figures {
        let events: Vec<&Event> = self.recent.between(from, to).map(|(_, e)| e).filter(|e| series == WHOLE || e.has(series)).collect();
        Figures { from: date(from), to: date(to), count: events.len() as u64, expected, people: people(events.iter().copied()) }
    }
}

/// Whether so many would still be a finding.
fn stands(alarm: &Alarm, count: usize) -> bool {
    count as f64 - alarm.usual.mean >= excess_min(alarm.span.days) && alarm.usual.chance(count as u64) <= LEFT_CHANCE
}
