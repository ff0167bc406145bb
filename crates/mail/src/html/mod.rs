//! HTML in a mail.

mod active;
mod markdown;
mod safe;
mod text;
mod tokens;

pub use active::active;
pub use markdown::to_markdown;
pub use safe::{RemoteImages, Safe, safe};
use text::is_void;
pub(crate) use text::text_of;
pub use text::to_text;

#[cfg(test)]
mod tests;
