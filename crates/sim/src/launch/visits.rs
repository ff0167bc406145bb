//! What customers do: write, wait, ask again, give up, come back.

use super::contact::{Contact, Standing, Why, next_step};
use super::events::Event;
use super::judge::rank;
use super::measures::Measure;
use super::play::Play;
use super::promises::Promise;
use super::time::{DAY, Micros, after};
use hypercare_core::Severity;
use hypercare_core::clock::Policy;

/// A contact repeats one of the same customer within this time.
const REPEAT_WITHIN: Micros = 7 * DAY;
/// Times that one matter comes back at most.
const CHAIN_LIMIT: u64 = 50;
/// Live contacts are due this long after they began, where nothing is promised.
const UNPROMISED: Micros = 365 * DAY;

impl<'a> Play<'a> {
    pub(crate) fn arrives(&mut self, customer: u32) {
        let number = customer as usize;
        if let Some(next) = self.set.customers.get(number + 1) {
            self.agenda.plan(next.at, Event::Arrives(customer + 1));
        }
        let who = self.set.customers[number];
        if who.change && self.answers_work() && self.draws.article(customer, &self.set.world.categories[usize::from(who.category)]).1 {
            self.log.spared += 1;
            return;
        }
        self.begins(customer, 0, Why::First);
    }

    pub(crate) fn comes_back(&mut self, before: u32) {
        let c = &self.contacts[before as usize];
        self.begins(c.customer, next_step(c.step, Why::Reconnect, 0), Why::Reconnect);
    }

    pub(crate) fn tries_again(&mut self, before: u32) {
        let c = &self.contacts[before as usize];
        self.begins(c.customer, next_step(c.step, Why::Redial, 0), Why::Redial);
    }

    /// Whether published answers help now.
    fn answers_work(&self) -> bool {
        self.set.measures.has(Measure::Answers) && self.now >= self.set.world.answers_from()
    }
    /// Whether they help with this contact.
    fn answer_helps(&self, contact: &Contact) -> bool {
        contact.change && self.answers_work() && self.draws.article(contact.customer, &self.set.world.categories[usize::from(contact.category)]).0
    }

    fn begins(&mut self, customer: u32, step: u64, why: Why) {
        let who = self.set.customers[customer as usize];
        let category = &self.set.world.categories[usize::from(who.category)];
        let (severity, live, reassurance) = self.draws.matter(customer, step, category, who.change);
        let repeated = self.wrote[customer as usize].is_some_and(|at| (self.now - at).0 <= REPEAT_WITHIN);
        self.wrote[customer as usize] = Some(self.now);
        let mut contact = Contact {
            customer,
            step,
            why,
            category: who.category,
            change: who.change,
            severity,
            // Who finds nobody there leaves a message.
            live: live && why != Why::Chaser && self.team.present() > 0,
            standing: Standing::Waiting,
            opened_at: self.now,
            first_response_at: None,
            ended_at: None,
            needed_person: true,
            assistant: false,
            repeated,
            reassurance: reassurance || why == Why::Chaser,
            work_from: None,
            due_at: None,
            promised_at: self.now,
            promised_normally: false,
            response_late_at: None,
            settle_due_at: None,
            settle_late_at: None,
            settle_met_at: None,
            chasers: 0,
        };
        self.tally.opened(&contact);
        let number = self.contacts.len() as u32;
        if self.is_live() {
            self.log.live += u64::from(contact.live);
            self.log.peak = self.log.peak.max(self.tally.open_in_all());
        }
        let says = self.works(Measure::Assistant).then(|| self.draws.assistant(&contact)).flatten();
        if let Some(more) = says {
            (contact.assistant, contact.needed_person, contact.standing) = (true, false, Standing::Answered);
            let silence = self.set.world.plan.assistant.resolve_after.0.0;
            match more {
                Some(time) if time < silence => self.agenda.plan(after(self.now, time), Event::WantsPerson(number)),
                _ => self.agenda.plan(after(self.now, silence), Event::Settles(number)),
            }
            self.contacts.push(contact);
            return;
        }
        self.contacts.push(contact);
        self.waits(number);
    }

    /// The assistant's answer was not enough: from now on a person is owed.
    pub(crate) fn wants_person(&mut self, number: u32) {
        let contact = &mut self.contacts[number as usize];
        if contact.standing == Standing::Answered {
            (contact.needed_person, contact.standing) = (true, Standing::Waiting);
            self.waits(number);
        }
    }

    /// A contact joins those who wait for a person.
    fn waits(&mut self, number: u32) {
        let (policy, tight) = (self.policy(number), self.is_tight(number));
        let contact = &mut self.contacts[number as usize];
        contact.promised_normally = !tight;
        contact.promise(policy, &self.set.world.categories[usize::from(contact.category)].name, self.now);
        let due = contact.due_at.unwrap_or(after(self.now, UNPROMISED));
        self.waiting.add(rank(contact.severity, contact.live), due, number);
        self.watch(number);
        let contact = &self.contacts[number as usize];
        if contact.live {
            let patience = self.draws.patience(&self.contacts[number as usize]).0;
            self.agenda.plan(after(self.now, patience), Event::GivesUp(number));
        } else {
            self.plan_chaser(number, 1);
        }
        self.hand_out();
    }

