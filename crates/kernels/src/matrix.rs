//! Products with a matrix of eight-bit weights.

use crate::level::Kind;
use crate::{GROUP, Level, PANEL, Rows};

/// A matrix of eight-bit weights with a scale for each output, and what is added to each.
pub struct Matrix<'a> {
    /// As [`pack`] orders them.
    packed: &'a [u8],
    /// As [`group_sums`] gives them.
    sums: Vec<f32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

/// Orders weights as [`Matrix`] reads them: 32 outputs after each other, in them four inputs after each other, in them each
/// output's four weights. `weight` gives that of an input and an output; both counts are multiples, of [`GROUP`] and of
/// [`PANEL`].
pub fn pack(inputs: usize, outputs: usize, weight: impl Fn(usize, usize) -> i8) -> Vec<u8> {
    let mut packed = Vec::with_capacity(inputs * outputs);
    for panel in (0..outputs).step_by(PANEL) {
        for input in (0..inputs).step_by(4) {
            for output in panel..panel + PANEL {
                packed.extend((input..input + 4).map(|input| weight(input, output).cast_unsigned()));
            }
        }
    }
    packed
}

/// For each group of inputs and each output the sum of the weights: what a group's `low` is multiplied with.
pub fn group_sums(inputs: usize, outputs: usize, weight: impl Fn(usize, usize) -> i8) -> Vec<i16> {
    let groups = (0..inputs).step_by(GROUP);
    groups
        .flat_map(|first| (0..outputs).map(move |output| (first, output)))
        .map(|(first, output)| (first..first + GROUP).map(|input| i16::from(weight(input, output))).sum())
        .collect()
}

impl<'a> Matrix<'a> {
    /// From what [`pack`] and [`group_sums`] gave, and a scale and an addend for each output.
    ///
    /// # Panics
    /// When they are not of one matrix.
    pub fn new(packed: &'a [u8], sums: Vec<f32>, scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let outputs = scales.len();
        assert!(outputs > 0 && outputs.is_multiple_of(PANEL) && bias.len() == outputs, "a whole number of panels");
        let inputs = packed.len() / outputs;
        assert!(
            inputs.is_multiple_of(GROUP) && packed.len() == inputs * outputs && sums.len() == inputs / GROUP * outputs,
            "a whole number of groups"
        );
        Self { packed, sums, scales, bias, inputs }
    }

    /// Numbers that it gives for a row.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// Each row times this matrix, into `out`.
    ///
    /// # Panics
    /// When the rows have another number of inputs, or `out` is not of the rows' outputs.
    pub fn product(&self, level: Level, rows: &Rows, out: &mut [f32]) {
        assert_eq!(rows.groups * GROUP, self.inputs, "a row has a number for each input");
        assert_eq!(out.len(), rows.count * self.outputs(), "there is a place for each output of each row");
        for panel in 0..self.outputs() / PANEL {
            let panel = Panel {
                weights: self.packed[panel * self.inputs * PANEL..][..self.inputs * PANEL].as_chunks().0,
                sums: &self.sums,
                scales: at(&self.scales, panel * PANEL),
                bias: at(&self.bias, panel * PANEL),
                first: panel * PANEL,
                outputs: self.outputs(),
            };
            match level.0 {
                Kind::Portable => portable(&panel, rows, out),
                // SAFETY: a level with AVX2 is only made where the processor has it.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => unsafe { crate::x86::avx2(&panel, rows, out) },
                // SAFETY: a level with AVX-512 is only made where the processor has AVX-512 F, BW and VNNI.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => unsafe { crate::x86::avx512(&panel, rows, out) },
            }
        }
    }
}

/// Thirty-two outputs of a matrix.
pub(crate) struct Panel<'a> {
    /// Those of four inputs, again and again.
    pub weights: &'a [[u8; 4 * PANEL]],
    sums: &'a [f32],
    pub scales: &'a [f32; PANEL],
    pub bias: &'a [f32; PANEL],
    /// Where it is among all outputs.
    pub first: usize,
    pub outputs: usize,
}

impl Panel<'_> {
    /// The weights of a group of inputs.
    pub fn group(&self, group: usize) -> &[[u8; 4 * PANEL]; GROUP / 4] {
        &self.weights.as_chunks().0[group]
    }
    /// The sums of these weights.
    pub fn sums(&self, group: usize) -> &[f32; PANEL] {
        at(self.sums, group * self.outputs + self.first)
    }
    /// Where the outputs of a row go.
    pub fn place<'a>(&self, out: &'a mut [f32], row: usize) -> &'a mut [f32; PANEL] {
        let start = row * self.outputs + self.first;
        &mut out[start..start + PANEL].as_chunks_mut().0[0]
    }
}

fn at(numbers: &[f32], start: usize) -> &[f32; PANEL] {
    &numbers[start..start + PANEL].as_chunks().0[0]
}

/// What all levels do, in plain words; the compiler makes of it what the architecture has at least.
fn portable(panel: &Panel<'_>, rows: &Rows, out: &mut [f32]) {
    for row in 0..rows.count {
        let mut sums = [0.0_f32; PANEL];
        for term in 0..rows.terms {
            let group = rows.inputs(term);
            let mut whole = [0_i32; PANEL];
            for (four, weights) in rows.group(row, term).as_chunks::<4>().0.iter().zip(panel.group(group)) {
                let four = four.map(i32::from);
                for (whole, weights) in whole.iter_mut().zip(weights.as_chunks::<4>().0) {
                    let weights = weights.map(|weight| i32::from(weight.cast_signed()));
                    *whole += (four[0] * weights[0] + four[1] * weights[1]) + (four[2] * weights[2] + four[3] * weights[3]);
                }
            }
            let (step, low) = rows.scale(row, term);
            for ((sum, whole), of_weights) in sums.iter_mut().zip(whole).zip(panel.sums(group)) {
                *sum += whole as f32 * step + low * of_weights;
            }
        }
        for (place, ((sum, scale), bias)) in panel.place(out, row).iter_mut().zip(sums.iter().zip(panel.scales).zip(panel.bias)) {
            *place = sum * scale + bias;
        }
    }
}
