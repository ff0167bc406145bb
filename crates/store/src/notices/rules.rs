//! Whom an event concerns: event, state and who looks, to whom is told what. Pure.

use super::mentions::mentioned;
use hypercare_core::conversation::{Author, ClockFact, Conversation, Event, Hand, Message};
use hypercare_core::decision::Ruling;
use hypercare_core::{Actor, ActorKind, ConversationId, MessageId, UserId, WindowId};

/// What somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A note mentions them.
    Mention,
    /// They were given a conversation.
    Assigned,
    /// The customer wrote in a conversation of theirs, and they do not look at it.
    Message,
    /// A promise of a conversation of theirs is about to break.
    BreachSoon,
    /// It broke.
    Breached,
    /// What they asked was decided.
    Decided,
    /// A conversation of theirs became part of another one, took one in, or the way back.
    Merged,
    /// Somebody asks them for cover, or what they asked came to something.
    Cover,
    /// A lead changed their shifts.
    Shift,
    /// A handover of theirs begins, is late, or is done.
    Handover,
    /// They are called, because somebody did not take over.
    Backup,
}

impl Kind {
    /// All, as settings show them.
    pub const ALL: [Self; 11] = [
        Self::Mention,
        Self::Assigned,
        Self::Message,
        Self::BreachSoon,
        Self::Breached,
        Self::Decided,
        Self::Merged,
        Self::Cover,
        Self::Shift,
        Self::Handover,
        Self::Backup,
    ];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Assigned => "assigned",
            Self::Message => "message",
            Self::BreachSoon => "breach_soon",
            Self::Breached => "breached",
            Self::Decided => "decided",
            Self::Merged => "merged",
            Self::Cover => "cover",
            Self::Shift => "shift",
            Self::Handover => "handover",
            Self::Backup => "backup",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One person who is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tell {
    /// Whom.
    pub to: UserId,
    /// What of.
    pub kind: Kind,
    /// The message it is about.
    pub message: Option<MessageId>,
    /// A word of ours that says more: which promise, `in_turn`, `merged`, `yes`.
    pub detail: &'static str,
    /// They are not told again if the same instant told them in this conversation.
    pub told_in: Option<ConversationId>,
    /// Of which window, and in which words of ours, where it is about a rota.
    pub rota: Option<(WindowId, String)>,
}

impl Tell {
    pub(super) fn new(to: UserId, kind: Kind) -> Self {
        Self { to, kind, message: None, detail: "", told_in: None, rota: None }
    }
}

/// Whom an event of a conversation concerns. `c` is the conversation after all events of the change; `looking` have it before their eyes.
pub(crate) fn of_conversation(event: &Event, c: &Conversation, actor: &Actor, looking: &[UserId]) -> Vec<Tell> {
    let holder = |kind| c.assignee.map(|to| Tell::new(to, kind)).into_iter();
    let all: Vec<Tell> = match event {
        Event::MessageAdded { message } if message.note => {
            mentioned(&message.text).into_iter().map(|to| Tell { message: Some(message.id), ..Tell::new(to, Kind::Mention) }).collect()
        }
        Event::MessageAdded { message } if is_said(message) => {
            let told = holder(Kind::Message).filter(|tell| !looking.contains(&tell.to));
            told.map(|tell| Tell { message: Some(message.id), ..tell }).collect()
        }
        // Given on to somebody else in the same change: only the last has it.
        Event::Assigned { to: Some(to), .. } if c.assignee == Some(*to) => {
            let detail = if actor.kind == ActorKind::System { "in_turn" } else { "" };
            vec![Tell { detail, ..Tell::new(*to, Kind::Assigned) }]
        }
        // Of several warnings the last one: half of the time is no alarm.
        Event::Clock { fact: ClockFact::Warned, clock } if clock.to_warn.is_empty() => {
            holder(Kind::BreachSoon).map(|tell| Tell { detail: clock.kind.word(), ..tell }).collect()
        }
        Event::Clock { fact: ClockFact::Breached, clock } => holder(Kind::Breached).map(|tell| Tell { detail: clock.kind.word(), ..tell }).collect(),
        Event::Merged { .. } => holder(Kind::Merged).map(|tell| Tell { detail: "merged", ..tell }).collect(),
        Event::Absorbed { brought, .. } => holder(Kind::Merged).map(|tell| Tell { detail: "took_in", told_in: Some(brought.from), ..tell }).collect(),
        Event::Unmerged { .. } => holder(Kind::Merged).map(|tell| Tell { detail: "parted", ..tell }).collect(),
        Event::Released { from } => holder(Kind::Merged).map(|tell| Tell { detail: "let_go", told_in: Some(*from), ..tell }).collect(),
        _ => vec![],
    };
    all.into_iter().filter(|tell| actor.user != Some(tell.to)).collect()
}

/// The customer's own words, or those of somebody who writes in their thread; not those of a machine.
fn is_said(message: &Message) -> bool {
    message.author == Author::Customer && !matches!(message.hand, Some(Hand::Machine { .. }))
}

/// Whom a ruling concerns: whoever asked, if they did not rule themselves.
pub(crate) fn of_decision(ruling: Ruling, asker: UserId, actor: &Actor) -> Option<Tell> {
    let detail = match ruling {
        Ruling::Yes => "yes",
        Ruling::No => "no",
    };
    (actor.user != Some(asker)).then(|| Tell { detail, ..Tell::new(asker, Kind::Decided) })
}

#[cfg(test)]
mod tests;
