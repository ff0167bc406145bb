//! Promises about time: which were kept, which were broken, and whether they break too fast.

use hypercare_core::calendar::Calendar;
use hypercare_core::conversation::{ClockFact, Event};
use hypercare_core::plan::Plan;
use hypercare_core::signals::Signal;
use hypercare_core::signals::burn::{self, Outcome};
use hypercare_core::{Span, Timestamp};
use hypercare_store::queries::signals::{self, Happened};
use hypercare_store::{Query, StoreError};
use std::collections::BTreeSet;

/// Sixteen working hours, the longest span of an alert, lie within so many days, a weekend included.
const LOOK_BACK: Span = Span::days(5);
/// What is to be kept where the plan does not say.
const TARGET: f64 = 0.9;
/// Moments of a day at which alerts are looked for, at most: the latest broken promises.
const MOMENTS: usize = 48;

/// A promise that was decided, and on what.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Category of the conversation.
    pub category: String,
    /// When, and whether it was broken.
    pub outcome: Outcome,
}

/// The promises decided until an instant, as far back as alerts look from `since`.
///
/// # Errors
/// When the database fails.
pub async fn decided(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Decided>, StoreError> {
    Ok(signals::promises(q, since - LOOK_BACK, until).await?.into_iter().filter_map(read).collect())
}

/// A promise counts once: broken when it runs out, kept when it is met before.
fn read(line: Happened) -> Option<Decided> {
    let missed = match serde_json::from_str(&line.body).ok()? {
        Event::Clock { fact: ClockFact::Breached, .. } => true,
        Event::Clock { fact: ClockFact::Met, clock } if clock.breached_at.is_none() => false,
        _ => return None,
    };
    Some(Decided { category: line.category, outcome: Outcome { at: Timestamp(line.at), missed } })
}

/// The alerts of a span, each in a sentence: looked for whenever a promise was broken, because only then can one begin.
pub fn burning(plan: &Plan, decided: &[Decided], since: Timestamp) -> Vec<String> {
    let target = plan.signals.iter().find(|s| s.key == Signal::SlaAttainment.key()).and_then(|s| s.target).unwrap_or(TARGET);
    let hours = hours(plan);
    let outcomes: Vec<Outcome> = decided.iter().map(|d| d.outcome).collect();
    let moments = outcomes.iter().filter(|o| o.missed && o.at >= since).map(|o| o.at).take(MOMENTS);
    let mut seen = BTreeSet::new();
    let alerts = moments.filter_map(|at| burn::alert(&outcomes, at, target, &hours)).filter(|alert| seen.insert(alert.speed));
    alerts.map(|alert| alert.say(target)).collect()
}

/// The working hours of the promises in force: the window's, or the normal ones.
fn hours(plan: &Plan) -> Calendar {
    let policy = plan.sla.hypercare.as_ref().or(plan.sla.normal.as_ref());
    let section = policy.and_then(|p| plan.calendars.get(&p.calendar));
    section.and_then(|c| Calendar::from_section(c, &plan.window.zone).ok()).unwrap_or_else(Calendar::always)
}
