//! The course of a window: its series judged day by day, each day with only what was known at its end.
//!
//! The server's exit gate, the backtest of another desk's history and the simulation all go through here, so that
//! production and backtest cannot differ. A day costs the same however long the window lasts: alarms, settled levels
//! and the streak are carried from day to day.

use super::days::Run;
use super::{DayFacts, DayVerdict, Input, Judged, Leaving, ObjectiveFacts, Rhythm, Verdict, conclude};
use crate::Timestamp;
use crate::objectives::{Circumstances, Progress, progress};
use crate::plan::{ExitSection, Objective};
use crate::signals::alarm::{Alarm, Watch};
use crate::signals::mix::{Mix, Strata};
use crate::signals::settled::Settling;
use crate::signals::{BASELINE_DAYS_MIN, Day, Exposure, Sample, Score, Signal, State, Yardstick, score_by, so_far};
use crate::window::next_midnight;
use jiff::civil::Time;
use std::collections::BTreeMap;

/// Days since go-live that can be looked back at when days are judged together.
const RECENT: usize = 7;

/// One signal by day, of the whole desk or of one category.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Which signal.
    pub signal: Signal,
    /// Only conversations of this category, where given; such a series serves objectives and gates nothing.
    pub category: Option<String>,
    /// The plan names it.
    pub planned: bool,
    /// Exit waits for it.
    pub required: bool,
    /// The plan's absolute target, which stands in where there is too little time before the change.
    pub target: Option<f64>,
    /// Its days in order, those before go-live included. Each must say what was known at its own end.
    pub days: Vec<(Day, Sample)>,
    /// The same days by category, where that is known: what the mix is standardised by. It may be empty.
    pub strata: BTreeMap<Day, Strata>,
}

impl Series {
    /// A series of the whole desk that exit waits for.
    pub const fn required(signal: Signal, target: Option<f64>, days: Vec<(Day, Sample)>) -> Self {
        Self { signal, category: None, planned: true, required: true, target, days, strata: BTreeMap::new() }
    }
}

/// What a window is judged by.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// When the change went live. The day of that is the first that counts.
    pub go_live: Timestamp,
    /// The programme's zone.
    pub zone: String,
    /// The first day of the time before the change that is compared with.
    pub baseline_from: Day,
    /// Days of that time that were not normal life: holidays, incidents.
    pub baseline_without: Vec<Day>,
    /// The plan's exit section, stressors included.
    pub exit: ExitSection,
    /// The plan's objectives.
    pub objectives: Vec<Objective>,
    /// Active users by day, where they are known.
    pub usage: BTreeMap<Day, f64>,
    /// Promises that broke too fast, by the day of the alert, each in a sentence.
    pub burning: BTreeMap<Day, Vec<String>>,
}

impl Setting {
    /// Of a change that went live then, judged by the product's defaults.
    pub fn new(go_live: Timestamp, zone: &str, baseline_from: Day) -> Self {
        Self {
            go_live,
            zone: zone.to_owned(),
            baseline_from,
            baseline_without: Vec::new(),
            exit: ExitSection::default(),
            objectives: Vec::new(),
            usage: BTreeMap::new(),
            burning: BTreeMap::new(),
        }
    }
    /// The day of go-live; the baseline's first where the zone is not known, which the plan check refuses.
    pub fn first_day(&self) -> Day {
        crate::calendar::zone(&self.zone).map_or(self.baseline_from, |tz| tz.to_datetime(self.go_live.to_jiff()).date())
    }
    fn is_baseline(&self, day: Day) -> bool {
        day >= self.baseline_from && day < self.first_day() && !self.baseline_without.contains(&day)
    }
}

/// One series with what is carried from day to day.
#[derive(Clone, Debug)]
struct Line {
    series: Series,
    baseline: Vec<(Day, Sample)>,
    /// How common each category was before the change.
    mix: Mix,
    recent: Vec<(Day, Sample)>,
    settling: Settling,
    watch: Watch,
    /// The days since go-live.
    scores: Vec<(Day, Score)>,
}

/// A window as it went so far.
#[derive(Clone, Debug)]
pub struct Course {
    setting: Setting,
    exposure: Exposure,
    lines: Vec<Line>,
    facts: Vec<DayFacts>,
    verdicts: Vec<DayVerdict>,
    run: Run,
}

impl Course {
    /// Before the first day: only the time before the change is known. Days of the series from go-live on are left for
    /// [`Course::add`].
    pub fn new(setting: Setting, series: Vec<Series>) -> Self {
        let exposure = Exposure::new(&setting.usage, setting.baseline_from..setting.first_day());
        let line = |mut series: Series| {
            let days = std::mem::take(&mut series.days);
            let baseline = days.into_iter().filter(|(day, _)| setting.is_baseline(*day)).collect();
            let mix = Mix::of(series.strata.iter().filter(|(day, _)| setting.is_baseline(**day)).map(|(_, strata)| strata));
            let settling = Settling::new(series.signal, setting.exit.margin);
            Line { watch: Watch::new(series.signal), baseline, mix, recent: Vec::new(), settling, scores: Vec::new(), series }
        };
        let lines = series.into_iter().map(line).collect();
        Self { exposure, lines, facts: Vec::new(), verdicts: Vec::new(), run: Run::default(), setting }
    }

