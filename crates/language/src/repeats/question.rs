//! One question that people ask: its centre, its best members, who asked and when.

use super::hours::Hours;
use super::people::People;
use super::space::{Limits, Read, shared};
use super::{QuestionId, Said};
use crate::encoder::cosine;
use crate::identifiers::Identifiers;
use crate::text::excerpt;
use hypercare_core::{ConversationId, IssueId, Timestamp};
use std::collections::VecDeque;

/// Members whose vectors and wordings are kept.
const MEMBERS: usize = 8;
/// Conversations that are kept by name: the newest.
const CONVERSATIONS: usize = 64;
/// Members as which the centre counts at most: it can still follow a question whose wording changes.
const HEAVIEST: f32 = 64.0;
/// From this likeness on a member says nothing that a kept one does not.
const REDUNDANT: f32 = 0.95;
/// Characters of a wording that are kept.
pub(super) const WORDING: usize = 300;

/// A vector in a quarter of the memory; its products are right within 0.005.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    scale: f32,
    values: Box<[i8]>,
}

impl Packed {
    pub fn new(vector: &[f32]) -> Self {
        let greatest = vector.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
        let scale = if greatest > 0.0 { greatest / 127.0 } else { 1.0 };
        Self { scale, values: vector.iter().map(|value| (value / scale).round() as i8).collect() }
    }

    pub fn likeness(&self, vector: &[f32]) -> f32 {
        let mut sums = [0.0_f32; 16];
        for (own, theirs) in self.values.chunks(16).zip(vector.chunks(16)) {
            for (sum, (a, b)) in sums.iter_mut().zip(own.iter().zip(theirs)) {
                *sum += f32::from(*a) * b;
            }
        }
        sums.iter().sum::<f32>() * self.scale
    }

    pub fn unpacked(&self) -> Vec<f32> {
        self.values.iter().map(|value| f32::from(*value) * self.scale).collect()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub conversation: ConversationId,
    pub contact: i64,
    pub text: Box<str>,
    pub vector: Packed,
    topic: Box<[u32]>,
}

impl Member {
    pub fn new(said: &Said<'_>, text: &str, read: &Read) -> Self {
        Self {
            conversation: said.conversation,
            contact: said.contact.0,
            text: excerpt(text, WORDING).into(),
            vector: Packed::new(&read.vector),
            topic: read.topic.clone(),
        }
    }

    /// As it was read, but for the rounding.
    pub fn read(&self) -> Read {
        Read { vector: self.vector.unpacked().into(), topic: self.topic.clone() }
    }
}

/// How far a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It has no issue.
    Candidate,
    /// It has one.
    Known,
}

#[derive(Clone, Debug)]
pub(super) struct Question {
    pub id: QuestionId,
    /// The question that it was merged into.
    pub parent: Option<QuestionId>,
    pub standing: Standing,
    pub issue: Option<IssueId>,
    /// Length of the sum of its members' vectors; the direction is in the index.
    pub length: f32,
    weight: f32,
    pub members: Vec<Member>,
    /// What does not belong here.
    pub refused: VecDeque<Packed>,
    pub names: Identifiers,
    pub people: People,
    pub count: u64,
    pub hours: Hours,
    pub conversations: VecDeque<ConversationId>,
    pub last: Timestamp,
    /// Number of the message that touched it last: what is old goes first.
    pub touched: u64,
}

impl Question {
    pub fn new(id: QuestionId) -> Self {
        Self {
            id,
            parent: None,
            standing: Standing::Candidate,
            issue: None,
            length: 0.0,
            weight: 0.0,
            members: Vec::new(),
            refused: VecDeque::new(),
            names: Identifiers::default(),
            people: People::default(),
            count: 0,
            hours: Hours::default(),
            conversations: VecDeque::new(),
            last: Timestamp(i64::MIN),
            touched: 0,
        }
    }

    /// How alike a message is to this question, none where it cannot be one: it names another thing, shares no topic, or
    /// is nearer to what a person took out of here.
    /// `above` is what was taken out of the question that this one was merged into.
    pub fn likeness(&self, to_centre: f32, read: &Read, names: &Identifiers, limits: &Limits, above: Option<&VecDeque<Packed>>) -> Option<f64> {
        if names.differ(&self.names) {
            return None;
        }
        let best = self
            .members
            .iter()
            .filter(|member| limits.shared == 0 || shared(&member.topic, &read.topic) >= limits.shared)
            .map(|member| member.vector.likeness(&read.vector))
            .max_by(f32::total_cmp)?;
        if self.refused.iter().chain(above.into_iter().flatten()).any(|refused| refused.likeness(&read.vector) >= best) {
            return None;
        }
        Some(limits.centre * f64::from(to_centre) + (1.0 - limits.centre) * f64::from(best))
    }

    /// Counts a message that asks this. Messages of one conversation count once.
    pub fn count(&mut self, said: &Said<'_>, number: u64) {
        self.touched = number;
        self.last = self.last.max(said.at);
        if self.conversations.contains(&said.conversation) {
            return;
        }
        self.count += 1;
        self.people.add(said.contact.0);
        self.hours.add(said.at);
        if self.conversations.len() >= CONVERSATIONS {
            self.conversations.pop_front();
        }
        self.conversations.push_back(said.conversation);
    }

    /// The centre after a vector was added, `sign` 1, or taken away, −1; none when nothing is left of it.
    pub fn moved(&mut self, centre: &[f32], vector: &[f32], sign: f32) -> Option<Vec<f32>> {
        if self.weight >= HEAVIEST && sign > 0.0 {
            let lighter = (HEAVIEST - 1.0) / HEAVIEST;
            self.length *= lighter;
            self.weight *= lighter;
        }
        let mut sum: Vec<f32> = centre.iter().zip(vector).map(|(c, v)| c * self.length + sign * v).collect();
        let length = cosine(&sum, &sum).sqrt();
        self.weight = (self.weight + sign).max(0.0);
        if length < 1e-3 || self.weight < 0.5 {
            return None;
        }
        self.length = length;
        sum.iter_mut().for_each(|value| *value /= length);
        Some(sum)
    }

    /// Keeps a member, unless it says nothing new. When there is no room the one farthest from the centre goes.
    pub fn keep(&mut self, member: Member, vector: &[f32], centre: &[f32]) {
        if self.members.iter().any(|kept| kept.vector.likeness(vector) >= REDUNDANT) {
            return;
        }
        if self.members.len() < MEMBERS {
            self.members.push(member);
            return;
        }
        let far = self.members.iter().enumerate().map(|(n, kept)| (n, kept.vector.likeness(centre)));
        if let Some((n, likeness)) = far.min_by(|a, b| a.1.total_cmp(&b.1))
            && cosine(vector, centre) > likeness
        {
            self.members[n] = member;
        }
    }

    /// What does not belong here.
    pub fn refuse(&mut self, vector: &[f32]) {
        self.refused.push_back(Packed::new(vector));
    }

    /// Counts the people anew where all of their messages are known; a longer list cannot be counted back.
    pub fn recount(&mut self) {
        if self.count as usize == self.members.len() {
            self.people = People::default();
            for member in &self.members {
                self.people.add(member.contact);
            }
        }
    }
}
