//! Every level gives the same bits, and what they give is right.

use hypercare_kernels::{GROUP, Level, Matrix, PANEL, Rows, attention, gelu, group_sums, layer_norm, pack};

/// Numbers between -1 and 1 that look random and are the same on every run.
fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as f32 / u32::MAX as f32 * 2.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// Runs `compute` at every level and expects the same bits; gives them back.
#[track_caller]
fn same(compute: impl Fn(Level) -> Vec<f32>) -> Vec<f32> {
    let levels = Level::all();
    let first = compute(levels[0]);
    for level in &levels[1..] {
        let other = compute(*level);
        let differs = first.iter().zip(&other).position(|(a, b)| a.to_bits() != b.to_bits());
        assert_eq!(differs, None, "{} differs from {}", level.name(), levels[0].name());
    }
    first
}

#[test]
fn products() {
    #[track_caller]
    fn check(rows: usize, inputs: usize, outputs: usize, twice: bool, weight: impl Fn(usize, usize) -> i8, values: &[f32]) {
        let scales = numbers(outputs, 3);
        let bias = numbers(outputs, 4);
        let sums: Vec<f32> = group_sums(inputs, outputs, &weight).iter().map(|sum| f32::from(*sum)).collect();
        let packed = pack(inputs, outputs, &weight);
        let matrix = Matrix::new(&packed, sums, scales.clone(), bias.clone());
        let found = same(|level| {
            let mut out = vec![f32::NAN; rows * outputs];
            matrix.product(level, &Rows::new(level, values, inputs, twice), &mut out);
            out
        });
        for (row, values) in values.chunks_exact(inputs).enumerate() {
            // A byte is off by at most half a step.
            let least = values.iter().copied().fold(f32::INFINITY, f32::min);
            let step = f64::from(values.iter().copied().fold(f32::NEG_INFINITY, f32::max) - least) / 255.0;
            for output in 0..outputs {
                let exact = values.iter().enumerate().map(|(input, value)| f64::from(*value) * f64::from(weight(input, output))).sum::<f64>();
                let weights: f64 = (0..inputs).map(|input| f64::from(weight(input, output)).abs()).sum();
                let exact = exact * f64::from(scales[output]) + f64::from(bias[output]);
                let allowed = (step * weights * 0.51 + weights * 1e-5) * f64::from(scales[output]).abs() + 1e-4;
                let off = (f64::from(found[row * outputs + output]) - exact).abs();
                assert!(off <= allowed, "{rows} × {inputs} × {outputs}, {row} {output}: {off} > {allowed}");
            }
        }
    }
    let spread = |input: usize, output: usize| ((input * 31 + output * 17) % 255) as u8 as i8;
    for rows in 1..=9 {
        check(rows, 2 * GROUP, 2 * PANEL, rows % 2 == 0, spread, &numbers(rows * 2 * GROUP, rows as u32));
    }
    check(0, GROUP, PANEL, false, spread, &[]);
    check(3, 24 * GROUP, 12 * PANEL, false, spread, &numbers(3 * 24 * GROUP, 7));
    // The greatest whole numbers that can meet: nothing is cut off.
    let high: Vec<f32> = (0..4 * GROUP).map(|at| if at % GROUP == 0 { 0.0 } else { 1.0 }).collect();
    check(2, 2 * GROUP, PANEL, false, |_, _| 127, &high);
    check(2, 2 * GROUP, PANEL, true, |_, _| -128, &high);
    // Nothing to tell apart, and very far apart.
    check(1, GROUP, PANEL, true, spread, &[0.25; GROUP]);
    check(1, GROUP, PANEL, true, spread, &numbers(GROUP, 5).iter().map(|x| x * 1e6).collect::<Vec<f32>>());
}

