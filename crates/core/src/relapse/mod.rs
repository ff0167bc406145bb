//! The days after a window: its required signals are still compared with the time before the change, by the rules that judged the window
//! itself. What gets clearly worse again is proposed to the lead once, as a reason to reopen; a person decides. The watch ends by itself.
//!
//! [`signs`] finds what got worse, from the days' scores and alarms; [`judge`] decides what happens at the end of a day.

mod signs;
#[cfg(test)]
mod tests;

pub use signs::{FAR_Z, Followed, Sign, signs};

use crate::signals::Day;
use crate::window::{Phase, Window, next_midnight};
use crate::{Refusal, Stamp, Timestamp};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Proposals of one watch that are kept with it: more than a watch has days.
const PROPOSALS_KEPT: usize = 60;

/// What became of a proposal to reopen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RelapseState))]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// It waits for a person.
    Open,
    /// A person decided against it.
    Dismissed,
    /// Everything that it named went back to normal before a person decided.
    Calmed,
}

/// A proposal to reopen the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The day at whose end it was made.
    pub day: Day,
    /// When it was made.
    pub at: Timestamp,
    /// What got worse.
    pub signs: Vec<Sign>,
    /// What became of it.
    pub state: ProposalState,
    /// Who decided against it.
    pub by: Option<String>,
    /// When it was over.
    pub over_at: Option<Timestamp>,
    /// Why it was decided against.
    pub reason: Option<String>,
}

/// The watch after a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// The day on which the window was closed. It belongs to both and is judged for neither.
    pub exit_day: Day,
    /// The last day that is watched.
    pub last_day: Day,
    /// Its proposals, oldest first; at most one is open.
    pub proposals: Vec<Proposal>,
    /// Signals of which a person said that they are no relapse: until they are back to normal.
    pub aside: BTreeSet<String>,
    /// When the watch was over.
    pub ended_at: Option<Timestamp>,
}

/// A step of the watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum WatchEvent {
    /// It began, with the end of the window.
    Begun {
        /// The day on which the window was closed.
        exit_day: Day,
        /// The last day that is watched.
        last_day: Day,
    },
    /// What got worse is a reason to reopen.
    Proposed {
        /// The day that showed it.
        day: Day,
        /// What got worse.
        signs: Vec<Sign>,
    },
    /// Everything that the open proposal named is back to normal.
    Calmed {
        /// The day that showed it.
        day: Day,
    },
    /// A person decided against reopening.
    Dismissed,
    /// Signals that were put aside are back to normal: from now on they count again.
    Settled {
        /// Which.
        signals: Vec<String>,
    },
    /// The last day is over.
    Ended {
        /// How many proposals there were.
        proposals: usize,
        /// Whether one still waits for a person.
        open: bool,
    },
}

impl WatchEvent {
    /// Its name in the log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Begun { .. } => "window.watch_begun",
            Self::Proposed { .. } => "window.relapse_proposed",
            Self::Calmed { .. } => "window.relapse_calmed",
            Self::Dismissed => "window.relapse_dismissed",
            Self::Settled { .. } => "window.relapse_settled",
            Self::Ended { .. } => "window.watch_ended",
        }
    }
}

impl Watch {
    /// The proposal that waits for a person.
    pub fn open(&self) -> Option<&Proposal> {
        self.proposals.iter().rev().find(|p| p.state == ProposalState::Open)
    }
    /// Whether days are still watched.
    pub const fn is_running(&self) -> bool {
        self.ended_at.is_none()
    }
}

/// The watch that begins where a window is closed now; none where its plan asks for none.
pub(crate) fn begin(w: &Window, now: Timestamp) -> Option<WatchEvent> {
    let days = w.plan.handover.watch_days;
    let exit_day = date(now, &w.plan.window.zone)?;
    let last_day = exit_day.checked_add(i64::from(days).days()).ok()?;
    (days > 0).then_some(WatchEvent::Begun { exit_day, last_day })
}

/// When the next day of a watched window ends, after the one that ended at `due`; none after the last.
pub(crate) fn next_close(watch: &Watch, due: Timestamp, zone: &str) -> Option<Timestamp> {
    let ended = date(due + crate::Span(-1), zone)?;
    (watch.is_running() && ended < watch.last_day).then(|| next_midnight(due, zone)).flatten()
}

