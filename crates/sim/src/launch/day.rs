//! One simulated day as production would measure it: the same cohorts, the same definitions.

use super::contact::{Contact, Standing};
use super::judge::Series;
use super::world::World;
use hypercare_core::signals::{Sample, Signal};
use hypercare_core::{Severity, Span, Timestamp};
use std::ops::Range;

/// What happened on a day, by category.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub settled: Vec<u64>,
    pub escalated: Vec<u64>,
    pub rated: Vec<(u64, u64)>,
    /// Open now, and how many of these are critical.
    pub open: Vec<(u64, u64)>,
    /// Place of the day's first contact.
    pub first: usize,
}

impl Tally {
    pub(crate) fn new(categories: usize) -> Self {
        let zeros = vec![0; categories];
        Self { settled: zeros.clone(), escalated: zeros, rated: vec![(0, 0); categories], open: vec![(0, 0); categories], first: 0 }
    }
    /// A contact began.
    pub(crate) fn opened(&mut self, contact: &Contact) {
        let open = &mut self.open[usize::from(contact.category)];
        open.0 += 1;
        open.1 += u64::from(contact.severity == Severity::Critical);
    }
    /// A contact ended.
    pub(crate) fn ended(&mut self, contact: &Contact) {
        let c = usize::from(contact.category);
        self.settled[c] += 1;
        self.open[c].0 -= 1;
        self.open[c].1 -= u64::from(contact.severity == Severity::Critical);
    }
    /// The next day begins; what is open stays open.
    pub(crate) fn next_day(&mut self, first: usize) {
        *self = Self { open: std::mem::take(&mut self.open), first, ..Self::new(self.settled.len()) };
    }
    /// Open in all categories.
    pub(crate) fn open_in_all(&self) -> u64 {
        self.open.iter().map(|o| o.0).sum()
    }

    /// The day of one signal, of one category or of the whole desk; none for what is not simulated.
    pub(crate) fn sample(&self, series: Series, contacts: &[Contact], day: &Range<Timestamp>) -> Option<Sample> {
        let Series { signal, category } = series;
        let until = day.end;
        let takes = |c: u8| category.is_none_or(|wanted| wanted == c);
        let opened: Vec<&Contact> = contacts[self.first..].iter().filter(|c| takes(c.category)).collect();
        let sum = |of: &[u64]| category.map_or_else(|| of.iter().sum(), |c| of[usize::from(c)]);
        let both = |of: &[(u64, u64)]| {
            let own = of.iter().enumerate().filter(|(i, _)| category.is_none_or(|c| usize::from(c) == *i));
            own.fold((0, 0), |sum, (_, n)| (sum.0 + n.0, sum.1 + n.1))
        };
        let share = |part: fn(&&&Contact) -> bool| Sample::share(opened.iter().filter(part).count() as u64, opened.len() as u64);
        Some(match signal {
            Signal::Contacts => Sample::count(opened.len() as u64),
            Signal::FirstResponse => first_response(&opened, until),
            Signal::Resolution => {
                let times: Vec<Span> =
                    opened.iter().filter(|c| c.standing != Standing::GivenUp).map(|c| c.ended_at.unwrap_or(until) - c.opened_at).collect();
                Sample::durations(&times)
            }
            Signal::Backlog => Sample::stock(both(&self.open).0 as f64, opened.len() as u64, sum(&self.settled)),
            Signal::Escalations => Sample::count(sum(&self.escalated)),
            Signal::RepeatShare => share(|c| c.repeated),
            Signal::ReassuranceShare => share(|c| c.reassurance),
            Signal::AssistantShare => share(|c| c.assistant && !c.needed_person),
            Signal::Csat => {
                let (rated, good) = both(&self.rated);
                Sample::share(good, rated)
            }
            Signal::CriticalOpen => Sample::level(both(&self.open).1 as f64),
            Signal::SlaAttainment => kept_on(contacts.iter().filter(|c| takes(c.category)), day),
            Signal::Confidence | Signal::Adoption | Signal::ReopenShare | Signal::CheckIn => return None,
        })
    }
}

/// As production has it: who still waits counts with the time so far once that is longer than the median of the answered.
fn first_response(opened: &[&Contact], until: Timestamp) -> Sample {
    let (mut times, mut waiting) = (Vec::new(), Vec::new());
    for c in opened.iter().filter(|c| c.needed_person) {
        match (c.first_response_at, c.ended_at) {
            (Some(at), _) => times.push(at - c.opened_at),
            (None, None) => waiting.push(until - c.opened_at),
            (None, Some(_)) => {}
        }
    }
    let median = Sample::durations(&times).value().unwrap_or_default();
    times.extend(waiting.into_iter().filter(|wait| wait.as_secs_f64() > median));
    Sample::durations(&times)
}

/// Of the promises that fell due on a day, those that were kept; who gave up before is owed nothing.
fn kept_on<'c>(contacts: impl Iterator<Item = &'c Contact>, day: &Range<Timestamp>) -> Sample {
    let (mut kept, mut all) = (0, 0);
    for c in contacts {
        for (late, met) in [(c.response_late_at, c.first_response_at), (c.settle_late_at, c.settle_met_at)] {
            let Some(late) = late.filter(|late| day.contains(late)) else { continue };
            let in_time = met.is_some_and(|at| at < late);
            if in_time || c.ended_at.is_none_or(|end| end >= late) {
                (kept, all) = (kept + u64::from(in_time), all + 1);
            }
        }
    }
    Sample::share(kept, all)
}

impl World {
    /// Place of a category by name.
    pub(crate) fn category_named(&self, name: &str) -> Option<u8> {
        self.categories.iter().position(|c| c.name == name).and_then(|i| u8::try_from(i).ok())
    }
}
