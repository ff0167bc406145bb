//! A made-up desk: days of a weekly rhythm, values with rates and spreads, the same for the same seed.

use crate::watch::{Change, Occurrence, Settings, Warning, Watch};
use crate::{Span, Timestamp, calendar};

/// A small generator (SplitMix64): tests need the same numbers everywhere, not good ones.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// Uniform in (0, 1).
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
    /// Uniform below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.unit().ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }
    /// Marsaglia and Tsang 2000; for shapes below one by boosting.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.unit().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.unit().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }
    fn poisson(&mut self, mean: f64) -> u64 {
        // In pieces, because e^-mean runs out for large means.
        let (mut left, mut n) = (mean, 0);
        while left > 0.0 {
            let piece = left.min(30.0);
            left -= piece;
            let (limit, mut product) = ((-piece).exp(), self.unit());
            while product > limit {
                n += 1;
                product *= self.unit();
            }
        }
        n
    }
    /// Gamma-Poisson: variance = mean + alpha · mean².
    pub fn count(&mut self, mean: f64, alpha: f64) -> u64 {
        if mean <= 0.0 {
            return 0;
        }
        let factor = self.gamma(1.0 / alpha) * alpha;
        self.poisson(mean * factor)
    }
}

/// A desk under test.
pub struct Desk {
    pub watch: Watch,
    pub dice: Dice,
    pub day: i64,
    people: u64,
    pub opened: Vec<Warning>,
    pub closed: Vec<Warning>,
}

impl Desk {
    pub fn new(seed: u64) -> Self {
        Self {
            watch: Watch::new(Settings::default(), calendar::zone("UTC").unwrap()),
            dice: Dice(seed),
            day: 0,
            people: 0,
            opened: vec![],
            closed: vec![],
        }
    }
    /// Monday, 2 November 2026, and the days after it.
    pub fn at(&self, minute: i64) -> Timestamp {
        Timestamp::parse("2026-11-02T00:00:00Z").unwrap() + Span::days(self.day) + Span::mins(minute)
    }
    pub fn is_weekend(&self) -> bool {
        self.day % 7 >= 5
    }
    /// The weekly rhythm: Mondays are busy, weekends quiet.
    pub fn rhythm(&self) -> f64 {
        [1.25, 1.05, 1.0, 1.0, 0.95, 0.12, 0.1][usize::try_from(self.day % 7).unwrap()]
    }
    /// So many of new people, at any time of the working day.
    pub fn people(&mut self, n: u64, values: &[(&str, &str)]) {
        for _ in 0..n {
            self.people += 1;
            let (minute, person) = (480 + self.dice.below(540) as i64, format!("person-{}", self.people));
            self.watch.observe(&Occurrence { at: self.at(minute), person: Some(&person), reporter: None, values });
        }
    }
    pub fn one(&mut self, minute: i64, person: &str, values: &[(&str, &str)]) {
        self.watch.observe(&Occurrence { at: self.at(minute), person: Some(person), reporter: None, values });
    }
    /// A look in the middle of the day.
    pub fn look(&mut self) -> usize {
        let changes = self.watch.look(self.at(720));
        self.keep(changes)
    }
    /// Ends the day; how many warnings it opened.
    pub fn end_day(&mut self) -> usize {
        self.day += 1;
        let changes = self.watch.close_before(self.at(0));
        self.keep(changes)
    }
    fn keep(&mut self, changes: Vec<Change>) -> usize {
        let before = self.opened.len();
        for change in changes {
            match change {
                Change::Opened(w) => self.opened.push(w),
                Change::Closed(w) => self.closed.push(w),
                Change::GoesOn(_) => {}
            }
        }
        self.opened.len() - before
    }
}

/// A desk of eight values between 10 and 60 a day in each of two dimensions that go together, watched for so many quiet weeks.
pub fn ordinary(seed: u64, weeks: i64) -> Desk {
    let mut desk = Desk::new(seed);
    for _ in 0..weeks * 7 {
        ordinary_day(&mut desk);
        desk.end_day();
    }
    desk
}

/// What an ordinary day brings.
pub fn ordinary_day(desk: &mut Desk) {
    for i in 0..8_u32 {
        let n = desk.dice.count(desk.rhythm() * (10.0 + 7.0 * f64::from(i)), 0.03);
        let (topic, place) = (format!("topic-{i}"), format!("place-{}", i / 2));
        desk.people(n, &[("topic", &topic), ("place", &place)]);
    }
}
