//! What people decide about an issue, and how each step is taken back.

use super::{Issue, IssueEvent, IssueState, WORDINGS_LIMIT, checked_title};
use crate::{ConversationId, IssueId, Refusal, Stamp, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Steps that are kept.
const STEPS: usize = 40;

/// A decision of a person that can be taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// 1, 2, 3 … among the steps of this issue.
    pub number: u32,
    /// When it was taken.
    pub at: Timestamp,
    /// It was taken back.
    pub undone: bool,
    /// What was done, with what is needed to take it back.
    pub what: Taken,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Taken {
    /// It was confirmed.
    Confirmed {
        /// Its name before.
        title: String,
        /// Its owner before.
        owner: Option<UserId>,
    },
    /// It was dismissed.
    Dismissed,
    /// It went into another one.
    Merged {
        /// Which.
        into: IssueId,
        /// Its state before.
        state: IssueState,
    },
    /// Another one went into it.
    Absorbed {
        /// Which.
        from: IssueId,
        /// Its name.
        title: String,
        /// The wordings that came with it.
        learned: Vec<String>,
        /// Which of them had been refused here.
        #[serde(default)]
        accepted: Vec<String>,
    },
    /// Some of it became another issue.
    Split {
        /// Which.
        into: IssueId,
        /// Its name.
        title: String,
        /// The wordings that belong there.
        wordings: Vec<String>,
        /// Which of them were known here.
        known: Vec<String>,
        /// Which of them had been refused already.
        #[serde(default)]
        refused: Vec<String>,
    },
    /// A conversation was taken out.
    TookOut {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
        /// It was one of the typical wordings.
        known: bool,
        /// It had been refused already: another conversation with the same words was taken out before.
        #[serde(default)]
        refused: bool,
    },
    /// A conversation was said to belong to it.
    Accepted {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
        /// It was one of the typical wordings already.
        known: bool,
        /// It had been refused.
        refused: bool,
    },
    /// A conversation was said not to belong to it.
    Refused {
        /// Which.
        conversation: ConversationId,
        /// What its customer wrote.
        wording: String,
        /// It was one of the typical wordings.
        known: bool,
    },
}

impl Issue {
    /// A step by its number, if it is remembered.
    pub fn step(&self, number: u32) -> Option<&Step> {
        self.steps.iter().find(|step| step.number == number)
    }

    /// The step with which another issue came into this one and was not parted again.
    pub fn absorbed(&self, from: IssueId) -> Option<u32> {
        let is = |step: &&Step| !step.undone && matches!(&step.what, Taken::Absorbed { from: known, .. } if *known == from);
        self.steps.iter().rev().find(is).map(|step| step.number)
    }

    /// The step with which a conversation was linked to this issue by hand, if it was not taken back.
    pub fn joined(&self, conversation: ConversationId) -> Option<u32> {
        let is = |step: &&Step| !step.undone && matches!(&step.what, Taken::Accepted { conversation: known, .. } if *known == conversation);
        self.steps.iter().rev().find(is).map(|step| step.number)
    }

    /// The step with which a conversation was taken out of this issue, if it was not taken back.
    pub fn left(&self, conversation: ConversationId) -> Option<u32> {
        let is = |step: &&Step| !step.undone && matches!(&step.what, Taken::TookOut { conversation: known, .. } if *known == conversation);
        self.steps.iter().rev().find(is).map(|step| step.number)
    }

    pub(super) fn confirm(&self, title: Option<String>, owner: Option<UserId>) -> Result<Vec<IssueEvent>, Refusal> {
        let title = title.map(|title| checked_title(&title)).transpose()?.filter(|title| *title != self.title);
        match self.state {
            IssueState::Proposed => Ok(vec![IssueEvent::Confirmed { title, owner }]),
            IssueState::Dismissed => Err(Refusal::conflict("This issue was dismissed: take that back first.")),
            // Two people press at once: the second changes nothing, unless they gave it another name.
            _ if title.is_none() => Ok(vec![]),
            _ => Err(Refusal::conflict("Somebody confirmed this issue already. Look at it again, then rename it.")),
        }
    }

    pub(super) fn dismiss(&self, stamp: &Stamp) -> Result<Vec<IssueEvent>, Refusal> {
        match self.state {
            IssueState::Dismissed => Ok(vec![]),
            IssueState::Proposed if stamp.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) => {
                Err(Refusal::field("reason", "Say why it is no issue: the same words are not proposed again."))
            }
            IssueState::Proposed => Ok(vec![IssueEvent::Dismissed]),
            _ => Err(Refusal::conflict("Only a proposed issue can be dismissed. This one is worked on: resolve it instead.")),
        }
    }

    pub(super) fn undo(&self, number: u32) -> Result<Vec<IssueEvent>, Refusal> {
        let gone = || Refusal::field("step", format!("Step {number} is not among the last {STEPS} steps of this issue."));
        let step = self.step(number).ok_or_else(gone)?;
        if step.undone {
            return Ok(vec![]);
        }
        let merged = matches!(step.what, Taken::Merged { .. });
        match &step.what {
            Taken::Merged { into, .. } if self.merged_into != Some(*into) => {
                return Err(Refusal::conflict("This issue is not merged into that one any more."));
            }
            _ if !merged && self.merged_into.is_some() => {
                return Err(Refusal::conflict("This issue was merged into another one: take that back first."));
            }
            Taken::Confirmed { .. } if self.state != IssueState::Investigating => {
                return Err(Refusal::conflict(format!("Work on this issue has gone on: it is {} now. Change its state by hand.", self.state.word())));
            }
            Taken::Dismissed if self.state != IssueState::Dismissed => {
                return Err(Refusal::conflict("This issue is not dismissed any more."));
            }
            _ => {}
        }
        Ok(vec![IssueEvent::Undone { step: number, what: Box::new(step.what.clone()) }])
    }

    /// The state after a step, or after one was taken back.
    pub(super) fn stepped(mut self, event: &IssueEvent, stamp: &Stamp) -> Self {
        let taken = match event {
            IssueEvent::Confirmed { title, owner } => {
                let before = Taken::Confirmed { title: self.title.clone(), owner: self.owner };
                if let Some(title) = title {
                    self.title.clone_from(title);
                }
                self.owner = owner.or(self.owner);
                self.state = IssueState::Investigating;
                before
            }
            IssueEvent::Dismissed => {
                self.state = IssueState::Dismissed;
                Taken::Dismissed
            }
            IssueEvent::Merged { into } => {
                let before = Taken::Merged { into: *into, state: self.state };
                self.merged_into = Some(*into);
                self.state = IssueState::Resolved;
                before
            }
            // The conversations' own links hold where they are.
            IssueEvent::Absorbed { from, title, learned, .. } => {
                let accepted = learned.iter().filter(|wording| self.refused.contains(wording)).cloned().collect();
                learned.iter().for_each(|wording| self.learn(wording));
                Taken::Absorbed { from: *from, title: title.clone(), learned: learned.clone(), accepted }
            }
            IssueEvent::Split { into, title, wordings, .. } => {
                let among = |list: &[String]| wordings.iter().filter(|wording| list.contains(wording)).cloned().collect();
                let (known, refused) = (among(&self.wordings), among(&self.refused));
                wordings.iter().for_each(|wording| self.refuse(wording));
                Taken::Split { into: *into, title: title.clone(), wordings: wordings.clone(), known, refused }
            }
            IssueEvent::TookOut { conversation, wording } => {
                let (known, refused) = (self.wordings.contains(wording), self.refused.contains(wording));
                self.refuse(wording);
                Taken::TookOut { conversation: *conversation, wording: wording.clone(), known, refused }
            }
            IssueEvent::Accepted { conversation, wording } => {
                let (known, refused) = (self.wordings.contains(wording), self.refused.contains(wording));
                self.learn(wording);
                Taken::Accepted { conversation: *conversation, wording: wording.clone(), known, refused }
            }
            IssueEvent::Refused { conversation, wording } => {
                let known = self.wordings.contains(wording);
                self.refuse(wording);
                Taken::Refused { conversation: *conversation, wording: wording.clone(), known }
            }
            IssueEvent::Undone { step, what } => {
                self.restore(what);
                if let Some(step) = self.steps.iter_mut().find(|known| known.number == *step) {
                    step.undone = true;
                }
                return self;
            }
            IssueEvent::Opened { .. } | IssueEvent::Changed { .. } | IssueEvent::Learned { .. } => return self,
        };
        let number = self.steps.last().map_or(1, |last| last.number + 1);
        self.steps.push(Step { number, at: stamp.at, undone: false, what: taken });
        if self.steps.len() > STEPS {
            self.steps.remove(0);
        }
        self
    }

    fn restore(&mut self, what: &Taken) {
        match what {
            Taken::Confirmed { title, owner } => {
                self.state = IssueState::Proposed;
                self.title.clone_from(title);
                self.owner = *owner;
            }
            Taken::Dismissed => self.state = IssueState::Proposed,
            Taken::Merged { state, .. } => {
                self.merged_into = None;
                self.state = *state;
            }
            Taken::Absorbed { learned, accepted, .. } => {
                self.wordings.retain(|wording| !learned.contains(wording));
                accepted.iter().for_each(|wording| self.refuse(wording));
            }
            Taken::Split { wordings, known, refused, .. } => {
                self.refused.retain(|wording| refused.contains(wording) || !wordings.contains(wording));
                known.iter().for_each(|wording| self.learn(wording));
            }
            Taken::Accepted { wording, known, refused, .. } => {
                self.wordings.retain(|learned| *known || learned != wording);
                if *refused {
                    self.refuse(wording);
                }
            }
            // The other one with the same words is out still.
            Taken::TookOut { refused: true, .. } => {}
            Taken::TookOut { wording, known, .. } | Taken::Refused { wording, known, .. } => {
                self.refused.retain(|refused| refused != wording);
                if *known {
                    self.learn(wording);
                }
            }
        }
    }

    /// A wording belongs to it. None is on both lists.
    pub(super) fn learn(&mut self, wording: &str) {
        self.refused.retain(|refused| refused != wording);
        if self.wordings.len() < WORDINGS_LIMIT && !self.wordings.iter().any(|known| known == wording) {
            self.wordings.push(wording.to_owned());
        }
    }

    fn refuse(&mut self, wording: &str) {
        self.wordings.retain(|known| known != wording);
        if self.refused.iter().any(|known| known == wording) {
            return;
        }
        if self.refused.len() >= WORDINGS_LIMIT {
            self.refused.remove(0);
        }
        self.refused.push(wording.to_owned());
    }
}
