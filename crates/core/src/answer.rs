//! An answer: one approved reply, versioned, reused on every channel.

mod keeping;

pub use keeping::{Became, DUE_WITHIN, Entrusted, Keep, Keeping, Kept};

use crate::{Aggregate, AnswerId, ConversationId, Refusal, Stamp, Timestamp, WindowId};
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
    /// What the drafting service wrote into it that its source does not say, word for word, as far as it is still there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsupported: Vec<String>,
}

/// Conversations that nothing approved served, and that a version was written for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// From this version on.
    pub version: u32,
    /// Which, the newest at most [`COVERED`].
    pub conversations: Vec<ConversationId>,
}

/// Conversations that one version remembers that it was written for.
pub const COVERED: usize = 1_000;
/// Passages that a version remembers as unsupported.
const UNSUPPORTED: usize = 50;

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
    /// What they were written for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Cover>,
    /// Who sees to it at the end of its window, and what it became.
    #[serde(default, skip_serializing_if = "Keeping::is_empty")]
    pub keeping: Keeping,
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
        /// What the drafting service wrote into it that its source does not say.
        unsupported: Vec<String>,
    },
    /// Say of the newest version which unanswered conversations it was written for.
    Cover {
        /// Which.
        conversations: Vec<ConversationId>,
    },
    /// Let a version be said.
    Approve {
        /// Which.
        version: u32,
        /// Whoever approves has seen what its source does not say.
        seen: bool,
    },
    /// Stop it from being said.
    Retire,
    /// Give it to somebody who sees to what becomes of it.
    Entrust {
        /// To whom, and until when.
        to: Entrusted,
    },
    /// Say what became of it for the time after its window.
    Keep {
        /// What.
        keep: Keep,
    },
    /// The engine: the date by which somebody sees to it has come.
    TimePassed {
        /// The article that it became is published.
        published: bool,
    },
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
        /// What the drafting service wrote into it that its source does not say.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unsupported: Vec<String>,
    },
    /// A version was written for conversations that nothing approved served.
    Covers {
        /// Which version, and which conversations.
        cover: Cover,
    },
    /// A version may be said now.
    Approved {
        /// Which.
        version: u32,
    },
    /// It must not be said any more.
    Retired,
    /// Somebody sees to what becomes of it.
    Entrusted {
        /// Who, and until when.
        to: Entrusted,
    },
    /// It became something that outlives its window.
    Kept {
        /// What.
        became: Became,
    },
    /// The date has come by which somebody was to see to it, and exit still waits for it.
    KeepingDue,
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
    /// Since when a version that was written for a conversation, or a later one, could be said first; none unless one may now. A later
    /// approval changes nothing: what came in between was not served all the same.
    pub fn served_since(&self, cover: &Cover) -> Option<Timestamp> {
        self.live().filter(|live| live.version >= cover.version)?;
        self.versions.iter().filter(|v| v.version >= cover.version).filter_map(|v| v.approved_at).min()
    }
}

