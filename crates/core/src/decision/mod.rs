//! A decision: a ruling by the shift owner, asked for and given with a reason.
//!
//! How long it waits is a clock, and what is allowed for a while comes back before it runs out: [`due`].

mod due;
mod rights;
#[cfg(test)]
mod tests;

pub use due::{HOLDS_AT_MOST, HOLDS_BY_ITSELF, WITHIN, comes_back};
pub use rights::may_decide;

use crate::{Aggregate, ConversationId, DecisionId, IssueId, Refusal, Span, Stamp, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// "Is this expected?"
    ConfirmExpected,
    /// "May we say this?"
    ApproveMessage,
    /// "Do we use the workaround, or go back?"
    TriggerWorkaround,
    /// Anything else.
    Other,
}

impl DecisionKind {
    /// Whether a yes holds for a while only: a temporary message, a workaround.
    pub const fn is_temporary(self) -> bool {
        matches!(self, Self::ApproveMessage | Self::TriggerWorkaround)
    }
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ConfirmExpected => "confirm_expected",
            Self::ApproveMessage => "approve_message",
            Self::TriggerWorkaround => "trigger_workaround",
            Self::Other => "other",
        }
    }
}

/// The ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// The state of a decision. A ruling never changes: a new question is a new decision. How long a yes holds can be prolonged or ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Of which window.
    pub window: WindowId,
    /// What kind of question.
    pub kind: DecisionKind,
    /// The question.
    pub question: String,
    /// The scenario it is about: decides who may rule.
    pub scenario: Option<String>,
    /// The issue it is about.
    pub issue: Option<IssueId>,
    /// The conversation it came from.
    pub conversation: Option<ConversationId>,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// The ruling, once given.
    pub ruling: Option<Ruling>,
    /// Who ruled.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
    /// When it is to be ruled; none for what was asked before there was such a time.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// When most of that time was used up without a ruling.
    #[serde(default)]
    pub warned_at: Option<Timestamp>,
    /// When it ran out without a ruling.
    #[serde(default)]
    pub overdue_at: Option<Timestamp>,
    /// Until when the yes holds; none where it holds for good.
    #[serde(default)]
    pub holds_until: Option<Timestamp>,
    /// Since when it holds, as given or prolonged last.
    #[serde(default)]
    pub holds_since: Option<Timestamp>,
    /// When it came back, to be prolonged or ended, before that.
    #[serde(default)]
    pub returned_at: Option<Timestamp>,
    /// When it ceased to hold.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
    /// Who ended it; none where it ran out.
    #[serde(default)]
    pub ended_by: Option<String>,
    /// Why it was prolonged or ended, last.
    #[serde(default)]
    pub since_said: Option<String>,
}

/// What can be asked of a decision.
#[derive(Clone, Debug)]
pub enum DecisionCommand {
    /// Ask.
    Ask {
        /// Its id.
        id: DecisionId,
        /// Of which window.
        window: WindowId,
        /// What kind.
        kind: DecisionKind,
        /// The question.
        question: String,
        /// About which scenario.
        scenario: Option<String>,
        /// About which issue.
        issue: Option<IssueId>,
        /// From which conversation.
        conversation: Option<ConversationId>,
        /// Who may rule at this moment: they are told.
        may: Vec<UserId>,
        /// In how long it is to be ruled, as the plan says; [`WITHIN`] where it says nothing.
        within: Span,
    },
    /// Rule, with a reason.
    Decide {
        /// How.
        ruling: Ruling,
        /// Until when a yes holds. None: for good, or for [`HOLDS_BY_ITSELF`] where it is temporary.
        until: Option<Timestamp>,
    },
    /// It holds longer, with a reason.
    Renew {
        /// Until when.
        until: Timestamp,
    },
    /// It holds no longer, with a reason.
    End,
    /// The engine: due times up to `stamp.at` have passed.
    TimePassed {
        /// Who may rule at this moment.
        may: Vec<UserId>,
        /// Who is told besides where nobody ruled in time.
        leads: Vec<UserId>,
    },
}

/// What can have happened to a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DecisionEvent {
    /// It was asked for.
    Asked {
        /// As it was asked.
        decision: Box<Decision>,
        /// Who is told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tell: Vec<UserId>,
    },
    /// It was given.
    Decided {
        /// How.
        ruling: Ruling,
        /// Until when it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Most of the time for a ruling is used up.
    Warned {
        /// Who is told.
        tell: Vec<UserId>,
    },
    /// It was not ruled in time.
    Overdue {
        /// Who is told.
        tell: Vec<UserId>,
    },
    /// It is about to run out: somebody says whether it holds longer.
    Returned {
        /// Who is told.
        tell: Vec<UserId>,
    },
    /// It holds longer.
    Renewed {
        /// Until when.
        until: Timestamp,
    },
    /// Somebody ended it.
    Ended,
    /// It ran out.
    Expired {
        /// Who is told.
        tell: Vec<UserId>,
    },
}

