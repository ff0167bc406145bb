//! Promises about time: which were kept, which were broken, and whether they break too fast.

use hypercare_core::calendar::Calendar;
use hypercare_core::plan::Plan;
use hypercare_core::signals::Signal;
use hypercare_core::signals::burn::{Outcome, Record};
use hypercare_core::{Span, Timestamp};
use hypercare_store::queries::signals;
use hypercare_store::{Query, StoreError};
use std::collections::BTreeSet;

/// Sixteen working hours, the longest span of an alert, lie within so many days, a weekend included.
const LOOK_BACK: Span = Span::days(5);
/// What is to be kept where the plan does not say.
const TARGET: f64 = 0.9;
/// Moments of a day at which alerts are looked for, at most: the latest broken promises.
const MOMENTS: usize = 48;

/// Promises that alerts look at, at most: the newest.
pub const MOST: i64 = 20_000;

/// A promise that was decided, and on what.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Category of the conversation.
    pub category: String,
    /// When, and whether it was broken.
    pub outcome: Outcome,
}

/// How far back alerts look on a day that began at `since`.
pub fn from(since: Timestamp) -> Timestamp {
    since - LOOK_BACK
}

/// The promises decided until an instant, as far back as alerts look from `since`; the newest so many.
///
/// # Errors
/// When the database fails.
pub async fn decided(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Decided>, StoreError> {
    let rows = signals::promises(q, from(since), until, MOST).await?;
    let read = |p: signals::Promise| Decided { category: p.category, outcome: Outcome { at: Timestamp(p.at), missed: p.broken } };
    Ok(rows.into_iter().map(read).collect())
}

/// The alerts of a span, each in a sentence: looked for whenever a promise was broken, because only then can one begin.
pub fn burning(plan: &Plan, outcomes: &[Outcome], since: Timestamp) -> Vec<String> {
    let mut moments: Vec<Timestamp> = outcomes.iter().filter(|o| o.missed && o.at >= since).map(|o| o.at).collect();
    moments.sort_unstable_by_key(|at| std::cmp::Reverse(*at));
    moments.dedup();
    moments.truncate(MOMENTS);
    if moments.is_empty() {
        return vec![];
    }
    let target = plan.signals.iter().find(|s| s.key == Signal::SlaAttainment.key()).and_then(|s| s.target).unwrap_or(TARGET);
    let (hours, record) = (hours(plan), Record::new(outcomes));
    let mut seen = BTreeSet::new();
    let alerts = moments.into_iter().filter_map(|at| record.alert(at, target, &hours)).filter(|alert| seen.insert(alert.speed));
    alerts.map(|alert| alert.say(target)).collect()
}

/// The working hours of the promises in force: the window's, or the normal ones.
fn hours(plan: &Plan) -> Calendar {
    let policy = plan.sla.hypercare.as_ref().or(plan.sla.normal.as_ref());
    let section = policy.and_then(|p| plan.calendars.get(&p.calendar));
    section.and_then(|c| Calendar::from_section(c, &plan.window.zone).ok()).unwrap_or_else(Calendar::always)
}
