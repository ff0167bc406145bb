//! From events to the next state.

use super::{Cutover, CutoverCommand, CutoverEvent, Passed, Progress, Sent, State, Status, decide};
use crate::{Aggregate, Refusal, Stamp};

impl Aggregate for Cutover {
    const KIND: &'static str = "cutover";
    type Command = CutoverCommand;
    type Event = CutoverEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: CutoverCommand, stamp: &Stamp, (): &()) -> Result<Vec<CutoverEvent>, Refusal> {
        decide::decide(state, command, stamp)
    }

    fn apply(state: Option<Self>, event: &CutoverEvent, stamp: &Stamp) -> Self {
        use CutoverEvent as E;
        let mut c = match (state, event) {
            (_, E::Begun { cutover }) => return (**cutover).clone(),
            (Some(c), _) => c,
            (None, _) => unreachable!("the first event of a cutover is `begun`"),
        };
        match event {
            E::Begun { .. } | E::TriggerCrossed { .. } | E::TriggerCalmed { .. } | E::FigureSent { .. } | E::StepLate { .. } => {}
            _ => c.revision += 1,
        }
        match event {
            E::Begun { .. } => {}
            E::StepStarted { step } => c.with(step, |p| started(p, stamp)),
            E::StepDone { step, evidence } => c.with(step, |p| ended(p, Status::Done, evidence.clone(), stamp)),
            E::StepFailed { step } => c.with(step, |p| ended(p, Status::Failed, None, stamp)),
            E::StepSkipped { step } => c.with(step, |p| ended(p, Status::Skipped, None, stamp)),
            E::GateRuled { step, go } => c.with(step, |p| ended(p, if *go { Status::Done } else { Status::NoGo }, None, stamp)),
            E::PointPassed { step } => {
                c.with(step, |p| ended(p, Status::Done, None, stamp));
                c.passed = Some(Passed { by: stamp.actor.name.clone(), at: stamp.at });
            }
            E::StepLate { step } => c.with(step, |p| p.late_at = Some(stamp.at)),
            E::FigureSent { figure, value } => {
                c.sent.retain(|sent| sent.figure != *figure);
                c.sent.push(Sent { figure: figure.clone(), value: *value, at: stamp.at });
            }
            E::TriggerCrossed { trigger, value } => c.watched(trigger, |w| (w.since, w.crossed_at_value) = (Some(stamp.at), Some(*value))),
            E::TriggerCalmed { trigger, .. } => c.watched(trigger, |w| w.since = None),
            E::TriggerFired { trigger, value, .. } => c.watched(trigger, |w| (w.fired_at, w.fired_value) = (Some(stamp.at), Some(*value))),
            E::RolledBack { overridden } => {
                c.overridden = *overridden;
                c.end(State::RolledBack, stamp);
            }
            E::Stopped => c.end(State::Stopped, stamp),
            E::Finished => c.end(State::Finished, stamp),
        }
        c
    }

    fn event_name(event: &CutoverEvent) -> &'static str {
        use CutoverEvent as E;
        match event {
            E::Begun { .. } => "cutover.begun",
            E::StepStarted { .. } => "cutover.step_started",
            E::StepDone { .. } => "cutover.step_done",
            E::StepFailed { .. } => "cutover.step_failed",
            E::StepSkipped { .. } => "cutover.step_skipped",
            E::GateRuled { .. } => "cutover.gate_ruled",
            E::PointPassed { .. } => "cutover.point_passed",
            E::StepLate { .. } => "cutover.step_late",
            E::FigureSent { .. } => "cutover.figure_sent",
            E::TriggerCrossed { .. } => "cutover.trigger_crossed",
            E::TriggerCalmed { .. } => "cutover.trigger_calmed",
            E::TriggerFired { .. } => "cutover.trigger_fired",
            E::RolledBack { .. } => "cutover.rolled_back",
            E::Stopped => "cutover.stopped",
            E::Finished => "cutover.finished",
        }
    }
}

impl Cutover {
    fn with(&mut self, step: &str, change: impl FnOnce(&mut Progress)) {
        if let Some(progress) = self.place(step).and_then(|place| self.steps.get_mut(place)) {
            change(progress);
        }
    }
    fn watched(&mut self, trigger: &str, change: impl FnOnce(&mut super::Watched)) {
        let place = self.runbook.triggers.iter().position(|t| t.key == trigger);
        if let Some(watched) = place.and_then(|place| self.triggers.get_mut(place)) {
            change(watched);
        }
    }
    fn end(&mut self, state: State, stamp: &Stamp) {
        self.state = state;
        self.ended_at = Some(stamp.at);
        self.ended_by = Some(stamp.actor.name.clone());
        self.ended_because.clone_from(&stamp.reason);
    }
}

fn started(p: &mut Progress, stamp: &Stamp) {
    let revision = p.revision + 1;
    *p =
        Progress { status: Status::Running, revision, started_at: Some(stamp.at), started_by: Some(stamp.actor.name.clone()), ..Progress::default() };
}

fn ended(p: &mut Progress, status: Status, evidence: Option<String>, stamp: &Stamp) {
    p.status = status;
    p.revision += 1;
    // What was never begun took no time.
    p.started_at = p.started_at.or(Some(stamp.at));
    p.started_by = p.started_by.take().or_else(|| Some(stamp.actor.name.clone()));
    p.ended_at = Some(stamp.at);
    p.ended_by = Some(stamp.actor.name.clone());
    p.reason.clone_from(&stamp.reason);
    p.evidence = evidence;
}