impl Aggregate for Decision {
    const KIND: &'static str = "decision";
    type Command = DecisionCommand;
    type Event = DecisionEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: DecisionCommand, stamp: &Stamp, (): &()) -> Result<Vec<DecisionEvent>, Refusal> {
        match (state, command) {
            (None, DecisionCommand::Ask { id, window, kind, question, scenario, issue, conversation, may, within }) => {
                let question = question.trim().to_owned();
                if question.is_empty() || question.len() > 2000 {
                    return Err(Refusal::field("question", "Ask in 1 to 2,000 characters what is to be decided."));
                }
                let decision = Self {
                    id,
                    window,
                    kind,
                    question,
                    scenario,
                    issue,
                    conversation,
                    asked_by: stamp.actor.name.clone(),
                    asked_at: stamp.at,
                    ruling: None,
                    decided_by: None,
                    decided_at: None,
                    reason: None,
                    due_at: Some(stamp.at + within),
                    warned_at: None,
                    overdue_at: None,
                    holds_until: None,
                    holds_since: None,
                    returned_at: None,
                    ended_at: None,
                    ended_by: None,
                    since_said: None,
                };
                Ok(vec![DecisionEvent::Asked { decision: Box::new(decision), tell: may }])
            }
            (Some(d), DecisionCommand::Decide { ruling, until }) => {
                stamp.require_reason("the next person with this question reads it.")?;
                match d.ruling {
                    None => Ok(vec![DecisionEvent::Decided { ruling, until: due::holds(d.kind, ruling, until, stamp.at)? }]),
                    Some(_) => Err(Refusal::conflict(format!(
                        "{} has already decided this. Ask anew if things have changed.",
                        d.decided_by.as_deref().unwrap_or("Someone")
                    ))),
                }
            }
            (Some(d), DecisionCommand::Renew { until }) => due::renew(d, until, stamp),
            (Some(d), DecisionCommand::End) => due::end(d, stamp),
            (Some(d), DecisionCommand::TimePassed { may, leads }) => Ok(due::passed(d, stamp.at, may, &leads)),
            (Some(_), DecisionCommand::Ask { .. }) => Ok(vec![]),
            (None, _) => Err(Refusal::not_found("decision")),
        }
    }

    fn apply(state: Option<Self>, event: &DecisionEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (_, DecisionEvent::Asked { decision, .. }) => (**decision).clone(),
            (Some(mut d), DecisionEvent::Decided { ruling, until }) => {
                d.holds_until = *until;
                d.holds_since = until.map(|_| stamp.at);
                d.ruling = Some(*ruling);
                d.decided_by = Some(stamp.actor.name.clone());
                d.decided_at = Some(stamp.at);
                d.reason.clone_from(&stamp.reason);
                d
            }
            (Some(mut d), DecisionEvent::Warned { .. }) => {
                d.warned_at = Some(stamp.at);
                d
            }
            (Some(mut d), DecisionEvent::Overdue { .. }) => {
                d.overdue_at = Some(stamp.at);
                d
            }
            (Some(mut d), DecisionEvent::Returned { .. }) => {
                d.returned_at = Some(stamp.at);
                d
            }
            (Some(mut d), DecisionEvent::Renewed { until }) => {
                d.holds_until = Some(*until);
                d.holds_since = Some(stamp.at);
                d.returned_at = None;
                d.since_said.clone_from(&stamp.reason);
                d
            }
            (Some(mut d), DecisionEvent::Ended) => {
                d.ended_at = Some(stamp.at);
                d.ended_by = Some(stamp.actor.name.clone());
                d.since_said.clone_from(&stamp.reason);
                d
            }
            (Some(mut d), DecisionEvent::Expired { .. }) => {
                d.ended_at = Some(stamp.at);
                d
            }
            (None, _) => unreachable!("the first event of a decision is `asked`"),
        }
    }

    fn event_name(event: &DecisionEvent) -> &'static str {
        match event {
            DecisionEvent::Asked { .. } => "decision.asked",
            DecisionEvent::Decided { .. } => "decision.decided",
            DecisionEvent::Warned { .. } => "decision.warned",
            DecisionEvent::Overdue { .. } => "decision.overdue",
            DecisionEvent::Returned { .. } => "decision.returned",
            DecisionEvent::Renewed { .. } => "decision.renewed",
            DecisionEvent::Ended => "decision.ended",
            DecisionEvent::Expired { .. } => "decision.expired",
        }
    }
}
