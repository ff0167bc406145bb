//! One reply to every conversation of an issue: once each, stoppable, resumable.

use crate::timer::{Timer, TimerKind};
use crate::{Aggregate, AnswerId, BroadcastId, IssueId, Refusal, Stamp, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BroadcastState {
    /// Messages are going out.
    Running,
    /// Halted by a person; can go on.
    Stopped,
    /// Everyone has been told.
    Done,
}

impl BroadcastState {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }
}

/// The state of a reply to all. Who has been told is kept with each conversation's message, so that
/// a crash between two messages can neither lose nor repeat one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broadcast {
    /// Its id.
    pub id: BroadcastId,
    /// Of which window.
    pub window: WindowId,
    /// To the conversations of which issue.
    pub issue: IssueId,
    /// The text; `{name}` becomes the customer's name.
    pub text: String,
    /// The approved answer it carries, and the version.
    pub answer: Option<(AnswerId, u32)>,
    /// Whether it settles the conversations.
    pub resolve: bool,
    /// Where it stands.
    pub state: BroadcastState,
    /// How many conversations when it began.
    pub total: u32,
    /// How many have it now.
    pub sent: u32,
    /// How many could not be reached, with the reason kept at each.
    pub failed: u32,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
    /// When its next step is due; none unless running.
    pub next_at: Option<Timestamp>,
}

/// What can be asked of it.
#[derive(Clone, Debug)]
pub enum BroadcastCommand {
    /// Begin.
    Start {
        /// Its id.
        id: BroadcastId,
        /// Of which window.
        window: WindowId,
        /// Of which issue.
        issue: IssueId,
        /// The text.
        text: String,
        /// The approved answer it carries.
        answer: Option<(AnswerId, u32)>,
        /// Whether it settles the conversations.
        resolve: bool,
        /// How many conversations.
        total: u32,
    },
    /// Halt.
    Stop,
    /// Go on.
    Resume,
    /// The engine sent a few.
    Progress {
        /// How many more have it.
        sent: u32,
        /// How many more could not be reached.
        failed: u32,
        /// Nobody is left.
        done: bool,
    },
}

/// What can have happened to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BroadcastEvent {
    /// It began.
    Started {
        /// As it began.
        broadcast: Box<Broadcast>,
    },
    /// It was halted.
    Stopped,
    /// It goes on.
    Resumed,
    /// A few more have it.
    Progressed {
        /// How many more have it.
        sent: u32,
        /// How many more could not be reached.
        failed: u32,
        /// Nobody is left.
        done: bool,
    },
}

/// Pause between two steps: pacing, and room for the stop button.
pub const STEP: crate::Span = crate::Span(500_000);
/// Conversations told in one step.
pub const STEP_SIZE: i64 = 20;

impl Broadcast {
    /// Its due time, for the engine.
    pub fn timers(&self) -> Vec<Timer> {
        self.next_at.map(|due_at| Timer { kind: TimerKind::Broadcast, key: String::new(), due_at }).into_iter().collect()
    }
}

impl Aggregate for Broadcast {
    const KIND: &'static str = "broadcast";
    type Command = BroadcastCommand;
    type Event = BroadcastEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: BroadcastCommand, stamp: &Stamp, (): &()) -> Result<Vec<BroadcastEvent>, Refusal> {
        use BroadcastState as S;
        match (state, command) {
            (None, BroadcastCommand::Start { id, window, issue, text, answer, resolve, total }) => {
                if text.trim().is_empty() || text.len() > crate::conversation::TEXT_LIMIT {
                    return Err(Refusal::field("text", "Write what every linked customer should read, at most 100 kB."));
                }
                if total == 0 {
                    return Err(Refusal::conflict("No conversation is linked to this issue yet, so there is nobody to reply to."));
                }
                let broadcast = Self {
                    id,
                    window,
                    issue,
                    text,
                    answer,
                    resolve,
                    state: S::Running,
                    total,
                    sent: 0,
                    failed: 0,
                    started_by: stamp.actor.name.clone(),
                    started_at: stamp.at,
                    next_at: Some(stamp.at),
                };
                Ok(vec![BroadcastEvent::Started { broadcast: Box::new(broadcast) }])
            }
            (None, _) => Err(Refusal::not_found("reply to all")),
            (Some(_), BroadcastCommand::Start { .. }) => Ok(vec![]),
            (Some(b), BroadcastCommand::Stop) => Ok(if b.state == S::Running { vec![BroadcastEvent::Stopped] } else { vec![] }),
            (Some(b), BroadcastCommand::Resume) => match b.state {
                S::Stopped => Ok(vec![BroadcastEvent::Resumed]),
                S::Running => Ok(vec![]),
                S::Done => Err(Refusal::conflict("Everyone has been told already.")),
            },
            (Some(b), BroadcastCommand::Progress { sent, failed, done }) => {
                Ok(if b.state == S::Running { vec![BroadcastEvent::Progressed { sent, failed, done }] } else { vec![] })
            }
        }
    }

    fn apply(state: Option<Self>, event: &BroadcastEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (_, BroadcastEvent::Started { broadcast }) => (**broadcast).clone(),
            (Some(mut b), BroadcastEvent::Stopped) => {
                b.state = BroadcastState::Stopped;
                b.next_at = None;
                b
            }
            (Some(mut b), BroadcastEvent::Resumed) => {
                b.state = BroadcastState::Running;
                b.next_at = Some(stamp.at);
                b
            }
            (Some(mut b), BroadcastEvent::Progressed { sent, failed, done }) => {
                b.sent += sent;
                b.failed += failed;
                b.next_at = (!done).then_some(stamp.at + STEP);
                if *done {
                    b.state = BroadcastState::Done;
                }
                b
            }
            (None, _) => unreachable!("the first event of a reply to all is `started`"),
        }
    }

    fn event_name(event: &BroadcastEvent) -> &'static str {
        match event {
            BroadcastEvent::Started { .. } => "broadcast.started",
            BroadcastEvent::Stopped => "broadcast.stopped",
            BroadcastEvent::Resumed => "broadcast.resumed",
            BroadcastEvent::Progressed { .. } => "broadcast.progressed",
        }
    }
}
