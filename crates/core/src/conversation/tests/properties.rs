//! What clocks must never do, whatever happens: the properties that other products' bugs teach. Each test is named after one.
//!
//! A property about the engine (exactly once under restarts and clock jumps) is tested where the engine is; the oracle that counts
//! minute by minute is in `tests/oracle`.

use super::*;
use crate::calendar::zone;
use crate::clock::target;
use crate::plan::CalendarSection;
use proptest::prelude::*;

const ZONES: [&str; 6] = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"];

fn hours_in(zone: &str, hours: &[&str]) -> CalendarSection {
    let hours: Vec<String> = hours.iter().map(|h| (*h).to_owned()).collect();
    CalendarSection {
        zone: Some(zone.into()),
        hours: Weekday::ALL.into_iter().map(|day| (day, hours.clone())).collect(),
        ..CalendarSection::default()
    }
}

fn calendar(section: &CalendarSection) -> Calendar {
    Calendar::from_section(section, "UTC").unwrap()
}

/// Some working hours, or around the clock.
fn calendars() -> impl Strategy<Value = Calendar> {
    let hours = prop::sample::select(vec![vec!["09:00-17:00"], vec!["09:00-12:30", "13:30-18:00"], vec!["22:00-06:00"], vec!["00:00-24:00"]]);
    prop_oneof![
        1 => Just(Calendar::always()),
        4 => (prop::sample::select(ZONES.to_vec()), hours).prop_map(|(zone, hours)| calendar(&hours_in(zone, &hours))),
    ]
}

fn at(micros: i64) -> Timestamp {
    start() + Span(micros)
}

/// Up to two weeks.
fn times() -> impl Strategy<Value = i64> {
    0_i64..1_209_600_000_000
}

fn everything(calendar: Calendar) -> Policy {
    let table = |hours| by_severity(&[(Severity::Normal, hours), (Severity::Critical, hours / 2)]);
    let targets = Targets {
        acknowledge: Some(Span::mins(15)),
        first_response: table(2),
        next_response: table(4),
        update: table(6),
        resolution: table(16),
        total_resolution: table(40),
    };
    Policy { calendar, targets, ..hypercare() }
}

fn subject(severity: Severity) -> Subject<'static> {
    Subject { about_change: true, category: None, severity }
}

/// A clock for a resolution that runs from the start.
fn running(policy: &Policy) -> Clock {
    let clock = Clock::new(ClockKind::Resolution, 1, policy, subject(Severity::Normal), start()).unwrap();
    clock.resumed(start(), &policy.calendar, policy.version)
}

/// With severity as a person sets it.
fn reweighed(clock: &Clock, t: Timestamp, calendar: &Calendar, severity: Severity) -> Clock {
    clock.reweighed(t, calendar, severity, target(&clock.promises, severity).unwrap())
}

