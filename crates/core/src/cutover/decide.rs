//! What is possible now, and what follows from it.

use super::{Act, Begin, Cutover, CutoverCommand, CutoverEvent, Progress, State, Status, TEXT_LIMIT, Watched, due, kind_in_words, watch};
use crate::plan::{RunbookStep, StepKind};
use crate::{Refusal, Stamp};
use CutoverCommand as C;
use CutoverEvent as E;

/// See [`Aggregate::decide`](crate::Aggregate::decide).
pub(super) fn decide(state: Option<&Cutover>, command: CutoverCommand, stamp: &Stamp) -> Result<Vec<CutoverEvent>, Refusal> {
    short("reason", stamp.reason.as_deref())?;
    match (state, command) {
        (None, C::Begin { begin }) => begun(*begin, stamp).map(|event| vec![event]),
        (Some(_), C::Begin { .. }) => Ok(vec![]),
        (None, _) => Err(Refusal::not_found("cutover")),
        (Some(c), C::Step { step, act, seen, whole }) => stepped(c, &step, act, seen, whole, stamp),
        (Some(c), C::RollBack { over }) => rolled_back(c, over.as_deref(), stamp),
        (Some(c), C::Stop) => stopped(c, stamp),
        (Some(c), C::Finish { seen }) => finished(c, seen),
        (Some(c), C::Report { figure, value }) => watch::sent(c, &figure, value, stamp.at),
        (Some(c), C::Look { readings }) => {
            let late = due::late(c, stamp.at);
            Ok(late.into_iter().chain(watch::look(c, &readings, stamp.at)).collect())
        }
    }
}

fn begun(begin: Begin, stamp: &Stamp) -> Result<E, Refusal> {
    if begin.runbook.steps.is_empty() {
        return Err(Refusal::conflict("The plan has no runbook: add [runbook] with its steps, and apply the plan."));
    }
    let cutover = Cutover {
        id: begin.id,
        window: begin.window,
        rehearsal: begin.rehearsal,
        steps: vec![Progress::default(); begin.runbook.steps.len()],
        triggers: vec![Watched::default(); begin.runbook.triggers.len()],
        runbook: begin.runbook,
        plan_version: begin.plan_version,
        begun_at: stamp.at,
        begun_by: stamp.actor.name.clone(),
        state: State::Running,
        sent: vec![],
        passed: None,
        revision: 0,
        ended_at: None,
        ended_by: None,
        ended_because: None,
        overridden: false,
    };
    Ok(E::Begun { cutover: Box::new(cutover) })
}

fn stepped(c: &Cutover, key: &str, act: Act, seen: Option<u32>, whole: Option<u32>, stamp: &Stamp) -> Result<Vec<E>, Refusal> {
    let place = c.place(key).ok_or_else(|| Refusal::field("step", format!("This runbook has no step `{key}`.")))?;
    let (step, own) = (&c.runbook.steps[place], &c.steps[place]);
    fits(step, &act)?;
    // The second click of two.
    if already(own, &act) {
        return Ok(vec![]);
    }
    running(c)?;
    if seen.is_some_and(|seen| seen != own.revision) {
        let who = own.ended_by.as_ref().or(own.started_by.as_ref()).map_or("Somebody", String::as_str);
        let what = format!("{who} changed “{}” a moment ago: it is {}. Look at it again, then decide.", step.title, status_in_words(own.status));
        return Err(Refusal::conflict(what));
    }
    if own.status.is_finished() {
        return Err(Refusal::conflict(format!("“{}” is {} already, and others may rely on it.", step.title, status_in_words(own.status))));
    }
    let missing = c.missing(step);
    if !missing.is_empty() && own.status != Status::Running {
        let list = missing.iter().map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", ");
        return Err(Refusal::conflict(format!("“{}” waits for {list}. Do that first, or skip it with a reason.", step.title)));
    }
    let step_key = step.key.clone();
    Ok(vec![match act {
        Act::Start => E::StepStarted { step: step_key },
        Act::Done { evidence } => {
            let evidence = evidence.map(|e| e.trim().to_owned()).filter(|e| !e.is_empty());
            short("evidence", evidence.as_deref())?;
            E::StepDone { step: step_key, evidence }
        }
        Act::Fail => {
            stamp.require_reason("say what did not work, for whoever tries again.")?;
            E::StepFailed { step: step_key }
        }
        Act::Skip => {
            stamp.require_reason("say why it is not needed; the record keeps it.")?;
            E::StepSkipped { step: step_key }
        }
        Act::Rule { go } => {
            stamp.require_reason("say what the ruling rests on; the record keeps it.")?;
            E::GateRuled { step: step_key, go }
        }
        Act::Pass { confirmed } => {
            if !confirmed {
                let what = format!("After “{}” there is no way back. Send `confirm: true` to say that you mean it.", step.title);
                return Err(Refusal::field("confirm", what));
            }
            current(c, whole)?;
            E::PointPassed { step: step_key }
        }
    }])
}

