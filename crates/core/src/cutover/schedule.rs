//! When steps are planned, when they are now expected, and which chain of them decides the end (critical path method: a step begins when the last
//! of those it waits for is done).

use super::{Cutover, Progress, Status};
use crate::plan::RunbookSection;
use crate::{Span, Timestamp};
use std::collections::{BTreeSet, HashMap};

/// The places of the steps that each step waits for; what is not known or waits for itself is left out.
fn waits_for(runbook: &RunbookSection) -> Vec<Vec<usize>> {
    let places: HashMap<&str, usize> = runbook.steps.iter().enumerate().rev().map(|(i, s)| (s.key.as_str(), i)).collect();
    let of = |(i, after): (usize, &Vec<String>)| after.iter().filter_map(|key| places.get(key.as_str()).copied()).filter(|p| *p != i).collect();
    runbook.steps.iter().map(|s| &s.after).enumerate().map(of).collect()
}

/// Places in an order in which each step comes after those it waits for, the file's order where it does not matter; then those of circles.
fn order(before: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let mut done = vec![false; before.len()];
    let mut order = vec![];
    while let Some(next) = (0..before.len()).find(|i| !done[*i] && before[*i].iter().all(|b| done[*b])) {
        done[next] = true;
        order.push(next);
    }
    let left = (0..before.len()).filter(|i| !done[*i]).collect();
    (order, left)
}

/// The keys of steps that wait for each other, if there are any: one circle, from the first of it in the file.
pub fn circle(runbook: &RunbookSection) -> Option<Vec<&str>> {
    if let Some(own) = runbook.steps.iter().find(|s| s.after.contains(&s.key)) {
        return Some(vec![own.key.as_str()]);
    }
    let before = waits_for(runbook);
    let (_, left) = order(&before);
    let mut at = *left.first()?;
    let mut walked: Vec<usize> = vec![];
    // Each of what is left waits for another one of it, so that the walk comes round.
    while !walked.contains(&at) {
        walked.push(at);
        at = before[at].iter().copied().find(|b| left.contains(b))?;
    }
    let mut round = walked.split_off(walked.iter().position(|p| *p == at)?);
    let first = round.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(i, _)| i);
    round.rotate_left(first);
    Some(round.into_iter().map(|place| runbook.steps[place].key.as_str()).collect())
}

/// The keys of all steps that have to be done before this one.
pub fn ancestors<'r>(runbook: &'r RunbookSection, key: &str) -> BTreeSet<&'r str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&'r str> = runbook.step(key).into_iter().flat_map(|s| s.after.iter().map(String::as_str)).collect();
    while let Some(next) = open.pop() {
        if let Some(step) = runbook.step(next)
            && found.insert(step.key.as_str())
        {
            open.extend(step.after.iter().map(String::as_str));
        }
    }
    found
}

/// Planned beginning and end of each step, counted from the beginning of the runbook, in the order of the file.
pub fn planned(runbook: &RunbookSection) -> Vec<(Span, Span)> {
    let begin = Timestamp(0);
    let times = times(runbook, |place, ready| {
        let step = &runbook.steps[place];
        let from = ready.unwrap_or(begin).max(begin + step.not_before.map_or(Span::ZERO, |l| l.0));
        (from, from + step.takes.map_or(Span::ZERO, |l| l.0))
    });
    times.into_iter().map(|(from, to)| (from - begin, to - begin)).collect()
}

/// Planned length of the runbook.
pub fn length(runbook: &RunbookSection) -> Span {
    planned(runbook).into_iter().map(|(_, to)| to).max().unwrap_or(Span::ZERO)
}

/// Keys of the chain of steps that decides the planned length, in their order.
pub fn planned_chain(runbook: &RunbookSection) -> Vec<&str> {
    let times: Vec<_> = planned(runbook).into_iter().map(|(from, to)| (Timestamp(from.0), Timestamp(to.0))).collect();
    chain(runbook, &times)
}

/// What is to be expected from here.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Beginning and end of each step, in the order of the file: as it was, or as it is expected.
    pub steps: Vec<(Timestamp, Timestamp)>,
    /// When all is done; of one that is over: when it ended.
    pub finish: Timestamp,
    /// How much later than planned that is; negative: earlier.
    pub behind: Span,
    /// Keys of the chain of steps that decides the end, in their order.
    pub chain: Vec<String>,
}

/// What is to be expected at `now`: what is done stays where it was; what runs takes its planned time, or so long as it has taken; what is still to
/// come begins when those it waits for are done, and not before now, and takes its planned time.
pub fn project(c: &Cutover, now: Timestamp) -> Projection {
    let now = c.ended_at.map_or(now, |end| end.min(now)).max(c.begun_at);
    let steps = times(&c.runbook, |place, ready| {
        let step = &c.runbook.steps[place];
        let takes = step.takes.map_or(Span::ZERO, |l| l.0);
        let earliest = ready.unwrap_or(c.begun_at).max(c.begun_at + step.not_before.map_or(Span::ZERO, |l| l.0)).max(now);
        let nothing = Progress::default();
        let own = c.steps.get(place).unwrap_or(&nothing);
        match own.status {
            Status::Done | Status::Skipped => {
                let to = own.ended_at.unwrap_or(now);
                (own.started_at.unwrap_or(to), to)
            }
            Status::Running => {
                let from = own.started_at.unwrap_or(now);
                (from, now.max(from + takes))
            }
            Status::Waiting | Status::Failed | Status::NoGo => (earliest, earliest + takes),
        }
    });
    let last = steps.iter().map(|(_, to)| *to).max().unwrap_or(c.begun_at);
    let finish = if c.state.is_over() { now } else { last.max(now) };
    let chain = chain(&c.runbook, &steps).into_iter().map(str::to_owned).collect();
    Projection { finish, behind: finish - (c.begun_at + length(&c.runbook)), chain, steps }
}

fn times(runbook: &RunbookSection, mut of: impl FnMut(usize, Option<Timestamp>) -> (Timestamp, Timestamp)) -> Vec<(Timestamp, Timestamp)> {
    let before = waits_for(runbook);
    let (order, left) = order(&before);
    let mut times = vec![(Timestamp(0), Timestamp(0)); runbook.steps.len()];
    let mut known = vec![false; runbook.steps.len()];
    for place in order.into_iter().chain(left) {
        let ready = before[place].iter().filter(|b| known[**b]).map(|b| times[*b].1).max();
        times[place] = of(place, ready);
        known[place] = true;
    }
    times
}

/// Back from the step that ends last, each time to the one it waited for longest, until one that waited for none or for its hour.
fn chain<'r>(runbook: &'r RunbookSection, times: &[(Timestamp, Timestamp)]) -> Vec<&'r str> {
    let before = waits_for(runbook);
    let latest = |places: &mut dyn Iterator<Item = usize>| {
        places.fold(None, |best: Option<usize>, p| if best.is_some_and(|b| times[b].1 >= times[p].1) { best } else { Some(p) })
    };
    let mut found = vec![];
    let mut at = latest(&mut (0..runbook.steps.len()));
    while let Some(place) = at.filter(|p| !found.contains(p)) {
        found.push(place);
        let hour = runbook.steps[place].not_before.is_some();
        at = latest(&mut before[place].iter().copied()).filter(|b| !hour || times[*b].1 >= times[place].0);
    }
    found.iter().rev().map(|place| runbook.steps[*place].key.as_str()).collect()
}
