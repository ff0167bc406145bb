//! How much values vary from day to day beyond chance, learned from all of them together.
//!
//! A value's own past says little about its spread, above all if it is rare; values of about the same size say it
//! together. Each one's own estimate is then drawn towards that of its size ("partial pooling"), by how much it can know.

use super::desk::{Past, Span};
use serde::{Deserialize, Serialize};

/// Sizes that are pooled: below ¼ a day, below 1, 4, 16, and above.
const SIZES: usize = 5;
/// The spread before anything is known: a standard deviation of half the mean. Desks vary less; it is safe.
const AT_FIRST: f64 = 0.25;
/// Value-days that the first assumption weighs.
const AT_FIRST_WEIGHT: f64 = 60.0;
/// Value-days that the pool weighs against a value's own estimate.
const POOL_WEIGHT: f64 = 14.0;
/// No series is steadier than this.
const LEAST: f64 = 0.02;
/// Nothing is taken to be wilder than this on its own; beyond it the mean says nothing.
const MOST: f64 = 25.0;

/// The pooled spreads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Noise {
    pooled: [f64; SIZES],
}

impl Default for Noise {
    fn default() -> Self {
        Self { pooled: [AT_FIRST; SIZES] }
    }
}

/// A value's own estimate.
struct Own {
    alpha: f64,
    weight: f64,
    size: usize,
}

fn own(past: &Past, span: &Span) -> Option<Own> {
    let share = past.sum / span.past_desk;
    let days = span.past[0] + span.past[1];
    let expected_squared = share * share * span.past_desk_squared;
    if past.sum <= 0.0 || days < 3.0 || expected_squared <= 0.0 {
        return None;
    }
    // By moments: Σ (x − e)² = Σ e + alpha · Σ e², with the degree of freedom that the mean took.
    let spread = past.squared - 2.0 * share * past.with_desk + expected_squared;
    let alpha = (spread * days / (days - 1.0) - past.sum) / expected_squared;
    let mean = past.sum / days;
    Some(Own { alpha: alpha.clamp(-MOST, MOST), weight: days * (mean / (1.0 + mean)).powi(2), size: size(mean) })
}

fn size(mean: f64) -> usize {
    [0.25, 1.0, 4.0, 16.0].iter().filter(|limit| mean >= **limit).count()
}

impl Noise {
    /// Learned anew from all values' pasts in a span.
    pub fn learn<'a>(pasts: impl Iterator<Item = Past> + 'a, span: &Span) -> Self {
        let (mut sum, mut weight) = ([AT_FIRST * AT_FIRST_WEIGHT; SIZES], [AT_FIRST_WEIGHT; SIZES]);
        for own in pasts.filter_map(|p| own(&p, span)) {
            sum[own.size] += own.weight * own.alpha;
            weight[own.size] += own.weight;
        }
        let mut pooled = [0.0; SIZES];
        for size in 0..SIZES {
            pooled[size] = (sum[size] / weight[size]).clamp(LEAST, MOST);
        }
        Self { pooled }
    }

    /// The spread of one value: `alpha` in variance = mean + alpha · mean².
    pub fn of(&self, past: &Past, span: &Span) -> f64 {
        let days = (span.past[0] + span.past[1]).max(1.0);
        let Some(own) = own(past, span) else { return self.pooled[size(past.sum / days)] };
        let pooled = self.pooled[own.size];
        let alpha = (own.weight * own.alpha + POOL_WEIGHT * pooled) / (own.weight + POOL_WEIGHT);
        // A quiet past may be luck: never far below what values of its size do.
        alpha.max(pooled / 3.0).clamp(LEAST, MOST)
    }
}
