//! Moments that charts mark: go-live, updates, steps of stages, replies to all, approvals. Those of one day share a number.

use super::model::Moment;
use super::words::When;
use crate::windows::Marker;

/// Moments in a report at most: more would hide what they are to explain.
const MOST: usize = 60;

/// The markers of a window by day, numbered.
pub fn moments(markers: Vec<Marker>, when: &When) -> Vec<Moment> {
    let mut found: Vec<Moment> = Vec::new();
    for marker in markers.into_iter().take(MOST) {
        let day = when.day(marker.at);
        let number = match found.last() {
            Some(last) if last.day == day => last.number,
            last => last.map_or(1, |l| l.number + 1),
        };
        found.push(Moment { number, day, label: marker.label });
    }
    found
}
