//! Assumptions from history: how much of each kind, when in the week, how it rose after a go-live and how fast that passed.
//!
//! Level, week and how much days differ come from the days before go-live. Size and decay of the rise maximise the
//! Poisson likelihood of the daily counts after it, `μ = m (1 + A g(τ))`: `m` what such a day had before, `g` the mean of
//! `e^{-t/τ}` over the day. Days differ more than chance, which widens the interval of `A` (by Pearson's dispersion) and
//! leaves its value.

use super::assumptions::{Assumptions, CategoryGiven, Demand};
use super::quarters::mean_one;
use super::world::OTHER;
use hypercare_core::plan::Length;
use hypercare_core::signals::Day;
use hypercare_core::{Span, Timestamp};
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// Whole days that are needed before go-live: two weeks show what a week is like.
pub const DAYS_BEFORE: usize = 14;
/// Whole days that are needed from go-live on.
pub const DAYS_AFTER: usize = 7;
/// Days before go-live that are used at most: older ones are another time.
const BEFORE_LIMIT: usize = 56;
/// Days after go-live that are used at most.
const AFTER_LIMIT: usize = 90;
/// Categories that are told apart; the rest is `other`.
const CATEGORIES_LIMIT: usize = 30;
/// Under this share of the volume a category is part of `other`.
const LEAST_SHARE: f64 = 0.005;
/// Decay times that are tried, in days.
const DECAYS: (f64, f64) = (0.25, 45.0);
/// Steps between them, on a logarithmic scale.
const DECAY_STEPS: u32 = 160;
/// The largest rise that is looked for.
const RISE_LIMIT: f64 = 50.0;

/// One contact of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// When it began.
    pub at: Timestamp,
    /// What it was about; empty where nobody said.
    pub category: String,
    /// How long it was worked on, where that is known.
    pub worked: Option<Span>,
}

/// What was found for one category.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FittedCategory {
    /// Its name.
    pub name: String,
    /// Contacts a day before go-live.
    pub per_day: f64,
    /// Contacts since.
    pub since: u64,
    /// Size of the rise, in normal volumes.
    pub rise: f64,
    /// Interval of 95 % of that size, cut at zero.
    pub rise_between: (f64, f64),
    /// Days after which 1/e of it is left; none where there is no rise to speak of.
    pub decay_days: Option<f64>,
}

/// What was found, and an assumptions file that says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// Days before go-live that were used.
    pub days_before: usize,
    /// Days from go-live on that were used.
    pub days_after: usize,
    /// By category, the largest first.
    pub categories: Vec<FittedCategory>,
    /// The file's content.
    pub assumptions: Assumptions,
    /// What the reader must know.
    pub notes: Vec<String>,
}

/// Finds the assumptions that explain these contacts best.
///
/// # Errors
/// What the history lacks, and what would do.
pub fn fit(contacts: &[Contact], go_live: Timestamp, zone: &TimeZone) -> Result<Fitted, String> {
    let days = Days::new(contacts, go_live, zone)?;
    let names = categories(contacts, &days);
    let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
    let other = place.get(OTHER).copied().unwrap_or(0);
    let mut counts = vec![vec![0_u64; days.len()]; names.len()];
    let mut hours = vec![0.0; 168];
    for contact in contacts {
        let Some(day) = days.of(contact.at) else { continue };
        counts[place.get(contact.category.as_str()).copied().unwrap_or(other)][day] += 1;
        if day < days.before {
            hours[days.hour_of_week(contact.at)] += 1.0;
        }
    }
    let week = smoothed(&hours);
    let all: Vec<u64> = (0..days.len()).map(|d| counts.iter().map(|c| c[d]).sum()).collect();
    let factors = weekday_factors(&days, &all);
    let after = Hours::new(&days, &week);
    let mut found: Vec<FittedCategory> = names.iter().zip(&counts).map(|(name, counts)| category(name, counts, &days, &after, &factors)).collect();
    found.sort_by(|a, b| b.per_day.total_cmp(&a.per_day).then_with(|| a.name.cmp(&b.name)));
    Ok(Fitted {
        days_before: days.before,
        days_after: days.len() - days.before,
        notes: notes(&found, contacts),
        assumptions: assumptions(contacts, &found, &week, spread(&days, &all)),
        categories: found,
    })
}

/// Whole days around go-live.
struct Days {
    zone: TimeZone,
    /// In order, each with its midnight; and the midnight that ends the last.
    midnights: Vec<(Day, Timestamp)>,
    before: usize,
    go_live: Timestamp,
}

