//! The crate on whole messages: the demo's files and accuracy on them.

mod accuracy;
mod demo;
mod demo_files;
mod long_and_odd;
mod repeats;
