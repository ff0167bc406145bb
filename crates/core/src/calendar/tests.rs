use super::*;
use crate::plan::{HoursChange, Weekday};
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
const MINUTE: i64 = 60_000_000;

/// `"mon-fri 09:00-17:00; 2026-12-25"`: hours of weekdays, then dates with other hours.
fn section(zone: &str, text: &str) -> CalendarSection {
    let mut section = CalendarSection { zone: Some(zone.into()), ..CalendarSection::default() };
    for part in text.split(';').map(str::trim).filter(|p| !p.is_empty()) {
        let mut words = part.split_whitespace();
        let when = words.next().unwrap();
        let hours: Vec<String> = words.map(str::to_owned).collect();
        if when.len() == 10 {
            section.exceptions.insert(when.into(), hours);
            continue;
        }
        let (a, b) = when.split_once('-').unwrap_or((when, when));
        let index = |name: &str| ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|d| *d == name).unwrap();
        for day in &DAYS[index(a)..=index(b)] {
            section.hours.insert(*day, hours.clone());
        }
    }
    section
}

fn calendar(zone: &str, text: &str) -> Calendar {
    Calendar::from_section(&section(zone, text), "UTC").unwrap()
}

fn at(zone: &str, text: &str) -> Timestamp {
    crate::plan::instant(text, zone).unwrap()
}

#[test]
fn working_time_and_its_inverse() {
    fn check(zone: &str, hours: &str, from: &str, work: Span, until: &str) {
        let c = calendar(zone, hours);
        let (from, until) = (at(zone, from), at(zone, until));
        assert_eq!(c.add(from, work), Some(until), "add in {hours}");
        assert_eq!(c.between(from, until), work, "between in {hours}");
    }
    let office = "mon-fri 09:00-17:00";
    check("UTC", office, "2026-11-16T09:00", Span::hours(8), "2026-11-16T17:00");
    check("UTC", office, "2026-11-16T09:00", Span::hours(8) + Span::secs(1), "2026-11-17T09:00:01");
    check("UTC", office, "2026-11-16T17:00", Span::mins(15), "2026-11-17T09:15");
    check("UTC", office, "2026-11-20T16:50", Span::mins(15), "2026-11-23T09:05");
    check("UTC", office, "2026-11-16T03:00", Span::ZERO, "2026-11-16T03:00");
    check("UTC", "mon-fri 09:00-12:30 13:30-17:00", "2026-11-16T12:00", Span::hours(1), "2026-11-16T14:00");
    check("UTC", "mon-fri 09:00-17:00; 2026-11-17", "2026-11-16T16:00", Span::hours(2), "2026-11-18T10:00");
    check("UTC", "mon-fri 09:00-17:00; 2026-11-21 10:00-11:00", "2026-11-20T16:00", Span::hours(2), "2026-11-21T11:00");
    check("UTC", "mon-sun 22:00-06:00", "2026-11-16T23:00", Span::hours(8), "2026-11-17T23:00");
    check("UTC", "fri 22:00-06:00; 2026-11-21", "2026-11-20T22:00", Span::hours(8), "2026-11-21T06:00");
    check("UTC", "mon-tue 20:00-24:00", "2026-11-16T23:00", Span::hours(2), "2026-11-17T21:00");
    // Clocks: Sunday 29 March 2026 02:00 → 03:00 and Sunday 25 October 2026 03:00 → 02:00 in Berlin.
    check("Europe/Berlin", "sun 00:00-24:00", "2026-03-29T00:00", Span::hours(23), "2026-03-30T00:00");
    check("Europe/Berlin", "sun 00:00-24:00", "2026-10-25T00:00", Span::hours(25), "2026-10-26T00:00");
    check("Europe/Berlin", "sun 02:30-04:00", "2026-03-29T00:00", Span::hours(1), "2026-03-29T04:00");
    check("Europe/Berlin", "sun 02:30-04:00", "2026-10-25T00:00", Span::mins(150), "2026-10-25T04:00");
    check("Europe/Berlin", "sun 00:00-02:30", "2026-10-25T00:00", Span::mins(210), "2026-10-25T02:30:00+01:00");
    check("America/New_York", "sun 00:00-24:00", "2026-03-08T00:00", Span::hours(23), "2026-03-09T00:00");
    check("Australia/Lord_Howe", "sun 00:00-24:00", "2026-10-04T00:00", Span::mins(23 * 60 + 30), "2026-10-05T00:00");
    check("Australia/Lord_Howe", "sun 00:00-24:00", "2026-04-05T00:00", Span::mins(24 * 60 + 30), "2026-04-06T00:00");
    check("America/Sao_Paulo", "sun 00:00-24:00", "2017-10-15T00:00", Span::hours(23), "2017-10-16T00:00");
    check("Africa/Cairo", "fri 00:00-24:00", "2024-04-26T00:00", Span::hours(23), "2024-04-27T00:00");
    // Samoa skipped Friday 30 December 2011.
    check("Pacific/Apia", "thu-sat 09:00-17:00", "2011-12-29T16:00", Span::hours(2), "2011-12-31T10:00");
}

