//! Who is on duty when: rotations, temporary schedules and overrides, with exactly one decision owner.
//!
//! `duty(t, role) = topmost of [override > temporary schedule > layers by priority]`. Times are kept on the wall clock of
//! a zone and placed on the UTC line when asked: a hand-off at 08:00 stays at 08:00 where clocks change. What has been is
//! never rewritten: an edit is a new [`Version`] that holds from an instant on.

mod coverage;
mod duty;
mod handover;
pub mod living;
mod model;
mod plan;
mod quality;
mod rotation;
mod stretches;
#[cfg(test)]
mod tests;

pub use coverage::{FAULTS_LIMIT, Fault, FaultKind, faults, open_hours};
pub use handover::{Acknowledgement, Handover, HandoverRules, Held, Pending, State, Why, state_at, timeline};
pub use model::{Change, DutyRole, Layer, Override, Rota, Shift, Source, TemporarySchedule, Version};
pub use plan::{PersonAt, from_plan, indexed_shifts, now_and_next, owner_stretches, planned_shifts};
pub use quality::{Quality, pairwise_balance, quality};
pub use rotation::{Cadence, Rotation};
pub use stretches::Stretch;

pub use living::LivingRota;

/// A half-open stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Start, included.
    pub from: crate::Timestamp,
    /// End, not included.
    pub to: crate::Timestamp,
}

impl Period {
    /// From one instant to another; without length if `to` is not after `from`.
    pub fn new(from: crate::Timestamp, to: crate::Timestamp) -> Self {
        Self { from, to: to.max(from) }
    }
    /// Whether an instant lies inside.
    pub fn contains(&self, at: crate::Timestamp) -> bool {
        self.from <= at && at < self.to
    }
    /// How long it is.
    pub fn length(&self) -> crate::Span {
        self.to - self.from
    }
    /// What two have in common; none where that is nothing.
    pub fn within(&self, other: Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from < to).then_some(Self { from, to })
    }
}
