//! Alarms: when a signal deserves attention (amber) or is getting worse (red), why, and since when.
//!
//! One [`Watch`] follows one signal; it is fed a [`Score`] a day and remembers only sums and a week of ratios, so
//! that a day costs the same however long a window lasts. The rules, in the order of their urgency:
//!
//! | level | found by |
//! | --- | --- |
//! | red | a day more than 3 standard deviations worse; the sum of what exceeds 1 a day above 3; promises breaking too fast |
//! | amber | the sum of what exceeds ½ a day above 4; more than 2 on two of three days; two of three days beyond a limit without noise model |
//! | amber, holding nothing back | seven days that rise by 3 % a day and more (exact Mann-Kendall p ≤ 0.05) |
//!
//! An alarm closes with the second normal day in a row that finds nothing new. Sources: Fricker et al. 2008 for sums
//! on residuals; limits and false-alarm rates in `docs/why-five-days.md`.

use super::cusum::{AFTER_STEP, Limits, WARNING, WORSENING};
use super::{Better, Day, NORMAL_Z, Score, Signal, State, trend};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Above this many standard deviations a single day is enough.
pub const RED_Z: f64 = 3.0;
/// Above this many, two of three days are.
pub const AMBER_Z: f64 = 2.0;
/// Normal days in a row that close an alarm.
pub const CLOSING_DAYS: u32 = 2;
/// Days whose rise is tested.
const TREND_DAYS: usize = 7;
/// Least rise of the Theil-Sen slope that is worth a warning, a day.
const TREND_RISE: f64 = 1.03;

/// How much attention a signal needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlarmLevel {
    /// Early warning: look at it.
    Amber,
    /// Worsening: act.
    Red,
}

/// By which rule an alarm was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlarmRule {
    /// One day far off.
    OneDay,
    /// What is clearly above normal adds up.
    Worsening,
    /// Promises break faster than the budget allows.
    Burn,
    /// Small lasting rises add up.
    SmallRises,
    /// Two of three days well above normal.
    TwoOfThree,
    /// A week that rises from day to day.
    Trend,
}

impl AlarmRule {
    /// The level it raises.
    pub const fn level(self) -> AlarmLevel {
        match self {
            Self::OneDay | Self::Worsening | Self::Burn => AlarmLevel::Red,
            Self::SmallRises | Self::TwoOfThree | Self::Trend => AlarmLevel::Amber,
        }
    }
}

/// Why an alarm is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmReason {
    /// By which rule.
    pub rule: AlarmRule,
    /// The latest day that says so.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub day: Day,
    /// In words, with the figures.
    pub says: String,
}

/// An open alarm of one signal, as it stands at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alarm {
    /// The highest level found while it is open.
    pub level: AlarmLevel,
    /// The day on which it was first seen.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_seen: Day,
    /// Whether days on which it is open are not stable. A rising week alone warns and holds nothing back.
    pub holds: bool,
    /// Why, the most urgent first.
    pub reasons: Vec<AlarmReason>,
    /// Normal days in a row since; it closes with the second.
    pub normal_days: u32,
}

/// A sum of scores and the day from which it grows.
#[derive(Clone, Copy, Debug)]
struct Sum {
    limits: Limits,
    sum: f64,
    from: Option<Day>,
}

impl Sum {
    const fn new(limits: Limits) -> Self {
        Self { limits, sum: limits.start, from: None }
    }
    /// Adds a day; the sum and the first day of the rise if it is sure, after which it begins anew.
    fn add(&mut self, day: Day, z: f64) -> Option<(f64, Day)> {
        self.sum = self.limits.next(self.sum, z);
        if self.sum <= 0.0 {
            self.from = None;
            return None;
        }
        let from = *self.from.get_or_insert(day);
        if !self.limits.is_sure(self.sum) {
            return None;
        }
        let found = (self.sum, from);
        (self.sum, self.from) = (0.0, None);
        Some(found)
    }
}

/// Follows one signal from day to day.
#[derive(Clone, Debug)]
pub struct Watch {
    signal: Signal,
    warning: Sum,
    worsening: Sum,
    /// Of the last three judged days: whether each was well above normal.
    high: VecDeque<bool>,
    /// Of the last seven days: how far above the baseline, more than 1 being bad.
    ratios: VecDeque<f64>,
    open: Option<Alarm>,
}

impl Watch {
    /// A signal on an ordinary day.
    pub const fn new(signal: Signal) -> Self {
        Self::with(signal, WORSENING)
    }
    /// A signal right after a step back to normal promises: the sum for worsening has a head start, so that what is
    /// wrong from the start is found sooner.
    pub const fn after_step(signal: Signal) -> Self {
        Self::with(signal, AFTER_STEP)
    }
    const fn with(signal: Signal, worsening: Limits) -> Self {
        Self { signal, warning: Sum::new(WARNING), worsening: Sum::new(worsening), high: VecDeque::new(), ratios: VecDeque::new(), open: None }
    }
    /// The alarm that is open now.
    pub const fn open(&self) -> Option<&Alarm> {
        self.open.as_ref()
    }