/// A world in which everything is promised.
pub(super) fn promising() -> World {
    let mut world = World::new();
    world.hypercare = Some(everything(office()));
    world.normal = Some(Policy { name: "normal".into(), ..everything(Calendar::always()) });
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn property_01_replay_is_incremental(history in random::histories()) {
        let mut world = promising();
        world.act(start(), Deed::Customer).unwrap();
        let mut now = start();
        for (pause, deed) in history {
            now = now + pause;
            drop(world.act(now, deed));
            let folded = world.log.iter().fold(None, |state, (event, stamp)| Some(Conversation::apply(state, event, stamp)));
            prop_assert_eq!(folded.as_ref(), world.state.as_ref());
        }
    }

    /// What does not touch clocks can stand anywhere among the events of its instant.
    #[test]
    fn property_01_independent_events_of_one_instant_may_stand_in_any_order(history in random::histories(), place in 0_usize..25) {
        let play = |note_at: Option<usize>| {
            let mut world = promising();
            world.act(start(), Deed::Customer).unwrap();
            let mut now = start();
            for (i, (pause, deed)) in history.iter().enumerate() {
                now = now + *pause;
                if note_at == Some(i) {
                    world.act(now, Deed::Note).unwrap();
                }
                drop(world.act(now, *deed));
            }
            world.act(now, Deed::Note).unwrap();
            world.state.unwrap().clocks
        };
        prop_assert_eq!(play(None), play(Some(place)));
    }

    #[test]
    fn property_02_time_adds_up(calendar in calendars(), mut cuts in prop::array::uniform3(times())) {
        cuts.sort_unstable();
        let [a, b, c] = cuts.map(at);
        prop_assert_eq!(calendar.between(a, b) + calendar.between(b, c), calendar.between(a, c));
        prop_assert!(calendar.between(a, b) >= Span::ZERO);
        prop_assert!(calendar.between(a, b) <= b - a);
        prop_assert_eq!(Calendar::always().between(a, b), b - a);
    }

    #[test]
    fn property_03_adding_comes_back_and_is_monotone(calendar in calendars(), from in times(), work in 1_i64..200_000_000_000, more in 0_i64..100_000_000_000) {
        let from = at(from);
        let done = calendar.add(from, Span(work)).unwrap();
        prop_assert_eq!(calendar.between(from, done), Span(work));
        prop_assert!(calendar.between(from, done - Span(1)) < Span(work), "the first such instant");
        prop_assert!(calendar.add(from, Span(work + more)).unwrap() >= done);
        prop_assert!(calendar.add(from + Span(more), Span(work)).unwrap() >= done);
    }

    #[test]
    fn property_04_elapsed_never_falls_and_never_outruns_time(history in random::histories(), probes in prop::collection::vec(times(), 8)) {
        let mut world = promising();
        world.act(start(), Deed::Customer).unwrap();
        let mut now = start();
        let mut last: Vec<(ClockKind, u32, Timestamp, Span, bool)> = vec![];
        let mut probes = probes.into_iter();
        for (pause, deed) in history {
            let Some(probe) = probes.next() else { break };
            now = now + pause;
            drop(world.act(now, deed));
            let t = now + Span(probe % pause.0.max(1));
            for clock in &world.conversation().clocks {
                let calendar = &world.env().versions(&clock.policy).last().unwrap().calendar;
                let (at_now, later) = (clock.elapsed(now, calendar), clock.elapsed(t, calendar));
                prop_assert!(later >= at_now && later - at_now <= t - now, "{:?}", clock);
                if clock.running_since.is_none() {
                    prop_assert_eq!(later, at_now, "flat while it stands still");
                }
                if let Some((.., before, used, ended)) = last.iter().find(|l| (l.0, l.1) == (clock.kind, clock.cycle)) {
                    prop_assert!(at_now >= *used && at_now - *used <= now - *before, "{:?}", clock);
                    prop_assert!(!ended || at_now == *used, "flat once it ended");
                }
            }
            last = world
                .conversation()
                .clocks
                .iter()
                .map(|c| (c.kind, c.cycle, now, c.elapsed(now, &world.env().versions(&c.policy).last().unwrap().calendar), c.is_finished()))
                .collect();
        }
    }

    #[test]
    fn property_05_a_pause_outside_working_hours_changes_nothing(from in 0_i64..960, length in 0_i64..960) {
        // The office closes at 17:00, minute 480, and opens again at minute 1440.
        let policy = everything(office());
        let begin = start() + Span::mins(480 + from.min(959));
        let end = (begin + Span::mins(length)).min(start() + Span::mins(1440));
        let clock = running(&policy);
        let paused = clock.paused(begin, &policy.calendar).resumed(end, &policy.calendar, 1);
        prop_assert_eq!(paused.due_at, clock.due_at);
        prop_assert_eq!(paused.late_at, clock.late_at);
        for t in [end, end + Span::hours(10), end + Span::days(3)] {
            prop_assert_eq!(paused.elapsed(t, &policy.calendar), clock.elapsed(t, &policy.calendar));
        }
    }

    #[test]
    fn property_06_a_pause_moves_due_by_its_working_time(calendar in calendars(), from in 0_i64..50_000_000_000, length in times()) {
        let policy = everything(calendar.clone());
        let clock = running(&policy);
        let (begin, end) = (at(from), at(from + length));
        prop_assume!(clock.due_at.unwrap() > begin);
        let paused = clock.paused(begin, &calendar).resumed(end, &calendar, 1);
        let moved = calendar.between(clock.due_at.unwrap(), paused.due_at.unwrap());
        prop_assert!(paused.due_at >= clock.due_at, "never earlier");
        prop_assert_eq!(moved, calendar.between(begin, end));
    }

    #[test]
    fn property_07_a_change_and_back_is_no_change(calendar in calendars(), from in times(), pause in 0_i64..100_000_000_000, critical_first in any::<bool>()) {
        let policy = everything(calendar.clone());
        let begin = running(&policy).paused(at(from / 4), &calendar).resumed(at(from / 4 + pause), &calendar, 1);
        let t = at(from / 4 + pause + from / 2);
        let now = begin.with_facts(t);
        let middle = if critical_first { Severity::Critical } else { Severity::Low };
        let back = reweighed(&reweighed(&now, t, &calendar, middle), t, &calendar, Severity::Normal);
        prop_assert_eq!(back.elapsed(t, &calendar), now.elapsed(t, &calendar));
        prop_assert_eq!((back.breached_at, back.late_on_change), (now.breached_at, now.late_on_change));
        if now.breached_at.is_none() {
            prop_assert_eq!((back.target, back.late_at), (now.target, now.late_at));
            // Once all of it is used, in the night after, the due time is by definition the instant at which one asks.
            prop_assert!(back.due_at == now.due_at || now.elapsed(t, &calendar) == now.target);
        }
    }

    #[test]
    fn property_07_a_pause_survives_every_change(calendar in calendars(), run in 0_i64..40_000_000_000, pause in times(), name in prop::sample::select(vec!["hypercare", "normal"])) {
        let policy = everything(calendar.clone());
        let paused = running(&policy).paused(at(run), &calendar);
        let other = Policy { name: name.into(), ..everything(Calendar::always()) };
        let later = at(run + pause);
        let changed = reweighed(&paused, later, &calendar, Severity::Critical).replaced(later, &calendar, subject(Severity::Critical), &other);
        prop_assert_eq!(changed.used, paused.used, "the pause is not forgotten");
        let resumed = changed.resumed(later, &other.calendar, 1);
        prop_assert_eq!(resumed.elapsed(later + Span::mins(5), &other.calendar), paused.used + Span::mins(5));
    }

    #[test]
    fn property_08_shifting_zone_and_events_changes_nothing(from in times(), length in times()) {
        // Offsets without daylight saving: the same wall clock, another place on the line.
        let here = calendar(&hours_in("Etc/UTC", &["09:00-12:30", "13:30-17:00"]));
        for (name, hours) in [("Etc/GMT-5", 5), ("Etc/GMT+9", -9), ("Etc/GMT-14", 14)] {
            let there = calendar(&hours_in(name, &["09:00-12:30", "13:30-17:00"]));
            let shift = Span::hours(hours);
            prop_assert_eq!(here.between(at(from), at(from + length)), there.between(at(from) - shift, at(from + length) - shift));
            let due = here.add(at(from), Span::hours(9)).unwrap();
            prop_assert_eq!(there.add(at(from) - shift, Span::hours(9)), Some(due - shift));
        }
    }

    #[test]
    fn property_10_a_holiday_that_is_added_never_makes_due_earlier(run in 0_i64..500_000_000_000, day in 0_i64..12, met in any::<bool>()) {
        let section = hours_in("Europe/Berlin", &["09:00-17:00"]);
        let mut with_holiday = section.clone();
        with_holiday.holidays.push((start() + Span::days(day)).to_string()[..10].to_owned());
        let (old, edited) = (everything(calendar(&section)), Policy { version: 2, since: at(run), ..everything(calendar(&with_holiday)) });
        let clock = running(&old);
        let t = at(run);
        if met {
            let stopped = clock.met(t, &old.calendar);
            prop_assert_eq!(stopped.replanned(t, &old.calendar, &edited.calendar, 2), stopped);
        } else {
            let replanned = clock.replanned(t, &old.calendar, &edited.calendar, 2);
            prop_assert_eq!(replanned.elapsed(t, &edited.calendar).min(clock.target), clock.elapsed(t, &old.calendar).min(clock.target), "time used stays");
            prop_assert!(replanned.due_at >= clock.due_at);
        }
    }

    #[test]
    fn property_11_policies_that_change_by_themselves(run in times(), hours in 1_i64..60, calendar in calendars(), met in any::<bool>()) {
        let old = everything(office());
        let mut new = Policy { version: 2, since: at(run), ..everything(calendar) };
        new.targets.resolution = by_severity(&[(Severity::Normal, hours)]);
        let t = at(run);
        let clock = running(&old).with_facts(t);
        if met {
            prop_assert_eq!(clock.met(t, &old.calendar).tightened(t, &old.calendar, &new), None, "a completed clock never changes");
            return Ok(());
        }
        match clock.tightened(t, &old.calendar, &new) {
            None => prop_assert!(clock.breached_at.is_some() || new.calendar.add(t, Span::hours(hours)) >= clock.due_at, "only a relaxed promise is left alone"),
            Some(tight) => {
                prop_assert!(tight.due_at < clock.due_at, "never later");
                prop_assert!(tight.breached_at.is_none() && tight.with_facts(t).breached_at.is_none(), "never late at that instant");
                prop_assert_eq!(tight.target, clock.elapsed(t, &old.calendar) + Span::hours(hours), "elapsed and the new target as grace");
                if new.calendar == old.calendar {
                    prop_assert!(tight.target < clock.target);
                }
            }
        }
    }

    #[test]
    fn property_12_back_and_forth_is_nothing_for_what_was_there_before(history in random::histories(), normalised in 0_usize..25, reverted in 0_usize..25) {
        let play = |stages: bool| {
            let mut world = promising();
            let at_home = Triage { scope: Scope::In, category: Some("billing".into()), ..Triage::default() };
            world.act(start(), Deed::Customer).unwrap();
            world.triage(start(), at_home);
            world.act(start(), Deed::HandOver).unwrap();
            let mut now = start();
            for (i, (pause, deed)) in history.iter().enumerate() {
                now = now + *pause;
                let away = (normalised.min(reverted)..normalised.max(reverted)).contains(&i);
                world.normalised = if stages && away { vec!["billing".into()] } else { vec![] };
                // What begins in between is on the normal promises, so nothing begins: time passes, and clocks stand still and go on.
                let quiet = matches!(deed, Deed::Note | Deed::Machine | Deed::Snooze(_) | Deed::Tick | Deed::Due(_));
                if !matches!(deed, Deed::Triage(..)) && (quiet || !away) {
                    drop(world.act(now, *deed));
                }
            }
            world.normalised.clear();
            world.act(now, Deed::Tick).unwrap();
            world.state.unwrap().clocks
        };
        prop_assert_eq!(play(true), play(false));
    }

    #[test]
    fn property_15_nothing_promised_and_nothing_open_ends(calendar in calendars(), from in times()) {
        let mut never = hours_in("UTC", &[]);
        never.exceptions.insert("2020-01-01".into(), vec!["09:00-10:00".into()]);
        let closed = Calendar::from_section(&never, "UTC").unwrap();
        let policy = everything(closed.clone());
        let clock = running(&policy);
        prop_assert_eq!((clock.due_at, clock.late_at, clock.wakes_at()), (None, None, None));
        prop_assert_eq!(clock.elapsed(at(from), &closed), Span::ZERO);
        prop_assert!(clock.met(at(from), &closed).breached_at.is_none());
        // No time at all is promised: due at once, late just after.
        let mut none = everything(calendar);
        none.targets.resolution = by_severity(&[(Severity::Normal, 0)]);
        let zero = running(&none);
        prop_assert_eq!(zero.due_at, Some(start()));
        prop_assert!(zero.late_at.is_none_or(|late| late > start()));
        none.targets.resolution.clear();
        prop_assert!(Clock::new(ClockKind::Resolution, 1, &none, subject(Severity::Normal), start()).is_none());
    }
}

