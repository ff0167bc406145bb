//! Finding questions that several customers ask and nobody has logged yet.

use crate::lexical::{Channel, features};
use crate::text::{content_words, excerpt, sentences, stem, usable};
use hypercare_core::{ContactId, ConversationId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Most messages remembered; the oldest go first.
pub const REMEMBERED: usize = 2_000;
/// Different customers who must have written nearly the same before an issue is proposed.
pub const CUSTOMERS: usize = 3;
/// Cosine from which two messages ask nearly the same.
const NEARLY_SAME: f64 = 0.42;
/// Words with a topic that two messages must share: one alone (“cancel”) joins what does not belong together.
const SHARED_WORDS: usize = 2;
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
    topic: BTreeSet<String>,
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
        // Only the words with a topic: “why does the … not …” is in every question.
        let words = content_words(&text);
        let topic: BTreeSet<String> = words.iter().map(|w| stem(w)).collect();
        if topic.len() < SHARED_WORDS {
            return None;
        }
        let counted = counted(&words.join(" "));
        let vector = self.weighted(&counted);
        self.remember(Seen { conversation, contact, text, topic, vector });
        let newest = self.seen.len() - 1;
        let alike: Vec<usize> = (0..self.seen.len()).filter(|i| *i == newest || self.asks_the_same(*i, newest)).collect();
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

    fn asks_the_same(&self, a: usize, b: usize) -> bool {
        // The cheap test first: it settles nearly all pairs.
        self.seen[a].topic.intersection(&self.seen[b].topic).count() >= SHARED_WORDS && self.likeness(a, b) >= NEARLY_SAME
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Feeds messages of different customers and says after which one a proposal came.
    fn check(texts: &[&str], expected: Option<usize>) {
        let mut finder = RepeatFinder::new();
        let found =
            texts.iter().enumerate().find_map(|(n, text)| finder.observe(ConversationId(n as i64), ContactId(n as i64), text).map(|p| (n, p)));
        assert_eq!(found.as_ref().map(|f| f.0), expected, "{texts:?}: {found:?}");
    }

    #[test]
    fn three_customers_with_one_question_make_a_proposal() {
        check(
            &["The export button does nothing", "export button doesn't do anything", "Hi, the export button does nothing when I click it"],
            Some(2),
        );
        check(
            &[
                "The export button does nothing",
                "Where is my invoice?",
                "the EXPORT button does nothing!!",
                "how many seats",
                "export button does nothing here",
            ],
            Some(4),
        );
        check(&["The export button does nothing", "Where is my invoice?", "Can I pay in dollars?", "My guests are gone"], None);
        check(&["Is there a student price?", "Is there a dark mode?", "Is there a Linux app?", "Is there an API?"], None);
        check(&["", "", "", ""], None);
    }

    #[test]
    fn one_customer_alone_never_makes_a_proposal() {
        let mut finder = RepeatFinder::new();
        for n in 0..10 {
            assert_eq!(finder.observe(ConversationId(n), ContactId(1), "The export button does nothing"), None);
        }
    }

    #[test]
    fn a_proposal_names_what_it_found_and_comes_once() {
        let mut finder = RepeatFinder::new();
        finder.observe(ConversationId(1), ContactId(1), "Hello! The export stops at 3 percent. Why does the export stop?");
        finder.observe(ConversationId(2), ContactId(2), "why does the export stop at 3 percent?");
        let proposal = finder.observe(ConversationId(3), ContactId(3), "The export stops at 3 percent, why?").expect("a proposal");
        assert_eq!(proposal.conversations, [1, 2, 3].map(ConversationId));
        assert!(proposal.title.to_lowercase().contains("export") && proposal.title.chars().count() <= 80, "{}", proposal.title);
        assert!(proposal.wordings.len() == 3);
        assert!(finder.is_empty());
        assert_eq!(finder.observe(ConversationId(4), ContactId(4), "why does the export stop at 3 percent?"), None);
    }

    #[test]
    fn what_was_linked_is_forgotten() {
        let mut finder = RepeatFinder::new();
        for n in 1..=2 {
            finder.observe(ConversationId(n), ContactId(n), "The export button does nothing");
        }
        finder.forget(ConversationId(1));
        assert_eq!(finder.observe(ConversationId(3), ContactId(3), "The export button does nothing"), None);
    }

    #[test]
    fn memory_is_bounded() {
        let mut finder = RepeatFinder::new();
        for n in 0..REMEMBERED as i64 + 50 {
            finder.observe(ConversationId(n), ContactId(1), &format!("word{n} other{}", n * 7));
        }
        assert_eq!(finder.len(), REMEMBERED);
        assert_eq!(finder.seen[0].conversation, ConversationId(50));
    }

    proptest! {
        #[test]
        fn finding_never_panics_and_repeats_itself(texts in prop::collection::vec(("(export|button|nothing|does|why|\\?|é|🙂| )*", 0..4_i64), 0..30)) {
            let (mut a, mut b) = (RepeatFinder::new(), RepeatFinder::new());
            for (n, (text, contact)) in texts.iter().enumerate() {
                let one = a.observe(ConversationId(n as i64), ContactId(*contact), text);
                prop_assert_eq!(&one, &b.observe(ConversationId(n as i64), ContactId(*contact), text));
                prop_assert!(one.is_none_or(|p| p.wordings.len() <= WORDINGS && !p.conversations.is_empty()));
            }
        }
    }
}
