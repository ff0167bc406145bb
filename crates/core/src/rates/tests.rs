use super::*;
use proptest::prelude::*;

const fn side(events: f64, exposure: f64) -> Side {
    Side { events, exposure }
}

#[test]
fn intervals_are_those_of_the_reference() {
    #[track_caller]
    fn check(before: (f64, f64), after: (f64, f64), dispersion: f64, expected: [f64; 3]) {
        let found = ratio(side(before.0, before.1), side(after.0, after.1), dispersion, 0.95).unwrap();
        for (found, expected) in [found.ratio, found.low, found.high].into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-5, "{before:?} {after:?}: {found} is not {expected}");
        }
    }
    // Reference: scipy.stats.beta.ppf; those without dispersion are the odds of scipy.stats.binomtest(k, n).proportion_ci(method="exact"), times
    // the exposures. statsmodels' test_poisson_2indep(method="exact-cond") gives p = 0.0135 for the first and 1.0 for the fourth.
    check((40.0, 5.0), (20.0, 5.0), 1.0, [0.5, 0.276_926, 0.875_725]);
    check((40.0, 5.0), (20.0, 7.0), 1.8, [0.357_143, 0.157_116, 0.765_356]);
    check((12.0, 3.2), (0.0, 3.2), 1.0, [0.0, 0.0, 0.359_894]);
    check((30.0, 7.0), (31.0, 7.0), 1.0, [1.033_333, 0.605_054, 1.767_041]);
    check((100.0, 5.6), (55.0, 5.1), 2.5, [0.603_922, 0.341_850, 1.040_860]);
}

#[test]
fn nothing_before_says_nothing() {
    assert_eq!(ratio(side(0.0, 5.0), side(9.0, 5.0), 1.0, 0.95), None);
    assert_eq!(ratio(side(9.0, 5.0), side(9.0, 0.0), 1.0, 0.95), None);
}

#[test]
fn dispersion_is_that_of_the_reference() {
    let days = |events: [f64; 4]| -> Vec<Side> { events.into_iter().zip([1.2, 1.3, 0.6, 1.1]).map(|(n, e)| side(n, e)).collect() };
    // Reference: statsmodels, GLM(Poisson, exposure).fit(scale="X2").scale.
    let found = dispersion([&days([10.0, 14.0, 6.0, 9.0]), &days([4.0, 2.0, 7.0, 3.0])]);
    assert!((found - 2.082_595_6).abs() < 1e-6, "{found}");
    assert_eq!(dispersion([&[side(3.0, 1.0)], &[side(9.0, 1.0)]]), 1.0, "one day on each side says nothing");
    assert_eq!(dispersion([&[side(3.0, 1.0); 3], &[side(3.0, 1.0); 3]]), 1.0, "never under chance");
}

proptest! {
    /// The interval holds the ratio, more dispersion never narrows it, and the sides turned around turn it around.
    #[test]
    fn intervals_behave(x0 in 1_u32..400, x1 in 1_u32..400, e0 in 0.5..9.0_f64, e1 in 0.5..9.0_f64, phi in 1.0..6.0_f64) {
        let (a, b) = (side(f64::from(x0), e0), side(f64::from(x1), e1));
        let plain = ratio(a, b, 1.0, 0.95).unwrap();
        prop_assert!(plain.low <= plain.ratio && plain.ratio <= plain.high);
        let wide = ratio(a, b, phi, 0.95).unwrap();
        prop_assert!(wide.low <= plain.low + 1e-9 && wide.high >= plain.high - 1e-9);
        let other = ratio(b, a, 1.0, 0.95).unwrap();
        prop_assert!((other.low * plain.high - 1.0).abs() < 1e-6);
    }
}
