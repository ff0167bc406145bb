//! The living rota of a window: the schedule as it is kept, edited and handed over.
//!
//! It begins as the plan's shifts and is an aggregate of its own from then on. What lies in the past cannot change by
//! construction: a new base holds from its instant on, and overrides and temporary schedules never begin before the moment in
//! which they are made. The rules themselves are those of [`super`] and [`crate::fatigue`]; here they are asked at each command.

mod base;
mod check;
mod commands;
mod cover;
mod decide;
mod duty;
mod entries;
mod events;
mod note;
mod passing;
#[cfg(test)]
mod tests;

pub use base::{Base, LayerSpec, RotationSpec, ShiftSpec};
pub use check::{each_once, lived, lived_duties, too_much};
pub use commands::Command;
pub use cover::{Ask, Request, RequestState};
pub use duty::OwnerAt;
pub use entries::{KeptOverride, KeptTemporary, OverrideChange};
pub use events::{Checked, Event};
pub use note::{HandoverRecord, SECTION_LIMIT, Section};

use super::{Acknowledgement, Period, Rota, Version};
use crate::timer::{Timer, TimerKind};
use crate::{Aggregate, Refusal, RotaEntryId, Stamp, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// Overrides, and temporary schedules, that one rota keeps.
pub(crate) const ENTRIES_LIMIT: usize = 2_000;
/// Handovers that are kept in the state; all of them are in the event log.
pub(crate) const HANDOVERS_LIMIT: usize = 200;
/// Bases: plans and edits of the layers.
pub(crate) const BASES_LIMIT: usize = 500;

/// The state of a window's rota.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LivingRota {
    /// Of which window.
    pub window: WindowId,
    /// What holds from when on, by start; never empty.
    pub bases: Vec<Base>,
    /// Stretches in which fixed shifts replace the layers, as they were made.
    pub temporary: Vec<KeptTemporary>,
    /// Changes of one person for a stretch, as they were made.
    pub overrides: Vec<KeptOverride>,
    /// Requests for cover, oldest first.
    pub requests: Vec<Request>,
    /// Handovers that were opened, oldest first.
    pub handovers: Vec<HandoverRecord>,
    /// Who took over when.
    pub acknowledged: Vec<Acknowledged>,
    /// From when on the duty passes by acknowledgement: when the change went live.
    pub live_since: Option<Timestamp>,
    /// When the window was closed.
    pub ended_at: Option<Timestamp>,
    /// Stretches in which the window was closed and then opened again: nobody's duty passed in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paused: Vec<Period>,
    /// When the engine has to look again.
    pub next: Option<Timestamp>,
    /// The number of the last thing in it.
    pub last: i64,
    /// How often it changed.
    pub revision: u32,
    /// Its revision when other layers, or another plan, came to hold; 0 where that is so long ago that it was not kept.
    #[serde(default)]
    pub layers_revision: u32,
}

/// Somebody took over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// E-mail address.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl LivingRota {
    /// A rota that begins with this.
    pub fn new(window: WindowId, base: Base) -> Self {
        Self {
            window,
            bases: vec![base],
            temporary: vec![],
            overrides: vec![],
            requests: vec![],
            handovers: vec![],
            acknowledged: vec![],
            live_since: None,
            ended_at: None,
            paused: vec![],
            next: None,
            last: 0,
            revision: 0,
            layers_revision: 1,
        }
    }

    /// The schedule that it makes.
    pub fn schedule(&self) -> Rota {
        let temporary: Vec<_> = self.temporary.iter().filter_map(KeptTemporary::compiled).collect();
        let overrides: Vec<_> = self.overrides.iter().filter_map(KeptOverride::compiled).collect();
        let version = |base: &Base| Version { from: base.from, layers: base.compiled(), temporary: temporary.clone(), overrides: overrides.clone() };
        let mut versions = self.bases.iter().map(version);
        let mut rota = Rota::new(versions.next().unwrap_or_default());
        // Each lies after the one before, so none is refused.
        versions.for_each(|v| drop(rota.edit(Version { ..v.clone() }, v.from)));
        rota
    }

    /// What holds at an instant; before the first the first.
    pub fn base_at(&self, at: Timestamp) -> &Base {
        let after = self.bases.partition_point(|b| b.from <= at);
        &self.bases[after.saturating_sub(1)]
    }

    /// What would hold with other layers from an instant on.
    fn base_with(&self, layers: Vec<LayerSpec>, from: Timestamp) -> Result<Base, Refusal> {
        let base = Base { from, plan_version: None, layers, ..self.base().clone() };
        base.check()?;
        Ok(base)
    }

    /// The rota as it would be with other layers from now on: for whoever writes them, to look at before they hold.
    ///
    /// # Errors
    /// The field, where the layers cannot be. Gaps and rules of rest are not judged.
    pub fn with_layers(&self, layers: Vec<LayerSpec>, stamp: &Stamp) -> Result<Self, Refusal> {
        let base = Box::new(self.base_with(layers, stamp.at)?);
        Ok(Self::apply(Some(self.clone()), &Event::LayersSet { base, checked: Checked::default() }, stamp))
    }

    /// Everybody who has shifts in the layers that hold: e-mail addresses, each once.
    pub fn people(&self) -> Vec<String> {
        let mut all: Vec<String> = vec![];
        for person in self.base().layers.iter().flat_map(LayerSpec::people) {
            if !all.contains(&person) {
                all.push(person);
            }
        }
        all
    }

    /// What holds last.
    pub fn base(&self) -> &Base {
        &self.bases[self.bases.len() - 1]
    }

    /// Whether duty passes by acknowledgement at an instant.
    pub fn is_live(&self, at: Timestamp) -> bool {
        let closed = self.paused.iter().any(|pause| pause.contains(at));
        self.live_since.is_some_and(|since| since <= at) && self.ended_at.is_none_or(|end| at < end) && !closed
    }

    /// Whether duty begins at this instant with nobody to take over from: the change goes live, or a closed window is opened again.
    fn begins_at(&self, at: Timestamp) -> bool {
        self.live_since == Some(at) || self.paused.iter().any(|pause| pause.to == at)
    }

    /// The one request, if there is such.
    pub fn request(&self, id: RotaEntryId) -> Option<&Request> {
        self.requests.iter().find(|r| r.id == id)
    }

    /// An instant on the wall clock of the window: "Tue 17 Nov 16:00".
    pub fn local(&self, at: Timestamp) -> String {
        let zone = crate::calendar::zone(&self.base().zone).unwrap_or(jiff::tz::TimeZone::UTC);
        zone.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string()
    }

    /// A stretch in words: "Tue 17 Nov 16:00 to Wed 18 Nov 00:00".
    pub fn words(&self, when: Period) -> String {
        format!("{} to {}", self.local(when.from), self.local(when.to))
    }

    /// Its due time, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        self.next.map(|due_at| Timer { kind: TimerKind::Rota, key: String::new(), due_at }).into_iter().collect()
    }

    pub(crate) fn core_acknowledged(&self) -> Vec<Acknowledgement> {
        self.acknowledged.iter().map(|a| Acknowledgement { by: a.by.clone(), at: a.at }).collect()
    }
}

impl Aggregate for LivingRota {
    const KIND: &'static str = "rota";
    type Command = Command;
    type Event = Event;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: Command, stamp: &Stamp, (): &()) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, stamp)
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        events::apply(state, event, stamp)
    }

    fn event_name(event: &Event) -> &'static str {
        event.name()
    }
}
