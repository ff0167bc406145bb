use super::*;
use crate::objectives::ProgressState;
use crate::signals::{Basis, State};
use jiff::ToSpan;
use jiff::civil::date;

/// A score with this ratio to an expected 100 and this verdict.
fn score(ratio: f64, state: State) -> Score {
    Score { state, basis: Basis::Baseline, why: "because.".to_owned(), ..Score::of(Some(100.0 * ratio), Some(100.0)) }
}

/// Days from Monday 9 November 2026, one letter each: `s` stable, `h` stable but 1.3 × the baseline, `w` worse,
/// `u` not judged, `i` incomplete, `c` a critical matter open, `.` not measured at all.
fn days(letters: &str) -> Vec<DayFacts> {
    let mut days = Vec::new();
    for (i, letter) in (0..).zip(letters.chars()) {
        let (ratio, state) = match letter {
            's' | 'c' | 'i' => (1.05, State::Normal),
            'h' => (1.3, State::Normal),
            'w' => (2.0, State::Worse),
            'u' => (1.0, State::Unknown),
            '.' => continue,
            other => panic!("no such day: {other}"),
        };
        let date = date(2026, 11, 9).checked_add(i.days()).unwrap();
        let signals = vec![
            Judged { signal: Signal::Contacts, required: true, score: score(1.0, State::Normal), alarm: None },
            Judged { signal: Signal::Escalations, required: true, score: score(ratio, state), alarm: None },
            Judged { signal: Signal::AssistantShare, required: false, score: score(0.1, State::Worse), alarm: None },
        ];
        days.push(DayFacts { date, complete: letter != 'i', signals, critical_open: u32::from(letter == 'c'), burning: vec![] });
    }
    days
}

fn judged(days: &[DayFacts], exit: &ExitSection) -> Verdict {
    verdict(&Input { exit, days, objectives: &[], missing_sign_offs: &[], rhythm: &Rhythm::default(), leaving: &Leaving::default() })
}

#[test]
fn five_stable_days_in_a_row() {
    #[track_caller]
    fn check(letters: &str, streak: u32, sentence: &str) {
        let v = judged(&days(letters), &ExitSection::default());
        assert_eq!((v.streak, v.sentence.as_str()), (streak, sentence), "{letters}");
        assert_eq!(v.ready, v.missing.is_empty());
        assert_eq!(v.ready, sentence.starts_with("Ready"));
        assert_eq!(v.days.len(), letters.len(), "every day is listed");
    }
    check("", 0, "Not yet: no day has been judged, 5 stable days in a row are needed.");
    check("u", 0, "Not yet: no day has been judged, 5 stable days in a row are needed.");
    check("sss", 3, "Not yet: 3 of 5 stable days.");
    check("sssss", 5, "Ready to leave: 5 stable days in a row and every criterion is met.");
    check("ssswsss", 3, "Not yet: 3 of 5 stable days; reset on Thursday by escalations.");
    check("ssssc", 0, "Not yet: 0 of 5 stable days; reset on Friday by open critical matters.");
    check("wsssssss", 7, "Ready to leave: 7 stable days in a row and every criterion is met.");
    check("wssssssssws", 1, "Not yet: 1 of 5 stable days; reset on Wednesday by escalations.");
    // A week and more ago a weekday would mislead.
    check("wu.u.u.us", 1, "Not yet: 1 of 5 stable days; reset on 9 November by escalations.");
    // Days without a verdict neither count nor reset, two at most.
    check("ssuusss", 5, "Ready to leave: 5 stable days in a row and every criterion is met.");
    check("ss..sss", 5, "Ready to leave: 5 stable days in a row and every criterion is met.");
    check("ssuuus", 1, "Not yet: 1 of 5 stable days; reset on Friday by more than 2 days that could not be judged.");
    check("ssu.us", 1, "Not yet: 1 of 5 stable days; reset on Friday by more than 2 days that could not be judged.");
    check("uuuuuusssss", 5, "Ready to leave: 5 stable days in a row and every criterion is met.");
    // The day that is still going on is no failure to measure.
    check("sssuusi", 4, "Not yet: 4 of 5 stable days.");
    check("ssuusssi", 5, "Ready to leave: 5 stable days in a row and every criterion is met.");
    // Quiet but all a third too high is not back to normal.
    check("hhhhh", 5, "Not yet: 5 of 5 stable days, but not: Escalations back to the time before the change.");
    check("hhhhsssss", 9, "Ready to leave: 9 stable days in a row and every criterion is met.");
}

