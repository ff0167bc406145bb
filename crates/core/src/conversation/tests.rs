//! Stories of conversations and what becomes of their promises. Times are minutes after Monday 16
//! November 2026 09:00 UTC, when the office opens.

mod merging;
mod properties;
mod random;
mod splitting;

use super::*;
use crate::calendar::Calendar;
use crate::clock::{ClockKind, Policy, Subject, Table, Targets};
use crate::fields::FieldChange;
use crate::plan::{CalendarSection, Weekday};
use crate::triage::Scope;
use crate::{Actor, Severity, Span};
use std::collections::BTreeMap;

const WINDOW: WindowId = WindowId(7);

fn start() -> Timestamp {
    Timestamp::parse("2026-11-16T09:00:00Z").unwrap()
}

/// Monday to Friday, 09:00 to 17:00 UTC.
fn office() -> Calendar {
    let mut section = CalendarSection { zone: Some("UTC".into()), ..CalendarSection::default() };
    for day in [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri] {
        section.hours.insert(day, vec!["09:00-17:00".into()]);
    }
    Calendar::from_section(&section, "UTC").unwrap()
}

fn by_severity(targets: &[(Severity, i64)]) -> Table {
    targets.iter().map(|(s, hours)| (*s, Span::hours(*hours))).collect()
}

/// Around the clock: acknowledge in 15 min, answer in 2 h (critical 1 h), resolve in 8 h (critical 4 h).
fn hypercare() -> Policy {
    Policy {
        name: "hypercare".into(),
        version: 1,
        since: Timestamp(0),
        calendar: Calendar::always(),
        targets: Targets {
            acknowledge: Some(Span::mins(15)),
            first_response: by_severity(&[(Severity::Normal, 2), (Severity::Critical, 1)]),
            resolution: by_severity(&[(Severity::Normal, 8), (Severity::Critical, 4)]),
            ..Targets::default()
        },
        categories: BTreeMap::new(),
    }
}

/// In office hours: answer in 8 h, resolve in 16 h; no acknowledgement is promised.
fn normal() -> Policy {
    Policy {
        name: "normal".into(),
        version: 1,
        since: Timestamp(0),
        calendar: office(),
        targets: Targets {
            first_response: by_severity(&[(Severity::Normal, 8)]),
            resolution: by_severity(&[(Severity::Normal, 16)]),
            ..Targets::default()
        },
        categories: BTreeMap::new(),
    }
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    Customer,
    Triage(Scope, Severity),
    Assistant,
    Acknowledge,
    HandOver,
    Reply(Status),
    Broadcast(bool),
    Note,
    /// A machine on the customer's side.
    Machine,
    /// Somebody else on the customer's side.
    Other,
    Set(Status),
    Helpful(bool),
    Snooze(bool),
    /// The place: one of three, or none.
    Field(u8),
    /// Of the first response.
    Due(Option<Timestamp>),
    Tick,
}

/// A conversation and all that happened to it.
struct World {
    hypercare: Option<Policy>,
    normal: Option<Policy>,
    past: Vec<Policy>,
    normalised: Vec<String>,
    resolve_after: Option<Span>,
    state: Option<Conversation>,
    log: Vec<(Event, Stamp)>,
    messages: i64,
}

impl World {
    fn new() -> Self {
        Self {
            hypercare: Some(hypercare()),
            normal: Some(normal()),
            past: vec![],
            normalised: vec![],
            resolve_after: None,
            state: None,
            log: vec![],
            messages: 0,
        }
    }

