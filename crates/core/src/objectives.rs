//! Objectives: measurable statements of what "stable" means, and where each stands.

mod attain;
mod drop_after;
mod return_by;
#[cfg(test)]
mod tests;

use crate::Timestamp;
use crate::plan::{Objective, ObjectiveRule};
use crate::signals::{Day, Score, Signal, trend};
use serde::{Deserialize, Serialize};

/// Where an objective stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProgressState {
    /// Nothing speaks against it.
    OnTrack,
    /// It will be missed if nothing changes.
    AtRisk,
    /// Reached, and must hold another day.
    MetProvisional,
    /// Reached.
    Met,
    /// It can no longer be reached.
    Missed,
    /// Not enough days to tell.
    InsufficientData,
}

/// Where an objective stands, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Where it stands.
    pub state: ProgressState,
    /// Whether exit need not wait for it: it is met, missed, or a limit that has held so far.
    pub settled: bool,
    /// Why, in a sentence.
    pub sentence: String,
    /// The figures behind it, for a drawing.
    pub figures: ProgressFigures,
}

/// Where an objective stands in figures. What they measure depends on its rule: `times` what is usual or was before, or
/// the signal's own unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgressFigures {
    /// Now: the last measured day, or the days since taken together.
    pub current: Option<f64>,
    /// Where it must be.
    pub goal: Option<f64>,
    /// Where it will be when the time is over, if it goes on like this.
    pub projected: Option<f64>,
    /// Whether they are ratios rather than values of the signal.
    pub ratios: bool,
}

impl Progress {
    /// Nothing can be said yet, for this reason.
    pub fn not_yet(why: impl Into<String>) -> Self {
        told(ProgressState::InsufficientData, why.into())
    }
    fn ratio(mut self, current: Option<f64>, goal: f64, projected: Option<f64>) -> Self {
        self.figures = ProgressFigures { current, goal: Some(goal), projected, ratios: true };
        self
    }
    fn value(mut self, current: Option<f64>, goal: f64, projected: Option<f64>) -> Self {
        self.figures = ProgressFigures { current, goal: Some(goal), projected, ratios: false };
        self
    }
}

/// Circumstances of the window.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// When the change went live.
    pub go_live: Timestamp,
    /// What time it is.
    pub now: Timestamp,
    /// The programme's zone.
    pub zone: &'a str,
    /// How far above the baseline still counts as back to normal: the plan's exit margin.
    pub margin: f64,
}

/// Where an objective stands, given the scores of its signal (of its category, where it names one) by day.
/// Days before the day of go-live, incomplete days and days without a value are left out.
pub fn progress(objective: &Objective, days: &[(Day, Score)], circumstances: &Circumstances<'_>) -> Progress {
    let Some(signal) = Signal::from_key(&objective.signal) else {
        return told(ProgressState::InsufficientData, format!("`{}` is not a signal.", objective.signal));
    };
    let Ok(tz) = crate::calendar::zone(circumstances.zone) else {
        return told(ProgressState::InsufficientData, format!("`{}` is not a time zone.", circumstances.zone));
    };
    let first = tz.to_datetime(circumstances.go_live.to_jiff()).date();
    let mut since: Vec<(Day, &Score)> = days.iter().filter(|(d, s)| *d >= first && s.complete && s.value.is_some()).map(|(d, s)| (*d, s)).collect();
    since.sort_by_key(|(d, _)| *d);
    let context = Context { signal, since: &since, first, now: circumstances };
    match &objective.rule {
        ObjectiveRule::ReturnBy { within } => return_by::progress(&context, *within),
        ObjectiveRule::DropAfter { days } => drop_after::progress(&context, *days),
        ObjectiveRule::StayBelow { value } => stay_below(&context, *value),
        ObjectiveRule::Reach { value, day } => reach(&context, *value, *day),
        ObjectiveRule::Attain { share } => attain::progress(&context, *share),
    }
}

