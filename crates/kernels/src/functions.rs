//! What a transformer does between its products.

use crate::LANES;
use crate::level::{for_every_level, pairwise};

/// Numbers of one head of attention.
const HEAD: usize = 32;

for_every_level! {
    /// Brings each row of `states`, after adding the row of `added`, to mean 0 and variance 1, then scales and shifts each
    /// channel (Ba and others, "Layer normalization", 2016). `states` has rows of as many numbers as `scale` and `shift`,
    /// a multiple of 16.
    pub fn layer_norm(states: &mut [f32], added: &[f32], scale: &[f32], shift: &[f32]) = layer_norm_any
}

for_every_level! {
    /// GELU with the error function itself, not its hyperbolic tangent (Hendrycks and Gimpel, 2016).
    pub fn gelu(numbers: &mut [f32]) = gelu_any
}

for_every_level! {
    /// Attention among the pieces of one text. `states` has a row for each: the queries of all heads, then the keys, then
    /// the values; `out` has a row of the heads' outputs for each. A head has 32 numbers.
    pub fn attention(states: &[f32], out: &mut [f32], heads: usize) = attention_any
}

/// As BERT has it.
const EPSILON: f32 = 1e-12;

#[inline(always)]
fn layer_norm_any(states: &mut [f32], added: &[f32], scale: &[f32], shift: &[f32]) {
    let width = scale.len();
    for (row, added) in states.chunks_exact_mut(width).zip(added.chunks_exact(width)) {
        for (state, added) in row.iter_mut().zip(added) {
            *state += added;
        }
        let mean = sum(row, |x| x) / width as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
        let by = 1.0 / (variance + EPSILON).sqrt();
        for (state, (scale, shift)) in row.iter_mut().zip(scale.iter().zip(shift)) {
            *state = (*state - mean) * by * scale + shift;
        }
    }
}

/// The sum in a fixed order: sixteen sums side by side, then those.
#[inline(always)]
fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; LANES];
    for numbers in numbers.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            sums[lane] += of(numbers[lane]);
        }
    }
    pairwise(sums, |a, b| a + b)
}

#[inline(always)]
fn gelu_any(numbers: &mut [f32]) {
    for number in numbers {
        *number = 0.5 * *number * (1.0 + error_function(*number * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// Within 1.5·10⁻⁷ (Abramowitz and Stegun, 1964, 7.1.26).
#[inline(always)]
fn error_function(x: f32) -> f32 {
    let positive = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * positive);
    let series = ((((1.061_405_4 * t - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    (1.0 - series * exponential(-positive * positive)).copysign(x)
}

/// Of a number that is not positive: 2 to a whole power, times a series on what is left, within 2·10⁻⁷ of its value.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    /// Adding it rounds to a whole number, which then stands in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    /// ln 2 in two parts, so that a multiple of it loses nothing.
    const LN_2: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);
    let x = if x < -87.0 { -87.0 } else { x };
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let power = rounded - ROUND;
    let rest = (x - power * LN_2.0) - power * LN_2.1;
    let series = (((((rest / 720.0 + 1.0 / 120.0) * rest + 1.0 / 24.0) * rest + 1.0 / 6.0) * rest + 0.5) * rest + 1.0) * rest + 1.0;
    let two_to_the_power = f32::from_bits(rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    series * two_to_the_power
}

#[inline(always)]
fn attention_any(states: &[f32], out: &mut [f32], heads: usize) {
    let width = heads * HEAD;
    let count = states.len() / (3 * width);
    let padded = count.next_multiple_of(LANES);
    // The keys of one head: of sixteen pieces the first numbers, then the second ones, so that sixteen pieces are compared
    // side by side.
    let mut keys = vec![[[0.0_f32; LANES]; HEAD]; padded / LANES];
    let mut weights = vec![0.0_f32; padded];
    let scale = 1.0 / (HEAD as f32).sqrt();
    for head in 0..heads {
        for (piece, state) in states.chunks_exact(3 * width).enumerate() {
            let key = &state[width + head * HEAD..][..HEAD];
            for (number, value) in key.iter().enumerate() {
                keys[piece / LANES][number][piece % LANES] = *value;
            }
        }
        for (state, out) in states.chunks_exact(3 * width).zip(out.chunks_exact_mut(width)) {
            let query = &state[head * HEAD..][..HEAD];
            for (weights, keys) in weights.as_chunks_mut::<LANES>().0.iter_mut().zip(&keys) {
                let mut sums = [0.0_f32; LANES];
                for (number, keys) in query.iter().zip(keys) {
                    for (sum, key) in sums.iter_mut().zip(keys) {
                        *sum += number * key;
                    }
                }
                *weights = sums;
            }
            softmax(&mut weights, count, scale);
            let mut sums = [0.0_f32; HEAD];
            for (weight, state) in weights.iter().zip(states.chunks_exact(3 * width)) {
                let value = &state[2 * width + head * HEAD..][..HEAD];
                for (sum, value) in sums.iter_mut().zip(value) {
                    *sum += weight * value;
                }
            }
            out[head * HEAD..][..HEAD].copy_from_slice(&sums);
        }
    }
}

/// Of the first `count`; the rest, which fills the last lanes, becomes 0.
#[inline(always)]
fn softmax(weights: &mut [f32], count: usize, scale: f32) {
    weights[count..].fill(f32::NEG_INFINITY);
    let mut greatest = [f32::NEG_INFINITY; LANES];
    for weights in weights.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            greatest[lane] = if weights[lane] > greatest[lane] { weights[lane] } else { greatest[lane] };
        }
    }
    let greatest = pairwise(greatest, |a, b| if a > b { a } else { b });
    for weight in weights.iter_mut() {
        *weight = exponential((*weight - greatest) * scale);
    }
    weights[count..].fill(0.0);
    let by = 1.0 / sum(weights, |x| x);
    for weight in weights.iter_mut() {
        *weight *= by;
    }
}
