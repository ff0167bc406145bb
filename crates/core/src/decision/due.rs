//! How long a question waits, and how long a temporary yes holds.

use super::{Decision, DecisionEvent, DecisionKind, Ruling};
use crate::timer::{Timer, TimerKind};
use crate::{Refusal, Span, Stamp, Timestamp, UserId};

/// A question is to be ruled in so long: while it waits, somebody does not know what to tell customers.
pub const WITHIN: Span = Span::mins(30);
/// What is temporary holds so long where nobody says how long.
pub const HOLDS_BY_ITSELF: Span = Span::days(3);
/// What is temporary holds at most so long from now: what is meant for longer is not temporary.
pub const HOLDS_AT_MOST: Span = Span::days(90);

/// Of the time for a ruling, the share after which somebody is warned, in hundredths.
const WARNED_AFTER: i64 = 80;
/// It comes back at the latest so long before its end, where it holds long enough for that.
const BACK_AT_LEAST: Span = Span::mins(30);
/// And at the earliest so long before.
const BACK_AT_MOST: Span = Span::days(1);

/// When what holds from `since` until `until` comes back: in the last quarter of its time, between half an hour and a day before its end. What holds for less than half an
/// hour comes back when half of that has passed.
pub fn comes_back(since: Timestamp, until: Timestamp) -> Timestamp {
    let whole = until - since;
    let before = Span((whole.0 / 4).clamp(BACK_AT_LEAST.0, BACK_AT_MOST.0).min(whole.0 / 2));
    until + Span(-before.0)
}

fn warned(d: &Decision, due: Timestamp) -> Timestamp {
    d.asked_at + Span((due - d.asked_at).0 / 100 * WARNED_AFTER)
}

impl Decision {
    /// Whether a yes holds now: it was given, and it neither ran out nor was ended.
    pub fn holds(&self) -> bool {
        self.ruling == Some(Ruling::Yes) && self.ended_at.is_none()
    }

    /// Its due time, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        self.wakes_at().map(|due_at| Timer { kind: TimerKind::Decision, key: String::new(), due_at }).into_iter().collect()
    }

    fn wakes_at(&self) -> Option<Timestamp> {
        if self.ruling.is_none() {
            let due = self.due_at?;
            return match (self.warned_at, self.overdue_at) {
                (None, None) => Some(warned(self, due)),
                (_, None) => Some(due),
                (_, Some(_)) => None,
            };
        }
        let until = self.holds_until.filter(|_| self.holds())?;
        let since = self.holds_since.unwrap_or(until);
        Some(if self.returned_at.is_none() { comes_back(since, until) } else { until })
    }
}

/// Until when a ruling holds.
pub(super) fn holds(kind: DecisionKind, ruling: Ruling, until: Option<Timestamp>, now: Timestamp) -> Result<Option<Timestamp>, Refusal> {
    match (ruling, until) {
        (Ruling::No, Some(_)) => Err(Refusal::field("until", "A no needs no end: only what is allowed for a while has one.")),
        (Ruling::Yes, Some(until)) => checked(until, now).map(Some),
        (Ruling::Yes, None) if kind.is_temporary() => Ok(Some(now + HOLDS_BY_ITSELF)),
        (Ruling::No | Ruling::Yes, None) => Ok(None),
    }
}

fn checked(until: Timestamp, now: Timestamp) -> Result<Timestamp, Refusal> {
    if until <= now {
        return Err(Refusal::field("until", "It has to hold until a time in the future."));
    }
    if until - now > HOLDS_AT_MOST {
        return Err(Refusal::field("until", "What is temporary holds for 90 days at most. Choose an earlier end; it comes back before that."));
    }
    Ok(until)
}

/// What can be prolonged or ended: a yes that has an end and still holds.
fn temporary(d: &Decision) -> Result<(), Refusal> {
    if d.ruling != Some(Ruling::Yes) || d.holds_until.is_none() {
        return Err(Refusal::conflict("This decision has no end: there is nothing to prolong or to end."));
    }
    if let Some(ended) = d.ended_at {
        let how = d.ended_by.as_ref().map_or_else(|| "It ran out".to_owned(), |who| format!("{who} ended it"));
        let when = ended.to_string();
        return Err(Refusal::conflict(format!("{how} at {when}. Ask anew if it is needed again.")));
    }
    Ok(())
}

pub(super) fn renew(d: &Decision, until: Timestamp, stamp: &Stamp) -> Result<Vec<DecisionEvent>, Refusal> {
    temporary(d)?;
    stamp.require_reason("whoever finds it in force wants to know why it still is.")?;
    let until = checked(until, stamp.at)?;
    Ok(vec![DecisionEvent::Renewed { until }])
}

pub(super) fn end(d: &Decision, stamp: &Stamp) -> Result<Vec<DecisionEvent>, Refusal> {
    temporary(d)?;
    stamp.require_reason("whoever relied on it wants to know why it ended.")?;
    Ok(vec![DecisionEvent::Ended])
}

/// What is due by now: each once.
pub(super) fn passed(d: &Decision, now: Timestamp, tell: Vec<UserId>, leads: &[UserId]) -> Vec<DecisionEvent> {
    if d.ruling.is_none() {
        let Some(due) = d.due_at.filter(|_| d.overdue_at.is_none()) else { return vec![] };
        if now >= due {
            let also = leads.iter().filter(|lead| !tell.contains(lead)).copied().collect::<Vec<_>>();
            return vec![DecisionEvent::Overdue { tell: [tell, also].concat() }];
        }
        return if now >= warned(d, due) && d.warned_at.is_none() { vec![DecisionEvent::Warned { tell }] } else { vec![] };
    }
    let Some(until) = d.holds_until.filter(|_| d.holds()) else { return vec![] };
    let back = comes_back(d.holds_since.unwrap_or(until), until);
    if now >= until {
        return vec![DecisionEvent::Expired { tell }];
    }
    if now >= back && d.returned_at.is_none() { vec![DecisionEvent::Returned { tell }] } else { vec![] }
}
