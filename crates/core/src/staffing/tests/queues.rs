//! Reference values of Erlang B, C and A (checked against PyPI pyworkforce, the R package ErlangC and a long simulation), and what must hold for any.

use super::super::*;
use crate::Span;
use proptest::prelude::*;
use statrs::function::gamma::{gamma_lr, ln_gamma};

#[track_caller]
fn near(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {got} is not {expected}");
}

/// Handling takes 180 s.
#[track_caller]
fn check_c(a: f64, n: u32, b: f64, c: f64, level_20: f64, asa: f64) {
    near(erlang_b(a, n), b, "B");
    near(erlang_c(a, n), c, "C");
    let queue = ErlangC::new(a / 180.0, 180.0, n);
    near(queue.service_level(20.0), level_20, "P(W <= 20 s)");
    near(queue.mean_wait_secs(), asa, "ASA");
    near(queue.mean_queue(), asa * a / 180.0, "Little's law");
    near(queue.occupancy(), a / f64::from(n), "occupancy");
}

#[test]
fn erlang_b_and_c_have_their_reference_values() {
    check_c(0.5, 1, 0.3333333333333333, 0.5, 0.5270202655466173, 180.0);
    check_c(2.0, 3, 0.21052631578947367, 0.4444444444444444, 0.6022936369713912, 80.0);
    check_c(8.0, 10, 0.1216610642529515, 0.40918015079644354, 0.672354148726148, 36.82621357167992);
    check_c(10.0, 11, 0.16323233324443395, 0.6821182046893322, 0.38961381172915355, 122.78127684407978);
    check_c(10.0, 12, 0.11973918844482515, 0.449388224298271, 0.6401580403740064, 40.44494018684439);
    check_c(10.0, 14, 0.05681914338652085, 0.17413193359504986, 0.8883500191794669, 7.8359370117772436);
    check_c(20.0, 22, 0.10673394950752377, 0.5679151621587111, 0.5452490879759557, 51.112364594283996);
    check_c(50.0, 55, 0.05374881212575823, 0.38454731793292857, 0.7793646609005771, 13.843703445585428);
    check_c(100.0, 105, 0.048260770661240904, 0.5157074268123087, 0.7041110997667386, 18.565467365243116);
    check_c(200.0, 210, 0.02784868627962896, 0.37561482397503293, 0.8763502338307184, 6.761066831550593);
    check_c(1000.0, 1020, 0.013789386044704442, 0.4162601163273531, 0.9548907140474884, 3.7463410469461778);
}

#[test]
fn the_edges_are_guarded() {
    fn check(a: f64, n: u32, b: f64, c: f64) {
        assert_eq!((erlang_b(a, n), erlang_c(a, n)), (b, c), "a {a}, n {n}");
    }
    check(0.0, 0, 1.0, 1.0);
    check(0.0, 5, 0.0, 0.0);
    check(1e-300, 3, 0.0, 0.0);
    check(f64::NAN, 3, 0.0, 1.0);
    assert_eq!(erlang_c(5.0, 5), 1.0);
    assert_eq!(erlang_c(5.0, 4), 1.0);
    let overrun = ErlangC::new(5.0, 1.0, 5);
    assert_eq!((overrun.service_level(20.0), overrun.mean_wait_secs(), overrun.occupancy()), (0.0, f64::INFINITY, 1.0));
    // Far beyond what factorials could do.
    assert!(erlang_b(50_000.0, 50_100) > 0.0 && erlang_b(1.0, 90_000) == 0.0);
}

fn palm(lambda: f64, mu: f64, theta: f64, n: u32) -> (f64, f64) {
    let (x, y) = (f64::from(n) * mu / theta, lambda / theta);
    let a = (x.ln() + y - x * y.ln() + ln_gamma(x)).exp() * gamma_lr(x, y);
    let b = erlang_b(lambda / mu, n);
    let wait = a * b / (1.0 + (a - 1.0) * b);
    let rho = lambda / (f64::from(n) * mu);
    (wait, wait * (1.0 / (rho * a) + 1.0 - 1.0 / rho))
}

