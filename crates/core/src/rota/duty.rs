//! Who is on duty at an instant.

use super::{Change, DutyRole, Layer, Rota, Shift, Source, Version};
use crate::Timestamp;

impl Rota {
    /// Everybody who has the role at an instant, the one who counts first. In a role for one person this is at most one:
    /// where the schedule names several, the one that [`Rota::candidates`] names first.
    pub fn duty(&self, at: Timestamp, role: DutyRole) -> Vec<&str> {
        let mut people = self.candidates(at, role);
        if role.is_single() {
            people.truncate(1);
        }
        people
    }

    /// The decision owner at an instant; none in a gap.
    pub fn owner(&self, at: Timestamp) -> Option<&str> {
        self.candidates(at, DutyRole::DecisionOwner).first().copied()
    }

    /// Everybody whom the topmost part of the schedule names, without repetition, the one whose time began last first.
    /// More than one in a role for one person is an overlap.
    pub fn candidates(&self, at: Timestamp, role: DutyRole) -> Vec<&str> {
        self.version_at(at).map(|v| v.candidates(at, role)).unwrap_or_default()
    }
}

impl Version {
    fn candidates(&self, at: Timestamp, role: DutyRole) -> Vec<&str> {
        let mut people = match self.temporary.iter().rev().find(|t| t.when.contains(at)) {
            Some(temporary) => on_shift(&temporary.shifts, at, role),
            None => self.from_layers(at, role),
        };
        for change in self.overrides.iter().filter(|o| o.role == role && o.when.contains(at)).map(|o| &o.change) {
            match change {
                Change::Add(person) => {
                    people.retain(|p| !role.is_single() && p != person);
                    people.insert(0, person);
                }
                Change::Remove(person) => people.retain(|p| p != person),
                Change::Replace { who, by } => {
                    if let Some(place) = people.iter().position(|p| p == who) {
                        people[place] = by;
                    }
                }
            }
        }
        distinct(people)
    }

    fn from_layers(&self, at: Timestamp, role: DutyRole) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut top = i32::MIN;
        for layer in &self.layers {
            if layer.priority < top && !found.is_empty() {
                continue;
            }
            let people = layer.people(at, role);
            if people.is_empty() {
                continue;
            }
            if layer.priority > top {
                found.clear();
                top = layer.priority;
            }
            found.extend(people);
        }
        found
    }
}

impl Layer {
    fn people(&self, at: Timestamp, role: DutyRole) -> Vec<&str> {
        if self.only.as_ref().is_some_and(|hours| !hours.contains(at)) {
            return vec![];
        }
        match &self.source {
            Source::Rotation(rotation) if self.role == role => rotation.turn(at).map(|(person, _)| person).into_iter().collect(),
            Source::Rotation(_) => vec![],
            Source::Shifts(shifts) => on_shift(shifts, at, role),
        }
    }
}

/// Who has a shift at an instant; who began last comes first, and of those the one whose shift ends last.
fn on_shift(shifts: &[Shift], at: Timestamp, role: DutyRole) -> Vec<&str> {
    let mut there: Vec<&Shift> = shifts.iter().filter(|s| s.role == role && s.when.contains(at)).collect();
    there.sort_by(|a, b| (b.when.from, b.when.to, &b.person).cmp(&(a.when.from, a.when.to, &a.person)));
    there.into_iter().map(|s| s.person.as_str()).collect()
}

fn distinct(people: Vec<&str>) -> Vec<&str> {
    let mut seen: Vec<&str> = Vec::with_capacity(people.len());
    for person in people {
        if !seen.contains(&person) {
            seen.push(person);
        }
    }
    seen
}
