//! What is behind a rise, and one warning for one happening.

use super::desk::{Desk, ordinary, ordinary_day};
use crate::watch::{Kind, Watch};

/// The warnings of some days, after five quiet weeks and a Monday.
fn after(days: i64, seed: u64, mut day: impl FnMut(&mut Desk, i64)) -> Desk {
    let mut desk = ordinary(seed, 5);
    ordinary_day(&mut desk);
    desk.end_day();
    desk.opened.clear();
    for n in 0..days {
        day(&mut desk, n);
        desk.end_day();
    }
    desk
}

fn said(desk: &Desk) -> Vec<(&str, &str, Kind)> {
    desk.opened.iter().map(|w| (w.dimension.as_str(), w.value.as_str(), w.kind)).collect()
}

#[test]
fn many_people_are_one_warning_with_what_else_rises() {
    let desk = after(1, 11, |desk, _| {
        ordinary_day(desk);
        desk.people(45, &[("topic", "topic-0"), ("place", "place-0"), ("symptom", "cannot pay"), ("area", "checkout")]);
    });
    assert_eq!(said(&desk).len(), 1, "{:?}", said(&desk));
    let warning = &desk.opened[0];
    assert_eq!(warning.kind, Kind::NewValue);
    assert_eq!(warning.at_first.people, Some(45));
    let also: Vec<&str> = warning.also.iter().map(|n| n.dimension.as_str()).collect();
    assert!(also.is_empty() || also.contains(&"topic") || also.contains(&"area"));
    let open = desk.watch.open().next().unwrap();
    let mut seen: Vec<&str> = open.also.iter().map(|n| n.value.as_str()).chain([open.value.as_str()]).collect();
    seen.sort_unstable();
    assert!(seen.contains(&"cannot pay") && seen.contains(&"checkout") && seen.contains(&"topic-0"), "{seen:?}");
    assert!(warning.why.contains("45 different people"), "{}", warning.why);
}

#[test]
fn a_machine_is_no_crowd() {
    let desk = after(5, 12, |desk, _| {
        ordinary_day(desk);
        for i in 0..12 {
            desk.one(360 + i, "monitor-1", &[("topic", "alarm"), ("place", "cellar")]);
        }
    });
    assert_eq!(said(&desk).iter().map(|s| s.2).collect::<Vec<_>>(), [Kind::RepeatingSource]);
    let why = &desk.opened[0].why;
    assert!(why.contains("all by one reporter") && why.contains("around 06:00") && why.contains("one repeating source"), "{why}");
}

#[test]
fn one_persons_handful_is_nothing() {
    let desk = after(3, 13, |desk, n| {
        ordinary_day(desk);
        if n == 0 {
            for i in 0..9 {
                desk.one(500 + 30 * i, "impatient", &[("topic", "parking"), ("place", "cellar")]);
            }
        }
    });
    assert_eq!(said(&desk), []);
}

#[test]
fn a_new_name_is_no_improvement() {
    let desk = after(4, 14, |desk, _| {
        for i in 0..8_u32 {
            let n = desk.dice.count(desk.rhythm() * (10.0 + 7.0 * f64::from(i)), 0.03);
            let name = if i == 7 { "topic-7-renamed".to_owned() } else { format!("topic-{i}") };
            desk.people(n, &[("topic", &name), ("place", &format!("place-{}", i / 2))]);
        }
    });
    assert_eq!(said(&desk), [("topic", "topic-7", Kind::Relabelled)]);
    let warning = &desk.opened[0];
    assert_eq!(warning.also[0].value, "topic-7-renamed");
    assert!(warning.why.contains("not an improvement"), "{}", warning.why);
}

#[test]
fn a_real_end_is_not_called_a_new_name() {
    let desk = after(4, 15, |desk, _| {
        for i in 0..7_u32 {
            let n = desk.dice.count(desk.rhythm() * (10.0 + 7.0 * f64::from(i)), 0.03);
            desk.people(n, &[("topic", &format!("topic-{i}")), ("place", &format!("place-{}", i / 2))]);
        }
    });
    assert_eq!(said(&desk), []);
}

#[test]
fn the_whole_desk_is_one_warning() {
    let desk = after(1, 16, |desk, _| {
        for i in 0..8_u32 {
            let n = desk.dice.count(3.0 * desk.rhythm() * (10.0 + 7.0 * f64::from(i)), 0.01);
            desk.people(n, &[("topic", &format!("topic-{i}")), ("place", &format!("place-{}", i / 2))]);
        }
    });
    assert_eq!(said(&desk), [("desk", "all", Kind::WholeDesk)]);
}

#[test]
fn it_goes_on_in_silence_closes_and_a_second_wave_is_new() {
    // A first wave of two weeks' days, a week of calm, a second wave.
    let desk = after(21, 17, |desk, n| {
        ordinary_day(desk);
        let wave = if (4..14).contains(&n) { 0 } else { 40 };
        if !desk.is_weekend() {
            desk.people(wave, &[("symptom", "cannot pay")]);
        }
    });
    assert_eq!(said(&desk), [("symptom", "cannot pay", Kind::NewValue), ("symptom", "cannot pay", Kind::ManyPeople)]);
    assert_eq!(desk.closed.len(), 1);
}

#[test]
fn it_is_the_same_after_a_restart() {
    let mut desk = ordinary(18, 5);
    let mut back = ordinary(18, 5);
    back.watch = serde_json::from_str::<Watch>(&serde_json::to_string(&back.watch).unwrap()).unwrap();
    for desk in [&mut desk, &mut back] {
        desk.opened.clear();
        ordinary_day(desk);
        desk.people(40, &[("symptom", "cannot pay")]);
        desk.end_day();
    }
    assert_eq!(said(&desk), [("symptom", "cannot pay", Kind::NewValue)]);
    assert_eq!(said(&back), said(&desk));
}
