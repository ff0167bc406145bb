//! Changes for a stretch: overrides of one person, and temporary schedules.

use super::base::{ShiftSpec, address};
use crate::rota::{Change, DutyRole, Override, Period, TemporarySchedule};
use crate::{RotaEntryId, Timestamp};
use serde::{Deserialize, Serialize};

/// How an override changes who is on duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RotaOverrideChange))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum OverrideChange {
    /// This person too; in a role that one person has, instead of whoever has it.
    Add {
        /// E-mail address.
        person: String,
    },
    /// Not this person.
    Remove {
        /// E-mail address.
        person: String,
    },
    /// One person in place of another, where the other is on duty.
    Replace {
        /// Who would have been there, by e-mail address.
        who: String,
        /// Who is there, by e-mail address.
        by: String,
    },
}

impl OverrideChange {
    fn compiled(&self) -> Change {
        match self {
            Self::Add { person } => Change::Add(address(person)),
            Self::Remove { person } => Change::Remove(address(person)),
            Self::Replace { who, by } => Change::Replace { who: address(who), by: address(by) },
        }
    }

    /// Everybody it names, with the field that names them.
    pub fn people(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Add { person } | Self::Remove { person } => vec![("person", person)],
            Self::Replace { who, by } => vec![("who", who), ("by", by)],
        }
    }
}

/// An override as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptOverride {
    /// Its number.
    pub id: RotaEntryId,
    /// When it holds; ends early where it was taken back.
    pub when: Period,
    /// In which role.
    pub role: DutyRole,
    /// What it changes.
    pub change: OverrideChange,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The request that it came from.
    pub request: Option<RotaEntryId>,
    /// Rules that it breaks, accepted with the reason.
    pub accepted: Vec<String>,
    /// When it was taken back.
    pub ended: Option<Timestamp>,
}

impl KeptOverride {
    pub(super) fn compiled(&self) -> Option<Override> {
        let when = ended(self.when, self.ended)?;
        Some(Override { when, role: self.role, change: self.change.compiled() })
    }
}

/// A temporary schedule as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptTemporary {
    /// Its number.
    pub id: RotaEntryId,
    /// When it stands in for the layers, also where its shifts leave a gap.
    pub when: Period,
    /// Who is there instead.
    pub shifts: Vec<ShiftSpec>,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Rules that it breaks, accepted with the reason.
    pub accepted: Vec<String>,
    /// When it was taken back.
    pub ended: Option<Timestamp>,
}

impl KeptTemporary {
    pub(super) fn compiled(&self) -> Option<TemporarySchedule> {
        let when = ended(self.when, self.ended)?;
        Some(TemporarySchedule { when, shifts: self.shifts.iter().map(|s| s.shift(DutyRole::DecisionOwner)).collect() })
    }
}

/// What is left of a stretch that was taken back: what had passed by then.
fn ended(when: Period, at: Option<Timestamp>) -> Option<Period> {
    let when = Period::new(when.from, at.map_or(when.to, |at| when.to.min(at)));
    (when.from < when.to).then_some(when)
}