/// What holds a day back although every signal is normal on it.
#[test]
fn open_alarms_burning_promises_and_an_unplanned_backlog() {
    use crate::signals::alarm::{AlarmLevel, AlarmReason, AlarmRule};
    let alarm = |first_seen: Day, holds: bool| {
        let rule = if holds { AlarmRule::SmallRises } else { AlarmRule::Trend };
        let reasons = vec![AlarmReason { rule, day: first_seen, says: "It adds up.".into() }];
        Some(Alarm { level: AlarmLevel::Amber, first_seen, holds, reasons, normal_days: 0 })
    };
    #[track_caller]
    fn check(days: &[DayFacts], streak: u32, reset: Option<(i8, &str)>) {
        let v = judged(days, &ExitSection::default());
        let reset = reset.map(|(day, reason)| Reset { date: date(2026, 11, day), reason: reason.into() });
        assert_eq!((v.streak, v.reset_by), (streak, reset));
    }
    let opened = date(2026, 11, 11);
    let mut held = days("sssss");
    for day in &mut held[2..4] {
        day.signals[1].alarm = alarm(opened, true);
    }
    check(&held, 1, Some((11, "the alarm on escalations")));
    let v = judged(&held, &ExitSection::default());
    assert_eq!(v.days[3].reasons, ["Escalations: an alarm is open since Wednesday 11 November. It adds up."]);
    // A rising week warns only, and so does the alarm of a signal that exit does not wait for.
    let mut warned = days("sssss");
    warned[2].signals[1].alarm = alarm(opened, false);
    warned[3].signals[2].alarm = alarm(opened, true);
    check(&warned, 5, None);
    // The alarm of a bad day holds the next one back, and the bad day stays the reason.
    let mut after = days("wss");
    after[1].signals[1].alarm = alarm(date(2026, 11, 9), true);
    check(&after, 1, Some((9, "escalations")));
    let mut burning = days("sss");
    burning[1].burning = vec!["12 of 20 promises broken.".into()];
    check(&burning, 1, Some((10, "promises that break too fast")));
}

#[test]
fn a_busy_weekday_and_the_day_after_a_stressor() {
    #[track_caller]
    fn check(first: i64, n: usize, stressors: &[(&str, &str)], unmet: &[&str]) {
        let mut days = days(&"s".repeat(n));
        for day in &mut days {
            day.date = day.date.checked_add(first.days()).unwrap();
        }
        let stressors = stressors.iter().map(|(on, what)| crate::plan::Stressor { on: (*on).into(), what: (*what).into() }).collect();
        let monday = Rhythm::of(&(0..28).map(|i| (date(2026, 10, 5).checked_add(i.days()).unwrap(), mostly_monday(i))).collect::<Vec<_>>());
        let exit = ExitSection { stressors, ..ExitSection::default() };
        let v = verdict(&Input { exit: &exit, days: &days, objectives: &[], missing_sign_offs: &[], rhythm: &monday, leaving: &Leaving::default() });
        let found: Vec<&str> = v.criteria.iter().filter(|c| !c.met).map(|c| c.key.as_str()).collect();
        assert_eq!(found, unmet, "{:#?}", v.criteria);
    }
    fn mostly_monday(i: i64) -> crate::signals::Sample {
        crate::signals::Sample::count([60, 40, 40, 40, 40, 5, 5][(i % 7) as usize])
    }
    check(0, 5, &[], &[]);
    // Tuesday to Saturday prove nothing where Monday is the busy day; a sixth and seventh day do.
    check(1, 5, &[], &["peak_day"]);
    check(1, 7, &[], &[]);
    // The first invoice run on Friday: Saturday and Sunday are no working days.
    let run = [("2026-11-13", "the first invoice run"), ("2026-11-10", "a test")];
    check(0, 7, &run, &["stressor"]);
    check(0, 8, &run, &[]);
    check(0, 5, &[("2026-12-01", "the first invoice run")], &["stressor"]);
}

#[test]
fn the_plan_may_ask_for_more_but_not_for_less() {
    fn check(stable_days: u32, letters: &str, needed: u32, ready: bool) {
        let v = judged(&days(letters), &ExitSection { stable_days, ..ExitSection::default() });
        assert_eq!((v.needed, v.ready), (needed, ready), "{letters}");
    }
    check(1, "ssss", 5, false);
    check(1, "sssss", 5, true);
    check(7, "ssssss", 7, false);
    check(7, "sssssss", 7, true);
}