#[test]
fn property_09_days_on_which_clocks_change() {
    fn check(name: &str, day: &str, hours: f64) {
        let open = calendar(&hours_in(name, &["00:00-24:00"]));
        let first = zone(name).unwrap().to_timestamp(format!("{day}T00:00").parse().unwrap()).unwrap();
        let next = format!("{day}T00:00").parse::<jiff::civil::DateTime>().unwrap().tomorrow().unwrap();
        let last = zone(name).unwrap().to_timestamp(next).unwrap();
        let (from, to) = (Timestamp::from_jiff(first), Timestamp::from_jiff(last));
        assert_eq!(open.between(from, to), Span((hours * 3.6e9) as i64), "{name} {day}");
        assert_eq!(open.add(from, Span((hours * 3.6e9) as i64)), Some(to), "{name} {day}");
    }
    check("Europe/Berlin", "2024-03-31", 23.0);
    check("Europe/Berlin", "2024-10-27", 25.0);
    check("Australia/Lord_Howe", "2024-04-07", 24.5);
    check("Australia/Lord_Howe", "2024-10-06", 23.5);
    check("America/Sao_Paulo", "2017-10-15", 23.0);
    check("America/Sao_Paulo", "2018-02-17", 25.0);
    check("Africa/Cairo", "2024-04-26", 23.0);
    check("Africa/Cairo", "2024-10-31", 25.0);
    check("Pacific/Apia", "2011-12-29", 24.0);
    check("Pacific/Apia", "2011-12-30", 0.0);
    check("Pacific/Apia", "2011-12-31", 24.0);
}