/// Gates are ruled and the point is passed; tasks and checks are done.
fn fits(step: &RunbookStep, act: &Act) -> Result<(), Refusal> {
    let right = match (step.kind, act) {
        (StepKind::Gate, Act::Rule { .. }) | (StepKind::PointOfNoReturn, Act::Pass { .. }) => true,
        (StepKind::Task | StepKind::SmokeCheck, act) => !matches!(act, Act::Rule { .. } | Act::Pass { .. }),
        _ => false,
    };
    if right {
        return Ok(());
    }
    let can = match step.kind {
        StepKind::Gate => "`go` or `no_go`",
        StepKind::PointOfNoReturn => "`pass`",
        StepKind::Task | StepKind::SmokeCheck => "`start`, `done`, `fail` or `skip`",
    };
    Err(Refusal::field("act", format!("“{}” is a {}: it takes {can}.", step.title, kind_in_words(step.kind))))
}

fn already(own: &Progress, act: &Act) -> bool {
    match act {
        Act::Start => own.status == Status::Running,
        Act::Done { .. } | Act::Rule { go: true } | Act::Pass { .. } => own.status == Status::Done,
        Act::Fail => own.status == Status::Failed,
        Act::Skip => own.status == Status::Skipped,
        Act::Rule { go: false } => own.status == Status::NoGo,
    }
}

fn rolled_back(c: &Cutover, over: Option<&str>, stamp: &Stamp) -> Result<Vec<E>, Refusal> {
    if c.state == State::RolledBack {
        return Ok(vec![]);
    }
    running(c)?;
    if let Some(passed) = &c.passed {
        let named = &c.runbook.may_override;
        let may = over.is_some_and(|who| named.iter().any(|n| n.trim().eq_ignore_ascii_case(who)));
        if over.is_none() || !may {
            let who = if named.is_empty() {
                "The plan names nobody who may override that.".to_owned()
            } else {
                format!("Only {} may override that, with a reason.", named.join(" or "))
            };
            let what = format!("{} passed the point of no return: what fails now is fixed forward. {who}", passed.by);
            return Err(if over.is_some() { Refusal::forbidden(what) } else { Refusal { field: Some("over".into()), ..Refusal::conflict(what) } });
        }
    }
    stamp.require_reason("say why the change is taken back; everybody asks that first.")?;
    Ok(vec![E::RolledBack { overridden: c.passed.is_some() }])
}

fn stopped(c: &Cutover, stamp: &Stamp) -> Result<Vec<E>, Refusal> {
    if c.state == State::Stopped {
        return Ok(vec![]);
    }
    running(c)?;
    if c.passed.is_some() && !c.rehearsal {
        return Err(Refusal::conflict("The point of no return is passed: finish the runbook, or let who may override that roll back."));
    }
    stamp.require_reason("say why it ends here; the record keeps it.")?;
    Ok(vec![E::Stopped])
}

fn finished(c: &Cutover, seen: Option<u32>) -> Result<Vec<E>, Refusal> {
    if c.state == State::Finished {
        return Ok(vec![]);
    }
    running(c)?;
    let open: Vec<String> = c.open().map(|step| format!("“{}”", step.title)).collect();
    if !open.is_empty() {
        let (shown, more) = (open.iter().take(5).cloned().collect::<Vec<_>>().join(", "), open.len().saturating_sub(5));
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        return Err(Refusal::conflict(format!("Not everything is done: {shown}{more}. Do it, or skip it with a reason.")));
    }
    current(c, seen)?;
    Ok(vec![E::Finished])
}

fn running(c: &Cutover) -> Result<(), Refusal> {
    let by = c.ended_by.as_deref().unwrap_or("Somebody");
    match c.state {
        State::Running => Ok(()),
        State::Finished => Err(Refusal::conflict(format!("{by} finished this runbook; it is part of the record."))),
        State::RolledBack => Err(Refusal::conflict(format!("{by} rolled this back; it is part of the record. Begin again when it is time."))),
        State::Stopped => Err(Refusal::conflict(format!("{by} stopped this run; it is part of the record. Begin again when it is time."))),
    }
}

/// What is decided about the whole is decided on what it is now.
fn current(c: &Cutover, seen: Option<u32>) -> Result<(), Refusal> {
    match seen {
        Some(seen) if seen == c.revision => Ok(()),
        Some(_) => Err(Refusal::conflict("Something happened in this runbook a moment ago. Look at it again, then decide.")),
        None => Err(Refusal::field("revision", "Name the `revision` of the cutover that you have seen: this cannot be taken back.")),
    }
}

fn short(field: &str, text: Option<&str>) -> Result<(), Refusal> {
    if text.is_some_and(|text| text.chars().count() > TEXT_LIMIT) {
        return Err(Refusal::field(field, format!("At most {TEXT_LIMIT} characters are possible: say the main thing, and link the rest.")));
    }
    Ok(())
}

/// The word for where a step stands.
pub(super) const fn status_in_words(status: Status) -> &'static str {
    match status {
        Status::Waiting => "waiting",
        Status::Running => "running",
        Status::Done => "done",
        Status::Failed => "failed",
        Status::Skipped => "skipped",
        Status::NoGo => "no-go",
    }
}
