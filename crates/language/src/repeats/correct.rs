//! What people decide, and how it is undone. Each decision is learned: later messages follow it.

use super::question::{Member, Question, Standing};
use super::space::Read;
use super::{QuestionId, Repeats, Said, comparable};
use crate::encoder::EncodeError;
use crate::identifiers::Identifiers;
use hypercare_core::ConversationId;
use std::fmt;

/// Why a decision about a question cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It was forgotten, or never was.
    Question(QuestionId),
    /// Both are the same question already.
    Same(QuestionId),
    /// No message was given that could be compared.
    Nothing,
    /// The encoder failed.
    Encoder(EncodeError),
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question(id) => write!(f, "question {id} is not remembered any more"),
            Self::Same(id) => write!(f, "both are question {id} already"),
            Self::Nothing => f.write_str("none of the messages says anything that could be compared"),
            Self::Encoder(why) => write!(f, "the language model failed: {why}"),
        }
    }
}

impl std::error::Error for Unknown {}

impl From<EncodeError> for Unknown {
    fn from(why: EncodeError) -> Self {
        Self::Encoder(why)
    }
}

/// Takes a decision back: see [`Repeats::undo`].
#[derive(Clone, Debug)]
#[must_use = "without it the decision cannot be undone"]
pub struct Undo(Step);

#[derive(Clone, Debug)]
enum Step {
    Standing(QuestionId, Standing),
    /// The merged one, and whether the two had been told apart.
    Merge {
        into: QuestionId,
        from: QuestionId,
        apart: bool,
    },
    /// The new one belongs to the old one again.
    Split {
        old: QuestionId,
        new: QuestionId,
    },
    Attach {
        question: QuestionId,
        message: Message,
        from: Option<QuestionId>,
    },
    Detach {
        question: QuestionId,
        message: Message,
    },
}

/// A message that a decision was about.
#[derive(Clone, Debug)]
struct Message {
    conversation: ConversationId,
    contact: hypercare_core::ContactId,
    at: hypercare_core::Timestamp,
    text: String,
}

impl Message {
    fn of(said: &Said<'_>) -> Self {
        Self { conversation: said.conversation, contact: said.contact, at: said.at, text: said.text.to_owned() }
    }
    fn said(&self) -> Said<'_> {
        Said { conversation: self.conversation, contact: self.contact, at: self.at, text: &self.text }
    }
}

impl Repeats {
    /// A person says that this is a question which people ask: it is kept whatever else comes.
    ///
    /// # Errors
    /// When it is not remembered.
    pub fn confirm(&mut self, question: QuestionId) -> Result<Undo, Unknown> {
        let id = self.root(question);
        let slot = self.slot(id)?;
        let before = std::mem::replace(&mut self.questions[slot].standing, Standing::Confirmed);
        Ok(Undo(Step::Standing(id, before)))
    }

    /// A person says that two questions are one. Each keeps its own wordings, so that their middle, which nobody asks,
    /// attracts nothing; from now on both are shown and counted as `into`.
    ///
    /// # Errors
    /// When one is not remembered, or they are one already.
    pub fn merge(&mut self, into: QuestionId, from: QuestionId) -> Result<Undo, Unknown> {
        let (into, from) = (self.root(into), self.root(from));
        if into == from {
            return Err(Unknown::Same(into));
        }
        self.slot(into)?;
        let slot = self.slot(from)?;
        let apart = self.apart.remove(&pair(into, from));
        self.questions[slot].parent = Some(into);
        Ok(Undo(Step::Merge { into, from, apart }))
    }

