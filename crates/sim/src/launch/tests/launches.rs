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
