//! A window: one hypercare period for one change, from the plan to the lessons.

pub mod due;
mod label;
pub mod readiness;
#[cfg(test)]
mod tests;

use crate::plan::Plan;
use crate::relapse::{self, Sign, Watch, WatchEvent};
use crate::signals::Day;
use crate::stages::{self, History, Ladder, StageEvent};
use crate::timer::{Timer, TimerKind};
use crate::{Aggregate, ConversationId, OutcomeId, Refusal, Stamp, Timestamp, WindowId};
use readiness::Gap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use label::{LABEL_TEXT_LIMIT, LABELS_LIMIT, Label};

/// The life of a window. Only the steps named at [`Phase::next`] exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The plan is being made.
    Preparing,
    /// The change is live.
    Active,
    /// Promises return to normal, step by step.
    Stabilising,
    /// Over.
    Closed,
}

impl Phase {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Preparing, Self::Active, Self::Stabilising, Self::Closed];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Active => "active",
            Self::Stabilising => "stabilising",
            Self::Closed => "closed",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }
    /// Where it may go from here by a plain step. Back from stabilising to active is a relapse; a closed window is reopened by
    /// [`WindowCommand::Reopen`], while it is watched.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Preparing => &[Self::Active, Self::Closed],
            Self::Active => &[Self::Stabilising, Self::Closed],
            Self::Stabilising => &[Self::Active, Self::Closed],
            Self::Closed => &[],
        }
    }
    /// Whether customers' messages about the change belong to the window.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::Stabilising)
    }
}

/// One step in the life of a window, kept for the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transition {
    /// From.
    pub from: Phase,
    /// To.
    pub to: Phase,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, where one was given or needed.
    pub reason: Option<String>,
    /// What was missing and accepted at that moment.
    pub accepted_gaps: Vec<String>,
}

/// The state of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Its id.
    pub id: WindowId,
    /// The plan's key.
    pub key: String,
    /// Where it stands.
    pub phase: Phase,
    /// The plan as applied.
    pub plan: Plan,
    /// How often the plan was applied.
    pub plan_version: u32,
    /// When the change goes or went live.
    pub go_live_at: Timestamp,
    /// When the window became active.
    pub activated_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its steps.
    pub transitions: Vec<Transition>,
    /// The next midnight of the programme's zone: the day that ends there is measured then.
    pub next_day_close: Option<Timestamp>,
    /// Where each stage of the way back to normal promises stands.
    #[serde(default)]
    pub stages: Ladder,
    /// The watch over the days after its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<Watch>,
}

/// What can be asked of a window.
#[derive(Clone, Debug)]
pub enum WindowCommand {
    /// Apply a plan that was checked; the first time it creates the window.
    ApplyPlan {
        /// Its id, for the first.
        id: WindowId,
        /// The plan.
        plan: Box<Plan>,
    },
    /// Go to another phase.
    Transition {
        /// Which.
        to: Phase,
        /// What stands in the way: readiness gaps for going live, unmet criteria for closing. Each needs the reason to cover it.
        gaps: Vec<Gap>,
    },
    /// The engine: a day is over and has been measured.
    CloseDay,
    /// The engine: what the days after the end say.
    JudgeRelapse {
        /// The day that is over.
        day: Day,
        /// What got worse.
        signs: Vec<Sign>,
        /// Keys of the signals that have an alarm, whatever its level.
        alarmed: BTreeSet<String>,
    },
    /// A person decides against reopening; needs the reason.
    DismissRelapse,
    /// A person opens a closed window again; needs the reason.
    Reopen {
        /// `active` or `stabilising`.
        to: Phase,
    },
    /// The engine: what happens to the stages by itself, now that the guards say this.
    JudgeStages {
        /// What the guards have measured.
        history: Box<History>,
    },
    /// A person takes a stage to normal promises.
    NormaliseStage {
        /// Which.
        stage: String,
        /// What the guards have measured.
        history: Box<History>,
        /// Also where something is missing; needs the reason.
        over: bool,
    },
    /// A person takes a stage back, and every stage after it. Needs the reason.
    RevertStage {
        /// Which.
        stage: String,
    },
    /// The lead says which answers are right for messages of customers.
    Label {
        /// The messages.
        labels: Vec<Label>,
    },
    /// A label is mistaken: it counts no more. Needs the reason.
    Unlabel {
        /// Which outcome.
        outcome: OutcomeId,
        /// The message.
        text: String,
    },
    /// The engine: a page of open conversations was looked at after a step back.
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

/// What can have happened to a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WindowEvent {
    /// A plan was applied.
    PlanApplied {
        /// Of which window.
        id: WindowId,
        /// Which version.
        version: u32,
        /// The plan.
        plan: Box<Plan>,
        /// Its go-live.
        go_live_at: Timestamp,
    },
    /// Another phase.
    Moved {
        /// From.
        from: Phase,
        /// To.
        to: Phase,
        /// What was missing and accepted.
        accepted_gaps: Vec<String>,
    },
    /// A day ended.
    DayClosed {
        /// When the next one ends.
        next: Option<Timestamp>,
    },
    /// The right answers of messages were told.
    Labelled {
        /// The messages.
        labels: Vec<Label>,
    },
    /// A label was mistaken.
    Unlabelled {
        /// Which outcome.
        outcome: OutcomeId,
        /// The message.
        text: String,
    },
    /// A stage of the way back to normal promises.
    Stage {
        /// What happened to it.
        step: StageEvent,
    },
    /// The watch over the days after the end.
    Watched {
        /// What happened.
        watch: WatchEvent,
    },
}

