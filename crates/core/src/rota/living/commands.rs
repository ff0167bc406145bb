//! What can be asked of a rota.

use super::base::{Base, LayerSpec, ShiftSpec};
use super::cover::Ask;
use super::entries::OverrideChange;
use super::note::Section;
use crate::rota::{DutyRole, Period};
use crate::{RotaEntryId, WindowId};

/// What can be asked of a rota. People are e-mail addresses.
#[derive(Clone, Debug)]
pub enum Command {
    /// A plan was applied: its shifts hold from now on. The first time it makes the rota.
    Follow {
        /// Of which window.
        window: WindowId,
        /// What the plan says.
        base: Box<Base>,
    },
    /// Other layers from now on; needs the reason.
    SetLayers {
        /// All of them.
        layers: Vec<LayerSpec>,
        /// Also where a hard rule is broken.
        over: bool,
        /// The `layers_revision` of the layers that they are to replace; none: whichever hold.
        revision: Option<u32>,
    },
    /// The change is live: duty passes by acknowledgement from now on.
    GoLive,
    /// The window is closed.
    End,
    /// Somebody else for a stretch; needs the reason.
    AddOverride {
        /// When. What of it has passed is left out.
        when: Period,
        /// In which role.
        role: DutyRole,
        /// What.
        change: OverrideChange,
        /// Also where a hard rule is broken.
        over: bool,
    },
    /// An override is taken back; needs the reason.
    RemoveOverride {
        /// Which.
        id: RotaEntryId,
        /// Also where a hard rule is broken.
        over: bool,
    },
    /// Fixed shifts replace the layers for a stretch; needs the reason.
    AddTemporary {
        /// When. What of it has passed is left out.
        when: Period,
        /// Who is there instead.
        shifts: Vec<ShiftSpec>,
        /// Also where a hard rule is broken.
        over: bool,
    },
    /// A temporary schedule is taken back; needs the reason.
    RemoveTemporary {
        /// Which.
        id: RotaEntryId,
        /// Also where a hard rule is broken.
        over: bool,
    },
    /// Somebody asks for cover of a shift of theirs, or a part of it.
    Ask(Ask),
    /// Somebody takes it.
    Accept {
        /// Which request.
        request: RotaEntryId,
        /// Who.
        by: String,
        /// Also where a hard rule is broken: a lead, with the reason.
        over: bool,
    },
    /// The asker needs it no more.
    Withdraw {
        /// Which request.
        request: RotaEntryId,
        /// Who says so.
        by: String,
        /// Whether that is a lead, who may for everybody.
        lead: bool,
    },
    /// The outgoing person writes a section of the note.
    Write {
        /// Which handover.
        handover: RotaEntryId,
        /// Which section.
        section: Section,
        /// What; empty takes it out.
        text: String,
        /// Who.
        by: String,
        /// Whether that is a lead, who may for everybody.
        lead: bool,
    },
    /// The incoming person, or the backup who was called, takes over.
    Acknowledge {
        /// Which handover.
        handover: RotaEntryId,
        /// Who.
        by: String,
        /// What the note said at that moment, to be kept.
        note: serde_json::Value,
    },
    /// The engine: time has passed.
    TimePassed,
}
