//! One score for all signals: how far a day is from normal, and on what that verdict stands.

use super::exposure::Exposure;
use super::{Better, Day, Family, Sample, Signal, counts, durations, levels, shares};
use serde::{Deserialize, Serialize};

/// Up to this many standard deviations a day is normal. With eight signals it keeps about 95 of 100
/// ordinary days free of any finding.
pub const NORMAL_Z: f64 = 2.5;

/// Fewer baseline days with data than this are no baseline: without a whole week no weekday is known.
pub const BASELINE_DAYS_MIN: usize = 7;

/// From this many days on a baseline is a full one. With fewer it is used, because four in five of its verdicts are the
/// same, and every verdict says that it is short: limits that are estimated from few days raise more false findings
/// (1.3 instead of 0.8 in 100 days at 14 days, see `docs/why-five-days.md`).
pub const BASELINE_DAYS_FULL: usize = 28;

/// The verdict on one day of one signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Like the time before the change, or within the target.
    Normal,
    /// Clearly worse.
    Worse,
    /// Clearly better.
    Better,
    /// Cannot be judged.
    Unknown,
}

/// What a verdict stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The time before the change.
    Baseline,
    /// The plan's absolute target, because there is too little history.
    Target,
    /// The level the series has settled at since, because there is no time before the change and no target.
    Settled,
    /// Nothing: it cannot be judged.
    Nothing,
}

/// How one day of one signal compares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Score {
    /// Whether the day was over and all its data there.
    pub complete: bool,
    /// The day's value in the signal's unit; none if nothing was measured.
    pub value: Option<f64>,
    /// What such a day had before the change; the plan's target where that stands in.
    pub expected: Option<f64>,
    /// Value divided by expected; none where next to nothing is expected, because then it says nothing.
    pub ratio: Option<f64>,
    /// Set where single days have too little to judge: the verdict is on these days together.
    pub together: Option<Together>,
    /// Distance from normal in standard deviations; positive is bad, whichever way the signal points. None where a rule without noise model decides.
    pub z: Option<f64>,
    /// The same of this day alone, where several days are judged together: what may be added up from day to day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<f64>,
    /// Observations behind the value: the weight of this day when days are pooled.
    pub weight: f64,
    /// By how much such days differ from what is expected, relative to it; none where a rule without noise model decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<f64>,
    /// Days that stand behind what is expected.
    #[serde(default)]
    pub against: u32,
    /// The verdict.
    pub state: State,
    /// What the verdict stands on.
    pub basis: Basis,
    /// Why, in a sentence.
    pub why: String,
}

impl Score {
    /// A complete day with this value where that much was expected, not yet judged.
    pub fn of(value: Option<f64>, expected: Option<f64>) -> Self {
        let ratio = value.zip(expected).filter(|(_, e)| *e > 0.0).map(|(v, e)| v / e);
        Self {
            complete: true,
            value,
            expected,
            ratio,
            together: None,
            z: None,
            alone: None,
            weight: 1.0,
            spread: None,
            against: 0,
            state: State::Unknown,
            basis: Basis::Nothing,
            why: String::new(),
        }
    }
}

/// Several days judged as one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Together {
    /// How many days, this one included.
    pub days: u32,
    /// Their value in the signal's unit: the sum of counts, the share of the whole.
    pub value: f64,
    /// What such days had before the change.
    pub expected: f64,
}

/// What a family found, before it is turned to "positive is bad" and put in words.
pub(super) struct Found {
    /// What such a day had before the change.
    pub expected: f64,
    /// Positive: above expected.
    pub z: Option<f64>,
    /// The same of the day alone, where several days are judged together.
    pub alone: Option<f64>,
    /// The verdict, where a rule without noise model decides.
    pub state: Option<State>,
    /// The days judged as one, where there were several.
    pub together: Option<Together>,
    /// By how much such days differ from what is expected, relative to it.
    pub spread: Option<f64>,
    /// What else the reader must know.
    pub note: Option<String>,
}

/// What a day is compared with.
pub(super) struct History<'a> {
    /// Complete days before the change that have data.
    pub baseline: &'a [(Day, Sample)],
    /// Complete days since, before the day in question, in order.
    pub recent: &'a [(Day, Sample)],
    /// How many use the product, relative to before.
    pub exposure: &'a Exposure,
}

/// What a series is judged by, besides its own days.
#[derive(Clone, Copy, Debug)]
pub struct Yardstick<'a> {
    /// The days before the change.
    pub baseline: &'a [(Day, Sample)],
    /// The days of the level it has settled at since.
    pub settled: &'a [(Day, Sample)],
    /// Why there is no such level, to follow "not settled:"; empty where nobody looked for one.
    pub why_not_settled: &'a str,
    /// The plan's target.
    pub target: Option<f64>,
    /// How many use the product.
    pub exposure: &'a Exposure,
}

