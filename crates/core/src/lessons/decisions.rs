//! Where decisions stalled, in groups. Those that still wait count with their time so far: leaving them out would make a queue look the
//! better the longer nobody rules.

use crate::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long one decision waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The group it belongs to.
    pub group: String,
    /// From the question to the ruling, or until now.
    pub waited: Span,
    /// How long it may wait at most; none where that was not said.
    pub within: Option<Span>,
    /// Nobody has ruled yet.
    pub open: bool,
}

/// Decisions of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitGroup {
    /// Its name.
    pub name: String,
    /// How many were asked for.
    pub asked: usize,
    /// How many of them still wait.
    pub open: usize,
    /// How many waited longer than they should.
    pub late: usize,
    /// Median wait in seconds; of open ones so far, so at least this.
    pub median: Span,
    /// Longest wait in seconds; of an open one so far, so at least this.
    pub longest: Span,
}

/// Groups, the longest wait first.
pub type Waits = Vec<WaitGroup>;

/// The waits by group, the longest first.
pub fn waits(all: &[Wait]) -> Waits {
    let mut groups: BTreeMap<&str, Vec<&Wait>> = BTreeMap::new();
    for wait in all {
        groups.entry(&wait.group).or_default().push(wait);
    }
    let group = |(name, mut own): (&str, Vec<&Wait>)| {
        own.sort_by_key(|w| w.waited);
        let middle = own[(own.len() - 1) / 2].waited.0.midpoint(own[own.len() / 2].waited.0);
        WaitGroup {
            name: name.to_owned(),
            asked: own.len(),
            open: own.iter().filter(|w| w.open).count(),
            late: own.iter().filter(|w| w.within.is_some_and(|most| w.waited > most)).count(),
            median: Span(middle),
            longest: own.last().map_or(Span::ZERO, |w| w.waited),
        }
    };
    let mut found: Waits = groups.into_iter().map(group).collect();
    found.sort_by(|a, b| (b.longest, b.asked, &a.name).cmp(&(a.longest, a.asked, &b.name)));
    found
}