impl Window {
    /// Its due times, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        let timer = |kind| move |due_at| Timer { kind, key: String::new(), due_at };
        let day = self.next_day_close.map(timer(TimerKind::DayClose));
        day.into_iter().chain(self.stages.tightening.as_ref().map(|job| job.due).map(timer(TimerKind::Tighten))).collect()
    }
    /// The day of the window, counted from 1 at go-live; 0 before.
    pub fn day(&self, now: Timestamp) -> u32 {
        match self.activated_at {
            Some(from) if now >= from => u32::try_from(days_between(from, now, &self.plan.window.zone)).unwrap_or(0) + 1,
            _ => 0,
        }
    }
}

/// Whole local dates from one instant to another in a zone.
pub fn days_between(from: Timestamp, to: Timestamp, zone: &str) -> i32 {
    let Ok(tz) = crate::calendar::zone(zone) else { return 0 };
    let (a, b) = (tz.to_datetime(from.to_jiff()).date(), tz.to_datetime(to.to_jiff()).date());
    a.until(b).map_or(0, |span| span.get_days())
}

/// The next midnight after `at` in a zone; where a change of clocks skips midnight, the first instant of that date.
pub fn next_midnight(at: Timestamp, zone: &str) -> Option<Timestamp> {
    let tz = crate::calendar::zone(zone).ok()?;
    let tomorrow = tz.to_datetime(at.to_jiff()).date().tomorrow().ok()?;
    tz.to_timestamp(tomorrow.at(0, 0, 0, 0)).ok().map(Timestamp::from_jiff)
}

