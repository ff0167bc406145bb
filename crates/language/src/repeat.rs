//! Finding questions that several customers ask and nobody has logged yet.

use crate::lexical::{Channel, features};
use crate::text::{excerpt, sentences, usable};
use hypercare_core::{ContactId, ConversationId};
use std::collections::{BTreeMap, VecDeque};

/// Most messages remembered; the oldest go first.
pub const REMEMBERED: usize = 2_000;
/// Different customers who must have written nearly the same before an issue is proposed.
pub const CUSTOMERS: usize = 3;
/// Cosine from which two messages ask nearly the same.
const NEARLY_SAME: f64 = 0.42;
const LETTERS: f32 = 0.5;
const WORDINGS: usize = 5;

/// A repeated question that nobody has logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The conversations that ask it, oldest first.
    pub conversations: Vec<ConversationId>,
    /// A name: the most typical wording, shortened.
    pub title: String,
    /// Typical wordings, at most five, the most typical first.
    pub wordings: Vec<String>,
}

/// Watches messages that are in scope and linked to no issue. Memory is bounded by [`REMEMBERED`].
#[derive(Default)]
pub struct RepeatFinder {
    seen: VecDeque<Seen>,
    /// In how many remembered messages each feature occurs: common ones count less.
    frequency: BTreeMap<u64, u32>,
}

struct Seen {
    conversation: ConversationId,
    contact: ContactId,
    text: String,
    vector: Vec<(u64, f32)>,
}

impl RepeatFinder {
    /// With nothing remembered.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many messages are remembered.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Takes a message in. A proposal comes when this message and remembered ones of in all at least [`CUSTOMERS`]
    /// different customers ask nearly the same; what was proposed is forgotten, so that it is proposed once.
    pub fn observe(&mut self, conversation: ConversationId, contact: ContactId, text: &str) -> Option<Proposal> {
        let text = usable(text);
        let counted = counted(&text);
        if counted.is_empty() {
            return None;
        }
        let vector = self.weighted(&counted);
        self.remember(Seen { conversation, contact, text, vector });
        let newest = self.seen.len() - 1;
        let alike: Vec<usize> = (0..self.seen.len()).filter(|i| *i == newest || self.likeness(*i, newest) >= NEARLY_SAME).collect();
        let mut contacts: Vec<ContactId> = alike.iter().map(|i| self.seen[*i].contact).collect();
        contacts.sort_unstable();
        contacts.dedup();
        (contacts.len() >= CUSTOMERS).then(|| self.propose(&alike))
    }

    /// Forgets a conversation: it was linked to an issue or is settled.
    pub fn forget(&mut self, conversation: ConversationId) {
        let gone: Vec<usize> = (0..self.seen.len()).filter(|i| self.seen[*i].conversation == conversation).collect();
        self.remove(&gone);
    }

    fn propose(&mut self, alike: &[usize]) -> Proposal {
        let mut typical: Vec<(usize, f64)> = alike.iter().map(|i| (*i, alike.iter().map(|j| self.likeness(*i, *j)).sum())).collect();
        typical.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut wordings: Vec<String> = Vec::new();
        for (i, _) in &typical {
            let wording = excerpt(&self.seen[*i].text, 300);
            if wordings.len() < WORDINGS && !wordings.contains(&wording) {
                wordings.push(wording);
            }
        }
        let mut conversations: Vec<ConversationId> = Vec::new();
        for i in alike {
            if !conversations.contains(&self.seen[*i].conversation) {
                conversations.push(self.seen[*i].conversation);
            }
        }
        let title = typical.first().map_or_else(String::new, |(i, _)| title_of(&self.seen[*i].text));
        self.remove(alike);
        Proposal { conversations, title, wordings }
    }

    fn likeness(&self, a: usize, b: usize) -> f64 {
        dot(&self.seen[a].vector, &self.seen[b].vector)
    }

    fn weighted(&self, counted: &[(u64, f32)]) -> Vec<(u64, f32)> {
        let n = self.seen.len() as f32;
        let mut vector: Vec<(u64, f32)> = counted
            .iter()
            .map(|(hash, count)| {
                let known = self.frequency.get(hash).copied().unwrap_or(0) as f32;
                (*hash, count * (((1.0 + n) / (1.0 + known)).ln() + 1.0))
            })
            .collect();
        let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        for (_, weight) in &mut vector {
            *weight /= length;
        }
        vector
    }

    fn remember(&mut self, seen: Seen) {
        if self.seen.len() >= REMEMBERED {
            self.remove(&[0]);
        }
        for (hash, _) in &seen.vector {
            *self.frequency.entry(*hash).or_insert(0) += 1;
        }
        self.seen.push_back(seen);
    }

    /// `numbers` in ascending order.
    fn remove(&mut self, numbers: &[usize]) {
        for number in numbers.iter().rev() {
            let Some(seen) = self.seen.remove(*number) else { continue };
            for (hash, _) in &seen.vector {
                if let Some(count) = self.frequency.get_mut(hash) {
                    *count -= 1;
                    if *count == 0 {
                        self.frequency.remove(hash);
                    }
                }
            }
        }
    }
}

/// Both channels in one list, in ascending order of the hash, each with its share of the weight.
fn counted(text: &str) -> Vec<(u64, f32)> {
    let mut all = Vec::new();
    for (channel, share) in [(Channel::Letters, LETTERS), (Channel::Words, 1.0 - LETTERS)] {
        let list = features(text, channel);
        let length = list.iter().map(|(_, c)| c * c).sum::<f32>().sqrt();
        all.extend(list.into_iter().map(|(hash, c)| (hash, share.sqrt() * c / length)));
    }
    all.sort_unstable_by_key(|(hash, _)| *hash);
    all
}

fn dot(a: &[(u64, f32)], b: &[(u64, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0_f64);
    while let (Some((x, p)), Some((y, q))) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(p * q);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// The first question of a text, else its first sentence, as a name of at most 80 characters.
fn title_of(text: &str) -> String {
    let sentences = sentences(text);
    let chosen = sentences.iter().find(|s| crate::text::is_question(s)).or(sentences.first()).map_or(text, String::as_str);
    excerpt(chosen, 80)
}
