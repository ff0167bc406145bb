//! One conversation of a simulated customer, and what chance has in store for it.

use super::assumptions::Assumptions;
use super::random::{Purpose, Root, Stream};
use super::time::{Micros, micros};
use super::world::{Category, World};
use hypercare_core::clock::{Clock, ClockKind, Policy, Subject};
use hypercare_core::{Severity, Timestamp};

/// Why a customer writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// For the first time.
    First,
    /// The matter came back after service.
    Reconnect,
    /// They gave up waiting and try again.
    Redial,
    /// They ask what has become of another conversation.
    Chaser,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Waits for a person.
    Waiting,
    /// A person works on it.
    InWork,
    /// The assistant has answered; silence will settle it.
    Answered,
    /// Another team has it.
    Elsewhere,
    /// The work is done; the customer has not said yet that all is well.
    Unconfirmed,
    /// Settled.
    Settled,
    /// The customer gave up waiting.
    GivenUp,
}

/// A conversation.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub customer: u32,
    /// Which of the customer's contacts: names its draws, the same in every arm.
    pub step: u64,
    pub why: Why,
    pub category: u8,
    pub change: bool,
    pub severity: Severity,
    pub live: bool,
    pub standing: Standing,
    pub opened_at: Timestamp,
    pub first_response_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub needed_person: bool,
    pub assistant: bool,
    pub repeated: bool,
    pub reassurance: bool,
    /// When work began: the end of waiting.
    pub work_from: Option<Timestamp>,
    /// When a first reply is due, for the order of work.
    pub due_at: Option<Timestamp>,
    /// Since when something is owed, and whether the normal way: then a step back can make it tighter.
    pub promised_at: Timestamp,
    pub promised_normally: bool,
    /// First instant at which the first reply is late.
    pub response_late_at: Option<Timestamp>,
    /// When settling is due.
    pub settle_due_at: Option<Timestamp>,
    /// First instant at which settling is late.
    pub settle_late_at: Option<Timestamp>,
    /// When the work on it was done: waiting for the customer does not count.
    pub settle_met_at: Option<Timestamp>,
    /// Times the customer has asked again in it.
    pub chasers: u32,
}

impl Contact {
    /// Binds what `policy` promises from `at` on, by the rules of production.
    pub(crate) fn promise(&mut self, policy: Option<&Policy>, category: &str, at: Timestamp) {
        let Some(policy) = policy else { return };
        self.promised_at = at;
        if let Some(response) = self.clock(ClockKind::FirstResponse, policy, category) {
            (self.due_at, self.response_late_at) = (response.due_at, response.late_at);
        }
        if let Some(settle) = self.clock(ClockKind::Resolution, policy, category) {
            (self.settle_due_at, self.settle_late_at) = (settle.due_at, settle.late_at);
        }
    }

    /// What was promised by `old` is tightened to `new`, by the rules of production: never late at that instant, never due
    /// later. Whether that changed anything.
    pub(crate) fn tighten(&mut self, old: &Policy, new: &Policy, category: &str, now: Timestamp) -> bool {
        self.promised_normally = false;
        let tighter = |kind| self.clock(kind, old, category).and_then(|clock| clock.with_facts(now).tightened(now, &old.calendar, new));
        let response = tighter(ClockKind::FirstResponse).filter(|_| self.first_response_at.is_none());
        let settle = tighter(ClockKind::Resolution).filter(|_| self.settle_met_at.is_none());
        if let Some(response) = &response {
            (self.due_at, self.response_late_at) = (response.due_at, response.late_at);
        }
        if let Some(settle) = &settle {
            (self.settle_due_at, self.settle_late_at) = (settle.due_at, settle.late_at);
        }
        response.is_some() || settle.is_some()
    }

    /// The clock that began to run when something was promised.
    fn clock(&self, kind: ClockKind, policy: &Policy, category: &str) -> Option<Clock> {
        let subject = Subject { about_change: self.change, category: Some(category), severity: self.severity };
        let at = self.promised_at;
        Clock::new(kind, 1, policy, subject, at).map(|c| c.resumed(at, &policy.calendar, policy.version))
    }
}

/// What a contact's step number is, so that each has draws of its own: the chain of coming back, the tries to get
/// through, the chasers.
pub(crate) fn next_step(step: u64, why: Why, number: u32) -> u64 {
    match why {
        Why::First => step,
        Why::Reconnect => step + 1,
        Why::Redial => step + (1 << 16),
        Why::Chaser => (step + (u64::from(number) << 32)) | (1 << 48),
    }
}

/// The draws of contacts.
#[derive(Clone, Copy)]
pub(crate) struct Draws<'a> {
    pub root: Root,
    pub world: &'a World,
}

