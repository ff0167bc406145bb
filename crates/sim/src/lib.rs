//! Past and imagined launches, played through the rules of production.
//!
//! [`history`] reads exports of other desks and replays them day by day with only what was known then; [`launch`] plays
//! a launch that has not happened, with and without each measure. Both end in the same rules that judge a live window.

pub mod history;
pub mod launch;
