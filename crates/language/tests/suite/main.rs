//! The crate on whole messages: the demo's files, accuracy on them, and calibration on a bank's questions.

mod accuracy;
mod banking77;
mod demo;
mod demo_files;
mod long_and_odd;
mod repeats;
