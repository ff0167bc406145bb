//! What a day is made from: everything that an agenda or a brief can name, as it was read at one instant.

use crate::action::Action;
use crate::window::Phase;
use crate::{DecisionId, EscalationId, IssueId, Severity, Timestamp, UpdateId};

/// Everything about a window at an instant.
#[derive(Clone, Debug)]
pub struct Facts {
    /// When it was read.
    pub now: Timestamp,
    /// Since when something is new: when the review before was opened, or a day ago.
    pub since: Timestamp,
    /// The window's name.
    pub window: String,
    /// Its day, from 1; 0 before go-live.
    pub day: u32,
    /// Where it stands.
    pub phase: Phase,
    /// Conversations that are open, at the whole desk.
    pub open: i64,
    /// Of these critical ones.
    pub critical: i64,
    /// Promises broken, and we still owe the customer something.
    pub late: i64,
    /// Actions: the open ones, and those done or dropped since.
    pub actions: Vec<ActionFact>,
    /// Issues that are open.
    pub issues: Vec<IssueFact>,
    /// Issues resolved since.
    pub settled: usize,
    /// Decisions that wait.
    pub decisions: Vec<DecisionFact>,
    /// Promises decided since, by category.
    pub promises: Vec<PromiseFact>,
    /// The plan's signals.
    pub signals: Vec<SignalFact>,
    /// Promises of the desk that break too fast at this moment, in a sentence.
    pub burn: Option<String>,
    /// Escalations about which somebody has to do something.
    pub escalations: Vec<EscalationFact>,
    /// Updates that customers were promised.
    pub updates: Vec<UpdateFact>,
    /// What is too much for somebody, and handovers that are late.
    pub people: Vec<PersonFact>,
    /// How near the exit is.
    pub exit: ExitFact,
}

/// An action, with how it got here.
#[derive(Clone, Debug)]
pub struct ActionFact {
    /// It.
    pub action: Action,
    /// Its owner's name.
    pub owner: String,
    /// How many reviews found it open before.
    pub carried: u32,
}

/// An issue that is open.
#[derive(Clone, Debug)]
pub struct IssueFact {
    /// Which.
    pub id: IssueId,
    /// Its title.
    pub title: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// How much it hurts.
    pub severity: Severity,
    /// Who has it.
    pub owner: Option<String>,
    /// Where work stands, as a word.
    pub state: &'static str,
    /// Whether customers can be told something: an approved answer is live.
    pub answered: bool,
    /// Linked conversations that began in the last 24 hours.
    pub today: u32,
    /// The same in the 24 hours before, and so on, the latest first; as far back as the issue is old, at most seven.
    pub before: Vec<u32>,
    /// Different customers.
    pub customers: i64,
    /// Linked conversations that are not settled.
    pub unresolved: i64,
}

/// A decision that waits.
#[derive(Clone, Debug)]
pub struct DecisionFact {
    /// Which.
    pub id: DecisionId,
    /// The question.
    pub question: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// It waits for longer than it may.
    pub overdue: bool,
}

/// Promises of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseFact {
    /// The category; empty for none.
    pub category: String,
    /// Broken.
    pub broken: u32,
    /// Broken or kept.
    pub decided: u32,
}

/// A signal of the plan.
#[derive(Clone, Debug)]
pub struct SignalFact {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Why it looks so, in a sentence.
    pub why: String,
    /// It is worse than before the change, or an alarm is open.
    pub off: bool,
    /// A red alarm is open.
    pub red: bool,
}

/// An escalation.
#[derive(Clone, Debug)]
pub struct EscalationFact {
    /// Which.
    pub id: EscalationId,
    /// Name of its path.
    pub name: String,
    /// Whom it reaches now.
    pub reached: Option<String>,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// Nobody has said yet that they have seen it.
    pub waiting: bool,
    /// It goes to and fro.
    pub bouncing: bool,
    /// Nobody reacted on any level.
    pub exhausted: bool,
}

/// An update that was promised.
#[derive(Clone, Debug)]
pub struct UpdateFact {
    /// Of which matter.
    pub id: UpdateId,
    /// Its title.
    pub title: String,
    /// When.
    pub due_at: Timestamp,
}

/// Something about somebody of the team.
#[derive(Clone, Debug)]
pub struct PersonFact {
    /// What it is, as a key: `rest:bo@example.com`.
    pub key: String,
    /// Who, or what.
    pub who: String,
    /// What is too much, or late.
    pub what: String,
    /// It is so now, and not only planned.
    pub urgent: bool,
}

/// How near the exit is.
#[derive(Clone, Debug, Default)]
pub struct ExitFact {
    /// The verdict in a sentence.
    pub sentence: String,
    /// Stable days in a row.
    pub streak: u32,
    /// How many are needed.
    pub needed: u32,
    /// Every criterion is met.
    pub ready: bool,
}