impl Aggregate for Answer {
    const KIND: &'static str = "answer";
    type Command = AnswerCommand;
    type Event = AnswerEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: AnswerCommand, stamp: &Stamp, (): &()) -> Result<Vec<AnswerEvent>, Refusal> {
        match (state, command) {
            (None, AnswerCommand::Draft { id, window, key, text, unsupported }) => {
                text.check()?;
                let unsupported = still_there(unsupported, &text);
                Ok(vec![AnswerEvent::Drafted { id, window, key, version: 1, text, unsupported }])
            }
            (Some(a), AnswerCommand::Draft { text, unsupported, .. }) => {
                text.check()?;
                if a.newest().is_some_and(|v| v.text == text) {
                    return Ok(vec![]);
                }
                let version = a.newest().map_or(1, |v| v.version + 1);
                // What was found before and is still in the text is not forgotten by saving it once more.
                let before = a.newest().filter(|v| v.approved_at.is_none()).map(|v| v.unsupported.clone()).unwrap_or_default();
                let unsupported = still_there(before.into_iter().chain(unsupported).collect(), &text);
                Ok(vec![AnswerEvent::Drafted { id: a.id, window: a.window, key: a.key.clone(), version, text, unsupported }])
            }
            (Some(a), AnswerCommand::Cover { mut conversations }) => {
                let version = a.newest().map_or(1, |v| v.version);
                conversations.sort_unstable();
                conversations.dedup();
                conversations.retain(|id| !a.covers.iter().any(|c| c.version == version && c.conversations.contains(id)));
                conversations.drain(..conversations.len().saturating_sub(COVERED));
                if conversations.is_empty() {
                    return Ok(vec![]);
                }
                Ok(vec![AnswerEvent::Covers { cover: Cover { version, conversations } }])
            }
            (Some(a), AnswerCommand::Approve { version, seen }) => {
                let found = a.versions.iter().find(|v| v.version == version).ok_or_else(|| Refusal::not_found("version of this answer"))?;
                if a.live == Some(version) && a.state == AnswerState::Approved {
                    return Ok(vec![]);
                }
                if let Some((field, ask)) = found.text.missing().first() {
                    return Err(Refusal::field(*field, format!("Before it can be approved, {ask}.")));
                }
                if !found.unsupported.is_empty() && !seen {
                    let passages = found.unsupported.iter().map(|p| format!("“{p}”")).collect::<Vec<_>>().join(", ");
                    let detail = format!(
                        "The suggested wording says what its source does not: {passages}. Check it, then approve with `seen`, or correct the text."
                    );
                    return Err(Refusal::field("seen", detail));
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
            (Some(a), AnswerCommand::Entrust { to }) => keeping::entrust(a, to, stamp),
            (Some(a), AnswerCommand::Keep { keep }) => keeping::keep(a, &keep, stamp),
            (Some(a), AnswerCommand::TimePassed { published }) => Ok(keeping::time_passed(a, published, stamp)),
            (None, _) => Err(Refusal::not_found("answer")),
        }
    }

    fn apply(state: Option<Self>, event: &AnswerEvent, stamp: &Stamp) -> Self {
        match (state, event) {
            (state, AnswerEvent::Drafted { id, window, key, version, text, unsupported }) => {
                let mut a = state.unwrap_or_else(|| Self {
                    id: *id,
                    window: *window,
                    key: key.clone(),
                    state: AnswerState::Draft,
                    live: None,
                    versions: vec![],
                    covers: vec![],
                    keeping: Keeping::default(),
                });
                a.versions.push(AnswerVersion {
                    version: *version,
                    text: text.clone(),
                    written_by: stamp.actor.name.clone(),
                    written_at: stamp.at,
                    approved_by: None,
                    approved_at: None,
                    unsupported: unsupported.clone(),
                });
                a
            }
            (Some(mut a), AnswerEvent::Covers { cover }) => {
                a.covers.push(cover.clone());
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
            (Some(mut a), AnswerEvent::Entrusted { to }) => {
                a.keeping.entrusted = Some(to.clone());
                a.keeping.reminded = false;
                a
            }
            (Some(mut a), AnswerEvent::Kept { became }) => {
                a.keeping.became = Some(became.clone());
                // Whoever sees to it on its last day or later need not be told that the day has come.
                a.keeping.reminded |= a.keeping.entrusted.as_ref().is_some_and(|to| to.due_at <= stamp.at);
                a
            }
            (Some(mut a), AnswerEvent::KeepingDue) => {
                a.keeping.reminded = true;
                a
            }
            (None, _) => unreachable!("the first event of an answer is `drafted`"),
        }
    }

    fn event_name(event: &AnswerEvent) -> &'static str {
        match event {
            AnswerEvent::Drafted { .. } => "answer.drafted",
            AnswerEvent::Covers { .. } => "answer.covers",
            AnswerEvent::Approved { .. } => "answer.approved",
            AnswerEvent::Retired => "answer.retired",
            AnswerEvent::Entrusted { .. } => "answer.entrusted",
            AnswerEvent::Kept { .. } => "answer.kept",
            AnswerEvent::KeepingDue => "answer.keeping_due",
        }
    }
}

/// The passages that the text still has, each once.
fn still_there(passages: Vec<String>, text: &AnswerText) -> Vec<String> {
    let parts = [&text.title, &text.expected, &text.do_now, &text.next_update];
    let mut kept: Vec<String> = vec![];
    for passage in passages {
        if !passage.trim().is_empty() && parts.iter().any(|part| part.contains(&passage)) && !kept.contains(&passage) && kept.len() < UNSUPPORTED {
            kept.push(passage);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Actor;

    fn at(secs: i64) -> Stamp {
        Stamp::new(Actor::person(crate::UserId(1), "Mara"), Timestamp::from_secs(secs))
    }

    fn run(state: Option<Answer>, command: AnswerCommand, stamp: &Stamp) -> Result<Option<Answer>, Refusal> {
        let events = Answer::decide(state.as_ref(), command, stamp, &())?;
        Ok(Answer::fold(state, &events, stamp))
    }

    fn draft(expected: &str, unsupported: &[&str]) -> AnswerCommand {
        let text = AnswerText {
            title: "T".into(),
            expected: expected.into(),
            do_now: "Nothing.".into(),
            next_update: "On Friday.".into(),
            ..AnswerText::default()
        };
        let unsupported = unsupported.iter().map(|p| (*p).to_owned()).collect();
        AnswerCommand::Draft { id: AnswerId(1), window: WindowId(1), key: "t".into(), text, unsupported }
    }

    #[test]
    fn what_its_source_does_not_say_is_not_approved_unseen() {
        let a = run(None, draft("Yes, within 3 days.", &["3 days", "gone", "3 days"]), &at(1)).unwrap();
        assert_eq!(a.as_ref().unwrap().versions[0].unsupported, ["3 days"]);
        let refused = run(a.clone(), AnswerCommand::Approve { version: 1, seen: false }, &at(2)).unwrap_err();
        assert!(refused.field.as_deref() == Some("seen") && refused.detail.contains("“3 days”"), "{refused:?}");
        assert!(run(a.clone(), AnswerCommand::Approve { version: 1, seen: true }, &at(2)).unwrap().unwrap().live == Some(1));
        // Saved once more it is remembered; corrected it is gone.
        let again = run(a.clone(), draft("Yes. Within 3 days.", &[]), &at(3)).unwrap().unwrap();
        assert_eq!(again.versions[1].unsupported, ["3 days"]);
        let corrected = run(a, draft("Yes.", &[]), &at(3)).unwrap();
        assert!(run(corrected, AnswerCommand::Approve { version: 2, seen: false }, &at(4)).is_ok());
    }

    #[test]
    fn a_conversation_is_served_from_the_approval_of_its_version_on() {
        let cover = |ids: &[i64]| AnswerCommand::Cover { conversations: ids.iter().map(|id| ConversationId(*id)).collect() };
        let a = run(None, draft("Yes.", &[]), &at(1)).unwrap();
        let a = run(a, AnswerCommand::Approve { version: 1, seen: false }, &at(2)).unwrap();
        let a = run(a, draft("Yes!", &[]), &at(3)).unwrap();
        let a = run(a, cover(&[7, 5, 7]), &at(3)).unwrap();
        let (known, twice) = (a.clone().unwrap(), run(a.clone(), cover(&[5, 7]), &at(4)).unwrap());
        assert_eq!(known.covers, [Cover { version: 2, conversations: vec![ConversationId(5), ConversationId(7)] }]);
        assert_eq!(twice, a, "said twice it is known once");
        assert_eq!(known.served_since(&known.covers[0]), None, "version 1 was not written for them");
        let a = run(a, AnswerCommand::Approve { version: 2, seen: false }, &at(9)).unwrap().unwrap();
        assert_eq!(a.served_since(&a.covers[0]), Some(Timestamp::from_secs(9)));
        let mended = run(Some(a.clone()), draft("Yes, really.", &[]), &at(10)).unwrap();
        let mended = run(mended, AnswerCommand::Approve { version: 3, seen: false }, &at(12)).unwrap().unwrap();
        assert_eq!(mended.served_since(&mended.covers[0]), Some(Timestamp::from_secs(9)), "what came between the two was not served");
        let stamp = at(13).because("Wrong.");
        let gone = run(Some(a), AnswerCommand::Retire, &stamp).unwrap().unwrap();
        assert_eq!(gone.served_since(&gone.covers[0]), None, "what is withdrawn serves nobody");
    }
}