#[test]
fn erlang_a_has_its_reference_values_and_agrees_with_palms_closed_form() {
    #[track_caller]
    fn check(lambda: f64, mu: f64, theta: f64, n: u32, expected: [f64; 5]) {
        let got = ErlangA::new(lambda, mu, theta, n);
        let got = [got.wait_probability, got.abandonment, got.mean_queue, got.mean_wait, got.occupancy];
        got.iter().zip(expected).for_each(|(got, expected)| near(*got, expected, "Erlang A"));
        let (wait, abandonment) = palm(lambda, mu, theta, n);
        near(wait, got[0], "Palm's P(W > 0)");
        near(abandonment, got[1], "Palm's P(Ab)");
    }
    let third = 1.0 / 3.0;
    check(48.0, 1.0, 0.5, 50, [0.46777406855378456, 0.030912249162192446, 2.967575919570475, 0.06182449832438489, 0.9303242408042932]);
    check(50.0, 1.0, 0.5, 50, [0.6011676517509934, 0.04668458591476551, 4.668458591476551, 0.09336917182953101, 0.9533154140852348]);
    check(55.0, 1.0, 0.5, 50, [0.8662337162892302, 0.10208019462593615, 11.228821408852976, 0.2041603892518723, 0.9877117859114672]);
    check(10.0 / 3.0, third, 0.2, 10, [0.5994333180281387, 0.1094379995585021, 1.8239666593083683, 0.5471899977925104, 0.8905620004414982]);
    check(10.0 / 3.0, third, 0.2, 11, [0.45977484182840905, 0.06994529606315669, 1.1657549343859448, 0.3497264803157834, 0.8455042763062214]);
    check(10.0 / 3.0, third, 0.2, 14, [0.14526011429636151, 0.01398374412240898, 0.23306240204014966, 0.06991872061204489, 0.7042973256268511]);
}

#[test]
fn without_impatience_erlang_a_is_erlang_c() {
    fn check(a: f64, n: u32) {
        let patient = ErlangA::new(a, 1.0, 1e-9, n);
        assert!((patient.wait_probability - erlang_c(a, n)).abs() < 1e-6, "{patient:?}");
        assert_eq!(ErlangA::new(a, 1.0, 0.0, n).wait_probability, erlang_c(a, n));
        assert!((patient.mean_wait - ErlangC::new(a, 1.0, n).mean_wait_secs()).abs() < 1e-5, "{patient:?}");
    }
    check(10.0, 14);
    check(2.0, 3);
    check(50.0, 55);
    assert_eq!(ErlangA::new(5.0, 1.0, 0.0, 5).mean_wait, f64::INFINITY);
    assert_eq!(ErlangA::new(0.0, 1.0, 0.5, 5).wait_probability, 0.0);
    // Nobody serves: everybody waits and gives up.
    let nobody = ErlangA::new(3.0, 1.0, 0.5, 0);
    near(nobody.wait_probability, 1.0, "P(W > 0)");
    near(nobody.abandonment, 1.0, "P(Ab)");
}

fn load(arrivals: f64, mins: i64, handling_mins: i64) -> Load {
    Load::new(arrivals, Span::mins(mins), Span::mins(handling_mins)).unwrap()
}

#[test]
fn a_hundred_calls_in_half_an_hour_need_fourteen_and_twenty_on_the_rota() {
    let need = Target::default().need(&load(100.0, 30, 3)).unwrap();
    assert_eq!((need.agents, need.rostered), (14, 20));
    near(need.queue.service_level(20.0), 0.8883500191794669, "level");
}

#[test]
fn eighty_twenty_needs_these_agents() {
    // Only the promise: agents may be busy all the time.
    fn check(a: f64, agents: u32) {
        let target = Target { max_occupancy: 1.0, ..Target::default() };
        assert_eq!(target.need(&load(a * 10.0, 30, 3)).unwrap().agents, agents, "{a} erlangs");
    }
    check(5.0, 8);
    check(10.0, 14);
    check(20.0, 24);
    check(50.0, 56);
    check(100.0, 107);
    check(0.0, 0);
    // A large team is limited by rest, not by the promise: 100 / 0.85.
    assert_eq!(Target::default().need(&load(1000.0, 30, 3)).unwrap().agents, 118);
}

