use super::*;
use crate::Span;
use jiff::ToSpan;
use jiff::civil::date;

/// Eight weeks that end on the day before go-live, Tuesday 17 November 2026.
fn baseline(mut day_of: impl FnMut(Day, usize) -> Sample) -> Vec<(Day, Sample)> {
    let first = date(2026, 9, 22);
    (0..56).map(|i| first.checked_add(i64::from(i).days()).unwrap()).enumerate().map(|(i, d)| (d, day_of(d, i))).collect()
}

/// A repeatable unevenness between −1 and 1.
fn noise(i: usize) -> f64 {
    ((i * 7919 + 13) % 101) as f64 / 50.0 - 1.0
}

fn weekend(day: Day) -> bool {
    day.weekday().to_monday_zero_offset() >= 5
}

/// About 40 on working days, 10 at weekends.
fn contacts() -> Vec<(Day, Sample)> {
    baseline(|d, i| Sample::count((if weekend(d) { 10.0 } else { 40.0 } * (1.0 + 0.2 * noise(i))).round() as u64))
}

const TUESDAY: Day = date(2026, 11, 17);
const SUNDAY: Day = date(2026, 11, 22);

#[track_caller]
fn check(
    signal: Signal,
    baseline: &[(Day, Sample)],
    recent: &[(Day, Sample)],
    day: Day,
    sample: &Sample,
    target: Option<f64>,
    state: State,
) -> Score {
    let score = score(signal, baseline, recent, day, sample, target);
    assert_eq!(score.state, state, "{score:?}");
    if let Some(z) = score.z.filter(|_| state != State::Unknown) {
        assert_eq!(z > NORMAL_Z, state == State::Worse, "positive is bad: {score:?}");
    }
    assert!(score.why.ends_with('.'), "{}", score.why);
    score
}

#[test]
fn keys_round_trip_and_everything_is_explained() {
    for signal in Signal::ALL {
        assert_eq!(Signal::from_key(signal.key()), Some(signal));
        assert_eq!(serde_json::to_value(signal).unwrap(), signal.key());
        assert!(signal.definition().ends_with('.'), "{signal:?}");
    }
    assert_eq!(Signal::from_key("mood"), None);
}

#[test]
fn counts_know_the_weekday() {
    let b = contacts();
    let score = check(Signal::Contacts, &b, &[], TUESDAY, &Sample::count(42), None, State::Normal);
    assert!((score.expected.unwrap() - 40.0).abs() < 3.0, "{score:?}");
    check(Signal::Contacts, &b, &[], TUESDAY, &Sample::count(80), None, State::Worse);
    check(Signal::Contacts, &b, &[], TUESDAY, &Sample::count(12), None, State::Better);
    // What is a quiet Tuesday is a wild Sunday.
    let sunday = check(Signal::Contacts, &b, &[], SUNDAY, &Sample::count(42), None, State::Worse);
    assert!(sunday.expected.unwrap() < 18.0, "{sunday:?}");
    assert!(sunday.why.contains("above a normal Sunday"), "{}", sunday.why);
}

#[test]
fn sparse_counts_are_judged_on_seven_days() {
    let b = baseline(|_, i| Sample::count(u64::from(i % 2 == 0)));
    check(Signal::Escalations, &b, &[], TUESDAY, &Sample::count(2), None, State::Normal);
    let recent: Vec<_> = (11..17).map(|d| (date(2026, 11, d), Sample::count(2))).collect();
    let score = check(Signal::Escalations, &b, &recent, TUESDAY, &Sample::count(2), None, State::Worse);
    assert_eq!(score.together.map(|t| (t.days, t.value)), Some((7, 14.0)));
    assert!(score.why.contains("7 days are judged together, because each has little: 14, usually 3.5"), "{}", score.why);
    // A baseline without any event still allows one.
    let none = baseline(|_, _| Sample::count(0));
    check(Signal::Escalations, &none, &[], TUESDAY, &Sample::count(0), None, State::Normal);
    check(Signal::Escalations, &none, &[], TUESDAY, &Sample::count(3), None, State::Worse);
}

