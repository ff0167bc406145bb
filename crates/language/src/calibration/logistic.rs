//! Logistic regression with a pull towards known weights.

use super::NUMBERS;
use crate::numeric::Cholesky;

/// Newton's steps. The loss is convex and twenty are plenty.
const STEPS: usize = 30;
/// Pull towards the prior weights, as the precision of a normal prior on each coefficient of a standardised sign: of the
/// weight of a few dozen outcomes, so that hundreds speak for themselves.
const PULL: f64 = 0.5;
/// The constant is pulled less: how often the best match is right is what differs most between plans.
const PULL_OF_CONSTANT: f64 = 0.05;

/// Weights, the constant first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Logistic(pub [f64; NUMBERS]);

impl Logistic {
    /// The most probable weights given outcomes and a normal prior around `prior` (ridge regression: Hoerl and Kennard
    /// 1970; for logistic loss: le Cessie and van Houwelingen 1992), by Newton's method.
    pub fn fit(rows: &[[f64; NUMBERS]], yes: &[bool], weights: &[f64], prior: &[f64; NUMBERS]) -> Self {
        let pull = |i: usize| if i == 0 { PULL_OF_CONSTANT } else { PULL };
        let loss = |w: &[f64; NUMBERS]| {
            let fit: f64 = rows.iter().zip(yes).zip(weights).map(|((row, yes), weight)| weight * log_loss(dot(w, row), *yes)).sum();
            fit + (0..NUMBERS).map(|i| 0.5 * pull(i) * (w[i] - prior[i]).powi(2)).sum::<f64>()
        };
        let mut w = *prior;
        let mut now = loss(&w);
        for _ in 0..STEPS {
            let mut gradient: Vec<f64> = (0..NUMBERS).map(|i| pull(i) * (prior[i] - w[i])).collect();
            let mut hessian = vec![0.0; NUMBERS * NUMBERS];
            for ((row, yes), weight) in rows.iter().zip(yes).zip(weights) {
                let p = sigmoid(dot(&w, row));
                let (error, curve) = (weight * (f64::from(u8::from(*yes)) - p), weight * p * (1.0 - p));
                for i in 0..NUMBERS {
                    gradient[i] += error * row[i];
                    for j in 0..=i {
                        hessian[i * NUMBERS + j] += curve * row[i] * row[j];
                    }
                }
            }
            for i in 0..NUMBERS {
                hessian[i * NUMBERS + i] += pull(i);
            }
            Cholesky::new(NUMBERS, hessian).solve(&mut gradient);
            // Far from the bottom a whole step may overshoot.
            let mut stride = 1.0;
            let mut tried = w;
            let mut after = f64::INFINITY;
            while stride > 1e-3 {
                tried = std::array::from_fn(|i| w[i] + stride * gradient[i]);
                after = loss(&tried);
                if after <= now {
                    break;
                }
                stride *= 0.5;
            }
            if after.is_nan() || after > now {
                break;
            }
            let gained = now - after;
            (w, now) = (tried, after);
            if gained < 1e-9 * (1.0 + now.abs()) {
                break;
            }
        }
        Self(w)
    }

    /// The chance, 0 to 1.
    pub fn chance(&self, row: &[f64; NUMBERS]) -> f64 {
        sigmoid(dot(&self.0, row))
    }
}

fn dot(a: &[f64; NUMBERS], b: &[f64; NUMBERS]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn log_loss(logit: f64, yes: bool) -> f64 {
    let against = if yes { -logit } else { logit };
    against.max(0.0) + (-against.abs()).exp().ln_1p()
}
