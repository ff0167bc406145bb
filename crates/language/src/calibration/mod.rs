//! Confidence that means what it says.
//!
//! [`Calibrator`] turns the signs of a match into the chance that it is right: logistic regression on few signs and
//! squares (Platt 1999), pulled towards the shipped weights while outcomes are few, with isotonic regression on top where
//! there are at least [`ISOTONIC_FROM`] outcomes and it measures better. [`threshold`] turns the wrong rate that a lead
//! accepts into the confidence from which the assistant answers. [`share_outside`] estimates how many messages are about
//! nothing that has an answer: confirmed outcomes say it badly, because people confirm what was answered.

mod error;
mod isotonic;
mod logistic;
mod risk;
mod share;
mod shipped;

pub use error::expected_calibration_error;
pub use risk::{Judged, Point, Refused, Threshold, least_outcomes, threshold, trade_off, upper_bound};
pub use share::share_outside;

use crate::matching::{Reading, Signs};
use isotonic::Isotonic;
use logistic::Logistic;

/// So many outcomes are needed before isotonic regression is tried: it has no shape to lean on.
pub const ISOTONIC_FROM: usize = 500;
/// Numbers that the regressions see: a constant, the seven signs, three squares.
pub(crate) const NUMBERS: usize = 11;

/// What a person confirmed of one match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The signs of the match, from a model that had not seen the text.
    pub signs: Signs,
    /// Whether any item was right for the text.
    pub inside: bool,
    /// Whether the best item was.
    pub right: bool,
}

/// From signs to chances.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrator {
    right: Logistic,
    inside: Logistic,
    isotonic: Option<Isotonic>,
}

impl Calibrator {
    /// The one for the time before there are outcomes. `cargo xtask eval calibrate` fits it on public sets of
    /// customers' questions, split many ways; it suggests, and its threshold is nobody's promise.
    pub fn shipped() -> Self {
        Self { right: Logistic(shipped::RIGHT), inside: Logistic(shipped::INSIDE), isotonic: None }
    }

    /// Fits outcomes. `outside` is the share, 0 to 1, of messages that have no right item in the stream for which it will
    /// be used; none takes the outcomes' own. With no outcomes it is the shipped one.
    pub fn fit(outcomes: &[Outcome], outside: Option<f64>) -> Self {
        let weights = weights(outcomes, outside);
        let logistic = Self::plain(outcomes, &weights);
        if outcomes.len() < ISOTONIC_FROM || !isotonic_is_better(outcomes, &weights) {
            return logistic;
        }
        let chances: Vec<f64> = outcomes.iter().map(|o| logistic.confidence(&o.signs)).collect();
        let right: Vec<bool> = outcomes.iter().map(|o| o.right).collect();
        Self { isotonic: Some(Isotonic::fit(&chances, &right, &weights)), ..logistic }
    }

    fn plain(outcomes: &[Outcome], weights: &[f64]) -> Self {
        let rows: Vec<[f64; NUMBERS]> = outcomes.iter().map(|o| numbers(&o.signs)).collect();
        let of = |yes: &dyn Fn(&Outcome) -> bool| outcomes.iter().map(yes).collect::<Vec<bool>>();
        Self {
            right: Logistic::fit(&rows, &of(&|o| o.right), weights, &shipped::RIGHT),
            inside: Logistic::fit(&rows, &of(&|o| o.inside), weights, &shipped::INSIDE),
            isotonic: None,
        }
    }

    /// The chance, 0 to 1, that the best item is right.
    pub fn confidence(&self, signs: &Signs) -> f64 {
        let chance = self.right.chance(&numbers(signs));
        self.isotonic.as_ref().map_or(chance, |isotonic| isotonic.at(chance))
    }

    /// The chance, 0 to 1, that any item is right.
    pub fn inside(&self, signs: &Signs) -> f64 {
        self.inside.chance(&numbers(signs))
    }

    /// The chances of the best items of a reading, in their order, at most `limit`. What is left of the chance that any is
    /// right goes to the others by their share; none is greater than the one before.
    pub fn confidences(&self, reading: &Reading, limit: usize) -> Vec<f64> {
        let best = self.confidence(&reading.signs);
        let rest = (self.inside(&reading.signs).max(best) - best).max(0.0);
        let others: f64 = reading.ranked.iter().skip(1).map(|c| c.share).sum();
        let part = |share: f64| if others > 0.0 { (rest * share / others).min(best) } else { 0.0 };
        reading.ranked.iter().take(limit).enumerate().map(|(rank, c)| if rank == 0 { best } else { part(c.share) }).collect()
    }
}

