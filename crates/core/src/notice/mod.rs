//! Whom of the team an event concerns: event, state and who looks, to whom is told what.

mod mentions;
pub mod route;
#[cfg(test)]
mod tests;

pub use mentions::{MENTIONED, mentioned, named};

use crate::conversation::{Author, ClockFact, Conversation, Event, Hand, Message};
use crate::decision::{DecisionEvent, Ruling};
use crate::escalation::{Escalation, EscalationEvent};
use crate::plan::Rights;
use crate::update::{Update, UpdateEvent};
use crate::{Actor, ActorKind, ConversationId, MessageId, Severity, UpdateId, UserId, WindowId};
use serde::{Deserialize, Serialize};

/// What somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NoticeKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A note mentions you.
    Mention,
    /// You were given a conversation.
    Assigned,
    /// The customer wrote in a conversation of yours that you were not looking at.
    Message,
    /// A promise of a conversation of yours is about to break.
    BreachSoon,
    /// It broke.
    Breached,
    /// What you asked was decided.
    Decided,
    /// A question waits for your ruling.
    Asked,
    /// It waits for too long.
    Waits,
    /// What was allowed for a while runs out, or holds longer or no longer.
    RunsOut,
    /// An escalation reaches you, or nobody reacts to one.
    Escalated,
    /// What you escalated was seen, accepted or given back.
    Handled,
    /// A conversation of yours became part of another one, took one in, or that was undone.
    Merged,
    /// An update waits for your approval.
    UpdateAsked,
    /// The next update that customers were promised is due soon.
    UpdateDueSoon,
    /// It did not come.
    UpdateOverdue,
    /// A colleague asks for cover, or what you asked came to something.
    Cover,
    /// A lead changed your shifts.
    Shift,
    /// A handover of yours begins, is late, or is done.
    Handover,
    /// You are called as backup.
    Backup,
    /// A way to reach you was switched off, because nothing arrives there.
    WayOff,
}

