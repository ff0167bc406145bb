//! How the rules behave: what the numbers in `docs/why-five-days.md` are, simulated with the rules themselves.
//!
//! `cargo test -p hypercare-core --test operating -- --nocapture` prints the tables.

mod detection;
mod exit_rules;
mod model;
mod random;
mod whole;
