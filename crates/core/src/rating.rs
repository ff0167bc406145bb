//! How an answer does, said only where there is enough to say it.

mod difference;

pub use difference::{Difference, difference};

use serde::{Deserialize, Serialize};

/// Fewer outcomes than this say nothing, whatever their share.
pub const ENOUGH: u64 = 10;
/// Standard normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.96;

/// Outcomes of one kind: how many of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PartOfWhole))]
pub struct Share {
    /// How many had it.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Share {
    /// So many of so many. A part is never greater than its whole.
    pub fn of(part: i64, whole: i64) -> Self {
        let whole = u64::try_from(whole).unwrap_or(0);
        Self { part: u64::try_from(part).unwrap_or(0).min(whole), whole }
    }
    /// The share, 0 to 1; 0 of nothing.
    pub fn share(self) -> f64 {
        if self.whole == 0 { 0.0 } else { self.part as f64 / self.whole as f64 }
    }
    /// The others': these without those.
    #[must_use]
    pub fn without(self, own: Self) -> Self {
        Self { part: self.part.saturating_sub(own.part), whole: self.whole.saturating_sub(own.whole) }
    }
    /// Ends of the 95 % score interval of the share (Wilson, 1927).
    pub fn interval(self) -> (f64, f64) {
        if self.whole == 0 {
            return (0.0, 1.0);
        }
        let (n, p, square) = (self.whole as f64, self.share(), Z * Z);
        let middle = p + square / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt();
        let scale = 1.0 + square / n;
        (((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0))
    }
}

/// What can be said of an answer, against the window's other answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AnswerVerdict))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// More customers than usual write again within a day.
    WroteAgain,
    /// More customers than usual say that it did not help.
    DidNotHelp,
    /// Fewer customers than usual write again within a day.
    Serves,
}

/// What can be said: the whole 95 % interval of this answer's share lies above (or below) the share of all others, and both
/// have at least [`ENOUGH`] outcomes. Writing again goes before what customers say, and bad news before good.
pub fn verdict(again: (Share, Share), unhelpful: (Share, Share)) -> Option<Verdict> {
    let enough = |(own, others): (Share, Share)| own.whole >= ENOUGH && others.whole >= ENOUGH;
    let above = |both: (Share, Share)| enough(both) && both.0.interval().0 > both.1.share();
    let below = |both: (Share, Share)| enough(both) && both.0.interval().1 < both.1.share();
    if above(again) {
        Some(Verdict::WroteAgain)
    } else if above(unhelpful) {
        Some(Verdict::DidNotHelp)
    } else if below(again) {
        Some(Verdict::Serves)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn share(part: u64, whole: u64) -> Share {
        Share { part, whole }
    }

    #[test]
    fn intervals_are_those_of_the_reference() {
        fn check(part: u64, whole: u64, low: f64, high: f64) {
            let found = share(part, whole).interval();
            assert!((found.0 - low).abs() < 5e-4 && (found.1 - high).abs() < 5e-4, "{part} of {whole}: {found:?}");
        }
        // Reference: statsmodels, proportion_confint(method="wilson").
        check(8, 10, 0.4902, 0.9433);
        check(1, 1, 0.2065, 1.0);
        check(0, 5, 0.0, 0.4345);
        check(90, 100, 0.8256, 0.9448);
        check(0, 0, 0.0, 1.0);
    }

    #[test]
    fn a_verdict_needs_enough_and_a_clear_difference() {
        let none = (share(0, 0), share(0, 0));
        fn check(own: Share, others: Share, expected: Option<Verdict>) {
            assert_eq!(verdict((own, others), (share(0, 0), share(0, 0))), expected, "{own:?} against {others:?}");
        }
        check(share(7, 20), share(10, 100), Some(Verdict::WroteAgain));
        check(share(4, 20), share(10, 100), None);
        check(share(9, 9), share(10, 100), None);
        check(share(10, 10), share(1, 9), None);
        check(share(0, 60), share(20, 100), Some(Verdict::Serves));
        check(share(0, 10), share(20, 100), None);
        assert_eq!(verdict(none, (share(9, 12), share(5, 60))), Some(Verdict::DidNotHelp));
        assert_eq!(verdict((share(0, 60), share(20, 100)), (share(9, 12), share(5, 60))), Some(Verdict::DidNotHelp));
        assert_eq!(verdict(none, none), None);
    }

    #[test]
    fn shares_are_whole() {
        assert_eq!(Share::of(5, 3), share(3, 3));
        assert_eq!(Share::of(-1, -2), share(0, 0));
        assert_eq!(share(7, 9).without(share(2, 4)), share(5, 5));
    }
}
