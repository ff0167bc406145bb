//! What is known of issues: which wordings belong to each and which do not, as people decided.
//!
//! A question that has an issue is made of the issue's wordings alone, whatever was asked since. So what is known is the
//! same wherever and in whatever order it was told, and telling it again, after a decision was taken back for
//! example, changes nothing else.

use super::question::{Member, Question, Standing};
use super::space::Read;
use super::{QuestionId, Repeats, Said, comparable};
use crate::encoder::{EncodeError, cosine};
use crate::identifiers::Identifiers;
use hypercare_core::{ContactId, ConversationId, IssueId, Timestamp};
use std::collections::HashMap;

/// Wordings of an issue that are compared: the first, which were typical when it began, and the newest.
const FIRST: usize = 8;
const NEWEST: usize = 8;
/// Refused wordings that are compared: the newest.
const REFUSED: usize = 16;
/// Where nothing that belongs is known, what is so like a refused wording is refused as well.
const SAME: f32 = 0.9;
/// Centres farther apart than this are never the same question: their members are not compared.
const FAR: f32 = 0.3;

/// What is known of an issue.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Which.
    pub issue: IssueId,
    /// The one that it was merged into. It keeps its own wordings, so that the middle of both, which nobody asks,
    /// attracts nothing.
    pub parent: Option<IssueId>,
    /// What belongs to it, the oldest first.
    pub wordings: &'a [String],
    /// What does not, the oldest first.
    pub refused: &'a [String],
}

/// Texts of one known issue, read.
type Texts = Vec<(String, Read)>;

impl Repeats {
    /// Learns what is known of an issue, in place of what was known of it before.
    ///
    /// # Errors
    /// When the encoder fails; then nothing has changed.
    pub fn know(&mut self, known: &Known<'_>) -> Result<(), EncodeError> {
        let all = known.wordings;
        let chosen = all.iter().take(FIRST).chain(all[FIRST.min(all.len())..].iter().rev().take(NEWEST).rev());
        let members = self.weigh_all(chosen)?;
        let refused = self.weigh_all(known.refused.iter().rev().take(REFUSED).rev())?;
        let parent = known.parent.map(|parent| self.of_issue(parent));
        let id = self.of_issue(known.issue);
        let Some(&slot) = self.slots.get(&id) else { return Ok(()) };
        let mut question = Question::new(id);
        (question.issue, question.standing, question.parent) = (Some(known.issue), Standing::Known, parent);
        question.touched = self.seen;
        let mut centre = vec![0.0; self.index.row(slot).len()];
        for (text, read) in &members {
            question.names.learn(&Identifiers::of(text));
            if let Some(moved) = question.moved(&centre, &read.vector, 1.0) {
                centre = moved;
            }
            // Nobody's: who asked is counted where the conversations are.
            let said = Said { conversation: ConversationId(0), contact: ContactId(0), at: Timestamp(0), text };
            question.members.push(Member::new(&said, text, read));
        }
        refused.iter().for_each(|(_, read)| question.refuse(&read.vector));
        self.questions[slot] = question;
        self.index.replace(slot, &centre);
        Ok(())
    }

    /// Forgets an issue: who asks it now asks anew.
    pub fn forget_issue(&mut self, issue: IssueId) {
        if let Some(id) = self.issues.get(&issue) {
            self.remove(*id);
        }
    }

    /// Issues that are known.
    pub fn issues(&self) -> impl Iterator<Item = IssueId> {
        self.issues.keys().copied()
    }

    /// The issue of a question: the one that it was merged into, where it was.
    pub fn issue_of(&self, question: QuestionId) -> Option<IssueId> {
        self.slots.get(&self.root(question)).and_then(|slot| self.questions[*slot].issue)
    }

