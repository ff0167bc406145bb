//! Whole launches: what must hold whatever chance brings, and figures that must not change.

use super::*;
use crate::launch::arrivals::{Customer, arrivals};
use crate::launch::contact::Standing;
use crate::launch::figures::{Figure, Figures};
use crate::launch::measures::Measure;
use crate::launch::play::{Play, Setting};
use crate::launch::random::Root;
use crate::launch::roster::{Shift, roster};
use crate::launch::world::World;
use hypercare_core::Span;
use hypercare_core::plan::Length;

/// A small desk on the demo's plan.
pub(super) fn small() -> Assumptions {
    Assumptions { contacts_per_day: 40.0, ..Assumptions::default() }
}

/// A world with its customers and rosters, so that arms can be played one by one.
pub(super) struct Stage {
    pub world: World,
    root: Root,
    customers: Vec<Customer>,
    rosters: [Vec<Shift>; 2],
}

impl Stage {
    pub(super) fn new(plan: &Plan, assumptions: &Assumptions, days: usize, seed: u64) -> Self {
        let world = World::new(plan, assumptions, days).unwrap();
        let root = Root::new(seed, 0);
        let customers = arrivals(&world, root);
        let rosters = [roster(&world, false), roster(&world, true)];
        Self { world, root, customers, rosters }
    }
    pub(super) fn play(&self, measures: Measures) -> Play<'_> {
        let roster = &self.rosters[usize::from(measures.has(Measure::Staffing))];
        Play::run(Setting { world: &self.world, root: self.root, customers: &self.customers, roster, measures })
    }
}

#[test]
fn what_began_has_ended_or_is_open() {
    for measures in [Measures::NONE, Measures::all()] {
        let mut stage = Stage::new(&demo(), &Assumptions { contacts_per_day: 90.0, ..small() }, 14, 3);
        stage.world.judged = false;
        let play = stage.play(measures);
        let count = |standing: &[Standing]| play.contacts.iter().filter(|c| standing.contains(&c.standing)).count();
        let (settled, given_up) = (count(&[Standing::Settled]), count(&[Standing::GivenUp]));
        let open = count(&[Standing::Waiting, Standing::InWork, Standing::Answered, Standing::Elsewhere, Standing::Unconfirmed]);
        assert_eq!(play.contacts.len(), settled + given_up + open);
        assert_eq!(play.tally.open_in_all(), open as u64);
        assert!(settled > 3000 && given_up > 10 && open > 5, "{settled} settled, {given_up} given up, {open} open");
        // Nothing happens before it can.
        for c in &play.contacts {
            assert!(c.work_from.is_none_or(|at| at >= c.opened_at), "{c:?}");
            assert!(c.ended_at.is_none_or(|at| at >= c.work_from.unwrap_or(c.opened_at)), "{c:?}");
            assert!(c.standing != Standing::Settled || c.assistant || c.first_response_at.is_some(), "{c:?}");
        }
        let written = play.wrote.iter().filter(|w| w.is_some()).count() as u64;
        assert_eq!(written + play.log.spared, stage.customers.len() as u64, "every customer wrote or found an answer");
    }
}

#[test]
fn before_go_live_measures_change_nothing() {
    let stage = Stage::new(&demo(), &small(), 7, 4);
    // The shift in which the change goes live is staffed for it from its beginning.
    let day_of_go_live = stage.world.midnights[stage.world.first_day()].1;
    let before = |measures| -> Vec<_> {
        let play = stage.play(measures);
        play.contacts.iter().filter(|c| c.opened_at < day_of_go_live).map(|c| (c.customer, c.step, c.opened_at, c.work_from)).collect()
    };
    assert!(before(Measures::NONE) == before(Measures::all()));
}

#[test]
fn a_measure_that_cannot_act_changes_nothing() {
    #[track_caller]
    fn check(plan: &Plan, assumptions: &Assumptions, measure: Measure) {
        let mut stage = Stage::new(plan, assumptions, 7, 5);
        // Only stages look at how days are judged.
        stage.world.judged = measure == Measure::Stages;
        let figures = |measures| Figures::of(&stage.play(measures));
        assert_eq!(figures(Measures::NONE), figures(std::iter::once(measure).collect()), "{measure:?}");
        assert_eq!(figures(Measures::all()), figures(Measures::all().without(measure)), "{measure:?}");
    }
    let mut without_answers = demo();
    without_answers.answers.clear();
    check(&without_answers, &small(), Measure::Answers);
    check(&without_answers, &small(), Measure::Assistant);
    let mut nobody_asks = small();
    nobody_asks.chasers.most = 0;
    check(&demo(), &nobody_asks, Measure::Updates);
    let mut on_time = small();
    on_time.team.overtime = Length(Span::ZERO);
    check(&demo(), &on_time, Measure::ShiftGuard);
    let mut all_there = small();
    all_there.team.most = 1.0;
    check(&demo(), &all_there, Measure::Staffing);
    let mut no_normal = demo();
    no_normal.sla.normal = None;
    check(&no_normal, &small(), Measure::Stages);
    check(&no_normal, &small(), Measure::Tightening);
}