impl Days {
    fn new(contacts: &[Contact], go_live: Timestamp, zone: &TimeZone) -> Result<Self, String> {
        let (Some(first), Some(last)) = (contacts.iter().map(|c| c.at).min(), contacts.iter().map(|c| c.at).max()) else {
            return Err("there is no contact to fit to".into());
        };
        let day_of = |at: Timestamp| zone.to_datetime(at.to_jiff()).date();
        let live = day_of(go_live);
        // The first and the last day of a log are rarely whole.
        let all = std::iter::successors(day_of(first).tomorrow().ok(), |d| d.tomorrow().ok()).take_while(|d| *d <= day_of(last)).take(20_000);
        let near = |d: &Day| live.until(*d).is_ok_and(|s| (-(BEFORE_LIMIT as i32)..=AFTER_LIMIT as i32).contains(&s.get_days()));
        let midnight = |d: Day| zone.to_timestamp(d.at(0, 0, 0, 0)).ok().map(|at| (d, Timestamp::from_jiff(at)));
        let midnights: Vec<_> = all.filter(near).filter_map(midnight).collect();
        let before = midnights.iter().filter(|(d, _)| *d < live).count();
        let after = midnights.len().saturating_sub(before + 1);
        if before < DAYS_BEFORE || after < DAYS_AFTER {
            return Err(format!(
                "the history has {before} whole days before {live} and {after} from it on; {DAYS_BEFORE} before and {DAYS_AFTER} after are needed: \
                 check the date of go-live, or take a longer export"
            ));
        }
        Ok(Self { zone: zone.clone(), midnights, before, go_live })
    }
    fn len(&self) -> usize {
        self.midnights.len() - 1
    }
    fn of(&self, at: Timestamp) -> Option<usize> {
        self.midnights.partition_point(|(_, midnight)| *midnight <= at).checked_sub(1).filter(|d| *d < self.len())
    }
    fn weekday(&self, day: usize) -> usize {
        usize::from(self.midnights[day].0.weekday().to_monday_zero_offset().unsigned_abs())
    }
    fn hour_of_week(&self, at: Timestamp) -> usize {
        let local = self.zone.to_datetime(at.to_jiff());
        usize::from(local.weekday().to_monday_zero_offset().unsigned_abs()) * 24 + usize::from(local.hour().unsigned_abs())
    }
}

/// How the hours of each day lie after go-live, and how much of the day's contacts each has.
struct Hours(Vec<Vec<(f64, f64)>>);

impl Hours {
    fn new(days: &Days, week: &[f64; 168]) -> Self {
        let of_day = |d: usize| {
            let (from, to) = (days.midnights[d].1, days.midnights[d + 1].1);
            let starts = (0..).map(|h| from + Span::hours(h)).take_while(|at| *at < to);
            let hours: Vec<(f64, f64)> =
                starts.map(|at| (week[days.hour_of_week(at)], (at + Span::mins(30) - days.go_live).as_secs_f64() / 86_400.0)).collect();
            let sum: f64 = hours.iter().map(|(weight, _)| weight).sum();
            hours.into_iter().map(|(weight, since)| (if sum > 0.0 { weight / sum } else { 1.0 / 24.0 }, since)).collect()
        };
        Self((0..days.len()).map(of_day).collect())
    }
    /// The mean of `e^{-t/τ}` over a day's contacts, zero before go-live.
    fn left(&self, day: usize, tau: f64) -> f64 {
        self.0[day].iter().filter(|(_, since)| *since >= 0.0).map(|(weight, since)| weight * libm::exp(-since / tau)).sum()
    }
}

/// The categories that are told apart: the largest that are worth it, and `other`.
fn categories(contacts: &[Contact], days: &Days) -> Vec<String> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for contact in contacts.iter().filter(|c| days.of(c.at).is_some()) {
        *sizes.entry(contact.category.as_str()).or_default() += 1;
    }
    let all: usize = sizes.values().sum();
    let mut names: Vec<(&str, usize)> =
        sizes.into_iter().filter(|(name, n)| !name.is_empty() && *name != OTHER && *n as f64 >= LEAST_SHARE * all as f64).collect();
    names.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    names.into_iter().take(CATEGORIES_LIMIT).map(|(name, _)| name.to_owned()).chain([OTHER.to_owned()]).collect()
}

