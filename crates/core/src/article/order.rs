//! What stands in order by hand: collections, the categories of one, the articles of a category.

use super::Category;
use crate::{ArticleId, Refusal};
use std::collections::HashSet;
use std::hash::Hash;

/// Whether `order` is another order than `now`, for somebody who read the order `read`.
///
/// # Errors
/// When the order was changed since it was read, or when `order` does not name each once.
pub fn arranged<T: Copy + Eq + Hash>(now: &[T], read: &[T], order: &[T]) -> Result<bool, Refusal> {
    // The same order once more is the second press of a button, whatever was read.
    if order == now {
        return Ok(false);
    }
    if read != now {
        return Err(Refusal::conflict("The order, or what stands in it, has changed since you read it. Read it again, and then move."));
    }
    let once: HashSet<T> = order.iter().copied().collect();
    if once.len() != order.len() || order.len() != now.len() || !now.iter().all(|one| once.contains(one)) {
        let all = now.len();
        return Err(Refusal::field("order", format!("Name each of the {all} that stand there once, and nothing else.")));
    }
    Ok(true)
}

impl Category {
    /// Articles of this category as they stand: first those that were put in order by hand, then the others, the oldest first.
    pub fn in_order(&self, articles: &mut [ArticleId]) {
        let place = |id: &ArticleId| self.order.iter().position(|known| known == id).unwrap_or(usize::MAX);
        articles.sort_by_cached_key(|id| (place(id), *id));
    }
}
