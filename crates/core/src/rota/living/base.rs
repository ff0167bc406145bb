//! What holds from an instant on: layers, the hours that must be covered, and who is called.

use crate::calendar::Calendar;
use crate::fatigue::Limits;
use crate::plan::{CalendarSection, Plan, RestSection};
use crate::rota::{Cadence, DutyRole, Layer, Period, Rotation, Shift, Source, planned_shifts};
use crate::{Refusal, Timestamp};
use serde::{Deserialize, Serialize};

/// Layers of one base.
const LAYERS_LIMIT: usize = 20;
/// Shifts written down in one layer.
const SHIFTS_LIMIT: usize = 1_000;
/// Characters of a name.
const NAME_LIMIT: usize = 80;

/// The plan, or an edit of the layers, from an instant on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// From when on it holds.
    pub from: Timestamp,
    /// The version of the plan whose shifts it is; none where the layers were edited here.
    pub plan_version: Option<u32>,
    /// The zone in which people read its times.
    pub zone: String,
    /// When somebody has to decide; none: always.
    pub coverage: Option<CalendarSection>,
    /// Limits of rest and load, where not as usual.
    pub rest: Option<RestSection>,
    /// Who is called where no backup is on duty, in this order: the owners of the change.
    pub owners: Vec<String>,
    /// The layers.
    pub layers: Vec<LayerSpec>,
}

/// One layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RotaLayer))]
#[serde(deny_unknown_fields)]
pub struct LayerSpec {
    /// What people call it.
    pub name: String,
    /// The role that its rotation fills, and of its shifts where they say none.
    pub role: DutyRole,
    /// The highest that has somebody counts; equal ones add up.
    #[serde(default)]
    pub priority: i32,
    /// People taking turns.
    #[serde(default)]
    pub rotation: Option<RotationSpec>,
    /// Shifts written down one by one.
    #[serde(default)]
    pub shifts: Vec<ShiftSpec>,
    /// Only at these hours; none: at all times.
    #[serde(default)]
    pub only: Option<CalendarSection>,
}

/// People taking turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RotaRotation))]
#[serde(deny_unknown_fields)]
pub struct RotationSpec {
    /// When the first turn begins, a local time such as `2026-11-16T08:00`.
    pub start: String,
    /// In which zone; none: the window's.
    #[serde(default)]
    pub zone: Option<String>,
    /// What a turn is measured in.
    pub cadence: Cadence,
    /// How many of these a turn has.
    pub length: u32,
    /// E-mail addresses, in their order.
    pub people: Vec<String>,
}

/// One person's shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RotaShift))]
#[serde(deny_unknown_fields)]
pub struct ShiftSpec {
    /// E-mail address.
    pub person: String,
    /// The role, where it is not the layer's.
    #[serde(default)]
    pub role: Option<DutyRole>,
    /// Start.
    pub from: Timestamp,
    /// End.
    pub to: Timestamp,
}

impl ShiftSpec {
    pub(super) fn shift(&self, role: DutyRole) -> Shift {
        Shift { role: self.role.unwrap_or(role), person: address(&self.person), when: Period::new(self.from, self.to) }
    }

    /// Refuses a shift that cannot be.
    pub(super) fn check(&self, field: &str) -> Result<(), Refusal> {
        if self.person.trim().is_empty() {
            return Err(Refusal::field(format!("{field}.person"), "Name who has the shift by their e-mail address."));
        }
        if self.to <= self.from {
            return Err(Refusal::field(format!("{field}.to"), "The shift ends before it begins: give an end after its start."));
        }
        Ok(())
    }
}

/// An e-mail address as it is compared.
pub(super) fn address(text: &str) -> String {
    text.trim().to_lowercase()
}

impl LayerSpec {
    /// As the rules read it; none where it can say nothing.
    fn compiled(&self, zone: &str) -> Vec<Layer> {
        let only = self.only.as_ref().and_then(|hours| Calendar::from_section(hours, zone).ok());
        let layer = |source| Layer { role: self.role, priority: self.priority, source, only: only.clone() };
        let turns = self.rotation.as_ref().and_then(|r| r.rotation(zone).ok()).map(Source::Rotation);
        let fixed = (!self.shifts.is_empty()).then(|| Source::Shifts(self.shifts.iter().map(|s| s.shift(self.role)).collect()));
        turns.into_iter().chain(fixed).map(layer).collect()
    }