#[test]
fn faults_name_the_field_and_what_would_be_right() {
    fn check(zone: &str, text: &str, field: &str, says: &str) {
        let faults = Calendar::from_section(&section(zone, text), "UTC").unwrap_err();
        assert!(faults.iter().any(|(f, why)| f == field && why.contains(says)), "{text}: {faults:?}");
    }
    check("Europe/Atlantis", "mon 09:00-17:00", "zone", "Europe/Berlin");
    check("UTC", "", "hours", "never opens");
    check("UTC", "mon", "hours", "never opens");
    check("UTC", "mon 9-17", "hours.mon[0]", "09:00-17:30");
    check("UTC", "mon 09:00-12:00 13:00-25:00", "hours.mon[1]", "not an interval");
    check("UTC", "mon 09:60-12:00", "hours.mon[0]", "not an interval");
    check("UTC", "mon 24:00-06:00", "hours.mon[0]", "24:00");
    check("UTC", "mon 09:00-09:00", "hours.mon[0]", "00:00-24:00");
    check("UTC", "mon 09:00-12:00 11:00-14:00", "hours.mon[1]", "overlaps");
    check("UTC", "mon 09:00-12:00; 2026-13-01", "exceptions.2026-13-01", "not a date");
    check("UTC", "mon 09:00-12:00; 2026-12-24 noon", "exceptions.2026-12-24[0]", "not an interval");
}

/// Mondays and Tuesdays 09:00–17:00; from 1 December until 1 January mornings only; closed on Tuesday 8; a Saturday shift on 5.
fn december() -> CalendarSection {
    let mut s = section("UTC", "mon-tue 09:00-17:00; 2026-12-14 12:00-13:00");
    s.changes.push(HoursChange {
        from: "2026-12-01".into(),
        until: Some("2027-01-01".into()),
        hours: section("UTC", "mon 08:00-12:00 22:00-06:00; 2026-01-01").hours,
    });
    s.holidays.push("2026-12-08".into());
    s.extra.insert("2026-12-05".into(), vec!["10:00-14:00".into()]);
    s.extra.insert("2026-12-07".into(), vec!["11:00-13:00".into()]);
    s
}

#[test]
fn hours_hold_from_their_day_until_another() {
    fn check(day: &str, hours: i64) {
        let c = Calendar::from_section(&december(), "UTC").unwrap();
        let from = at("UTC", &format!("{day}T00:00"));
        assert_eq!(c.between(from, from + Span::days(1)), Span::hours(hours), "{day}");
    }
    check("2026-11-30", 8);
    check("2026-12-01", 0);
    check("2026-12-05", 4);
    // 08:00–12:00 and 11:00–13:00 count once; the night shift reaches into the holiday.
    check("2026-12-07", 7);
    check("2026-12-08", 6);
    check("2026-12-14", 1);
    check("2026-12-28", 6);
    check("2026-12-29", 6);
    check("2027-01-04", 8);
    check("2027-01-05", 8);
}

#[test]
fn changes_of_hours_that_contradict_are_refused() {
    fn check(break_it: impl FnOnce(&mut CalendarSection), field: &str, said: &str) {
        let mut section = december();
        break_it(&mut section);
        let faults = Calendar::from_section(&section, "UTC").unwrap_err();
        assert!(faults.iter().any(|(f, why)| f == field && why.contains(said)), "{faults:?}");
    }
    check(|s| s.changes[0].from = "1 December".into(), "changes[0].from", "write it as 2026-12-25");
    check(|s| s.changes[0].until = Some("2026-12-01".into()), "changes[0].until", "first day on which they hold no more");
    check(|s| s.changes.push(HoursChange { from: "2026-12-31".into(), ..HoursChange::default() }), "changes[1].from", "until = \"2026-12-31\"");
    check(|s| s.changes[0].hours = section("UTC", "tue 9-17").hours, "changes[0].hours.tue[0]", "is not an interval");
    check(|s| s.holidays.push("2026-12-14".into()), "holidays[1]", "closed or it is not");
    check(|s| drop(s.extra.insert("2026-12-14".into(), vec!["15:00-16:00".into()])), "extra.2026-12-14", "write all of that day's hours there");
}