/// Compares a day of a signal with the time before the change, or with the plan's target where there is
/// too little of that time. `recent` are the days since go-live before `day`, for signals too sparse to
/// judge day by day; days of either list that are incomplete, without data or later than `day` are left out.
///
/// Counts follow a negative binomial model with weekday factors, shares a beta-binomial one, durations a
/// normal one on the logarithm of the daily median; levels have rules of their own.
pub fn score(signal: Signal, baseline: &[(Day, Sample)], recent: &[(Day, Sample)], day: Day, sample: &Sample, target: Option<f64>) -> Score {
    let exposure = Exposure::default();
    score_by(signal, &Yardstick { baseline, settled: &[], why_not_settled: "", target, exposure: &exposure }, recent, day, sample)
}

/// The same with everything that may stand in: first the time before the change, then the plan's target, then the
/// level that the series has settled at since. Every verdict says which it was.
pub fn score_by(signal: Signal, by: &Yardstick<'_>, recent: &[(Day, Sample)], day: Day, sample: &Sample) -> Score {
    if sample.family() != signal.family() {
        return unknown(sample, None, format!("{} is not measured in this way.", signal.name()));
    }
    let recent = usable(signal, recent, day);
    let baseline = usable(signal, by.baseline, day);
    let compared = |reference: &[(Day, Sample)]| {
        if reference.len() < BASELINE_DAYS_MIN || signal == Signal::CriticalOpen {
            return None;
        }
        let history = History { baseline: reference, recent: &recent, exposure: by.exposure };
        match signal.family() {
            Family::Count => counts::compare(&history, day, sample),
            Family::Share => shares::compare(&history, day, sample),
            Family::Duration => durations::compare(&history, day, sample),
            Family::Level => levels::compare(signal, &history, day, sample),
        }
    };
    let against_before = compared(&baseline).map(|found| (found, Against::before(&baseline)));
    let found = against_before.or_else(|| {
        let settled = if by.target.is_some() { Vec::new() } else { usable(signal, by.settled, day) };
        compared(&settled).map(|found| (found, Against::settled(&settled)))
    });
    let expected = found.as_ref().map(|(f, _)| f.expected);
    if !sample.complete {
        return unknown(sample, expected, "The day is not over, or its data is not all there.".into());
    }
    match (found, sample.value()) {
        (_, None) if signal.family() == Family::Share => unknown(sample, expected, "Nothing to take a share of on this day.".into()),
        (_, None) => unknown(sample, expected, "Nothing was measured on this day.".into()),
        (Some((found, against)), Some(value)) => by_reference(signal, day, sample, value, found, &against),
        (None, Some(value)) => by_target(signal, sample, value, by, baseline.len()),
    }
}

/// The days before `day` that can be compared with, in order.
fn usable(signal: Signal, days: &[(Day, Sample)], day: Day) -> Vec<(Day, Sample)> {
    let mut days: Vec<_> =
        days.iter().filter(|(d, s)| *d < day && s.complete && s.family() == signal.family() && s.value().is_some()).copied().collect();
    days.sort_by_key(|(d, _)| *d);
    days
}

/// The days a verdict stands on, for its last sentence.
struct Against {
    basis: Basis,
    days: usize,
    says: String,
}

impl Against {
    fn before(days: &[(Day, Sample)]) -> Self {
        let n = days.len();
        let short = if n < BASELINE_DAYS_FULL { format!(", a short baseline (a full one has {BASELINE_DAYS_FULL})") } else { String::new() };
        Self { basis: Basis::Baseline, days: n, says: format!("Compared with {n} days before the change{short}.") }
    }
    fn settled(days: &[(Day, Sample)]) -> Self {
        let date = |d: Option<&(Day, Sample)>| d.map_or_else(String::new, |(d, _)| d.strftime("%-d %B").to_string());
        let (from, to) = (date(days.first()), date(days.last()));
        let says = format!("Compared with the level it settled at from {from} to {to}, because there is too little time before the change.");
        Self { basis: Basis::Settled, days: days.len(), says }
    }
}

/// How the day that is still going on looks so far: for people who watch, never for a verdict. Of a count only
/// "worse" is certain before the day is over; everything else is compared as if the day ended now.
pub fn so_far(signal: Signal, by: &Yardstick<'_>, recent: &[(Day, Sample)], day: Day, sample: &Sample) -> Score {
    let mut score = score_by(signal, by, recent, day, &Sample { complete: true, ..*sample });
    score.complete = false;
    if signal.family() == Family::Count && matches!(score.state, State::Normal | State::Better) {
        let (value, expected) = (score.value.unwrap_or_default(), score.expected.unwrap_or_default());
        let whole = if score.basis == Basis::Target { "the target is at most".to_owned() } else { format!("a whole {} has", day.strftime("%A")) };
        score.why = format!("{} so far; {whole} {}.", signal.say(value), signal.say(expected));
        (score.state, score.ratio, score.z) = (State::Normal, None, None);
    } else {
        score.why = format!("So far: {}", score.why);
    }
    score
}

