//! Shifts: exactly one decision owner at a time.

use super::findings::{Findings, quoted};
use crate::Timestamp;
use crate::plan::{Plan, instant};

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let zone = if crate::calendar::zone(&plan.window.zone).is_ok() { plan.window.zone.as_str() } else { "UTC" };
    let mut shifts: Vec<(Timestamp, Timestamp, usize)> = Vec::new();
    for (i, shift) in plan.shifts.iter().enumerate() {
        let mut read = |name: &str, text: &str| {
            let path = format!("shifts[{i}].{name}");
            instant(text, zone).ok().filter(|_| !found.is_broken(&path)).or_else(|| {
                let help = Some("write 2026-11-17T09:00, or with an offset 2026-11-17T09:00:00+01:00".to_owned());
                found.error(&path, format!("{} is not a time", quoted(text)), help);
                None
            })
        };
        let (Some(from), Some(to)) = (read("from", &shift.from), read("to", &shift.to)) else { continue };
        if to > from {
            shifts.push((from, to, i));
        } else {
            let help = Some("swap `from` and `to`, or give the end its own date".to_owned());
            found.error(&format!("shifts[{i}].to"), "the shift ends before it begins", help);
        }
    }
    overlaps(plan, shifts, found);
}

fn overlaps(plan: &Plan, mut shifts: Vec<(Timestamp, Timestamp, usize)>, found: &mut Findings<'_>) {
    shifts.sort_unstable();
    let mut latest: Option<(Timestamp, usize)> = None;
    for (from, to, i) in shifts {
        if let Some((until, other)) = latest.filter(|(until, _)| from < *until) {
            let message = format!("this shift begins before the one of {} ends", quoted(&plan.shifts[other].owner));
            let help = format!("one person decides at a time: shifts[{other}] lasts until {}", quoted(&plan.shifts[other].to));
            found.error(&format!("shifts[{i}].from"), message, Some(help));
            if to <= until {
                continue;
            }
        }
        latest = Some((to, i));
    }
}
