//! Staged normalisation: promises return to normal one category after another, the one that hurts least first, and
//! back at once where that goes wrong.

use super::day::{Series, Tally};
use super::judge::Judge;
use super::world::World;
use hypercare_core::signals::alarm::{AlarmLevel, Watch};
use hypercare_core::signals::{Day, Signal, State};

/// What guards a step.
const GUARDS: [Signal; 4] = [Signal::FirstResponse, Signal::RepeatShare, Signal::Escalations, Signal::Contacts];
/// Stable days of a category before its step.
const BEFORE_STEP: u32 = 2;
/// Stable days after a step was taken back, before it is tried again.
const COOL_DOWN: u32 = 3;
/// Tries without a person's decision.
const TRIES: u32 = 2;

/// How far the return to normal promises has come.
#[derive(Clone, Debug)]
pub(crate) struct Stages {
    /// Categories in the order of their steps.
    order: Vec<u8>,
    /// By category.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, Default)]
struct Step {
    /// Set while its promises are normal: what watches its guards.
    watches: Option<Vec<Watch>>,
    stable: u32,
    tries: u32,
}

impl Stages {
    pub(crate) fn new(world: &World) -> Self {
        let mut order: Vec<u8> = (0_u8..).zip(&world.categories).map(|(i, _)| i).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&world.categories[usize::from(*a)], &world.categories[usize::from(*b)]);
            a.impact().total_cmp(&b.impact()).then(a.per_day.total_cmp(&b.per_day))
        });
        Self { steps: vec![Step::default(); order.len()], order }
    }

    /// The series that must be kept for it, if it is taken at all.
    pub(crate) fn series(world: &World, taken: bool) -> Vec<Series> {
        let categories = if taken { world.categories.len() } else { 0 };
        (0_u8..).take(categories).flat_map(|c| GUARDS.map(|signal| Series { signal, category: Some(c) })).collect()
    }

    /// Whether a category's promises are normal already.
    pub(crate) fn is_normal(&self, category: u8) -> bool {
        self.steps[usize::from(category)].watches.is_some()
    }

    /// A day of the open window has ended: takes back what goes wrong, else takes the next step if its time has come.
    /// How many steps were taken back.
    pub(crate) fn day(&mut self, day: Day, judge: &Judge<'_>, tally: &Tally) -> usize {
        for c in self.order.clone() {
            self.count(c, judge, tally);
        }
        if let Some(wrong) = self.order.clone().into_iter().position(|c| self.goes_wrong(c, day, judge)) {
            return self.take_back(wrong);
        }
        if let Some(next) = self.order.iter().copied().find(|c| !self.is_normal(*c)) {
            let step = &mut self.steps[usize::from(next)];
            let needed = if step.tries == 0 { BEFORE_STEP } else { COOL_DOWN };
            if step.stable >= needed && step.tries < TRIES {
                step.tries += 1;
                step.watches = Some(GUARDS.map(Watch::after_step).to_vec());
            }
        }
        0
    }

    /// A category's stable days in a row: all guards normal and nothing critical open. What cannot be judged changes nothing.
    fn count(&mut self, c: u8, judge: &Judge<'_>, tally: &Tally) {
        let state = |signal| judge.latest(Series { signal, category: Some(c) }).map_or(State::Unknown, |s| s.state);
        let step = &mut self.steps[usize::from(c)];
        let states = GUARDS.map(state);
        if states.contains(&State::Worse) || tally.open[usize::from(c)].1 > 0 {
            step.stable = 0;
        } else if !states.contains(&State::Unknown) {
            step.stable += 1;
        }
    }

    fn goes_wrong(&mut self, c: u8, day: Day, judge: &Judge<'_>) -> bool {
        let Some(watches) = &mut self.steps[usize::from(c)].watches else { return false };
        let mut red = false;
        for (watch, signal) in watches.iter_mut().zip(GUARDS) {
            let score = judge.latest(Series { signal, category: Some(c) });
            red |= score.and_then(|s| watch.add(day, s, None)).is_some_and(|alarm| alarm.level == AlarmLevel::Red);
        }
        red
    }

    /// Takes back this step and every one after it.
    fn take_back(&mut self, from: usize) -> usize {
        let mut taken = 0;
        for c in &self.order[from..] {
            let step = &mut self.steps[usize::from(*c)];
            taken += usize::from(step.watches.take().is_some());
            step.stable = 0;
        }
        taken
    }
}
