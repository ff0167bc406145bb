use super::*;
use crate::signals::alarm::{Alarm, Watch as AlarmWatch};
use crate::signals::{Basis, NORMAL_Z, Score, Signal, State};
use crate::{Actor, UserId};
use jiff::civil::date;

fn day(i: usize) -> Day {
    date(2026, 11, 9).checked_add(i64::try_from(i).unwrap().days()).unwrap()
}

fn scored(z: f64) -> Score {
    let state = if z > NORMAL_Z { State::Worse } else { State::Normal };
    // The same ratio each day: what a trend would find is another rule.
    Score { z: Some(z), ratio: Some(1.0), state, basis: Basis::Baseline, ..Score::of(Some(10.0), Some(10.0)) }
}

/// The days of one signal with its alarms, from the first day on.
fn followed(signal: Signal, zs: &[f64]) -> Followed {
    let mut watch = AlarmWatch::new(signal);
    let days = zs.iter().enumerate().map(|(i, z)| {
        let score = scored(*z);
        let alarm: Option<Alarm> = watch.add(day(i), &score, None).cloned();
        (day(i), score, alarm)
    });
    Followed { signal, days: days.collect() }
}

/// On which days there is a sign: `.` none, `!` one; the exit is on the day before the bar.
#[test]
fn a_sign_is_red_new_and_confirmed() {
    #[track_caller]
    fn check(before: &[f64], after: &[f64], expected: &str) {
        let all = [before, after].concat();
        let exit_day = day(before.len() - 1);
        let found: String = (before.len()..all.len())
            .map(|n| if signs(&[followed(Signal::Contacts, &all[..=n])], exit_day).is_empty() { '.' } else { '!' })
            .collect();
        assert_eq!(found, expected, "{before:?} | {after:?}");
    }
    let calm = [0.0; 5];
    check(&calm, &[0.5, 1.0, -1.0, 2.4, 0.0], ".....");
    // One red day is a busy day; the second one is a relapse, until it is over.
    check(&calm, &[3.2, 0.0, 0.0, 0.0], "....");
    check(&calm, &[3.2, 2.6, 2.6, 0.0, 0.0], ".!!!.");
    check(&calm, &[3.2, 0.5, 2.2, 0.0, 0.0], "..!!.");
    // So far off that nobody waits for a second day.
    check(&calm, &[0.0, 6.0], ".!");
    // A lasting rise, no day of which is far off.
    check(&calm, &[1.9, 1.9, 1.9, 1.9], "...!");
    // Red when people left: known to them, until it was over once.
    check(&[0.0, 0.0, 0.0, 4.0, 4.0], &[4.0, 4.0, 0.0, 0.0, 4.0, 4.0], ".....!");
    // Amber when they left, and red since: it got worse.
    check(&[0.0, 0.0, 0.0, 2.3, 2.3], &[4.0, 4.0], ".!");
}

/// Ordinary days: each score is chance alone. Fewer than one watch of eight signals over fourteen days in thirty proposes anything.
#[test]
fn chance_alone_seldom_proposes() {
    let mut seed = 7_u64;
    let mut unit = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    };
    let mut normal = || (-2.0 * unit().ln()).sqrt() * (std::f64::consts::TAU * unit()).cos();
    let (watches, mut alarmed, mut proposed) = (3_000, 0, 0);
    for _ in 0..watches {
        let all: Vec<Followed> = (0..8).map(|_| followed(Signal::Contacts, &(0..20).map(|_| normal()).collect::<Vec<_>>())).collect();
        let until = |n: usize| all.iter().map(|one| Followed { days: one.days[..=n].to_vec(), ..one.clone() }).collect::<Vec<_>>();
        let red = |one: &Followed| {
            one.days[6..].iter().any(|(.., alarm)| alarm.as_ref().is_some_and(|a| a.level == crate::signals::alarm::AlarmLevel::Red))
        };
        alarmed += usize::from(all.iter().any(red));
        proposed += usize::from((6..20).any(|n| !signs(&until(n), day(5)).is_empty()));
    }
    println!("of {watches} watches {alarmed} see a red alarm and {proposed} propose to reopen");
    assert!(proposed * 30 < watches, "{proposed} of {watches} propose by chance");
    assert!(alarmed > 3 * proposed, "the second day is what keeps them away: {alarmed} see red, {proposed} propose");
}