#[test]
fn property_08_the_machine_has_no_zone() {
    // Nothing asks for the zone of the machine: a calendar has its own, and an unknown one is refused.
    assert!(Calendar::from_section(&hours_in("local", &["09:00-17:00"]), "UTC").is_err());
    assert!(Calendar::from_section(&hours_in("Europe/Berlin", &["09:00-17:00"]), "UTC").is_ok());
}

#[test]
fn property_13_facts_are_told_once_also_when_time_jumps_back() {
    let mut world = promising();
    for (minute, deed) in [(0, Deed::Customer), (0, Deed::Triage(Scope::In, Severity::Normal)), (0, Deed::HandOver)] {
        world.act(start() + Span::mins(minute), deed).unwrap();
    }
    // Forward past everything, back, forward again, and twice at the same instant.
    for minute in [500, 500, 10, 130, 500, 499, 500] {
        world.act(start() + Span::mins(minute), Deed::Tick).unwrap();
    }
    for kind in [ClockKind::FirstResponse, ClockKind::Acknowledgement] {
        let told = |wanted: ClockFact| {
            world.log.iter().filter(|(event, _)| matches!(event, Event::Clock { fact, clock } if *fact == wanted && clock.kind == kind)).count()
        };
        assert_eq!((told(ClockFact::Breached), told(ClockFact::Warned)), (1, 2), "{kind:?}");
    }
}

