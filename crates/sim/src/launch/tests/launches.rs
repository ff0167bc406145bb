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
    for s in r.iter().skip(35*3).take(24) { println!("{} {} {}", s.from, s.to, s.people); }
    let root = Root::new(1, 0);
    let customers = arrivals(&world, root);
    let t = std::time::Instant::now();
    let p = Play::run(Setting { world: &world, root, customers: &customers, roster: &r, measures: Measures::NONE });
    println!("{:?} {:?}", t.elapsed(), p.log.exit_day);
    for d in p.judge.show() { println!("{d}"); }
}
