//! HTML in a mail.

mod active;
mod safe;
mod text;
mod tokens;

pub use active::active;
pub use safe::{RemoteImages, Safe, safe};
use text::is_void;
pub(crate) use text::text_of;
pub use text::to_text;

#[cfg(test)]
mod tests;
