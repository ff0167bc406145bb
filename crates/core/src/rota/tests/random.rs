//! Any schedule: one owner at most, stretches that tile, faults that add up, a past that stays.

use super::*;
use crate::Span;
use crate::calendar::Calendar;
use crate::plan::CalendarSection;
use proptest::prelude::*;

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

fn any_period() -> impl Strategy<Value = Period> {
    (0_i64..96, 1_i64..40).prop_map(|(from, long)| hours(from, from + long))
}

fn any_shift() -> impl Strategy<Value = Shift> {
    (any_period(), 0_usize..4).prop_map(|(when, who)| Shift { role: DutyRole::DecisionOwner, person: NAMES[who].into(), when })
}

fn any_layer() -> impl Strategy<Value = Layer> {
    let turns = (1_u32..30, 0_i8..24).prop_map(|(length, hour)| {
        let start = format!("2026-11-17T{hour:02}:00");
        Source::Rotation(Rotation::new(&start, "Europe/Berlin", Cadence::Hourly, length, people("a b c")).unwrap())
    });
    let shifts = prop::collection::vec(any_shift(), 0..5).prop_map(Source::Shifts);
    let source = prop_oneof![turns, shifts];
    (source, 0..3, any::<bool>()).prop_map(|(source, priority, limited)| Layer { only: limited.then(office), ..layer(priority, source) })
}

fn office() -> Calendar {
    let section: CalendarSection =
        toml::from_str("zone = \"UTC\"\nhours = { tue = [\"08:00-12:00\", \"13:00-18:00\"], wed = [\"22:00-06:00\"], fri = [\"00:00-24:00\"] }")
            .unwrap();
    Calendar::from_section(&section, "UTC").unwrap()
}

fn any_override() -> impl Strategy<Value = Override> {
    let change = (0_usize..4, 0_usize..4, 0..3).prop_map(|(who, by, kind)| match kind {
        0 => Change::Add(NAMES[who].into()),
        1 => Change::Remove(NAMES[who].into()),
        _ => Change::Replace { who: NAMES[who].into(), by: NAMES[by].into() },
    });
    (any_period(), change).prop_map(|(when, change)| Override { when, role: DutyRole::DecisionOwner, change })
}

fn any_version() -> impl Strategy<Value = Version> {
    let temporary = (any_period(), prop::collection::vec(any_shift(), 0..3)).prop_map(|(when, shifts)| TemporarySchedule { when, shifts });
    (prop::collection::vec(any_layer(), 0..4), prop::collection::vec(temporary, 0..2), prop::collection::vec(any_override(), 0..4))
        .prop_map(|(layers, temporary, overrides)| Version { from: Timestamp(i64::MIN), layers, temporary, overrides })
}

proptest! {
    #[test]
    fn the_stretches_tile_the_span_and_say_what_duty_says(version in any_version(), minute in 0_i64..7_200) {
        let rota = Rota::new(version);
        let span = hours(0, 120);
        let stretches = rota.stretches(DutyRole::DecisionOwner, span);
        prop_assert_eq!((stretches[0].when.from, stretches[stretches.len() - 1].when.to), (span.from, span.to));
        for pair in stretches.windows(2) {
            prop_assert_eq!(pair[0].when.to, pair[1].when.from);
            prop_assert!(pair[0].people != pair[1].people);
        }
        let at = span.from + Span::mins(minute);
        let here = stretches.iter().find(|s| s.when.contains(at)).unwrap();
        prop_assert_eq!(&rota.candidates(at, DutyRole::DecisionOwner), &here.people);
        let one = rota.duty(at, DutyRole::DecisionOwner);
        prop_assert!(one.len() <= 1);
        prop_assert_eq!(one.first().copied(), rota.owner(at));
    }

    #[test]
    fn owned_gaps_and_overlaps_are_the_whole_coverage(version in any_version(), around_the_clock in any::<bool>()) {
        let rota = Rota::new(version);
        let (span, coverage) = (hours(0, 120), if around_the_clock { Calendar::always() } else { office() });
        let whole = coverage.between(span.from, span.to);
        let faulty: i64 = faults(&rota, &coverage, span).iter().map(|f| f.when.length().0).sum();
        let right: i64 = rota.stretches(DutyRole::DecisionOwner, span).iter().filter(|s| s.people.len() == 1).map(|s| coverage.between(s.when.from, s.when.to).0).sum();
        prop_assert_eq!(Span(faulty + right), whole);
        let quality = quality(&rota, &coverage, span, &[]);
        prop_assert!((0.0..=1.0).contains(&quality.covered) && (0.0..=1.0).contains(&quality.balance) && (0.0..=100.0).contains(&quality.score));
    }

    #[test]
    fn an_edit_never_changes_the_past(old in any_version(), new in any_version(), now in 0_i64..100, later in 0_i64..30, minute in 0_i64..7_200) {
        let mut rota = Rota::new(old);
        let before = rota.clone();
        let from = hours(now + later, 0).from;
        let fresh = Rota::new(new.clone());
        rota.edit(Version { from, ..new }, hours(now, 0).from).unwrap();
        let at = hours(0, 0).from + Span::mins(minute);
        let expected = if at < from { &before } else { &fresh };
        prop_assert_eq!(rota.candidates(at, DutyRole::DecisionOwner), expected.candidates(at, DutyRole::DecisionOwner));
    }
}
