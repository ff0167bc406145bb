//! Trends over a few days: the exact Mann-Kendall test and the Theil-Sen slope.

/// Longest series whose trend is tested exactly.
pub const EXACT_LIMIT: usize = 30;

/// Mann-Kendall S: rising pairs less falling ones.
pub fn mann_kendall(values: &[f64]) -> i32 {
    let mut s = 0;
    for (i, early) in values.iter().enumerate() {
        for late in &values[i + 1..] {
            s += i32::from(late > early) - i32::from(late < early);
        }
    }
    s
}

/// The chance of an S this low or lower in `n` values without trend and without ties; none for fewer than
/// two values or more than [`EXACT_LIMIT`]. Counts permutations by inversions (Mahonian numbers), because
/// the usual normal approximation is three times too high at seven days.
pub fn p_falling(n: usize, s: i32) -> Option<f64> {
    if !(2..=EXACT_LIMIT).contains(&n) {
        return None;
    }
    let mut shares = vec![1.0];
    for i in 2..=n {
        // Inserting the i-th value makes 0 to i − 1 new inversions, each equally likely.
        let mut next = vec![0.0; shares.len() + i - 1];
        for (inversions, share) in shares.iter().enumerate() {
            for more in 0..i {
                next[inversions + more] += share / i as f64;
            }
        }
        shares = next;
    }
    let pairs = i32::try_from(n * (n - 1) / 2).ok()?;
    // S = pairs − 2 · inversions, so a low S is many inversions.
    Some(shares.iter().zip(0..).filter(|(_, inversions)| pairs - 2 * inversions <= s).map(|(share, _)| share).sum())
}

/// The median slope between all pairs of points; none without two different positions.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<f64> {
    let mut slopes = Vec::new();
    for (i, (x0, y0)) in points.iter().enumerate() {
        slopes.extend(points[i + 1..].iter().filter(|(x, _)| x != x0).map(|(x, y)| (y - y0) / (x - x0)));
    }
    super::baseline::quantile(&super::baseline::sorted(slopes), 0.5)
}

/// Whether daily ratios are consistently declining: exact one-sided p at most 0.05 and at least 3 % less
/// a day by the Theil-Sen slope of their logarithms. None where the days are too few to tell (under five).
pub fn declining(ratios: &[f64]) -> Option<bool> {
    let ratios = &ratios[ratios.len().saturating_sub(EXACT_LIMIT)..];
    if ratios.len() < 5 {
        return None;
    }
    let p = p_falling(ratios.len(), mann_kendall(ratios))?;
    // A day without any is as low as it gets; a hundredth keeps its logarithm finite.
    let points: Vec<(f64, f64)> = (0..).map(f64::from).zip(ratios.iter().map(|r| r.max(0.01).ln())).collect();
    Some(p <= 0.05 && theil_sen(&points)? <= (0.97_f64).ln())
}

/// By what factor a day the last `days` ratios rise consistently (exact one-sided p at most 0.05; Theil-Sen slope of
/// their logarithms). None where they do not, or where there are fewer days.
pub fn rising(ratios: &[f64], days: usize) -> Option<f64> {
    let last = ratios.get(ratios.len().checked_sub(days)?..)?;
    // A rise is a fall with the sign turned.
    let p = p_falling(last.len(), -mann_kendall(last))?;
    let points: Vec<(f64, f64)> = (0..).map(f64::from).zip(last.iter().map(|r| r.max(0.01).ln())).collect();
    theil_sen(&points).filter(|_| p <= 0.05).map(f64::exp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_chances_of_a_fall() {
        fn check(n: usize, s: i32, expected: f64) {
            let p = p_falling(n, s).unwrap();
            assert!((p - expected).abs() < 1e-12, "n = {n}, S = {s}: {p}");
        }
        check(4, -6, 1.0 / 24.0);
        check(5, -10, 1.0 / 120.0);
        check(5, -8, 5.0 / 120.0);
        check(6, -11, 0.027_777_777_777_777_776);
        check(7, -13, 0.034_523_809_523_809_526);
        check(7, -17, 0.005_357_142_857_142_857);
        check(8, -24, 0.000_868_055_555_555_555_5);
        check(5, 10, 1.0);
        assert_eq!(p_falling(1, 0), None);
        assert_eq!(p_falling(31, 0), None);
    }

    /// The highest S that is significant at 5 %.
    #[test]
    fn critical_values() {
        for (n, critical) in [(5, -8), (6, -11), (7, -13), (8, -16), (9, -18), (10, -21), (12, -26), (14, -33)] {
            assert!(p_falling(n, critical).unwrap() <= 0.05, "{n}");
            assert!(p_falling(n, critical + 2).unwrap() > 0.05, "{n}");
        }
    }

    #[test]
    fn what_counts_as_declining() {
        fn check(ratios: &[f64], expected: Option<bool>) {
            assert_eq!(declining(ratios), expected, "{ratios:?}");
        }
        check(&[3.0, 2.5, 2.0, 1.5], None);
        check(&[3.0, 2.5, 2.0, 1.5, 1.2], Some(true));
        check(&[3.0, 2.5, 2.6, 2.0, 1.5, 1.7, 1.2], Some(true));
        check(&[3.0, 2.99, 2.98, 2.97, 2.96], Some(false));
        check(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0], Some(false));
        check(&[1.0, 1.2, 1.5, 2.0, 3.0], Some(false));
        check(&[1.0; 7], Some(false));
    }

    #[test]
    fn slopes() {
        // The outlier at the end does not move the median.
        assert_eq!(theil_sen(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 90.0)]), Some(1.0));
        assert_eq!(theil_sen(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]), Some(2.0));
        assert_eq!(theil_sen(&[(1.0, 1.0)]), None);
    }
}