fn sign(key: &str) -> Sign {
    Sign { key: key.into(), name: key.into(), rule: crate::signals::alarm::AlarmRule::OneDay, since: day(1), why: "It rises.".into() }
}

fn stamp(reason: &str) -> Stamp {
    Stamp::new(Actor::person(UserId(1), "Mara"), Timestamp::from_secs(0)).because(reason)
}

/// Plays days: each is the signs of its end and the alarms; `-` between them. Returns what happened each day.
fn play(watch: &mut Watch, days: &[(usize, &[&str], &[&str])]) -> Vec<Vec<&'static str>> {
    let mut all = vec![];
    for (n, signs, alarmed) in days {
        let signs: Vec<Sign> = signs.iter().map(|key| sign(key)).collect();
        let events = judge(watch, day(*n), &signs, &alarmed.iter().map(|key| (*key).to_owned()).collect());
        for event in &events {
            *watch = apply(Some(watch.clone()), event, &stamp("")).unwrap();
        }
        all.push(events.iter().map(WatchEvent::name).collect());
    }
    all
}

fn watch() -> Watch {
    apply(None, &WatchEvent::Begun { exit_day: day(0), last_day: day(14) }, &stamp("")).unwrap()
}

#[test]
fn one_relapse_is_proposed_once() {
    let mut w = watch();
    let said = play(
        &mut w,
        &[
            (0, &["contacts"], &["contacts"]),
            (1, &[], &["contacts"]),
            (2, &["contacts"], &["contacts"]),
            (3, &["contacts", "backlog"], &["contacts", "backlog"]),
            (4, &["contacts"], &["contacts"]),
            (5, &[], &[]),
        ],
    );
    let proposed = vec!["window.relapse_proposed"];
    assert_eq!(said, [vec![], vec![], proposed.clone(), vec![], vec![], vec!["window.relapse_calmed"]]);
    assert_eq!(w.proposals[0].state, ProposalState::Calmed);
    assert_eq!(play(&mut w, &[(6, &["contacts"], &["contacts"])]), [proposed]);
}

#[test]
fn what_was_dismissed_is_not_asked_again_until_it_is_over() {
    let mut w = watch();
    play(&mut w, &[(2, &["contacts"], &["contacts"])]);
    w = apply(Some(w), &WatchEvent::Dismissed, &stamp("A fair.")).unwrap();
    assert_eq!((w.proposals[0].by.as_deref(), w.proposals[0].reason.as_deref()), (Some("Mara"), Some("A fair.")));
    let said = play(
        &mut w,
        &[
            (3, &["contacts"], &["contacts"]),
            // Another signal is another matter.
            (4, &["contacts", "backlog"], &["contacts", "backlog"]),
        ],
    );
    assert_eq!(said, [vec![], vec!["window.relapse_proposed"]]);
    assert_eq!(w.open().unwrap().signs.iter().map(|s| s.key.as_str()).collect::<Vec<_>>(), ["backlog"]);
    w = apply(Some(w), &WatchEvent::Dismissed, &stamp("The same fair.")).unwrap();
    let said = play(&mut w, &[(5, &["backlog"], &["backlog"]), (6, &["contacts"], &["contacts", "backlog"])]);
    assert_eq!(said, [vec!["window.relapse_settled"], vec!["window.relapse_proposed"]], "contacts were normal in between");
}

#[test]
fn the_watch_ends_by_itself_and_says_so() {
    let mut w = watch();
    assert_eq!(play(&mut w, &[(13, &[], &[]), (14, &[], &[]), (15, &["contacts"], &["contacts"])]), [vec![], vec!["window.watch_ended"], vec![]]);
    let mut late = watch();
    assert_eq!(play(&mut late, &[(14, &["contacts"], &["contacts"])]), [vec!["window.relapse_proposed", "window.watch_ended"]]);
    assert!(late.open().is_some(), "what was proposed last still waits for a person");
}