/// Hours of the week, each pulled towards what its weekday and its hour of the day say together.
fn smoothed(hours: &[f64]) -> [f64; 168] {
    const PULL: f64 = 0.5;
    let total: f64 = hours.iter().sum::<f64>().max(1.0);
    let of_day = |d: usize| hours[d * 24..(d + 1) * 24].iter().sum::<f64>();
    let of_hour = |h: usize| (0..7).map(|d| hours[d * 24 + h]).sum::<f64>();
    let mixed: Vec<f64> = (0..168).map(|i| (1.0 - PULL) * hours[i] + PULL * of_day(i / 24) * of_hour(i % 24) / total).collect();
    mean_one(&mixed)
}

/// How much of an average day each weekday has, shrunk with two average days.
fn weekday_factors(days: &Days, all: &[u64]) -> [f64; 7] {
    let mean = all[..days.before].iter().sum::<u64>() as f64 / days.before as f64;
    let (mut sums, mut n) = ([2.0 * mean; 7], [2.0; 7]);
    for day in 0..days.before {
        sums[days.weekday(day)] += all[day] as f64;
        n[days.weekday(day)] += 1.0;
    }
    std::array::from_fn(|w| if mean > 0.0 { sums[w] / n[w] / mean } else { 1.0 })
}

/// How much days differ beyond chance: the coefficient of variation of a day's factor, by moments around the mean of
/// each weekday (not shrunk: its error would look like days that differ).
fn spread(days: &Days, all: &[u64]) -> f64 {
    let (mut sums, mut n) = ([0.0; 7], [0.0; 7]);
    for day in 0..days.before {
        sums[days.weekday(day)] += all[day] as f64;
        n[days.weekday(day)] += 1.0;
    }
    let freedom = days.before as f64 / (days.before as f64 - 7.0).max(1.0);
    let (mut excess, mut squares) = (0.0, 0.0);
    for day in 0..days.before {
        let m = sums[days.weekday(day)] / n[days.weekday(day)];
        excess += (all[day] as f64 - m) * (all[day] as f64 - m) * freedom - m;
        squares += m * m;
    }
    if squares > 0.0 { (excess / squares).max(0.0).sqrt().min(1.0) } else { 0.0 }
}

fn category(name: &str, counts: &[u64], days: &Days, hours: &Hours, factors: &[f64; 7]) -> FittedCategory {
    let before: u64 = counts[..days.before].iter().sum();
    let weeks: f64 = (0..days.before).map(|d| factors[days.weekday(d)]).sum();
    // Half a contact stands for none at all, so that a rise has something to be a multiple of.
    let per_day = (before as f64).max(0.5) / weeks.max(1e-9);
    let after: Vec<(usize, f64, f64)> = (days.before..days.len()).map(|d| (d, counts[d] as f64, per_day * factors[days.weekday(d)])).collect();
    let steps = (0..=DECAY_STEPS).map(|i| DECAYS.0 * libm::pow(DECAYS.1 / DECAYS.0, f64::from(i) / f64::from(DECAY_STEPS)));
    let tried = steps.map(|tau| {
        let shape: Vec<f64> = after.iter().map(|(d, ..)| hours.left(*d, tau)).collect();
        let rise = best_rise(&after, &shape);
        (likelihood(&after, &shape, rise), rise, tau)
    });
    let (_, rise, tau) = tried.fold((f64::NEG_INFINITY, 0.0, DECAYS.0), |best, next| if next.0 > best.0 { next } else { best });
    let error = error_of_rise(&after, hours, rise, tau);
    FittedCategory {
        name: name.to_owned(),
        per_day,
        since: counts[days.before..].iter().sum(),
        rise,
        rise_between: ((rise - 1.96 * error).max(0.0), rise + 1.96 * error),
        decay_days: (rise > 0.02).then_some(tau),
    }
}

/// The rise that maximises the likelihood for this shape: where its derivative, which only falls, crosses zero.
fn best_rise(after: &[(usize, f64, f64)], shape: &[f64]) -> f64 {
    let slope = |rise: f64| after.iter().zip(shape).map(|((_, n, m), g)| g * (n / (1.0 + rise * g) - m)).sum::<f64>();
    if slope(0.0) <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, RISE_LIMIT);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if slope(middle) > 0.0 { low = middle } else { high = middle }
    }
    low
}

fn likelihood(after: &[(usize, f64, f64)], shape: &[f64], rise: f64) -> f64 {
    let one = |((_, n, m), g): (&(usize, f64, f64), &f64)| {
        let mean = (m * (1.0 + rise * g)).max(1e-12);
        n * libm::log(mean) - mean
    };
    after.iter().zip(shape).map(one).sum()
}

