//! The centres of all questions in one block of memory, scanned from end to end.
//!
//! Ten thousand rows of 384 numbers are 15 MB. A scan takes about as long as reading them, so each row is kept in eight bits a
//! number as well, with how far that is from the row: what cannot be among the nearest is left out by the small one, and what
//! may be is compared exactly. The result is that of comparing all exactly, to the bit; there is no structure to keep in order.

use crate::encoder::cosine;

/// Rows of unit length, or of zeros, numbered from 0 without gaps.
pub(super) struct Index {
    dimensions: usize,
    rows: Vec<f32>,
    /// The rows in eight bits a number, with the scale of each and the length of what rounding took away.
    small: Vec<i8>,
    rounded: Vec<Rounded>,
    /// The sum of all rows: its product with a text is how alike the text is to everything that is asked here.
    sum: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Rounded {
    scale: f32,
    error: f32,
}

/// More than what adding 384 or 1024 fractions in another order changes.
const SLACK: f32 = 1e-4;

/// Brings a row to eight bits a number.
fn round(row: &[f32], into: &mut [i8]) -> Rounded {
    let greatest = row.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
    let scale = if greatest > 0.0 { greatest / 127.0 } else { 1.0 };
    let mut error = 0.0;
    for (value, small) in row.iter().zip(into) {
        *small = (value / scale).round() as i8;
        let left = value - f32::from(*small) * scale;
        error += left * left;
    }
    Rounded { scale, error: error.sqrt() }
}

/// The product of two rows of whole numbers; at most 1024 × 127 × 127, which fits.
fn product(small: &[i8], wide: &[i16]) -> i32 {
    small.iter().zip(wide).map(|(a, b)| i32::from(i16::from(*a)) * i32::from(*b)).sum()
}

impl Index {
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions, rows: Vec::new(), small: Vec::new(), rounded: Vec::new(), sum: vec![0.0; dimensions] }
    }

    pub fn len(&self) -> usize {
        self.rounded.len()
    }

    pub fn row(&self, slot: usize) -> &[f32] {
        &self.rows[slot * self.dimensions..(slot + 1) * self.dimensions]
    }

    /// Adds a row and says its number.
    pub fn push(&mut self, row: &[f32]) -> usize {
        self.rows.extend_from_slice(row);
        let start = self.small.len();
        self.small.resize(start + self.dimensions, 0);
        self.rounded.push(round(row, &mut self.small[start..]));
        self.count(row, 1.0);
        self.len() - 1
    }

    pub fn replace(&mut self, slot: usize, row: &[f32]) {
        let place = slot * self.dimensions..(slot + 1) * self.dimensions;
        for ((old, new), sum) in self.rows[place.clone()].iter_mut().zip(row).zip(&mut self.sum) {
            *sum += f64::from(*new) - f64::from(*old);
            *old = *new;
        }
        self.rounded[slot] = round(row, &mut self.small[place]);
    }

    /// Takes a row out; the last one gets its number.
    pub fn swap_remove(&mut self, slot: usize) {
        let gone = self.row(slot).to_vec();
        self.count(&gone, -1.0);
        let last = self.len() - 1;
        self.rows.copy_within(last * self.dimensions.., slot * self.dimensions);
        self.rows.truncate(last * self.dimensions);
        self.small.copy_within(last * self.dimensions.., slot * self.dimensions);
        self.small.truncate(last * self.dimensions);
        self.rounded.swap_remove(slot);
    }

    /// The `limit` rows most alike of those that are wanted, the best first; equal ones in the order of their numbers.
    pub fn nearest(&self, vector: &[f32], limit: usize, wanted: impl Fn(usize) -> bool) -> Vec<(usize, f32)> {
        let mut small = vec![0; vector.len()];
        let own = round(vector, &mut small);
        let wide: Vec<i16> = small.iter().map(|value| i16::from(*value)).collect();
        let length = cosine(vector, vector).sqrt();
        // By Cauchy and Schwarz no product is farther from the exact one than this.
        let within = |rounded: &Rounded| rounded.error * length + (1.0 + rounded.error) * own.error + SLACK;
        let mut likeness = Vec::with_capacity(self.len());
        let mut least = Vec::with_capacity(limit + 1);
        for (slot, (row, rounded)) in self.small.chunks_exact(self.dimensions).zip(&self.rounded).enumerate() {
            let about = product(row, &wide) as f32 * rounded.scale * own.scale;
            likeness.push(about);
            keep(&mut least, limit, slot, about - within(rounded), &wanted);
        }
        // So many are at least as alike as the last of these: nothing below can be among them.
        let floor = if least.len() < limit { f32::MIN } else { least.last().map_or(f32::MIN, |(_, least)| *least) };
        let mut best = Vec::with_capacity(limit + 1);
        for (slot, (about, rounded)) in likeness.iter().zip(&self.rounded).enumerate() {
            if about + within(rounded) >= floor {
                keep(&mut best, limit, slot, cosine(self.row(slot), vector), &wanted);
            }
        }
        best
    }

    /// Mean cosine of a text to all rows, as if there were `prior.0` more rows of cosine `prior.1`.
    pub fn mean_likeness(&self, vector: &[f32], prior: (f64, f64)) -> f64 {
        let sum: f64 = self.sum.iter().zip(vector).map(|(s, v)| s * f64::from(*v)).sum();
        (sum + prior.0 * prior.1) / (self.len() as f64 + prior.0)
    }

    fn count(&mut self, row: &[f32], times: f64) {
        for (sum, value) in self.sum.iter_mut().zip(row) {
            *sum += times * f64::from(*value);
        }
    }
}

