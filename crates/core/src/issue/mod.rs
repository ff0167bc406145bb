//! An issue: a repeated question or fault, logged once; conversations link to it.
//!
//! What people decide about it (that it is one, that it is none, that it is two, what belongs to it and what does not) is kept in
//! its `wordings` and `refused`, so that later messages follow it, and in its `steps`, so that each can be taken back.

mod commands;
mod events;
mod steps;

pub use commands::IssueCommand;
pub use events::IssueEvent;
pub use steps::{Step, Taken};

use crate::{Aggregate, AnswerId, IssueId, Refusal, Severity, Stamp, Timestamp, UserId, WindowId};
use serde::{Deserialize, Serialize};

/// Where work on an issue stands. Going back is allowed; it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IssueState {
    /// Seen by the product, confirmed by nobody yet.
    Proposed,
    /// We look for the cause.
    Investigating,
    /// The cause is known.
    Identified,
    /// There is a way round.
    Workaround,
    /// It is fixed; we watch.
    Monitoring,
    /// Done.
    Resolved,
    /// A person said that it is no issue. The same words are not proposed again.
    Dismissed,
}

impl IssueState {
    /// All, in the order of work.
    pub const ALL: [Self; 7] =
        [Self::Proposed, Self::Investigating, Self::Identified, Self::Workaround, Self::Monitoring, Self::Resolved, Self::Dismissed];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Workaround => "workaround",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Dismissed => "dismissed",
        }
    }
    /// Whether somebody has to look at it still.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Resolved | Self::Dismissed)
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// The state of an issue. Which conversations are linked is the conversations' own state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Its id.
    pub id: IssueId,
    /// Of which window.
    pub window: WindowId,
    /// Name, for people.
    pub title: String,
    /// Where work stands.
    pub state: IssueState,
    /// How much it hurts.
    pub severity: Severity,
    /// The plan's scenario, if it is one.
    pub scenario: Option<String>,
    /// Who has it.
    pub owner: Option<UserId>,
    /// Why it happens, once known.
    pub root_cause: String,
    /// What customers are told.
    pub answer: Option<AnswerId>,
    /// Typical wordings, for the matcher; at most fifty.
    pub wordings: Vec<String>,
    /// Wordings that people took out of it: the like of them stays out. The newest fifty.
    #[serde(default)]
    pub refused: Vec<String>,
    /// What people decided about it and can take back: the newest forty.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The issue it was merged into.
    pub merged_into: Option<IssueId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was last resolved.
    pub resolved_at: Option<Timestamp>,
}

/// What changes; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueChange {
    /// New name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// New state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<IssueState>,
    /// New severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// New owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// New root cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<String>,
    /// New answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerId>,
}

const WORDINGS_LIMIT: usize = 50;

