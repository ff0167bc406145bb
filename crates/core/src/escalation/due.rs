//! When the next level is reached.

use super::{Escalation, EscalationEvent, State};
use crate::timer::{Timer, TimerKind};
use crate::{Span, Timestamp, UserId};

/// Each level has so long to say that it has seen it, where the plan does not say.
pub const WITHIN: Span = Span::mins(30);
/// How often all levels are gone through: more often nobody hears it anyway, and the leads know.
pub const ROUNDS: u32 = 3;

impl Escalation {
    /// When the level that is reached has to have said that it has seen it; none where the clock does not run.
    pub fn acknowledge_by(&self) -> Option<Timestamp> {
        (self.state == State::Waiting && !self.exhausted).then_some(self.told_at + self.within)
    }

    /// Its due time, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        self.acknowledge_by().map(|due_at| Timer { kind: TimerKind::Escalation, key: String::new(), due_at }).into_iter().collect()
    }
}

/// What is due by now: the next level, or that there is none. A level that nobody signs in for is passed over at once, because nobody could say
/// anything there.
pub(super) fn passed(e: &Escalation, now: Timestamp, people: &[Option<UserId>], leads: Vec<UserId>) -> Vec<EscalationEvent> {
    if e.acknowledge_by().is_none_or(|due| due > now) {
        return vec![];
    }
    let levels = u32::try_from(e.levels.len()).unwrap_or(u32::MAX);
    let (mut level, mut round) = (e.level, e.round);
    loop {
        level += 1;
        if level >= levels {
            (level, round) = (0, round + 1);
        }
        if round >= ROUNDS {
            return vec![EscalationEvent::Exhausted { tell: leads }];
        }
        if let Some(user) = people.get(level as usize).copied().flatten() {
            // The round is over and nobody spoke: the leads hear of it with the one who is told again.
            let also = leads.into_iter().filter(|lead| round > 0 && level == 0 && *lead != user);
            return vec![EscalationEvent::LevelReached { level, round, tell: [user].into_iter().chain(also).collect() }];
        }
    }
}

impl Escalation {
    /// Whom it called when, the first call first. Levels move by the clock alone, so the calls follow from where it stands; a level that
    /// nobody signs in for was passed over at once.
    pub fn calls(&self) -> Vec<(String, Timestamp)> {
        let levels = u32::try_from(self.levels.len()).unwrap_or(u32::MAX);
        if levels == 0 {
            return vec![];
        }
        let last = self.round.min(ROUNDS) * levels + self.level.min(levels - 1);
        let at = |step: u32| if step == last { self.told_at } else { (self.raised_at + Span(self.within.0 * i64::from(step))).min(self.told_at) };
        (0..=last).filter_map(|step| Some((self.levels.get((step % levels) as usize)?.clone(), at(step)))).collect()
    }
}
