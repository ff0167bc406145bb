//! People at work: who is free, on a break, tired, or stays after the shift because many wait.

use super::assumptions::Team as Rules;
use super::roster::Shift;
use super::time::{HOUR, Micros, after, hours, micros};
use hypercare_core::Timestamp;
use std::collections::VecDeque;

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Free,
    Busy { contact: u32, since: Timestamp },
    Away,
    Gone,
}

/// One person on one shift.
#[derive(Clone, Debug)]
struct Person {
    from: Timestamp,
    to: Timestamp,
    doing: Doing,
    /// A break came due during work and is taken after it.
    owed_break: bool,
}

/// What people did, in hours since counting began.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hours {
    /// On duty, breaks and overtime included.
    pub on_duty: f64,
    /// On duty after the end of the shift.
    pub overtime: f64,
    /// On duty longer than people stay fresh.
    pub tired: f64,
    /// Working on contacts.
    pub busy: f64,
    /// On a break or otherwise not there.
    pub away: f64,
}

/// Everybody who is, was or will be on duty.
#[derive(Debug)]
pub(crate) struct Team<'a> {
    rules: &'a Rules,
    people: Vec<Person>,
    /// Free people, who has been so longest first.
    free: VecDeque<u32>,
    present: usize,
    count_from: Timestamp,
    pub hours: Hours,
}

impl<'a> Team<'a> {
    pub(crate) fn new(rules: &'a Rules, count_from: Timestamp) -> Self {
        Self { rules, people: vec![], free: VecDeque::new(), present: 0, count_from, hours: Hours::default() }
    }
    /// Puts a shift's people on duty; their numbers with when their breaks are due.
    pub(crate) fn begin(&mut self, shift: &Shift) -> Vec<(u32, Vec<Timestamp>)> {
        let length = (shift.to - shift.from).0;
        (0..shift.people)
            .map(|i| {
                let person = self.people.len() as u32;
                self.people.push(Person { from: shift.from, to: shift.to, doing: Doing::Free, owed_break: false });
                self.free.push_back(person);
                self.present += 1;
                // One break an hour, spread so that not everybody is away at once.
                let offset = (f64::from(i) + 0.5) / f64::from(shift.people) * (HOUR as f64 - self.pause() as f64);
                let breaks = (0..length / HOUR).map(|h| after(shift.from, h * HOUR + offset as Micros));
                (person, if self.rules.shrinkage > 0.0 { breaks.collect() } else { vec![] })
            })
            .collect()
    }
    fn pause(&self) -> Micros {
        (self.rules.shrinkage * HOUR as f64) as Micros
    }
    /// People there, whether free, busy or on a break.
    pub(crate) const fn present(&self) -> usize {
        self.present
    }
    /// Somebody free, who is then busy with `contact` for that long, and who it is. `work` becomes longer for the tired.
    pub(crate) fn work_on(&mut self, contact: u32, work: Micros, at: Timestamp) -> Option<(u32, Timestamp)> {
        let person = self.free.pop_front()?;
        let p = &mut self.people[person as usize];
        let tired = (at - p.from).0 >= self.rules.tired_after.0.0;
        p.doing = Doing::Busy { contact, since: at };
        let work = if tired { micros(work as f64 * self.rules.tired) } else { work };
        Some((person, after(at, work)))
    }
    /// Whether somebody is free.
    pub(crate) fn has_free(&self) -> bool {
        !self.free.is_empty()
    }
    /// The person is done: with which contact.
    pub(crate) fn done(&mut self, person: u32, at: Timestamp) -> Option<u32> {
        let Doing::Busy { contact, since } = self.people[person as usize].doing else { return None };
        self.hours.busy += self.counted(since, at);
        self.people[person as usize].doing = Doing::Away;
        Some(contact)
    }
    /// What a person who is done or back does next. `too_many` wait, so that people stay if nobody sends them home.
    /// The time at which a break ends, if one begins.
    pub(crate) fn go_on(&mut self, person: u32, at: Timestamp, too_many: bool) -> Option<Timestamp> {
        let p = &mut self.people[person as usize];
        if p.doing != Doing::Away {
            return None;
        }
        if at >= p.to {
            let stays = too_many && at < after(p.to, self.rules.overtime.0.0);
            if stays {
                p.doing = Doing::Free;
                self.free.push_back(person);
            } else {
                self.leave(person, at);
            }
            return None;
        }
        if std::mem::take(&mut p.owed_break) {
            return Some(self.rest(person, at));
        }
        p.doing = Doing::Free;
        self.free.push_back(person);
        None
    }
    /// A break is due: taken at once by whoever is free, owed by whoever works. The time at which it ends, if it begins.
    pub(crate) fn break_due(&mut self, person: u32, at: Timestamp) -> Option<Timestamp> {
        let p = &mut self.people[person as usize];
        match p.doing {
            Doing::Free => {
                self.free.retain(|free| *free != person);
                Some(self.rest(person, at))
            }
            Doing::Busy { .. } => {
                p.owed_break = true;
                None
            }
            Doing::Away | Doing::Gone => None,
        }
    }
    /// The shift ends; whoever works finishes that first, and may stay while `too_many` wait.
    pub(crate) fn shift_ends(&mut self, person: u32, at: Timestamp) {
        if self.people[person as usize].doing == Doing::Free {
            self.free.retain(|free| *free != person);
            self.leave(person, at);
        }
    }
    /// Everybody leaves: the horizon has ended.
    pub(crate) fn close(&mut self, at: Timestamp) {
        for person in 0..self.people.len() as u32 {
            if let Doing::Busy { since, .. } = self.people[person as usize].doing {
                self.hours.busy += self.counted(since, at);
            }
            if self.people[person as usize].doing != Doing::Gone {
                self.leave(person, at);
            }
        }
    }

    fn rest(&mut self, person: u32, at: Timestamp) -> Timestamp {
        // No break is longer than the shift.
        let back = after(at, self.pause()).min(self.people[person as usize].to.max(at));
        self.people[person as usize].doing = Doing::Away;
        self.hours.away += self.counted(at, back);
        back
    }
    fn leave(&mut self, person: u32, at: Timestamp) {
        self.people[person as usize].doing = Doing::Gone;
        self.present -= 1;
        let (from, to) = (self.people[person as usize].from, self.people[person as usize].to);
        self.hours.on_duty += self.counted(from, at);
        self.hours.overtime += self.counted(to, at);
        self.hours.tired += self.counted(after(from, self.rules.tired_after.0.0), at);
    }
    fn counted(&self, from: Timestamp, to: Timestamp) -> f64 {
        hours((to - from.max(self.count_from)).0.max(0))
    }
}
