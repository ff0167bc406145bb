//! Who is there when: shifts that cover the plan's hours, with as many people as the expected work needs.
//!
//! Contacts are answered within hours, not seconds, so shifts are sized by work and capacity, not by Erlang's formulas,
//! which are for live channels alone.

use super::quarters::{QUARTER, starts};
use super::time::after;
use super::world::World;
use hypercare_core::Timestamp;

/// Where days around the clock are cut into shifts, if the plan's own shifts do not say it: minutes after midnight.
const USUAL_CUTS: [u32; 3] = [6 * 60, 14 * 60, 22 * 60];
/// Most people on one shift, whatever the forecast says.
const PEOPLE_LIMIT: f64 = 1000.0;

/// One shift and the people on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shift {
    pub from: Timestamp,
    pub to: Timestamp,
    pub people: u32,
}

/// The roster of the whole horizon. With `forecast`, shifts from go-live on follow what is expected then; otherwise all
/// are those of normal life.
pub(crate) fn roster(world: &World, forecast: bool) -> Vec<Shift> {
    let team = &world.assumptions.team;
    let work = expected_work(world);
    let pieces = shifts(world);
    pieces
        .into_iter()
        .map(|(first, end)| {
            let (from, to) = (after(world.starts(), first as i64 * QUARTER), after(world.starts(), end as i64 * QUARTER));
            let capacity = (to - from).0 as f64 * team.occupancy * (1.0 - team.shrinkage);
            let needed = |part: fn(&(f64, f64)) -> f64| work[first..end].iter().map(part).sum::<f64>() / capacity;
            // A hair less than whole people is whole people.
            let whole = |n: f64| (n - 1e-9).ceil().clamp(f64::from(team.least), PEOPLE_LIMIT);
            let normal = team.on_shift.map_or_else(|| whole(needed(|w| w.0)), f64::from);
            let people = if forecast && to > world.go_live {
                whole(needed(|w| w.0 + w.1) * team.headroom).min((normal * team.most).floor()).max(normal)
            } else {
                normal
            };
            Shift { from, to, people: people as u32 }
        })
        .collect()
}

/// Expected work of first contacts in each quarter, in microseconds of a person's time with what comes back of it: of
/// normal life, and because of the change.
fn expected_work(world: &World) -> Vec<(f64, f64)> {
    let reconnect = &world.assumptions.reconnect;
    let (of_normal, of_rise) = (1.0 / (1.0 - reconnect.normal), 1.0 / (1.0 - reconnect.launch));
    starts(world.starts(), world.ends())
        .enumerate()
        .map(|(i, at)| {
            world.categories.iter().fold((0.0, 0.0), |sum, category| {
                let (normal, rise) = world.expected(category, i, at);
                // Users that came with the change are part of the forecast, not of the old roster.
                let (usual, service) = (normal / world.users(at), category.service as f64);
                (sum.0 + usual * service * of_normal, sum.1 + (normal - usual) * service * of_normal + rise * service * of_rise)
            })
        })
        .collect()
}

/// Shifts as first quarter and the quarter after the last.
fn shifts(world: &World) -> Vec<(usize, usize)> {
    let longest = usize::try_from(world.assumptions.team.shift.0.0 / QUARTER).unwrap_or(1).max(1);
    let cuts = cuts(world);
    let minutes: Vec<u32> = starts(world.starts(), world.ends())
        .map(|at| {
            let local = world.zone.to_datetime(at.to_jiff());
            u32::from(local.hour().unsigned_abs()) * 60 + u32::from(local.minute().unsigned_abs())
        })
        .collect();
    let mut found = Vec::new();
    for (first, end) in world.coverage.stretches() {
        let mut from = first;
        for i in first + 1..=end {
            let at_a_cut = minutes.get(i).is_some_and(|minute| cuts.contains(minute));
            let cut = i == end || (end - first > longest && at_a_cut);
            if cut {
                found.extend(even(from, i, longest));
                from = i;
            }
        }
    }
    found
}

/// A stretch in equal parts, none longer than `longest`.
fn even(from: usize, to: usize, longest: usize) -> impl Iterator<Item = (usize, usize)> {
    let parts = (to - from).div_ceil(longest).max(1);
    (0..parts).map(move |i| (from + (to - from) * i / parts, from + (to - from) * (i + 1) / parts))
}

/// Local times at which the plan's own shifts begin.
fn cuts(world: &World) -> Vec<u32> {
    let mut cuts: Vec<u32> = world
        .plan
        .shifts
        .iter()
        .filter_map(|s| hypercare_core::plan::instant(&s.from, &world.plan.window.zone).ok())
        .map(|at| world.zone.to_datetime(at.to_jiff()))
        .map(|t| u32::from(t.hour().unsigned_abs()) * 60 + u32::from(t.minute().unsigned_abs()))
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.len() < 2 { USUAL_CUTS.to_vec() } else { cuts }
}