/// Standard error of the rise, by Fisher's information of rise and decay together, widened by the dispersion.
fn error_of_rise(after: &[(usize, f64, f64)], hours: &Hours, rise: f64, tau: f64) -> f64 {
    let step = 1e-3 * tau;
    let (mut aa, mut at, mut tt, mut pearson) = (0.0, 0.0, 0.0, 0.0);
    for (d, n, m) in after {
        let g = hours.left(*d, tau);
        let mean = (m * (1.0 + rise * g)).max(1e-9);
        let (by_rise, by_tau) = (m * g, m * rise * (hours.left(*d, tau + step) - hours.left(*d, tau - step)) / (2.0 * step));
        aa += by_rise * by_rise / mean;
        at += by_rise * by_tau / mean;
        tt += by_tau * by_tau / mean;
        pearson += (n - mean) * (n - mean) / mean;
    }
    let dispersion = (pearson / (after.len() as f64 - 2.0).max(1.0)).max(1.0);
    let information = if tt > 1e-12 { aa - at * at / tt } else { aa };
    if information > 1e-12 { (dispersion / information).sqrt().min(RISE_LIMIT) } else { RISE_LIMIT }
}

fn assumptions(contacts: &[Contact], found: &[FittedCategory], week: &[f64; 168], day_cv: f64) -> Assumptions {
    let mut a = Assumptions { day_cv: rounded(day_cv, 3), profile: week.iter().map(|w| rounded(*w, 3)).collect(), ..Assumptions::default() };
    // The past counts everybody; here those who come back are played on their own.
    let all: f64 = found.iter().map(|c| c.per_day).sum();
    a.contacts_per_day = rounded((all * (1.0 - a.reconnect.normal)).max(1.0), 1);
    let (work, scatter) = work(contacts);
    if let Some(cv) = scatter {
        a.service.cv = rounded(cv, 2);
    }
    for c in found {
        let minutes = work.get(c.name.as_str()).map(|mean| Length(Span::mins((mean.round() as i64).clamp(1, 480))));
        a.categories.insert(
            c.name.clone(),
            CategoryGiven {
                like: Some(Demand::of(&c.name)),
                share: Some(rounded(c.per_day / all.max(1e-9), 4)),
                rise: Some(rounded(c.rise, 2)),
                decay: c.decay_days.map(|d| Length(Span::hours((d * 24.0).round().max(1.0) as i64))),
                rises_after: Some(Length(Span::ZERO)),
                service: minutes,
            },
        );
    }
    a
}

/// Mean work by category in minutes, and the coefficient of variation of all, where enough is known of both.
fn work(contacts: &[Contact]) -> (BTreeMap<&str, f64>, Option<f64>) {
    const ENOUGH: usize = 30;
    let mut by: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (category, time) in contacts.iter().filter_map(|c| Some((c.category.as_str(), c.worked?.as_mins_f64()))).filter(|(_, t)| *t > 0.0) {
        by.entry(category).or_default().push(time);
    }
    by.retain(|_, times| times.len() >= ENOUGH);
    let logs: Vec<f64> = by
        .values()
        .flat_map(|times| {
            let mean = times.iter().map(|t| libm::log(*t)).sum::<f64>() / times.len() as f64;
            times.iter().map(move |t| libm::log(*t) - mean)
        })
        .collect();
    let variance = logs.iter().map(|l| l * l).sum::<f64>() / logs.len().max(1) as f64;
    let cv = (!logs.is_empty()).then(|| (libm::exp(variance) - 1.0).sqrt().min(5.0));
    (by.into_iter().map(|(category, times)| (category, times.iter().sum::<f64>() / times.len() as f64)).collect(), cv)
}

fn notes(found: &[FittedCategory], contacts: &[Contact]) -> Vec<String> {
    let mut notes = Vec::new();
    for c in found.iter().filter(|c| c.decay_days.is_some_and(|d| d > 30.0)) {
        notes.push(format!("{}: what rose has not passed; a level that stays is not a rise that decays, so take its decay with care.", c.name));
    }
    for c in found.iter().filter(|c| c.rise_between.0 <= 0.0 && c.rise > 0.02) {
        notes.push(format!("{}: the rise could be chance (95 %: 0 to {:.1}).", c.name, c.rise_between.1));
    }
    if contacts.iter().all(|c| c.worked.is_none()) {
        notes.push("The history does not say how long contacts were worked on; service times keep their defaults.".into());
    }
    notes.push("Who comes back cannot be told from this; reconnects keep their defaults, and the volume is reduced by them.".into());
    notes
}

fn rounded(value: f64, digits: i32) -> f64 {
    let scale = (0..digits).fold(1.0, |s, _| s * 10.0);
    (value * scale).round() / scale
}