    fn env(&self) -> Env<'_> {
        Env {
            hypercare: self.hypercare.as_ref(),
            normal: self.normal.as_ref(),
            past: &self.past,
            normalised: &self.normalised,
            resolve_after: self.resolve_after,
        }
    }

    fn conversation(&self) -> &Conversation {
        self.state.as_ref().expect("somebody wrote")
    }

    fn command(&mut self, deed: Deed) -> Command {
        self.messages += 1;
        let message = MessageId(self.messages);
        let text = "text".to_owned();
        let answer = AnswerUse { answer: AnswerId(1), version: 1, title: String::new(), source: String::new(), confidence: Some(0.9) };
        match deed {
            Deed::Customer => Command::Receive {
                opening: Opening { id: ConversationId(1), channel: Channel::Chat, contact: ContactId(1), subject: None },
                message,
                external_id: None,
                name: "Ada".into(),
                text,
            },
            Deed::Triage(scope, severity) => {
                Command::Triage { triage: Box::new(Triage { scope, severity, ..Triage::default() }), window: (scope == Scope::In).then_some(WINDOW) }
            }
            Deed::Assistant => Command::AssistantAnswer { message, text, answer },
            Deed::Acknowledge => Command::Acknowledge { message, text },
            Deed::HandOver => Command::HandOver { why: "needed".into() },
            Deed::Reply(then) => Command::Reply { message, text, answer: None, seen: None, then },
            Deed::Broadcast(resolve) => Command::Broadcast { message, broadcast: BroadcastId(1), text, answer: None, resolve },
            Deed::Note => Command::Note { message, text },
            Deed::Machine => Command::TakeIn {
                message,
                external_id: None,
                name: "Ada".into(),
                text,
                hand: Hand::Machine { evidence: "Auto-Submitted: auto-replied".into() },
            },
            Deed::Other => {
                Command::TakeIn { message, external_id: None, name: "Bo".into(), text, hand: Hand::Other { address: "bo@example.net".into() } }
            }
            Deed::Set(to) => Command::SetStatus { to },
            Deed::Helpful(helpful) => Command::Helpful { message: MessageId(1), helpful },
            Deed::Snooze(_) => Command::Snooze { until: None },
            Deed::Due(due_at) => Command::SetDue { kind: ClockKind::FirstResponse, due_at },
            Deed::Field(place) => {
                let value = [None, Some("Norway"), Some("Sweden"), Some("Denmark")][usize::from(place % 4)].map(str::to_owned);
                let area = FieldChange { key: "area".into(), name: "Area".into(), value: (place > 3).then(|| "Billing".into()) };
                Command::SetFields { changes: vec![FieldChange { key: "place".into(), name: "Place".into(), value }, area] }
            }
            Deed::Tick => Command::TimePassed,
        }
    }

    /// Does it, and returns what happened.
    fn act(&mut self, at: Timestamp, deed: Deed) -> Result<Vec<Event>, Refusal> {
        let actor = if deed == Deed::Tick { Actor::system() } else { Actor::person(UserId(1), "Mara") };
        let stamp = Stamp::new(actor, at);
        let mut command = self.command(deed);
        if deed == Deed::Snooze(true) {
            command = Command::Snooze { until: Some(at + Span::hours(3)) };
        }
        let env = self.env();
        let events = Conversation::decide(self.state.as_ref(), command, &stamp, &env)?;
        self.state = Conversation::fold(self.state.take(), &events, &stamp);
        self.log.extend(events.iter().map(|e| (e.clone(), stamp.clone())));
        Ok(events)
    }

    /// A first look with all its readings.
    fn triage(&mut self, at: Timestamp, triage: Triage) {
        let stamp = Stamp::new(Actor::system(), at);
        let command = Command::Triage { triage: Box::new(triage), window: Some(WINDOW) };
        let events = Conversation::decide(self.state.as_ref(), command, &stamp, &self.env()).unwrap();
        self.state = Conversation::fold(self.state.take(), &events, &stamp);
        self.log.extend(events.iter().map(|e| (e.clone(), stamp.clone())));
    }

    fn clock(&self, key: &str) -> Option<&Clock> {
        let (kind, cycle) = key.split_once('#').unwrap();
        self.conversation().clocks.iter().find(|c| c.kind.word() == kind && c.cycle.to_string() == cycle)
    }
}

/// `"hypercare 120 used 30 met 30"`: policy, target, time used; how it stands and since when; when it broke.
fn told(clock: &Clock) -> String {
    let after = |t: Timestamp| (t - start()).as_mins_f64();
    let stands = match (clock.met_at, clock.cancelled_at, clock.running_since) {
        (Some(at), ..) => format!("met {}", after(at)),
        (_, Some(at), _) => format!("cancelled {}", after(at)),
        (_, _, Some(_)) => format!("due {}", clock.due_at.map_or(f64::NAN, after)),
        _ => "paused".into(),
    };
    let late = clock.breached_at.map(|at| format!(" late {}", after(at))).unwrap_or_default();
    let late = if clock.late_on_change { format!("{late} by change") } else { late };
    format!("{} {} used {} {stands}{late}", clock.policy, clock.target.as_mins_f64(), clock.used.as_mins_f64())
}

