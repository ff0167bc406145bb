//! What can have happened to a rota, and what that makes of it.

use super::base::Base;
use super::cover::{REQUESTS_LIMIT, Request, RequestState};
use super::entries::{KeptOverride, KeptTemporary};
use super::note::{HandoverRecord, Section, Taken};
use super::{Acknowledged, HANDOVERS_LIMIT, LivingRota};
use crate::rota::Period;
use crate::{RotaEntryId, Stamp, WindowId};
use serde::{Deserialize, Serialize};

/// What the rules said of an edit that was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// Hard rules that are broken, accepted with the reason.
    pub accepted: Vec<String>,
    /// What was warned of.
    pub warned: Vec<String>,
}

/// What can have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A plan's shifts hold.
    Planned {
        /// Of which window.
        window: WindowId,
        /// What holds.
        base: Box<Base>,
    },
    /// Other layers hold.
    LayersSet {
        /// What holds.
        base: Box<Base>,
        /// What the rules said.
        checked: Checked,
    },
    /// Duty passes by acknowledgement.
    Live,
    /// The window was closed.
    Ended,
    /// It was opened again.
    Resumed,
    /// Somebody else for a stretch.
    OverrideAdded {
        /// What.
        entry: Box<KeptOverride>,
        /// What the rules said.
        checked: Checked,
    },
    /// An override was taken back.
    OverrideRemoved {
        /// Which.
        id: RotaEntryId,
        /// What the rules said.
        checked: Checked,
    },
    /// Fixed shifts for a stretch.
    TemporaryAdded {
        /// What.
        entry: Box<KeptTemporary>,
        /// What the rules said.
        checked: Checked,
    },
    /// They were taken back.
    TemporaryRemoved {
        /// Which.
        id: RotaEntryId,
        /// What the rules said.
        checked: Checked,
    },
    /// Somebody asked for cover.
    CoverAsked {
        /// What.
        request: Box<Request>,
    },
    /// Somebody took it.
    CoverAccepted {
        /// Which request.
        request: RotaEntryId,
        /// Who.
        by: String,
        /// What it makes of the schedule.
        overrides: Vec<KeptOverride>,
        /// What the rules said.
        checked: Checked,
    },
    /// It is needed no more.
    CoverWithdrawn {
        /// Which request.
        request: RotaEntryId,
    },
    /// Nobody took it in time.
    CoverExpired {
        /// Which request.
        request: RotaEntryId,
    },
    /// A handover begins.
    HandoverOpened {
        /// Which.
        handover: Box<HandoverRecord>,
    },
    /// A section was written.
    HandoverWritten {
        /// In which handover.
        handover: RotaEntryId,
        /// Which section.
        section: Section,
        /// What.
        text: String,
    },
    /// The next person has not taken over: somebody else is called.
    BackupCalled {
        /// In which handover.
        handover: RotaEntryId,
        /// Who; none where nobody is there to be called.
        backup: Option<String>,
        /// Who stays until somebody takes over.
        stays: Option<String>,
    },
    /// Somebody took over.
    HandoverAcknowledged {
        /// Which.
        handover: RotaEntryId,
        /// Who.
        by: String,
        /// Who had the duty before.
        from: Option<String>,
        /// The note as they read it.
        note: serde_json::Value,
    },
}

impl Event {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Planned { .. } => "rota.planned",
            Self::LayersSet { .. } => "rota.layers_set",
            Self::Live => "rota.live",
            Self::Ended => "rota.ended",
            Self::Resumed => "rota.resumed",
            Self::OverrideAdded { .. } => "rota.override_added",
            Self::OverrideRemoved { .. } => "rota.override_removed",
            Self::TemporaryAdded { .. } => "rota.temporary_added",
            Self::TemporaryRemoved { .. } => "rota.temporary_removed",
            Self::CoverAsked { .. } => "rota.cover_asked",
            Self::CoverAccepted { .. } => "rota.cover_accepted",
            Self::CoverWithdrawn { .. } => "rota.cover_withdrawn",
            Self::CoverExpired { .. } => "rota.cover_expired",
            Self::HandoverOpened { .. } => "rota.handover_opened",
            Self::HandoverWritten { .. } => "rota.handover_written",
            Self::BackupCalled { .. } => "rota.backup_called",
            Self::HandoverAcknowledged { .. } => "rota.handover_acknowledged",
        }
    }

    /// Whether who is on duty when may differ after it.
    pub const fn moves_shifts(&self) -> bool {
        matches!(
            self,
            Self::Planned { .. }
                | Self::LayersSet { .. }
                | Self::OverrideAdded { .. }
                | Self::OverrideRemoved { .. }
                | Self::TemporaryAdded { .. }
                | Self::TemporaryRemoved { .. }
                | Self::CoverAccepted { .. }
                | Self::Ended
                | Self::Resumed
        )
    }
}