impl Draws<'_> {
    fn stream(self, purpose: Purpose, contact: &Contact) -> Stream {
        self.root.stream(purpose, u64::from(contact.customer), contact.step)
    }
    fn assumptions(&self) -> &Assumptions {
        &self.world.assumptions
    }
    fn category(&self, contact: &Contact) -> &Category {
        &self.world.categories[usize::from(contact.category)]
    }

    /// How much a customer's matter hurts, whether they wait live, and whether they only want to be reassured. A matter
    /// of the change is as severe as one of the plan's scenarios.
    pub(crate) fn matter(self, customer: u32, step: u64, category: &Category, change: bool) -> (Severity, bool, bool) {
        let mut of_customer = self.root.stream(Purpose::Matter, u64::from(customer), 0);
        let u = of_customer.unit();
        let severity = if change && !category.severities.is_empty() {
            category.severities[(u * category.severities.len() as f64) as usize % category.severities.len()]
        } else {
            let mix = &self.assumptions().severity;
            match u {
                u if u < mix.critical => Severity::Critical,
                u if u < mix.critical + mix.high => Severity::High,
                u if u < mix.critical + mix.high + mix.normal => Severity::Normal,
                _ => Severity::Low,
            }
        };
        let live = of_customer.chance(self.world.live_share);
        let reassurance = &self.assumptions().reassurance;
        let mut of_contact = self.root.stream(Purpose::Matter, u64::from(customer), step + 1);
        (severity, live, of_contact.chance(if change { reassurance.launch } else { reassurance.normal }))
    }
    /// Work that a contact makes, before fatigue.
    pub(crate) fn service(self, contact: &Contact) -> Micros {
        let (work, given) = (&self.assumptions().chasers, &self.assumptions().service);
        if contact.why == Why::Chaser {
            return work.work.0.0.max(1);
        }
        let mean = self.category(contact).service as f64;
        let mut stream = self.stream(Purpose::Service, contact);
        micros(if given.exponential { mean * stream.exponential() } else { stream.lognormal_by_mean(mean, given.cv) })
    }
    /// How long a live customer waits; and when they try again, if they do.
    pub(crate) fn patience(self, contact: &Contact) -> (Micros, Option<Micros>) {
        let live = &self.assumptions().live;
        let mut stream = self.stream(Purpose::Patience, contact);
        let patience = stream.exponential_time(live.patience.0.0);
        let again = stream.chance(live.redial);
        (patience, again.then(|| stream.exponential_time(live.redial_after.0.0)))
    }
    /// When a served customer comes back, if they do; `less` is what known answers leave of it.
    pub(crate) fn reconnect(self, contact: &Contact, less: f64) -> Option<Micros> {
        let a = &self.assumptions().reconnect;
        let mut stream = self.stream(Purpose::Reconnect, contact);
        let comes_back = stream.chance(less * if contact.change { a.launch } else { a.normal });
        comes_back.then(|| micros(stream.lognormal(a.median.0.0 as f64, a.sigma)))
    }
    /// Working time until a waiting customer asks again for the `n`-th time, and whether in a new conversation.
    pub(crate) fn chaser(self, contact: &Contact, n: u32, often: f64) -> (Micros, bool) {
        let a = &self.assumptions().chasers;
        let mut stream = self.root.stream(Purpose::Chaser, u64::from(contact.customer), contact.step + (u64::from(n) << 32));
        let time = micros(stream.exponential() * a.every.0.0 as f64 / often.max(1e-6));
        (time, stream.chance(a.new))
    }
    /// How long another team takes, if it is needed: working time, around the clock for critical matters.
    pub(crate) fn escalation(self, contact: &Contact) -> Option<Micros> {
        let a = &self.assumptions().escalation;
        let critical = contact.severity == Severity::Critical;
        let share = match (critical, contact.change) {
            (true, _) => a.critical,
            (_, true) => a.launch,
            (_, false) => a.normal,
        };
        let mut stream = self.stream(Purpose::Escalation, contact);
        let needed = contact.why != Why::Chaser && stream.chance(share);
        let median = if critical { a.median_critical } else { a.median };
        needed.then(|| micros(stream.lognormal(median.0.0 as f64, a.sigma)))
    }
    /// How long the customer takes to confirm that all is well, if that is waited for. A blocked customer whose way is
    /// free again is not.
    pub(crate) fn confirmation(self, contact: &Contact) -> Option<Micros> {
        let a = &self.assumptions().confirmation;
        let mut stream = self.stream(Purpose::Confirmation, contact);
        let waits = contact.why != Why::Chaser && !contact.severity.is_blocker() && stream.chance(a.share);
        waits.then(|| micros(stream.lognormal(a.median.0.0 as f64, a.sigma)))
    }
    /// What the assistant does: nothing, settle it, or answer and be asked for a person after that time.
    pub(crate) fn assistant(self, contact: &Contact) -> Option<Option<Micros>> {
        let a = &self.assumptions().assistant;
        let mut stream = self.stream(Purpose::Assistant, contact);
        let answers = stream.chance(self.world.assistant_share) && contact.change && self.article(contact.customer, self.category(contact)).0;
        if !answers || contact.severity.is_blocker() || contact.why == Why::Chaser {
            return None;
        }
        let enough = stream.chance(a.enough);
        Some((!enough).then(|| stream.exponential_time(a.asks_after.0.0)))
    }
    /// Whether a customer with a matter of the change has a published answer to find, and finds it instead of writing.
    pub(crate) fn article(self, customer: u32, category: &Category) -> (bool, bool) {
        let mut stream = self.root.stream(Purpose::Article, u64::from(customer), 0);
        let exists = stream.chance(category.answered);
        (exists, exists && !stream.chance(self.assumptions().answers.arrivals))
    }
    /// A rating, if the customer gives one: whether it is good.
    pub(crate) fn rating(self, contact: &Contact, in_time: bool) -> Option<bool> {
        let a = &self.assumptions().ratings;
        let mut stream = self.stream(Purpose::Rating, contact);
        let rates = stream.chance(a.share);
        let first_time = if in_time { a.in_time } else { a.late };
        let is_good = stream.chance(if contact.repeated { first_time * a.repeated } else { first_time });
        rates.then_some(is_good)
    }
}