fn deed(text: &str) -> Deed {
    let triage = |severity| Deed::Triage(Scope::In, severity);
    match text {
        "customer" => Deed::Customer,
        "in" => triage(Severity::Normal),
        "critical" => triage(Severity::Critical),
        "out" => Deed::Triage(Scope::Out, Severity::Normal),
        "assistant" => Deed::Assistant,
        "acknowledge" => Deed::Acknowledge,
        "hand-over" => Deed::HandOver,
        "reply" => Deed::Reply(Status::Waiting),
        "settle" => Deed::Reply(Status::Resolved),
        "reply-to-all" => Deed::Broadcast(false),
        "note" => Deed::Note,
        "machine" => Deed::Machine,
        "other" => Deed::Other,
        "open" => Deed::Set(Status::Open),
        "wait" => Deed::Set(Status::Waiting),
        "resolve" => Deed::Set(Status::Resolved),
        "reply-open" => Deed::Reply(Status::Open),
        "due-200" => Deed::Due(Some(start() + Span::mins(200))),
        "due-clear" => Deed::Due(None),
        "helpful" => Deed::Helpful(true),
        "tick" => Deed::Tick,
        other => panic!("nobody can {other}"),
    }
}

/// Plays `"0 customer, 30 reply"` and compares one clock with what [`told`] says; `-` means there is none.
#[track_caller]
fn check_in(mut world: World, story: &str, key: &str, expected: &str) {
    for step in story.split(", ") {
        let (minute, what) = step.split_once(' ').unwrap();
        world.act(start() + Span::mins(minute.parse().unwrap()), deed(what)).unwrap();
    }
    assert_eq!(world.clock(key).map_or_else(|| "-".into(), told), expected, "{story}");
}

#[track_caller]
fn check(story: &str, key: &str, expected: &str) {
    check_in(World::new(), story, key, expected);
}

#[test]
fn a_promise_is_kept_up_to_its_last_moment() {
    let begin = "0 customer, 0 in, 0 hand-over";
    check(begin, "first_response#1", "hypercare 120 used 0 due 120");
    check(&format!("{begin}, 120 reply"), "first_response#1", "hypercare 120 used 120 met 120");
    check(&format!("{begin}, 120 tick, 120 reply"), "first_response#1", "hypercare 120 used 120 met 120");
    check(&format!("{begin}, 121 reply"), "first_response#1", "hypercare 120 used 121 met 121 late 120");
}

#[test]
fn a_breach_happens_when_it_is_due_however_late_it_is_noticed() {
    let begin = "0 customer, 0 in, 0 hand-over";
    check(&format!("{begin}, 121 tick"), "first_response#1", "hypercare 120 used 0 due 120 late 120");
    check(&format!("{begin}, 9000 tick"), "first_response#1", "hypercare 120 used 0 due 120 late 120");
    check(&format!("{begin}, 9000 reply"), "first_response#1", "hypercare 120 used 9000 met 9000 late 120");
    check(&format!("{begin}, 9000 note"), "first_response#1", "hypercare 120 used 0 due 120 late 120");
}

#[test]
fn running_out_at_closing_time_leaves_the_night_to_answer() {
    // 8 h of office time end at 17:00, minute 480; the office opens again at minute 1440.
    let begin = "0 customer, 0 hand-over";
    check(begin, "first_response#1", "normal 480 used 0 due 480");
    check(&format!("{begin}, 700 tick, 900 reply"), "first_response#1", "normal 480 used 480 met 900");
    check(&format!("{begin}, 1440 reply"), "first_response#1", "normal 480 used 480 met 1440");
    check(&format!("{begin}, 1441 tick"), "first_response#1", "normal 480 used 0 due 480 late 1440");
}

#[test]
fn only_a_person_answers_first() {
    let begin = "0 customer, 0 in, 0 hand-over";
    for silent in ["note", "acknowledge", "customer", "tick"] {
        check(&format!("{begin}, 5 {silent}"), "first_response#1", "hypercare 120 used 0 due 120");
    }
    check(&format!("{begin}, 5 reply-to-all"), "first_response#1", "hypercare 120 used 5 met 5");
    // What the assistant answered is not owed by a person, until one is needed: from the message that needs one.
    check("0 customer, 0 in, 0 assistant", "first_response#1", "-");
    check("0 customer, 0 in, 0 assistant, 60 customer, 61 hand-over", "first_response#1", "hypercare 120 used 0 due 180");
}