impl Aggregate for Window {
    const KIND: &'static str = "window";
    type Command = WindowCommand;
    type Event = WindowEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: WindowCommand, stamp: &Stamp, (): &()) -> Result<Vec<WindowEvent>, Refusal> {
        match (state, command) {
            (state, WindowCommand::ApplyPlan { id, plan }) => {
                let go_live_at = plan.go_live_at().map_err(|why| Refusal::field("change.go_live", why))?;
                if let Some(w) = state {
                    if w.phase == Phase::Closed {
                        return Err(Refusal::conflict("This window is closed; its plan is part of the record. Start a new window from its lessons."));
                    }
                    if w.key != plan.window.key {
                        return Err(Refusal::field(
                            "window.key",
                            format!("This window's key is `{}`; a plan with another key is another window.", w.key),
                        ));
                    }
                    if w.plan == *plan {
                        return Ok(vec![]);
                    }
                }
                let (id, version) = state.map_or((id, 1), |w| (w.id, w.plan_version + 1));
                let back = state.and_then(|w| stages::replan(&w.stages, &plan, stamp.at));
                let applied = WindowEvent::PlanApplied { id, version, plan, go_live_at };
                Ok([applied].into_iter().chain(back.map(|step| WindowEvent::Stage { step })).collect())
            }
            (None, _) => Err(Refusal::not_found("window")),
            (Some(w), WindowCommand::Transition { to, gaps }) => transition(w, to, &gaps, stamp),
            (Some(w), WindowCommand::CloseDay) => {
                if w.next_day_close.is_none_or(|due| due > stamp.at) {
                    return Ok(vec![]);
                }
                let zone = &w.plan.window.zone;
                let next = w.next_day_close.and_then(|due| match (w.phase, &w.watch) {
                    (Phase::Closed, None) => None,
                    (Phase::Closed, Some(watch)) => relapse::next_close(watch, due, zone),
                    _ => next_midnight(due, zone),
                });
                Ok(vec![WindowEvent::DayClosed { next }])
            }
            (Some(w), WindowCommand::JudgeRelapse { day, signs, alarmed }) => {
                let watch = w.watch.as_ref().filter(|_| w.phase == Phase::Closed);
                Ok(watched(watch.map(|watch| relapse::judge(watch, day, &signs, &alarmed)).unwrap_or_default()))
            }
            (Some(w), WindowCommand::DismissRelapse) => relapse::dismiss(w, stamp).map(watched),
            (Some(w), WindowCommand::Reopen { to }) => reopen(w, to, stamp),
            (Some(w), WindowCommand::JudgeStages { history }) => Ok(steps(stages::advance(&w.stages, &w.plan, w.phase, &history, stamp.at))),
            (Some(w), WindowCommand::NormaliseStage { stage, history, over }) => {
                stages::normalise(&w.stages, &w.plan, w.phase, &history, &stage, over, stamp).map(steps)
            }
            (Some(w), WindowCommand::RevertStage { stage }) => stages::revert(&w.stages, &w.plan, &stage, stamp).map(steps),
            (Some(w), WindowCommand::Label { labels }) => label::decide(w, labels),
            (Some(w), WindowCommand::Unlabel { outcome, text }) => label::unlabel(w, outcome, text, stamp),
            (Some(w), WindowCommand::Tightened { category, conversations, after, done }) => {
                let current = w.stages.tightening.as_ref().is_some_and(|job| job.categories.first() == Some(&category));
                Ok(if current { steps(vec![StageEvent::Tightened { category, conversations, after, done }]) } else { vec![] })
            }
        }
    }

    fn apply(state: Option<Self>, event: &WindowEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (state, WindowEvent::PlanApplied { id, version, plan, go_live_at }) => {
                let mut w = state.unwrap_or_else(|| Self {
                    id: *id,
                    key: plan.window.key.clone(),
                    phase: Phase::Preparing,
                    plan: (**plan).clone(),
                    plan_version: 0,
                    go_live_at: *go_live_at,
                    activated_at: None,
                    closed_at: None,
                    created_at: stamp.at,
                    transitions: vec![],
                    next_day_close: next_midnight(stamp.at, &plan.window.zone),
                    stages: Ladder::default(),
                    watch: None,
                });
                w.plan = (**plan).clone();
                w.plan_version = *version;
                w.go_live_at = *go_live_at;
                w
            }
            (Some(mut w), WindowEvent::Moved { from, to, accepted_gaps }) => {
                w.phase = *to;
                if *to == Phase::Active && w.activated_at.is_none() {
                    w.activated_at = Some(stamp.at);
                }
                if *to == Phase::Closed {
                    w.closed_at = Some(stamp.at);
                    w.next_day_close = None;
                    w.stages.tightening = None;
                }
                if *from == Phase::Closed {
                    w.closed_at = None;
                    w.watch = None;
                    w.next_day_close = next_midnight(stamp.at, &w.plan.window.zone);
                }
                w.transitions.push(Transition {
                    from: *from,
                    to: *to,
                    by: stamp.actor.name.clone(),
                    at: stamp.at,
                    reason: stamp.reason.clone(),
                    accepted_gaps: accepted_gaps.clone(),
                });
                w
            }
            (Some(mut w), WindowEvent::DayClosed { next }) => {
                w.next_day_close = *next;
                w
            }
            // What labels say is kept beside the window: thousands of them are not its state.
            (Some(w), WindowEvent::Labelled { .. } | WindowEvent::Unlabelled { .. }) => w,
            (Some(mut w), WindowEvent::Stage { step }) => {
                w.stages.apply(step, stamp);
                w
            }
            (Some(mut w), WindowEvent::Watched { watch }) => {
                if matches!(watch, WatchEvent::Begun { .. }) {
                    w.next_day_close = next_midnight(stamp.at, &w.plan.window.zone);
                }
                w.watch = relapse::apply(w.watch.take(), watch, stamp);
                w
            }
            (None, _) => unreachable!("the first event of a window is `plan_applied`"),
        }
    }

    fn event_name(event: &WindowEvent) -> &'static str {
        match event {
            WindowEvent::PlanApplied { .. } => "window.plan_applied",
            WindowEvent::Moved { .. } => "window.moved",
            WindowEvent::DayClosed { .. } => "window.day_closed",
            WindowEvent::Labelled { .. } => "window.labelled",
            WindowEvent::Unlabelled { .. } => "window.unlabelled",
            WindowEvent::Stage { step } => step.name(),
            WindowEvent::Watched { watch } => watch.name(),
        }
    }
}

