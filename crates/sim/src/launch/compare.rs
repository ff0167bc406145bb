//! Launches with and without measures, paired: the same customers with the same matters, patience and luck in every arm,
//! so that a difference is the measure's and not chance's. Replications run on several threads; the figures do not
//! depend on how many.

use super::arrivals::arrivals;
use super::assumptions::{Assumptions, Stated, stated};
use super::figures::{Figure, Figures};
use super::judge::not_simulated;
use super::measures::{Measure, Measures};
use super::play::{Play, Setting};
use super::random::Root;
use super::roster::{Shift, roster};
use super::sentence::sentence;
use super::world::{BASELINE, DAYS_LIMIT, World};
use hypercare_core::plan::Plan;
use hypercare_core::signals::Day;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Replications that a comparison stands on at least, if its intervals are to be believed.
pub const REPLICATIONS_ADVISED: usize = 30;
/// Replications that one run may have.
pub const REPLICATIONS_LIMIT: usize = 1000;
/// First contacts that one run may play in all, so that it ends.
const CONTACTS_LIMIT: f64 = 200_000_000.0;
/// Days that are played at least: fewer cannot have five stable ones after a rise.
const DAYS_LEAST: usize = 7;

/// What to play.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The same seed gives the same figures, on any machine.
    pub seed: u64,
    /// How many launches.
    pub replications: usize,
    /// Days of the window that are played, that of go-live included.
    pub days: usize,
    /// The measures that are compared.
    pub measures: Measures,
    /// Threads to use.
    pub threads: usize,
}

/// A mean over replications with its interval of 95 % by Student's t.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Lower end; none with a single replication.
    pub low: Option<f64>,
    /// Upper end; none with a single replication.
    pub high: Option<f64>,
}

impl Estimate {
    /// Of these values; none if there are none.
    pub fn of(values: &[f64]) -> Option<Self> {
        let n = values.len() as f64;
        if values.is_empty() {
            return None;
        }
        let mean = values.iter().sum::<f64>() / n;
        let reach = StudentsT::new(0.0, 1.0, n - 1.0).ok().filter(|_| values.len() > 1).map(|t| {
            let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
            t.inverse_cdf(0.975) * (variance / n).sqrt()
        });
        Some(Self { mean, low: reach.map(|r| mean - r), high: reach.map(|r| mean + r) })
    }
    /// Whether the interval leaves out zero: only then is it more than chance.
    pub fn is_clear(&self) -> bool {
        self.low.is_some_and(|low| low > 0.0) || self.high.is_some_and(|high| high < 0.0)
    }
}

/// A figure with its estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Which figure.
    pub figure: Figure,
    /// Its mean, or mean difference, with the interval; none where nothing was there to measure.
    pub estimate: Option<Estimate>,
}

/// Launches with one set of measures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arm {
    /// The measures taken.
    pub measures: Vec<Measure>,
    /// Replications in which exit was allowed within the horizon.
    pub exited: usize,
    /// Every figure.
    pub figures: Vec<Line>,
}

/// What taking a measure changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Which measure; none: all of them together.
    pub measure: Option<Measure>,
    /// Compared with what else is taken in both arms.
    pub beside: Vec<Measure>,
    /// With it less without it, by pairs.
    pub differences: Vec<Line>,
    /// What can be said of it in a sentence, and not more.
    pub sentence: String,
}

/// A day of the window, on average.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayMeans {
    /// Day of the window, from 1.
    pub day: usize,
    /// Its date.
    pub date: Day,
    /// Contacts begun: without measures and with them.
    pub contacts: (f64, f64),
    /// Open at its end: without measures and with them.
    pub open: (f64, f64),
}