#[test]
fn the_next_opening_is_found_and_only_looked_for_so_far() {
    let c = Calendar::from_section(&december(), "UTC").unwrap();
    let t = |text| at("UTC", text);
    assert_eq!(c.next_opening(t("2026-11-30T10:00")), Some((t("2026-11-30T09:00"), t("2026-11-30T17:00"))));
    assert_eq!(c.next_opening(t("2026-11-30T17:00")), Some((t("2026-12-05T10:00"), t("2026-12-05T14:00"))));
    assert_eq!(calendar("UTC", "2026-01-05 09:00-17:00").next_opening(t("2026-01-05T17:00")), None);
    assert_eq!(Calendar::always().next_opening(t("2026-01-05T17:00")), None);
}

#[test]
fn the_zone_of_the_window_stands_in() {
    let mut section = section("UTC", "mon 09:00-17:00");
    section.zone = None;
    let c = Calendar::from_section(&section, "Asia/Tokyo").unwrap();
    assert!(c.contains(at("Asia/Tokyo", "2026-11-16T09:00")));
    assert!(!c.contains(at("Asia/Tokyo", "2026-11-16T17:00")));
    assert!(!c.contains(at("Asia/Tokyo", "2026-11-16T08:59")));
}

#[test]
fn a_calendar_that_does_not_open_again_gives_no_time() {
    let c = calendar("UTC", "2026-01-05 09:00-17:00");
    assert_eq!(c.add(at("UTC", "2026-01-05T12:00"), Span::hours(5)), Some(at("UTC", "2026-01-05T17:00")));
    assert_eq!(c.add(at("UTC", "2026-01-05T12:00"), Span::hours(5) + Span(1)), None);
    assert_eq!(c.between(at("UTC", "2026-02-01T00:00"), at("UTC", "2046-02-01T00:00")), Span::ZERO);
    assert_eq!(calendar("UTC", "mon 09:00-09:01").add(at("UTC", "2026-01-05T12:00"), Span::days(3650)), None);
}

/// Minute by minute from the wall clock alone: an interval opens at the first minute that shows its
/// start or, if that is skipped, at the first minute after; it closes at the last minute that shows its end.
struct Oracle {
    first: Timestamp,
    open: Vec<bool>,
}

impl Oracle {
    fn new(section: &CalendarSection, first: Timestamp, days: i64) -> Self {
        let tz = zone(section.zone.as_deref().unwrap()).unwrap();
        let minutes = days * 24 * 60;
        let wall: Vec<_> = (0..minutes).map(|m| tz.to_datetime(Timestamp(first.0 + m * MINUTE).to_jiff())).collect();
        let mut shown = BTreeMap::new();
        for (m, local) in wall.iter().enumerate() {
            shown.entry(*local).or_insert((m, m)).1 = m;
        }
        let mut open = vec![false; wall.len()];
        let mut date = wall[0].date();
        while date <= wall[wall.len() - 1].date() {
            let weekday = DAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())];
            let texts = section.exceptions.get(&date.to_string()).or_else(|| section.hours.get(&weekday)).cloned().unwrap_or_default();
            for text in texts {
                let (a, b) = text.split_once('-').unwrap();
                let time = |t: &str| -> (i8, i8) { (t[..2].parse().unwrap(), t[3..].parse().unwrap()) };
                let (start, end) = (time(a), time(b));
                let start_at = date.at(start.0, start.1, 0, 0);
                let end_day = if end < start || end == (24, 0) { date.tomorrow().unwrap() } else { date };
                let end_at = end_day.at(end.0 % 24, end.1, 0, 0);
                let after = |local| shown.range(local..).map(|(_, (m, _))| *m).min().unwrap_or(wall.len());
                let opens = shown.get(&start_at).map_or_else(|| after(start_at), |(m, _)| *m);
                let closes = shown.get(&end_at).map_or_else(|| after(end_at), |(_, m)| *m);
                open[opens..closes.max(opens)].fill(true);
            }
            date = date.tomorrow().unwrap();
        }
        Self { first, open }
    }
    fn between(&self, from: i64, to: i64) -> Span {
        Span::mins(self.open[from as usize..to as usize].iter().filter(|o| **o).count() as i64)
    }
    fn minute(&self, m: i64) -> Timestamp {
        Timestamp(self.first.0 + m * MINUTE)
    }
}

