//! Due times: what the engine must look at again, and when. Timers are a pure projection of state, so
//! they can be rebuilt at any time and are never a second truth.

use crate::Timestamp;

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimerKind {
    /// An SLA clock runs out.
    Clock,
    /// A conversation that the assistant answered and nobody came back to is resolved.
    AutoResolve,
    /// A snoozed conversation comes back.
    Snooze,
    /// A reply to all takes its next step.
    Broadcast,
    /// A day of a window is over and is measured.
    DayClose,
    /// Open conversations of a category that is back on a window's promises are gone through.
    Tighten,
    /// The next level of an escalation is called.
    Escalation,
    /// A question waits for a ruling, or what was allowed for a while runs out.
    Decision,
    /// The next update that customers were promised is due, or soon.
    NextUpdate,
    /// An action of a review is due, or was due.
    Action,
    /// The date has come by which somebody was to see what becomes of an answer.
    Keeping,
    /// A step of a cutover should be done, or a figure has been past its threshold for long enough.
    Cutover,
    /// A rota: a handover begins or is late, or a request has run out.
    Rota,
}

impl TimerKind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Clock,
        Self::AutoResolve,
        Self::Snooze,
        Self::Broadcast,
        Self::DayClose,
        Self::Tighten,
        Self::Escalation,
        Self::Decision,
        Self::NextUpdate,
        Self::Action,
        Self::Keeping,
        Self::Cutover,
        Self::Rota,
    ];
    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::AutoResolve => "auto_resolve",
            Self::Snooze => "snooze",
            Self::Broadcast => "broadcast",
            Self::DayClose => "day_close",
            Self::Tighten => "tighten",
            Self::Escalation => "escalation",
            Self::Decision => "decision",
            Self::NextUpdate => "next_update",
            Self::Action => "action",
            Self::Keeping => "keeping",
            Self::Cutover => "cutover",
            Self::Rota => "rota",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// One due time of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// What is due.
    pub kind: TimerKind,
    /// Which of several of the same kind (`first_response#1`).
    pub key: String,
    /// When.
    pub due_at: Timestamp,
}
