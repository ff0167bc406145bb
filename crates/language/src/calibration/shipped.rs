//! The weights for the time before there are outcomes. `cargo xtask eval calibrate` fits them and prints this file's figures.

use super::NUMBERS;

/// Usual value of each sign.
pub(super) const USUAL: [f64; NUMBERS] = [0.0, 0.65, 3.5, 0.65, 0.65, 3.0, 0.7, 0.0, 0.45, 16.0, 0.45];
/// Usual spread of each sign.
pub(super) const SPREAD: [f64; NUMBERS] = [1.0, 0.15, 2.5, 0.15, 0.15, 2.0, 0.3, 0.5, 0.18, 18.0, 0.2];
/// Whether the best item is right.
pub(super) const RIGHT: [f64; NUMBERS] = [1.0, 0.4, 1.0, 0.2, 0.2, 0.5, 0.3, 0.3, 0.0, 0.0, 0.0];
/// Whether any item is right.
pub(super) const INSIDE: [f64; NUMBERS] = [2.0, 0.4, 0.5, 0.4, 0.4, 0.5, 0.2, 0.5, 0.0, 0.0, 0.0];