impl Aggregate for Issue {
    const KIND: &'static str = "issue";
    type Command = IssueCommand;
    type Event = IssueEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: IssueCommand, stamp: &Stamp, (): &()) -> Result<Vec<IssueEvent>, Refusal> {
        match (state, command) {
            (None, IssueCommand::Open { id, window, title, state, severity, scenario, answer, mut wordings, mut refused }) => {
                let title = checked_title(&title)?;
                wordings.truncate(WORDINGS_LIMIT);
                refused.retain(|wording| !wordings.contains(wording));
                refused.truncate(WORDINGS_LIMIT);
                let issue = Self {
                    id,
                    window,
                    title,
                    state,
                    severity,
                    scenario,
                    owner: stamp.actor.user,
                    root_cause: String::new(),
                    answer,
                    wordings,
                    refused,
                    steps: vec![],
                    merged_into: None,
                    opened_at: stamp.at,
                    resolved_at: None,
                };
                Ok(vec![IssueEvent::Opened { issue: Box::new(issue) }])
            }
            (Some(_), IssueCommand::Open { .. }) => Ok(vec![]),
            (None, _) => Err(Refusal::not_found("issue")),
            (Some(i), IssueCommand::MergeInto { into }) => match i.merged_into {
                _ if into == i.id => Err(Refusal::field("into", "An issue cannot be merged into itself.")),
                Some(known) if known == into => Ok(vec![]),
                Some(_) => Err(Refusal::conflict("This issue was already merged into another one.")),
                None => Ok(vec![IssueEvent::Merged { into }]),
            },
            (Some(i), IssueCommand::Undo { step }) => i.undo(step),
            (Some(i), _) if i.merged_into.is_some() => Err(Refusal::conflict("This issue was merged into another one: change that one.")),
            (Some(i), IssueCommand::Change(change)) => changed(i, change),
            (Some(i), IssueCommand::Absorb { from, title, conversations, wordings }) => {
                let mut learned: Vec<String> = vec![];
                for wording in wordings {
                    if i.wordings.len() + learned.len() < WORDINGS_LIMIT && !i.wordings.contains(&wording) && !learned.contains(&wording) {
                        learned.push(wording);
                    }
                }
                Ok(vec![IssueEvent::Absorbed { from, title, conversations, learned }])
            }
            (Some(i), IssueCommand::Learn { wording }) => {
                let known = i.wordings.len() >= WORDINGS_LIMIT || i.wordings.contains(&wording);
                Ok(if known && !i.refused.contains(&wording) { vec![] } else { vec![IssueEvent::Learned { wording }] })
            }
            (Some(i), IssueCommand::Confirm { title, owner }) => i.confirm(title, owner),
            (Some(i), IssueCommand::Dismiss) => i.dismiss(stamp),
            (Some(_), IssueCommand::Split { into, title, wordings, conversations }) => {
                Ok(vec![IssueEvent::Split { into, title, wordings, conversations }])
            }
            (Some(_), IssueCommand::TakeOut { conversation, wording }) => Ok(vec![IssueEvent::TookOut { conversation, wording }]),
            (Some(_), IssueCommand::Accept { conversation, wording }) => Ok(vec![IssueEvent::Accepted { conversation, wording }]),
            (Some(i), IssueCommand::Refuse { conversation, wording }) => {
                let known = i.refused.contains(&wording);
                Ok(if known { vec![] } else { vec![IssueEvent::Refused { conversation, wording }] })
            }
        }
    }

    fn apply(state: Option<Self>, event: &IssueEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (_, IssueEvent::Opened { issue }) => (**issue).clone(),
            (Some(mut i), IssueEvent::Changed { change }) => {
                if let Some(title) = &change.title {
                    i.title.clone_from(title);
                }
                if let Some(state) = change.state {
                    i.resolved_at = (state == IssueState::Resolved).then_some(stamp.at);
                    i.state = state;
                }
                i.severity = change.severity.unwrap_or(i.severity);
                i.owner = change.owner.or(i.owner);
                i.answer = change.answer.or(i.answer);
                if let Some(cause) = &change.root_cause {
                    i.root_cause.clone_from(cause);
                }
                i
            }
            (Some(mut i), IssueEvent::Learned { wording }) => {
                i.learn(wording);
                i
            }
            (Some(i), event) => i.stepped(event, stamp),
            (None, _) => unreachable!("the first event of an issue is `opened`"),
        }
    }

    fn event_name(event: &IssueEvent) -> &'static str {
        match event {
            IssueEvent::Opened { .. } => "issue.opened",
            IssueEvent::Changed { .. } => "issue.changed",
            IssueEvent::Learned { .. } => "issue.learned",
            IssueEvent::Merged { .. } => "issue.merged",
            IssueEvent::Absorbed { .. } => "issue.absorbed",
            IssueEvent::Confirmed { .. } => "issue.confirmed",
            IssueEvent::Dismissed => "issue.dismissed",
            IssueEvent::Split { .. } => "issue.split",
            IssueEvent::TookOut { .. } => "issue.took_out",
            IssueEvent::Accepted { .. } => "issue.accepted",
            IssueEvent::Refused { .. } => "issue.refused",
            IssueEvent::Undone { .. } => "issue.undone",
        }
    }
}

fn checked_title(title: &str) -> Result<String, Refusal> {
    let title = title.trim();
    match title.chars().count() {
        0 => Err(Refusal::field("title", "An issue needs a name that people recognise.")),
        1..=160 => Ok(title.to_owned()),
        n => Err(Refusal::field("title", format!("A name can have at most 160 characters; this one has {n}."))),
    }
}

fn changed(i: &Issue, mut change: IssueChange) -> Result<Vec<IssueEvent>, Refusal> {
    if let Some(title) = &change.title {
        change.title = Some(checked_title(title)?);
    }
    change.title = change.title.filter(|t| *t != i.title);
    change.state = change.state.filter(|s| *s != i.state);
    change.severity = change.severity.filter(|s| *s != i.severity);
    change.owner = change.owner.filter(|o| Some(*o) != i.owner);
    change.answer = change.answer.filter(|a| Some(*a) != i.answer);
    change.root_cause = change.root_cause.filter(|c| *c != i.root_cause);
    if change.root_cause.as_ref().is_some_and(|c| c.len() > 4000) {
        return Err(Refusal::field("root_cause", "A root cause can have at most 4,000 characters."));
    }
    if change.state == Some(IssueState::Proposed) {
        return Err(Refusal::field("state", "Only the product proposes issues; choose one of the other states."));
    }
    if change.state == Some(IssueState::Dismissed) {
        return Err(Refusal::field("state", "Dismissing is a step of its own, with a reason: it can be taken back."));
    }
    Ok(if change == IssueChange::default() { vec![] } else { vec![IssueEvent::Changed { change }] })
}

#[cfg(test)]
mod tests;
