//! What can be learned from messages that nothing approved answered: which ask the same, what people typically replied, and
//! which of their sentences belong into which part of an answer. Nothing is written here: every sentence is somebody's own.

mod group;
mod masked;
mod parts;
mod typical;

pub use group::{Asked, Group, group};
pub use masked::masked;
pub use parts::{Parts, parts_of};
pub use typical::most_typical;
