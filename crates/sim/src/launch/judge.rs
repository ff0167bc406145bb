//! The rules of production on simulated days: scores against the simulated baseline, objectives, stable days, exit.

use super::contact::Contact;
use super::day::{Series, Tally};
use super::world::{BASELINE, WARM_UP, World};
use hypercare_core::exit::{self, DayFacts, Input, Judged, ObjectiveFacts};
use hypercare_core::objectives::{Circumstances, progress};
use hypercare_core::signals::{self, Day, Sample, Score, Signal};
use hypercare_core::{Severity, Timestamp};

/// One series with what was measured and how it compares.
#[derive(Clone, Debug)]
struct Kept {
    series: Series,
    target: Option<f64>,
    /// Whether exit waits for it; none for series that only objectives or stages look at.
    required: Option<bool>,
    /// The baseline first, then the days from go-live on.
    samples: Vec<(Day, Sample)>,
    scores: Vec<(Day, Score)>,
}

/// Judges a simulated window day by day.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    world: &'a World,
    kept: Vec<Kept>,
    days: Vec<DayFacts>,
}

/// Signals of the plan that no simulation can say anything about: how sure the team feels.
pub(crate) fn not_simulated(world: &World) -> impl Iterator<Item = Signal> {
    world.plan.signals.iter().filter_map(|s| Signal::from_key(&s.key)).filter(|s| *s == Signal::Confidence)
}

impl<'a> Judge<'a> {
    /// `also` are series that are kept beside those of the plan.
    pub(crate) fn new(world: &'a World, also: impl IntoIterator<Item = Series>) -> Self {
        let target = |signal: Signal| world.plan.signals.iter().find(|s| s.key == signal.key()).and_then(|s| s.target);
        let kept = |series: Series, required| Kept { series, target: target(series.signal), required, samples: vec![], scores: vec![] };
        let planned = world.plan.signals.iter().filter_map(|s| Some((Signal::from_key(&s.key)?, s.required)));
        let mut all: Vec<Kept> = planned
            .filter(|(signal, _)| *signal != Signal::Confidence)
            .map(|(signal, required)| kept(Series { signal, category: None }, Some(required)))
            .collect();
        let of_objectives = world.plan.objectives.iter().filter_map(|o| series_of(world, &o.signal, o.category.as_deref()));
        for series in of_objectives.chain(also) {
            if series.signal != Signal::Confidence && all.iter().all(|k| k.series != series) {
                all.push(kept(series, None));
            }
        }
        Self { world, kept: all, days: vec![] }
    }

    /// Measures the day that ends now, and judges it from go-live on.
    pub(crate) fn close(&mut self, number: usize, tally: &Tally, contacts: &[Contact]) {
        if number < WARM_UP {
            return;
        }
        let day = self.world.midnights[number].0;
        let until = self.world.midnights[number + 1].1;
        let live = number >= self.world.first_day();
        for k in &mut self.kept {
            let Some(sample) = tally.sample(k.series.signal, k.series.category, contacts, until) else { continue };
            if live {
                let (baseline, recent) = k.samples.split_at(BASELINE.min(k.samples.len()));
                k.scores.push((day, signals::score(k.series.signal, baseline, recent, day, &sample, k.target)));
            }
            k.samples.push((day, sample));
        }
        if live {
            let judged = self.kept.iter().filter_map(|k| {
                let (_, score) = k.scores.last()?;
                Some(Judged { signal: k.series.signal, required: k.required?, score: score.clone() })
            });
            let critical = u32::try_from(tally.critical_in_all()).unwrap_or(u32::MAX);
            self.days.push(DayFacts { date: day, complete: true, signals: judged.collect(), critical_open: critical });
        }
    }

    /// Whether the window may end now, by the plan's criteria. Signatures are taken as given.
    pub(crate) fn may_exit(&self, now: Timestamp) -> bool {
        let circumstances =
            Circumstances { go_live: self.world.go_live, now, zone: &self.world.plan.window.zone, margin: self.world.plan.exit.margin };
        let objectives: Vec<ObjectiveFacts> = self
            .world
            .plan
            .objectives
            .iter()
            .map(|o| {
                let series = series_of(self.world, &o.signal, o.category.as_deref());
                let days = series.and_then(|s| self.kept.iter().find(|k| k.series == s)).map(|k| k.scores.as_slice()).unwrap_or_default();
                ObjectiveFacts { key: o.key.clone(), name: o.name.clone(), progress: progress(o, days, &circumstances) }
            })
            .collect();
        exit::verdict(&Input { exit: &self.world.plan.exit, days: &self.days, objectives: &objectives, missing_sign_offs: &[] }).ready
    }

    #[cfg(test)]
    pub(crate) fn show(&self) {
        let v = exit::verdict(&Input { exit: &self.world.plan.exit, days: &self.days, objectives: &[], missing_sign_offs: &[] });
        for d in v.days { println!("{} {:?} {:?}", d.date, d.stable, d.reasons); }
        for c in v.criteria { println!("{c:?}"); }
    }
    /// The latest score of a series.
    pub(crate) fn latest(&self, series: Series) -> Option<&Score> {
        self.kept.iter().find(|k| k.series == series)?.scores.last().map(|(_, score)| score)
    }
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
