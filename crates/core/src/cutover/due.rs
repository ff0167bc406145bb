//! What is due by itself: a step that takes longer than planned, a figure that has been past its threshold for long enough.

use super::{Cutover, CutoverEvent, State, Status};
use crate::Timestamp;
use crate::timer::{Timer, TimerKind};

impl Cutover {
    /// When a running step should be done; none where its time is not planned, or it was found late.
    fn due(&self, place: usize) -> Option<Timestamp> {
        let (step, own) = (self.runbook.steps.get(place)?, self.steps.get(place)?);
        let runs = self.state == State::Running && own.status == Status::Running && own.late_at.is_none();
        runs.then_some(own.started_at? + step.takes?.0)
    }

    /// When a trigger fires, if its figure stays past the threshold.
    pub fn fires_at(&self, place: usize) -> Option<Timestamp> {
        let (trigger, own) = (self.runbook.triggers.get(place)?, self.triggers.get(place)?);
        let lasting = trigger.lasting.map_or(crate::Span::ZERO, |l| l.0);
        own.since.filter(|_| own.fired_at.is_none() && self.watches(place)).map(|since| since + lasting)
    }

    /// Its due times, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        let timer = |key: String, due_at| Timer { kind: TimerKind::Cutover, key, due_at };
        let steps = self.runbook.steps.iter().enumerate().filter_map(|(i, s)| Some(timer(format!("late:{}", s.key), self.due(i)?)));
        let triggers = self.runbook.triggers.iter().enumerate().filter_map(|(i, t)| Some(timer(format!("trigger:{}", t.key), self.fires_at(i)?)));
        steps.chain(triggers).collect()
    }
}

/// Steps that are late by now, each once for each time it was begun.
pub(super) fn late(c: &Cutover, now: Timestamp) -> Vec<CutoverEvent> {
    let late = c.runbook.steps.iter().enumerate().filter(|(i, _)| c.due(*i).is_some_and(|due| due <= now));
    late.map(|(_, step)| CutoverEvent::StepLate { step: step.key.clone() }).collect()
}
