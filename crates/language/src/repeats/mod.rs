//! Questions that several people ask, found as they come.
//!
//! Each message joins a question that was asked before, is put to a person where that is not sure, or is a new one. The
//! question's likeness is that to its centre blended with that to its best member, less what the message has in common
//! with everything that is asked here: in a desk for one product all questions are somewhat alike.
//! `docs/decisions/0025-repeats.md` has what was measured.
//!
//! What people decide about issues is told with [`Repeats::know`], as often as it changes: which wordings belong, which do
//! not, what was merged. Two questions are never merged by the product.
//!
//! Memory and time of a message depend on the number of questions, which is bounded, and not on the number of messages.

mod hours;
mod index;
mod known;
mod likeness;
mod parts;
mod people;
mod question;
mod space;
mod view;

pub use hours::Trend;
pub use known::Known;
pub use parts::Part;
pub use view::View;

use crate::encoder::{EncodeError, Encoder};
use crate::identifiers::Identifiers;
use crate::text::{content_words, excerpt, usable, words};
use hypercare_core::{ContactId, ConversationId, Timestamp};
use index::Index;
use question::{Member, Question, Standing};
use space::{Read, Space};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Questions that are remembered unless another number is given. Those that one person asked long ago go first.
pub const QUESTIONS: usize = 10_000;
/// Different people who must have asked before a question is proposed as an issue.
pub const PEOPLE: u64 = 3;
/// Longer messages are pastes, in bytes: each is a question of its own and is not remembered.
pub const PASTE: usize = 20_000;
/// Questions nearest by their centres that are compared by their members as well.
const CANDIDATES: usize = 24;
/// Merges after each other that are followed.
const DEEPEST: usize = 64;
/// Texts that are encoded in one go.
const BATCH: usize = 32;

/// Names a question: 1, 2, 3 … in the order in which they were first asked; none is used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub u64);

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "q{}", self.0)
    }
}

/// A message to look at.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Where it was said: several messages of one conversation count once.
    pub conversation: ConversationId,
    /// Who said it.
    pub contact: ContactId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: &'a str,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// It repeats a question.
    Joined {
        /// Which.
        question: QuestionId,
        /// How alike it is, about 0 to 1.
        likeness: f64,
    },
    /// A new question, perhaps a repeat of another: a person decides.
    Unsure {
        /// The new one.
        question: QuestionId,
        /// What it may repeat.
        maybe: QuestionId,
        /// How alike it is to that, about 0 to 1.
        likeness: f64,
    },
    /// A new question.
    New {
        /// Its name.
        question: QuestionId,
    },
    /// Nothing that could be compared (no word, or a paste of more than [`PASTE`] bytes): of its own, and not remembered.
    Alone {
        /// Its name.
        question: QuestionId,
    },
}

impl Decision {
    /// The question that the message is in.
    pub const fn question(&self) -> QuestionId {
        match self {
            Self::Joined { question, .. } | Self::Unsure { question, .. } | Self::New { question } | Self::Alone { question } => *question,
        }
    }
    /// Whether the message is the first of its question.
    pub const fn is_new(&self) -> bool {
        !matches!(self, Self::Joined { .. })
    }
}

/// Finds repeated questions in a stream of messages.
pub struct Repeats {
    space: Space,
    index: Index,
    /// In the order of the index.
    questions: Vec<Question>,
    slots: HashMap<QuestionId, usize>,
    issues: known::Issues,
    limit: usize,
    named: u64,
    seen: u64,
}

impl Repeats {
    /// With nothing remembered. Without an encoder messages are compared by their words.
    pub fn new(encoder: Option<Arc<dyn Encoder>>) -> Self {
        Self::with_limit(encoder, QUESTIONS)
    }

    /// Remembers at most `limit` questions, at least 16.
    pub fn with_limit(encoder: Option<Arc<dyn Encoder>>, limit: usize) -> Self {
        let space = Space::new(encoder);
        Self {
            index: Index::new(space.dimensions()),
            space,
            questions: Vec::new(),
            slots: HashMap::new(),
            issues: known::Issues::new(),
            limit: limit.max(16),
            named: 0,
            seen: 0,
        }
    }

