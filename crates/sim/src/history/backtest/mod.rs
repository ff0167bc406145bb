//! What the rules of production would have said on every day of a past, with only what was known then.

pub mod frame;
pub mod measure;
pub mod weeks;
