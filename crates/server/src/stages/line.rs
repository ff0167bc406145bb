//! One line for the first look: a stage was taken back, or can take its step.

use super::history;
use crate::App;
use hypercare_core::Timestamp;
use hypercare_core::stages::{Place, missing};
use hypercare_core::window::{Phase, Window};
use hypercare_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// What the stages ask for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StageLineKind {
    /// It is back on the window's promises.
    Reverted,
    /// Nothing is missing for its step.
    CanStep,
}

/// One line about the stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageLine {
    /// What it says.
    pub kind: StageLineKind,
    /// The stage.
    pub stage: String,
    /// In words.
    pub sentence: String,
    /// Since when, for a stage that was taken back.
    pub since: Option<Timestamp>,
}

/// The line, where there is something to say: of a window that is stabilising, the stage whose turn it is.
///
/// # Errors
/// When the database fails.
pub async fn line(app: &App, w: &Window) -> Result<Option<StageLine>, StoreError> {
    let Some(next) = w.stages.next(&w.plan).filter(|_| w.phase == Phase::Stabilising) else { return Ok(None) };
    if missing(&w.stages, &w.plan, w.phase, &history(app, w).await?, &next, app.now()).is_empty() {
        let sentence = format!("“{}” can return to normal promises: nothing is missing.", next.name);
        return Ok(Some(StageLine { kind: StageLineKind::CanStep, stage: next.name, sentence, since: None }));
    }
    Ok(match w.stages.standing(&next.name).map(|s| &s.place) {
        Some(Place::Reverted { at, why, .. }) => {
            let sentence = format!("“{}” is back on the window's promises: {why}", next.name);
            Some(StageLine { kind: StageLineKind::Reverted, stage: next.name, sentence, since: Some(*at) })
        }
        _ => None,
    })
}
