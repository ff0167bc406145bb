//! How often somebody may do something: token buckets in memory, on the application's clock.
//!
//! Each node counts for itself; with several nodes a caller may do as much on each.

use super::problem::{ApiResult, Problem};
use hypercare_core::{Span, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const MOST_BUCKETS: usize = 20_000;

/// How much of something is allowed: up to `burst` at once, and `burst` more every `per`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many at once.
    pub burst: u32,
    /// How long an empty bucket takes to fill.
    pub per: Span,
}

impl Allowance {
    /// So many a minute.
    pub const fn a_minute(burst: u32) -> Self {
        Self { burst, per: Span::mins(1) }
    }
    /// Time after which one more is allowed, in microseconds; at least one.
    fn interval(self) -> i64 {
        (self.per.0 / i64::from(self.burst.max(1))).max(1)
    }
}

/// All buckets. Their number is bounded; the fullest, which remember least, go first.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<String, Bucket>>);

/// Kept as the time at which the bucket is full again (the "generic cell rate algorithm", ITU-T I.371).
#[derive(Clone, Copy, Debug)]
struct Bucket {
    full_at: i64,
}

impl Limits {
    /// Takes one from the bucket of `key`.
    ///
    /// # Errors
    /// 429 with the time to wait, when it is empty.
    pub fn take(&self, key: String, allowance: Allowance, now: Timestamp) -> ApiResult<()> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS && !buckets.contains_key(&key) {
            make_room(&mut buckets, now.0);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { full_at: now.0 });
        let full_at = bucket.full_at.max(now.0) + allowance.interval();
        let over = full_at - now.0 - allowance.interval() * i64::from(allowance.burst.max(1));
        if over > 0 {
            return Err(Problem::too_many(Span(over)));
        }
        bucket.full_at = full_at;
        Ok(())
    }

    /// Puts one back that turned out not to count.
    pub fn give_back(&self, key: &str, allowance: Allowance) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(key) {
            bucket.full_at -= allowance.interval();
        }
    }
}

fn make_room(buckets: &mut HashMap<String, Bucket>, now: i64) {
    buckets.retain(|_, bucket| bucket.full_at > now);
    if buckets.len() >= MOST_BUCKETS {
        let mut times: Vec<i64> = buckets.values().map(|bucket| bucket.full_at).collect();
        times.sort_unstable();
        let half = times[times.len() / 2];
        buckets.retain(|_, bucket| bucket.full_at > half);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limits = Limits::default();
        let allowance = Allowance { burst: 5, per: Span::mins(5) };
        let at = |secs: i64| Timestamp::from_secs(1_000_000 + secs);
        let take = |secs| limits.take("a".into(), allowance, at(secs)).is_ok();
        assert_eq!((0..7).filter(|_| take(0)).count(), 5);
        assert!(!take(59));
        assert!(take(60), "one more after a fifth of the time");
        assert!(!take(61));
        assert_eq!((0..7).filter(|_| take(10_000)).count(), 5);
        assert!(limits.take("b".into(), allowance, at(0)).is_ok(), "others have their own");
    }

    #[test]
    fn what_is_given_back_does_not_count() {
        let limits = Limits::default();
        let allowance = Allowance::a_minute(2);
        for _ in 0..10 {
            limits.take("a".into(), allowance, Timestamp::from_secs(0)).unwrap();
            limits.give_back("a", allowance);
        }
    }

    #[test]
    fn the_problem_says_how_long() {
        let limits = Limits::default();
        let allowance = Allowance::a_minute(2);
        let now = Timestamp::from_secs(0);
        for _ in 0..2 {
            limits.take("a".into(), allowance, now).unwrap();
        }
        let problem = limits.take("a".into(), allowance, now).unwrap_err();
        assert!(problem.detail().contains("30 s"), "{}", problem.detail());
    }

    #[test]
    fn strangers_cannot_fill_the_memory() {
        let limits = Limits::default();
        for n in 0..MOST_BUCKETS * 2 {
            limits.take(n.to_string(), Allowance::a_minute(2), Timestamp::from_secs(0)).unwrap();
        }
        assert!(limits.0.lock().unwrap().len() <= MOST_BUCKETS);
    }
}
