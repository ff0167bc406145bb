//! What is marked and what is not; what is counted; how it holds up.

mod count;
mod hold;
mod mark;
