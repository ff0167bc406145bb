//! Gaps, overlaps and the quality of a rota.

use super::*;
use crate::calendar::Calendar;
use crate::plan::CalendarSection;

fn office() -> Calendar {
    let section: CalendarSection =
        toml::from_str("zone = \"UTC\"\nhours = { tue = [\"08:00-12:00\", \"13:00-18:00\"], wed = [\"08:00-12:00\"] }").unwrap();
    Calendar::from_section(&section, "UTC").unwrap()
}

#[track_caller]
fn check(shifts: &[Shift], coverage: &Calendar, expected: &[&str]) {
    let rota = Rota::new(rota(vec![layer(0, Source::Shifts(shifts.to_vec()))]));
    let words: Vec<String> = faults(&rota, coverage, hours(0, 48)).iter().map(|f| f.words("Europe/Berlin")).collect();
    assert_eq!(words, expected);
}

#[test]
fn gaps_and_overlaps_are_said_in_words() {
    let always = Calendar::always();
    check(&[shift("a", 0, 24), shift("b", 24, 48)], &always, &[]);
    check(&[shift("a", 0, 20), shift("b", 22, 48)], &always, &["Nobody decides from Tue 17 Nov 21:00 to Tue 17 Nov 23:00 (2 h)."]);
    let overlap = "a and b all decide from Tue 17 Nov 21:00 to Tue 17 Nov 23:00: nobody knows whose word counts.";
    check(&[shift("a", 0, 22), shift("b", 20, 48)], &always, &[overlap]);
    // The same person twice is one person.
    check(&[shift("a", 0, 22), shift("a", 20, 48)], &always, &[]);
    check(&[], &always, &["Nobody decides from Tue 17 Nov 01:00 to Thu 19 Nov 01:00 (2 d)."]);
}

#[test]
fn only_the_coverage_needs_an_owner() {
    check(&[shift("a", 8, 18), shift("b", 32, 36)], &office(), &[]);
    check(
        &[shift("a", 8, 17), shift("b", 33, 36)],
        &office(),
        &["Nobody decides from Tue 17 Nov 18:00 to Tue 17 Nov 19:00 (1 h).", "Nobody decides from Wed 18 Nov 09:00 to Wed 18 Nov 10:00 (1 h)."],
    );
    // The lunch break cuts a gap in two.
    check(
        &[shift("a", 8, 11), shift("b", 14, 48)],
        &office(),
        &["Nobody decides from Tue 17 Nov 12:00 to Tue 17 Nov 13:00 (1 h).", "Nobody decides from Tue 17 Nov 14:00 to Tue 17 Nov 15:00 (1 h)."],
    );
    assert_eq!(open_hours(&office(), hours(0, 48)), [hours(8, 12), hours(13, 18), hours(32, 36)]);
    assert_eq!(open_hours(&office(), hours(9, 14)), [hours(9, 12), hours(13, 14)]);
    assert_eq!(open_hours(&Calendar::always(), hours(9, 14)), [hours(9, 14)]);
}

#[test]
fn quality_is_coverage_and_balance() {
    #[track_caller]
    fn check(shifts: &[Shift], covered: f64, balance: f64, score: f64, overloaded: &[(&str, u32)]) {
        let rota = Rota::new(rota(vec![layer(0, Source::Shifts(shifts.to_vec()))]));
        let got = quality(&rota, &Calendar::always(), hours(0, 24), &[]);
        assert!((got.covered - covered).abs() < 1e-12 && (got.balance - balance).abs() < 1e-12 && (got.score - score).abs() < 1e-9, "{got:?}");
        let expected: Vec<_> = overloaded.iter().map(|(p, over)| ((*p).to_owned(), *over)).collect();
        assert_eq!(got.overloaded.into_iter().collect::<Vec<_>>(), expected);
    }
    check(&[shift("a", 0, 12), shift("b", 12, 24)], 1.0, 1.0, 100.0, &[]);
    check(&[shift("a", 0, 12), shift("b", 12, 18)], 0.75, 0.5, 62.5, &[("a", 33)]);
    // From 95 % on it is as good as full.
    check(&[shift("a", 0, 12), shift("b", 12, 23)], 23.0 / 24.0, 11.0 / 12.0, 50.0 * (1.0 + 11.0 / 12.0), &[("a", 4)]);
    check(&[], 0.0, 1.0, 50.0, &[]);
    assert_eq!(pairwise_balance(&[4.0, 2.0, 0.0]), (0.5 + 0.0 + 0.0) / 3.0);
    assert_eq!(pairwise_balance(&[0.0, 0.0]), 1.0);
}