/// A machine's words change nothing but that they are there; somebody else's are owed an answer like the customer's.
#[test]
fn what_a_machine_says_is_owed_nothing() {
    let told = |story: &str| {
        let mut world = World::new();
        for step in story.split(", ") {
            let (minute, what) = step.split_once(' ').unwrap();
            world.act(start() + Span::mins(minute.parse().unwrap()), deed(what)).unwrap();
        }
        let c = world.conversation();
        (c.status, c.waiting_since.is_some(), c.reopened, c.messages)
    };
    for (before, status) in [("0 customer, 0 in, 5 reply", Status::Waiting), ("0 customer, 0 in, 5 settle", Status::Resolved)] {
        assert_eq!(told(&format!("{before}, 9 machine")), (status, false, 0, 3), "{before}");
        let (now, waits, ..) = told(&format!("{before}, 9 other"));
        assert_eq!((now, waits), (Status::Open, true), "{before}");
    }
    // Every promise is what it would be if nothing had been said, or if the customer had said it.
    let promises = |last: &str| {
        let mut world = World::new();
        for step in format!("0 customer, 0 in, 0 hand-over, 5 reply{last}").split(", ") {
            let (minute, what) = step.split_once(' ').unwrap();
            world.act(start() + Span::mins(minute.parse().unwrap()), deed(what)).unwrap();
        }
        world.conversation().clocks.clone()
    };
    assert_eq!(promises(", 9 machine"), promises(""));
    assert_eq!(promises(", 9 other"), promises(", 9 customer"));
    assert_ne!(promises(", 9 other"), promises(""));
    let mut world = World::new();
    assert!(world.act(start(), Deed::Machine).is_err(), "it begins no conversation");
}

#[test]
fn anyone_may_acknowledge() {
    check("0 customer, 0 in", "acknowledgement#1", "hypercare 15 used 0 due 15");
    for voice in ["acknowledge", "assistant", "reply"] {
        check(&format!("0 customer, 0 in, 4 {voice}"), "acknowledgement#1", "hypercare 15 used 4 met 4");
    }
    check("0 customer, 0 in, 20 note", "acknowledgement#1", "hypercare 15 used 0 due 15 late 15");
    check("0 customer, 0 in, 20 acknowledge", "acknowledgement#1", "hypercare 15 used 20 met 20 late 15");
}

#[test]
fn ten_messages_in_a_row_are_one() {
    let story: Vec<String> = (0..10).map(|m| format!("{m} customer")).collect();
    check(&format!("{}, 10 in, 10 hand-over", story.join(", ")), "first_response#1", "hypercare 120 used 0 due 120");
    check(&format!("0 customer, 0 hand-over, {}, 20 reply", story[1..].join(", ")), "first_response#1", "normal 480 used 20 met 20");
}

#[test]
fn waiting_for_the_customer_does_not_count() {
    let begin = "0 customer, 0 in, 60 reply";
    check(begin, "resolution#1", "hypercare 480 used 60 paused");
    check(&format!("{begin}, 5000 tick"), "resolution#1", "hypercare 480 used 60 paused");
    check(&format!("{begin}, 1000 customer"), "resolution#1", "hypercare 480 used 60 due 1420");
    check(&format!("{begin}, 1000 customer, 1100 settle"), "resolution#1", "hypercare 480 used 160 met 1100");
    // Put aside by hand with the customer's message unanswered: the time aside does not come back.
    check("0 customer, 0 in, 10 hand-over, 20 wait, 100 customer", "first_response#1", "hypercare 120 used 20 due 200");
}

#[test]
fn time_used_survives_changes_of_severity_and_policy() {
    let begin = "0 customer, 0 in, 60 reply, 1000 customer";
    check(&format!("{begin}, 1030 critical"), "resolution#1", "hypercare 240 used 90 due 1180");
    check(&format!("{begin}, 1030 critical, 1030 in"), "resolution#1", "hypercare 480 used 90 due 1420");
    check("0 customer, 0 in, 60 reply, 100 critical", "resolution#1", "hypercare 240 used 60 paused");
    check("0 customer, 0 in, 60 reply, 100 critical, 1000 customer", "resolution#1", "hypercare 240 used 60 due 1180");
    // Time is used on the calendar it passed on: until 17:00 the office was open for 480 of 600 minutes.
    check("0 customer, 600 in", "resolution#1", "hypercare 480 used 480 due 600");
    check("0 customer, 0 in, 200 out", "resolution#1", "normal 960 used 200 due 1920");
}

#[test]
fn a_harder_promise_can_be_late_at_once() {
    check("0 customer, 0 in, 300 critical", "resolution#1", "hypercare 240 used 300 due 300 late 300 by change");
    check("0 customer, 0 in, 300 reply, 900 critical", "resolution#1", "hypercare 240 used 300 paused late 900 by change");
    check("0 customer, 0 in, 300 critical, 310 in", "resolution#1", "hypercare 480 used 310 due 480 late 300 by change");
}