    /// Adds a day and gives the alarm that is open at its end. Days that are not over or cannot be judged change nothing.
    /// `burn` says that promises behind this signal break too fast, and how.
    pub fn add(&mut self, day: Day, score: &Score, burn: Option<&str>) -> Option<&Alarm> {
        if !score.complete || (score.state == State::Unknown && burn.is_none()) {
            return self.open();
        }
        let found = self.findings(day, score, burn);
        let normal = score.state != State::Worse && score.z.is_none_or(|z| z <= NORMAL_Z);
        if found.is_empty() {
            if let Some(open) = &mut self.open {
                open.normal_days = if normal { open.normal_days + 1 } else { 0 };
                if open.normal_days >= CLOSING_DAYS {
                    self.open = None;
                }
            }
        } else {
            let open = self.open.get_or_insert_with(|| Alarm {
                level: AlarmLevel::Amber,
                first_seen: day,
                holds: false,
                reasons: Vec::new(),
                normal_days: 0,
            });
            open.normal_days = 0;
            for reason in found {
                open.level = open.level.max(reason.rule.level());
                open.holds |= reason.rule != AlarmRule::Trend;
                open.reasons.retain(|known| known.rule != reason.rule);
                open.reasons.push(reason);
            }
            open.reasons.sort_by_key(|reason| reason.rule);
        }
        self.open()
    }

    fn findings(&mut self, day: Day, score: &Score, burn: Option<&str>) -> Vec<AlarmReason> {
        let mut found = Vec::new();
        let mut say = |rule, says: String| found.push(AlarmReason { rule, day, says });
        if let Some(says) = burn {
            say(AlarmRule::Burn, says.to_owned());
        }
        // Days judged together share six days with their neighbours; only each day alone may be added up.
        let alone = score.alone.or(score.z);
        if let Some(z) = score.z.filter(|z| *z > RED_Z) {
            say(AlarmRule::OneDay, format!("{z:.1} standard deviations worse than usual on {}; {RED_Z} are enough.", named(day)));
        }
        if let Some(z) = alone {
            if let Some((sum, from)) = self.worsening.add(day, z) {
                say(AlarmRule::Worsening, added_up(sum, self.worsening.limits, from, day));
            }
            if let Some((sum, from)) = self.warning.add(day, z) {
                say(AlarmRule::SmallRises, added_up(sum, self.warning.limits, from, day));
            }
        }
        let high = alone.map_or(score.state == State::Worse, |z| z > AMBER_Z);
        keep(&mut self.high, high, 3);
        if high && self.high.iter().filter(|high| **high).count() >= 2 {
            let what = if alone.is_some() { "more than 2 standard deviations worse than usual" } else { "beyond the limit" };
            say(AlarmRule::TwoOfThree, format!("Two of the last three days were {what}, the latest on {}.", named(day)));
        }
        if let Some(ratio) = score.ratio.filter(|r| r.is_finite() && score.weight > 0.0) {
            let ratio = ratio.max(0.01);
            keep(&mut self.ratios, if self.signal.better() == Better::Higher { 1.0 / ratio } else { ratio }, TREND_DAYS);
            let ratios: Vec<f64> = self.ratios.iter().copied().collect();
            if let Some(rise) = trend::rising(&ratios, TREND_DAYS).filter(|rise| *rise >= TREND_RISE) {
                say(AlarmRule::Trend, format!("Seven days that get worse by {:.0} % a day, to {}.", (rise - 1.0) * 100.0, named(day)));
            }
        }
        found
    }
}

/// The first day on which a signal that guards a step is worsening, and why: the scores of the days since the step,
/// in order. Promises that break too fast are for the caller to add.
pub fn worsening_since_step<'a>(signal: Signal, days: impl IntoIterator<Item = (Day, &'a Score)>) -> Option<AlarmReason> {
    let mut watch = Watch::after_step(signal);
    for (day, score) in days {
        let red = watch.add(day, score, None).filter(|alarm| alarm.level == AlarmLevel::Red);
        if let Some(reason) = red.and_then(|alarm| alarm.reasons.first()) {
            return Some(reason.clone());
        }
    }
    None
}

fn keep<T>(last: &mut VecDeque<T>, value: T, most: usize) {
    last.push_back(value);
    while last.len() > most {
        last.pop_front();
    }
}

fn named(day: Day) -> String {
    day.strftime("%A %-d %B").to_string()
}

