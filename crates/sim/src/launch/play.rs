//! One launch: events in order of time, from the warm-up before the baseline to the end of the horizon.
//!
//! `play.rs` has the loop and the end of days; [`super::visits`] what customers do; [`super::duty`] what people do.

use super::arrivals::Customer;
use super::contact::{Contact, Draws};
use super::day::Tally;
use super::events::{Agenda, Event, Waiting};
use super::judge::Judge;
use super::measures::{Measure, Measures};
use super::promises::Decided;
use super::random::Root;
use super::roster::Shift;
use super::stages::Stages;
use super::team::Team;
use super::world::World;
use hypercare_core::Timestamp;

/// What is played.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub world: &'a World,
    pub root: Root,
    pub customers: &'a [Customer],
    pub roster: &'a [Shift],
    pub measures: Measures,
}

/// A launch while it is played.
pub(crate) struct Play<'a> {
    pub set: Setting<'a>,
    pub draws: Draws<'a>,
    pub now: Timestamp,
    pub agenda: Agenda,
    pub contacts: Vec<Contact>,
    /// When each customer last wrote.
    pub wrote: Vec<Option<Timestamp>>,
    pub waiting: Waiting,
    pub team: Team<'a>,
    pub tally: Tally,
    pub decided: Decided,
    pub judge: Judge<'a>,
    pub stages: Stages,
    /// Whether the window is open: from go-live until exit is allowed.
    pub open: bool,
    pub day: usize,
    pub log: Log,
}

/// What a launch came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Log {
    /// Day of the window on which exit was first allowed, the day of go-live being 1.
    pub exit_day: Option<usize>,
    /// From go-live on, by day: contacts that began, and what was open at its end.
    pub days: Vec<(u64, u64)>,
    /// Most open at any moment since go-live.
    pub peak: u64,
    /// Messages by customers who asked again while waiting, since go-live.
    pub chasers: u64,
    /// Live customers who gave up, since go-live.
    pub given_up: u64,
    /// Live customers since go-live.
    pub live: u64,
    /// Customers who found an answer instead of writing.
    pub spared: u64,
    /// Times a return to normal promises was taken back.
    pub reverts: u64,
    /// Open conversations whose promises were made tighter after that.
    pub tightened: u64,
    /// Days since go-live on which promises broke too fast.
    pub burn_days: u64,
}

impl<'a> Play<'a> {
    /// Plays it to the end.
    pub(crate) fn run(set: Setting<'a>) -> Self {
        let world = set.world;
        let mut play = Self {
            set,
            draws: Draws { root: set.root, world },
            now: world.starts(),
            agenda: Agenda::new(world.ends()),
            contacts: Vec::with_capacity(set.customers.len() * 3 / 2),
            wrote: vec![None; set.customers.len()],
            waiting: Waiting::default(),
            team: Team::new(&world.assumptions.team, world.go_live),
            tally: Tally::new(world.categories.len()),
            decided: Decided::default(),
            judge: Judge::new(world, Stages::series(world, set.measures.has(Measure::Stages))),
            stages: Stages::new(world),
            open: false,
            day: 0,
            log: Log::default(),
        };
        play.agenda.plan(world.go_live, Event::GoLive);
        // Midnights and shifts first: what happens at the same instant comes after them.
        for (_, midnight) in &world.midnights[1..] {
            play.agenda.plan(*midnight, Event::Midnight);
        }
        for (number, shift) in (0_u32..).zip(set.roster) {
            play.agenda.plan(shift.from, Event::ShiftBegins(number));
        }
        if let Some(first) = set.customers.first() {
            play.agenda.plan(first.at, Event::Arrives(0));
        }
        while let Some((at, event)) = play.agenda.next() {
            play.now = at;
            play.happens(event);
        }
        play.now = world.ends();
        play.team.close(play.now);
        play
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Arrives(customer) => self.arrives(customer),
            Event::ComesBack(contact) => self.comes_back(contact),
            Event::TriesAgain(contact) => self.tries_again(contact),
            Event::GivesUp(contact) => self.gives_up(contact),
            Event::Asks(contact) => self.asks(contact),
            Event::WantsPerson(contact) => self.wants_person(contact),
            Event::Settles(contact) => self.settles(contact),
            Event::Late(contact, promise) => self.late(contact, promise),
            Event::Done(person) => self.done(person),
            Event::ShiftBegins(shift) => self.shift_begins(shift),
            Event::ShiftEnds(person) => self.shift_ends(person),
            Event::BreakDue(person) => self.break_due(person),
            Event::Back(person) => self.back(person),
            Event::GoLive => self.open = true,
            Event::Midnight => self.midnight(),
        }
    }

    /// Whether a measure works now.
    pub(crate) fn works(&self, measure: Measure) -> bool {
        self.set.measures.has(measure) && self.is_live()
    }
    /// Whether go-live has been.
    pub(crate) fn is_live(&self) -> bool {
        self.now >= self.set.world.go_live
    }

    fn midnight(&mut self) {
        let world = self.set.world;
        let alerts = if world.judged { self.decided.alerts(world, self.day_began()) } else { vec![] };
        if self.day >= world.first_day() {
            self.log.burn_days += u64::from(!alerts.is_empty());
        }
        if world.judged {
            self.judge.close(self.day, &self.tally, &self.contacts, alerts);
        }
        if self.day >= world.first_day() {
            let opened = (self.contacts.len() - self.tally.first) as u64;
            self.log.days.push((opened, self.tally.open_in_all()));
            if world.judged {
                self.judged_day();
            }
        }
        self.decided.forget(self.now);
        self.tally.next_day(self.contacts.len());
        self.day += 1;
    }

    fn judged_day(&mut self) {
        if self.set.measures.has(Measure::Stages) && self.open {
            let back = self.stages.day(self.set.world, &self.judge, self.burning(), self.now);
            self.went_back(&back);
        }
        if self.log.exit_day.is_none() && self.judge.may_exit(self.now) {
            self.log.exit_day = Some(self.day - self.set.world.first_day() + 1);
            self.open = false;
        }
    }
}