    /// The issue that a message asks about, without taking the message in; none where it is new, not sure, or of a question
    /// without an issue.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn look(&self, text: &str) -> Result<Option<IssueId>, EncodeError> {
        let Some((text, read)) = self.weigh(text)? else { return Ok(None) };
        let limits = self.space.limits();
        let best = self.best(&read, &Identifiers::of(&text), limits, |_| true);
        Ok(best.filter(|(_, likeness)| *likeness >= limits.join).and_then(|(slot, _)| self.issue_of(self.questions[slot].id)))
    }

    /// Whether people took the like of this out of an issue: it is nearer to what they took out than to what belongs.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn refuses(&self, issue: IssueId, text: &str) -> Result<bool, EncodeError> {
        let Some(&id) = self.issues.get(&issue) else { return Ok(false) };
        let Some((_, read)) = self.weigh(text)? else { return Ok(false) };
        let nearest = |packed: &mut dyn Iterator<Item = f32>| packed.max_by(f32::total_cmp);
        let refused = nearest(&mut self.family(id).flat_map(|(_, q)| q.refused.iter().map(|r| r.likeness(&read.vector))));
        let belongs = nearest(&mut self.family(id).flat_map(|(_, q)| q.members.iter().map(|m| m.vector.likeness(&read.vector))));
        Ok(refused.is_some_and(|refused| refused >= belongs.unwrap_or(SAME)))
    }

    /// Conversations without an issue that may ask about this one, the likeliest first, with how alike they are.
    pub fn possible(&self, issue: IssueId, limit: usize) -> Vec<(ConversationId, f64)> {
        self.without_issue(issue, self.space.limits().ask, limit)
    }

    /// Conversations without an issue that clearly ask about this one: they came before it was known.
    pub fn clear(&self, issue: IssueId, limit: usize) -> Vec<ConversationId> {
        self.without_issue(issue, self.space.limits().join, limit).into_iter().map(|(conversation, _)| conversation).collect()
    }

    fn without_issue(&self, issue: IssueId, from: f64, limit: usize) -> Vec<(ConversationId, f64)> {
        let Some(&id) = self.issues.get(&issue) else { return vec![] };
        let centres: Vec<usize> = self.family(id).map(|(slot, _)| slot).collect();
        let mut found = vec![];
        for (slot, question) in self.questions.iter().enumerate().filter(|(_, q)| q.issue.is_none()) {
            let own = self.index.row(slot);
            if centres.iter().all(|centre| cosine(self.index.row(*centre), own) < FAR) {
                continue;
            }
            let alike = question.members.iter().filter_map(|member| self.likest(&member.read(), &question.names, &centres)).max_by(f64::total_cmp);
            if let Some(likeness) = alike.filter(|likeness| *likeness >= from) {
                found.extend(question.conversations.iter().map(|conversation| (*conversation, likeness)));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        found.truncate(limit);
        found
    }

    /// The issue that a conversation without one may ask about, with how alike it is.
    pub fn maybe(&self, conversation: ConversationId) -> Option<(IssueId, f64)> {
        let limits = self.space.limits();
        let question = self.questions.iter().find(|q| q.issue.is_none() && q.conversations.contains(&conversation))?;
        let own = question.members.iter().find(|member| member.conversation == conversation).or_else(|| question.members.first())?;
        let (slot, likeness) = self.best(&own.read(), &question.names, limits, |q| q.issue.is_some())?;
        Some((self.issue_of(self.questions[slot].id)?, likeness)).filter(|_| likeness >= limits.ask)
    }

    /// Another issue that may be the same as this one, with how alike they are.
    pub fn alike(&self, issue: IssueId) -> Option<(IssueId, f64)> {
        let limits = self.space.limits();
        let root = self.root(*self.issues.get(&issue)?);
        let own = &self.questions[*self.slots.get(&root)?];
        let others = |q: &Question| q.issue.is_some() && self.root(q.id) != root;
        let found = own.members.iter().filter_map(|member| self.best(&member.read(), &own.names, limits, others));
        let (slot, likeness) = found.max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((self.issue_of(self.questions[slot].id)?, likeness)).filter(|_| likeness >= limits.ask)
    }

    /// How alike a text is to the likest of these questions.
    fn likest(&self, read: &Read, names: &Identifiers, slots: &[usize]) -> Option<f64> {
        let limits = self.space.limits();
        let less = self.usual(read, limits);
        slots
            .iter()
            .filter_map(|slot| self.likeness(*slot, cosine(self.index.row(*slot), &read.vector), read, names, limits))
            .map(|l| l - less)
            .max_by(f64::total_cmp)
    }

    fn weigh(&self, text: &str) -> Result<Option<(String, Read)>, EncodeError> {
        let Some(text) = comparable(text) else { return Ok(None) };
        let read = self.space.weigh(&[&text])?.pop();
        Ok(read.map(|read| (text, read)))
    }

    fn weigh_all<'t>(&self, texts: impl Iterator<Item = &'t String>) -> Result<Texts, EncodeError> {
        let texts: Vec<String> = texts.filter_map(|text| comparable(text)).collect();
        let read = self.space.weigh(&texts.iter().map(String::as_str).collect::<Vec<_>>())?;
        Ok(texts.into_iter().zip(read).collect())
    }

    /// The question of an issue; one that nothing is known of yet is made.
    fn of_issue(&mut self, issue: IssueId) -> QuestionId {
        if let Some(id) = self.issues.get(&issue) {
            return *id;
        }
        let id = self.name();
        let mut question = Question::new(id);
        (question.issue, question.standing, question.touched) = (Some(issue), Standing::Known, self.seen);
        self.insert(question, &vec![0.0; self.space.dimensions()]);
        self.issues.insert(issue, id);
        id
    }
}

/// Which question is each issue's.
pub(super) type Issues = HashMap<IssueId, QuestionId>;
