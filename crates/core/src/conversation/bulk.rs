//! One action on many conversations: what it asks of each, what it found there, and how that is put back.

use super::{Command, Conversation, Status};
use crate::{IssueId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What is done with each of many conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Give it to someone, or to nobody.
    Assign {
        /// Whom.
        to: Option<UserId>,
        /// Their name.
        name: String,
    },
    /// Change the status.
    Status {
        /// To what.
        to: Status,
    },
    /// Put it out of sight until then, or bring it back.
    Snooze {
        /// Until when; none brings it back.
        until: Option<Timestamp>,
    },
    /// Add labels and take labels away.
    Tags {
        /// Those it has afterwards.
        add: Vec<String>,
        /// Those it has not.
        remove: Vec<String>,
    },
    /// Link it to an issue, or to none: the issues learn of it, so this is more than one command.
    Link {
        /// Which.
        issue: Option<IssueId>,
    },
}

/// What an action can change, as it is at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The status.
    pub status: Status,
    /// Out of sight until then.
    pub snoozed_until: Option<Timestamp>,
    /// Who had it.
    pub assignee: Option<UserId>,
    /// Its labels.
    pub tags: Vec<String>,
    /// Its issue.
    pub issue: Option<IssueId>,
}

impl Found {
    /// Of a conversation as it is now.
    pub fn of(c: &Conversation) -> Self {
        Self { status: c.status, snoozed_until: c.snoozed_until, assignee: c.assignee, tags: c.tags.clone(), issue: c.issue }
    }

    /// What brings a conversation back to this, all but its link; `name` is that of the assignee it had. What it was put out of sight
    /// until may have passed meanwhile: then it is in sight.
    pub fn back(&self, now: &Conversation, name: &str, at: Timestamp) -> Vec<Command> {
        let mut commands = Vec::new();
        if now.status != self.status {
            commands.push(Command::SetStatus { to: self.status });
        }
        // After the status, because what is settled comes in sight.
        let until = self.snoozed_until.filter(|until| *until > at);
        if until != now.snoozed_until {
            commands.push(Command::Snooze { until });
        }
        if now.assignee != self.assignee {
            commands.push(Command::Assign { to: self.assignee, name: name.to_owned() });
        }
        if now.tags != self.tags {
            commands.push(Command::Tag { tags: self.tags.clone() });
        }
        commands
    }
}

impl Action {
    /// The command for one conversation; none for a link.
    pub fn command(&self, c: &Conversation) -> Option<Command> {
        Some(match self {
            Self::Assign { to, name } => Command::Assign { to: *to, name: name.clone() },
            Self::Status { to } => Command::SetStatus { to: *to },
            Self::Snooze { until } => Command::Snooze { until: *until },
            Self::Tags { add, remove } => {
                let gone: Vec<String> = remove.iter().map(|tag| tag.trim().to_lowercase()).collect();
                let kept = c.tags.iter().filter(|tag| !gone.contains(tag)).cloned();
                Command::Tag { tags: kept.chain(add.iter().cloned()).collect() }
            }
            Self::Link { .. } => return None,
        })
    }
}
