//! Who may do what. Each route names one [`Permission`]; a role is a set of them.

use serde::{Deserialize, Serialize};

/// What a person is in this installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks, touches nothing.
    Viewer,
    /// Answers customers.
    Agent,
    /// Decides during a shift.
    Owner,
    /// Plans windows, signs exits.
    Lead,
    /// Everything, and people and tokens.
    Admin,
}

/// One thing that can be allowed. The word is also the token scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Permission {
    /// See windows, conversations, issues, answers, signals, reports.
    #[serde(rename = "read")]
    Read,
    /// Bring messages in from a channel.
    #[serde(rename = "inbound:write")]
    InboundWrite,
    /// Reply, note, assign, link, correct triage.
    #[serde(rename = "conversations:write")]
    ConversationsWrite,
    /// Create and change issues, reply to all.
    #[serde(rename = "issues:write")]
    IssuesWrite,
    /// Draft answers; ask for decisions.
    #[serde(rename = "answers:draft")]
    AnswersDraft,
    /// Approve and retire answers.
    #[serde(rename = "answers:approve")]
    AnswersApprove,
    /// Decide what was asked of the owner.
    #[serde(rename = "decisions:decide")]
    DecisionsDecide,
    /// Create windows, apply plans, change phases, sign exits.
    #[serde(rename = "windows:write")]
    WindowsWrite,
    /// People and tokens.
    #[serde(rename = "admin")]
    Admin,
}

impl Permission {
    /// All, in order of reach.
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::InboundWrite,
        Self::ConversationsWrite,
        Self::IssuesWrite,
        Self::AnswersDraft,
        Self::AnswersApprove,
        Self::DecisionsDecide,
        Self::WindowsWrite,
        Self::Admin,
    ];
    /// The word in token scopes and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::InboundWrite => "inbound:write",
            Self::ConversationsWrite => "conversations:write",
            Self::IssuesWrite => "issues:write",
            Self::AnswersDraft => "answers:draft",
            Self::AnswersApprove => "answers:approve",
            Self::DecisionsDecide => "decisions:decide",
            Self::WindowsWrite => "windows:write",
            Self::Admin => "admin",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }
}

impl Role {
    /// All, least first.
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Agent, Self::Owner, Self::Lead, Self::Admin];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Agent => "agent",
            Self::Owner => "owner",
            Self::Lead => "lead",
            Self::Admin => "admin",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.word() == word)
    }
    /// Whether this role may do it. Each role may all that the one before it may.
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        let least = match permission {
            P::Read => Self::Viewer,
            P::InboundWrite | P::ConversationsWrite | P::IssuesWrite | P::AnswersDraft => Self::Agent,
            P::AnswersApprove | P::DecisionsDecide => Self::Owner,
            P::WindowsWrite => Self::Lead,
            P::Admin => Self::Admin,
        };
        self >= least
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_includes_the_one_before() {
        for pair in Role::ALL.windows(2) {
            for p in Permission::ALL {
                assert!(!pair[0].may(p) || pair[1].may(p), "{:?} lost {p:?}", pair[1]);
            }
        }
        assert!(!Role::Agent.may(Permission::AnswersApprove));
        assert!(Role::Owner.may(Permission::DecisionsDecide));
    }
}
