//! A cutover's events in words.

use super::sentence::{because, short};
use hypercare_core::cutover::CutoverEvent;
use hypercare_store::queries::events::Line;

/// Steps and triggers are named by their keys: the words for them may have changed since.
pub fn sentence(event: &CutoverEvent, line: &Line) -> String {
    use CutoverEvent as E;
    let who = &line.actor_name;
    match event {
        E::Begun { cutover } if cutover.rehearsal => format!("{who} began a rehearsal of the cutover, {} steps", cutover.steps.len()),
        E::Begun { cutover } => format!("{who} began the cutover, {} steps", cutover.steps.len()),
        E::StepStarted { step } => format!("{who} began the step “{step}” of the cutover"),
        E::StepDone { step, evidence: Some(evidence) } => format!("{who} did the step “{step}” of the cutover: {}", short(evidence)),
        E::StepDone { step, evidence: None } => format!("{who} did the step “{step}” of the cutover"),
        E::StepFailed { step } => format!("The step “{step}” of the cutover did not work, says {who}{}", because(line)),
        E::StepSkipped { step } => format!("{who} skipped the step “{step}” of the cutover{}", because(line)),
        E::GateRuled { step, go: true } => format!("{who} ruled go at “{step}”{}", because(line)),
        E::GateRuled { step, go: false } => format!("{who} ruled no-go at “{step}”{}", because(line)),
        E::PointPassed { .. } => format!("{who} passed the point of no return: from here only forward"),
        E::StepLate { step } => format!("The step “{step}” of the cutover takes longer than planned"),
        E::FigureSent { figure, value } => format!("{who} sent in {value} for “{figure}”"),
        E::TriggerCrossed { trigger, .. } => format!("The figure of the rollback trigger “{trigger}” crossed its threshold"),
        E::TriggerCalmed { trigger, .. } => format!("The figure of the rollback trigger “{trigger}” is fine again"),
        E::TriggerFired { trigger, past: false, .. } => format!("The rollback trigger “{trigger}” fired: those who may roll back were told"),
        E::TriggerFired { trigger, past: true, .. } => format!("The rollback trigger “{trigger}” fired, past the point of no return"),
        E::RolledBack { overridden: false } => format!("{who} rolled the cutover back{}", because(line)),
        E::RolledBack { overridden: true } => format!("{who} rolled the cutover back, past the point of no return{}", because(line)),
        E::Stopped => format!("{who} stopped the cutover{}", because(line)),
        E::Finished => format!("{who} finished the cutover{}", because(line)),
    }
}
