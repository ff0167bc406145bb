//! Where each stage stands, and how that came about.

use super::Stage;
use crate::plan::Plan;
use crate::signals::Day;
use crate::{ConversationId, Stamp, Timestamp};
use serde::{Deserialize, Serialize};

/// Steps that are remembered for screens; the log has all of them.
const STEPS_KEPT: usize = 200;

/// Where every stage stands. Stages that are not named here are on the window's promises and were never tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ladder {
    /// Stages that were normalised at least once, by name.
    pub standings: Vec<Standing>,
    /// When a stage last went to normal promises.
    pub last_step: Option<Timestamp>,
    /// The stage whose step people were told they can take.
    pub offered: Option<String>,
    /// Its steps, oldest first.
    pub steps: Vec<Step>,
    /// Open conversations whose promises are being tightened.
    pub tightening: Option<Tightening>,
}

/// Where one stage stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The stage's name.
    pub stage: String,
    /// Its categories when the step was taken.
    pub categories: Vec<String>,
    /// How often it went to normal promises.
    pub tries: u32,
    /// How often of these by itself.
    pub automatic_tries: u32,
    /// On which promises it is.
    pub place: Place,
}

/// On which promises a stage is that was tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Place {
    /// On the normal ones.
    Normal {
        /// Since when.
        since: Timestamp,
        /// Who took the step.
        by: String,
        /// Whether it was taken by itself.
        automatic: bool,
        /// The first day whose guards judge it.
        judged_from: Day,
    },
    /// Back on the window's.
    Reverted {
        /// Since when.
        at: Timestamp,
        /// Who took it back.
        by: String,
        /// Whether a guard did.
        automatic: bool,
        /// Why.
        why: String,
        /// The first day that counts towards the cool-down.
        counted_from: Day,
    },
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StageStepKind))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The stage went to normal promises.
    Normalised,
    /// It was taken back.
    Reverted,
}

/// One step of one stage, for the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StageStep))]
pub struct Step {
    /// Which stage.
    pub stage: String,
    /// What was done.
    pub kind: StepKind,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Whether it happened by itself.
    pub automatic: bool,
    /// The how-manieth time on normal promises this was.
    pub attempt: u32,
    /// Why, where that was said.
    pub why: Option<String>,
    /// What was missing and accepted.
    pub overridden: Vec<String>,
}

/// The open conversations of categories that are back on the window's promises are gone through page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tightening {
    /// When the next page is due.
    pub due: Timestamp,
    /// Categories that are not done; the first is gone through now.
    pub categories: Vec<String>,
    /// The last conversation of the first category that was looked at.
    pub after: Option<ConversationId>,
}

/// What can happen to the stages of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StageEvent {
    /// A stage is on normal promises from here on.
    Normalised {
        /// Which.
        stage: String,
        /// Its categories.
        categories: Vec<String>,
        /// Whether by itself.
        automatic: bool,
        /// The how-manieth time.
        attempt: u32,
        /// The first day whose guards judge it.
        judged_from: Day,
        /// What was missing and accepted by the person.
        overridden: Vec<String>,
    },
    /// Stages are back on the window's promises.
    Reverted {
        /// Which: the cause first, then those that were normalised after it.
        stages: Vec<String>,
        /// The categories of all of them.
        categories: Vec<String>,
        /// Whether a guard did it.
        automatic: bool,
        /// Why.
        why: String,
        /// The first day that counts towards the cool-down.
        counted_from: Day,
    },
    /// Nothing is missing for the step of a stage; a person can take it.
    Offered {
        /// Which.
        stage: String,
    },
    /// A page of open conversations was looked at, and their promises tightened where they were longer.
    Tightened {
        /// Of which category.
        category: String,
        /// How many.
        conversations: u32,
        /// The last of them.
        after: Option<ConversationId>,
        /// Whether the category is done.
        done: bool,
    },
}

impl StageEvent {
    /// The event's name in the log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Normalised { .. } => "window.stage_normalised",
            Self::Reverted { .. } => "window.stage_reverted",
            Self::Offered { .. } => "window.stage_offered",
            Self::Tightened { .. } => "window.stage_tightened",
        }
    }
}