#[test]
fn every_criterion_has_its_evidence() {
    #[track_caller]
    fn check(v: &Verdict, key: &str, met: bool, evidence: &str) {
        let c = v.criteria.iter().find(|c| c.key == key).unwrap_or_else(|| panic!("no {key} in {:#?}", v.criteria));
        assert_eq!((c.met, c.evidence.as_str()), (met, evidence));
        assert_eq!(v.missing.iter().any(|g| g.key == format!("exit.{key}")), !met);
    }
    let v = judged(&days("swsss"), &ExitSection::default());
    check(&v, "stable_days", false, "3 of 5; reset on Tuesday 10 November by escalations.");
    check(&v, "baseline.escalations", false, "1.05 × baseline over 3 stable days, at most 1.20 allowed.");
    check(&v, "critical", true, "None was open since the count began.");
    assert!(!v.criteria.iter().any(|c| c.key == "baseline.assistant_share"), "exit does not wait for what is not required");
    assert_eq!(v.reset_by, Some(Reset { date: date(2026, 11, 10), reason: "escalations".into() }));
    assert_eq!(v.days[1].reasons, ["Escalations: because."]);

    let v = judged(&days("sssssc"), &ExitSection::default());
    check(&v, "critical", false, "1 open.");
    let v = judged(&days("hhhhh"), &ExitSection { margin: 0.31, ..ExitSection::default() });
    check(&v, "baseline.escalations", true, "1.30 × baseline over 5 stable days, at most 1.31 allowed.");

    let objective = |key: &str, state, settled| ObjectiveFacts {
        key: key.into(),
        name: format!("Objective {key}"),
        progress: Progress { state, settled, ..Progress::not_yet("So it is.") },
        unit: "share",
    };
    let objectives =
        [objective("a", ProgressState::Met, true), objective("b", ProgressState::Missed, true), objective("c", ProgressState::AtRisk, false)];
    let sign_offs = ["Support lead".to_owned(), "Finance".to_owned()];
    let v = verdict(&Input {
        exit: &ExitSection::default(),
        days: &days("sssss"),
        objectives: &objectives,
        missing_sign_offs: &sign_offs,
        rhythm: &Rhythm::default(),
        leaving: &Leaving::default(),
    });
    check(&v, "objective.a", true, "So it is.");
    check(&v, "objective.b", true, "Missed, and settled as such. So it is.");
    check(&v, "objective.c", false, "So it is.");
    check(&v, "sign_off", false, "Still to sign: Support lead and Finance.");
    assert_eq!(v.sentence, "Not yet: 5 of 5 stable days, but not: Objective settled: Objective c, and 1 more.");
}

#[test]
fn signals_that_wait_for_a_stable_day_are_one_gap() {
    #[track_caller]
    fn check(letters: &str, expected: &[&str]) {
        let v = judged(&days(letters), &ExitSection::default());
        let missing: Vec<&str> = v.missing.iter().map(|g| g.key.strip_prefix("exit.").unwrap()).collect();
        assert_eq!(missing, expected, "{letters}");
        assert_eq!(v.criteria.iter().filter(|c| c.waits).count(), if expected.contains(&"baseline") { 2 } else { 0 });
    }
    check("w", &["stable_days", "peak_day", "baseline"]);
    check("sw", &["stable_days", "peak_day", "baseline"]);
    check("ss", &["stable_days", "baseline.contacts", "baseline.escalations"]);
    let v = judged(&days("w"), &ExitSection::default());
    assert_eq!(v.missing[2].what, "2 signals wait for a stable day to be measured on: Contacts and Escalations");
}

/// The same signal on every day, with these ratios, all judged normal.
fn only(signal: Signal, ratios: &[f64], basis: Basis) -> Vec<DayFacts> {
    (0..)
        .zip(ratios)
        .map(|(i, ratio)| DayFacts {
            date: date(2026, 11, 9).checked_add(i64::from(i).days()).unwrap(),
            complete: true,
            signals: vec![Judged { signal, required: true, score: Score { basis, ..score(*ratio, State::Normal) }, alarm: None }],
            critical_open: 0,
            burning: vec![],
        })
        .collect()
}

#[test]
fn back_to_baseline_is_judged_on_all_days_together() {
    fn check(signal: Signal, ratios: &[f64], basis: Basis, ready: bool) {
        let v = judged(&only(signal, ratios, basis), &ExitSection::default());
        assert_eq!(v.ready, ready, "{signal:?} {ratios:?}: {:#?}", v.criteria);
    }
    check(Signal::Contacts, &[1.0, 1.1, 1.2, 1.3, 1.4], Basis::Baseline, true);
    check(Signal::Contacts, &[1.1, 1.2, 1.2, 1.3, 1.4], Basis::Baseline, false);
    check(Signal::FirstResponse, &[0.5, 2.0, 1.0, 1.0, 1.0], Basis::Baseline, true);
    check(Signal::FirstResponse, &[1.3; 5], Basis::Baseline, false);
    // Where more is better, too little is bad.
    check(Signal::Csat, &[0.9; 5], Basis::Baseline, true);
    check(Signal::Csat, &[0.8; 5], Basis::Baseline, false);
    check(Signal::Csat, &[1.5; 5], Basis::Baseline, true);
    // The plan's target has no margin and needs none.
    check(Signal::Contacts, &[1.3; 5], Basis::Target, true);
    check(Signal::Backlog, &[0.0; 5], Basis::Baseline, true);
    // Repeat questions may still be high if they fall from day to day.
    check(Signal::RepeatShare, &[1.3; 7], Basis::Baseline, false);
    check(Signal::RepeatShare, &[3.0, 2.6, 2.2, 1.9, 1.6, 1.5, 1.4], Basis::Baseline, true);
    check(Signal::Escalations, &[3.0, 2.6, 2.2, 1.9, 1.6, 1.5, 1.4], Basis::Baseline, false);
}