    fn check(&self, field: &str, zone: &str) -> Result<(), Refusal> {
        if self.name.trim().is_empty() || self.name.chars().count() > NAME_LIMIT {
            return Err(Refusal::field(format!("{field}.name"), format!("Give the layer a name of 1 to {NAME_LIMIT} characters.")));
        }
        match (&self.rotation, self.shifts.len()) {
            (None, 0) => return Err(Refusal::field(field, "The layer has nobody: give it a `rotation`, or `shifts`.")),
            (Some(_), 1..) => return Err(Refusal::field(field, "Give the layer a `rotation` or `shifts`, not both: make two layers of it.")),
            (_, n) if n > SHIFTS_LIMIT => {
                return Err(Refusal::field(format!("{field}.shifts"), format!("At most {SHIFTS_LIMIT} shifts in a layer.")));
            }
            _ => {}
        }
        if let Some(rotation) = &self.rotation {
            rotation.rotation(zone).map_err(|why| Refusal::field(format!("{field}.rotation"), why))?;
        }
        for (i, shift) in self.shifts.iter().enumerate() {
            shift.check(&format!("{field}.shifts[{i}]"))?;
        }
        if let Some(hours) = &self.only {
            let faults = Calendar::from_section(hours, zone).err().unwrap_or_default();
            if let Some((path, why)) = faults.into_iter().next() {
                return Err(Refusal::field(format!("{field}.only.{path}"), why));
            }
        }
        Ok(())
    }

    /// Everybody in it.
    pub fn people(&self) -> Vec<String> {
        let turns = self.rotation.iter().flat_map(|r| &r.people);
        let mut all: Vec<String> = turns.chain(self.shifts.iter().map(|s| &s.person)).map(|p| address(p)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl RotationSpec {
    fn rotation(&self, zone: &str) -> Result<Rotation, String> {
        let people = self.people.iter().map(|p| address(p)).collect();
        Rotation::new(&self.start, self.zone.as_deref().unwrap_or(zone), self.cadence, self.length, people)
    }
}

impl Base {
    /// What a plan says, from an instant on.
    pub fn of_plan(plan: &Plan, version: u32, from: Timestamp) -> Self {
        let shift = |s: Shift| ShiftSpec { person: s.person, role: None, from: s.when.from, to: s.when.to };
        let shifts: Vec<ShiftSpec> = planned_shifts(plan).into_iter().map(shift).collect();
        let layer = LayerSpec { name: "Shifts of the plan".into(), role: DutyRole::DecisionOwner, priority: 0, rotation: None, shifts, only: None };
        let coverage = plan.coverage.as_ref();
        Self {
            from,
            plan_version: Some(version),
            zone: plan.window.zone.clone(),
            coverage: coverage.and_then(|c| plan.calendars.get(&c.hours)).cloned(),
            rest: coverage.and_then(|c| c.rest.clone()),
            owners: plan.change.owners.iter().map(|o| address(o)).collect(),
            layers: if layer.shifts.is_empty() { vec![] } else { vec![layer] },
        }
    }

    pub(super) fn compiled(&self) -> Vec<Layer> {
        self.layers.iter().flat_map(|layer| layer.compiled(&self.zone)).collect()
    }

    /// When somebody has to decide.
    pub fn coverage(&self) -> Calendar {
        self.coverage.as_ref().and_then(|hours| Calendar::from_section(hours, &self.zone).ok()).unwrap_or_else(Calendar::always)
    }

    /// The limits of rest and load.
    pub fn limits(&self) -> Limits {
        self.rest.as_ref().map(RestSection::limits).unwrap_or_default()
    }

    /// Refuses layers that cannot be.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.layers.len() > LAYERS_LIMIT {
            return Err(Refusal::field("layers", format!("A rota has at most {LAYERS_LIMIT} layers, not {}.", self.layers.len())));
        }
        self.layers.iter().enumerate().try_for_each(|(i, layer)| layer.check(&format!("layers[{i}]"), &self.zone))
    }

    /// Whether it says the same as another, whenever it does.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let rest = |b: &Self| Self { from: Timestamp(0), plan_version: None, ..b.clone() };
        rest(self) == rest(other)
    }
}