#[test]
fn shares_depend_on_how_many() {
    let b = baseline(|_, i| Sample::share(4 + (i % 3) as u64, 50));
    check(Signal::RepeatShare, &b, &[], TUESDAY, &Sample::share(5, 50), None, State::Normal);
    check(Signal::RepeatShare, &b, &[], TUESDAY, &Sample::share(16, 50), None, State::Worse);
    check(Signal::RepeatShare, &b, &[], TUESDAY, &Sample::share(2, 6), None, State::Normal);
    let nothing = check(Signal::RepeatShare, &b, &[], TUESDAY, &Sample::share(0, 0), None, State::Unknown);
    assert_eq!(nothing.value, None);
    // Few a day are judged together, today's own handful and a baseline of few alike.
    let recent: Vec<_> = (11..17).map(|d| (date(2026, 11, d), Sample::share(3, 6))).collect();
    let few = check(Signal::RepeatShare, &b, &recent, TUESDAY, &Sample::share(2, 4), None, State::Worse);
    assert_eq!(few.together.map(|t| (t.days, t.value)), Some((7, 0.5)), "{}", few.why);
    let rare = baseline(|_, i| Sample::share(u64::from(i % 4 == 0), 3));
    let few = check(Signal::RepeatShare, &rare, &recent, TUESDAY, &Sample::share(3, 6), None, State::Worse);
    assert_eq!(few.together.map(|t| (t.days, t.value)), Some((7, 0.5)), "{}", few.why);
    // Next to nothing expected: a ratio would only magnify chance.
    let never = baseline(|_, _| Sample::share(0, 60));
    let some = check(Signal::ReassuranceShare, &never, &[], TUESDAY, &Sample::share(6, 60), None, State::Worse);
    assert!(some.ratio.is_none() && some.why.starts_with("10 %, where 0 % is usual"), "{}", some.why);
    // For satisfaction a fall is bad.
    let good = baseline(|_, i| Sample::share(44 + (i % 3) as u64, 50));
    check(Signal::Csat, &good, &[], TUESDAY, &Sample::share(30, 50), None, State::Worse);
    check(Signal::Csat, &good, &[], TUESDAY, &Sample::share(45, 50), None, State::Normal);
}

#[test]
fn durations_compare_medians_on_a_log_scale() {
    let times = |factor: f64| -> Vec<Span> { (1..=20).map(|i| Span::secs((f64::from(i) * 120.0 * factor) as i64)).collect() };
    let b = baseline(|_, i| Sample::durations(&times(1.0 + 0.1 * noise(i))));
    let same = check(Signal::FirstResponse, &b, &[], TUESDAY, &Sample::durations(&times(1.0)), None, State::Normal);
    assert!((same.ratio.unwrap() - 1.0).abs() < 0.1, "{same:?}");
    check(Signal::FirstResponse, &b, &[], TUESDAY, &Sample::durations(&times(3.0)), None, State::Worse);
    check(Signal::FirstResponse, &b, &[], TUESDAY, &Sample::durations(&times(0.2)), None, State::Better);
    // Two slow answers are no trend.
    check(Signal::FirstResponse, &b, &[], TUESDAY, &Sample::durations(&times(3.0)[8..10]), None, State::Normal);
    check(Signal::FirstResponse, &b, &[], TUESDAY, &Sample::durations(&[]), None, State::Unknown);
}

#[test]
fn a_backlog_must_be_small_and_not_growing() {
    let b = baseline(|_, i| Sample::stock(20.0 + (i % 5) as f64, 40, 40));
    let growing: Vec<_> = (15..17).map(|d| (date(2026, 11, d), Sample::stock(22.0, 45, 40))).collect();
    check(Signal::Backlog, &b, &[], TUESDAY, &Sample::stock(24.0, 45, 40), None, State::Normal);
    check(Signal::Backlog, &b, &growing, TUESDAY, &Sample::stock(24.0, 45, 40), None, State::Worse);
    check(Signal::Backlog, &b, &growing, TUESDAY, &Sample::stock(21.0, 45, 40), None, State::Normal);
    let large = check(Signal::Backlog, &b, &[], TUESDAY, &Sample::stock(60.0, 40, 45), None, State::Worse);
    assert!(large.why.contains("1.5 days of work"), "{}", large.why);
}

