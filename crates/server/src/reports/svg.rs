//! One line chart that reads well in black and white: the measured line is solid with dots, what was normal
//! is dashed, marked moments are vertical lines with a label. Whoever cannot see it hears title and description.

use super::{picture, words};
use hypercare_core::signals::{Day, Signal};
use hypercare_print::{Anchor, Ink, Picture, Shape};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 42.0;
/// Words of marked moments stand so much above the numbers of the others: on days side by side they would run into one another.
const ABOVE: f64 = 12.0;
const BOTTOM: f64 = 28.0;
/// Labels on the time axis at most.
const LABELS: usize = 8;

/// A day, what was measured on it and what was normal.
pub type Point = (Day, Option<f64>, Option<f64>);

/// What a chart shows.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Which signal: says how values are written.
    pub signal: Signal,
    /// What a listener hears in place of the picture.
    pub description: String,
    /// Days in order.
    pub points: Vec<Point>,
    /// Days that are marked, with a word; the word may be empty.
    pub markers: Vec<(Day, String)>,
    /// From where to where a day is normal, where that is known.
    pub band: Vec<(Day, f64, f64)>,
    /// Days that counted as stable: a short line below them.
    pub stable: Vec<Day>,
}

impl Chart {
    /// As SVG; empty if there is no day.
    pub fn svg(&self) -> String {
        picture::svg(&self.picture(), self.signal.key())
    }

    /// As a picture; without anything in it if there is no day.
    pub fn picture(&self) -> Picture {
        let mut shapes = Vec::new();
        if !self.points.is_empty() {
            let highest = self.points.iter().flat_map(|(_, v, e)| [*v, *e]).flatten().fold(0.0, f64::max);
            // A wide band must not press the line flat.
            let shown = self.band.iter().filter(|(day, ..)| self.place(*day).is_some());
            let band = shown.map(|(.., high)| high.min(highest * 1.5)).fold(0.0, f64::max);
            let top = nice(highest.max(band), self.signal);
            self.normal_range(&mut shapes, top);
            self.stable_days(&mut shapes);
            self.grid(&mut shapes, top);
            self.marks(&mut shapes);
            self.line(&mut shapes, top, Ink::Normal, |p| p.2);
            self.line(&mut shapes, top, Ink::Value, |p| p.1);
            let dot = |(i, p): (usize, &Point)| Some(Shape::Dot { ink: Ink::Value, at: (self.x(i), y(p.1?, top)) });
            shapes.extend(self.points.iter().enumerate().filter_map(dot));
        }
        let title = format!("{}, day by day", self.signal.name());
        Picture { width: WIDTH, height: HEIGHT, title, description: self.description.clone(), shapes }
    }

    fn place(&self, day: Day) -> Option<usize> {
        self.points.iter().position(|(d, ..)| *d == day)
    }

    /// One strip for each day, so that a day whose range is not known leaves a gap.
    fn normal_range(&self, out: &mut Vec<Shape>, top: f64) {
        let width = (WIDTH - LEFT - RIGHT) / self.points.len().saturating_sub(1).max(1) as f64;
        for (day, low, high) in &self.band {
            let Some(i) = self.place(*day) else { continue };
            // Half a strip at either end: the first and the last day stand on the edge.
            let (from, to) = ((self.x(i) - width / 2.0).max(LEFT), (self.x(i) + width / 2.0).min(WIDTH - RIGHT));
            let (above, below) = (y(*high, top), y(low.max(0.0), top));
            out.push(Shape::Rect { ink: Ink::Band, x: from, y: above, width: to - from, height: below - above });
        }
    }

    fn stable_days(&self, out: &mut Vec<Shape>) {
        for i in self.stable.iter().filter_map(|day| self.place(*day)) {
            let (x, y) = (self.x(i), HEIGHT - BOTTOM + 3.0);
            out.push(Shape::Line { ink: Ink::Stable, from: (x - 3.0, y), to: (x + 3.0, y) });
        }
    }

    fn x(&self, i: usize) -> f64 {
        let last = self.points.len().saturating_sub(1).max(1);
        LEFT + (WIDTH - LEFT - RIGHT) * i as f64 / last as f64
    }

    fn grid(&self, out: &mut Vec<Shape>, top: f64) {
        for part in [0.0, 0.5, 1.0] {
            let (value, at) = (top * part, y(top * part, top));
            out.push(Shape::Line { ink: Ink::Grid, from: (LEFT, at), to: (WIDTH - RIGHT, at) });
            out.push(Shape::Text { ink: Ink::Soft, at: (LEFT - 6.0, at + 4.0), anchor: Anchor::End, text: self.signal.say(value) });
        }
        let every = self.points.len().div_ceil(LABELS).max(1);
        for (i, (day, ..)) in self.points.iter().enumerate().filter(|(i, _)| i % every == 0) {
            let at = (self.x(i), HEIGHT - BOTTOM + 18.0);
            out.push(Shape::Text { ink: Ink::Soft, at, anchor: Anchor::Middle, text: day.strftime("%-d %b").to_string() });
        }
    }

