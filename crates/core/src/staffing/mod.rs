//! How many people are needed: queues for live channels, a backlog for work with targets in hours.
//!
//! **Where which holds.** Erlang B, C and A describe *live* channels, where somebody waits on the line: chat and
//! telephone. E-mail and tickets with targets in hours are not a queue in its steady state; for them the backlog
//! model is used, interval by interval. Numbers are staffed to a percentile of the forecast, not to its mean, because
//! arrival rates vary more than by chance. Units: rates per second, times in seconds, loads in erlangs.

mod erlang;
mod live;
mod patience;
#[cfg(test)]
mod tests;

pub use erlang::{AGENTS_LIMIT, ErlangC, erlang_b, erlang_c};
pub use live::{Load, Need, Target};
pub use patience::ErlangA;
