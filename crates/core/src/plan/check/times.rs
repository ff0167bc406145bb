//! Zones, go-live, the baseline's first day, the planned length and working hours.

use super::findings::{Findings, did_you_mean, quoted};
use crate::Span;
use crate::calendar::{Calendar, zone};
use crate::plan::{Length, Plan, instant};

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let zone_is_right = known_zone("window.zone", &plan.window.zone, found);
    let go_live = go_live(plan, zone_is_right, found);
    baseline(plan, go_live, found);
    let live = zone(&plan.window.zone).ok().zip(go_live).map(|(tz, at)| tz.to_datetime(at.to_jiff()).date());
    without(plan, live, found);
    stressors(plan, live, found);
    planned(plan.window.planned, found);
    for (name, section) in &plan.calendars {
        let path = format!("calendars.{name}");
        if let Some(zone) = &section.zone {
            known_zone(&format!("{path}.zone"), zone, found);
        }
        // A wrong zone has been said already, at its own place; the hours are judged all the same.
        let mut hours = section.clone();
        hours.zone = Some("UTC".into());
        for (field, why) in Calendar::from_section(&hours, "UTC").err().into_iter().flatten() {
            let (message, help) = split(&why);
            found.error(&format!("{path}.{field}"), message, help);
        }
    }
}

pub(super) fn known_zone(path: &str, name: &str, found: &mut Findings<'_>) -> bool {
    if found.is_broken(path) {
        return false;
    }
    if zone(name).is_ok() {
        return true;
    }
    let names: Vec<String> =
        if found.is_full() { vec![] } else { jiff::tz::TimeZoneDatabase::bundled().available().map(|n| n.to_string()).collect() };
    let help = nearest_zone(name, &names).unwrap_or_else(|| "write a name such as Europe/Berlin or America/New_York".into());
    found.error(path, format!("{} is not a time zone", quoted(name)), Some(help));
    false
}

/// A zone by its name or by its city alone.
fn nearest_zone(name: &str, names: &[String]) -> Option<String> {
    let city = |n: &str| n.rsplit('/').next().unwrap_or(n).replace('_', " ").to_lowercase();
    let wanted = city(name);
    let same_city = names.iter().find(|n| n.contains('/') && !wanted.is_empty() && city(n) == wanted);
    if let Some(zone) = same_city {
        return Some(format!("did you mean {}?", quoted(zone)));
    }
    // In two halves, because the comparison looks at a bounded number of words.
    names.chunks(400).find_map(|part| did_you_mean(name, part.iter().map(String::as_str).filter(|n| n.len() >= 4)))
}

fn go_live(plan: &Plan, zone_is_right: bool, found: &mut Findings<'_>) -> Option<crate::Timestamp> {
    // With a wrong zone the form of the time can still be judged.
    let zone = if zone_is_right { plan.window.zone.as_str() } else { "UTC" };
    match instant(&plan.change.go_live, zone) {
        Ok(at) => Some(at).filter(|_| !found.is_broken("change.go_live")),
        Err(why) => {
            let (message, help) = split(&why);
            found.error("change.go_live", message, help);
            None
        }
    }
}

fn baseline(plan: &Plan, go_live: Option<crate::Timestamp>, found: &mut Findings<'_>) {
    let Some(text) = &plan.window.baseline_from else { return };
    let path = "window.baseline_from";
    let Ok(day) = text.parse::<jiff::civil::Date>() else {
        found.error(path, format!("{} is not a date", quoted(text)), Some("write it as 2026-09-01".into()));
        return;
    };
    let starts = zone(&plan.window.zone).ok().and_then(|tz| tz.to_timestamp(day.at(0, 0, 0, 0)).ok()).map(crate::Timestamp::from_jiff);
    if let (Some(from), Some(to)) = (starts, go_live) {
        if from >= to {
            let help = Some("the baseline is normal life before the change: choose an earlier day, 56 days before is usual".to_owned());
            found.error(path, "the baseline begins after go-live", help);
        } else if to - from < Span::days(7) {
            let help = Some("weekdays differ: give it a week at least, 56 days are usual".to_owned());
            found.warning(path, "the baseline has less than seven days", help);
        }
    }
}

/// More days than this cannot be out of the ordinary.
const WITHOUT_LIMIT: usize = 60;
/// Events that put a change to the test; more are a calendar.
const STRESSORS_LIMIT: usize = 50;

fn without(plan: &Plan, live: Option<jiff::civil::Date>, found: &mut Findings<'_>) {
    let days = &plan.window.baseline_without;
    if days.len() > WITHOUT_LIMIT {
        let help = Some(format!("at most {WITHOUT_LIMIT} can be left out; choose another baseline with `baseline_from`"));
        found.error("window.baseline_without", format!("{} days are no exceptions any more", days.len()), help);
    }
    for (i, text) in days.iter().enumerate() {
        let path = format!("window.baseline_without[{i}]");
        match (text.trim().parse::<jiff::civil::Date>(), live) {
            (Err(_), _) => found.error(&path, format!("{} is not a date", quoted(text)), Some("write it as 2026-10-03".into())),
            (Ok(day), Some(live)) if day >= live => {
                let help = Some("only days before go-live are compared with; leave this one out".to_owned());
                found.warning(&path, format!("{day} is not before go-live"), help);
            }
            _ => {}
        }
    }
}

fn stressors(plan: &Plan, live: Option<jiff::civil::Date>, found: &mut Findings<'_>) {
    let stressors = &plan.exit.stressors;
    if stressors.len() > STRESSORS_LIMIT {
        let help = Some(format!("at most {STRESSORS_LIMIT} can be named: the first of each kind is what tests the change"));
        found.error("exit.stressors", format!("{} are too many", stressors.len()), help);
    }
    for (i, stressor) in stressors.iter().enumerate() {
        let path = format!("exit.stressors[{i}]");
        match (stressor.on.trim().parse::<jiff::civil::Date>(), live) {
            (Err(_), _) => {
                found.error(&format!("{path}.on"), format!("{} is not a date", quoted(&stressor.on)), Some("write it as 2026-12-01".into()));
            }
            (Ok(day), Some(live)) if day < live => {
                let help = Some("name what is still to come: it is the change that must be put to the test".to_owned());
                found.warning(&format!("{path}.on"), format!("{day} is before go-live"), help);
            }
            _ => {}
        }
        if stressor.what.trim().is_empty() {
            found.error(&format!("{path}.what"), "nothing says what happens", Some("write for example \"the first invoice run\"".into()));
        }
    }
}

fn planned(planned: Option<Length>, found: &mut Findings<'_>) {
    let Some(length) = planned else { return };
    if length.0 < Span::days(7) {
        let help = Some("one to four weeks are usual; ending early often brings a second wave of questions".to_owned());
        found.warning("window.planned", format!("{length} is shorter than a week"), help);
    } else if length.0 > Span::days(28) {
        let help = Some("one to four weeks are usual; longer tires people and hides what is not stable".to_owned());
        found.warning("window.planned", format!("{length} is longer than four weeks"), help);
    }
}

/// "What is wrong: what would be right" into its two halves.
fn split(why: &str) -> (String, Option<String>) {
    why.split_once(": ").map_or_else(|| (why.to_owned(), None), |(wrong, right)| (wrong.to_owned(), Some(right.to_owned())))
}
