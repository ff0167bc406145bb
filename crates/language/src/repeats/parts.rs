//! Where a question would be split in two, if it is two.

use super::view::{Typical, title_and_wordings};
use super::{Repeats, Said, comparable};
use crate::encoder::{EncodeError, cosine};
use hypercare_core::ConversationId;

/// Rounds after which the halves do not change any more, by experience; a bound, not a setting.
const ROUNDS: usize = 12;

/// One of the groups that are seen in the messages of an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// A name: the question that is most typical.
    pub title: String,
    /// Wordings, at most five, the most typical first.
    pub wordings: Vec<String>,
    /// Conversations in it, in the order given.
    pub conversations: Vec<ConversationId>,
}

impl Repeats {
    /// The two groups that are seen in these messages, the greater first; one where they all say the same, none where nothing
    /// can be compared. The same messages always give the same groups.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn parts(&self, messages: &[Said<'_>]) -> Result<Vec<Part>, EncodeError> {
        let compared: Vec<(&Said<'_>, String)> = messages.iter().filter_map(|said| Some((said, comparable(said.text)?))).collect();
        let texts: Vec<&str> = compared.iter().map(|(_, text)| text.as_str()).collect();
        let read = self.space.weigh(&texts)?;
        let vectors: Vec<&[f32]> = read.iter().map(|read| &*read.vector).collect();
        let second = halves(&vectors);
        let mut parts: Vec<Part> = [false, true].into_iter().filter_map(|half| self.part(&compared, &vectors, &second, half)).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.conversations.len()));
        Ok(parts)
    }

    fn part(&self, compared: &[(&Said<'_>, String)], vectors: &[&[f32]], second: &[bool], half: bool) -> Option<Part> {
        let own: Vec<usize> = (0..compared.len()).filter(|n| second[*n] == half).collect();
        let centre = mean(own.iter().map(|n| vectors[*n]))?;
        let typical = own.iter().map(|n| Typical { text: &compared[*n].1, likeness: cosine(vectors[*n], &centre) }).collect();
        let (title, wordings) = title_and_wordings(typical);
        Some(Part { title, wordings, conversations: own.iter().map(|n| compared[*n].0.conversation).collect() })
    }
}

/// Which vectors are of the second half: those nearer to the one that is farthest from the one that is farthest from the middle,
/// then to the middle of their half, until nothing changes (Lloyd 1982).
fn halves(vectors: &[&[f32]]) -> Vec<bool> {
    let mut second = vec![false; vectors.len()];
    let Some(middle) = mean(vectors.iter().copied()) else { return second };
    let farthest = |from: &[f32]| vectors.iter().copied().min_by(|a, b| cosine(a, from).total_cmp(&cosine(b, from)));
    let Some(one) = farthest(&middle) else { return second };
    let Some(other) = farthest(one) else { return second };
    let (mut one, mut other) = (one.to_vec(), other.to_vec());
    for _ in 0..ROUNDS {
        let now: Vec<bool> = vectors.iter().map(|v| cosine(v, &other) > cosine(v, &one) + 1e-6).collect();
        if now == second {
            break;
        }
        second = now;
        let half = |which: bool| mean(vectors.iter().copied().zip(&second).filter(|(_, s)| **s == which).map(|(v, _)| v));
        let (Some(first), Some(rest)) = (half(false), half(true)) else { break };
        (one, other) = (first, rest);
    }
    second
}

/// The direction of a sum; none of nothing.
fn mean<'v>(vectors: impl Iterator<Item = &'v [f32]>) -> Option<Vec<f32>> {
    let mut sum: Vec<f32> = vec![];
    for vector in vectors {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    let length = cosine(&sum, &sum).sqrt();
    (length > 0.0).then(|| sum.into_iter().map(|value| value / length).collect())
}