    /// A person says that these messages ask something else. They become a question of their own, of which later ones
    /// are nearer than of the old one; the two are never called alike again.
    ///
    /// # Errors
    /// When the question is not remembered or no message can be compared.
    pub fn split(&mut self, question: QuestionId, messages: &[Said<'_>]) -> Result<(QuestionId, Undo), Unknown> {
        let old = self.root(question);
        self.slot(old)?;
        let read = self.read_all(messages)?;
        let Some((first, rest)) = read.split_first() else { return Err(Unknown::Nothing) };
        for (said, _, one) in &read {
            self.leave(old, said.conversation, one);
        }
        self.seen += 1;
        let new = self.begin(&first.0, &first.1, &first.2, Identifiers::of(&first.1));
        for (said, text, one) in rest {
            if let Ok(slot) = self.slot(new) {
                self.join(slot, said, text, one, &Identifiers::of(text), true);
            }
        }
        if let Ok(slot) = self.slot(new) {
            self.questions[slot].members.iter_mut().for_each(|member| member.pinned = true);
            self.questions[slot].standing = Standing::Confirmed;
        }
        self.apart.insert(pair(old, new));
        Ok((new, Undo(Step::Split { old, new })))
    }

    /// A person says that this message asks a question: later ones of the same wording join it.
    ///
    /// # Errors
    /// When the question is not remembered or the message cannot be compared.
    pub fn attach(&mut self, question: QuestionId, said: &Said<'_>) -> Result<Undo, Unknown> {
        let id = self.root(question);
        self.slot(id)?;
        let read = self.read_all(&[*said])?;
        let Some((_, text, read)) = read.first() else { return Err(Unknown::Nothing) };
        let from = self.holder(said.conversation, id);
        if let Some(from) = from {
            self.take_out(from, said.conversation, Some(&read.vector));
        }
        let slot = self.slot(id)?;
        // What a person puts here was not refused.
        self.questions[slot].refused.retain(|refused| refused.likeness(&read.vector) < 0.99);
        self.seen += 1;
        self.join(slot, said, text, read, &Identifiers::of(text), true);
        Ok(Undo(Step::Attach { question: id, message: Message::of(said), from }))
    }

    /// A person says that this message does not ask a question: the like of it stays out.
    ///
    /// # Errors
    /// When the question is not remembered or the message cannot be compared.
    pub fn detach(&mut self, question: QuestionId, said: &Said<'_>) -> Result<Undo, Unknown> {
        let id = self.root(question);
        self.slot(id)?;
        let read = self.read_all(&[*said])?;
        let Some((_, _, read)) = read.first() else { return Err(Unknown::Nothing) };
        self.leave(id, said.conversation, read);
        let slots: Vec<usize> = self.family(id).map(|(slot, _)| slot).collect();
        for slot in slots {
            self.questions[slot].refuse(&read.vector);
        }
        Ok(Undo(Step::Detach { question: id, message: Message::of(said) }))
    }

    /// Takes a decision back. What came in since stays where it joined.
    ///
    /// # Errors
    /// When a question of it is not remembered any more.
    pub fn undo(&mut self, undo: Undo) -> Result<(), Unknown> {
        match undo.0 {
            Step::Standing(id, before) => {
                let slot = self.slot(id)?;
                self.questions[slot].standing = before;
            }
            Step::Merge { into, from, apart } => {
                let slot = self.slot(from)?;
                self.questions[slot].parent = None;
                if apart {
                    self.apart.insert(pair(into, from));
                }
            }
            Step::Split { old, new } => {
                self.apart.remove(&pair(old, new));
                self.slot(old)?;
                let slot = self.slot(new)?;
                self.questions[slot].parent = Some(old);
            }
            Step::Attach { question, message, from } => {
                let slot = self.slot(question)?;
                let read = self.read_all(&[message.said()])?;
                let Some((said, text, read)) = read.first() else { return Ok(()) };
                let id = self.questions[slot].id;
                self.leave(id, message.conversation, read);
                self.seen += 1;
                match from.and_then(|from| self.slots.get(&from).copied()) {
                    Some(slot) => self.join(slot, said, text, read, &Identifiers::of(text), false),
                    None => {
                        self.begin(said, text, read, Identifiers::of(text));
                    }
                }
            }
            Step::Detach { question, message } => {
                let slot = self.slot(question)?;
                let read = self.read_all(&[message.said()])?;
                let Some((said, text, read)) = read.first() else { return Ok(()) };
                let slots: Vec<usize> = self.family(question).map(|(slot, _)| slot).collect();
                for slot in slots {
                    self.questions[slot].refused.retain(|refused| refused.likeness(&read.vector) < 0.99);
                }
                self.seen += 1;
                self.join(slot, said, text, read, &Identifiers::of(text), false);
            }
        }
        Ok(())
    }

    /// Whether a person told these two apart.
    pub fn told_apart(&self, a: QuestionId, b: QuestionId) -> bool {
        self.apart.contains(&pair(self.root(a), self.root(b)))
    }

    fn slot(&self, id: QuestionId) -> Result<usize, Unknown> {
        self.slots.get(&id).copied().ok_or(Unknown::Question(id))
    }

    fn read_all<'t>(&mut self, messages: &[Said<'t>]) -> Result<Vec<(Said<'t>, String, Read)>, EncodeError> {
        let compared: Vec<(Said<'t>, String)> = messages.iter().filter_map(|said| Some((*said, comparable(said.text)?))).collect();
        let texts: Vec<&str> = compared.iter().map(|(_, text)| text.as_str()).collect();
        let read = self.space.read(&texts)?;
        Ok(compared.into_iter().zip(read).map(|((said, text), read)| (said, text, read)).collect())
    }

    /// The question outside of this family that counts a conversation.
    fn holder(&self, conversation: ConversationId, root: QuestionId) -> Option<QuestionId> {
        self.questions.iter().find(|q| q.conversations.contains(&conversation) && self.root(q.id) != root).map(|q| q.id)
    }

    /// Takes a message out of whichever question of a family has it.
    fn leave(&mut self, root: QuestionId, conversation: ConversationId, read: &Read) {
        let found = self.family(root).find(|(_, q)| q.conversations.contains(&conversation)).map(|(_, q)| q.id);
        if let Some(id) = found {
            self.take_out(id, conversation, Some(&read.vector));
        }
    }

    /// Takes a conversation's message out of a question; one that nothing is left of is forgotten, unless it has an issue.
    pub(super) fn take_out(&mut self, id: QuestionId, conversation: ConversationId, vector: Option<&[f32]>) {
        let Some(slot) = self.slots.get(&id).copied() else { return };
        let question = &mut self.questions[slot];
        let gone: Vec<Member> = question.members.extract_if(.., |member| member.conversation == conversation).collect();
        let before = question.conversations.len();
        question.conversations.retain(|known| *known != conversation);
        let counted = (before - question.conversations.len()) as u64;
        question.count -= counted.min(question.count);
        question.recount();
        let vector = vector.map(<[f32]>::to_vec).or_else(|| gone.first().map(|member| member.vector.unpacked()));
        let kept = question.standing > Standing::Candidate;
        let centre = match vector {
            Some(vector) if counted > 0 || !gone.is_empty() => question.moved(self.index.row(slot), &vector, -1.0),
            _ => Some(self.index.row(slot).to_vec()),
        };
        match centre {
            Some(centre) if kept || question.count > 0 => self.index.replace(slot, &centre),
            // An issue whose only message was taken out still has its place.
            _ if kept => {}
            _ => {
                self.remove(id);
            }
        }
    }
}

impl Question {
    /// Counts the people anew where all of their messages are known; a longer list cannot be counted back.
    fn recount(&mut self) {
        if self.count as usize == self.members.len() {
            self.people = Default::default();
            for member in &self.members {
                self.people.add(member.contact);
            }
        }
    }
}

/// Both orders are one pair.
fn pair(a: QuestionId, b: QuestionId) -> (QuestionId, QuestionId) {
    (a.min(b), a.max(b))
}