impl Ladder {
    /// Where a stage stands, if it was ever tried.
    pub fn standing(&self, stage: &str) -> Option<&Standing> {
        self.standings.iter().find(|s| s.stage == stage)
    }
    /// Whether a stage is on normal promises.
    pub fn is_normal(&self, stage: &str) -> bool {
        self.standing(stage).is_some_and(|s| matches!(s.place, Place::Normal { .. }))
    }
    /// Categories that are on normal promises, sorted.
    pub fn normalised(&self) -> Vec<String> {
        let normal = self.standings.iter().filter(|s| matches!(s.place, Place::Normal { .. }));
        let mut categories: Vec<String> = normal.flat_map(|s| s.categories.iter().cloned()).collect();
        categories.sort_unstable();
        categories.dedup();
        categories
    }
    /// The stage whose turn it is: the first that is not on normal promises.
    pub fn next(&self, plan: &Plan) -> Option<Stage> {
        super::of(plan).into_iter().find(|s| !self.is_normal(&s.name))
    }

    /// The ladder after an event.
    pub fn apply(&mut self, event: &StageEvent, stamp: &Stamp) {
        match event {
            StageEvent::Normalised { stage, categories, automatic, attempt, judged_from, overridden } => {
                let place = Place::Normal { since: stamp.at, by: stamp.actor.name.clone(), automatic: *automatic, judged_from: *judged_from };
                let automatic_tries = self.standing(stage).map_or(0, |s| s.automatic_tries) + u32::from(*automatic);
                self.standings.retain(|s| s.stage != *stage);
                self.standings.push(Standing { stage: stage.clone(), categories: categories.clone(), tries: *attempt, automatic_tries, place });
                self.last_step = Some(stamp.at);
                self.offered = None;
                self.tighten_no_more(categories, stamp.at);
                self.remember(Step {
                    stage: stage.clone(),
                    kind: StepKind::Normalised,
                    at: stamp.at,
                    by: stamp.actor.name.clone(),
                    automatic: *automatic,
                    attempt: *attempt,
                    why: stamp.reason.clone(),
                    overridden: overridden.clone(),
                });
            }
            StageEvent::Reverted { stages, categories, automatic, why, counted_from } => {
                let by = &stamp.actor.name;
                for stage in stages {
                    let Some(standing) = self.standings.iter_mut().find(|s| s.stage == *stage) else { continue };
                    standing.place =
                        Place::Reverted { at: stamp.at, by: by.clone(), automatic: *automatic, why: why.clone(), counted_from: *counted_from };
                    let attempt = standing.tries;
                    self.remember(Step {
                        stage: stage.clone(),
                        kind: StepKind::Reverted,
                        at: stamp.at,
                        by: by.clone(),
                        automatic: *automatic,
                        attempt,
                        why: Some(why.clone()),
                        overridden: vec![],
                    });
                }
                self.offered = None;
                self.tighten(categories, stamp.at);
            }
            StageEvent::Offered { stage } => self.offered = Some(stage.clone()),
            StageEvent::Tightened { category, after, done, .. } => self.tightened(category, *after, *done, stamp.at),
        }
    }

    fn remember(&mut self, step: Step) {
        self.steps.push(step);
        let over = self.steps.len().saturating_sub(STEPS_KEPT);
        self.steps.drain(..over);
    }

    fn tighten(&mut self, categories: &[String], now: Timestamp) {
        if categories.is_empty() {
            return;
        }
        let due = self.tightening.as_ref().map_or(now, |job| later(job.due, now));
        let job = self.tightening.get_or_insert_with(|| Tightening { due, categories: vec![], after: None });
        for category in categories {
            if !job.categories.contains(category) {
                job.categories.push(category.clone());
            }
        }
        job.due = due;
    }

    fn tighten_no_more(&mut self, categories: &[String], now: Timestamp) {
        let Some(job) = &mut self.tightening else { return };
        let first = job.categories.first().cloned();
        job.categories.retain(|c| !categories.contains(c));
        if job.categories.first() != first.as_ref() {
            job.after = None;
        }
        job.due = later(job.due, now);
        self.tightening.take_if(|job| job.categories.is_empty());
    }

    fn tightened(&mut self, category: &str, after: Option<ConversationId>, done: bool, now: Timestamp) {
        let Some(job) = self.tightening.as_mut().filter(|job| job.categories.first().is_some_and(|c| c == category)) else { return };
        if done {
            job.categories.remove(0);
            job.after = None;
        } else {
            job.after = after;
        }
        job.due = later(job.due, now);
        self.tightening.take_if(|job| job.categories.is_empty());
    }
}

/// Now, and never the same instant twice: the engine takes a due time off its list when it has seen to it, and would
/// take the next one with it if they were equal.
fn later(before: Timestamp, now: Timestamp) -> Timestamp {
    now.max(before + crate::Span(1))
}