fn hours() -> impl Strategy<Value = Vec<String>> {
    let t = |m: u32| format!("{:02}:{:02}", m / 60, m % 60);
    proptest::collection::btree_set(0_u32..=96, 0..5).prop_map(move |cuts| {
        let cuts: Vec<u32> = cuts.into_iter().map(|q| q * 15).collect();
        match cuts.as_slice() {
            [one] if *one > 0 && *one < 1440 => vec![format!("{}-{}", t(*one), t(one - 15))],
            cuts => cuts.as_chunks::<2>().0.iter().map(|[a, b]| format!("{}-{}", t(*a), t(*b))).collect(),
        }
    })
}

fn sections() -> impl Strategy<Value = (CalendarSection, Timestamp)> {
    let weeks = [
        ("Europe/Berlin", "2026-03-22T00:00"),
        ("Europe/Berlin", "2026-10-18T00:00"),
        ("America/New_York", "2026-03-01T00:00"),
        ("America/New_York", "2026-10-25T00:00"),
        ("Australia/Lord_Howe", "2026-03-29T00:00"),
        ("Australia/Lord_Howe", "2026-09-27T00:00"),
        ("America/Sao_Paulo", "2017-10-08T00:00"),
        ("America/Sao_Paulo", "2018-02-11T00:00"),
        ("Africa/Cairo", "2024-04-19T00:00"),
        ("Africa/Cairo", "2024-10-25T00:00"),
        ("America/Havana", "2026-10-25T00:00"),
        ("Pacific/Apia", "2011-12-24T00:00"),
        ("UTC", "2026-12-24T00:00"),
    ];
    let picked = (0..weeks.len()).prop_map(move |i| weeks[i]);
    (picked, proptest::collection::vec(hours(), 7), proptest::option::of((0_i64..14, hours()))).prop_filter_map(
        "opens at some time",
        |((zone, first), days, exception)| {
            let mut section = CalendarSection { zone: Some(zone.into()), ..CalendarSection::default() };
            section.hours = DAYS.into_iter().zip(days).collect();
            let first = at(zone, first);
            if let Some((day, hours)) = exception {
                let date = super::zone(zone).unwrap().to_datetime((first + Span::days(day)).to_jiff()).date();
                section.exceptions.insert(date.to_string(), hours);
            }
            section.hours.values().any(|h| !h.is_empty()).then_some((section, first))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn equals_a_count_of_minutes((section, first) in sections(), cuts in proptest::collection::vec(2880_i64..17_000, 3)) {
        let c = Calendar::from_section(&section, "UTC").unwrap();
        let oracle = Oracle::new(&section, first, 16);
        let mut cuts = cuts;
        cuts.sort_unstable();
        let [a, b, z] = [cuts[0], cuts[1], cuts[2]];
        for (from, to) in [(a, b), (b, z), (a, z)] {
            prop_assert_eq!(c.between(oracle.minute(from), oracle.minute(to)), oracle.between(from, to));
        }
        for m in [a, b, z] {
            prop_assert_eq!(c.contains(oracle.minute(m)), oracle.open[m as usize]);
        }
    }

    #[test]
    fn adds_up_and_comes_back((section, first) in sections(), from in 0_i64..20_000_000_000, work in 0_i64..400_000_000_000, more in 0_i64..100_000_000_000) {
        let c = Calendar::from_section(&section, "UTC").unwrap();
        let from = Timestamp(first.0 + from * 40);
        let (work, more) = (Span(work), Span(more));
        let Some(done) = c.add(from, work) else { return Ok(()) };
        prop_assert_eq!(c.between(from, done), work, "round trip");
        prop_assert!(done >= from + work, "never faster than the sun");
        if work > Span::ZERO {
            prop_assert!(c.between(from, Timestamp(done.0 - 1)) < work, "the earliest such instant");
        }
        if let Some(later) = c.add(from, work + more) {
            prop_assert!(later >= done, "monotone in work");
            prop_assert_eq!(c.add(done, more), Some(if more == Span::ZERO { done } else { later }), "in two steps");
            prop_assert_eq!(c.between(from, done) + c.between(done, later), c.between(from, later), "additive");
        }
        if let Some(other) = c.add(from + more, work) {
            prop_assert!(other >= done, "monotone in start");
        }
    }

    #[test]
    fn around_the_clock_is_plain_subtraction(zone in 0_usize..4, from in 0_i64..2_000_000_000, length in 0_i64..40_000_000) {
        let zone = ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana"][zone];
        let c = calendar(zone, "mon-sun 00:00-24:00");
        let (from, to) = (Timestamp::from_secs(from), Timestamp::from_secs(from + length));
        prop_assert_eq!(c.between(from, to), to - from);
        prop_assert_eq!(c.add(from, to - from), Some(to));
        prop_assert_eq!(Calendar::always().between(from, to), to - from);
    }
}