    /// Whether messages are compared by meaning, not by words alone.
    pub const fn by_meaning(&self) -> bool {
        matches!(self.space, Space::Meaning(_))
    }

    /// Questions that are remembered.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Looks at one message.
    ///
    /// # Errors
    /// When the encoder fails; then nothing has changed.
    pub fn observe(&mut self, said: &Said<'_>) -> Result<Decision, EncodeError> {
        let text = comparable(said.text);
        let read = match &text {
            Some(text) => self.space.read(&[text])?.pop(),
            None => None,
        };
        Ok(self.place(said, text.as_deref().zip(read)))
    }

    /// Looks at messages one after the other; encoding them together is faster.
    ///
    /// # Errors
    /// When the encoder fails; the messages before were looked at, in batches.
    pub fn observe_all(&mut self, said: &[Said<'_>]) -> Result<Vec<Decision>, EncodeError> {
        let mut decisions = Vec::with_capacity(said.len());
        for batch in said.chunks(BATCH) {
            let texts: Vec<Option<String>> = batch.iter().map(|said| comparable(said.text)).collect();
            let compared: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
            let mut read = self.space.read(&compared)?.into_iter();
            for (said, text) in batch.iter().zip(&texts) {
                let text = text.as_deref().and_then(|text| Some((text, read.next()?)));
                decisions.push(self.place(said, text));
            }
        }
        Ok(decisions)
    }

    fn place(&mut self, said: &Said<'_>, text: Option<(&str, Read)>) -> Decision {
        self.seen += 1;
        let Some((text, read)) = text else { return Decision::Alone { question: self.name() } };
        let names = Identifiers::of(text);
        let limits = self.space.limits();
        let best = self.best(&read, &names, limits, |_| true);
        if let Some((slot, likeness)) = best
            && likeness >= limits.join
        {
            self.join(slot, said, text, &read, &names);
            return Decision::Joined { question: self.root(self.questions[slot].id), likeness };
        }
        // Before the new one takes a place, which may move others.
        let maybe = best.filter(|(_, likeness)| *likeness >= limits.ask).map(|(slot, likeness)| (self.root(self.questions[slot].id), likeness));
        let question = self.begin(said, text, &read, names);
        match maybe {
            Some((maybe, likeness)) => Decision::Unsure { question, maybe, likeness },
            None => Decision::New { question },
        }
    }

    fn join(&mut self, slot: usize, said: &Said<'_>, text: &str, read: &Read, names: &Identifiers) {
        let question = &mut self.questions[slot];
        if question.issue.is_some() {
            // What belongs to an issue is known from the issue.
            question.touched = self.seen;
            return;
        }
        question.count(said, self.seen);
        question.names.learn(names);
        if let Some(centre) = question.moved(self.index.row(slot), &read.vector, 1.0) {
            question.keep(Member::new(said, text, read), &read.vector, &centre);
            self.index.replace(slot, &centre);
        }
    }

    fn begin(&mut self, said: &Said<'_>, text: &str, read: &Read, names: Identifiers) -> QuestionId {
        let id = self.name();
        let mut question = Question::new(id);
        question.names = names;
        question.count(said, self.seen);
        if let Some(centre) = question.moved(&vec![0.0; read.vector.len()], &read.vector, 1.0) {
            question.keep(Member::new(said, text, read), &read.vector, &centre);
            self.insert(question, &centre);
        }
        id
    }

    fn insert(&mut self, question: Question, centre: &[f32]) {
        if self.questions.len() >= self.limit {
            self.make_room();
        }
        self.slots.insert(question.id, self.index.push(centre));
        self.questions.push(question);
    }

    fn name(&mut self) -> QuestionId {
        self.named += 1;
        QuestionId(self.named)
    }

    /// Forgets a sixteenth of the questions: first what fewest people asked, of those what was not asked for longest.
    /// What has an issue goes last.
    fn make_room(&mut self) {
        let mut order: Vec<(Standing, u64, u64, QuestionId)> =
            self.questions.iter().map(|q| (q.standing, q.people.count().min(PEOPLE), q.touched, q.id)).collect();
        order.sort_unstable();
        for (.., id) in order.into_iter().take((self.limit / 16).max(1)) {
            self.remove(id);
        }
    }

    fn remove(&mut self, id: QuestionId) {
        let Some(slot) = self.slots.remove(&id) else { return };
        self.index.swap_remove(slot);
        let gone = self.questions.swap_remove(slot);
        if let Some(moved) = self.questions.get(slot) {
            self.slots.insert(moved.id, slot);
        }
        if let Some(issue) = gone.issue {
            self.issues.remove(&issue);
        }
        for child in self.questions.iter_mut().filter(|q| q.parent == Some(id)) {
            child.parent = gone.parent;
        }
    }

    /// The question that this one was merged into, or itself.
    fn root(&self, id: QuestionId) -> QuestionId {
        let mut at = id;
        // What is known of one issue may be older than what is known of another: a circle ends here.
        for _ in 0..DEEPEST {
            match self.slots.get(&at).and_then(|slot| self.questions[*slot].parent) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }

    fn family(&self, root: QuestionId) -> impl Iterator<Item = (usize, &Question)> {
        self.questions.iter().enumerate().filter(move |(_, q)| q.id == root || q.parent.is_some() && self.root(q.id) == root)
    }

    /// Forgets the messages of a conversation in questions without an issue: it was linked elsewhere or is settled.
    pub fn forget(&mut self, conversation: ConversationId) {
        let found: Vec<QuestionId> =
            self.questions.iter().filter(|q| q.issue.is_none() && q.conversations.contains(&conversation)).map(|q| q.id).collect();
        for id in found {
            self.take_out(id, conversation);
        }
    }

    /// Whether a conversation is counted somewhere.
    pub fn holds(&self, conversation: ConversationId) -> bool {
        self.questions.iter().any(|question| question.conversations.contains(&conversation))
    }

    /// Takes a conversation's message out of a question; one that nothing is left of is forgotten.
    fn take_out(&mut self, id: QuestionId, conversation: ConversationId) {
        let Some(slot) = self.slots.get(&id).copied() else { return };
        let question = &mut self.questions[slot];
        let gone: Vec<Member> = question.members.extract_if(.., |member| member.conversation == conversation).collect();
        let before = question.conversations.len();
        question.conversations.retain(|known| *known != conversation);
        question.count = question.count.saturating_sub((before - question.conversations.len()) as u64);
        // What others said in the same words was not kept beside it: it stands for them now.
        if question.members.is_empty()
            && let Some((member, other)) = gone.first().zip(question.conversations.back())
        {
            let mut member = member.clone();
            member.conversation = *other;
            question.members.push(member);
        }
        question.recount();
        let centre = match gone.first() {
            Some(member) => question.moved(self.index.row(slot), &member.vector.unpacked(), -1.0),
            None => Some(self.index.row(slot).to_vec()),
        };
        match centre {
            Some(centre) if question.count > 0 => self.index.replace(slot, &centre),
            _ => self.remove(id),
        }
    }
}

/// What stands for a conversation where it is compared with others: the first of its customer's texts that says something
/// (“Hello?” does not), shortened; none where none can be compared.
pub fn wording<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let texts: Vec<String> = texts.into_iter().filter_map(comparable).collect();
    let telling = texts.iter().find(|text| content_words(text).len() >= 2);
    telling.or(texts.first()).map(|text| excerpt(text, question::WORDING))
}

/// The part of a text that is compared; none without a word, and none of a paste.
fn comparable(text: &str) -> Option<String> {
    if text.len() > PASTE {
        return None;
    }
    let text = usable(text);
    words(&text).iter().any(|word| word.chars().any(char::is_alphanumeric)).then_some(text)
}

#[cfg(test)]
mod tests;
