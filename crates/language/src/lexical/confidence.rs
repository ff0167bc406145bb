//! From similarity to the chance of being right.

/// Logistic weights: constant, score, margin, covered share. Fitted by Newton's method on twelve splits of Banking77's
/// training part (Casanueva et al. 2020): 12, 20 or 30 intents with ten examples each, 30 % of the messages from
/// other intents (20,801 cases). On six fresh splits the expected calibration error is 0.025. The fit can be repeated
/// with `cargo run --release --example calibrate`.
const WEIGHTS: [f64; 4] = [-5.473, 7.274, 8.999, 2.226];

/// Estimated chance that an item with this score is the right one.
pub(super) fn estimate(score: f64, margin: f64, covered: f64) -> f64 {
    let [constant, by_score, by_margin, by_covered] = WEIGHTS;
    1.0 / (1.0 + (-(constant + by_score * score + by_margin * margin + by_covered * covered)).exp())
}
