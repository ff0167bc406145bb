//! Load and fairness: shares of the decision owner's shifts, incidents, occupancy, recovery.

use super::duty::{RecoveryOwed, by_person, dates};
use super::nights::{at_night, nights_of, worked};
use super::wording::{hours, local, percent};
use super::{Duty, Found, Limits, Rule, Work};
use crate::rota::{Period, pairwise_balance};
use crate::{Span, Timestamp};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// Rounding of shares.
const HAIR: f64 = 1e-9;

pub(super) fn check(work: &Work<'_>, found: &mut Found<'_>) {
    let Some(all) = span(work.duties.iter().map(|d| d.when)) else { return occupancy(work, found) };
    owner_share(work, all, found);
    incidents(work, found);
    fairness(work, all, found);
    occupancy(work, found);
    recovery(work, all, found);
}

fn span(mut periods: impl Iterator<Item = Period>) -> Option<Period> {
    let first = periods.next()?;
    Some(periods.fold(first, |a, b| Period::new(a.from.min(b.from), a.to.max(b.to))))
}

fn owner_share(work: &Work<'_>, all: Period, found: &mut Found<'_>) {
    let mut shifts: BTreeMap<&str, usize> = BTreeMap::new();
    work.duties.iter().filter(|d| d.owner).for_each(|d| *shifts.entry(&d.person).or_default() += 1);
    let total: usize = shifts.values().sum();
    let (most, limit) = (found.limits.owner_share, found.limits.owner_share_from);
    if total < limit {
        return;
    }
    for (person, count) in shifts {
        let share = count as f64 / total as f64;
        if share > most + HAIR && count > 1 {
            let what = format!(
                "{person} decides in {count} of {total} shifts ({}); more than {} is too much for one person.",
                percent(share),
                percent(most)
            );
            let needed = (1.0 / most - HAIR).ceil();
            found.add(Some(person), Rule::OwnerShare, all, what, format!("Share the decision among {needed} people at least."));
        }
    }
}

fn incidents(work: &Work<'_>, found: &mut Found<'_>) {
    let most = found.limits.incidents;
    for duty in work.duties {
        let count = work.incidents.iter().filter(|i| i.person == duty.person && duty.when.contains(i.at)).count();
        if count > most {
            let (person, from) = (&duty.person, local(work.zone, duty.when.from));
            let what = format!("{person} handled {count} high-severity incidents in the shift from {from}; after {most} somebody else should.");
            found.add(Some(person), Rule::Incidents, duty.when, what, "Relieve this person now, and plan two people for such shifts.");
        }
    }
}

fn fairness(work: &Work<'_>, all: Period, found: &mut Found<'_>) {
    let mut load: BTreeMap<&str, Span> = BTreeMap::new();
    for Duty { person, when, .. } in work.duties {
        let sum = load.entry(person).or_default();
        *sum = *sum + when.length();
    }
    let balance = pairwise_balance(&load.values().map(|s| s.as_secs_f64()).collect::<Vec<_>>());
    if balance >= found.limits.fairness - HAIR {
        return;
    }
    let by_load = |(_, a): &(&&str, &Span), (_, b): &(&&str, &Span)| a.cmp(b);
    let (Some((least, little)), Some((most, much))) = (load.iter().min_by(by_load), load.iter().max_by(by_load)) else { return };
    let what = format!(
        "Duty is shared unevenly: the balance is {balance:.2}, and {:.2} or more does. {most} has {}, {least} has {}.",
        found.limits.fairness,
        hours(*much),
        hours(*little)
    );
    found.add(None, Rule::Fairness, all, what, format!("Give some of {most}'s duty to {least}."));
}

fn occupancy(work: &Work<'_>, found: &mut Found<'_>) {
    let most = found.limits.occupancy;
    for (when, busy) in work.occupancy.iter().filter(|(_, busy)| *busy > most + HAIR) {
        let what = format!(
            "From {} people are planned to be busy {} of the time; at most {} does.",
            local(work.zone, when.from),
            percent(*busy),
            percent(most)
        );
        found.add(None, Rule::Occupancy, *when, what, "Plan more people, or fewer tasks, for these hours.");
    }
}

fn recovery(work: &Work<'_>, all: Period, found: &mut Found<'_>) {
    let Some(planned) = work.recovery else { return };
    for owed in recovery_owed(work, found.limits) {
        let has = planned.get(&owed.person).copied().unwrap_or(0);
        if has < owed.days {
            let what = format!(
                "{} has {has} recovery days planned and {} earned: {} duty days, {} interrupted nights.",
                owed.person, owed.days, owed.duty_days, owed.interrupted_nights
            );
            found.add(Some(&owed.person), Rule::Recovery, all, what, "Plan them for the days right after the window.");
        }
    }
}

/// The recovery days that everybody has earned: one for every so many duty days, or for every so many interrupted nights, whichever is more.
pub fn recovery_owed(work: &Work<'_>, limits: &Limits) -> Vec<RecoveryOwed> {
    let earned = |count: usize, every: u32| u32::try_from(count).unwrap_or(u32::MAX) / every.max(1);
    let owed = |(person, blocks): (&str, Vec<Period>)| {
        let duty_days = dates(&blocks, work.zone).len();
        let pages = work.pages.iter().filter(|p| p.person == person);
        let nights: BTreeSet<_> = pages
            .flat_map(|p| nights_of(Period { from: p.when.from, to: p.when.to.max(p.when.from + Span(1)) }, work.zone, limits.paged_between))
            .collect();
        let days = earned(duty_days, limits.recovery_after_days).max(earned(nights.len(), limits.recovery_after_nights));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (days > 0).then(|| RecoveryOwed { person: person.to_owned(), days, duty_days: count(duty_days), interrupted_nights: count(nights.len()) })
    };
    by_person(work, limits).into_iter().filter_map(owed).collect()
}

/// Everybody's shifts, blocks of duty parted by rest, and how many nights they worked.
pub fn nights_worked<'a>(work: &Work<'a>, limits: &Limits) -> Vec<(&'a str, usize, usize)> {
    let count = |(person, blocks): (&'a str, Vec<Period>)| {
        let nights = worked(&blocks, work.zone, limits.night, limits.night_at_least).len();
        (person, blocks.len(), nights)
    };
    by_person(work, limits).into_iter().map(count).collect()
}

/// Whether an alert at this instant breaks somebody's night.
pub fn is_night(at: Timestamp, zone: &TimeZone, limits: &Limits) -> bool {
    at_night(Period::new(at, at), zone, limits.paged_between)
}
