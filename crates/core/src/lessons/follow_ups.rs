//! What followed the approval of an answer: how often customers of the same scenario wrote again within a day, before and after.
//!
//! It is association. Nobody drew by lot who was answered before and who after: customers, the change itself and what else was said were
//! different, too.

use crate::rating::{Difference, ENOUGH, Share, difference};
use crate::signals::Day;
use serde::{Deserialize, Serialize};

/// One conversation of a scenario, by its first reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Started {
    /// The day of the first reply, in the programme's zone.
    pub day: Day,
    /// It came after the approval.
    pub after: bool,
    /// The customer wrote again within a day.
    pub again: bool,
}

/// The first day on which half as many customers wrote again as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Halved {
    /// How many days after the approval, counted from 1: the day of the approval.
    pub days: u32,
    /// Which day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub on: Day,
}

/// Before and after an approval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AfterApproval))]
pub struct After {
    /// Conversations of the scenario whose first reply came before, and in how many the customer wrote again.
    pub before: Share,
    /// The same after it.
    pub after: Share,
    /// After less before, where both have enough.
    pub difference: Option<Difference>,
    /// When the daily rate had halved, where the numbers allow to say so.
    pub halved: Option<Halved>,
}

/// Before and after an approval on the day `approved`.
///
/// The daily rate has halved on the first day with at least [`ENOUGH`] conversations whose share is at most half of the share before, if
/// the days from it on hold that too, taken together. Before the approval there have to be at least [`ENOUGH`] conversations, and one
/// who wrote again.
pub fn after_approval(approved: Day, all: &[Started]) -> After {
    let share = |own: &[&Started]| Share { part: own.iter().filter(|s| s.again).count() as u64, whole: own.len() as u64 };
    let (after, before): (Vec<&Started>, Vec<&Started>) = all.iter().partition(|s| s.after);
    let (was, is) = (share(&before), share(&after));
    After { before: was, after: is, difference: difference(is, was), halved: halved(approved, was, &after) }
}

fn halved(approved: Day, was: Share, after: &[&Started]) -> Option<Halved> {
    if was.whole < ENOUGH || was.part == 0 {
        return None;
    }
    let half = was.share() / 2.0;
    let share = |keep: &dyn Fn(Day) -> bool| {
        let own = after.iter().filter(|s| keep(s.day));
        own.fold(Share::default(), |sum, s| Share { part: sum.part + u64::from(s.again), whole: sum.whole + 1 })
    };
    let mut days: Vec<Day> = after.iter().map(|s| s.day).collect();
    days.sort_unstable();
    days.dedup();
    let holds = |day: &Day| {
        let (own, rest) = (share(&|d| d == *day), share(&|d| d >= *day));
        own.whole >= ENOUGH && own.share() <= half && rest.share() <= half
    };
    let on = days.into_iter().find(holds)?;
    let days = u32::try_from(approved.until(on).ok()?.get_days()).ok()? + 1;
    Some(Halved { days, on })
}
