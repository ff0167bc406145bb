//! What a cutover allows, step by step and in any order.

mod end;
mod figures;
mod random;
mod steps;
mod times;
mod told;

use super::*;
use crate::plan::{Length, RollbackTrigger, RunbookFigure, TriggerWhen};
use crate::{Actor, Aggregate, Refusal, Span, Stamp, UserId};

/// A minute of the night.
pub fn minute(n: i64) -> Timestamp {
    Timestamp(0) + Span::mins(n)
}

pub fn step(key: &str, kind: StepKind, mins: i64, after: &[&str]) -> RunbookStep {
    RunbookStep {
        key: key.into(),
        title: key.to_uppercase(),
        kind,
        owner: format!("{key}@example.org"),
        takes: Some(Length(Span::mins(mins))),
        after: after.iter().map(|k| (*k).to_owned()).collect(),
        ..RunbookStep::default()
    }
}

/// Freeze and copy, a gate, the point of no return, the switch with its check; contacts above 100 for ten minutes say: go back.
pub fn runbook() -> RunbookSection {
    use StepKind::{Gate, PointOfNoReturn, SmokeCheck, Task};
    RunbookSection {
        go_live_by: "lead@example.org".into(),
        may_roll_back: vec!["lead@example.org".into()],
        may_override: vec!["chief@example.org".into()],
        steps: vec![
            step("freeze", Task, 10, &[]),
            step("copy", Task, 60, &["freeze"]),
            step("banner", Task, 5, &[]),
            step("gate", Gate, 5, &["copy", "banner"]),
            step("point", PointOfNoReturn, 0, &["gate"]),
            step("switch", Task, 20, &["point"]),
            step("look", SmokeCheck, 10, &["switch"]),
        ],
        figures: vec![RunbookFigure { key: "errors".into(), name: "Failed payments".into(), unit: "%".into() }],
        triggers: vec![
            RollbackTrigger {
                key: "flood".into(),
                name: "Too many write".into(),
                signal: "contacts".into(),
                when: TriggerWhen::Above,
                threshold: 100.0,
                lasting: Some(Length(Span::mins(10))),
                ..RollbackTrigger::default()
            },
            RollbackTrigger {
                key: "errors".into(),
                name: "Payments fail".into(),
                signal: "errors".into(),
                when: TriggerWhen::Above,
                threshold: 2.0,
                from: Some("copy".into()),
                ..RollbackTrigger::default()
            },
        ],
    }
}

/// A run in the making, with what happened.
pub struct Run {
    pub c: Cutover,
    pub events: Vec<CutoverEvent>,
}

pub fn mara(at: i64) -> Stamp {
    Stamp::new(Actor::person(UserId(1), "Mara"), minute(at))
}

impl Run {
    pub fn begin(runbook: RunbookSection, rehearsal: bool) -> Self {
        let begin = Begin { id: CutoverId(1), window: WindowId(2), rehearsal, runbook, plan_version: 1 };
        let command = CutoverCommand::Begin { begin: Box::new(begin) };
        let events = Cutover::decide(None, command, &mara(0), &()).unwrap();
        Self { c: Cutover::fold(None, &events, &mara(0)).unwrap(), events }
    }
    /// What a command would do, done.
    pub fn try_at(&mut self, at: i64, command: CutoverCommand, reason: &str) -> Result<Vec<&'static str>, Refusal> {
        let stamp = mara(at).because(reason);
        let events = Cutover::decide(Some(&self.c), command, &stamp, &())?;
        self.c = Cutover::fold(Some(self.c.clone()), &events, &stamp).unwrap();
        let names = events.iter().map(Cutover::event_name).collect();
        self.events.extend(events);
        Ok(names)
    }
    pub fn act(&mut self, at: i64, step: &str, act: Act, reason: &str) -> Result<Vec<&'static str>, Refusal> {
        let whole = Some(self.c.revision);
        self.try_at(at, CutoverCommand::Step { step: step.into(), act, seen: None, whole }, reason)
    }
    #[track_caller]
    pub fn does(&mut self, at: i64, step: &str, act: Act) {
        let said = self.act(at, step, act, "It has to be.").unwrap();
        assert_eq!(said.len(), 1, "{step}");
    }
    pub fn done(&mut self, at: i64, step: &str) {
        self.does(at, step, Act::Done { evidence: None });
    }
    /// To just before the point of no return.
    pub fn at_the_point(mut self) -> Self {
        for (at, key) in [(10, "freeze"), (70, "copy"), (71, "banner")] {
            self.done(at, key);
        }
        self.does(75, "gate", Act::Rule { go: true });
        self
    }
    /// Past it.
    pub fn past_the_point(self) -> Self {
        let mut run = self.at_the_point();
        run.does(76, "point", Act::Pass { confirmed: true });
        run
    }
}

#[track_caller]
pub fn refused(got: Result<Vec<&'static str>, Refusal>, part: &str) {
    let refusal = got.expect_err("it was allowed");
    assert!(refusal.detail.contains(part), "{} lacks {part}", refusal.detail);
}
