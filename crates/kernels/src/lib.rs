//! The arithmetic under the sentence encoder.
//!
//! Weights are of eight bits, as the model's file has them. What they are multiplied with is brought to eight bits as it
//! comes, in groups of 64 numbers that share a scale ([`Rows`]), so that a product is one of small whole numbers, which
//! processors do many at a time. Sums of whole numbers have no rounding and every sum of fractions has a fixed order, and
//! multiplying and adding are never joined: **every [`Level`] gives the same bits**.

mod functions;
mod level;
mod matrix;
mod rows;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use functions::{attention, gelu, layer_norm};
pub use level::Level;
pub use matrix::{Matrix, group_sums, pack};
pub use rows::Rows;

/// Numbers that share a scale when they are brought to eight bits.
pub const GROUP: usize = 64;
/// Outputs that are computed side by side; the outputs of a matrix are a multiple of it.
pub const PANEL: usize = 32;
/// Numbers that are computed side by side.
const LANES: usize = 16;
