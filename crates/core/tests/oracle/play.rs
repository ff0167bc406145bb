//! A history through the product's rules, and what they show beside what the oracle counts.

use crate::cases::{Case, DAYS, Deed, Event};
use hypercare_core::clock::Policy;
use hypercare_core::conversation::timeline::{ClockTimeline, timelines};
use hypercare_core::conversation::{Command, Conversation, Env, Opening};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::{Actor, Aggregate, Channel, ContactId, ConversationId, MessageId, Span, Stamp, Timestamp, UserId, WindowId};
use serde_json::{Value, json};

struct World<'c> {
    case: &'c Case,
    policies: Vec<(Policy, Policy)>,
    past: Vec<Policy>,
    normalised: Vec<String>,
    state: Option<Conversation>,
    log: Vec<(hypercare_core::conversation::Event, Timestamp)>,
    messages: i64,
}

/// Plays a history and compares every clock; returns how many there were.
pub fn compare(case: &Case, history: &[Event], expected: &[Value]) -> usize {
    let mut world = World { case, policies: vec![], past: vec![], normalised: vec![], state: None, log: vec![], messages: 0 };
    for event in history {
        world.happen(event);
    }
    let now = history.last().unwrap().at;
    let state = world.state.as_ref().unwrap();
    let happened: Vec<_> = world.log.iter().map(|(event, at)| (event, *at)).collect();
    let policies: Vec<&Policy> =
        world.past.iter().chain(world.policies.last().map(|(h, _)| h)).chain(world.policies.last().map(|(_, n)| n)).collect();
    let mut told = timelines(&happened, &policies, now);
    told.sort_by_key(|clock| (clock.kind, clock.cycle));
    let about = || format!("{history:#?}\n{:#}\n{:#?}", case.json()["plans"], state.clocks);
    assert_eq!(told.len(), expected.len(), "not the same clocks: {expected:#?}\n{}", about());
    let end = case.begin + Span::days(DAYS);
    for (clock, expected) in told.iter().zip(expected) {
        let mut expected = expected.clone();
        let mut shown = shown(clock, state);
        for field in ["due", "deadline"] {
            // The oracle sees that it is late in the future; the product knows when, or that it never is.
            if expected[field].as_i64().is_some_and(|t| t > end.0) && shown[field].as_i64().is_none_or(|t| t > end.0 - 60_000_000) {
                (expected[field], shown[field]) = (Value::Null, Value::Null);
            }
        }
        assert_eq!(shown, expected, "left: the product, right: the oracle\n{}", about());
        let counted: f64 = clock.carried_s + clock.segments.iter().map(|s| s.counted_s).sum::<f64>();
        assert!((counted - clock.elapsed_s).abs() < 1e-3, "the timeline adds up: {clock:#?}\n{}", about());
    }
    told.len()
}

fn shown(c: &ClockTimeline, state: &Conversation) -> Value {
    let micros = |t: Option<Timestamp>| json!(t.map(|t| t.0));
    let span = |seconds: f64| (seconds * 1e6).round() as i64;
    let running = state.clocks.iter().find(|k| k.kind == c.kind && k.cycle == c.cycle).unwrap().running_since.is_some();
    json!({
        "kind": c.kind, "cycle": c.cycle, "policy": c.policy, "severity": c.severity, "started": c.started_at.0, "target": span(c.target_s),
        "met": micros(c.met_at), "cancelled": micros(c.cancelled_at), "breached": micros(c.breached_at), "late_on_change": c.late_on_change,
        "warned": c.warned.iter().map(|w| json!([w.percent, w.at.0])).collect::<Vec<_>>(), "deadline": micros(c.deadline_at),
        "elapsed": span(c.elapsed_s), "due": micros(c.due_at), "running": running,
    })
}

impl World<'_> {
    fn happen(&mut self, event: &Event) {
        let at = event.at;
        self.messages += 1;
        let (message, text) = (MessageId(self.messages), "text".to_owned());
        match &event.deed {
            Deed::Opened { about_change, category, severity } => {
                self.next_plan(at);
                self.run(receive(message, text), at);
                self.triage(at, |triage| {
                    triage.scope = scope(*about_change);
                    triage.category.clone_from(category);
                    triage.severity = *severity;
                });
                self.run(Command::HandOver { why: "needed".into() }, at);
            }
            Deed::CustomerMessage => self.run(receive(message, text), at),
            Deed::Reply(then) => {
                self.run(Command::Reply { message, text, answer: None, seen: None, then: *then }, at);
            }
            Deed::AutoReply => self.run(Command::Acknowledge { message, text }, at),
            Deed::Note => self.run(Command::Note { message, text }, at),
            Deed::Status(to) => self.run(Command::SetStatus { to: *to }, at),
            Deed::Severity(to) => self.triage(at, |triage| triage.severity = *to),
            Deed::Category(to) => self.triage(at, |triage| triage.category.clone_from(to)),
            Deed::Scope(about) => self.triage(at, |triage| triage.scope = scope(*about)),
            Deed::Normalise(categories) => {
                self.normalised.clone_from(categories);
                self.run(Command::TimePassed, at);
            }
            Deed::Plan => {
                self.next_plan(at);
                self.run(Command::TimePassed, at);
            }
            Deed::Due(kind, due_at) => self.run(Command::SetDue { kind: *kind, due_at: *due_at }, at),
            Deed::Tick => self.run(Command::TimePassed, at),
        }
    }

    fn next_plan(&mut self, since: Timestamp) {
        let version = self.policies.len();
        let plan = &self.case.plans[version];
        let (hypercare, normal) = (plan.sla.hypercare.as_ref().unwrap(), plan.sla.normal.as_ref().unwrap());
        let policy = |name, section| Policy::from_plan(name, section, plan, version as u32 + 1, since);
        if let Some((hypercare, normal)) = self.policies.last() {
            self.past.extend([hypercare.clone(), normal.clone()]);
        }
        self.policies.push((policy("hypercare", hypercare), policy("normal", normal)));
    }

    fn triage(&mut self, at: Timestamp, change: impl FnOnce(&mut Triage)) {
        let mut triage = self.state.as_ref().unwrap().triage.clone();
        change(&mut triage);
        let window = (triage.scope == Scope::In).then_some(WindowId(1));
        self.run(Command::Triage { triage: Box::new(triage), window }, at);
    }

    fn run(&mut self, command: Command, at: Timestamp) {
        let (hypercare, normal) = self.policies.last().unwrap();
        let env = Env { hypercare: Some(hypercare), normal: Some(normal), past: &self.past, normalised: &self.normalised, resolve_after: None };
        let stamp = Stamp::new(Actor::person(UserId(1), "Mara"), at);
        // A due time for what is not promised is refused, and nothing happens.
        let events = Conversation::decide(self.state.as_ref(), command, &stamp, &env).unwrap_or_default();
        self.state = Conversation::fold(self.state.take(), &events, &stamp);
        self.log.extend(events.into_iter().map(|event| (event, at)));
    }
}

fn scope(about_change: bool) -> Scope {
    if about_change { Scope::In } else { Scope::Out }
}

fn receive(message: MessageId, text: String) -> Command {
    let opening = Opening { id: ConversationId(1), channel: Channel::Api, contact: ContactId(1), subject: None };
    Command::Receive { opening, message, external_id: None, name: "Ada".into(), text }
}
