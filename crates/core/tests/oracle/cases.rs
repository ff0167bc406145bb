//! Random calendars, promises and histories.

use crate::chance::Chance;
use hypercare_core::clock::ClockKind;
use hypercare_core::conversation::Status;
use hypercare_core::plan::{CalendarSection, CategoryPromises, HoursChange, Length, Plan, SlaPolicy, Weekday};
use hypercare_core::{Severity, Span, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Zones and the first day of a stretch of time in which their clocks do something odd a week later.
pub const PLACES: [(&str, &str); 14] = [
    ("Europe/Berlin", "2024-03-24"),
    ("Europe/Berlin", "2024-10-20"),
    ("America/New_York", "2024-03-03"),
    ("America/New_York", "2024-10-27"),
    ("Australia/Lord_Howe", "2024-03-31"),
    ("Australia/Lord_Howe", "2024-09-29"),
    ("America/Sao_Paulo", "2017-10-08"),
    ("America/Sao_Paulo", "2018-02-11"),
    ("Africa/Cairo", "2024-04-19"),
    ("Africa/Cairo", "2024-10-24"),
    ("Pacific/Apia", "2011-12-23"),
    ("America/Havana", "2023-03-05"),
    ("America/Havana", "2023-10-29"),
    ("UTC", "2024-02-22"),
];
/// Length of that stretch.
pub const DAYS: i64 = 45;
const CATEGORIES: [&str; 2] = ["billing", "access"];

pub struct Case {
    pub begin: Timestamp,
    /// `a` and `b`.
    pub calendars: BTreeMap<String, CalendarSection>,
    /// Versions of the promises.
    pub plans: Vec<Plan>,
    pub histories: Vec<Vec<Event>>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub at: Timestamp,
    pub deed: Deed,
}

#[derive(Clone, Debug)]
pub enum Deed {
    Opened { about_change: bool, category: Option<String>, severity: Severity },
    CustomerMessage,
    Reply(Status),
    AutoReply,
    Note,
    Status(Status),
    Severity(Severity),
    Category(Option<String>),
    Scope(bool),
    Normalise(Vec<String>),
    Plan,
    Due(ClockKind, Option<Timestamp>),
    Tick,
}

impl Case {
    pub fn random(chance: &mut Chance, histories: usize, (zone, first): (&str, &str)) -> Self {
        let begin = Timestamp::parse(&format!("{first}T00:00:00Z")).unwrap();
        let calendars: BTreeMap<String, CalendarSection> = ["a", "b"].map(|name| (name.to_owned(), calendar(chance, zone, begin))).into();
        let plans = (0..chance.range(1, 4)).map(|_| plan(chance, &calendars)).collect::<Vec<_>>();
        let histories = (0..histories).map(|_| history(chance, begin, plans.len())).collect();
        Self { begin, calendars, plans, histories }
    }

    pub fn json(&self) -> Value {
        let mut calendars = json!(self.calendars);
        calendars["always"] = Value::Null;
        let plans =
            self.plans.iter().map(|plan| json!({ "hypercare": promises(plan.sla.hypercare.as_ref()), "normal": promises(plan.sla.normal.as_ref()) }));
        let histories = self.histories.iter().map(|history| history.iter().map(Event::json).collect::<Vec<_>>());
        json!({
            "begin": self.begin.0, "minutes": DAYS * 1440, "calendars": calendars,
            "plans": plans.collect::<Vec<_>>(), "histories": histories.collect::<Vec<_>>(),
        })
    }
}

impl Event {
    fn json(&self) -> Value {
        let at = self.at.0;
        match &self.deed {
            Deed::Opened { about_change, category, severity } => {
                json!({ "at": at, "type": "opened", "about_change": about_change, "category": category, "severity": severity })
            }
            Deed::CustomerMessage => json!({ "at": at, "type": "customer_message" }),
            Deed::Reply(then) => json!({ "at": at, "type": "reply", "then": then.word() }),
            Deed::AutoReply => json!({ "at": at, "type": "auto_reply" }),
            Deed::Note => json!({ "at": at, "type": "note" }),
            Deed::Status(to) => json!({ "at": at, "type": "status", "to": to.word() }),
            Deed::Severity(to) => json!({ "at": at, "type": "severity", "to": to }),
            Deed::Category(to) => json!({ "at": at, "type": "category", "to": to }),
            Deed::Scope(about) => json!({ "at": at, "type": "scope", "about_change": about }),
            Deed::Normalise(categories) => json!({ "at": at, "type": "normalise", "categories": categories }),
            Deed::Plan => json!({ "at": at, "type": "plan" }),
            Deed::Due(kind, due) => json!({ "at": at, "type": "due", "kind": kind, "due_at": due.map(|t| t.0) }),
            Deed::Tick => json!({ "at": at, "type": "tick" }),
        }
    }
}

fn promises(policy: Option<&SlaPolicy>) -> Value {
    let policy = policy.unwrap();
    let table = |table: &BTreeMap<Severity, Length>| json!(table.iter().map(|(s, l)| (s.word(), l.0.0)).collect::<BTreeMap<_, _>>());
    let acknowledge = |length: Option<Length>| json!(length.map(|l| ("low", l.0.0)).into_iter().collect::<BTreeMap<_, _>>());
    let categories: BTreeMap<&String, Value> = policy
        .categories
        .iter()
        .map(|(name, c)| (name, json!({ "acknowledgement": acknowledge(c.acknowledge), "first_response": table(&c.first_response), "resolution": table(&c.resolution) })))
        .collect();
    json!({
        "calendar": policy.calendar,
        "targets": {
            "acknowledgement": acknowledge(policy.acknowledge),
            "first_response": table(&policy.first_response),
            "next_response": table(&policy.next_response),
            "update": table(&policy.update),
            "resolution": table(&policy.resolution),
            "total_resolution": table(&policy.total_resolution),
        },
        "categories": categories,
    })
}

fn hours(chance: &mut Chance) -> Vec<String> {
    let time = |quarter: i64| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    match chance.range(0, 6) {
        0 => vec![],
        1 => vec!["00:00-24:00".into()],
        2 => {
            let end = chance.range(1, 40);
            vec![format!("{}-{}", time(chance.range(end + 1, 96)), time(end))]
        }
        3 => {
            let (a, c) = (chance.range(0, 40), chance.range(52, 90));
            vec![format!("{}-{}", time(a), time(chance.range(a + 1, 51))), format!("{}-{}", time(c), time(chance.range(c + 1, 97)))]
        }
        _ => {
            let a = chance.range(0, 60);
            vec![format!("{}-{}", time(a), time(chance.range(a + 8, 97)))]
        }
    }
}

fn week(chance: &mut Chance) -> BTreeMap<Weekday, Vec<String>> {
    let mut week: BTreeMap<Weekday, Vec<String>> = Weekday::ALL.into_iter().map(|day| (day, hours(chance))).collect();
    week.insert(*chance.pick(&Weekday::ALL), vec!["08:00-16:00".into()]);
    week
}

fn calendar(chance: &mut Chance, zone: &str, begin: Timestamp) -> CalendarSection {
    let date = |day: i64| (begin + Span::days(day)).to_string()[..10].to_owned();
    let mut section = CalendarSection { zone: Some(zone.into()), hours: week(chance), ..CalendarSection::default() };
    // Three different days, near the day on which the clocks change.
    let day = chance.range(4, 9);
    if chance.one_in(2) {
        section.holidays.push(date(day));
    }
    if chance.one_in(2) {
        section.exceptions.insert(date(day + 1), hours(chance));
    }
    if chance.one_in(2) {
        section.extra.insert(date(day + 2), hours(chance));
    }
    if chance.one_in(2) {
        let from = chance.range(5, 12);
        let until = chance.one_in(2).then(|| date(from + chance.range(1, 8)));
        section.changes.push(HoursChange { from: date(from), until, hours: week(chance) });
    }
    section
}

fn plan(chance: &mut Chance, calendars: &BTreeMap<String, CalendarSection>) -> Plan {
    let mut plan = Plan { calendars: calendars.clone(), ..Plan::default() };
    plan.window.zone = "UTC".into();
    plan.sla.hypercare = Some(policy(chance));
    plan.sla.normal = Some(policy(chance));
    plan
}

fn length(chance: &mut Chance) -> Length {
    Length(if chance.one_in(4) { Span::secs(chance.range(1, 30_000)) } else { Span::mins(15 * chance.range(1, 48)) })
}

fn table(chance: &mut Chance) -> BTreeMap<Severity, Length> {
    let mut table = BTreeMap::new();
    for severity in Severity::ALL {
        if chance.one_in(2) {
            table.insert(severity, length(chance));
        }
    }
    table
}

fn policy(chance: &mut Chance) -> SlaPolicy {
    let own = CategoryPromises {
        acknowledge: Some(length(chance)),
        first_response: table(chance),
        resolution: table(chance),
        ..CategoryPromises::default()
    };
    SlaPolicy {
        calendar: (*chance.pick(&["a", "a", "b", "always"])).into(),
        acknowledge: (!chance.one_in(3)).then(|| length(chance)),
        first_response: table(chance),
        next_response: table(chance),
        update: table(chance),
        resolution: table(chance),
        total_resolution: table(chance),
        categories: [("billing".to_owned(), own)].into(),
    }
}

fn history(chance: &mut Chance, begin: Timestamp, plans: usize) -> Vec<Event> {
    let category = |chance: &mut Chance| (!chance.one_in(3)).then(|| (*chance.pick(&CATEGORIES)).to_owned());
    let severity = |chance: &mut Chance| *chance.pick(&Severity::ALL);
    let mut at = begin + Span::days(3) + Span::mins(chance.range(0, 7 * 1440));
    let opened = Deed::Opened { about_change: !chance.one_in(3), category: category(chance), severity: severity(chance) };
    let mut events = vec![Event { at, deed: opened }];
    let mut versions = 1;
    for _ in 0..chance.range(2, 16) {
        at = at
            + match chance.range(0, 5) {
                0 => Span::ZERO,
                1 => Span::secs(chance.range(1, 20_000)),
                2 => Span::mins(15 * chance.range(1, 30)),
                3 => Span::mins(chance.range(1, 120)),
                _ => Span::hours(chance.range(1, 16)),
            };
        let deed = match chance.range(0, 16) {
            0..3 => Deed::CustomerMessage,
            3..6 => Deed::Reply(*chance.pick(&Status::ALL)),
            6 => Deed::AutoReply,
            7 => Deed::Note,
            8..10 => Deed::Status(*chance.pick(&Status::ALL)),
            10 => Deed::Severity(severity(chance)),
            11 => Deed::Category(category(chance)),
            12 => Deed::Scope(chance.one_in(2)),
            13 => Deed::Normalise(CATEGORIES.into_iter().filter(|_| chance.one_in(2)).map(str::to_owned).collect()),
            14 if versions < plans => {
                versions += 1;
                Deed::Plan
            }
            15 => Deed::Due(*chance.pick(&ClockKind::ALL), (!chance.one_in(3)).then(|| at + Span::mins(chance.range(1, 1000)))),
            _ => Deed::Tick,
        };
        events.push(Event { at, deed });
    }
    events.push(Event { at: at + Span::mins(chance.range(0, 600)), deed: Deed::Tick });
    events
}
