//! Linear algebra that the matcher and the calibration share: small, dense, and the same on every run.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Parts that work is cut into. Fixed, so that sums do not depend on how many processors there are.
const PARTS: usize = 16;
/// Less than this is not worth a second thread.
const WORTH_A_THREAD: usize = 256;
/// More threads than this are not started: a server has other things to do.
const MOST_THREADS: usize = 4;

/// Cuts `0..count` into fixed ranges, works on them side by side and returns the results in their order.
pub(crate) fn in_parts<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let parts = PARTS.min(count.div_ceil(WORTH_A_THREAD)).max(1);
    let range = |part: usize| part * count / parts..(part + 1) * count / parts;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS).min(parts);
    if threads < 2 {
        return (0..parts).map(|part| work(range(part))).collect();
    }
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let worker = || {
            let mut mine = Vec::new();
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= parts {
                    return mine;
                }
                mine.push((part, work(range(part))));
            }
        };
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut all = worker();
        for other in others {
            match other.join() {
                Ok(theirs) => all.extend(theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    done.sort_by_key(|(part, _)| *part);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A lower triangle, row after row: the Cholesky factor of a symmetric positive definite matrix.
pub(crate) struct Cholesky {
    size: usize,
    factor: Vec<f64>,
}

impl Cholesky {
    /// Factors `matrix`, of which the lower triangle is read. A pivot that rounding made too small is lifted, so that
    /// a matrix that is barely positive definite still has a factor.
    pub fn new(size: usize, mut matrix: Vec<f64>) -> Self {
        for row in 0..size {
            for column in 0..=row {
                let (above, below) = matrix.split_at_mut(row * size);
                let own = &below[..=row];
                let dot: f64 = if column == row {
                    own[..column].iter().map(|x| x * x).sum()
                } else {
                    own[..column].iter().zip(&above[column * size..]).map(|(x, y)| x * y).sum()
                };
                let left = own[column] - dot;
                below[column] = if column == row { left.max(1e-12).sqrt() } else { left / above[column * size + column] };
            }
        }
        Self { size, factor: matrix }
    }

    /// Solves `L y = b` in place: the vector in coordinates in which the matrix is the unit matrix.
    pub fn whiten(&self, b: &mut [f64]) {
        for row in 0..self.size {
            let line = &self.factor[row * self.size..];
            let dot: f64 = line[..row].iter().zip(b.iter()).map(|(x, y)| x * y).sum();
            b[row] = (b[row] - dot) / line[row];
        }
    }

    /// Solves `L Lᵀ x = b` in place.
    pub fn solve(&self, b: &mut [f64]) {
        self.whiten(b);
        for row in (0..self.size).rev() {
            let dot: f64 = (row + 1..self.size).map(|below| self.factor[below * self.size + row] * b[below]).sum();
            b[row] = (b[row] - dot) / self.factor[row * self.size + row];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_everything_once_and_in_order() {
        for count in [0, 1, 255, 256, 257, 5_000] {
            let all: Vec<usize> = in_parts(count, |range| range.collect::<Vec<_>>()).concat();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_system_is_solved() {
        let matrix = vec![4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0];
        let wanted = [1.0, -2.0, 0.5];
        let mut b: Vec<f64> = (0..3).map(|row| (0..3).map(|c| matrix[row * 3 + c] * wanted[c]).sum()).collect();
        Cholesky::new(3, matrix).solve(&mut b);
        for (x, y) in b.iter().zip(wanted) {
            assert!((x - y).abs() < 1e-12, "{b:?}");
        }
    }
}
