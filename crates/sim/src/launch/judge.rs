//! The rules of production on simulated days: the same course that judges a live window and a backtest.

use super::contact::Contact;
use super::day::Tally;
use super::world::{BASELINE, WARM_UP, World};
use hypercare_core::exit::{self, Course};
use hypercare_core::objectives::ProgressState;
use hypercare_core::signals::mix::Strata;
use hypercare_core::signals::{Day, Sample, Score, Signal};
use hypercare_core::{Severity, Timestamp};
use std::collections::BTreeMap;

/// A signal that is measured every day, of a category or of the whole desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    pub signal: Signal,
    pub category: Option<u8>,
}

/// What no simulation can say anything about: how sure the team feels, how far customers use what is new, what they
/// would answer to a question. Nothing is
/// reopened either: who comes back begins a new conversation.
const NOT_SIMULATED: [Signal; 4] = [Signal::Confidence, Signal::Adoption, Signal::ReopenShare, Signal::CheckIn];

/// Signals of the plan that are not simulated.
pub(crate) fn not_simulated(world: &World) -> impl Iterator<Item = Signal> {
    world.plan.signals.iter().filter_map(|s| Signal::from_key(&s.key)).filter(|s| NOT_SIMULATED.contains(s))
}

/// The days of a series before go-live, and what they were made up of.
#[derive(Clone, Debug, Default)]
struct Before {
    days: Vec<(Day, Sample)>,
    strata: BTreeMap<Day, Strata>,
}

/// Judges a simulated window day by day.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    world: &'a World,
    series: Vec<Series>,
    /// The days before go-live, by series.
    before: Vec<Before>,
    /// From go-live on.
    course: Option<Course>,
}

impl<'a> Judge<'a> {
    /// `also` are series that are kept beside those that exit needs.
    pub(crate) fn new(world: &'a World, also: impl IntoIterator<Item = Series>) -> Self {
        let whole = |signal| Series { signal, category: None };
        let planned = world.plan.signals.iter().filter_map(|s| Signal::from_key(&s.key)).map(whole);
        // Exit looks at these also where the plan does not name them.
        let always = [Signal::Contacts, Signal::Backlog, Signal::CriticalOpen].map(whole);
        let of_objectives = world.plan.objectives.iter().filter_map(|o| series_of(world, &o.signal, o.category.as_deref()));
        let mut series: Vec<Series> = Vec::new();
        for one in planned.chain(always).chain(of_objectives).chain(also) {
            if !NOT_SIMULATED.contains(&one.signal) && !series.contains(&one) {
                series.push(one);
            }
        }
        Self { world, before: vec![Before::default(); series.len()], series, course: None }
    }

    /// Measures the day that ends now, and judges it from go-live on. `burning` says which promises broke too fast on it.
    pub(crate) fn close(&mut self, number: usize, tally: &Tally, contacts: &[Contact], burning: Vec<String>) {
        if number < WARM_UP {
            return;
        }
        let day = self.world.midnights[number].0;
        let between = self.world.midnights[number].1..self.world.midnights[number + 1].1;
        let samples: Vec<Option<Sample>> = self.series.iter().map(|s| tally.sample(*s, contacts, &between)).collect();
        let world = self.world;
        let strata = |series: &Series| -> Strata {
            let categories = if is_mixed(*series) { world.categories.len() } else { 0 };
            let of = |c: u8| {
                let sample = tally.sample(Series { category: Some(c), ..*series }, contacts, &between)?;
                Some((world.categories[usize::from(c)].name.clone(), sample)).filter(|(_, s)| s.value().is_some())
            };
            (0_u8..).take(categories).filter_map(of).collect()
        };
        if number < world.first_day() {
            for ((before, series), sample) in self.before.iter_mut().zip(&self.series).zip(samples) {
                before.days.extend(sample.map(|s| (day, s)));
                before.strata.insert(day, strata(series));
            }
            return;
        }
        let (series, before) = (&self.series, &mut self.before);
        let course = self.course.get_or_insert_with(|| course(world, series, std::mem::take(before)));
        for (place, series) in self.series.iter().enumerate().filter(|(_, s)| is_mixed(**s)) {
            course.made_up(place, day, strata(series));
        }
        course.burned(day, burning);
        course.add(day, &samples);
    }

    /// Whether the window may end now, by the plan's criteria. Signatures are taken as given, and objectives are a
    /// person's to settle: how many are met is a figure of its own.
    pub(crate) fn may_exit(&self, now: Timestamp) -> bool {
        let verdict = self.course.as_ref().map(|course| course.verdict(now, &[]));
        verdict.is_some_and(|v| v.criteria.iter().filter(|c| !c.key.starts_with("objective.")).all(|c| c.met))
    }

    /// Share of the plan's objectives that are met, or whose limit has held; none without objectives.
    pub(crate) fn objectives_met(&self, now: Timestamp) -> Option<f64> {
        let objectives = self.course.as_ref()?.objectives(now);
        let met = objectives.iter().filter(|o| o.progress.settled && o.progress.state != ProgressState::Missed).count();
        (!objectives.is_empty()).then(|| met as f64 / objectives.len() as f64)
    }

    /// The latest score of each series.
    pub(crate) fn latest(&self) -> impl Iterator<Item = (Series, &(Day, Score))> {
        let score = |(place, series): (usize, &Series)| Some((*series, self.course.as_ref()?.scores(place).last()?));
        self.series.iter().enumerate().filter_map(score)
    }
}

/// Whether a series is compared at the mix of categories before the change: shares of the whole desk.
fn is_mixed(series: Series) -> bool {
    series.category.is_none() && matches!(series.signal, Signal::RepeatShare | Signal::ReassuranceShare | Signal::AssistantShare)
}

fn course(world: &World, series: &[Series], before: Vec<Before>) -> Course {
    let plan = &world.plan;
    let setting = exit::Setting {
        exit: plan.exit.clone(),
        objectives: plan.objectives.clone(),
        usage: usage(world),
        ..exit::Setting::new(world.go_live, &plan.window.zone, world.midnights[WARM_UP].0)
    };
    let lines = series.iter().zip(before).map(|(one, Before { days, strata })| {
        let planned = plan.signals.iter().find(|s| one.category.is_none() && s.key == one.signal.key());
        exit::Series {
            signal: one.signal,
            category: one.category.map(|c| world.categories[usize::from(c)].name.clone()),
            planned: planned.is_some(),
            required: planned.is_some_and(|s| s.required),
            target: plan.signals.iter().find(|s| s.key == one.signal.key()).and_then(|s| s.target),
            days,
            strata,
        }
    });
    Course::new(setting, lines.collect())
}

/// Active users by day, where their number moves: then contacts are compared for each user, as in production.
fn usage(world: &World) -> BTreeMap<Day, f64> {
    if (world.users_after - 1.0).abs() < 1e-12 {
        return BTreeMap::new();
    }
    world.midnights.iter().skip(WARM_UP).take(BASELINE + world.midnights.len()).map(|(day, at)| (*day, world.users(*at))).collect()
}

fn series_of(world: &World, signal: &str, category: Option<&str>) -> Option<Series> {
    let category = match category {
        None => None,
        Some(name) => Some(world.category_named(name)?),
    };
    Some(Series { signal: Signal::from_key(signal)?, category })
}

/// Weight of a severity in the order of work: higher is first. Who waits live is there now, so at least like `high`.
pub(crate) const fn rank(severity: Severity, live: bool) -> u8 {
    let own = severity as u8;
    let present = Severity::High as u8;
    if live && own < present { present } else { own }
}
