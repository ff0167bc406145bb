//! Time-ordered ids: 41 bits of milliseconds since 2024, 14 bits of sequence, 8 bits of node.

use hypercare_core::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

const EPOCH_MS: i64 = 1_704_067_200_000;
const NODE_MASK: i64 = 0xff;

/// Makes ids that only ever grow, also when the clock goes back.
#[derive(Debug)]
pub struct Ids {
    last: AtomicI64,
    node: i64,
}

impl Ids {
    pub(crate) fn new(last: i64, node: i64) -> Self {
        Self { last: AtomicI64::new(last), node: node & NODE_MASK }
    }
    pub(crate) fn next(&self, now: Timestamp) -> i64 {
        let by_time = (now.0 / 1000 - EPOCH_MS).max(0) << 22;
        let step = |last: i64| by_time.max((last & !NODE_MASK) + NODE_MASK + 1) | self.node;
        let mut last = self.last.load(Ordering::Relaxed);
        loop {
            let next = step(last);
            match self.last.compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return next,
                Err(seen) => last = seen,
            }
        }
    }
    pub(crate) fn node(&self) -> i64 {
        self.node
    }
    pub(crate) fn last(&self) -> i64 {
        self.last.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let ids = Ids::new(0, 3);
        let noon = Timestamp::parse("2026-11-17T12:00:00Z").unwrap();
        let mut last = ids.next(noon);
        for i in 0..40_000 {
            let next = ids.next(Timestamp(noon.0 - i * 1000));
            assert!(next > last && next & NODE_MASK == 3);
            last = next;
        }
    }
}
