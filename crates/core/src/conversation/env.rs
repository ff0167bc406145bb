//! What the rules of a conversation need to know beside its state.

use crate::calendar::Calendar;
use crate::clock::{Clock, ClockKind, Policy};
use crate::{Span, Timestamp};

/// The promises that apply to a conversation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Env<'a> {
    /// For conversations about the change.
    pub hypercare: Option<&'a Policy>,
    /// For everything else.
    pub normal: Option<&'a Policy>,
    /// Earlier versions of both, oldest first: a promise is judged by the version it was made under.
    pub past: &'a [Policy],
    /// Categories that are back on the normal promises although the window is open.
    pub normalised: &'a [String],
    /// How long silence must last to settle an answered conversation; none: never by itself.
    pub resolve_after: Option<Span>,
}

impl<'a> Env<'a> {
    /// The promises that a conversation's clocks start under now: hypercare's for what is about the change,
    /// unless its category is back on the normal ones; the normal ones for everything else.
    pub fn in_force(&self, about_change: bool, category: Option<&str>) -> Option<&'a Policy> {
        if about_change && !self.is_normalised(category) {
            self.hypercare.or(self.normal)
        } else {
            self.normal.or(self.hypercare.filter(|_| about_change))
        }
    }

    /// Whether a category is back on the normal promises.
    pub fn is_normalised(&self, category: Option<&str>) -> bool {
        category.is_some_and(|c| self.normalised.iter().any(|n| n == c))
    }

    /// All known versions of a policy, oldest first.
    pub fn versions(&self, name: &str) -> impl Iterator<Item = &'a Policy> {
        let now = [self.hypercare, self.normal].into_iter().flatten();
        self.past.iter().chain(now).filter(move |p| p.name == name)
    }

    /// The newest known version of a policy.
    pub(super) fn newest(&self, name: &str) -> Option<&'a Policy> {
        self.versions(name).last()
    }

    /// The calendar that a clock's time is measured on now: of the version it was planned on, else of the newest. Around
    /// the clock for a promise whose policy nobody knows any more.
    pub fn calendar(&self, clock: &Clock) -> Calendar {
        let known = self.versions(&clock.policy).filter(|p| p.version <= clock.calendar_version).last();
        known.or_else(|| self.newest(&clock.policy)).map_or_else(Calendar::always, |p| p.calendar.clone())
    }

    /// Since when a policy has promised a kind without a break.
    pub(super) fn promised_since(&self, policy: &Policy, kind: ClockKind, category: Option<&str>) -> Timestamp {
        let mut since = policy.since;
        let mut versions: Vec<&Policy> = self.versions(&policy.name).filter(|p| p.version < policy.version).collect();
        while let Some(earlier) = versions.pop().filter(|p| !p.promises(kind, category).is_empty()) {
            since = since.min(earlier.since);
        }
        since
    }
}
