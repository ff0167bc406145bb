//! Promises about time: made, kept, broken; by kind and policy.

use super::model::PromiseLine;
use hypercare_core::Timestamp;
use hypercare_core::clock::{Clock, ClockKind};
use hypercare_core::conversation::Conversation;
use hypercare_store::queries::conversations;
use hypercare_store::{Query, StoreError};
use std::collections::BTreeMap;

const PAGE: i64 = 500;
/// Conversations read at most.
const MOST: usize = 200_000;

/// The promises of all conversations opened in a span.
///
/// # Errors
/// When the database fails.
pub async fn promises(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<PromiseLine>, StoreError> {
    let (mut found, mut after, mut read) = (Tally::default(), 0, 0);
    while read < MOST {
        let page: Vec<Conversation> = conversations::documents(q, since, until, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id.0;
        read += page.len();
        page.iter().flat_map(|c| &c.clocks).for_each(|clock| found.add(clock));
    }
    Ok(found.0.into_values().collect())
}

#[derive(Default)]
struct Tally(BTreeMap<(String, ClockKind), PromiseLine>);

impl Tally {
    fn add(&mut self, clock: &Clock) {
        let line = self.0.entry((clock.policy.clone(), clock.kind)).or_insert_with(|| PromiseLine {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::calendar::Calendar;
    use hypercare_core::clock::{Policy, Subject, Targets};
    use hypercare_core::{Severity, Span};

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
        let lines: Vec<PromiseLine> = tally.0.into_values().collect();
        let counts = |l: &PromiseLine| (l.made, l.kept, l.broken, l.late_on_change, l.running, l.withdrawn);
        assert_eq!(lines.iter().map(counts).collect::<Vec<_>>(), [(6, 1, 2, 1, 1, 1)]);
    }
}
