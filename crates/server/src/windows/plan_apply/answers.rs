//! The plan's answers become drafts, and with the right to it approved ones. Answers that the plan no longer
//! has are left as they are: customers may have been told, and somebody decides what becomes of them.

use hypercare_core::answer::{Answer, AnswerCommand, AnswerState, AnswerText};
use hypercare_core::plan::{Change, Plan, PlanChangeKind, PlannedAnswer};
use hypercare_core::window::Window;
use hypercare_core::{Aggregate, AnswerId, Refusal, Stamp, WindowId};
use hypercare_store::queries::answers;
use hypercare_store::{Query, StoreError, Tx, WriteError};
use std::collections::HashMap;

/// What applying does to one answer.
pub struct AnswerStep {
    /// The answer, if there is one.
    id: Option<AnswerId>,
    key: String,
    text: AnswerText,
    newest: Option<u32>,
    live: Option<u32>,
    draft: bool,
    approve: bool,
}

impl AnswerStep {
    /// The version that has the plan's text afterwards.
    fn version(&self) -> u32 {
        self.newest.map_or(1, |v| if self.draft { v + 1 } else { v })
    }
    /// The rules name the part; the file has it inside the answer.
    fn named(&self, refusal: Refusal) -> Refusal {
        Refusal { field: refusal.field.map(|f| format!("answers[{}].{f}", self.key)), ..refusal }
    }
}

/// The answers that change.
pub async fn steps(q: &mut impl Query, window: Option<&Window>, plan: &Plan, approve: bool) -> Result<Vec<AnswerStep>, StoreError> {
    let kept = match window {
        Some(w) => answers::of_window(q, Some(w.id)).await?,
        None => vec![],
    };
    let kept: HashMap<&str, &Answer> = kept.iter().map(|a| (a.key.as_str(), a)).collect();
    let step = |planned: &PlannedAnswer| {
        let known = kept.get(planned.key.as_str());
        let newest = known.and_then(|a| a.newest());
        let text = text_of(planned);
        let draft = newest.is_none_or(|v| v.text != text);
        let live = known.and_then(|a| a.live);
        let withdrawn = known.is_some_and(|a| a.state == AnswerState::Retired);
        let unapproved = draft || live != newest.map(|v| v.version);
        let approve = approve && unapproved && !withdrawn && text.missing().is_empty();
        (draft || approve).then(|| AnswerStep {
            id: known.map(|a| a.id),
            key: planned.key.clone(),
            text,
            newest: newest.map(|v| v.version),
            live,
            draft,
            approve,
        })
    };
    Ok(plan.answers.iter().filter_map(step).collect())
}

/// Says what the steps do, beside what the comparison of the plans has said.
pub fn describe(steps: &[AnswerStep], plan: &Plan, changes: &mut Vec<Change>) {
    for gone in changes.iter_mut().filter(|c| c.kind == PlanChangeKind::Removed) {
        let key = gone.path.strip_prefix("answers[").and_then(|rest| rest.strip_suffix(']'));
        if key.is_some_and(|key| plan.answer(key).is_none()) {
            gone.after = Some("no longer in the plan; the answer itself stays as it is until somebody retires it".into());
        }
    }
    for step in steps {
        let path = format!("answers[{}]", step.key);
        let version = format!("version {}", step.version());
        let said = changes.iter().any(|c| c.path == path || c.path.starts_with(&format!("{path}.")));
        if step.draft && !said {
            let before = step.newest.map(|v| format!("version {v}, written outside the plan"));
            let kind = if before.is_some() { PlanChangeKind::Changed } else { PlanChangeKind::Added };
            changes.push(Change { kind, path: format!("{path}.draft"), before, after: Some(format!("{version}, as in the plan")) });
        }
        if step.approve {
            // The text is the plan's, which whoever applies it has read.
            let before = step.live.map(|v| format!("version {v}"));
            let kind = if before.is_some() { PlanChangeKind::Changed } else { PlanChangeKind::Added };
            changes.push(Change { kind, path: format!("{path}.approved"), before, after: Some(version) });
        }
    }
}

/// Carries one step out.
pub async fn keep(tx: &mut Tx, window: WindowId, step: AnswerStep, stamp: &Stamp) -> Result<(), WriteError> {
    let id = step.id.unwrap_or_else(|| tx.new_id(stamp.at));
    let version = step.version();
    let mut change = tx.change::<Answer>(id).await?;
    let draft = AnswerCommand::Draft { id, window, key: step.key.clone(), text: step.text.clone(), unsupported: vec![] };
    change.run(draft, stamp, &()).map_err(|refusal| step.named(refusal))?;
    if step.approve {
        change.run(AnswerCommand::Approve { version, seen: true }, stamp, &()).map_err(|refusal| step.named(refusal))?;
    }
    tx.save(change).await.map(drop)
}

/// Refuses what keeping would refuse, for a dry run.
pub fn check(steps: &[AnswerStep], stamp: &Stamp) -> Result<(), Refusal> {
    for step in steps.iter().filter(|s| s.draft) {
        let text = step.text.clone();
        let command = AnswerCommand::Draft { id: AnswerId(0), window: WindowId(0), key: step.key.clone(), text, unsupported: vec![] };
        Answer::decide(None, command, stamp, &()).map_err(|refusal| step.named(refusal))?;
    }
    Ok(())
}

fn text_of(a: &PlannedAnswer) -> AnswerText {
    AnswerText {
        title: a.title.clone(),
        expected: a.expected.clone(),
        do_now: a.do_now.clone(),
        next_update: a.next_update.clone(),
        source: a.source.clone(),
        examples: a.examples.clone(),
    }
}
