//! Promises about time: made, kept, broken; by kind and policy.

use super::model::PromiseLine;
use hypercare_core::clock::{Clock, ClockKind};
use hypercare_core::conversation::Conversation;
use hypercare_core::lessons::{Judged, PromiseChange, promise_change};
use hypercare_core::{Severity, Span, Timestamp};
use hypercare_store::queries::conversations;
use hypercare_store::{Query, StoreError};
use std::collections::BTreeMap;

const PAGE: i64 = 500;
/// Conversations read at most.
const MOST: usize = 200_000;

/// The policy of the window: what the next plan may promise otherwise.
const HYPERCARE: &str = "hypercare";

/// The promises of all conversations opened in a span: how they were kept, and what could be promised instead.
///
/// # Errors
/// When the database fails.
pub async fn promises(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<(Vec<PromiseLine>, Vec<PromiseChange>), StoreError> {
    let (mut found, mut after, mut read) = (Tally::default(), 0, 0);
    while read < MOST {
        let page: Vec<Conversation> = conversations::documents(q, since, until, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id.0;
        read += page.len();
        page.iter().flat_map(|c| &c.clocks).for_each(|clock| found.add(clock));
    }
    let changes = found.changes();
    Ok((found.lines.into_values().collect(), changes))
}

#[derive(Default)]
struct Tally {
    lines: BTreeMap<(String, ClockKind), PromiseLine>,
    /// Those of the window that were decided, by what was promised at first.
    judged: BTreeMap<(ClockKind, Severity, Span), Vec<Judged>>,
}

impl Tally {
    fn add(&mut self, clock: &Clock) {
        let line = self.lines.entry((clock.policy.clone(), clock.kind)).or_insert_with(|| PromiseLine {
            kind: clock.kind,
            policy: clock.policy.clone(),
            made: 0,
            kept: 0,
            broken: 0,
            late_on_change: 0,
            running: 0,
            withdrawn: 0,
        });
        line.made += 1;
        let which = match clock {
            Clock { late_on_change: true, .. } => &mut line.late_on_change,
            Clock { breached_at: Some(_), .. } => &mut line.broken,
            Clock { met_at: Some(_), .. } => &mut line.kept,
            Clock { cancelled_at: Some(_), .. } => &mut line.withdrawn,
            _ => &mut line.running,
        };
        *which += 1;
        let decided = !clock.late_on_change && (clock.met_at.is_some() || clock.breached_at.is_some());
        if decided && clock.policy == HYPERCARE && clock.about_change {
            let judged = Judged { used: clock.used, answered: clock.met_at.is_some(), broken: clock.breached_at.is_some() };
            self.judged.entry((clock.kind, clock.severity, clock.target)).or_default().push(judged);
        }
    }

    /// What could be promised instead, most broken first.
    fn changes(&self) -> Vec<PromiseChange> {
        let change =
            |((kind, severity, target), all): (&(ClockKind, Severity, Span), &Vec<Judged>)| promise_change(kind.word(), *severity, *target, all);
        let mut found: Vec<PromiseChange> =
            self.judged.iter().filter(|((kind, ..), _)| *kind != ClockKind::Acknowledgement).filter_map(change).collect();
        found.sort_by_key(|c| std::cmp::Reverse(c.kept.whole - c.kept.part));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::calendar::Calendar;
    use hypercare_core::clock::{Policy, Subject, Targets};

    #[test]
    fn every_promise_is_counted_once() {
        let targets = Targets { first_response: [(Severity::Normal, Span::mins(30))].into(), ..Targets::default() };
        let policy =
            Policy { name: "hypercare".into(), version: 1, since: Timestamp(0), calendar: Calendar::always(), targets, categories: BTreeMap::new() };
        let at = |mins: i64| Timestamp::from_secs(mins * 60);
        let always = &policy.calendar;
        let subject = Subject { about_change: true, category: None, severity: Severity::Normal };
        let clock = Clock::new(ClockKind::FirstResponse, 1, &policy, subject, at(0)).unwrap().resumed(at(0), always, 1);
        let mut tally = Tally::default();
        let changed = clock.clone().carrying(Span::mins(31), at(0));
        for c in [
            changed,
            clock.clone(),
            clock.met(at(10), always),
            clock.met(at(40), always),
            clock.cancelled(at(5), always),
            clock.cancelled(at(50), always),
        ] {
            tally.add(&c);
        }
        let lines: Vec<PromiseLine> = tally.lines.into_values().collect();
        let counts = |l: &PromiseLine| (l.made, l.kept, l.broken, l.late_on_change, l.running, l.withdrawn);
        assert_eq!(lines.iter().map(counts).collect::<Vec<_>>(), [(6, 1, 2, 1, 1, 1)]);
    }
}
