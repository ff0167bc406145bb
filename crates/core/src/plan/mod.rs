//! The plan of a window as a file: TOML, checked in beside the code that changes.
//!
//! [`model`] is the shape; [`check()`] reads text like a compiler (line, column, reason, suggestion);
//! [`diff`] says what applying would change; [`export`] writes it back; [`schema`] serves editors.

mod length;
mod model;

pub use length::Length;
pub use model::*;