/// The figures of the shipped calibrator as fitted on outcomes, as the source that holds them.
pub fn fitted_figures(outcomes: &[Outcome]) -> String {
    let rows: Vec<[f64; NUMBERS]> = outcomes.iter().map(|o| raw(&o.signs)).collect();
    let count = rows.len().max(1) as f64;
    let mean = |i: usize| rows.iter().map(|row| row[i]).sum::<f64>() / count;
    let usual: [f64; NUMBERS] = std::array::from_fn(|i| if i == 0 { 0.0 } else { mean(i) });
    let spread = |i: usize| (rows.iter().map(|row| (row[i] - usual[i]).powi(2)).sum::<f64>() / count).sqrt();
    let spread: [f64; NUMBERS] = std::array::from_fn(|i| if i == 0 { 1.0 } else { spread(i).max(1e-6) });
    let scaled: Vec<[f64; NUMBERS]> = rows.iter().map(|row| std::array::from_fn(|i| (row[i] - usual[i]) / spread[i])).collect();
    let even = vec![1.0; outcomes.len()];
    let fit = |yes: &dyn Fn(&Outcome) -> bool| Logistic::fit(&scaled, &outcomes.iter().map(yes).collect::<Vec<_>>(), &even, &[0.0; NUMBERS]).0;
    let (right, inside) = (fit(&|o| o.right), fit(&|o| o.inside));
    let list = |values: &[f64; NUMBERS]| values.map(|v| format!("{v:.4}")).join(", ");
    [("USUAL", usual), ("SPREAD", spread), ("RIGHT", right), ("INSIDE", inside)]
        .map(|(name, values)| format!("pub(super) const {name}: [f64; NUMBERS] = [{}];\n", list(&values)))
        .concat()
}

/// How much each outcome counts, so that those outside have the given share.
pub fn weights(outcomes: &[Outcome], outside: Option<f64>) -> Vec<f64> {
    let (all, out) = (outcomes.len() as f64, outcomes.iter().filter(|o| !o.inside).count() as f64);
    match outside {
        Some(share) if out > 0.0 && out < all => {
            let heavy = (all - out) * share / (1.0 - share) / out;
            outcomes.iter().map(|o| if o.inside { 1.0 } else { heavy }).collect()
        }
        _ => vec![1.0; outcomes.len()],
    }
}

/// Five parts, each judged by what the other four taught: the squared error (Brier score) must fall.
fn isotonic_is_better(outcomes: &[Outcome], weights: &[f64]) -> bool {
    const PARTS: usize = 5;
    let (mut plain, mut with) = (0.0, 0.0);
    for part in 0..PARTS {
        let (mut taught, mut taught_weights) = (Vec::new(), Vec::new());
        for (number, (outcome, weight)) in outcomes.iter().zip(weights).enumerate() {
            if number % PARTS != part {
                taught.push(*outcome);
                taught_weights.push(*weight);
            }
        }
        let logistic = Calibrator::plain(&taught, &taught_weights);
        let chances: Vec<f64> = taught.iter().map(|o| logistic.confidence(&o.signs)).collect();
        let isotonic = Isotonic::fit(&chances, &taught.iter().map(|o| o.right).collect::<Vec<_>>(), &taught_weights);
        for (outcome, weight) in outcomes.iter().zip(weights).skip(part).step_by(PARTS) {
            let (chance, truth) = (logistic.confidence(&outcome.signs), f64::from(u8::from(outcome.right)));
            plain += weight * (chance - truth).powi(2);
            with += weight * (isotonic.at(chance) - truth).powi(2);
        }
    }
    with < plain
}

/// The signs as the regressions see them: centred and scaled by what is usual.
pub(crate) fn numbers(signs: &Signs) -> [f64; NUMBERS] {
    let raw = raw(signs);
    std::array::from_fn(|i| if i == 0 { 1.0 } else { (raw[i] - shipped::USUAL[i]) / shipped::SPREAD[i] })
}

/// The signs and squares themselves.
pub(crate) fn raw(signs: &Signs) -> [f64; NUMBERS] {
    let Signs { likeness, margin, nearest, centroid, logit, votes, background } = *signs;
    [1.0, likeness, margin, nearest, centroid, logit, votes, background, likeness * likeness, margin * margin, nearest * nearest]
}

#[cfg(test)]
mod tests;
