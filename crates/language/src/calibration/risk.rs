//! From the wrong rate that a lead accepts to the confidence from which the assistant answers.

use statrs::function::beta::beta_reg;
use std::fmt;

/// Whatever the accepted rate, no single answer is given that is more likely wrong than right.
const NEVER_BELOW: f64 = 0.5;

/// One judged match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Stated chance, 0 to 1.
    pub confidence: f64,
    /// Whether the best item was right.
    pub right: bool,
    /// Whether any item would have been.
    pub inside: bool,
    /// How much it counts.
    pub weight: f64,
}

/// A threshold and what it is expected to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// From this confidence on the assistant answers.
    pub confidence: f64,
    /// Share wrong among those answered, as found.
    pub wrong: f64,
    /// Upper bound of that share.
    pub bound: f64,
    /// Share of all that is answered.
    pub answered: f64,
    /// Share answered among what has a right item.
    pub answered_inside: f64,
    /// Judged matches behind it.
    pub outcomes: usize,
}

/// Why there is no threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refused {
    /// So many more outcomes are needed before the rate can be promised at all.
    TooFew {
        /// Confirmed outcomes still missing.
        more: usize,
    },
    /// Even the surest matches may be wrong more often than that.
    TooOftenWrong {
        /// The least bound that any threshold reaches.
        least: f64,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { more: 1 } => f.write_str("1 more confirmed outcome is needed"),
            Self::TooFew { more } => write!(f, "{more} more confirmed outcomes are needed"),
            Self::TooOftenWrong { least } => {
                write!(f, "no confidence is high enough: among the surest matches the share wrong may be up to {:.1} %", 100.0 * least)
            }
        }
    }
}

/// The fewest outcomes that can show a wrong rate, 0 to 1, at this confidence: so many, none of them wrong.
pub fn least_outcomes(wrong_rate: f64, confidence: f64) -> usize {
    ((1.0 - confidence).ln() / (1.0 - wrong_rate).ln()).ceil() as usize
}

/// One point of the trade-off: what a wrong rate buys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The accepted share wrong among those answered, 0 to 1.
    pub wrong_rate: f64,
    /// The threshold for it, or why there is none.
    pub threshold: Result<Threshold, Refused>,
}

/// The upper end of the exact one-sided interval for a binomial share (Clopper and Pearson 1934) at this confidence, 0 to
/// 1. Counts may be fractions: weighted counts are put in by their effective numbers. 1 for nothing counted.
pub fn upper_bound(wrong: f64, of: f64, confidence: f64) -> f64 {
    if of <= 0.0 || wrong >= of {
        return 1.0;
    }
    // The bound solves I_p(wrong + 1, of − wrong) = confidence; the left side rises with p.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if beta_reg(wrong + 1.0, of - wrong, middle) < confidence {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The lowest confidence at which the upper bound of the share wrong among those answered is at most `wrong_rate`.
/// `confidence` is the chance, 0 to 1, that the bound holds for the threshold at which it is taken.
///
/// It is never under a half: whatever the rate, no answer is given that is more likely wrong than right.
///
/// The outcomes must come from models that had not seen their texts, or the bound means nothing. Weighted ones count by
/// their effective number, as in Fay and Feuer 1997, "Confidence intervals for directly standardized rates".
///
/// # Errors
/// Why no threshold can be given.
pub fn threshold(judged: &[Judged], wrong_rate: f64, confidence: f64) -> Result<Threshold, Refused> {
    let needed = least_outcomes(wrong_rate, confidence);
    if judged.len() < needed {
        return Err(Refused::TooFew { more: needed - judged.len() });
    }
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let all: f64 = judged.iter().map(|j| j.weight).sum();
    let all_inside: f64 = judged.iter().filter(|j| j.inside).map(|j| j.weight).sum();
    let mut best = None;
    let mut bounds = Vec::new();
    let (mut count, mut inside, mut wrong, mut wrong_squares) = (0.0, 0.0, 0.0, 0.0);
    for (number, one) in sorted.iter().enumerate().take_while(|(_, one)| one.confidence >= NEVER_BELOW) {
        count += one.weight;
        inside += if one.inside { one.weight } else { 0.0 };
        if !one.right {
            wrong += one.weight;
            wrong_squares += one.weight * one.weight;
        }
        // Matches that are equally sure are answered together or not at all.
        if number + 1 < needed || sorted.get(number + 1).is_some_and(|next| next.confidence >= one.confidence) {
            continue;
        }
        let each = if wrong > 0.0 { wrong_squares / wrong } else { 1.0 };
        bounds.push((wrong / each, count / each));
        if wrong < count && beta_reg(wrong / each + 1.0, (count - wrong) / each, wrong_rate) >= confidence {
            best = Some(Threshold {
                confidence: one.confidence,
                wrong: wrong / count,
                bound: upper_bound(wrong / each, count / each, confidence),
                answered: count / all,
                answered_inside: if all_inside > 0.0 { inside / all_inside } else { 0.0 },
                outcomes: judged.len(),
            });
        }
    }
    best.ok_or_else(|| Refused::TooOftenWrong { least: bounds.iter().map(|(wrong, of)| upper_bound(*wrong, *of, confidence)).fold(1.0, f64::min) })
}

/// What each wrong rate buys: "at 2 % wrong, 61 % answered".
pub fn trade_off(judged: &[Judged], wrong_rates: &[f64], confidence: f64) -> Vec<Point> {
    wrong_rates.iter().map(|rate| Point { wrong_rate: *rate, threshold: threshold(judged, *rate, confidence) }).collect()
}
