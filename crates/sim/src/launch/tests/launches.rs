//! Whole launches.

use super::*;

#[test]
fn look() {
    let t = std::time::Instant::now();
    let c = compared(&Assumptions::default(), options(2, 28));
    println!("{:?}", t.elapsed());
    for l in c.without.figures.iter().zip(&c.with.figures) {
        println!("{:?} {:.3} {:.3}", l.0.figure, l.0.estimate.map_or(f64::NAN, |e| e.mean), l.1.estimate.map_or(f64::NAN, |e| e.mean));
    }
    println!("{} {}", c.without.exited, c.with.exited);
    println!("{}", c.together.sentence);
    for e in c.alone.iter().chain(&c.last) {
        println!("{}", e.sentence);
    }
    for d in &c.by_day {
        println!("{d:?}");
    }
    for s in &c.assumptions {
        println!("{} | {} | {}", s.about, s.values, s.source);
    }
}

#[test]
fn why() {
    use crate::launch::{arrivals::arrivals, play::*, random::Root, roster::roster, world::World};
    let a = Assumptions::default();
    let world = World::new(&demo(), &a, 45).unwrap();
    let r = roster(&world, false);
    for s in r.iter().skip(35 * 3).take(24) {
        println!("{} {} {}", s.from, s.to, s.people);
    }
    let root = Root::new(1, 0);
    let customers = arrivals(&world, root);
    let t = std::time::Instant::now();
    let p = Play::run(Setting { world: &world, root, customers: &customers, roster: &r, measures: Measures::NONE });
    println!("{:?} {:?}", t.elapsed(), p.log.exit_day);
    for d in p.judge.show() {
        println!("{d}");
    }
}

#[test]
fn quiet() {
    use crate::launch::{arrivals::arrivals, play::*, random::Root, roster::roster, world::World};
    let mut a = Assumptions::default();
    for c in ["access", "account", "billing", "cancellation", "payment", "storage", "other"] {
        a.categories.entry(c.into()).or_default().rise = Some(0.0);
    }
    let world = World::new(&demo(), &a, 70).unwrap();
    let r = roster(&world, false);
    let mut causes: std::collections::BTreeMap<String, usize> = Default::default();
    for rep in 0..4 {
        let root = Root::new(1, rep);
        let customers = arrivals(&world, root);
        let p = Play::run(Setting { world: &world, root, customers: &customers, roster: &r, measures: Measures::NONE });
        println!("{:?}", p.log.exit_day);
        for d in p.judge.show().iter().take(70) {
            let what = d.split(' ').nth(1).unwrap().to_owned();
            *causes.entry(what).or_default() += 1;
            for c in [
                "Contacts:",
                "First response:",
                "Resolution time:",
                "Backlog:",
                "Escalations:",
                "Repeat",
                "Reassurance",
                "Satisfaction",
                "critical matter",
            ] {
                for (k, part) in d.split("\", \"").enumerate() {
                    let _ = k;
                    if part.contains(c) {
                        *causes.entry(format!("{c} {}", if part.contains("an alarm is open") { "alarm" } else { "day" })).or_default() += 1;
                    }
                }
            }
        }
    }
    println!("{causes:#?}");
}