#[test]
fn reopening_is_a_new_cycle_and_the_old_one_stays() {
    let begin = "0 customer, 0 in, 60 settle, 5000 customer";
    check(begin, "resolution#1", "hypercare 480 used 60 met 60");
    // The time used goes on where it stood; the time in between does not count.
    check(begin, "resolution#2", "hypercare 480 used 60 due 5420");
    check(&format!("{begin}, 5500 settle"), "resolution#2", "hypercare 480 used 560 met 5500 late 5420");
    check(&format!("{begin}, 5500 settle"), "resolution#1", "hypercare 480 used 60 met 60");
    check(begin, "first_response#2", "-");
    // Settled without a word and back again: the first response is still owed, from the new message.
    let silent = "0 customer, 0 in, 0 hand-over, 60 resolve, 5000 customer";
    check(silent, "first_response#1", "hypercare 120 used 60 cancelled 60");
    check(silent, "first_response#2", "hypercare 120 used 0 due 5120");
    check(&format!("{silent}, 5010 reply"), "first_response#2", "hypercare 120 used 10 met 5010");
    check(&format!("{silent}, 5010 settle, 6000 customer"), "first_response#3", "-");
    // “Thanks” to the assistant's answer settles; a later question that needs a person owes a first response.
    check("0 customer, 0 in, 0 assistant, 5 helpful, 900 customer, 900 hand-over", "first_response#2", "hypercare 120 used 0 due 1020");
}

#[test]
fn nothing_promised_is_no_clock_and_nothing_lost() {
    let mut world = World::new();
    world.hypercare.as_mut().unwrap().targets.resolution.clear();
    check_in(world, "0 customer, 0 in", "resolution#1", "normal 960 used 0 due 1920");
    let mut world = World::new();
    world.normal = None;
    world.hypercare.as_mut().unwrap().targets.resolution.clear();
    check_in(world, "0 customer, 0 in, 60 reply", "resolution#1", "-");
    let mut world = World::new();
    world.normal = None;
    check_in(world, "0 customer, 30 in", "resolution#1", "hypercare 480 used 0 due 480");
    check("0 customer", "acknowledgement#1", "-");
}

#[test]
fn a_promise_is_bound_when_its_clock_starts() {
    fn check(edit: impl FnOnce(&mut World), then: (i64, Deed), expected: &str) {
        let mut world = World::new();
        world.act(start(), Deed::Customer).unwrap();
        world.act(start(), Deed::Triage(Scope::In, Severity::Normal)).unwrap();
        edit(&mut world);
        world.act(start() + Span::mins(then.0), then.1).unwrap();
        assert_eq!(told(world.clock("resolution#1").unwrap()), expected);
    }
    let resolution = |world: &mut World, hours| world.hypercare.as_mut().unwrap().targets.resolution = by_severity(&[(Severity::Normal, hours)]);
    check(|w| resolution(w, 100), (60, Deed::Tick), "hypercare 480 used 0 due 480");
    check(|w| resolution(w, 1), (61, Deed::Tick), "hypercare 480 used 0 due 480");
    // The window is over: what was promised in it still holds, and still breaks.
    check(|w| w.hypercare = None, (60, Deed::Tick), "hypercare 480 used 0 due 480");
    check(|w| w.hypercare = None, (481, Deed::Tick), "hypercare 480 used 0 due 480 late 480");
    check(|w| (w.hypercare, w.normal) = (None, None), (60, Deed::Reply(Status::Resolved)), "hypercare 480 used 60 met 60");
    // Other working hours do not move a promise that runs.
    check(|w| w.hypercare.as_mut().unwrap().calendar = office(), (481, Deed::Tick), "hypercare 480 used 0 due 480 late 480");
}

#[test]
fn fields_are_set_once_and_taken_away() {
    let mut world = World::new();
    world.act(start(), Deed::Customer).unwrap();
    let place = |world: &World| world.conversation().fields.get("place").cloned();
    assert_eq!(world.act(start(), Deed::Field(1)).unwrap().len(), 1, "one command, one event");
    assert_eq!(place(&world).as_deref(), Some("Norway"));
    assert_eq!(world.act(start(), Deed::Field(1)).unwrap(), [], "the same again is no news");
    world.act(start(), Deed::Field(5)).unwrap();
    assert_eq!(world.conversation().fields.len(), 2);
    let Event::FieldsSet { changes } = &world.act(start(), Deed::Field(4)).unwrap()[0] else { panic!("fields") };
    assert_eq!((changes.len(), changes[0].key.as_str()), (1, "place"), "only what changed is told");
    assert_eq!(place(&world), None);
}
