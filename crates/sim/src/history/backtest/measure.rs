//! Every day of every signal, as it was known when the day ended.
//!
//! A day's cohort are the tickets that became known on it. What was not settled or answered then counts with its time so far; what
//! happened later is not looked at. That is how production measures a day when it closes it.

use super::frame::Frame;
use crate::history::{History, Ticket};
use hypercare_core::signals::cohort::{self, Time};
use hypercare_core::signals::{Sample, Signal};
use hypercare_core::{Severity, Span, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// How far back a repeat looks.
const REPEAT: Span = Span::days(7);
/// The days of that, the day itself included; within them a settled ticket that comes back counts as reopened.
const LOOK_BACK_DAYS: usize = 7;

/// One day as it was known at its end.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Tickets that were opened on it. The log shows a few of them only after midnight; the samples take them when it does.
    pub opened: u64,
    /// Tickets that were settled on it, and were still when it ended.
    pub resolved: u64,
    /// Open when it began.
    pub open_at_start: u64,
    /// Open when it ended.
    pub open_at_end: u64,
    /// Times that tickets came back.
    pub reopened: u64,
    /// Times that tickets were handed to another team.
    pub handovers: u64,
    /// The samples of what the export measures.
    pub samples: BTreeMap<Signal, Sample>,
}

/// What happens on a day, by place in [`History::tickets`].
#[derive(Clone, Debug, Default)]
struct Happenings {
    opened: u64,
    known: Vec<usize>,
    settled: u64,
    unsettled: u64,
    handed: Vec<usize>,
    reopened: u64,
    ratings: u64,
    good: u64,
}

/// All days of the frame.
pub fn measure(history: &History, frame: &Frame) -> Vec<Measured> {
    let happenings = sorted(history, frame);
    let critical: Vec<&Ticket> = history.tickets.iter().filter(|t| t.looks.iter().any(|l| l.severity == Severity::Critical)).collect();
    let mut asked: HashMap<(u32, u32), Timestamp> = HashMap::new();
    let (mut open, mut open_as_known) = (0, 0);
    let back = history.measured.reopened.then(|| reopen_shares(history, frame));
    let mut days = Vec::with_capacity(happenings.len());
    for (place, mut today) in happenings.into_iter().enumerate() {
        let until = frame.end(place);
        let cohort: Vec<&Ticket> = today.known.iter().filter_map(|i| history.tickets.get(*i)).collect();
        let known = cohort.len() as u64;
        let open_at_start = open;
        open = (open + today.opened + today.unsettled).saturating_sub(today.settled);
        open_as_known = (open_as_known + known + today.unsettled).saturating_sub(today.settled);
        let handovers = today.handed.len() as u64;
        today.handed.dedup();
        let mut samples = BTreeMap::new();
        samples.insert(Signal::Contacts, Sample::count(known));
        samples.insert(Signal::Resolution, resolution(&cohort, until));
        samples.insert(Signal::Backlog, Sample::stock(open_as_known as f64, known, today.settled));
        if history.measured.first_response {
            samples.insert(Signal::FirstResponse, first_response(&cohort, until));
        }
        if history.measured.handed {
            samples.insert(Signal::Escalations, Sample::count(today.handed.len() as u64));
        }
        if history.measured.contacts {
            let repeated = cohort.iter().filter(|t| repeats(history, t, until, &mut asked)).count() as u64;
            samples.insert(Signal::RepeatShare, looking_back(place, Sample::share(repeated, known)));
        }
        if history.measured.ratings {
            samples.insert(Signal::Csat, Sample::share(today.good, today.ratings));
        }
        if let Some(share) = back.as_ref().and_then(|shares| shares.get(place)) {
            samples.insert(Signal::ReopenShare, looking_back(place, *share));
        }
        let is_critical = |t: &&&Ticket| t.is_open_at(until) && t.look_by(until).is_some_and(|l| l.severity == Severity::Critical);
        samples.insert(Signal::CriticalOpen, Sample::level(critical.iter().filter(is_critical).count() as f64));
        days.push(Measured {
            opened: today.opened,
            resolved: today.settled,
            open_at_start,
            open_at_end: open,
            reopened: today.reopened,
            handovers,
            samples,
        });
    }
    days
}

