//! What is known of English words: syllables, how familiar, how rare.

mod familiar;
mod forms;
mod ranks;
mod syllables;

pub(super) use familiar::familiar;
pub(super) use ranks::{FUNCTION, UNKNOWN, rank};
pub use syllables::syllables;
