//! One rota of three people: a from 08 to 16, b from 16 to 24, c by night, in Berlin, in November 2026; live since the 16th, 08:00.

mod edits;
mod handing;
mod properties;

use super::*;
use crate::rota::{DutyRole, Period};
use crate::{Actor, Stamp, Timestamp};

fn t(text: &str) -> Timestamp {
    crate::plan::instant(&format!("2026-11-{text}"), "Europe/Berlin").unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period { from: t(from), to: t(to) }
}

fn at(text: &str) -> Stamp {
    Stamp::new(Actor::person(crate::UserId(1), "Mara"), t(text)).because("For the story.")
}

/// Shifts of `a 17T08:00 17T16:00`, of the given days.
fn base(shifts: &[(&str, &str, &str)]) -> Base {
    let shift = |(person, from, to): &(&str, &str, &str)| ShiftSpec { person: (*person).into(), role: None, from: t(from), to: t(to) };
    let layer = LayerSpec {
        name: "Shifts".into(),
        role: DutyRole::DecisionOwner,
        priority: 0,
        rotation: None,
        shifts: shifts.iter().map(shift).collect(),
        only: None,
    };
    Base {
        from: Timestamp(0),
        plan_version: Some(1),
        zone: "Europe/Berlin".into(),
        coverage: None,
        rest: None,
        owners: vec!["mara".into()],
        layers: vec![layer],
    }
}

/// Three days of three shifts.
fn three_days() -> Base {
    let days = ["16", "17", "18", "19"];
    let mut shifts = vec![];
    for pair in days.windows(2) {
        shifts.push(("a", format!("{}T08:00", pair[0]), format!("{}T16:00", pair[0])));
        shifts.push(("b", format!("{}T16:00", pair[0]), format!("{}T00:00", pair[1])));
        shifts.push(("c", format!("{}T00:00", pair[1]), format!("{}T08:00", pair[1])));
    }
    let shifts: Vec<(&str, &str, &str)> = shifts.iter().map(|(p, f, t)| (*p, f.as_str(), t.as_str())).collect();
    base(&shifts)
}

/// A rota that commands are run on, with a clock that the engine follows.
struct Run {
    rota: LivingRota,
    said: Vec<Event>,
}

impl Run {
    fn live(base: Base) -> Self {
        let planned = LivingRota::decide(None, Command::Follow { window: WindowId(1), base: Box::new(base) }, &at("10T08:00"), &()).unwrap();
        let rota = LivingRota::fold(None, &planned, &at("10T08:00")).unwrap();
        let mut run = Self { rota, said: vec![] };
        run.good("16T08:00", Command::GoLive);
        run
    }

    fn run(&mut self, stamp: &Stamp, command: Command) -> Result<Vec<Event>, Refusal> {
        let events = LivingRota::decide(Some(&self.rota), command, stamp, &())?;
        for event in &events {
            self.rota = LivingRota::apply(Some(self.rota.clone()), event, stamp);
        }
        self.said.extend(events.clone());
        Ok(events)
    }

    /// What the engine does until then.
    fn until(&mut self, to: &str) {
        for _ in 0..1_000 {
            let Some(due) = self.rota.next.filter(|due| *due <= t(to)) else { return };
            let stamp = Stamp::new(Actor::system(), due);
            let events = self.run(&stamp, Command::TimePassed).unwrap();
            assert!(!events.is_empty(), "woken at {due} for nothing");
        }
        panic!("the engine does not come to rest");
    }

    #[track_caller]
    fn good(&mut self, when: &str, command: Command) -> Vec<Event> {
        self.until(when);
        self.run(&at(when), command).unwrap_or_else(|e| panic!("refused: {e}"))
    }

    #[track_caller]
    fn refused(&mut self, when: &str, command: Command, words: &str) {
        self.until(when);
        let said = self.run(&at(when), command).expect_err("it should be refused").detail;
        assert!(said.contains(words), "{said}");
    }

    #[track_caller]
    fn owner(&self, when: &str, who: Option<&str>) {
        assert_eq!(self.rota.owner_at(t(when)).map(|o| o.person).as_deref(), who, "at {when}");
    }

    fn names(&self) -> Vec<&'static str> {
        self.said.iter().map(Event::name).collect()
    }

    fn takes_over(&mut self, when: &str, who: &str) {
        self.until(when);
        let handover = self.rota.handovers.last().expect("a handover is open").id;
        self.good(when, Command::Acknowledge { handover, by: who.into(), note: serde_json::Value::Null });
    }
}