/// What looks back a week is not known in the first week of a log: its past is not in it.
fn looking_back(place: usize, sample: Sample) -> Sample {
    if place < LOOK_BACK_DAYS { sample.incomplete() } else { sample }
}

fn sorted(history: &History, frame: &Frame) -> Vec<Happenings> {
    let mut days = vec![Happenings::default(); frame.days().len()];
    let mut on = |at: Timestamp, what: &mut dyn FnMut(&mut Happenings)| {
        if let Some(day) = frame.place(at).and_then(|place| days.get_mut(place)) {
            what(day);
        }
    };
    for (index, ticket) in history.tickets.iter().enumerate() {
        on(ticket.opened, &mut |day| day.opened += 1);
        on(ticket.known, &mut |day| day.known.push(index));
        for (since, until) in &ticket.settled {
            // Settled before the log shows it: it leaves the stock on the day on which it entered it.
            on((*since).max(ticket.known), &mut |day| day.settled += 1);
            if let Some(until) = until {
                on(*until, &mut |day| day.unsettled += 1);
            }
        }
        ticket.handed.iter().for_each(|at| on(*at, &mut |day| day.handed.push(index)));
        ticket.reopened.iter().for_each(|at| on(*at, &mut |day| day.reopened += 1));
        if let Some((at, points)) = ticket.rated {
            on(at, &mut |day| {
                day.ratings += 1;
                day.good += u64::from(points >= 4);
            });
        }
    }
    days
}

/// Of the tickets settled in the seven days to each day, the share that came back within those days.
fn reopen_shares(history: &History, frame: &Frame) -> Vec<Sample> {
    let mut days = vec![(0, 0); frame.days().len()];
    for ticket in &history.tickets {
        for closing in &ticket.closings {
            let Some(from) = frame.place(*closing) else { continue };
            let back = ticket.reopened.iter().find(|at| *at > closing).and_then(|at| frame.place(*at));
            for (place, (part, whole)) in days.iter_mut().enumerate().skip(from).take(LOOK_BACK_DAYS) {
                *whole += 1;
                *part += u64::from(back.is_some_and(|back| back <= place));
            }
        }
    }
    days.into_iter().map(|(part, whole)| Sample::share(part, whole)).collect()
}

/// Of all that began; what is not settled counts as "longer than so far".
fn resolution(cohort: &[&Ticket], until: Timestamp) -> Sample {
    let time = |t: &&Ticket| match t.settled_by(until) {
        Some(at) => Time::over(at - t.opened),
        None => Time::so_far(until - t.opened),
    };
    cohort::sample(&cohort.iter().map(time).collect::<Vec<_>>())
}

/// By when half had an answer; who still waits counts as "longer than so far". Settled without an answer: nobody waits for one.
fn first_response(cohort: &[&Ticket], until: Timestamp) -> Sample {
    let time = |t: &&Ticket| match (t.first_response.filter(|at| *at < until), t.settled_by(until)) {
        (Some(at), _) => Some(Time::over(at - t.opened)),
        (None, None) => Some(Time::so_far(until - t.opened)),
        (None, Some(_)) => None,
    };
    cohort::sample(&cohort.iter().filter_map(time).collect::<Vec<_>>())
}

/// Whether the same person asked about the same topic within the seven days before.
fn repeats(history: &History, ticket: &Ticket, until: Timestamp, asked: &mut HashMap<(u32, u32), Timestamp>) -> bool {
    let (Some(contact), Some(look)) = (ticket.contact, ticket.look_by(until)) else { return false };
    let values = history.tuples.values(look.dimensions);
    let topic = history.topic.iter().filter_map(|i| values.get(*i).copied()).find(|value| *value != 0).unwrap_or_default();
    let before = asked.insert((contact, topic), ticket.known);
    before.is_some_and(|at| ticket.known - at <= REPEAT)
}
