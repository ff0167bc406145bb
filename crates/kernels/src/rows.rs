//! Numbers brought to eight bits as they come.

use crate::level::{for_every_level, pairwise};
use crate::{GROUP, LANES, Level};

/// Rows of numbers as bytes: in each group of 64, a number is `low + step · byte`, with a `low` and a `step` of its own for
/// each group of each row. The least becomes 0 and the greatest 255.
///
/// A few channels of a transformer's states are ten times as large as the rest, and a byte is coarse for what shares a
/// group with them. They stand in the first group, which can be given twice: the second time what the first left over.
pub struct Rows {
    pub(crate) bytes: Vec<u8>,
    /// `step` and `low` of each group of each row.
    pub(crate) scales: Vec<(f32, f32)>,
    /// Groups of a row, with the one that is given twice.
    pub(crate) terms: usize,
    /// Groups of a row's numbers.
    pub(crate) groups: usize,
    pub(crate) count: usize,
}

impl Rows {
    /// Brings `numbers` to bytes: rows of `width` numbers, which is a multiple of [`GROUP`]. With `twice`, what the first
    /// group's bytes leave over is kept as a group more.
    pub fn new(level: Level, numbers: &[f32], width: usize, twice: bool) -> Self {
        let mut rows = Self { bytes: Vec::new(), scales: Vec::new(), terms: 0, groups: 0, count: 0 };
        rows.fill(level, numbers, width, twice);
        rows
    }

    /// The same in place, to use memory again.
    pub fn fill(&mut self, level: Level, numbers: &[f32], width: usize, twice: bool) {
        assert_eq!(width % GROUP, 0, "a row is a number of whole groups");
        self.groups = width / GROUP;
        self.terms = self.groups + usize::from(twice);
        self.count = numbers.len() / width;
        self.bytes.resize(self.count * self.terms * GROUP, 0);
        self.scales.resize(self.count * self.terms, (0.0, 0.0));
        fill(level, self, numbers);
    }

    /// The bytes of one group of one row.
    pub(crate) fn group(&self, row: usize, term: usize) -> &[u8; GROUP] {
        &self.bytes.as_chunks::<GROUP>().0[row * self.terms + term]
    }

    /// `step` and `low` of it.
    pub(crate) fn scale(&self, row: usize, term: usize) -> (f32, f32) {
        self.scales[row * self.terms + term]
    }

    /// Which inputs of the matrix it meets.
    pub(crate) fn inputs(&self, term: usize) -> usize {
        if term < self.groups { term } else { 0 }
    }
}

for_every_level! {
    fn fill(rows: &mut Rows, numbers: &[f32]) = fill_any
}

#[inline(always)]
fn fill_any(rows: &mut Rows, numbers: &[f32]) {
    let (groups, terms) = (rows.groups, rows.terms);
    let bytes = rows.bytes.as_chunks_mut::<GROUP>().0;
    for (row, numbers) in numbers.as_chunks::<GROUP>().0.chunks_exact(groups).enumerate() {
        let bytes = &mut bytes[row * terms..(row + 1) * terms];
        let scales = &mut rows.scales[row * terms..(row + 1) * terms];
        for ((numbers, bytes), scale) in numbers.iter().zip(bytes.iter_mut()).zip(scales.iter_mut()) {
            *scale = quantise(numbers, bytes);
        }
        if terms > groups {
            let (step, low) = scales[0];
            let mut rest = [0.0; GROUP];
            for ((rest, number), byte) in rest.iter_mut().zip(&numbers[0]).zip(&bytes[0]) {
                *rest = number - (low + step * f32::from(*byte));
            }
            scales[groups] = quantise(&rest, &mut bytes[groups]);
        }
    }
}

/// Adding it to a number below 2²² rounds the number to a whole one, which then stands in the lowest bits.
const ROUND: f32 = 12_582_912.0;

#[inline(always)]
fn quantise(numbers: &[f32; GROUP], bytes: &mut [u8; GROUP]) -> (f32, f32) {
    let mut least = [f32::INFINITY; LANES];
    let mut greatest = [f32::NEG_INFINITY; LANES];
    for numbers in numbers.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            least[lane] = if numbers[lane] < least[lane] { numbers[lane] } else { least[lane] };
            greatest[lane] = if numbers[lane] > greatest[lane] { numbers[lane] } else { greatest[lane] };
        }
    }
    let low = pairwise(least, |a, b| if a < b { a } else { b });
    let range = pairwise(greatest, |a, b| if a > b { a } else { b }) - low;
    let per_step = if range > 0.0 { 255.0 / range } else { 0.0 };
    for (byte, number) in bytes.iter_mut().zip(numbers) {
        *byte = ((number - low) * per_step + ROUND).to_bits() as u8;
    }
    (range / 255.0, low)
}