    fn marks(&self, out: &mut Vec<Shape>) {
        for (day, label) in &self.markers {
            let Some(i) = self.place(*day) else { continue };
            let x = self.x(i);
            let anchor = if x > WIDTH * 0.85 { Anchor::End } else { Anchor::Start };
            let up = if label.chars().all(|c| c.is_ascii_digit()) { 0.0 } else { ABOVE };
            out.push(Shape::Line { ink: Ink::Mark, from: (x, TOP - 8.0 - up), to: (x, HEIGHT - BOTTOM) });
            out.push(Shape::Text { ink: Ink::Mark, at: (x, TOP - 13.0 - up), anchor, text: label.clone() });
        }
    }

    /// A line with a gap where a day has no value.
    fn line(&self, out: &mut Vec<Shape>, top: f64, ink: Ink, of: fn(&Point) -> Option<f64>) {
        let mut runs: Vec<Vec<(f64, f64)>> = vec![vec![]];
        for (i, point) in self.points.iter().enumerate() {
            match (of(point), runs.last_mut()) {
                (Some(value), Some(run)) => run.push((self.x(i), y(value, top))),
                _ => runs.push(vec![]),
            }
        }
        runs.retain(|run| !run.is_empty());
        if !runs.is_empty() {
            out.push(Shape::Path { ink, runs });
        }
    }
}

fn y(value: f64, top: f64) -> f64 {
    HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value / top).clamp(0.0, 1.0)
}

/// The end of the axis: a round figure at or above the greatest value. Half of it is round too.
fn nice(greatest: f64, signal: Signal) -> f64 {
    let least = if signal.unit() == "share" { 0.1 } else { 2.0 };
    let greatest = greatest.max(least);
    if signal.unit() == "s" {
        let steps = [60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 14_400.0, 28_800.0, 43_200.0, 86_400.0, 172_800.0, 345_600.0];
        return steps.into_iter().find(|s| *s >= greatest).unwrap_or((greatest / 172_800.0).ceil() * 172_800.0);
    }
    let magnitude = 10.0_f64.powf(greatest.log10().floor());
    [1.0, 2.0, 4.0, 6.0, 8.0, 10.0].into_iter().map(|n| n * magnitude).find(|n| *n >= greatest - 1e-9).unwrap_or(greatest)
}

/// The description of a signal's course: beginning, peak and end.
pub fn describe(signal: Signal, points: &[Point], go_live: Day) -> String {
    let known: Vec<(Day, f64)> = points.iter().filter_map(|(d, v, _)| Some((*d, (*v)?))).filter(|(d, _)| *d >= go_live).collect();
    let (Some(peak), Some(last)) = (known.iter().max_by(|a, b| a.1.total_cmp(&b.1)), known.last()) else {
        return "Nothing was measured since go-live.".into();
    };
    format!("Highest {} on {}, {} on {}.", signal.say(peak.1), words::day(peak.0), signal.say(last.1), words::day(last.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_figures() {
        #[track_caller]
        fn check(greatest: f64, signal: Signal, expected: f64) {
            assert!((nice(greatest, signal) - expected).abs() < 1e-9, "{greatest}: {}", nice(greatest, signal));
        }
        check(0.0, Signal::Contacts, 2.0);
        check(7.0, Signal::Contacts, 8.0);
        check(8.0, Signal::Contacts, 8.0);
        check(61.0, Signal::Contacts, 80.0);
        check(999.0, Signal::Contacts, 1000.0);
        check(0.0, Signal::RepeatShare, 0.1);
        check(0.13, Signal::RepeatShare, 0.2);
        check(50.0 * 60.0, Signal::FirstResponse, 3600.0);
        check(500_000.0, Signal::FirstResponse, 518_400.0);
    }

    #[test]
    fn gaps_are_gaps_and_markers_stand_on_their_day() {
        let day = |n: i8| Day::new(2026, 11, n).unwrap();
        let points = vec![(day(16), Some(2.0), Some(2.0)), (day(17), None, Some(2.0)), (day(18), Some(4.0), None), (day(19), Some(4.0), None)];
        let chart = Chart {
            signal: Signal::Contacts,
            description: describe(Signal::Contacts, &points, day(17)),
            points,
            markers: vec![(day(17), "go-live <1>".into()), (day(1), "not shown".into())],
            band: vec![(day(16), 1.0, 3.0), (day(1), 0.0, 9.0)],
            stable: vec![day(18)],
        };
        let svg = chart.svg();
        assert!(svg.contains("<path class=\"value\" d=\"M64.0 127.0M493.3 42.0L708.0 42.0\"/>"), "{svg}");
        assert!(svg.contains("<path class=\"normal\" d=\"M64.0 127.0L278.7 127.0\"/>"), "{svg}");
        assert!(svg.contains("go-live &lt;1&gt;") && !svg.contains("not shown"), "{svg}");
        assert!(svg.contains("<desc id=\"contacts-desc\">Highest 4 on Thu 19 Nov, 4 on Thu 19 Nov.</desc>"), "{svg}");
        assert_eq!((svg.matches("<circle").count(), svg.matches("<rect").count(), svg.matches("class=\"stable\"").count()), (3, 1, 1));
        assert_eq!(Chart { points: vec![], ..chart }.svg(), "");
    }
}
