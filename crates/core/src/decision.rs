//! A decision: a ruling by the shift owner, asked for and given with a reason.

use crate::{Aggregate, ConversationId, DecisionId, IssueId, Refusal, Stamp, Timestamp, WindowId};
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

/// The state of a decision. Once ruled it never changes: a new question is a new decision.
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
    },
    /// Rule, with a reason.
    Decide {
        /// How.
        ruling: Ruling,
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
    },
    /// It was given.
    Decided {
        /// How.
        ruling: Ruling,
    },
}

impl Aggregate for Decision {
    const KIND: &'static str = "decision";
    type Command = DecisionCommand;
    type Event = DecisionEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: DecisionCommand, stamp: &Stamp, (): &()) -> Result<Vec<DecisionEvent>, Refusal> {
        match (state, command) {
            (None, DecisionCommand::Ask { id, window, kind, question, scenario, issue, conversation }) => {
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
                };
                Ok(vec![DecisionEvent::Asked { decision: Box::new(decision) }])
            }
            (Some(d), DecisionCommand::Decide { ruling }) => {
                stamp.require_reason("the next person with this question reads it.")?;
                match d.ruling {
                    None => Ok(vec![DecisionEvent::Decided { ruling }]),
                    Some(_) => Err(Refusal::conflict(format!(
                        "{} has already decided this. Ask anew if things have changed.",
                        d.decided_by.as_deref().unwrap_or("Someone")
                    ))),
                }
            }
            (Some(_), DecisionCommand::Ask { .. }) => Ok(vec![]),
            (None, _) => Err(Refusal::not_found("decision")),
        }
    }

    fn apply(state: Option<Self>, event: &DecisionEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (_, DecisionEvent::Asked { decision }) => (**decision).clone(),
            (Some(mut d), DecisionEvent::Decided { ruling }) => {
                d.ruling = Some(*ruling);
                d.decided_by = Some(stamp.actor.name.clone());
                d.decided_at = Some(stamp.at);
                d.reason.clone_from(&stamp.reason);
                d
            }
            (None, _) => unreachable!("the first event of a decision is `asked`"),
        }
    }

    fn event_name(event: &DecisionEvent) -> &'static str {
        match event {
            DecisionEvent::Asked { .. } => "decision.asked",
            DecisionEvent::Decided { .. } => "decision.decided",
        }
    }
}
