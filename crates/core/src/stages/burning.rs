//! Which categories' promises break too fast now.

use super::{Burning, Ladder, Place, of};
use crate::plan::Plan;
use crate::signals::burn::{Budget, Outcome, during};
use crate::{Span, Timestamp};

/// An alert this old says nothing about now.
pub const LATELY: Span = Span::days(1);

/// Categories whose promises break too fast now: since their step where they are on normal promises, so that what was
/// promised before it is not held against it; otherwise within a day. `decided` gives the outcomes of a category, as far
/// back as alerts look before [`LATELY`].
pub fn burning(ladder: &Ladder, plan: &Plan, budget: &Budget, decided: impl Fn(&str) -> Vec<Outcome>, now: Timestamp) -> Vec<Burning> {
    let mut found = vec![];
    for stage in of(plan) {
        let step = match ladder.standing(&stage.name).map(|s| &s.place) {
            Some(Place::Normal { since, .. }) => Some(*since),
            _ => None,
        };
        for category in stage.categories {
            let mut own = decided(&category);
            own.retain(|o| o.at >= step.unwrap_or(now - LATELY));
            let since = step.map_or(now - LATELY, |step| step.max(now - LATELY));
            let alert = during(&own, since, budget).into_iter().next();
            found.extend(alert.map(|alert| Burning { category, says: alert.say(budget.target) }));
        }
    }
    found
}