    /// Which promises hold for a contact, as in production: those of the window for the change while it is open.
    fn policy(&self, number: u32) -> Option<&'a Policy> {
        let world = self.set.world;
        if self.is_tight(number) { world.hypercare.as_ref().or(world.normal.as_ref()) } else { world.normal.as_ref() }
    }

    fn is_tight(&self, number: u32) -> bool {
        let contact = &self.contacts[number as usize];
        contact.change && self.open && !self.stages.is_normal(contact.category)
    }

    /// When a waiting customer asks for the n-th time: not before what was promised.
    fn plan_chaser(&mut self, number: u32, n: u32) {
        let contact = &self.contacts[number as usize];
        if contact.why == Why::Chaser || n > self.set.world.assumptions.chasers.most {
            return;
        }
        let promised = if contact.first_response_at.is_none() { contact.due_at } else { contact.settle_due_at };
        let Some(from) = promised.map(|at| at.max(self.now)) else { return };
        let often = if self.works(Measure::Updates) { self.set.world.assumptions.chasers.with_updates } else { 1.0 };
        let (time, _) = self.draws.chaser(contact, n, often);
        if let Some(at) = self.set.world.business.add(from, time) {
            self.agenda.plan(at, Event::Asks(number));
        }
    }

    pub(crate) fn asks(&mut self, number: u32) {
        let contact = &mut self.contacts[number as usize];
        // Another team's answer is promised for later than the first one was.
        let waits = match contact.standing {
            Standing::Waiting => true,
            Standing::Elsewhere => contact.settle_due_at.is_some_and(|due| due <= self.now),
            _ => false,
        };
        if !waits {
            return;
        }
        contact.chasers += 1;
        let (customer, step, n) = (contact.customer, contact.step, contact.chasers);
        if self.is_live() {
            self.log.chasers += 1;
        }
        let (_, new) = self.draws.chaser(&self.contacts[number as usize], n, 1.0);
        self.plan_chaser(number, n + 1);
        if new {
            self.begins(customer, next_step(step, Why::Chaser, n), Why::Chaser);
        }
    }

    pub(crate) fn gives_up(&mut self, number: u32) {
        if self.contacts[number as usize].standing != Standing::Waiting {
            return;
        }
        self.waiting.left();
        self.end(number, Standing::GivenUp);
        if self.is_live() {
            self.log.given_up += 1;
        }
        if let Some(time) = self.draws.patience(&self.contacts[number as usize]).1 {
            self.agenda.plan(after(self.now, time), Event::TriesAgain(number));
        }
    }

    /// What was waited for has come: silence, the customer's word, or another team's work.
    pub(crate) fn settles(&mut self, number: u32) {
        match self.contacts[number as usize].standing {
            Standing::Elsewhere => self.worked(number),
            Standing::Answered | Standing::Unconfirmed => self.settle(number),
            _ => {}
        }
    }

    /// The work is done; some customers are asked whether all is well.
    fn worked(&mut self, number: u32) {
        let now = self.now;
        let contact = &mut self.contacts[number as usize];
        contact.settle_met_at = Some(now);
        self.met(number, Promise::Settling);
        match self.draws.confirmation(&self.contacts[number as usize]) {
            None => self.settle(number),
            Some(time) => {
                self.contacts[number as usize].standing = Standing::Unconfirmed;
                self.agenda.plan(after(now, time), Event::Settles(number));
            }
        }
    }

    /// A contact is settled.
    fn settle(&mut self, number: u32) {
        let contact = &self.contacts[number as usize];
        let in_time = contact.response_late_at.zip(contact.first_response_at).is_none_or(|(late, at)| at < late);
        let less = if self.answer_helps(contact) { self.set.world.assumptions.answers.reconnect } else { 1.0 };
        let chain = contact.step & 0xffff;
        let back = if contact.why == Why::Chaser || chain >= CHAIN_LIMIT { None } else { self.draws.reconnect(contact, less) };
        if contact.why != Why::Chaser
            && let Some(good) = self.draws.rating(contact, in_time)
        {
            let rated = &mut self.tally.rated[usize::from(contact.category)];
            *rated = (rated.0 + 1, rated.1 + u64::from(good));
        }
        self.end(number, Standing::Settled);
        if let Some(time) = back {
            self.agenda.plan(after(self.now, time), Event::ComesBack(number));
        }
    }

    fn end(&mut self, number: u32, how: Standing) {
        let contact = &mut self.contacts[number as usize];
        (contact.standing, contact.ended_at) = (how, Some(self.now));
        self.tally.ended(contact);
    }

    /// A person answers, for the first time or again.
    pub(crate) fn responds(&mut self, number: u32) {
        let contact = &mut self.contacts[number as usize];
        if contact.first_response_at.is_none() {
            contact.first_response_at = Some(self.now);
            self.met(number, Promise::Response);
        }
    }

    /// Work on a contact is over: it is settled, or another team has it now.
    pub(crate) fn served(&mut self, number: u32) {
        let now = self.now;
        self.responds(number);
        let contact = &mut self.contacts[number as usize];
        let Some(time) = self.draws.escalation(contact) else { return self.worked(number) };
        contact.standing = Standing::Elsewhere;
        self.tally.escalated[usize::from(contact.category)] += 1;
        let critical = contact.severity == Severity::Critical;
        let asked = contact.chasers;
        // What another team cannot finish within the horizon stays open.
        let at = if critical { Some(after(now, time)) } else { self.set.world.business.add(now, time) };
        if let Some(at) = at {
            self.agenda.plan(at, Event::Settles(number));
        }
        self.plan_chaser(number, asked + 1);
    }

    /// How long a contact takes to work on, with what its chasers add and what known answers spare.
    pub(crate) fn work(&self, number: u32) -> Micros {
        let contact = &self.contacts[number as usize];
        let a = &self.set.world.assumptions;
        let own = self.draws.service(contact);
        let own = if self.answer_helps(contact) { super::time::micros(own as f64 * a.answers.service) } else { own };
        own + i64::from(contact.chasers) * a.chasers.work.0.0
    }
}
