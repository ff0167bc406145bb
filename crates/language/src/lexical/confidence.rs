//! From similarity to the chance of being right.

/// Logistic weights: constant, score, margin, covered share.
const WEIGHTS: [f64; 4] = [-4.0, 7.0, 9.0, 1.0];

/// Estimated chance that an item with this score is the right one.
pub(super) fn estimate(score: f64, margin: f64, covered: f64) -> f64 {
    let [constant, by_score, by_margin, by_covered] = WEIGHTS;
    1.0 / (1.0 + (-(constant + by_score * score + by_margin * margin + by_covered * covered)).exp())
}
