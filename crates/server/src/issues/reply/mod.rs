//! Reply to all: one text to every conversation of an issue, on its own channel, once each, stoppable.

pub mod audience;
pub mod control;
pub mod preview;
pub mod start;
pub mod step;
pub mod view;
