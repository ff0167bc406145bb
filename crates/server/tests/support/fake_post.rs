//! Somebody who delivers messages into a list, and fails when told to.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_server::outbox::{Deliver, Letter, Undelivered};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// The list and the failures to come.
#[derive(Debug, Default)]
pub struct FakePost {
    sent: Mutex<Vec<Letter>>,
    attempts: Mutex<u32>,
    failures: Mutex<VecDeque<Undelivered>>,
    /// Letters to these are never answered.
    silent: Mutex<Vec<String>>,
    patience_ends: Notify,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FakePost {
    /// The next `times` deliveries fail like this.
    pub fn fail(&self, times: usize, failure: &Undelivered) {
        locked(&self.failures).extend(std::iter::repeat_n(failure.clone(), times));
    }
    /// This receiver takes letters and never says so.
    pub fn fall_silent(&self, to: &str) {
        locked(&self.silent).push(to.to_owned());
    }
    /// Those who are silent hang up.
    pub fn hang_up(&self) {
        self.patience_ends.notify_waiters();
    }
    /// What was delivered.
    pub fn sent(&self) -> Vec<Letter> {
        locked(&self.sent).clone()
    }
    /// How often anything was tried.
    pub fn attempts(&self) -> u32 {
        *locked(&self.attempts)
    }
}

impl Deliver for FakePost {
    fn deliver<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        async move {
            *locked(&self.attempts) += 1;
            let silent = locked(&self.silent).contains(&letter.outbound.to);
            if silent {
                self.patience_ends.notified().await;
                return Err(Undelivered::Later("It hung up.".into()));
            }
            if let Some(failure) = locked(&self.failures).pop_front() {
                return Err(failure);
            }
            locked(&self.sent).push(letter.clone());
            Ok(())
        }
        .boxed()
    }
}