fn unknown(sample: &Sample, expected: Option<f64>, why: String) -> Score {
    let (value, weight) = (sample.value(), sample.weight());
    Score {
        complete: sample.complete,
        value,
        expected,
        ratio: None,
        together: None,
        z: None,
        alone: None,
        weight,
        spread: None,
        against: 0,
        state: State::Unknown,
        basis: Basis::Nothing,
        why,
    }
}

fn by_reference(signal: Signal, day: Day, sample: &Sample, value: f64, found: Found, against: &Against) -> Score {
    let turned = |z: f64| if signal.better() == Better::Higher { -z } else { z };
    let (z, alone) = (found.z.map(turned), found.alone.map(turned));
    let state = found.state.or(z.map(|z| match z {
        z if z > NORMAL_Z => State::Worse,
        z if z < -NORMAL_Z => State::Better,
        _ => State::Normal,
    }));
    let ratio = (found.expected > least(signal)).then(|| value / found.expected);
    let verdict = match state.unwrap_or(State::Unknown) {
        State::Normal => "within the usual range",
        State::Worse => "worse than chance explains",
        State::Better => "better than chance explains",
        State::Unknown => "not judged",
    };
    let note = found.note.map(|n| format!("; {n}")).unwrap_or_default();
    let weekday = day.strftime("%A");
    let (seen, usual) = (signal.say(value), signal.say(found.expected));
    let distance = match (found.together, ratio) {
        (Some(t), _) => format!(
            "{seen}; {} days are judged together, because each has little: {}, usually {}",
            t.days,
            signal.say(t.value),
            signal.say(t.expected)
        ),
        (None, Some(r)) if (r - 1.0).abs() < 0.005 => format!("{seen}, as on a normal {weekday}"),
        (None, Some(r)) if r > 1.0 => format!("{seen}, {:.0} % above a normal {weekday} (expected {usual})", (r - 1.0) * 100.0),
        (None, Some(r)) => format!("{seen}, {:.0} % below a normal {weekday} (expected {usual})", (1.0 - r) * 100.0),
        (None, None) => format!("{seen}, where {usual} is usual on a {weekday}"),
    };
    let why = format!("{distance}: {verdict}{note}. {}", against.says);
    let state = state.unwrap_or(State::Unknown);
    Score {
        complete: true,
        value: Some(value),
        expected: Some(found.expected),
        ratio,
        together: found.together,
        z,
        alone,
        weight: sample.weight(),
        spread: found.spread,
        against: u32::try_from(against.days).unwrap_or(u32::MAX),
        state,
        basis: against.basis,
        why,
    }
}

/// Under this much expected, a ratio only magnifies chance: "40 times nothing".
fn least(signal: Signal) -> f64 {
    match signal.family() {
        Family::Count => 0.5,
        Family::Share => 0.01,
        Family::Duration | Family::Level => 0.0,
    }
}

fn by_target(signal: Signal, sample: &Sample, value: f64, by: &Yardstick<'_>, days: usize) -> Score {
    // Nobody compares open critical matters with a baseline: none may be open unless the plan says otherwise.
    let given = by.target.filter(|t| t.is_finite());
    let Some(target) = given.or((signal == Signal::CriticalOpen).then_some(0.0)) else {
        let settled = if by.why_not_settled.is_empty() { String::new() } else { format!(", and it has not settled: {}", by.why_not_settled) };
        let why = format!(
            "{}, but there is nothing to judge it by: only {days} of {BASELINE_DAYS_MIN} days of data before the change, no target in the plan{settled}.",
            signal.say(value)
        );
        return unknown(sample, None, why);
    };
    let (met, at) = match signal.better() {
        Better::Lower => (value <= target, "at most"),
        Better::Higher => (value >= target, "at least"),
    };
    let reason = match (signal, given) {
        (Signal::CriticalOpen, None) => "no critical matter may be open",
        (Signal::CriticalOpen, Some(_)) => "the plan's limit",
        _ => "the plan's target stands in, because there is too little history before the change",
    };
    let why = format!("{}, target {at} {}: {} ({reason}).", signal.say(value), signal.say(target), if met { "met" } else { "not met" });
    Score {
        complete: true,
        value: Some(value),
        expected: Some(target),
        ratio: (target > 0.0).then(|| value / target),
        together: None,
        z: None,
        alone: None,
        weight: sample.weight(),
        spread: None,
        against: 0,
        state: if met { State::Normal } else { State::Worse },
        basis: Basis::Target,
        why,
    }
}
