//! What is judged beside the times: pages, incidents, shares, fairness, occupancy, recovery.

use super::*;

#[track_caller]
fn check(work: &Work<'_>, rule: Rule, expected: &[&str]) {
    let said: Vec<String> = violations(work, &Limits::default()).into_iter().filter(|v| v.rule == rule).map(|v| v.what).collect();
    assert_eq!(said, expected);
}

#[test]
fn who_was_paged_at_night_starts_late() {
    let zone = zone();
    let duties = duties(&["a 17T12:00 17T14:00"]);
    let paged = |from: &str, to: &str, expected: &[&str]| {
        let pages = [Page { person: "a".into(), when: Period::new(day(from), day(to)) }];
        check(&Work { pages: &pages, ..Work::planned(&zone, &duties) }, Rule::PagedAtNight, expected);
    };
    paged("17T00:30", "17T01:00", &[]);
    paged(
        "17T00:30",
        "17T01:01",
        &["a was paged in the night until Tue 17 Nov 01:01 and starts again at Tue 17 Nov 12:00, after 10 h 59 min; 11 h do."],
    );
    // Before midnight or from six on is not the night; a page that reaches into it is.
    paged("16T23:00", "17T00:00", &[]);
    paged("17T06:00", "17T07:00", &[]);
    paged(
        "17T05:59",
        "17T06:30",
        &["a was paged in the night until Tue 17 Nov 06:30 and starts again at Tue 17 Nov 12:00, after 5 h 30 min; 11 h do."],
    );
}

#[test]
fn two_incidents_in_a_shift_are_enough() {
    let zone = zone();
    let duties = duties(&["a 17T08:00 17T16:00", "a 18T08:00 18T16:00"]);
    let at = |times: &[&str], expected: &[&str]| {
        let incidents: Vec<_> = times.iter().map(|at| Incident { person: "a".into(), at: day(at) }).collect();
        check(&Work { incidents: &incidents, ..Work::planned(&zone, &duties) }, Rule::Incidents, expected);
    };
    at(&["17T09:00", "17T10:00", "18T09:00", "18T10:00"], &[]);
    at(&["17T08:00", "17T10:00", "17T16:00"], &[]);
    let said = "a handled 3 high-severity incidents in the shift from Tue 17 Nov 08:00; after 2 somebody else should.";
    at(&["17T08:00", "17T10:00", "17T15:59"], &[said]);
}

#[test]
fn one_in_four_shifts_as_decision_owner_is_enough() {
    let zone = zone();
    let plan = |people: &str, expected: &[&str]| {
        let duties: Vec<Duty> = people
            .chars()
            .zip(10..)
            .map(|(person, d)| Duty { owner: true, person: person.to_string(), ..duty(&format!("x {d}T08:00 {d}T16:00")) })
            .collect();
        check(&Work::planned(&zone, &duties), Rule::OwnerShare, expected);
    };
    plan("abcdabcd", &[]);
    plan("abcda", &["a decides in 2 of 5 shifts (40 %); more than 25 % is too much for one person."]);
    // Three shifts say nothing about a habit.
    plan("aab", &[]);
}

#[test]
fn duty_is_shared_evenly() {
    let zone = zone();
    let hours = |b: &str, expected: &[&str]| {
        let duties = duties(&["a 17T08:00 17T18:00", &format!("b 18T08:00 18T{b}")]);
        check(&Work::planned(&zone, &duties), Rule::Fairness, expected);
    };
    hours("16:00", &[]);
    hours("15:59", &["Duty is shared unevenly: the balance is 0.80, and 0.80 or more does. a has 10 h, b has 7 h 59 min."]);
    check(&Work::planned(&zone, &[]), Rule::Fairness, &[]);
}

#[test]
fn planned_occupancy_leaves_room() {
    let zone = zone();
    let when = Period::new(day("17T09:00"), day("17T10:00"));
    let busy = |share: f64, expected: &[&str]| check(&Work { occupancy: &[(when, share)], ..Work::planned(&zone, &[]) }, Rule::Occupancy, expected);
    busy(0.85, &[]);
    busy(0.9, &["From Tue 17 Nov 09:00 people are planned to be busy 90 % of the time; at most 85 % does."]);
}

#[test]
fn recovery_is_earned_by_days_and_by_nights() {
    let zone = zone();
    let texts = each("a", 16..=20, "08:00", "16:00");
    let duties: Vec<Duty> = texts.iter().map(|d| duty(d)).collect();
    let page = |d: u32, hour: u32| Page { person: "a".into(), when: Period::new(day(&format!("{d}T0{hour}:00")), day(&format!("{d}T0{hour}:30"))) };
    let owed = |pages: &[Page]| {
        recovery_owed(&Work { pages, ..Work::planned(&zone, &duties) }, &Limits::default()).first().map(|o| (o.days, o.interrupted_nights))
    };
    assert_eq!(owed(&[]), Some((1, 0)));
    // Two pages in one night are one night.
    assert_eq!(owed(&[page(17, 1), page(17, 2), page(18, 1), page(19, 1)]), Some((1, 3)));
    assert_eq!(owed(&[page(17, 1), page(18, 1), page(19, 1), page(20, 1)]), Some((2, 4)));
    assert_eq!(recovery_owed(&Work::planned(&zone, &duties[..4]), &Limits::default()), []);
    let planned = |days: u32, expected: &[&str]| {
        let recovery: BTreeMap<_, _> = [("a".to_owned(), days)].into();
        check(&Work { recovery: Some(&recovery), ..Work::planned(&zone, &duties) }, Rule::Recovery, expected);
    };
    planned(1, &[]);
    planned(0, &["a has 0 recovery days planned and 1 earned: 5 duty days, 0 interrupted nights."]);
}
