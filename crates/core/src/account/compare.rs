//! Two groups of accounts side by side: those that a change affected, and the others.

use crate::rating::{ENOUGH, Share};

/// What is said with every comparison.
pub const CAUTION: &str = "An association, not proof: who is affected was not drawn by lot, and accounts that use the product more also write more.";

/// Shares of two groups, and how far they lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The first share less the second, -1 to 1.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How far two independent shares lie apart, with the 95 % interval of the difference from the two score intervals; none where a group has
/// fewer than [`ENOUGH`].
///
/// Source: R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven methods, Statistics
/// in Medicine 17 (1998), 873–890, method 10.
pub fn difference(first: Share, second: Share) -> Option<Difference> {
    (first.whole >= ENOUGH && second.whole >= ENOUGH).then(|| newcombe(first, second))
}

pub(super) fn newcombe(first: Share, second: Share) -> Difference {
    let (p, q) = (first.share(), second.share());
    let ((low_p, high_p), (low_q, high_q)) = (first.interval(), second.interval());
    let difference = p - q;
    let low = difference - ((p - low_p).powi(2) + (high_q - q).powi(2)).sqrt();
    let high = difference + ((high_p - p).powi(2) + (q - low_q).powi(2)).sqrt();
    Difference { difference, low: low.max(-1.0), high: high.min(1.0) }
}

/// The comparison in a sentence. `did`: what those of the share did, such as “cancelled”.
pub fn sentence(did: &str, affected: Share, others: Share) -> String {
    let Some(apart) = difference(affected, others) else {
        return format!(
            "Too few accounts to compare: {} affected and {} other accounts are known of, and each group needs {ENOUGH}.",
            affected.whole, others.whole
        );
    };
    let percent = |share: Share| (share.share() * 100.0).round();
    let points = |x: f64| (x * 100.0).round() + 0.0;
    let shares = format!(
        "Of {} affected accounts {} {did} ({} %), of {} others {} ({} %)",
        affected.whole,
        affected.part,
        percent(affected),
        others.whole,
        others.part,
        percent(others)
    );
    let clear = if apart.low > 0.0 || apart.high < 0.0 { "" } else { ", so there may be none" };
    format!(
        "{shares}. The difference is {} percentage points, between {} and {} with 95 % certainty{clear}.",
        points(apart.difference),
        points(apart.low),
        points(apart.high)
    )
}