fn steps(events: Vec<StageEvent>) -> Vec<WindowEvent> {
    events.into_iter().map(|step| WindowEvent::Stage { step }).collect()
}

fn watched(events: Vec<WatchEvent>) -> Vec<WindowEvent> {
    events.into_iter().map(|watch| WindowEvent::Watched { watch }).collect()
}

/// Opened again, a window goes on as if it had not been closed: its days go on being counted, and active means under all its promises. What
/// came in while it was closed stays on the promises that were made to it.
fn reopen(w: &Window, to: Phase, stamp: &Stamp) -> Result<Vec<WindowEvent>, Refusal> {
    if w.phase == to && to.is_open() {
        return Ok(vec![]);
    }
    relapse::check_reopening(w, to, stamp)?;
    let moved = WindowEvent::Moved { from: Phase::Closed, to, accepted_gaps: vec![] };
    let why = stamp.reason.as_deref().unwrap_or("The window was opened again.");
    let back = (to == Phase::Active).then(|| stages::revert_all(&w.stages, &w.plan, why, stamp.at)).flatten();
    Ok([moved].into_iter().chain(back.map(|step| WindowEvent::Stage { step })).collect())
}

fn transition(w: &Window, to: Phase, gaps: &[Gap], stamp: &Stamp) -> Result<Vec<WindowEvent>, Refusal> {
    if w.phase == to {
        return Ok(vec![]);
    }
    if !w.phase.next().contains(&to) {
        let allowed: Vec<_> = w.phase.next().iter().map(|p| p.word()).collect();
        let allowed = if allowed.is_empty() { "nothing follows it".to_owned() } else { format!("from here it can go to {}", allowed.join(" or ")) };
        return Err(Refusal::field("to", format!("A window that is {} cannot become {}: {allowed}.", w.phase.word(), to.word())));
    }
    if !gaps.is_empty() && stamp.reason.is_none() {
        let list = gaps.iter().map(|g| format!("• {}", g.what)).collect::<Vec<_>>().join("\n");
        return Err(Refusal {
            field: Some("reason".into()),
            ..Refusal::conflict(format!(
                "{} {} in the way:\n{list}\nClose the gaps, or give the reason why you go on without them; it is kept in the record with your name.",
                gaps.len(),
                if gaps.len() == 1 { "thing stands" } else { "things stand" }
            ))
        });
    }
    // Leaving early, going back and cancelling are judgements: the record keeps why.
    if to == Phase::Closed || w.phase == Phase::Stabilising {
        stamp.require_reason("say what the decision rests on; the report keeps it.")?;
    }
    let moved = WindowEvent::Moved { from: w.phase, to, accepted_gaps: gaps.iter().map(|g| g.what.clone()).collect() };
    // Back to active is a relapse: everything is under the window's promises again.
    let why = stamp.reason.as_deref().unwrap_or("The window went back to active.");
    let back = (to == Phase::Active).then(|| stages::revert_all(&w.stages, &w.plan, why, stamp.at)).flatten();
    // A window that never went live has nothing to relapse into.
    let watch = (to == Phase::Closed && w.phase.is_open()).then(|| relapse::begin(w, stamp.at)).flatten();
    let after = back.map(|step| WindowEvent::Stage { step }).into_iter().chain(watch.map(|watch| WindowEvent::Watched { watch }));
    Ok([moved].into_iter().chain(after).collect())
}