#[test]
fn measures_do_what_they_are_for() {
    // A desk that is short of people after go-live.
    let mut short = Assumptions { contacts_per_day: 150.0, ..Assumptions::default() };
    short.team.occupancy = 1.0;
    let mut stage = Stage::new(&demo(), &short, 14, 6);
    stage.world.judged = false;
    let of = |measure: Option<Measure>| Figures::of(&stage.play(measure.into_iter().collect()));
    let none = of(None);
    #[track_caller]
    fn less(figure: Figure, with: &Figures, without: &Figures) {
        let (a, b) = (with.get(figure).unwrap(), without.get(figure).unwrap());
        assert!(a < b, "{figure:?}: {a} is not less than {b}");
    }
    less(Figure::Chasers, &of(Some(Measure::Updates)), &none);
    less(Figure::ContactsPerDay, &of(Some(Measure::Answers)), &none);
    less(Figure::GivenUp, &of(Some(Measure::Staffing)), &none);
    less(Figure::AgentHours, &none, &of(Some(Measure::Staffing)));
    less(Figure::TiredHours, &of(Some(Measure::ShiftGuard)), &none);
    less(Figure::GivenUp, &of(Some(Measure::Assistant)), &none);
}

/// Stages act only through the rules: with them, a calm category is on normal promises before the window ends.
#[test]
fn calm_categories_return_first() {
    let mut calm = small();
    for name in ["access", "account", "billing", "cancellation", "payment", "storage", "other"] {
        calm.categories.entry(name.into()).or_default().rise = Some(0.3);
    }
    let stage = Stage::new(&demo(), &calm, 21, 2);
    let play = stage.play(std::iter::once(Measure::Stages).collect());
    let normal: Vec<&str> =
        (0_u8..).zip(&stage.world.categories).filter(|(c, _)| play.stages.is_normal(*c)).map(|(_, category)| category.name.as_str()).collect();
    assert!(!normal.is_empty() || play.log.reverts > 0, "no category was ever on normal promises");
    assert!(!normal.contains(&"other"), "what no scenario speaks of has no stage");
}

#[test]
fn threads_do_not_change_figures() {
    let options = Options { measures: [Measure::Updates, Measure::Answers].into_iter().collect(), ..options(2, 7) };
    let one = compared(&small(), options);
    assert_eq!(one, compared(&small(), Options { threads: 3, ..options }));
    let another = compared(&small(), Options { seed: 2, replications: 1, ..options });
    assert_ne!(one.by_day, another.by_day);
    assert_eq!((one.alone.len(), one.last.len(), one.by_day.len()), (2, 2, 7));
}

/// The promise of a seed: the same figures on any machine. Whoever changes the model on purpose changes them here.
#[test]
fn figures_of_a_seed() {
    #[track_caller]
    fn check(stage: &Stage, measures: Measures, expected: &[(Figure, f64)]) {
        let figures = Figures::of(&stage.play(measures));
        let got: Vec<(Figure, f64)> = expected.iter().map(|(f, _)| (*f, (figures.get(*f).unwrap() * 1e6).round() / 1e6)).collect();
        assert_eq!(got, expected);
    }
    let stage = Stage::new(&demo(), &small(), 10, 2026);
    assert_eq!(stage.customers.len(), 2021);
    check(
        &stage,
        Measures::NONE,
        &[
            (Figure::ExitDay, 11.0),
            (Figure::ObjectivesMet, 0.333333),
            (Figure::FirstResponseKept, 0.952218),
            (Figure::ResolutionKept, 0.991438),
            (Figure::ContactsPerDay, 80.7),
            (Figure::BacklogPeak, 54.0),
            (Figure::Chasers, 10.0),
            (Figure::GivenUp, 213.0),
            (Figure::AgentHours, 237.426798),
            (Figure::Occupancy, 0.505965),
            (Figure::TiredHours, 2.043574),
            (Figure::Cost, 9561.339902),
        ],
    );
    check(
        &stage,
        Measures::all(),
        &[
            (Figure::ExitDay, 11.0),
            (Figure::ObjectivesMet, 0.666667),
            (Figure::FirstResponseKept, 0.987826),
            (Figure::ResolutionKept, 0.99651),
            (Figure::ContactsPerDay, 72.2),
            (Figure::BacklogPeak, 60.0),
            (Figure::Chasers, 4.0),
            (Figure::GivenUp, 89.0),
            (Figure::AgentHours, 341.697081),
            (Figure::Occupancy, 0.334142),
            (Figure::TiredHours, 0.0),
            (Figure::Cost, 13684.854056),
        ],
    );
}

#[test]
fn options_have_limits() {
    fn check(options: Options, assumptions: &Assumptions, says: &str) {
        let error = compare(&demo(), assumptions, &options).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
    check(options(0, 28), &small(), "`replications` is 0: give a number from 1 to 1000");
    check(options(1, 3), &small(), "`days` is 3: give a number from 7 to 120");
    check(options(1000, 120), &Assumptions { contacts_per_day: 20_000.0, ..small() }, "million contacts");
    let mut named = small();
    named.categories.entry("biling".into()).or_default().rise = Some(1.0);
    check(options(1, 7), &named, "did you mean `billing`?");
}