    /// Adds a day that is over, with the sample of each series in their order; none where nothing was measured.
    /// Days are added in order; those left out count as not measured.
    pub fn add(&mut self, day: Day, samples: &[Option<Sample>]) {
        let burning = self.setting.burning.get(&day).cloned().unwrap_or_default();
        self.day(day, true, burning, samples);
    }
    /// Adds the day that is still going on, as it looks so far: with the promises that break too fast on it. It counts
    /// for nothing, and no day may follow it.
    pub fn add_unfinished(&mut self, day: Day, burning: Vec<String>, samples: &[Option<Sample>]) {
        self.day(day, false, burning, samples);
    }

    fn day(&mut self, day: Day, complete: bool, burning: Vec<String>, samples: &[Option<Sample>]) {
        let mut facts = DayFacts { date: day, complete, signals: Vec::new(), critical_open: 0, burning };
        for (i, line) in self.lines.iter_mut().enumerate() {
            let sample = samples.get(i).copied().flatten();
            line.add(day, complete, sample, &self.exposure, &facts.burning);
            let Some((_, score)) = line.scores.last().filter(|_| line.series.category.is_none()) else { continue };
            let signal = line.series.signal;
            if signal == Signal::CriticalOpen {
                // A level of whole things; the cast saturates.
                facts.critical_open = score.value.unwrap_or_default().round() as u32;
            }
            // A backlog that is not stable is no stable day, also where the plan does not name it.
            let backlog = !line.series.planned && signal == Signal::Backlog && score.state == State::Worse;
            if line.series.planned || backlog {
                let required = line.series.required || backlog;
                facts.signals.push(Judged { signal, required, score: score.clone(), alarm: line.watch.open().cloned() });
            }
        }
        self.verdicts.extend(self.run.add(&facts));
        self.facts.push(facts);
    }

    /// Says how a day of a series was made up by category, by the series' place, before the day is added.
    pub fn made_up(&mut self, place: usize, day: Day, strata: Strata) {
        if let Some(line) = self.lines.get_mut(place) {
            line.series.strata.insert(day, strata);
        }
    }
    /// Says which promises broke too fast on a day, each alert in a sentence, before the day is added.
    pub fn burned(&mut self, day: Day, alerts: Vec<String>) {
        self.setting.burning.insert(day, alerts);
    }
    /// The scores of a series since go-live, by its place.
    pub fn scores(&self, place: usize) -> &[(Day, Score)] {
        self.lines.get(place).map_or(&[], |line| line.scores.as_slice())
    }
    /// The alarm of a series that is open now, by its place.
    pub fn alarm(&self, place: usize) -> Option<&Alarm> {
        self.lines.get(place).and_then(|line| line.watch.open())
    }
    /// The days of the level that a series has settled at, by its place; empty where it has not.
    pub fn settled(&self, place: usize) -> &[(Day, Sample)] {
        self.lines.get(place).map_or(&[], |line| line.settling.reference())
    }
    /// The days so far.
    pub fn days(&self) -> &[DayFacts] {
        &self.facts
    }

    /// Where each objective stands at an instant.
    pub fn objectives(&self, at: Timestamp) -> Vec<ObjectiveFacts> {
        let now = Circumstances { go_live: self.setting.go_live, now: at, zone: &self.setting.zone, margin: self.setting.exit.margin };
        let one = |objective: &Objective| {
            let line = self.lines.iter().find(|l| l.series.signal.key() == objective.signal && l.series.category == objective.category);
            let progress = if at < self.setting.go_live {
                Progress::not_yet("Measured from go-live on.")
            } else {
                progress(objective, line.map_or(&[], |l| l.scores.as_slice()), &now)
            };
            let unit = Signal::from_key(&objective.signal).map_or("", Signal::unit);
            ObjectiveFacts { key: objective.key.clone(), name: objective.name.clone(), progress, unit }
        };
        self.setting.objectives.iter().map(one).collect()
    }

    /// Whether the window may end, as known at an instant.
    pub fn verdict(&self, at: Timestamp, missing_sign_offs: &[String]) -> Verdict {
        self.verdict_leaving(at, missing_sign_offs, &Leaving::default())
    }
    /// The same with what would be left behind. A past and an imagined window have nothing of that kind.
    pub fn verdict_leaving(&self, at: Timestamp, missing_sign_offs: &[String], leaving: &Leaving) -> Verdict {
        self.conclude(at, missing_sign_offs, leaving, self.verdicts.clone())
    }