#[test]
fn what_the_first_group_leaves_over_is_kept() {
    // One channel a hundred times as large as the rest: with one byte the rest is lost.
    let mut values = numbers(GROUP, 9);
    values[0] = 100.0;
    let weight = |input: usize, _: usize| i8::from(input == 1);
    let sums: Vec<f32> = group_sums(GROUP, PANEL, weight).iter().map(|sum| f32::from(*sum)).collect();
    let packed = pack(GROUP, PANEL, weight);
    let matrix = Matrix::new(&packed, sums, vec![1.0; PANEL], vec![0.0; PANEL]);
    let off = |twice: bool| {
        let mut out = vec![0.0; PANEL];
        matrix.product(Level::best(), &Rows::new(Level::best(), &values, GROUP, twice), &mut out);
        (out[0] - values[1]).abs()
    };
    assert!(off(true) < 1e-3, "{}", off(true));
    assert!(off(false) > off(true) * 10.0, "{} {}", off(false), off(true));
}

#[test]
fn normalisation() {
    let (states, added) = (numbers(5 * 384, 1), numbers(5 * 384, 2));
    let (scale, shift) = (numbers(384, 3), numbers(384, 4));
    let found = same(|level| {
        let mut out = states.clone();
        layer_norm(level, &mut out, &added, &scale, &shift);
        out
    });
    for row in 0..5 {
        let values: Vec<f64> = (0..384).map(|at| f64::from(states[row * 384 + at]) + f64::from(added[row * 384 + at])).collect();
        let mean = values.iter().sum::<f64>() / 384.0;
        let deviation = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 384.0).sqrt();
        for at in 0..384 {
            let exact = (values[at] - mean) / deviation * f64::from(scale[at]) + f64::from(shift[at]);
            assert!((f64::from(found[row * 384 + at]) - exact).abs() < 1e-5);
        }
    }
}

#[test]
fn gelu_has_its_values() {
    // Of x · Φ(x), to seven places.
    let known = [
        (0.0, 0.0),
        (1.0, 0.841_344_7),
        (-1.0, -0.158_655_3),
        (0.5, 0.345_731_2),
        (-3.0, -0.004_049_7),
        (3.0, 2.995_950_3),
        (12.0, 12.0),
        (-12.0, 0.0),
    ];
    let values: Vec<f32> = known.iter().map(|(x, _)| *x).collect();
    let found = same(|level| {
        let mut out = values.clone();
        gelu(level, &mut out);
        out
    });
    for ((x, exact), found) in known.iter().zip(found) {
        assert!((found - exact).abs() < 1e-6, "{x}: {found}, not {exact}");
    }
}

#[test]
fn attention_is_a_weighted_mean() {
    #[track_caller]
    fn check(pieces: usize, heads: usize, by: f32) {
        let width = heads * 32;
        let states: Vec<f32> = numbers(pieces * 3 * width, pieces as u32).iter().map(|x| x * by).collect();
        let found = same(|level| {
            let mut out = vec![f32::NAN; pieces * width];
            attention(level, &states, &mut out, heads);
            out
        });
        let at = |piece: usize, part: usize, head: usize, number: usize| f64::from(states[piece * 3 * width + part * width + head * 32 + number]);
        for (piece, head) in (0..pieces).flat_map(|piece| (0..heads).map(move |head| (piece, head))) {
            let scores: Vec<f64> =
                (0..pieces).map(|other| (0..32).map(|n| at(piece, 0, head, n) * at(other, 1, head, n)).sum::<f64>() / 32.0_f64.sqrt()).collect();
            let greatest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = scores.iter().map(|score| (score - greatest).exp()).collect();
            let total: f64 = weights.iter().sum();
            for number in 0..32 {
                let exact = (0..pieces).map(|other| weights[other] * at(other, 2, head, number)).sum::<f64>() / total;
                let found = f64::from(found[piece * width + head * 32 + number]);
                assert!((found - exact).abs() < 2e-5 * f64::from(by), "{pieces} pieces: {found}, not {exact}");
            }
        }
    }
    for pieces in [1, 2, 15, 16, 17, 40] {
        check(pieces, 2, 1.0);
    }
    // One piece takes all the weight.
    check(5, 1, 8.0);
}
