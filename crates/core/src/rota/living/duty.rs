//! Who decides at an instant: the schedule alone before go-live, the schedule and the acknowledgements from then on.

use super::LivingRota;
use super::base::address;
use super::check::without;
use crate::rota::{DutyRole, Handover, HandoverRules, Held, Period, Rota, Why, now_and_next, owner_stretches, timeline};
use crate::{Span, Timestamp};

/// How far ahead is looked for the next turn.
const AHEAD: Span = Span::days(366);
/// Turns are read in pieces of this length; the schedule answers for a little more at a time.
const PIECE: Span = Span::days(200);
/// Pieces: more than ten years.
const PIECES_LIMIT: usize = 20;

/// Who decides at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerAt {
    /// E-mail address, in lower case.
    pub person: String,
    /// Why; none where the schedule alone says so because the change is not live.
    pub why: Option<Why>,
    /// Until when at the latest: then somebody else, or nobody, follows.
    pub until: Timestamp,
    /// When their own time ended, where they stay because the next person has not taken over.
    pub late_since: Option<Timestamp>,
}

impl LivingRota {
    /// The turns of the decision owners from go-live until an instant, by start, each with who is called if it is not taken.
    pub fn turns(&self, until: Timestamp) -> Vec<Handover> {
        self.turns_of(&self.schedule(), until)
    }

    pub(super) fn turns_of(&self, schedule: &Rota, until: Timestamp) -> Vec<Handover> {
        let Some(since) = self.live_since else { return vec![] };
        let until = self.ended_at.map_or(until, |end| end.min(until));
        let mut stretches: Vec<(String, Period)> = vec![];
        let mut from = since;
        for _ in 0..PIECES_LIMIT {
            if from >= until {
                break;
            }
            let to = (from + PIECE).min(until);
            for (person, when) in owner_stretches(schedule, Period::new(from, to)) {
                match stretches.last_mut() {
                    Some((last, before)) if *last == person && before.to == when.from => before.to = when.to,
                    _ => stretches.push((person, when)),
                }
            }
            from = to;
        }
        let stretches =
            stretches.into_iter().flat_map(|(person, when)| without(when, &self.paused).into_iter().map(move |when| (person.clone(), when)));
        let mut before: Option<String> = None;
        let mut turns = vec![];
        for (incoming, when) in stretches {
            let backup = self.backup(schedule, when.from, &incoming, before.as_deref());
            before = Some(incoming.clone());
            turns.push(Handover { when, incoming, backup });
        }
        turns
    }

    /// Who is called when somebody does not take over: who is on duty as backup at that moment, else an owner of the change. Never
    /// the person themselves, nor the one before, who stays anyway.
    fn backup(&self, schedule: &Rota, at: Timestamp, incoming: &str, before: Option<&str>) -> Option<String> {
        let called = self.handovers.iter().find(|h| h.when.from == at && h.incoming == incoming && h.called_at.is_some());
        if let Some(called) = called {
            return called.backup.clone();
        }
        let fits = |p: &&str| *p != incoming && Some(*p) != before;
        let on_duty = schedule.duty(at, DutyRole::Backup);
        let owners = self.base_at(at).owners.iter().map(String::as_str);
        on_duty.into_iter().find(fits).or_else(|| owners.into_iter().find(fits)).map(address)
    }

    /// Who had the duty from when to when, from go-live until an instant.
    pub fn held(&self, until: Timestamp) -> Vec<Held> {
        self.held_of(&self.turns(until))
    }

    pub(super) fn held_of(&self, turns: &[Handover]) -> Vec<Held> {
        let mut acknowledged = self.core_acknowledged();
        // Going live is the first step of whoever is on duty then: there is nobody to take over from. So is opening again.
        for first in turns.iter().filter(|turn| self.begins_at(turn.when.from)) {
            acknowledged.push(crate::rota::Acknowledgement { by: first.incoming.clone(), at: first.when.from });
        }
        timeline(turns, &acknowledged, HandoverRules::default())
    }

    /// Who decides at an instant, seen from `now`: of what lies ahead the schedule says who is meant to.
    pub fn expected_at(&self, at: Timestamp, now: Timestamp) -> Option<OwnerAt> {
        match at > now {
            true => now_and_next(&self.schedule(), at).0.map(|(person, until)| OwnerAt { person, why: None, until, late_since: None }),
            false => self.owner_at(at),
        }
    }

    /// Who decided, or decides, at an instant that is not ahead; none where nobody is on duty.
    pub fn owner_at(&self, at: Timestamp) -> Option<OwnerAt> {
        let schedule = self.schedule();
        let (scheduled, _) = now_and_next(&schedule, at);
        if !self.is_live(at) {
            return scheduled.map(|(person, until)| OwnerAt { person, why: None, until, late_since: None });
        }
        let turns = self.turns_of(&schedule, at + AHEAD);
        let turn = turns.iter().find(|t| t.when.contains(at))?;
        let known: Vec<Handover> = turns.iter().filter(|t| t.when.from <= at).cloned().collect();
        let held = self.held_of(&known);
        let held = held.iter().find(|h| h.when.contains(at))?;
        let late = held.why == Why::NotYetPassedOn && held.owner != turn.incoming;
        Some(OwnerAt { person: held.owner.clone(), why: Some(held.why), until: turn.when.to, late_since: late.then_some(turn.when.from) })
    }

    /// Who follows whoever decides at an instant, and from when: the next in the schedule, or who has not yet taken over.
    pub fn next_after(&self, at: Timestamp) -> Option<(String, Timestamp)> {
        let (scheduled, next) = now_and_next(&self.schedule(), at);
        match (self.owner_at(at), scheduled) {
            (Some(OwnerAt { person, late_since, .. }), Some((incoming, _))) if person != incoming => Some((incoming, late_since.unwrap_or(at))),
            _ => next,
        }
    }
}