    fn conclude(&self, at: Timestamp, missing_sign_offs: &[String], leaving: &Leaving, days: Vec<DayVerdict>) -> Verdict {
        let (objectives, rhythm) = (self.objectives(at), self.rhythm());
        let input = Input { exit: &self.setting.exit, days: &self.facts, objectives: &objectives, missing_sign_offs, rhythm: &rhythm, leaving };
        conclude(&input, &self.run, days)
    }

    /// The week's rhythm by the contacts before the change, or since where there is nothing before.
    fn rhythm(&self) -> Rhythm {
        let contacts = self.lines.iter().find(|l| l.series.signal == Signal::Contacts && l.series.category.is_none());
        contacts.map_or_else(Rhythm::default, |line| match (line.baseline.len() >= BASELINE_DAYS_MIN, line.settling.reference()) {
            (true, _) => Rhythm::of(&line.baseline),
            (false, settled) => Rhythm::of(settled),
        })
    }
}

impl Line {
    fn add(&mut self, day: Day, complete: bool, sample: Option<Sample>, exposure: &Exposure, burning: &[String]) {
        let signal = self.series.signal;
        let plain = sample.unwrap_or_else(|| Sample::nothing(signal));
        // Compared at the mix of before; shown as it was, because that is what the list behind the figure has.
        let standard = self.series.strata.get(&day).and_then(|strata| self.mix.standardise(&plain, strata, |v| signal.say(v)));
        let sample = standard.as_ref().map_or(plain, |s| s.sample);
        let shown = |mut score: Score| {
            score.value = plain.value();
            if let Some(note) = standard.as_ref().and_then(|s| s.note.as_deref()) {
                score.why = format!("{} Compared at the usual mix: {note}.", score.why);
            }
            score
        };
        let by = Yardstick {
            baseline: &self.baseline,
            settled: self.settling.reference(),
            why_not_settled: self.settling.why_not(),
            target: self.series.target,
            exposure,
        };
        if !complete {
            self.scores.push((day, shown(so_far(signal, &by, &self.recent, day, &sample.incomplete()))));
            return;
        }
        let score = shown(score_by(signal, &by, &self.recent, day, &sample));
        let burn = burning.first().filter(|_| signal == Signal::SlaAttainment);
        self.watch.add(day, &score, burn.map(String::as_str));
        if self.baseline.len() < BASELINE_DAYS_MIN {
            self.settling.add(day, &sample);
        }
        self.recent.push((day, sample));
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        self.scores.push((day, score));
    }
}

/// A day as it was known at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Which day.
    pub day: Day,
    /// The planned signals of the day: score and open alarm.
    pub signals: Vec<Judged>,
    /// Whether exit would have been allowed at its end and why, with streak and reset. `days` holds this day, and before
    /// it those that nobody measured.
    pub verdict: Verdict,
    /// Where each objective stood.
    pub objectives: Vec<ObjectiveFacts>,
}

/// Plays the days from go-live to before `until` and says for each what was known at its end. The series' days must each
/// say what was known at their own end; nothing here looks ahead.
pub fn replay(setting: Setting, series: Vec<Series>, until: Day) -> Vec<Known> {
    let by_day: Vec<BTreeMap<Day, Sample>> = series.iter().map(|s| s.days.iter().copied().collect()).collect();
    let first = setting.first_day();
    let zone = setting.zone.clone();
    let mut course = Course::new(setting, series);
    let mut known = Vec::new();
    for day in std::iter::successors(Some(first), |d| d.tomorrow().ok()).take_while(|d| *d < until).take(DAYS_LIMIT) {
        let samples: Vec<Option<Sample>> = by_day.iter().map(|days| days.get(&day).copied()).collect();
        let before = course.verdicts.len();
        course.add(day, &samples);
        let end = end_of(day, &zone);
        let days = course.verdicts.get(before..).unwrap_or_default().to_vec();
        let verdict = course.conclude(end, &[], &Leaving::default(), days);
        let signals = course.facts.last().map(|f| f.signals.clone()).unwrap_or_default();
        known.push(Known { day, signals, objectives: course.objectives(end), verdict });
    }
    known
}

/// Days that are played at most: no window and no log of one lasts longer than three years.
const DAYS_LIMIT: usize = 1100;

/// The midnight that ends a day; the last instant there is where the zone is not known.
fn end_of(day: Day, zone: &str) -> Timestamp {
    let noon = || {
        let tz = crate::calendar::zone(zone).ok()?;
        tz.to_timestamp(day.to_datetime(Time::constant(12, 0, 0, 0))).ok()
    };
    noon().and_then(|noon| next_midnight(Timestamp::from_jiff(noon), zone)).unwrap_or(Timestamp(i64::MAX))
}
