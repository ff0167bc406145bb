//! What time brings: handovers begin, the backup is called, requests run out. Whatever the engine is woken for happens at that look, so
//! that the next due time is always known from the state.

use super::cover::Request;
use super::events::Event;
use super::note::HandoverRecord;
use super::{HANDOVERS_LIMIT, LivingRota};
use crate::rota::{Handover, HandoverRules, Why};
use crate::{RotaEntryId, Span, Timestamp};
use std::collections::BTreeMap;

/// How far ahead the next handover is looked for; a rota that is empty for longer begins to be handed over when somebody edits it.
const AHEAD: Span = Span::days(366);

impl LivingRota {
    /// Everything that is due by now.
    pub(super) fn passed(&self, now: Timestamp) -> Vec<Event> {
        let expired = self.requests.iter().filter(|r| r.is_open() && r.expires() <= now).map(|r| Event::CoverExpired { request: r.id });
        let mut events: Vec<Event> = expired.collect();
        if !self.is_live(now) {
            return events;
        }
        let rules = HandoverRules::default();
        let turns = self.turns(now + AHEAD);
        let owner = self.owner_at(now);
        for (id, turn) in (self.last + 1..).zip(self.to_open(&turns, now)) {
            events.push(Event::HandoverOpened {
                handover: Box::new(HandoverRecord {
                    id: RotaEntryId(id),
                    when: turn.when,
                    outgoing: owner.as_ref().map(|o| o.person.clone()).filter(|p| *p != turn.incoming),
                    incoming: turn.incoming.clone(),
                    backup: turn.backup.clone(),
                    opened_at: now,
                    written: BTreeMap::new(),
                    called_at: None,
                    taken: None,
                }),
            });
        }
        let late = |h: &&HandoverRecord| self.is_waiting(h, &turns) && h.when.to > now && h.when.from + rules.call_backup_after <= now;
        for record in self.handovers.iter().filter(late) {
            // Somebody whose time simply goes on has nothing to take over.
            let goes_on = owner.as_ref().is_some_and(|o| o.person == record.incoming && o.why == Some(Why::HeldAlready));
            let turn = turns.iter().find(|t| t.when.from == record.when.from);
            events.push(match goes_on {
                true => Event::HandoverAcknowledged { handover: record.id, by: record.incoming.clone(), from: None, note: serde_json::Value::Null },
                false => Event::BackupCalled {
                    handover: record.id,
                    backup: turn.and_then(|t| t.backup.clone()),
                    stays: owner.as_ref().map(|o| o.person.clone()),
                },
            });
        }
        events
    }

    /// When the engine has to look again, seen from an instant.
    pub(super) fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let requests = self.requests.iter().filter(|r| r.is_open()).map(Request::expires);
        let mut due: Vec<Timestamp> = requests.collect();
        if self.is_live(now) {
            let rules = HandoverRules::default();
            let turns = self.turns(now + AHEAD);
            let opening = turns.iter().filter(|t| t.when.to > now && !self.has_opened(t) && !self.is_first(t));
            due.extend(opening.map(|t| (t.when.from - rules.overlap).max(now)).min());
            due.extend(
                self.handovers.iter().filter(|h| self.is_waiting(h, &turns) && h.when.to > now).map(|h| h.when.from + rules.call_backup_after),
            );
        }
        due.into_iter().min()
    }

    /// The turns that begin soon or have begun, and have no handover yet.
    fn to_open<'t>(&self, turns: &'t [Handover], now: Timestamp) -> Vec<&'t Handover> {
        let overlap = HandoverRules::default().overlap;
        let soon = |t: &&Handover| t.when.to > now && t.when.from - overlap <= now && !self.has_opened(t) && !self.is_first(t);
        turns.iter().filter(soon).take(HANDOVERS_LIMIT).collect()
    }

    fn has_opened(&self, turn: &Handover) -> bool {
        self.handovers.iter().any(|h| h.when.from == turn.when.from && h.incoming == turn.incoming)
    }

    /// Whoever is on duty when the change goes live, or the window is opened again, has nobody to take over from.
    fn is_first(&self, turn: &Handover) -> bool {
        self.begins_at(turn.when.from)
    }

    /// Whether somebody has to be called for a handover, sooner or later: nobody took over, and it is still in the schedule.
    fn is_waiting(&self, h: &HandoverRecord, turns: &[Handover]) -> bool {
        let late = HandoverRules::default().call_backup_after;
        let is_its = |t: &Handover| t.when.from == h.when.from && t.incoming == h.incoming && t.when.to > t.when.from + late;
        h.called_at.is_none() && h.taken.is_none() && turns.iter().any(is_its)
    }
}
