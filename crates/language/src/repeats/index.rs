//! The centres of all questions in one block of memory, scanned from end to end.
//!
//! Ten thousand rows of 384 numbers are 15 MB: a scan takes about as long as reading them, so there is no structure to
//! keep in order and nothing that is only nearly right.

use crate::encoder::cosine;

/// Rows of unit length, numbered from 0 without gaps.
pub(super) struct Index {
    dimensions: usize,
    rows: Vec<f32>,
    /// The sum of all rows: its product with a text is how alike the text is to everything that is asked here.
    sum: Vec<f64>,
}

impl Index {
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions, rows: Vec::new(), sum: vec![0.0; dimensions] }
    }

    pub fn len(&self) -> usize {
        self.rows.len() / self.dimensions
    }

    pub fn row(&self, slot: usize) -> &[f32] {
        &self.rows[slot * self.dimensions..(slot + 1) * self.dimensions]
    }

    /// Adds a row and says its number.
    pub fn push(&mut self, row: &[f32]) -> usize {
        self.rows.extend_from_slice(row);
        self.count(row, 1.0);
        self.len() - 1
    }

    pub fn replace(&mut self, slot: usize, row: &[f32]) {
        let start = slot * self.dimensions;
        for ((old, new), sum) in self.rows[start..start + self.dimensions].iter_mut().zip(row).zip(&mut self.sum) {
            *sum += f64::from(*new) - f64::from(*old);
            *old = *new;
        }
    }

    /// Takes a row out; the last one gets its number.
    pub fn swap_remove(&mut self, slot: usize) {
        let gone = self.row(slot).to_vec();
        self.count(&gone, -1.0);
        let last = self.len() - 1;
        self.rows.copy_within(last * self.dimensions.., slot * self.dimensions);
        self.rows.truncate(last * self.dimensions);
    }

    /// The `limit` rows most alike of those that are wanted, the best first; equal ones in the order of their numbers.
    pub fn nearest(&self, vector: &[f32], limit: usize, wanted: impl Fn(usize) -> bool) -> Vec<(usize, f32)> {
        let mut best: Vec<(usize, f32)> = Vec::with_capacity(limit + 1);
        for (slot, row) in self.rows.chunks_exact(self.dimensions).enumerate() {
            let likeness = cosine(row, vector);
            if (best.len() < limit || best.last().is_some_and(|last| likeness > last.1)) && wanted(slot) {
                let at = best.partition_point(|(_, kept)| *kept >= likeness);
                best.insert(at, (slot, likeness));
                best.truncate(limit);
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

#[cfg(test)]
mod tests {
    use super::*;

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