pub(super) fn apply(state: Option<LivingRota>, event: &Event, stamp: &Stamp) -> LivingRota {
    let mut rota = match (state, event) {
        (None, Event::Planned { window, base }) => LivingRota::new(*window, (**base).clone()),
        (Some(mut rota), event) => {
            change(&mut rota, event, stamp);
            rota
        }
        (None, _) => unreachable!("the first event of a rota is `planned`"),
    };
    rota.revision += 1;
    rota.next = rota.next_look(stamp.at);
    rota
}

fn change(rota: &mut LivingRota, event: &Event, stamp: &Stamp) {
    match event {
        Event::Planned { base, .. } | Event::LayersSet { base, .. } => {
            // Two in the same instant: the later one counts.
            rota.bases.retain(|b| b.from < base.from);
            rota.bases.push((**base).clone());
            rota.layers_revision = rota.revision + 1;
        }
        Event::Live => rota.live_since = Some(stamp.at),
        Event::Ended => {
            rota.ended_at = Some(stamp.at);
            rota.requests.iter_mut().filter(|r| r.is_open()).for_each(|r| settle(r, RequestState::Withdrawn, stamp));
        }
        Event::Resumed => {
            if let Some(ended) = rota.ended_at.take() {
                rota.paused.push(Period::new(ended, stamp.at));
            }
        }
        Event::OverrideAdded { entry, .. } => {
            rota.last = rota.last.max(entry.id.0);
            rota.overrides.push((**entry).clone());
        }
        Event::OverrideRemoved { id, .. } => rota.overrides.iter_mut().filter(|o| o.id == *id).for_each(|o| o.ended = Some(stamp.at)),
        Event::TemporaryAdded { entry, .. } => {
            rota.last = rota.last.max(entry.id.0);
            rota.temporary.push((**entry).clone());
        }
        Event::TemporaryRemoved { id, .. } => rota.temporary.iter_mut().filter(|t| t.id == *id).for_each(|t| t.ended = Some(stamp.at)),
        Event::CoverAsked { request } => {
            rota.last = rota.last.max(request.id.0);
            rota.requests.push((**request).clone());
            if rota.requests.len() > REQUESTS_LIMIT
                && let Some(oldest) = rota.requests.iter().position(|r| !r.is_open())
            {
                rota.requests.remove(oldest);
            }
        }
        Event::CoverAccepted { request, by, overrides, .. } => {
            rota.last = overrides.iter().map(|o| o.id.0).fold(rota.last, i64::max);
            rota.overrides.extend(overrides.iter().cloned());
            for r in rota.requests.iter_mut().filter(|r| r.id == *request) {
                r.taken_by = Some(by.clone());
                settle(r, RequestState::Accepted, stamp);
            }
        }
        Event::CoverWithdrawn { request } => {
            rota.requests.iter_mut().filter(|r| r.id == *request).for_each(|r| settle(r, RequestState::Withdrawn, stamp));
        }
        Event::CoverExpired { request } => {
            rota.requests.iter_mut().filter(|r| r.id == *request).for_each(|r| settle(r, RequestState::Expired, stamp));
        }
        Event::HandoverOpened { handover } => {
            rota.last = rota.last.max(handover.id.0);
            // What was written for a time that is over is nobody's any more.
            rota.handovers.iter_mut().filter(|h| h.when.to <= stamp.at).for_each(|h| h.written.clear());
            rota.handovers.push((**handover).clone());
            if rota.handovers.len() > HANDOVERS_LIMIT {
                rota.handovers.remove(0);
            }
        }
        Event::HandoverWritten { handover, section, text } => {
            for h in rota.handovers.iter_mut().filter(|h| h.id == *handover) {
                match text.is_empty() {
                    true => drop(h.written.remove(section)),
                    false => drop(h.written.insert(*section, text.clone())),
                }
            }
        }
        Event::BackupCalled { handover, backup, .. } => {
            for h in rota.handovers.iter_mut().filter(|h| h.id == *handover) {
                h.called_at = Some(stamp.at);
                h.backup.clone_from(backup);
            }
        }
        Event::HandoverAcknowledged { handover, by, .. } => {
            rota.acknowledged.push(Acknowledged { by: by.clone(), at: stamp.at });
            for h in rota.handovers.iter_mut().filter(|h| h.id == *handover) {
                h.taken = Some(Taken { by: by.clone(), at: stamp.at });
            }
        }
    }
}

fn settle(request: &mut Request, state: RequestState, stamp: &Stamp) {
    request.state = state;
    request.settled_at = Some(stamp.at);
}