/// One escalation where a fifth of one is expected in five days is no sign of anything; ten in two weeks of a handful are.
#[test]
fn rare_events_are_judged_over_more_of_the_stable_days() {
    #[track_caller]
    fn check(signal: Signal, expected: f64, weight: f64, events: &[u32], ready: bool) {
        let mut days = only(signal, &vec![1.0; events.len()], Basis::Baseline);
        for (day, events) in days.iter_mut().zip(events) {
            let score = &mut day.signals[0].score;
            *score = Score { weight, ratio: None, value: Some(f64::from(*events) / weight), expected: Some(expected / weight), ..score.clone() };
        }
        assert_eq!(judged(&days, &ExitSection::default()).ready, ready, "{signal:?} {events:?}");
    }
    // Five days of which enough is expected stand for themselves, whatever was before.
    check(Signal::Contacts, 1.0, 1.0, &[0, 0, 0, 0, 0, 2, 1, 1, 1, 2], false);
    check(Signal::Contacts, 1.0, 1.0, &[9, 9, 9, 9, 9, 1, 1, 1, 1, 1], true);
    check(Signal::Contacts, 0.5, 1.0, &[0, 0, 0, 0, 0, 1, 1, 0, 1, 1], true);
    check(Signal::Contacts, 0.5, 1.0, &[1, 1, 1, 1, 1, 1, 1, 0, 1, 1], false);
    check(Signal::ReassuranceShare, 0.2, 20.0, &[0, 0, 1, 0, 0, 0, 0, 0, 0, 1], true);
    check(Signal::ReassuranceShare, 0.2, 20.0, &[0, 0, 1, 0, 0, 1, 0, 0, 1, 1], false);
    check(Signal::ReassuranceShare, 0.1, 20.0, &[0, 0, 0, 0, 1], true);
    check(Signal::ReassuranceShare, 0.1, 20.0, &[0, 0, 0, 1, 1], false);
    // A median time is of many cases each day.
    check(Signal::FirstResponse, 0.01, 1.0, &[0, 0, 0, 0, 0, 9, 9, 9, 9, 9], false);
}

#[test]
fn none_before_and_none_now_is_normal() {
    fn check(value: f64, ready: bool) {
        let mut days = only(Signal::Escalations, &[0.0; 5], Basis::Baseline);
        for score in days.iter_mut().flat_map(|d| &mut d.signals).map(|s| &mut s.score) {
            *score = Score { value: Some(value), expected: Some(0.0), ratio: None, ..score.clone() };
        }
        assert_eq!(judged(&days, &ExitSection::default()).ready, ready, "{value}");
    }
    check(0.0, true);
    check(1.0, false);
}

#[test]
fn without_a_required_signal_nothing_is_shown() {
    let mut days = days("sssss");
    for signal in days.iter_mut().flat_map(|d| &mut d.signals) {
        signal.required = false;
    }
    let v = judged(&days, &ExitSection::default());
    assert!(!v.ready);
    assert!(v.days[0].reasons[0].contains("requires no signal"));
}

/// A day that is stable with probability p: the mean wait for five in a row is (1 − p⁵) / ((1 − p) p⁵).
#[test]
fn the_wait_for_five_days_is_what_theory_says() {
    fn check(p: f64, expected: f64) {
        let (runs, mut total, mut seed) = (4000, 0_u32, 42_u64);
        for _ in 0..runs {
            let (mut letters, mut streak) = (String::new(), 0);
            while streak < 5 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let stable = ((seed >> 33) as f64 / (1_u64 << 31) as f64) < p;
                letters.push(if stable { 's' } else { 'w' });
                streak = if stable { streak + 1 } else { 0 };
            }
            let all = days(&letters);
            assert!(judged(&all, &ExitSection::default()).streak == 5);
            assert!(!judged(&all[..all.len() - 1], &ExitSection::default()).ready, "not a day too early");
            total += u32::try_from(letters.len()).unwrap();
        }
        let mean = f64::from(total) / f64::from(runs);
        assert!((mean / expected - 1.0).abs() < 0.02, "p = {p}: {mean}, expected {expected}");
    }
    check(0.9, 6.935_087_808);
    check(0.97, 5.483_497_415);
}