/// Puts a row among the best, if it is one of them and wanted.
fn keep(best: &mut Vec<(usize, f32)>, limit: usize, slot: usize, likeness: f32, wanted: &impl Fn(usize) -> bool) {
    if (best.len() < limit || best.last().is_some_and(|last| likeness > last.1)) && wanted(slot) {
        let at = best.partition_point(|(_, kept)| *kept >= likeness);
        best.insert(at, (slot, likeness));
        best.truncate(limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Comparing all exactly.
    fn plainly(index: &Index, vector: &[f32], limit: usize, wanted: impl Fn(usize) -> bool) -> Vec<(usize, f32)> {
        let mut all: Vec<(usize, f32)> = (0..index.len()).filter(|slot| wanted(*slot)).map(|slot| (slot, cosine(index.row(slot), vector))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(limit);
        all
    }

    fn unit(mut vector: Vec<f32>) -> Vec<f32> {
        let length = cosine(&vector, &vector).sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|value| *value /= length);
        }
        vector
    }

    proptest! {
        #[test]
        fn leaving_out_by_eight_bits_changes_nothing(
            rows in prop::collection::vec(prop::collection::vec(-8_i8..8, 48), 0..60),
            near in prop::collection::vec((0_usize..60, 0_usize..48, -0.02_f32..0.02), 0..60),
            asked in prop::collection::vec(-1.0_f32..1.0, 48),
            gone in prop::collection::vec(0_usize..60, 0..6),
            limit in 1_usize..30,
            odd: bool,
        ) {
            let mut index = Index::new(48);
            for row in &rows {
                index.push(&unit(row.iter().map(|value| f32::from(*value)).collect()));
            }
            // Some that differ from others by less than the rounding, and some that are the same.
            for (row, at, by) in near {
                if let Some(row) = rows.get(row) {
                    let mut other = unit(row.iter().map(|value| f32::from(*value)).collect());
                    other[at] += by;
                    index.push(&unit(other));
                }
            }
            for slot in gone {
                if slot < index.len() {
                    index.swap_remove(slot);
                }
            }
            let wanted = |slot: usize| !odd || slot % 2 == 1;
            let asked = unit(asked);
            prop_assert_eq!(index.nearest(&asked, limit, wanted), plainly(&index, &asked, limit, wanted));
        }
    }

    #[test]
    fn rows_come_and_go() {
        let mut index = Index::new(2);
        let check = |index: &Index, vector: [f32; 2], expected: &[usize], mean: f64| {
            let found: Vec<usize> = index.nearest(&vector, 2, |_| true).into_iter().map(|(slot, _)| slot).collect();
            assert_eq!(found, expected, "{vector:?}");
            assert!((index.mean_likeness(&vector, (0.0, 0.0)) - mean).abs() < 1e-6 || index.len() == 0, "{vector:?}");
        };
        check(&index, [1.0, 0.0], &[], 0.0);
        for row in [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]] {
            index.push(&row);
        }
        check(&index, [1.0, 0.0], &[0, 2], 1.6 / 3.0);
        check(&index, [0.0, 1.0], &[1, 2], 0.6);
        index.swap_remove(0);
        assert_eq!(index.len(), 2);
        check(&index, [1.0, 0.0], &[0, 1], 0.3);
        index.replace(1, &[1.0, 0.0]);
        check(&index, [1.0, 0.0], &[1, 0], 0.8);
        // With a prior, the first rows do not decide what is usual.
        assert!((index.mean_likeness(&[1.0, 0.0], (2.0, 0.25)) - 0.525).abs() < 1e-6);
    }
}
