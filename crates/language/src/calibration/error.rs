//! How far stated chances are from what happened.

/// Bins of the expected calibration error.
const BINS: usize = 15;

/// Expected calibration error (Naeini et al. 2015, Guo et al. 2017): over fifteen bins of equal width, the mean distance
/// between stated chance and share right, weighted by what is in the bin. Triples of chance, whether right, weight. 0 for
/// none.
pub fn expected_calibration_error(stated: &[(f64, bool, f64)]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for (chance, right, weight) in stated {
        let bin = &mut bins[((chance * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += weight;
        bin.1 += weight * chance;
        bin.2 += if *right { *weight } else { 0.0 };
    }
    let all: f64 = bins.iter().map(|bin| bin.0).sum();
    if all > 0.0 { bins.iter().map(|(_, chance, right)| (chance - right).abs()).sum::<f64>() / all } else { 0.0 }
}