impl Kind {
    /// All, as settings show them.
    pub const ALL: [Self; 20] = [
        Self::Mention,
        Self::Assigned,
        Self::Message,
        Self::BreachSoon,
        Self::Breached,
        Self::Asked,
        Self::Waits,
        Self::Decided,
        Self::RunsOut,
        Self::Escalated,
        Self::Handled,
        Self::Merged,
        Self::UpdateAsked,
        Self::UpdateDueSoon,
        Self::UpdateOverdue,
        Self::Cover,
        Self::Shift,
        Self::Handover,
        Self::Backup,
        Self::WayOff,
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
            Self::Asked => "asked",
            Self::Waits => "waits",
            Self::RunsOut => "runs_out",
            Self::Escalated => "escalated",
            Self::Handled => "handled",
            Self::Merged => "merged",
            Self::UpdateAsked => "update_asked",
            Self::UpdateDueSoon => "update_due_soon",
            Self::UpdateOverdue => "update_overdue",
            Self::Cover => "cover",
            Self::Shift => "shift",
            Self::Handover => "handover",
            Self::Backup => "backup",
            Self::WayOff => "way_off",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One person who is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
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
    /// The matter that customers are told of, where it is about one.
    pub update: Option<UpdateId>,
    /// Of which window, and in which words of ours, where it is about a rota.
    pub rota: Option<(WindowId, String)>,
    /// Other words of ours that say what it is about.
    pub about: Option<String>,
    /// How severe it is, where it has a severity.
    pub severity: Option<Severity>,
}

impl Tell {
    /// Tells somebody of something, and no more of it.
    pub const fn new(to: UserId, kind: Kind) -> Self {
        Self { to, kind, message: None, detail: "", told_in: None, update: None, rota: None, about: None, severity: None }
    }
}

/// Whom an event of a conversation concerns. `c` is the conversation after all events of the change; `looking` have it before their eyes.
pub fn of_conversation(event: &Event, c: &Conversation, actor: &Actor, looking: &[UserId]) -> Vec<Tell> {
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

/// Whom an event of a decision concerns: whoever may rule, and whoever asked if a person did.
pub fn of_decision(event: &DecisionEvent, asker: Option<UserId>, actor: &Actor) -> Vec<Tell> {
    let each = |tell: &[UserId], kind, detail| tell.iter().map(|to| Tell { detail, ..Tell::new(*to, kind) }).collect::<Vec<_>>();
    let asked = |kind, detail| each(asker.as_slice(), kind, detail);
    // Whoever may rule, and whoever relies on it.
    let all = |tell: &[UserId], detail| {
        let also = asker.filter(|asker| !tell.contains(asker));
        each(&[tell, also.as_slice()].concat(), Kind::RunsOut, detail)
    };
    let all = match event {
        DecisionEvent::Asked { tell, .. } => each(tell, Kind::Asked, ""),
        DecisionEvent::Decided { ruling: Ruling::Yes, .. } => asked(Kind::Decided, "yes"),
        DecisionEvent::Decided { ruling: Ruling::No, .. } => asked(Kind::Decided, "no"),
        DecisionEvent::Warned { tell } => each(tell, Kind::Waits, "warned"),
        DecisionEvent::Overdue { tell } => each(tell, Kind::Waits, "overdue"),
        DecisionEvent::Returned { tell } => each(tell, Kind::RunsOut, "soon"),
        DecisionEvent::Expired { tell } => all(tell, "expired"),
        DecisionEvent::Renewed { .. } => asked(Kind::RunsOut, "renewed"),
        DecisionEvent::Ended => asked(Kind::RunsOut, "ended"),
    };
    all.into_iter().filter(|tell| actor.user != Some(tell.to)).collect()
}

/// Whom an event of an escalation concerns: the level that is reached, the leads where nobody reacts, and whoever escalated it.
pub fn of_escalation(event: &EscalationEvent, e: &Escalation, actor: &Actor) -> Vec<Tell> {
    let each = |tell: &[UserId], detail| tell.iter().map(|to| Tell { detail, ..Tell::new(*to, Kind::Escalated) }).collect::<Vec<_>>();
    let raiser = |detail| e.raiser.map(|to| Tell { detail, ..Tell::new(to, Kind::Handled) }).into_iter().collect::<Vec<_>>();
    let all = match event {
        EscalationEvent::Raised { tell, .. } => each(tell, if e.bouncing { "bouncing" } else { "" }),
        EscalationEvent::LevelReached { tell, .. } => each(tell, "next"),
        EscalationEvent::Exhausted { tell } => each(tell, "nobody"),
        EscalationEvent::Acknowledged => raiser("acknowledged"),
        EscalationEvent::Accepted => raiser("accepted"),
        EscalationEvent::Returned => raiser("returned"),
        EscalationEvent::Ended => vec![],
    };
    all.into_iter().filter(|tell| actor.user != Some(tell.to)).collect()
}

/// Somebody who may be told of updates.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Id.
    pub id: UserId,
    /// Address, in lower case.
    pub email: String,
    /// They plan windows.
    pub lead: bool,
}

/// Whom an event of an update concerns: `approvers` are those who may approve its draft, `duty` is who decides at this moment. What nobody of
/// these is told, the leads are; of a promise they hear beside whoever is on duty.
pub fn of_update(event: &UpdateEvent, matter: &Update, actor: &Actor, people: &[Colleague], approvers: &Rights, duty: &[String]) -> Vec<Tell> {
    let named = |emails: &[String]| people.iter().filter(|p| emails.contains(&p.email)).map(|p| p.id).collect::<Vec<_>>();
    let leads = || people.iter().filter(|p| p.lead).map(|p| p.id).collect::<Vec<_>>();
    let (kind, to) = match event {
        UpdateEvent::Asked => {
            let may = named(&approvers.emails);
            (Kind::UpdateAsked, if may.iter().any(|id| actor.user != Some(*id)) { may } else { leads() })
        }
        UpdateEvent::DueSoon { .. } => (Kind::UpdateDueSoon, [named(duty), leads()].concat()),
        UpdateEvent::Overdue { .. } => (Kind::UpdateOverdue, [named(duty), leads()].concat()),
        _ => return vec![],
    };
    let mut tells: Vec<Tell> = vec![];
    for id in to {
        if actor.user != Some(id) && tells.iter().all(|tell| tell.to != id) {
            tells.push(Tell { update: Some(matter.id), ..Tell::new(id, kind) });
        }
    }
    tells
}
