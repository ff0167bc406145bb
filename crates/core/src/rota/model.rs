//! What a rota is made of.

use super::{Period, Rotation};
use crate::calendar::Calendar;
use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// What somebody on duty is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DutyRole {
    /// Decides; exactly one at every moment of the coverage.
    DecisionOwner,
    /// Is called when the decision owner cannot be reached.
    Backup,
    /// Answers customers.
    Responder,
    /// Writes to customers and colleagues.
    Comms,
    /// Is there to learn.
    Shadow,
}

impl DutyRole {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::DecisionOwner, Self::Backup, Self::Responder, Self::Comms, Self::Shadow];
    /// The word in files, tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DecisionOwner => "decision_owner",
            Self::Backup => "backup",
            Self::Responder => "responder",
            Self::Comms => "comms",
            Self::Shadow => "shadow",
        }
    }
    /// Whether one person at a time has it.
    pub const fn is_single(self) -> bool {
        matches!(self, Self::DecisionOwner)
    }
}

/// One person's time in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// What for.
    pub role: DutyRole,
    /// E-mail address.
    pub person: String,
    /// When.
    pub when: Period,
}

/// Where a layer's people come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// People taking turns.
    Rotation(Rotation),
    /// Shifts that were written down one by one.
    Shifts(Vec<Shift>),
}

/// One layer of the schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The role a rotation fills; shifts say their own.
    pub role: DutyRole,
    /// The highest that has somebody wins; equal ones add up.
    pub priority: i32,
    /// The people.
    pub source: Source,
    /// Only at these hours, such as Monday to Friday by day; none: at all times.
    pub only: Option<Calendar>,
}

/// A stretch in which fixed shifts replace all layers: a holiday, a go-live weekend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemporarySchedule {
    /// When it stands in for the layers, also where its shifts leave a gap.
    pub when: Period,
    /// Who is there instead.
    pub shifts: Vec<Shift>,
}

/// How an override changes who is on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// This person too; in a role that one person has, instead of whoever has it.
    Add(String),
    /// Not this person.
    Remove(String),
    /// One person in place of another, where the other is on duty.
    Replace {
        /// Who would have been there.
        who: String,
        /// Who is there.
        by: String,
    },
}

/// A change for a while; later ones lie on top of earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// When.
    pub when: Period,
    /// In which role.
    pub role: DutyRole,
    /// What.
    pub change: Change,
}

/// The schedule as it stands from an instant on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Version {
    /// The instant from which it holds.
    pub from: Timestamp,
    /// Layers.
    pub layers: Vec<Layer>,
    /// Temporary schedules; where two overlap the later one in the list counts.
    pub temporary: Vec<TemporarySchedule>,
    /// Overrides, in the order in which they were made.
    pub overrides: Vec<Override>,
}

/// A schedule with its history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rota {
    /// By start; no two with the same.
    versions: Vec<Version>,
}

/// Versions that are kept; an hourly edit for more than a year.
const VERSIONS_LIMIT: usize = 10_000;
/// An edit may be dated back by this much, because the hand that makes it is slower than the clock.
const GRACE: Span = Span::mins(1);

impl Rota {
    /// A schedule that has never been edited.
    pub fn new(version: Version) -> Self {
        Self { versions: vec![version] }
    }

    /// The versions, by start.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The version that holds at an instant.
    pub fn version_at(&self, at: Timestamp) -> Option<&Version> {
        self.versions[..self.versions.partition_point(|v| v.from <= at)].last()
    }

    /// Lets another version hold from its start on. Later ones, which were planned on what this one replaces, fall away.
    ///
    /// # Errors
    /// A sentence, where the version would start before `now`: what has been is not rewritten.
    pub fn edit(&mut self, version: Version, now: Timestamp) -> Result<(), String> {
        if version.from < now - GRACE {
            return Err(format!("the rota cannot change from {} on, because that is past: choose {now} or later", version.from));
        }
        // What was in force in the last minute stays on record.
        let from = version.from.max(now);
        let keep = self.versions.partition_point(|v| v.from < from);
        if keep >= VERSIONS_LIMIT {
            return Err(format!("the rota has been edited {VERSIONS_LIMIT} times; start a new one"));
        }
        self.versions.truncate(keep);
        self.versions.push(Version { from, ..version });
        Ok(())
    }
}
