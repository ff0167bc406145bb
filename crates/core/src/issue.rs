//! An issue: a repeated question or fault, logged once; conversations link to it.

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
}

impl IssueState {
    /// All, in the order of work.
    pub const ALL: [Self; 6] = [Self::Proposed, Self::Investigating, Self::Identified, Self::Workaround, Self::Monitoring, Self::Resolved];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Workaround => "workaround",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
        }
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

/// What can be asked of an issue.
#[derive(Clone, Debug)]
pub enum IssueCommand {
    /// Log it.
    Open {
        /// Its id.
        id: IssueId,
        /// Of which window.
        window: WindowId,
        /// Name.
        title: String,
        /// `proposed` by the product, `investigating` by a person.
        state: IssueState,
        /// How much it hurts.
        severity: Severity,
        /// The plan's scenario.
        scenario: Option<String>,
        /// What customers are told.
        answer: Option<AnswerId>,
        /// Typical wordings.
        wordings: Vec<String>,
    },
    /// Change it.
    Change(IssueChange),
    /// Remember a typical wording.
    Learn {
        /// The wording.
        wording: String,
    },
    /// It is the same as another one.
    MergeInto {
        /// Which.
        into: IssueId,
    },
    /// Another one went into it: kept in its history.
    Absorb {
        /// Which.
        from: IssueId,
        /// Its name.
        title: String,
        /// How many conversations came with it.
        conversations: u32,
    },
}

/// What can have happened to an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum IssueEvent {
    /// It was logged.
    Opened {
        /// The issue as it began.
        issue: Box<Issue>,
    },
    /// It changed.
    Changed {
        /// What did.
        change: IssueChange,
    },
    /// A typical wording was kept.
    Learned {
        /// The wording.
        wording: String,
    },
    /// It went into another one.
    Merged {
        /// Which.
        into: IssueId,
    },
    /// Another one went into it.
    Absorbed {
        /// Which.
        from: IssueId,
        /// Its name.
        title: String,
        /// How many conversations came with it.
        conversations: u32,
    },
}

const WORDINGS_LIMIT: usize = 50;

impl Aggregate for Issue {
    const KIND: &'static str = "issue";
    type Command = IssueCommand;
    type Event = IssueEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: IssueCommand, stamp: &Stamp, (): &()) -> Result<Vec<IssueEvent>, Refusal> {
        match (state, command) {
            (None, IssueCommand::Open { id, window, title, state, severity, scenario, answer, mut wordings }) => {
                let title = checked_title(&title)?;
                wordings.truncate(WORDINGS_LIMIT);
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
            (Some(i), _) if i.merged_into.is_some() => Err(Refusal::conflict("This issue was merged into another one: change that one.")),
            (Some(i), IssueCommand::Change(change)) => changed(i, change),
            (Some(_), IssueCommand::Absorb { from, title, conversations }) => Ok(vec![IssueEvent::Absorbed { from, title, conversations }]),
            (Some(i), IssueCommand::Learn { wording }) => {
                let known = i.wordings.len() >= WORDINGS_LIMIT || i.wordings.contains(&wording);
                Ok(if known { vec![] } else { vec![IssueEvent::Learned { wording }] })
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
                i.wordings.push(wording.clone());
                i
            }
            // The conversations' own links hold the state; this is for the history.
            (Some(i), IssueEvent::Absorbed { .. }) => i,
            (Some(mut i), IssueEvent::Merged { into }) => {
                i.merged_into = Some(*into);
                i.state = IssueState::Resolved;
                i
            }
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
    Ok(if change == IssueChange::default() { vec![] } else { vec![IssueEvent::Changed { change }] })
}