/// What happens at the end of a day, when these signs are there and these signals have an alarm of any kind.
pub(crate) fn judge(watch: &Watch, day: Day, signs: &[Sign], alarmed: &BTreeSet<String>) -> Vec<WatchEvent> {
    if !watch.is_running() || day <= watch.exit_day {
        return vec![];
    }
    let mut events = vec![];
    let settled: Vec<String> = watch.aside.iter().filter(|key| !alarmed.contains(*key)).cloned().collect();
    let aside = |sign: &Sign| watch.aside.contains(&sign.key) && !settled.contains(&sign.key);
    let found: Vec<Sign> = signs.iter().filter(|sign| !aside(sign)).cloned().collect();
    if !settled.is_empty() {
        events.push(WatchEvent::Settled { signals: settled.clone() });
    }
    let mut open = watch.open().is_some();
    if let Some(now) = watch.open()
        && now.signs.iter().all(|sign| !alarmed.contains(&sign.key))
    {
        events.push(WatchEvent::Calmed { day });
        open = false;
    }
    if !open && !found.is_empty() {
        events.push(WatchEvent::Proposed { day, signs: found });
        open = true;
    }
    if day >= watch.last_day {
        let proposals = watch.proposals.len() + usize::from(events.iter().any(|e| matches!(e, WatchEvent::Proposed { .. })));
        events.push(WatchEvent::Ended { proposals, open });
    }
    events
}

/// A person decides against reopening.
pub(crate) fn dismiss(w: &Window, stamp: &Stamp) -> Result<Vec<WatchEvent>, Refusal> {
    let watch = watched(w)?;
    if watch.open().is_none() {
        let nothing = "No relapse is proposed: somebody decided already, or the signals are back to normal.";
        return Err(Refusal::conflict(nothing));
    }
    stamp.require_reason("the next person who sees it rise reads why the window stayed closed.")?;
    Ok(vec![WatchEvent::Dismissed])
}

/// Whether a person may reopen the window now, into this phase.
pub(crate) fn check_reopening(w: &Window, to: Phase, stamp: &Stamp) -> Result<(), Refusal> {
    let watch = watched(w)?;
    if !to.is_open() {
        return Err(Refusal::field("to", "A window is reopened as `active`, with all its promises, or as `stabilising`."));
    }
    if !watch.is_running() && watch.open().is_none() {
        return Err(Refusal::conflict("The watch after this window is over, and no relapse is proposed: start a new window from its lessons."));
    }
    stamp.require_reason("the record keeps why the window was opened again.").map(drop)
}

fn watched(w: &Window) -> Result<&Watch, Refusal> {
    if w.phase != Phase::Closed {
        return Err(Refusal::conflict("This window is not closed."));
    }
    w.watch.as_ref().ok_or_else(|| Refusal::conflict("This window is not watched after its end: start a new window from its lessons."))
}

/// Takes a step into the state of the watch.
pub(crate) fn apply(watch: Option<Watch>, event: &WatchEvent, stamp: &Stamp) -> Option<Watch> {
    if let WatchEvent::Begun { exit_day, last_day } = event {
        return Some(Watch { exit_day: *exit_day, last_day: *last_day, proposals: vec![], aside: BTreeSet::new(), ended_at: None });
    }
    let mut watch = watch?;
    let mut over = |state| {
        if let Some(open) = watch.proposals.iter_mut().rev().find(|p| p.state == ProposalState::Open) {
            open.state = state;
            open.over_at = Some(stamp.at);
            if state == ProposalState::Dismissed {
                open.by = Some(stamp.actor.name.clone());
                open.reason.clone_from(&stamp.reason);
                watch.aside.extend(open.signs.iter().map(|sign| sign.key.clone()));
            }
        }
    };
    match event {
        WatchEvent::Begun { .. } => {}
        WatchEvent::Proposed { day, signs } => {
            let (day, signs) = (*day, signs.clone());
            let open = Proposal { day, at: stamp.at, signs, state: ProposalState::Open, by: None, over_at: None, reason: None };
            watch.proposals.push(open);
            let many = watch.proposals.len().saturating_sub(PROPOSALS_KEPT);
            watch.proposals.drain(..many);
        }
        WatchEvent::Calmed { .. } => over(ProposalState::Calmed),
        WatchEvent::Dismissed => over(ProposalState::Dismissed),
        WatchEvent::Settled { signals } => watch.aside.retain(|key| !signals.contains(key)),
        WatchEvent::Ended { .. } => watch.ended_at = Some(stamp.at),
    }
    Some(watch)
}

/// The local date of an instant.
fn date(at: Timestamp, zone: &str) -> Option<Day> {
    crate::calendar::zone(zone).ok().map(|tz| tz.to_datetime(at.to_jiff()).date())
}
