//! How a launch lifts the volume, and how that fades: an assumption, and shown as one.

use crate::{Span, Timestamp};
use serde::Serialize;

/// Extra volume after go-live: `1 + size · e^{-t/fades}`, t since go-live.
///
/// There is no trustworthy published curve of how contacts decay after a launch, so these numbers are assumptions until they are
/// fitted to a history.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Surge {
    /// How much more at the moment of going live, as a multiple of the normal volume; 1.5 is two and a half times as much.
    pub size: f64,
    /// Time in which the extra volume falls to 37 %. Seconds.
    pub fades: Span,
}

impl Default for Surge {
    /// That of "how do I" questions in the product's simulator: 1.5 times the normal volume on top, fading over four days.
    fn default() -> Self {
        Self { size: 1.5, fades: Span::days(4) }
    }
}

impl Surge {
    /// By what the normal volume is multiplied at an instant; 1 before go-live.
    pub fn factor(&self, go_live: Timestamp, at: Timestamp) -> f64 {
        let since = (at - go_live).as_secs_f64();
        if since < 0.0 { 1.0 } else { 1.0 + self.size * (-since / self.fades.as_secs_f64()).exp() }
    }

    /// The mean factor over a stretch; exact.
    pub fn mean(&self, go_live: Timestamp, from: Timestamp, to: Timestamp) -> f64 {
        let (a, b) = ((from - go_live).as_secs_f64().max(0.0), (to - go_live).as_secs_f64().max(0.0));
        let (whole, fades) = ((to - from).as_secs_f64(), self.fades.as_secs_f64());
        if whole <= 0.0 {
            return self.factor(go_live, from);
        }
        1.0 + self.size * fades * ((-a / fades).exp() - (-b / fades).exp()) / whole
    }
}