#[test]
fn bad_numbers_are_refused_by_name() {
    fn check(result: Result<impl std::fmt::Debug, String>, says: &str) {
        let why = result.unwrap_err();
        assert!(why.contains(says), "{why}");
    }
    let (half_hour, three) = (Span::mins(30), Span::mins(3));
    check(Load::new(-1.0, half_hour, three), "arrivals: -1");
    check(Load::new(f64::NAN, half_hour, three), "arrivals");
    check(Load::new(1.0, Span::ZERO, three), "the period");
    check(Load::new(1.0, half_hour, Span::ZERO), "the handling time");
    check(Load::new(1e12, half_hour, three), "more than any team");
    let usual = Target::default();
    check(Target { share: 1.0, ..usual }.checked(), "100 % is not a share");
    check(Target { share: 0.0, ..usual }.checked(), "0 % is not a share");
    check(Target { within_secs: -1.0, ..usual }.checked(), "negative");
    check(Target { max_occupancy: 1.2, ..usual }.checked(), "120 %");
    check(Target { max_occupancy: 0.0, ..usual }.checked(), "0 %");
    check(Target { shrinkage: 1.0, ..usual }.checked(), "100 %");
    assert!(Target { shrinkage: 0.0, ..usual }.checked().is_ok());
}

proptest! {
    #[test]
    fn more_agents_help_and_more_load_hurts(a in 0.01_f64..200.0, n in 1_u32..260, more in 0.01_f64..20.0) {
        for f in [erlang_b, erlang_c] {
            prop_assert!((0.0..=1.0).contains(&f(a, n)));
            prop_assert!(f(a, n + 1) <= f(a, n));
            prop_assert!(f(a + more, n) >= f(a, n) - 1e-12);
        }
        prop_assert!(erlang_c(a, n) >= erlang_b(a, n));
    }

    #[test]
    fn impatience_shortens_the_queue_and_nobody_is_lost_count_of(a in 0.1_f64..60.0, n in 1_u32..80, theta in 0.01_f64..5.0) {
        let (hurried, patient) = (ErlangA::new(a, 1.0, theta, n), ErlangC::new(a, 1.0, n));
        prop_assert!(hurried.mean_wait <= patient.mean_wait_secs() + 1e-9);
        prop_assert!(hurried.wait_probability <= patient.wait_probability + 1e-9);
        // Who arrives is served or gives up: lambda = mu E[busy] + theta E[Q].
        let served = hurried.occupancy * f64::from(n);
        prop_assert!((a - served - theta * hurried.mean_queue).abs() < 1e-8 * a.max(1.0));
        prop_assert!((hurried.abandonment - theta * hurried.mean_wait).abs() < 1e-12);
        prop_assert!(ErlangA::new(a, 1.0, theta, n + 1).mean_wait <= hurried.mean_wait + 1e-12);
    }

    #[test]
    fn the_need_is_the_smallest_that_keeps_the_target(a in 0.05_f64..120.0, share in 0.5_f64..0.99, within in 0.0_f64..120.0, busy in 0.5_f64..1.0) {
        let target = Target { share, within_secs: within, max_occupancy: busy, shrinkage: 0.3 };
        let load = Load { rate: a / 180.0, handling_secs: 180.0 };
        let need = target.need(&load).unwrap();
        let keeps = |n: u32| { let q = load.with_agents(n); q.service_level(within) >= share && a / f64::from(n) <= busy + 1e-12 };
        prop_assert!(keeps(need.agents));
        prop_assert!(need.agents == 1 || !keeps(need.agents - 1));
        prop_assert!(f64::from(need.rostered) * 0.7 >= f64::from(need.agents) - 1e-6);
        prop_assert!(f64::from(need.rostered - 1) * 0.7 < f64::from(need.agents));
    }
}
