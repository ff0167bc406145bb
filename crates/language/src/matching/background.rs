//! How much nearer a text is to one item than to wordings at large.

use crate::numeric::{Cholesky, in_parts};

/// Share of the round matrix in each covariance. Wordings are few beside dimensions, and the estimate alone would call
/// directions impossible that were merely not seen. Of 0.05, 0.2 and 0.5 the last was best on CLINC150's training part.
const SHRINKAGE: f64 = 0.5;

/// Relative Mahalanobis distance (Ren et al. 2021, "A Simple Fix to Mahalanobis Distance for Improving Near-OOD
/// Detection"): the distance to an item's mean in the spread within items, against the distance to the mean of all in the
/// spread of all.
pub(super) struct Background {
    within: Cholesky,
    whitened_means: Vec<f64>,
    overall: Cholesky,
    mean: Vec<f64>,
}

impl Background {
    /// `means` has one row for each class, `class_of` names the row of each vector.
    pub fn new(vectors: &[f32], dimensions: usize, class_of: &[u32], means: &[f32]) -> Self {
        let count = class_of.len().max(1);
        let mut mean = vec![0.0_f64; dimensions];
        for row in vectors.chunks_exact(dimensions) {
            for (m, x) in mean.iter_mut().zip(row) {
                *m += f64::from(*x) / count as f64;
            }
        }
        let centre: Vec<f32> = mean.iter().map(|m| *m as f32).collect();
        let inner = spread(vectors, dimensions, |row| &means[class_of[row] as usize * dimensions..][..dimensions]);
        let outer = spread(vectors, dimensions, |_| &centre);
        // With one wording an item, nothing is known of the spread within: then some of that of all stands in.
        let floor = 0.1 * trace(&outer, dimensions).max(1e-6);
        let within = factor(inner, dimensions, floor);
        let whitened_means = means
            .chunks_exact(dimensions)
            .flat_map(|row| {
                let mut row: Vec<f64> = row.iter().map(|x| f64::from(*x)).collect();
                within.whiten(&mut row);
                row
            })
            .collect();
        Self { within, whitened_means, overall: factor(outer, dimensions, floor), mean }
    }

    /// For one vector, what is asked for classes.
    pub fn look(&self, vector: &[f32]) -> Look<'_> {
        let mut own: Vec<f64> = vector.iter().map(|x| f64::from(*x)).collect();
        let mut from_all: Vec<f64> = own.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
        self.within.whiten(&mut own);
        self.overall.whiten(&mut from_all);
        Look { background: self, own, usual: from_all.iter().map(|x| x * x).sum() }
    }
}

/// One vector in the coordinates of the background.
pub(super) struct Look<'a> {
    background: &'a Background,
    own: Vec<f64>,
    usual: f64,
}

impl Look<'_> {
    /// How much nearer it is to the class than to wordings at large, per dimension; negative where it is farther.
    pub fn nearer(&self, class: usize) -> f64 {
        let mean = &self.background.whitened_means[class * self.own.len()..][..self.own.len()];
        let distance: f64 = self.own.iter().zip(mean).map(|(x, m)| (x - m) * (x - m)).sum();
        (self.usual - distance) / self.own.len() as f64
    }
}

/// The mean of the outer products of the differences; only the lower triangle.
fn spread<'a>(vectors: &[f32], dimensions: usize, from: impl Fn(usize) -> &'a [f32] + Sync) -> Vec<f64> {
    let count = vectors.len() / dimensions;
    let parts = in_parts(count, |range| {
        let mut sum = vec![0.0_f32; dimensions * dimensions];
        let mut difference = vec![0.0_f32; dimensions];
        for row in range {
            let vector = &vectors[row * dimensions..][..dimensions];
            for (d, (x, m)) in difference.iter_mut().zip(vector.iter().zip(from(row))) {
                *d = x - m;
            }
            for (i, line) in sum.chunks_exact_mut(dimensions).enumerate() {
                let factor = difference[i];
                for (cell, d) in line[..=i].iter_mut().zip(&difference) {
                    *cell += factor * d;
                }
            }
        }
        sum
    });
    let mut total = vec![0.0_f64; dimensions * dimensions];
    for part in parts {
        for (cell, x) in total.iter_mut().zip(part) {
            *cell += f64::from(x) / count.max(1) as f64;
        }
    }
    total
}

fn trace(matrix: &[f64], size: usize) -> f64 {
    (0..size).map(|i| matrix[i * size + i]).sum::<f64>() / size.max(1) as f64
}

fn factor(mut matrix: Vec<f64>, size: usize, floor: f64) -> Cholesky {
    let round = trace(&matrix, size).max(floor);
    matrix.iter_mut().for_each(|cell| *cell *= 1.0 - SHRINKAGE);
    for i in 0..size {
        matrix[i * size + i] += SHRINKAGE * round;
    }
    Cholesky::new(size, matrix)
}
