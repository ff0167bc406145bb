//! Products by the instructions of x86-64. The same sums in the same order as `portable` in `matrix.rs`.

use crate::matrix::Panel;
use crate::{GROUP, Rows};
use std::arch::x86_64::*;
use std::array::from_fn;

/// Rows that are computed side by side by AVX-512: twelve sums of whole numbers, twelve of fractions, and the weights, fit
/// in the registers.
const TILE: usize = 6;

/// One panel of the product for all rows.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub fn avx512(panel: &Panel<'_>, rows: &Rows, out: &mut [f32]) {
    let mut row = 0;
    while row < rows.count {
        match rows.count - row {
            1 => tile_512::<1>(panel, rows, row, out),
            2 => tile_512::<2>(panel, rows, row, out),
            3 => tile_512::<3>(panel, rows, row, out),
            4 => tile_512::<4>(panel, rows, row, out),
            5 => tile_512::<5>(panel, rows, row, out),
            _ => tile_512::<TILE>(panel, rows, row, out),
        }
        row += TILE;
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
#[inline]
fn tile_512<const ROWS: usize>(panel: &Panel<'_>, rows: &Rows, first: usize, out: &mut [f32]) {
    let mut sums = [[_mm512_setzero_ps(); 2]; ROWS];
    for term in 0..rows.terms {
        let group = rows.inputs(term);
        let bytes: [&[u8; GROUP]; ROWS] = from_fn(|row| rows.group(first + row, term));
        let mut whole = [[_mm512_setzero_si512(); 2]; ROWS];
        for (step, weights) in panel.group(group).iter().enumerate() {
            let [left, right] = halves(weights).map(|half| load_512(half));
            for (whole, bytes) in whole.iter_mut().zip(bytes) {
                let four = _mm512_set1_epi32(i32::from_le_bytes(bytes.as_chunks::<4>().0[step]));
                whole[0] = _mm512_dpbusd_epi32(whole[0], four, left);
                whole[1] = _mm512_dpbusd_epi32(whole[1], four, right);
            }
        }
        let of_weights = floats(panel.sums(group)).map(|half| load_ps_512(half));
        for (row, (sums, whole)) in sums.iter_mut().zip(whole).enumerate() {
            let (step, low) = rows.scale(first + row, term);
            let (step, low) = (_mm512_set1_ps(step), _mm512_set1_ps(low));
            for half in 0..2 {
                let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(whole[half]), step);
                let both = _mm512_add_ps(scaled, _mm512_mul_ps(low, of_weights[half]));
                sums[half] = _mm512_add_ps(sums[half], both);
            }
        }
    }
    let (scales, bias) = (floats(panel.scales).map(|half| load_ps_512(half)), floats(panel.bias).map(|half| load_ps_512(half)));
    for (row, sums) in sums.iter().enumerate() {
        let place = panel.place(out, first + row).as_chunks_mut::<16>().0;
        for half in 0..2 {
            let done = _mm512_add_ps(_mm512_mul_ps(sums[half], scales[half]), bias[half]);
            // SAFETY: the place is sixteen floats that are ours alone; the instruction asks for no alignment.
            unsafe { _mm512_storeu_ps(place[half].as_mut_ptr(), done) };
        }
    }
}

/// One panel of the product for all rows. Bytes are widened to sixteen bits: the instruction that multiplies bytes cuts
/// large sums off.
#[target_feature(enable = "avx2")]
pub fn avx2(panel: &Panel<'_>, rows: &Rows, out: &mut [f32]) {
    let mut row = 0;
    while row < rows.count {
        for half in 0..2 {
            if row + 1 < rows.count {
                tile_256::<2>(panel, rows, row, half, out);
            } else {
                tile_256::<1>(panel, rows, row, half, out);
            }
        }
        row += 2;
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn tile_256<const ROWS: usize>(panel: &Panel<'_>, rows: &Rows, first: usize, half: usize, out: &mut [f32]) {
    let mut sums = [[_mm256_setzero_ps(); 2]; ROWS];
    for term in 0..rows.terms {
        let group = rows.inputs(term);
        let bytes: [&[u8; GROUP]; ROWS] = from_fn(|row| rows.group(first + row, term));
        // In each four outputs, twice: the sum of the first two inputs of four and that of the last two.
        let mut pairs = [[_mm256_setzero_si256(); 4]; ROWS];
        for (step, weights) in panel.group(group).iter().enumerate() {
            let quarters = halves(weights)[half].as_chunks::<16>().0;
            let weights: [__m256i; 4] = from_fn(|quarter| _mm256_cvtepi8_epi16(load_128(&quarters[quarter])));
            for (pairs, bytes) in pairs.iter_mut().zip(bytes) {
                let four = _mm256_cvtepu8_epi16(_mm_set1_epi32(i32::from_le_bytes(bytes.as_chunks::<4>().0[step])));
                for (pairs, weights) in pairs.iter_mut().zip(weights) {
                    *pairs = _mm256_add_epi32(*pairs, _mm256_madd_epi16(weights, four));
                }
            }
        }
        let of_weights = floats(panel.sums(group))[half].as_chunks::<8>().0;
        for (row, (sums, pairs)) in sums.iter_mut().zip(pairs).enumerate() {
            let (step, low) = rows.scale(first + row, term);
            let (step, low) = (_mm256_set1_ps(step), _mm256_set1_ps(low));
            for eight in 0..2 {
                // The sums of pairs stand in the order 0 1 4 5 2 3 6 7.
                let whole = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(pairs[2 * eight], pairs[2 * eight + 1]));
                let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(whole), step);
                let both = _mm256_add_ps(scaled, _mm256_mul_ps(low, load_ps_256(&of_weights[eight])));
                sums[eight] = _mm256_add_ps(sums[eight], both);
            }
        }
    }
    let (scales, bias) = (floats(panel.scales)[half].as_chunks::<8>().0, floats(panel.bias)[half].as_chunks::<8>().0);
    for (row, sums) in sums.iter().enumerate() {
        let place = &mut panel.place(out, first + row).as_chunks_mut::<8>().0[2 * half..];
        for eight in 0..2 {
            let done = _mm256_add_ps(_mm256_mul_ps(sums[eight], load_ps_256(&scales[eight])), load_ps_256(&bias[eight]));
            // SAFETY: the place is eight floats that are ours alone; the instruction asks for no alignment.
            unsafe { _mm256_storeu_ps(place[eight].as_mut_ptr(), done) };
        }
    }
}

fn halves(weights: &[u8; 128]) -> [&[u8; 64]; 2] {
    let (halves, _) = weights.as_chunks();
    [&halves[0], &halves[1]]
}

fn floats(numbers: &[f32; 32]) -> [&[f32; 16]; 2] {
    let (halves, _) = numbers.as_chunks();
    [&halves[0], &halves[1]]
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load_512(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: 64 bytes are read from 64; the instruction asks for no alignment.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load_ps_512(numbers: &[f32; 16]) -> __m512 {
    // SAFETY: sixteen floats are read from sixteen; the instruction asks for no alignment.
    unsafe { _mm512_loadu_ps(numbers.as_ptr()) }
}

#[target_feature(enable = "avx2")]
#[inline]
fn load_128(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: 16 bytes are read from 16; the instruction asks for no alignment.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
#[inline]
fn load_ps_256(numbers: &[f32; 8]) -> __m256 {
    // SAFETY: eight floats are read from eight; the instruction asks for no alignment.
    unsafe { _mm256_loadu_ps(numbers.as_ptr()) }
}