/// Everything that a comparison found, and what it stands on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The plan's key.
    pub plan: String,
    /// The plan's name.
    pub name: String,
    /// The seed.
    pub seed: u64,
    /// How many launches.
    pub replications: usize,
    /// Days of the window played.
    pub days: usize,
    /// Days of normal life before go-live that the same rules take as the baseline.
    pub baseline_days: usize,
    /// What must be known with every figure.
    pub assumptions: Vec<Stated>,
    /// What else must be known.
    pub notes: Vec<String>,
    /// Without any measure.
    pub without: Arm,
    /// With all that are compared.
    pub with: Arm,
    /// All together against none.
    pub together: Effect,
    /// Each alone against none.
    pub alone: Vec<Effect>,
    /// Each against the others without it.
    pub last: Vec<Effect>,
    /// Day by day.
    pub by_day: Vec<DayMeans>,
}

/// Plays a plan with and without measures.
///
/// # Errors
/// A sentence that names the option or the part of the plan that is wrong, and what would be right.
pub fn compare(plan: &Plan, assumptions: &Assumptions, options: &Options) -> Result<Comparison, String> {
    checked(assumptions, options)?;
    if plan.scenarios.is_empty() {
        return Err("the plan has no `[[scenarios]]`, so nothing of the change could be played: write what customers will ask about, each with a \
             `category` (`hypercare plan new` begins a plan with some)"
            .into());
    }
    let world = World::new(plan, assumptions, options.days)?;
    let arms = arms(options.measures);
    let played = play_all(&world, &arms, options);
    let of = |measures: Measures| {
        let place = arms.iter().position(|a| *a == measures.acting()).unwrap_or(0);
        played.iter().map(|replication| &replication[place]).collect::<Vec<_>>()
    };
    let (all, none) = (options.measures, Measures::NONE);
    let effect = |measure: Option<Measure>, with: Measures, without: Measures| Effect {
        measure,
        beside: without.acting().iter().collect(),
        differences: differences(&of(with), &of(without)),
        sentence: sentence(measure, &without.acting().iter().collect::<Vec<_>>(), &differences(&of(with), &of(without))),
    };
    let only = |m: Measure| std::iter::once(m).collect::<Measures>();
    Ok(Comparison {
        plan: plan.window.key.clone(),
        name: plan.window.name.clone(),
        seed: options.seed,
        replications: options.replications,
        days: options.days,
        baseline_days: BASELINE,
        assumptions: stated(&world),
        notes: notes(&world, options),
        without: arm(none, &of(none)),
        with: arm(all, &of(all)),
        together: effect(None, all, none),
        alone: all.iter().map(|m| effect(Some(m), only(m), none)).collect(),
        last: all.iter().map(|m| effect(Some(m), all, all.without(m))).collect(),
        by_day: by_day(&world, &of(none), &of(all)),
    })
}

fn checked(assumptions: &Assumptions, options: &Options) -> Result<(), String> {
    if !(1..=REPLICATIONS_LIMIT).contains(&options.replications) {
        return Err(format!(
            "`replications` is {}: give a number from 1 to {REPLICATIONS_LIMIT}; {REPLICATIONS_ADVISED} or more give intervals to rely on",
            options.replications
        ));
    }
    if !(DAYS_LEAST..=DAYS_LIMIT).contains(&options.days) {
        return Err(format!("`days` is {}: give a number from {DAYS_LEAST} to {DAYS_LIMIT}", options.days));
    }
    let arms = 2 + 2 * options.measures.iter().count();
    let contacts = assumptions.contacts_per_day * (options.days + BASELINE) as f64 * (options.replications * arms) as f64;
    if contacts > CONTACTS_LIMIT {
        return Err(format!(
            "that would be about {:.0} million contacts in {} launches, at most {:.0} million can be played: ask for fewer replications, days or measures",
            contacts / 1e6,
            options.replications * arms,
            CONTACTS_LIMIT / 1e6
        ));
    }
    Ok(())
}

