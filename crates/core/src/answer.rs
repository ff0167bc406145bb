//! An answer: one approved reply, versioned, reused on every channel.

use crate::{Aggregate, AnswerId, Refusal, Stamp, Timestamp, WindowId};
use serde::{Deserialize, Serialize};

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// Never approved.
    Draft,
    /// May be said.
    Approved,
    /// Must not be said any more.
    Retired,
}

impl AnswerState {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Retired => "retired",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Draft, Self::Approved, Self::Retired].into_iter().find(|s| s.word() == word)
    }
}

/// The text of one version. The three parts are required before approval.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerText {
    /// The question it answers.
    pub title: String,
    /// Is it expected?
    #[serde(default)]
    pub expected: String,
    /// What to do now.
    #[serde(default)]
    pub do_now: String,
    /// When the next update comes.
    #[serde(default)]
    pub next_update: String,
    /// Where it says more.
    #[serde(default)]
    pub source: String,
    /// Other wordings of the question that this answers, for the matcher.
    #[serde(default)]
    pub examples: Vec<String>,
}

impl AnswerText {
    /// The three parts as one reply.
    pub fn as_reply(&self) -> String {
        [&self.expected, &self.do_now, &self.next_update]
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// Which required part is missing, with its question.
    pub fn missing(&self) -> Vec<(&'static str, &'static str)> {
        let parts = [
            ("expected", &self.expected, "say whether this is expected"),
            ("do_now", &self.do_now, "say what the customer should do now"),
            ("next_update", &self.next_update, "say when the next update comes"),
        ];
        parts.into_iter().filter(|(_, text, _)| text.trim().is_empty()).map(|(field, _, ask)| (field, ask)).collect()
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.title.trim().is_empty() {
            return Err(Refusal::field("title", "An answer needs a title: the question it answers."));
        }
        for (field, text, limit) in [
            ("title", &self.title, 200),
            ("expected", &self.expected, 4000),
            ("do_now", &self.do_now, 4000),
            ("next_update", &self.next_update, 4000),
            ("source", &self.source, 500),
        ] {
            if text.len() > limit {
                return Err(Refusal::field(field, format!("This part can have at most {limit} characters; it has {}.", text.len())));
            }
        }
        if self.examples.len() > 200 {
            return Err(Refusal::field("examples", "At most 200 wordings; more do not make the match better."));
        }
        Ok(())
    }
}

/// One version, as it was written and approved. Never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerVersion {
    /// 1, 2, 3 …
    pub version: u32,
    /// The text.
    pub text: AnswerText,
    /// Who wrote it.
    pub written_by: String,
    /// When.
    pub written_at: Timestamp,
    /// Who approved it, if anyone has.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<Timestamp>,
}

/// The state of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Its id.
    pub id: AnswerId,
    /// The window it was made for.
    pub window: WindowId,
    /// Stable short name, from the plan or made from the title.
    pub key: String,
    /// Where it stands.
    pub state: AnswerState,
    /// The version that may be said.
    pub live: Option<u32>,
    /// All versions, oldest first.
    pub versions: Vec<AnswerVersion>,
}

/// What can be asked of an answer.
#[derive(Clone, Debug)]
pub enum AnswerCommand {
    /// Write a draft: the first one, or the next version of an answer that is live.
    Draft {
        /// Id, for the first.
        id: AnswerId,
        /// Window, for the first.
        window: WindowId,
        /// Key, for the first.
        key: String,
        /// The text.
        text: AnswerText,
    },
    /// Let a version be said.
    Approve {
        /// Which.
        version: u32,
    },
    /// Stop it from being said.
    Retire,
}

/// What can have happened to an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AnswerEvent {
    /// A version was written.
    Drafted {
        /// Which answer.
        id: AnswerId,
        /// Of which window.
        window: WindowId,
        /// Its key.
        key: String,
        /// Which version.
        version: u32,
        /// The text.
        text: AnswerText,
    },
    /// A version may be said now.
    Approved {
        /// Which.
        version: u32,
    },
    /// It must not be said any more.
    Retired,
}

impl Answer {
    /// The version that may be said, if one may.
    pub fn live(&self) -> Option<&AnswerVersion> {
        self.versions.iter().find(|v| Some(v.version) == self.live)
    }
    /// The newest version, approved or not.
    pub fn newest(&self) -> Option<&AnswerVersion> {
        self.versions.last()
    }
}

impl Aggregate for Answer {
    const KIND: &'static str = "answer";
    type Command = AnswerCommand;
    type Event = AnswerEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: AnswerCommand, stamp: &Stamp, (): &()) -> Result<Vec<AnswerEvent>, Refusal> {
        match (state, command) {
            (None, AnswerCommand::Draft { id, window, key, text }) => {
                text.check()?;
                Ok(vec![AnswerEvent::Drafted { id, window, key, version: 1, text }])
            }
            (Some(a), AnswerCommand::Draft { text, .. }) => {
                text.check()?;
                if a.newest().is_some_and(|v| v.text == text) {
                    return Ok(vec![]);
                }
                let version = a.newest().map_or(1, |v| v.version + 1);
                Ok(vec![AnswerEvent::Drafted { id: a.id, window: a.window, key: a.key.clone(), version, text }])
            }
            (Some(a), AnswerCommand::Approve { version }) => {
                let found = a.versions.iter().find(|v| v.version == version).ok_or_else(|| Refusal::not_found("version of this answer"))?;
                if a.live == Some(version) && a.state == AnswerState::Approved {
                    return Ok(vec![]);
                }
                if let Some((field, ask)) = found.text.missing().first() {
                    return Err(Refusal::field(*field, format!("Before it can be approved, {ask}.")));
                }
                Ok(vec![AnswerEvent::Approved { version }])
            }
            (Some(a), AnswerCommand::Retire) => {
                if a.state == AnswerState::Retired {
                    return Ok(vec![]);
                }
                stamp.require_reason("the report keeps why an answer was withdrawn.")?;
                Ok(vec![AnswerEvent::Retired])
            }
            (None, _) => Err(Refusal::not_found("answer")),
        }
    }

    fn apply(state: Option<Self>, event: &AnswerEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (state, AnswerEvent::Drafted { id, window, key, version, text }) => {
                let mut a = state.unwrap_or_else(|| Self {
                    id: *id,
                    window: *window,
                    key: key.clone(),
                    state: AnswerState::Draft,
                    live: None,
                    versions: vec![],
                });
                a.versions.push(AnswerVersion {
                    version: *version,
                    text: text.clone(),
                    written_by: stamp.actor.name.clone(),
                    written_at: stamp.at,
                    approved_by: None,
                    approved_at: None,
                });
                a
            }
            (Some(mut a), AnswerEvent::Approved { version }) => {
                a.state = AnswerState::Approved;
                a.live = Some(*version);
                if let Some(v) = a.versions.iter_mut().find(|v| v.version == *version) {
                    v.approved_by = Some(stamp.actor.name.clone());
                    v.approved_at = Some(stamp.at);
                }
                a
            }
            (Some(mut a), AnswerEvent::Retired) => {
                a.state = AnswerState::Retired;
                a.live = None;
                a
            }
            (None, _) => unreachable!("the first event of an answer is `drafted`"),
        }
    }

    fn event_name(event: &AnswerEvent) -> &'static str {
        match event {
            AnswerEvent::Drafted { .. } => "answer.drafted",
            AnswerEvent::Approved { .. } => "answer.approved",
            AnswerEvent::Retired => "answer.retired",
        }
    }
}