fn added_up(sum: f64, limits: Limits, from: Day, day: Day) -> String {
    let when = if from == day { format!("on {}", named(day)) } else { format!("from {} to {}", named(from), named(day)) };
    format!("What exceeds {} standard deviations a day has added up to {sum:.1} {when}; more than {} is no chance.", limits.k, limits.h)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::Basis;
    use jiff::ToSpan;
    use jiff::civil::date;

    fn day(i: usize) -> Day {
        date(2026, 11, 9).checked_add((i as i64).days()).unwrap()
    }

    fn scored(z: Option<f64>, ratio: f64) -> Score {
        let state = match z {
            None => State::Unknown,
            Some(z) if z > NORMAL_Z => State::Worse,
            Some(_) => State::Normal,
        };
        Score { z, ratio: Some(ratio), state, basis: Basis::Baseline, ..Score::of(Some(ratio * 10.0), Some(10.0)) }
    }

    /// The alarm at the end of each day: `.` none, `a` amber, `t` amber that holds nothing back, `r` red.
    fn letters(watch: &mut Watch, scores: &[Score]) -> String {
        let letter = |alarm: Option<&Alarm>| match alarm {
            None => '.',
            Some(a) if a.level == AlarmLevel::Red => 'r',
            Some(a) if a.holds => 'a',
            Some(_) => 't',
        };
        scores.iter().enumerate().map(|(i, s)| letter(watch.add(day(i), s, None))).collect()
    }

    #[test]
    fn levels_by_scores() {
        #[track_caller]
        fn check(zs: &[f64], expected: &str) {
            let scores: Vec<Score> = zs.iter().map(|z| scored((!z.is_nan()).then_some(*z), 1.0)).collect();
            assert_eq!(letters(&mut Watch::new(Signal::Contacts), &scores), expected, "{zs:?}");
        }
        let unknown = f64::NAN;
        check(&[0.0, 1.0, -2.0, 2.4], "....");
        // One day far off; two normal days close it.
        check(&[0.0, 3.1, 0.0, 0.0, 0.0], ".rr..");
        check(&[0.0, 3.1, 0.0, 2.6, 0.0, 0.0], ".rrrr.");
        // Two of three days above 2, today being one of them.
        check(&[2.1, 0.0, 2.1, 0.0, 0.0], "..aa.");
        check(&[2.1, 0.0, 0.0, 2.1], "....");
        check(&[2.1, unknown, unknown, 2.1, unknown, 0.0, 0.0], "...aaa.");
        // Small rises that add up: 0.7 a day reaches 4 on the sixth day.
        check(&[1.2, 1.2, 1.2, 1.2, 1.2, 1.2], ".....a");
        // What is clearly above normal: amber first, then 0.9 a day passes 3 on the fourth.
        check(&[1.9, 1.9, 1.9, 1.9], "..ar");
    }

    #[test]
    fn a_rising_week_warns_and_holds_nothing_back() {
        let week = |rise: f64| -> Vec<Score> { (0..7).map(|i| scored(Some(0.2), rise.powi(i))).collect() };
        assert_eq!(letters(&mut Watch::new(Signal::Contacts), &week(1.05)), "......t");
        assert_eq!(letters(&mut Watch::new(Signal::Contacts), &week(1.02)), ".......");
        assert_eq!(letters(&mut Watch::new(Signal::Csat), &week(1.0 / 1.05)), "......t");
        assert_eq!(letters(&mut Watch::new(Signal::Csat), &week(1.05)), ".......");
    }

    #[test]
    fn reasons_are_kept_with_their_days() {
        let mut watch = Watch::new(Signal::FirstResponse);
        watch.add(day(0), &scored(Some(1.0), 1.1), None);
        let alarm = watch.add(day(1), &scored(Some(3.4), 2.0), Some("4.1 times what the budget allows.")).unwrap().clone();
        assert_eq!((alarm.level, alarm.first_seen, alarm.holds), (AlarmLevel::Red, day(1), true));
        let says: Vec<&str> = alarm.reasons.iter().map(|r| r.says.as_str()).collect();
        assert_eq!(says, ["3.4 standard deviations worse than usual on Tuesday 10 November; 3 are enough.", "4.1 times what the budget allows.",]);
        let later = watch.add(day(2), &scored(Some(2.3), 1.5), None).unwrap();
        assert_eq!((later.first_seen, later.level), (day(1), AlarmLevel::Red), "amber findings do not calm a red alarm");
        assert!(later.reasons.iter().any(|r| r.rule == AlarmRule::SmallRises && r.says.contains("from Monday 9 November to Wednesday 11 November")));
    }

    #[test]
    fn a_limit_without_noise_model_warns_on_the_second_day() {
        let worse = Score { state: State::Worse, basis: Basis::Target, ..Score::of(Some(9.0), Some(5.0)) };
        let met = Score { state: State::Normal, ..worse.clone() };
        let days = [worse.clone(), met.clone(), worse, met.clone(), met];
        assert_eq!(letters(&mut Watch::new(Signal::Contacts), &days), "..aa.");
    }

    #[test]
    fn a_head_start_finds_sooner_what_is_wrong_from_the_start() {
        let days: Vec<Score> = [2.0, 2.0, 2.0, 2.0].map(|z| scored(Some(z), 1.3)).into();
        let dated = || days.iter().enumerate().map(|(i, s)| (day(i), s));
        assert_eq!(worsening_since_step(Signal::Contacts, dated()).map(|r| r.day), Some(day(1)));
        assert_eq!(letters(&mut Watch::new(Signal::Contacts), &days), "..ar");
        assert_eq!(worsening_since_step(Signal::Contacts, dated().take(1)), None);
    }
}