#[test]
fn without_history_the_target_stands_in_or_it_is_said() {
    let short = contacts().split_off(50);
    let score = check(Signal::Contacts, &short, &[], TUESDAY, &Sample::count(42), Some(50.0), State::Normal);
    assert_eq!(score.basis, Basis::Target);
    check(Signal::Contacts, &short, &[], TUESDAY, &Sample::count(51), Some(50.0), State::Worse);
    let score = check(Signal::Contacts, &short, &[], TUESDAY, &Sample::count(51), None, State::Unknown);
    assert!(score.why.contains("only 6 of 7 days"), "{}", score.why);
    assert_eq!(score.basis, Basis::Nothing);
    // With history the history decides.
    assert_eq!(check(Signal::Contacts, &contacts(), &[], TUESDAY, &Sample::count(42), Some(1.0), State::Normal).basis, Basis::Baseline);
    check(Signal::Confidence, &[], &[], TUESDAY, &Sample::level(3.4), Some(3.5), State::Worse);
    check(Signal::Confidence, &[], &[], TUESDAY, &Sample::level(3.6), Some(3.5), State::Normal);
    check(Signal::CriticalOpen, &[], &[], TUESDAY, &Sample::level(0.0), None, State::Normal);
    check(Signal::CriticalOpen, &[], &[], TUESDAY, &Sample::level(1.0), None, State::Worse);
}

#[test]
fn what_cannot_be_judged_is_not() {
    check(Signal::Contacts, &contacts(), &[], TUESDAY, &Sample::count(500).incomplete(), None, State::Unknown);
    check(Signal::Contacts, &contacts(), &[], TUESDAY, &Sample::level(500.0), None, State::Unknown);
    check(Signal::Confidence, &[], &[], TUESDAY, &Sample::level(f64::NAN), Some(3.5), State::Unknown);
}

/// Uniform numbers between 0 and 1, the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as f64 + 0.5) / (1_u64 << 31) as f64
    }
    fn normal(&mut self) -> f64 {
        (-2.0 * self.next().ln()).sqrt() * (std::f64::consts::TAU * self.next()).cos()
    }
    /// Events of a day with this mean, where days differ by 15 % beyond chance.
    fn events(&mut self, mean: f64) -> u64 {
        let mean = mean * (0.15 * self.normal()).exp();
        let (mut events, mut product) = (0, self.next());
        while product > (-mean).exp() {
            events += 1;
            product *= self.next();
        }
        events
    }
}

/// Where nothing changed, about 1 day in 160 may be called worse, however short the baseline; what doubled
/// is mostly seen on the same day.
#[test]
fn false_findings_are_as_rare_as_promised() {
    fn check(days: usize, at_most: f64, seen_at_least: f64) {
        let mut random = Random(7);
        let (runs, mut false_findings, mut seen) = (4000, 0, 0);
        for _ in 0..runs {
            let b = baseline(|d, _| Sample::count(random.events(if weekend(d) { 12.0 } else { 30.0 }))).split_off(56 - days);
            let worse = |events| score(Signal::Contacts, &b, &[], TUESDAY, &Sample::count(events), None).state == State::Worse;
            false_findings += u32::from(worse(random.events(30.0)));
            seen += u32::from(worse(random.events(60.0)));
        }
        let share = |n: u32| f64::from(n) / f64::from(runs);
        assert!((0.002..at_most).contains(&share(false_findings)), "{days} days: {}", share(false_findings));
        assert!(share(seen) > seen_at_least, "{days} days: {}", share(seen));
    }
    check(56, 0.010, 0.7);
    check(28, 0.010, 0.65);
    check(14, 0.013, 0.5);
}

#[test]
fn a_sample_survives_json() {
    for sample in [Sample::count(3), Sample::share(1, 4), Sample::durations(&[Span::mins(3), Span::mins(9)]), Sample::stock(3.0, 1, 2).incomplete()] {
        let json = serde_json::to_string(&sample).unwrap();
        assert_eq!(serde_json::from_str::<Sample>(&json).unwrap(), sample, "{json}");
    }
}
