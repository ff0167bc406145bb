//! How much values vary from day to day beyond chance, learned from all of them together.
//!
//! A value's own past says little about its spread, above all if it is rare; values of about the same size say it
//! together. Each one's own estimate is then drawn towards that of its size ("partial pooling"), by how much it can know.

use super::desk::Past;
use serde::{Deserialize, Serialize};

/// Sizes that are pooled: below ¼ a day, below 1, 4, 16, and above.
const SIZES: usize = 5;
/// The spread before anything is known: a standard deviation of half the mean. Desks vary less; it is safe.
const AT_FIRST: f64 = 0.25;
/// Value-days that the first assumption weighs.
const FIRST_WEIGHT: f64 = 60.0;
/// Value-days that all dimensions together weigh against one: staff who write things down come and go, symptoms do not.
const ALL_WEIGHT: f64 = 30.0;
/// Value-days that the pool weighs against a value's own estimate.
const POOL_WEIGHT: f64 = 14.0;
/// No series is steadier than this.
const LEAST: f64 = 0.02;
/// Nothing is taken to be wilder than this on its own; beyond it the mean says nothing.
const MOST: f64 = 25.0;

/// The pooled spreads: of each dimension by size, and of all dimensions by size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Noise {
    all: [f64; SIZES],
    dimensions: Vec<[f64; SIZES]>,
}

impl Default for Noise {
    fn default() -> Self {
        Self { all: [AT_FIRST; SIZES], dimensions: Vec::new() }
    }
}

/// Estimates of one size, weighed.
#[derive(Clone, Copy, Default)]
struct Pool {
    sum: f64,
    weight: f64,
}

impl Pool {
    /// Their mean, drawn towards another.
    fn towards(self, other: f64, weight: f64) -> f64 {
        ((self.sum + other * weight) / (self.weight + weight)).clamp(LEAST, MOST)
    }
}

/// A value's own estimate.
struct Own {
    alpha: f64,
    weight: f64,
    size: usize,
}

fn own(past: &Past) -> Option<Own> {
    let share = past.sum / past.desk;
    let days = past.length();
    let expected_squared = share * share * past.desk_squared;
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
    /// Learned anew from all values' pasts, each with the number of its dimension.
    pub fn learn(pasts: impl Iterator<Item = (u16, Past)>) -> Self {
        let (mut all, mut each) = ([Pool::default(); SIZES], Vec::<[Pool; SIZES]>::new());
        for (dimension, own) in pasts.filter_map(|(d, p)| own(&p).map(|own| (usize::from(d), own))) {
            each.resize_with(each.len().max(dimension + 1), Default::default);
            for pool in [&mut all[own.size], &mut each[dimension][own.size]] {
                pool.sum += own.weight * own.alpha;
                pool.weight += own.weight;
            }
        }
        let all = all.map(|pool| pool.towards(AT_FIRST, FIRST_WEIGHT));
        let dimensions = each.into_iter().map(|pools| std::array::from_fn(|size| pools[size].towards(all[size], ALL_WEIGHT))).collect();
        Self { all, dimensions }
    }

    fn pooled(&self, dimension: u16, size: usize) -> f64 {
        self.dimensions.get(usize::from(dimension)).unwrap_or(&self.all)[size]
    }

    /// The spread of one value: `alpha` in variance = mean + alpha · mean².
    pub fn of(&self, dimension: u16, past: &Past) -> f64 {
        let days = past.length().max(1.0);
        let Some(own) = own(past) else { return self.pooled(dimension, size(past.sum / days)) };
        let pooled = self.pooled(dimension, own.size);
        let alpha = (own.weight * own.alpha + POOL_WEIGHT * pooled) / (own.weight + POOL_WEIGHT);
        // A quiet past may be luck: never far below what values of its size do.
        alpha.max(pooled / 3.0).clamp(LEAST, MOST)
    }
}
