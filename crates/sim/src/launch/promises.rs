//! What becomes of promises: kept, broken, broken too fast by the rules of production, and made tighter after a step back.

use super::contact::{Contact, Standing};
use super::events::Event;
use super::judge::rank;
use super::measures::Measure;
use super::play::Play;
use super::world::World;
use hypercare_core::signals::burn::{LOOK_BACK, Outcome, during};
use hypercare_core::stages::{Burning, LATELY, burning};
use hypercare_core::{Span, Timestamp};

/// A promise to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promise {
    Response,
    Settling,
}

impl Promise {
    const ALL: [Self; 2] = [Self::Response, Self::Settling];

    /// When it is late, and when it was met.
    const fn of(self, contact: &Contact) -> (Option<Timestamp>, Option<Timestamp>) {
        match self {
            Self::Response => (contact.response_late_at, contact.first_response_at),
            Self::Settling => (contact.settle_late_at, contact.settle_met_at),
        }
    }
}

/// Promises that were decided lately, in order of time.
#[derive(Debug, Default)]
pub(crate) struct Decided(Vec<(u8, Outcome)>);

impl Decided {
    fn add(&mut self, category: u8, at: Timestamp, missed: bool) {
        self.0.push((category, Outcome { at, missed }));
    }
    /// What no alert looks at any more is forgotten.
    pub(crate) fn forget(&mut self, now: Timestamp) {
        let from = now - LATELY - LOOK_BACK;
        self.0.drain(..self.0.partition_point(|(_, o)| o.at < from));
    }
    /// The alerts of a day of the whole desk, each in a sentence.
    pub(crate) fn alerts(&self, world: &World, since: Timestamp) -> Vec<String> {
        let outcomes: Vec<Outcome> = self.0.iter().map(|(_, o)| *o).filter(|o| o.at >= since - LOOK_BACK).collect();
        during(&outcomes, since, &world.budget).iter().map(|alert| alert.say(world.budget.target)).collect()
    }
    fn of_category(&self, world: &World, name: &str) -> Vec<Outcome> {
        let category = world.category_named(name);
        self.0.iter().filter(|(c, _)| Some(*c) == category).map(|(_, o)| *o).collect()
    }
}

impl Play<'_> {
    /// A contact is owed something from now on: the agenda has when that is broken.
    pub(crate) fn watch(&mut self, number: u32) {
        if !self.set.world.judged {
            return;
        }
        for promise in Promise::ALL {
            if let (Some(late), None) = promise.of(&self.contacts[number as usize]) {
                self.agenda.plan(late, Event::Late(number, promise));
            }
        }
    }

    /// A promise was met now, for the first time.
    pub(crate) fn met(&mut self, number: u32, promise: Promise) {
        let contact = &self.contacts[number as usize];
        if promise.of(contact).0.is_some_and(|late| self.now < late) {
            self.decided.add(contact.category, self.now, false);
        }
    }

    /// The time of a promise is over, unless it was met, is owed no more, or was made tighter since. Where promises of a
    /// category on normal promises break too fast, its stage goes back at once.
    pub(crate) fn late(&mut self, number: u32, promise: Promise) {
        let contact = &self.contacts[number as usize];
        let (late, met) = promise.of(contact);
        if late != Some(self.now) || met.is_some_and(|met| met < self.now) || contact.ended_at.is_some_and(|end| end < self.now) {
            return;
        }
        let (category, change) = (contact.category, contact.change);
        self.decided.add(category, self.now, true);
        if change && self.open && self.set.measures.has(Measure::Stages) && self.stages.is_normal(category) {
            let burning = self.burning();
            let normal = |b: &Burning| self.set.world.category_named(&b.category).is_some_and(|c| self.stages.is_normal(c));
            if burning.iter().any(normal) {
                let back = self.stages.burns(self.set.world, burning, self.now);
                self.went_back(&back);
            }
        }
    }

    /// Categories whose promises break too fast now; none where nobody looks.
    pub(crate) fn burning(&self) -> Vec<Burning> {
        let world = self.set.world;
        if !self.set.measures.has(Measure::BurnAlerts) {
            return vec![];
        }
        burning(self.stages.ladder(), &world.plan, &world.budget, |name| self.decided.of_category(world, name), self.now)
    }

    /// These stages went back, with their categories: what is open of them is promised the window's way again, if that is
    /// earlier.
    pub(crate) fn went_back(&mut self, (stages, categories): &(usize, Vec<String>)) {
        self.log.reverts += *stages as u64;
        let world = self.set.world;
        let (Some(normal), Some(hypercare)) = (&world.normal, &world.hypercare) else { return };
        if !self.set.measures.has(Measure::Tightening) {
            return;
        }
        for number in 0..self.contacts.len() {
            let contact = &mut self.contacts[number];
            let name = &world.categories[usize::from(contact.category)].name;
            let owed = contact.ended_at.is_none() && contact.change && contact.promised_normally;
            if owed && categories.contains(name) && contact.tighten(normal, hypercare, name, self.now) {
                self.log.tightened += 1;
                let (due, place) = (contact.due_at, rank(contact.severity, contact.live));
                // Who waits is taken by the new due time.
                if let Some(due) = due.filter(|_| contact.standing == Standing::Waiting) {
                    self.waiting.moved(place, due, number as u32);
                }
                self.watch(number as u32);
            }
        }
    }

    /// The time from which the day that ends now is judged.
    pub(crate) fn day_began(&self) -> Timestamp {
        self.set.world.midnights.get(self.day).map_or(self.now - Span::days(1), |(_, at)| *at)
    }
}
