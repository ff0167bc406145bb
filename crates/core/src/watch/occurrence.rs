//! What is watched: one thing that happened, with a value in each of some dimensions.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// One ticket, conversation or message as it was known at `at`.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'a> {
    /// When it was known: it counts on this instant's day.
    pub at: Timestamp,
    /// Who is behind it: any opaque id of the customer or caller.
    pub person: Option<&'a str>,
    /// Who or what wrote it down, where that is another: an agent, an interface.
    pub reporter: Option<&'a str>,
    /// Dimension and value. A dimension that is not named has no value; of one named twice, both count.
    pub values: &'a [(&'a str, &'a str)],
}

/// An occurrence as the watch keeps it: numbers only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Event {
    /// Minute of the day in the desk's zone.
    pub minute: u16,
    /// Fingerprint of the person.
    pub person: Option<u64>,
    /// Fingerprint of the reporter.
    pub reporter: Option<u64>,
    /// Series it belongs to, in order.
    pub values: Box<[u32]>,
}

impl Event {
    /// Whether it has this value.
    pub fn has(&self, series: u32) -> bool {
        self.values.binary_search(&series).is_ok()
    }
}

/// FNV-1a: the same on every machine and in every version, because it is kept between runs.
pub(super) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
