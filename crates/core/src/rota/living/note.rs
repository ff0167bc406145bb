//! A handover as it is kept: who to whom, what was written, what became of it.

use crate::rota::Period;
use crate::{RotaEntryId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Characters that one section of a note can have.
pub const SECTION_LIMIT: usize = 4_000;

/// A part of the note that people write in, each beside what was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HandoverSection))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The situation in one line.
    Situation,
    /// What is open, the most urgent first.
    Open,
    /// Decisions that wait.
    Decisions,
    /// Promises that fall due in the next shift.
    Promises,
    /// Early warnings, and what they wait for.
    Watch,
    /// What changed in this shift.
    Changed,
}

impl Section {
    /// All, in the order of the note.
    pub const ALL: [Self; 6] = [Self::Situation, Self::Open, Self::Decisions, Self::Promises, Self::Watch, Self::Changed];
}

/// One handover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandoverRecord {
    /// Its number.
    pub id: RotaEntryId,
    /// The time of the incoming person.
    pub when: Period,
    /// Who held the duty when it was opened; none after a gap.
    pub outgoing: Option<String>,
    /// Who takes over.
    pub incoming: String,
    /// Who is called if they do not.
    pub backup: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What people wrote, by section.
    pub written: BTreeMap<Section, String>,
    /// When the backup was called.
    pub called_at: Option<Timestamp>,
    /// Who took over, and when.
    pub taken: Option<Taken>,
}

/// Who took over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// E-mail address.
    pub by: String,
    /// When they said so; the duty is theirs from then on, and not before the shift begins.
    pub at: Timestamp,
}

impl HandoverRecord {
    /// Whether the incoming person, who was meant, took over.
    pub fn is_acknowledged(&self) -> bool {
        self.taken.as_ref().is_some_and(|t| t.by == self.incoming)
    }

    /// Whether it can still be acknowledged.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.is_acknowledged() && now < self.when.to
    }
}