#[test]
fn property_14_what_answers_and_what_does_not() {
    let check = |story: &str, key: &str, expected: &str| check_in(promising_around_the_clock(), story, key, expected);
    let begin = "0 customer, 0 in, 0 hand-over";
    // Neither an automatic reply nor a note nor the customer themselves is a first response.
    for silent in ["acknowledge", "note", "customer"] {
        check(&format!("{begin}, 5 {silent}"), "first_response#1", "hypercare 120 used 0 due 120");
        check(&format!("{begin}, 5 reply, 10 customer, 15 {silent}"), "next_response#1", "hypercare 240 used 0 due 250");
    }
    // The next response is owed from the oldest unanswered message, once for ten in a row.
    let ten: Vec<String> = (10..20).map(|m| format!("{m} customer")).collect();
    let ten = format!("{begin}, 5 reply, {}", ten.join(", "));
    check(&ten, "next_response#1", "hypercare 240 used 0 due 250");
    check(&ten, "next_response#2", "-");
    check(&format!("{ten}, 30 reply"), "next_response#1", "hypercare 240 used 20 met 30");
    check(&format!("{ten}, 30 reply, 40 customer"), "next_response#2", "hypercare 240 used 0 due 280");
    check(&format!("{ten}, 30 resolve"), "next_response#1", "hypercare 240 used 20 cancelled 30");
    check(&format!("{ten}, 25 wait, 35 open"), "next_response#1", "hypercare 240 used 15 due 260");
    check(begin, "next_response#1", "-");
}

fn promising_around_the_clock() -> World {
    let mut world = promising();
    world.hypercare.as_mut().unwrap().calendar = Calendar::always();
    world
}

#[test]
fn an_update_is_owed_while_the_matter_is_open_with_us() {
    let check = |story: &str, key: &str, expected: &str| check_in(promising_around_the_clock(), story, key, expected);
    let begin = "0 customer, 0 in, 0 hand-over";
    check(begin, "update#1", "-");
    check(&format!("{begin}, 5 reply"), "update#1", "-");
    check(&format!("{begin}, 5 reply, 10 customer"), "update#1", "hypercare 360 used 0 due 370");
    check(&format!("{begin}, 5 reply-open"), "update#1", "hypercare 360 used 0 due 365");
    check(&format!("{begin}, 5 reply-open, 65 reply-open"), "update#1", "hypercare 360 used 60 met 65");
    check(&format!("{begin}, 5 reply-open, 65 reply-open"), "update#2", "hypercare 360 used 0 due 425");
    check(&format!("{begin}, 5 reply-open, 65 wait, 100 open"), "update#1", "hypercare 360 used 60 due 400");
    check(&format!("{begin}, 5 reply-open, 65 resolve"), "update#1", "hypercare 360 used 60 cancelled 65");
    check(&format!("{begin}, 5 reply-open, 65 settle"), "update#1", "hypercare 360 used 60 met 65");
}