/// Every set of measures that is played: none, all, each alone, all but each, as far as they can act.
fn arms(measures: Measures) -> Vec<Measures> {
    let mut arms = vec![Measures::NONE, measures];
    for m in measures.iter() {
        arms.push(std::iter::once(m).collect());
        arms.push(measures.without(m));
    }
    let mut distinct: Vec<Measures> = Vec::new();
    for arm in arms.into_iter().map(Measures::acting) {
        if !distinct.contains(&arm) {
            distinct.push(arm);
        }
    }
    distinct
}

/// The figures of every arm, by replication.
fn play_all(world: &World, arms: &[Measures], options: &Options) -> Vec<Vec<Figures>> {
    let rosters = [roster(world, false), roster(world, true)];
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Vec<Figures>>>> = Mutex::new(vec![None; options.replications]);
    std::thread::scope(|scope| {
        for _ in 0..options.threads.clamp(1, options.replications) {
            scope.spawn(|| {
                loop {
                    let replication = next.fetch_add(1, Ordering::Relaxed);
                    if replication >= options.replications {
                        return;
                    }
                    let figures = replicate(world, arms, &rosters, Root::new(options.seed, replication as u64));
                    done.lock().unwrap_or_else(PoisonError::into_inner)[replication] = Some(figures);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

/// One launch in every arm, with the same customers.
fn replicate(world: &World, arms: &[Measures], rosters: &[Vec<Shift>; 2], root: Root) -> Vec<Figures> {
    let customers = arrivals(world, root);
    arms.iter()
        .map(|measures| {
            let roster = &rosters[usize::from(measures.has(Measure::Staffing))];
            Figures::of(&Play::run(Setting { world, root, customers: &customers, roster, measures: *measures }))
        })
        .collect()
}

fn arm(measures: Measures, figures: &[&Figures]) -> Arm {
    let line = |figure| Line { figure, estimate: Estimate::of(&figures.iter().filter_map(|f| f.get(figure)).collect::<Vec<_>>()) };
    Arm {
        measures: measures.iter().collect(),
        exited: figures.iter().filter(|f| f.exited).count(),
        figures: Figure::ALL.into_iter().map(line).collect(),
    }
}

/// With less without, pair by pair; where one of a pair has nothing to measure, the pair says nothing.
fn differences(with: &[&Figures], without: &[&Figures]) -> Vec<Line> {
    let line = |figure| {
        let pairs: Vec<f64> = with.iter().zip(without).filter_map(|(a, b)| Some(a.get(figure)? - b.get(figure)?)).collect();
        Line { figure, estimate: Estimate::of(&pairs) }
    };
    Figure::ALL.into_iter().map(line).collect()
}

fn by_day(world: &World, without: &[&Figures], with: &[&Figures]) -> Vec<DayMeans> {
    let mean = |arm: &[&Figures], day: usize, part: fn(&(u64, u64)) -> u64| {
        arm.iter().filter_map(|f| f.days.get(day)).map(|d| part(d) as f64).sum::<f64>() / arm.len().max(1) as f64
    };
    let days = without.iter().map(|f| f.days.len()).max().unwrap_or(0);
    let both = |day, part| (mean(without, day, part), mean(with, day, part));
    let date = |day: usize| world.midnights[world.first_day() + day].0;
    (0..days).map(|day| DayMeans { day: day + 1, date: date(day), contacts: both(day, |d| d.0), open: both(day, |d| d.1) }).collect()
}

fn notes(world: &World, options: &Options) -> Vec<String> {
    let mut notes = Vec::new();
    if options.replications < REPLICATIONS_ADVISED {
        notes.push(format!("{} launches are few: intervals are to be believed from {REPLICATIONS_ADVISED} on.", options.replications));
    }
    for signal in not_simulated(world) {
        notes.push(format!("{} is not simulated; exit does not wait for it here.", signal.name()));
    }
    notes.push("Signatures are taken as given, and the window is left on the first day that exit is allowed.".into());
    notes.push(format!("A launch without exit within {} days counts as day {}.", options.days, options.days + 1));
    notes
}
