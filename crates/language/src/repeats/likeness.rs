//! How alike a message is to what is known.

use super::question::Question;
use super::space::{Limits, PRIOR, Read, USUAL};
use super::{CANDIDATES, Repeats};
use crate::identifiers::Identifiers;

impl Repeats {
    /// The question most alike of those that are wanted, with its slot; the first of equal ones. One with an issue that the
    /// message clearly asks comes before those without: they may wait since before the issue was known.
    pub(super) fn best(&self, read: &Read, names: &Identifiers, limits: &Limits, wanted: impl Fn(&Question) -> bool) -> Option<(usize, f64)> {
        let less = self.usual(read, limits);
        let rank = |slot: usize, likeness: f64| (likeness >= limits.join && self.questions[slot].issue.is_some(), likeness);
        let mut best: Option<(usize, f64)> = None;
        for (slot, to_centre) in self.index.nearest(&read.vector, CANDIDATES, |slot| wanted(&self.questions[slot])) {
            let Some(likeness) = self.likeness(slot, to_centre, read, names, limits) else { continue };
            let likeness = likeness - less;
            if best.is_none_or(|(known, least)| rank(slot, likeness) > rank(known, least)) {
                best = Some((slot, likeness));
            }
        }
        best
    }

    /// What a message has in common with everything that is asked here.
    pub(super) fn usual(&self, read: &Read, limits: &Limits) -> f64 {
        if limits.common > 0.0 { limits.common * (self.index.mean_likeness(&read.vector, (PRIOR, USUAL)) - USUAL) } else { 0.0 }
    }

    /// How alike a message is to a question: what was taken out of the one that it was merged into stays out of it as well.
    pub(super) fn likeness(&self, slot: usize, to_centre: f32, read: &Read, names: &Identifiers, limits: &Limits) -> Option<f64> {
        let question = &self.questions[slot];
        let above = question.parent.and_then(|_| self.slots.get(&self.root(question.id))).map(|root| &self.questions[*root].refused);
        question.likeness(to_centre, read, names, limits, above)
    }
}