/// What a rule looks at.
struct Context<'a> {
    signal: Signal,
    /// Days from that of go-live on that have a value, in order.
    since: &'a [(Day, &'a Score)],
    /// The day of go-live.
    first: Day,
    now: &'a Circumstances<'a>,
}

impl Context<'_> {
    /// Which day after go-live, counted from 1.
    fn number(&self, day: Day) -> u32 {
        self.first.until(day).ok().and_then(|s| u32::try_from(s.get_days()).ok()).unwrap_or(0) + 1
    }
    /// The value a rule looks at by day number.
    fn values(&self) -> impl Iterator<Item = (u32, f64)> {
        self.since.iter().filter_map(|(d, s)| Some((self.number(*d), s.value?)))
    }
}

fn told(state: ProgressState, sentence: String) -> Progress {
    Progress { state, settled: matches!(state, ProgressState::Met | ProgressState::Missed), sentence, figures: ProgressFigures::default() }
}

fn weekday(day: Day) -> String {
    day.strftime("%A %-d %B").to_string()
}

fn stay_below(c: &Context<'_>, limit: f64) -> Progress {
    let say = |v| c.signal.say(v);
    let current = c.since.last().and_then(|(_, s)| s.value);
    let over = c.since.iter().find(|(_, s)| s.value.is_some_and(|v| v > limit));
    if let Some((day, score)) = over {
        let value = score.value.unwrap_or_default();
        let says = format!("{} on {}, above the limit of {}.", say(value), weekday(*day), say(limit));
        return told(ProgressState::Missed, says).value(current, limit, None);
    }
    let Some((highest, last)) = c.values().fold(None, |found: Option<(f64, f64)>, (_, v)| Some((found.map_or(v, |(h, _)| h.max(v)), v))) else {
        return Progress::not_yet("No day has been measured yet.").value(None, limit, None);
    };
    let near = last > 0.9 * limit;
    let state = if near { ProgressState::AtRisk } else { ProgressState::OnTrack };
    let sentence = format!("At most {} so far, {} on the last day; the limit is {}.", say(highest), say(last), say(limit));
    Progress { settled: true, ..told(state, sentence) }.value(current, limit, None)
}

fn reach(c: &Context<'_>, goal: f64, by_day: u32) -> Progress {
    let say = |v| c.signal.say(v);
    let current = c.since.last().and_then(|(_, s)| s.value);
    if let Some((day, value)) = c.values().find(|(day, v)| *day <= by_day && *v >= goal) {
        let says = format!("{} on day {day}; {} was the goal by day {by_day}.", say(value), say(goal));
        return told(ProgressState::Met, says).value(current, goal, None);
    }
    let points: Vec<(f64, f64)> = c.values().map(|(d, v)| (f64::from(d), v)).collect();
    let best = points.iter().filter(|(d, _)| *d <= f64::from(by_day)).map(|(_, v)| *v).reduce(f64::max);
    let today = crate::calendar::zone(c.now.zone).map_or(c.first, |tz| tz.to_datetime(c.now.now.to_jiff()).date());
    match (best, points.last(), trend::theil_sen(&points)) {
        (Some(best), ..) if c.number(today) > by_day => {
            told(ProgressState::Missed, format!("{} at best by day {by_day}; {} was the goal.", say(best), say(goal))).value(current, goal, None)
        }
        (Some(_), Some((last, value)), Some(slope)) if points.len() >= 3 => {
            let projected = value + slope * (f64::from(by_day) - last).max(0.0);
            let state = if projected >= goal { ProgressState::OnTrack } else { ProgressState::AtRisk };
            told(state, format!("{} now; at this pace {} by day {by_day}, {} is the goal.", say(*value), say(projected), say(goal))).value(
                current,
                goal,
                Some(projected),
            )
        }
        _ => Progress::not_yet(format!("Too few days to tell; {} by day {by_day} is the goal.", say(goal))).value(current, goal, None),
    }
}