#[test]
fn the_total_counts_what_the_customer_lived_through() {
    let check = |story: &str, key: &str, expected: &str| check_in(promising_around_the_clock(), story, key, expected);
    let begin = "0 customer, 0 in, 60 reply";
    check(begin, "total_resolution#1", "hypercare 2400 used 0 due 2400");
    check(&format!("{begin}, 100 resolve"), "total_resolution#1", "hypercare 2400 used 100 met 100");
    check(&format!("{begin}, 100 resolve, 1000 customer"), "total_resolution#2", "hypercare 2400 used 1000 due 2400");
    // Back after longer than was promised in all: late at once, and the first verdict stays.
    check(&format!("{begin}, 100 resolve, 3000 customer"), "total_resolution#2", "hypercare 2400 used 3000 due 3000 late 3000 by change");
    check(&format!("{begin}, 100 resolve, 3000 customer"), "total_resolution#1", "hypercare 2400 used 100 met 100");
    check(&format!("{begin}, 100 resolve, 3000 customer"), "resolution#2", "hypercare 960 used 60 due 3900");
}

#[test]
fn a_due_time_by_hand_sticks_until_it_is_cleared() {
    let check = |story: &str, key: &str, expected: &str| check_in(promising_around_the_clock(), story, key, expected);
    let begin = "0 customer, 0 in, 0 hand-over, 10 due-200";
    check(begin, "first_response#1", "hypercare 120 used 10 due 200");
    check(&format!("{begin}, 20 critical"), "first_response#1", "hypercare 60 used 20 due 200");
    check(&format!("{begin}, 20 wait, 50 open"), "first_response#1", "hypercare 120 used 20 due 200");
    check(&format!("{begin}, 200 reply"), "first_response#1", "hypercare 120 used 200 met 200");
    check(&format!("{begin}, 201 reply"), "first_response#1", "hypercare 120 used 201 met 201 late 200");
    // Not late while it stands still; late from the moment it goes on.
    check(&format!("{begin}, 20 wait, 300 tick"), "first_response#1", "hypercare 120 used 20 paused");
    check(&format!("{begin}, 20 wait, 300 open, 301 tick"), "first_response#1", "hypercare 120 used 20 due 200 late 300");
    check(&format!("{begin}, 50 due-clear"), "first_response#1", "hypercare 120 used 50 due 120");
    check(&format!("{begin}, 150 due-clear"), "first_response#1", "hypercare 120 used 150 due 150 late 150 by change");
}

#[test]
fn stages_bind_what_begins_and_a_revert_tightens_what_runs() {
    fn check(steps: &[(i64, &str)], key: &str, expected: &str) {
        let mut world = promising_around_the_clock();
        // Normal: five hours for a first response.
        world.normal.as_mut().unwrap().targets.first_response = by_severity(&[(Severity::Normal, 5)]);
        for (minute, what) in steps {
            let now = start() + Span::mins(*minute);
            match *what {
                "billing" => world.triage(now, Triage { scope: Scope::In, category: Some("billing".into()), ..Triage::default() }),
                "normalise" => world.normalised = vec!["billing".into()],
                "revert" => world.normalised.clear(),
                other => drop(world.act(now, deed(other)).unwrap()),
            }
        }
        assert_eq!(world.clock(key).map_or_else(|| "-".into(), told), expected, "{steps:?}");
    }
    let first = "first_response#1";
    // What runs keeps its promise; what begins afterwards is on the normal ones.
    check(&[(0, "customer"), (0, "billing"), (0, "hand-over"), (10, "normalise"), (20, "tick")], first, "hypercare 120 used 0 due 120");
    check(&[(0, "normalise"), (0, "customer"), (0, "billing"), (0, "hand-over")], first, "normal 300 used 0 due 300");
    // Back again: elapsed and the new target as grace, but never later than before.
    let back = |minute| [(0, "normalise"), (0, "customer"), (0, "billing"), (0, "hand-over"), (0, "revert"), (minute, "tick")];
    check(&back(100), first, "hypercare 220 used 100 due 220");
    check(&back(200), first, "normal 300 used 0 due 300");
}
