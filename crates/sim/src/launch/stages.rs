//! Staged normalisation by the rules of production: categories return to normal promises one after another, the one
//! that hurts least first, and back at once where that goes wrong. The lead takes every step on the day it is offered.

use super::judge::{Judge, Series};
use super::world::World;
use hypercare_core::signals::Signal;
use hypercare_core::stages::{self, Burning, GuardDays, History, Ladder, StageEvent};
use hypercare_core::window::Phase;
use hypercare_core::{Actor, Stamp, Timestamp};

/// How far the return to normal promises has come.
#[derive(Debug)]
pub(crate) struct Stages {
    ladder: Ladder,
    history: History,
    /// Whether each category is on normal promises.
    normal: Vec<bool>,
}

impl Stages {
    pub(crate) fn new(world: &World) -> Self {
        Self { ladder: Ladder::default(), history: History::default(), normal: vec![false; world.categories.len()] }
    }

    /// The series that must be kept for it, if it is taken at all: every guard, and what critical matters are open.
    pub(crate) fn series(world: &World, taken: bool) -> Vec<Series> {
        let stages = if taken { stages::of(&world.plan) } else { vec![] };
        let of_stage = |stage: stages::Stage| {
            let categories: Vec<u8> = stage.categories.iter().filter_map(|name| world.category_named(name)).collect();
            let signals: Vec<Signal> = stage.guards.into_iter().chain([Signal::CriticalOpen]).collect();
            categories.into_iter().flat_map(move |c| signals.clone().into_iter().map(move |signal| Series { signal, category: Some(c) }))
        };
        stages.into_iter().flat_map(of_stage).collect()
    }

    /// Whether a category's promises are normal already.
    pub(crate) fn is_normal(&self, category: u8) -> bool {
        self.normal[usize::from(category)]
    }

    /// Where each stage stands.
    pub(crate) const fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// A day of the open window has ended: how many stages were taken back, and the categories of these.
    pub(crate) fn day(&mut self, world: &World, judge: &Judge<'_>, burning: Vec<Burning>, now: Timestamp) -> (usize, Vec<String>) {
        self.remember(world, judge);
        self.history.burning = burning;
        let mut events = stages::advance(&self.ladder, &world.plan, Phase::Stabilising, &self.history, now);
        if let Some(StageEvent::Offered { stage }) = events.first() {
            let stamp = Stamp::new(Actor::token("simulation"), now);
            let taken = stages::normalise(&self.ladder, &world.plan, Phase::Stabilising, &self.history, stage, false, &stamp);
            events.extend(taken.unwrap_or_default());
        }
        self.follow(world, &events, now)
    }

    /// Promises of a category on normal promises break too fast, between two ends of a day: the rules take its stage back.
    pub(crate) fn burns(&mut self, world: &World, burning: Vec<Burning>, now: Timestamp) -> (usize, Vec<String>) {
        self.history.burning = burning;
        let events = stages::advance(&self.ladder, &world.plan, Phase::Stabilising, &self.history, now);
        self.follow(world, &events, now)
    }

    fn follow(&mut self, world: &World, events: &[StageEvent], now: Timestamp) -> (usize, Vec<String>) {
        let stamp = Stamp::new(Actor::token("simulation"), now);
        let mut back = (0, vec![]);
        for event in events {
            if let StageEvent::Reverted { stages, categories, .. } = event {
                back.0 += stages.len();
                back.1.extend(categories.iter().cloned());
            }
            self.ladder.apply(event, &stamp);
        }
        let normal = self.ladder.normalised();
        self.normal = world.categories.iter().map(|c| normal.contains(&c.name)).collect();
        back
    }

    fn remember(&mut self, world: &World, judge: &Judge<'_>) {
        for (series, day) in judge.latest() {
            let Some(category) = series.category.map(|c| &world.categories[usize::from(c)].name) else { continue };
            let known = self.history.guards.iter_mut().find(|g| g.signal == series.signal && g.category == *category);
            match known {
                Some(guard) => guard.days.push(day.clone()),
                None => self.history.guards.push(GuardDays { signal: series.signal, category: category.clone(), days: vec![day.clone()] }),
            }
        }
    }
}
