//! The only place that reads the time. Tests, the demo's past and fast-forward move it.

use hypercare_core::{Span, Timestamp};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// What time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved.
    Manual(Arc<watch::Sender<Timestamp>>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn manual(at: Timestamp) -> Self {
        Self::Manual(Arc::new(watch::Sender::new(at)))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
            }
            Self::Manual(sender) => *sender.borrow(),
        }
    }

    /// Moves a manual clock; it never goes back. The machine's clock does not move.
    pub fn set(&self, to: Timestamp) {
        if let Self::Manual(sender) = self {
            sender.send_if_modified(|now| {
                let forward = to > *now;
                *now = (*now).max(to);
                forward
            });
        }
    }

    /// Moves a manual clock by so much.
    pub fn advance(&self, by: Span) {
        self.set(self.now() + by);
    }

    /// Returns once it is at least `at`.
    pub async fn sleep_until(&self, at: Timestamp) {
        match self {
            Self::System => {
                let left = u64::try_from((at - self.now()).0).unwrap_or(0);
                tokio::time::sleep(Duration::from_micros(left)).await;
            }
            Self::Manual(sender) => {
                // The sender lives as long as this clock, so waiting cannot fail.
                let _ = sender.subscribe().wait_for(|now| *now >= at).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_moves_only_forward_and_wakes_sleepers() {
        let start = Timestamp::from_secs(1_000);
        let clock = Clock::manual(start);
        clock.set(Timestamp::from_secs(900));
        assert_eq!(clock.now(), start);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(Timestamp::from_secs(1_060)).await }
        });
        clock.advance(Span::secs(60));
        sleeper.await.unwrap();
    }
}
