//! Whom of the team an event concerns: event, state and who looks, to whom is told what.

mod cutover;
mod mentions;
mod normal;
pub mod route;
#[cfg(test)]
mod tests;

pub use cutover::of_cutover;
pub use mentions::{MENTIONED, mentioned, named};
pub use normal::{of_answer, of_handover, of_relapse};

use crate::account::call::{Call, CallEvent};
use crate::action::{Action, ActionEvent};
use crate::check_in::CheckIn;
use crate::conversation::{Author, ClockFact, Conversation, Event, Hand, Message};
use crate::decision::{DecisionEvent, Ruling};
use crate::escalation::{Escalation, EscalationEvent};
use crate::plan::Rights;
use crate::review::{Review, ReviewEvent};
use crate::update::{Update, UpdateEvent};
use crate::{AccountId, Actor, ActorKind, ConversationId, MessageId, Severity, UpdateId, UserId, WindowId};
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
    /// A check-in waits for your approval.
    CheckInAsked,
    /// The next update that customers were promised is due soon.
    UpdateDueSoon,
    /// It did not come.
    UpdateOverdue,
    /// A step of yours in a cutover can begin, or takes longer than planned.
    CutoverStep,
    /// A figure says that a cutover should be rolled back, or a gate was ruled no-go.
    CutoverTrigger,
    /// A cutover that you have a part in has ended.
    CutoverOver,
    /// A colleague asks for cover, or what you asked came to something.
    Cover,
    /// A lead changed your shifts.
    Shift,
    /// A handover of yours begins, is late, or is done.
    Handover,
    /// You are called as backup.
    Backup,
    /// An action of a review is yours, is due, or was due.
    Action,
    /// A daily review did not begin in time.
    ReviewMissed,
    /// An answer of a window that ends is yours to see to, or the date for it has come.
    Entrusted,
    /// Something is handed to you, or what you handed over was accepted or given back.
    HandedOver,
    /// What got worse after a window is a reason to open it again.
    Relapse,
    /// You are asked to call an account.
    Call,
    /// A way to reach you was switched off, because nothing arrives there.
    WayOff,
}

impl Kind {
    /// All, as settings show them.
    pub const ALL: [Self; 30] = [
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
        Self::CheckInAsked,
        Self::UpdateDueSoon,
        Self::UpdateOverdue,
        Self::CutoverStep,
        Self::CutoverTrigger,
        Self::CutoverOver,
        Self::Cover,
        Self::Shift,
        Self::Handover,
        Self::Backup,
        Self::Action,
        Self::ReviewMissed,
        Self::Entrusted,
        Self::HandedOver,
        Self::Relapse,
        Self::Call,
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
            Self::CheckInAsked => "check_in_asked",
            Self::UpdateDueSoon => "update_due_soon",
            Self::UpdateOverdue => "update_overdue",
            Self::CutoverStep => "cutover_step",
            Self::CutoverTrigger => "cutover_trigger",
            Self::CutoverOver => "cutover_over",
            Self::Cover => "cover",
            Self::Shift => "shift",
            Self::Handover => "handover",
            Self::Backup => "backup",
            Self::Action => "action",
            Self::ReviewMissed => "review_missed",
            Self::Entrusted => "entrusted",
            Self::HandedOver => "handed_over",
            Self::Relapse => "relapse",
            Self::Call => "call",
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
    /// The account that it is about: its name is read where it stands.
    pub account: Option<AccountId>,
    /// Of which window, and in which words of ours, where it is about a rota, a cutover, a check-in or the end of a window.
    pub rota: Option<(WindowId, String)>,
    /// Other words of ours that say what it is about.
    pub about: Option<String>,
    /// How severe it is, where it has a severity.
    pub severity: Option<Severity>,
}

impl Tell {
    /// Tells somebody of something, and no more of it.
    pub const fn new(to: UserId, kind: Kind) -> Self {
        Self { to, kind, message: None, detail: "", told_in: None, update: None, account: None, rota: None, about: None, severity: None }
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

/// Whether a change gives an escalated conversation back. Whoever escalated it hears why it came back ([`Kind::Handled`]), and not once more that they
/// have it.
pub fn gives_back<'a>(events: impl IntoIterator<Item = &'a Event>) -> bool {
    events.into_iter().any(|event| matches!(event, Event::EscalationOver))
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

/// Whom an event of an action concerns: its owner, when it is given to them by somebody else, is due, or was due.
pub fn of_action(event: &ActionEvent, a: &Action, actor: &Actor) -> Vec<Tell> {
    let detail = match event {
        ActionEvent::Agreed { .. } | ActionEvent::Changed { given: true, .. } => "given",
        ActionEvent::Reopened => "reopened",
        ActionEvent::Due => "due",
        ActionEvent::Overdue => "overdue",
        _ => return vec![],
    };
    let words = format!("{} (due {})", a.task.title, a.task.due);
    let tell = Tell { detail, rota: Some((a.window, words)), ..Tell::new(a.task.owner, Kind::Action) };
    if actor.user == Some(tell.to) { vec![] } else { vec![tell] }
}

/// Whom an event of a call concerns: whoever is to call from now on, where somebody else says so.
pub fn of_call(event: &CallEvent, call: &Call, actor: &Actor) -> Option<Tell> {
    let CallEvent::Assigned { to: Some(to), .. } = event else { return None };
    let tell = Tell { account: Some(call.account), rota: Some((call.window, String::new())), ..Tell::new(*to, Kind::Call) };
    Some(tell).filter(|tell| actor.user != Some(tell.to))
}

/// Whom an event of a review concerns: the leads, where it did not begin in time.
pub fn of_review(event: &ReviewEvent, r: &Review) -> Vec<Tell> {
    let ReviewEvent::Missed { tell, .. } = event else { return vec![] };
    tell.iter().map(|to| Tell { rota: Some((r.of.window, r.of.day.clone())), ..Tell::new(*to, Kind::ReviewMissed) }).collect()
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

/// Who is told that a check-in waits for approval: those who may approve it, or the leads where that is nobody else.
pub fn of_check_in(it: &CheckIn, actor: &Actor, people: &[Colleague], approvers: &Rights) -> Vec<Tell> {
    let others =
        |fits: &dyn Fn(&Colleague) -> bool| -> Vec<UserId> { people.iter().filter(|p| fits(p) && actor.user != Some(p.id)).map(|p| p.id).collect() };
    let mut to = others(&|p| approvers.emails.contains(&p.email));
    if to.is_empty() {
        to = others(&|p| p.lead);
    }
    let words = || (it.window, it.content.question.clone());
    to.into_iter().map(|id| Tell { rota: Some(words()), ..Tell::new(id, Kind::CheckInAsked) }).collect()
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
