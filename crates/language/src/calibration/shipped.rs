//! The weights for the time before there are outcomes, as `cargo xtask eval calibrate` fits and prints them: 12,425 wordings of
//! CLINC150's training part and of the DSTC11 sets, each judged without itself, with 4, 10 and 25 examples for each of 15, 40
//! and 75 intents, of which a tenth to a fifth were left out to stand in for messages that have no answer.

use super::NUMBERS;

/// Usual value of each sign.
pub(super) const USUAL: [f64; NUMBERS] = [0.0000, 0.7356, 6.0278, 0.7551, 0.7162, 5.9664, 0.7534, -0.4327, 0.5635, 42.5101, 0.5950];
/// Usual spread of each sign.
pub(super) const SPREAD: [f64; NUMBERS] = [1.0000, 0.1494, 2.4850, 0.1577, 0.1521, 1.7930, 0.2672, 0.4390, 0.2024, 24.0541, 0.2209];
/// Whether the best item is right.
pub(super) const RIGHT: [f64; NUMBERS] = [3.7203, -0.1642, 2.3161, -1.2674, 0.9916, 0.7139, -0.7149, -0.0525, -0.1522, -0.7117, 1.5314];
/// Whether any item is right.
#[allow(clippy::approx_constant, reason = "a fitted weight that happens to be near the root of a half")]
pub(super) const INSIDE: [f64; NUMBERS] = [4.3969, -0.3594, 1.2033, -1.4797, 0.8280, 1.0097, -0.7071, -0.2755, 0.7552, 0.1205, 1.6552];
