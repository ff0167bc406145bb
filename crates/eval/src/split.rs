//! Splits that are the same on every machine.

use crate::data::Set;
use hypercare_language::Item;
use hypercare_language::trial::Confirmed;

/// A small fixed generator (Knuth's MMIX constants).
pub struct Dice(pub u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    /// Shuffles in place.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Answers with examples, and other messages of the same intents.
pub struct Split {
    /// One item for each intent, its name as title.
    pub items: Vec<Item>,
    /// Text and right item.
    pub messages: Vec<(String, usize)>,
}

/// Takes up to `messages` texts of each intent as messages and then up to `examples` as examples.
pub fn split(set: &Set, examples: usize, messages: usize, seed: u64) -> Split {
    let mut dice = Dice(seed);
    let mut split = Split { items: Vec::new(), messages: Vec::new() };
    for (intent, mut list) in set.by_intent().into_iter().enumerate() {
        dice.shuffle(&mut list);
        // A small intent gives at most a third of its texts as messages.
        let kept_back = messages.min(if examples == usize::MAX { list.len() / 3 } else { list.len().saturating_sub(examples) });
        let (asked, taught) = list.split_at(kept_back);
        split.messages.extend(asked.iter().map(|n| (set.texts[*n].0.clone(), intent)));
        let phrases = std::iter::once(set.intents[intent].clone()).chain(taught.iter().take(examples).map(|n| set.texts[*n].0.clone()));
        split.items.push(Item { phrases: phrases.collect() });
    }
    split
}

/// All texts of a set as confirmed outcomes, and texts that have no answer.
pub fn confirmed(set: &Set, outside: &[String]) -> Vec<Confirmed> {
    let inside = set.texts.iter().map(|(text, intent)| Confirmed { text: text.clone(), answer: Some(*intent) });
    inside.chain(outside.iter().map(|text| Confirmed { text: text.clone(), answer: None })).collect()
}
