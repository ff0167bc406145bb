//! Somebody who delivers messages into a list, and fails when told to.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_server::outbox::{Deliver, Letter, ToColleague, Undelivered};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// The list and the failures to come.
#[derive(Debug, Default)]
pub struct FakePost {
    sent: Mutex<Vec<Letter>>,
    to_colleagues: Mutex<Vec<ToColleague>>,
    colleague_failures: Mutex<VecDeque<Undelivered>>,
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
    /// What colleagues got.
    pub fn to_colleagues(&self) -> Vec<ToColleague> {
        locked(&self.to_colleagues).clone()
    }
    /// The next `times` deliveries to colleagues fail like this.
    pub fn fail_colleagues(&self, times: usize, failure: &Undelivered) {
        locked(&self.colleague_failures).extend(std::iter::repeat_n(failure.clone(), times));
    }
    /// How often anything was tried for customers.
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
    fn to_colleague<'a>(&'a self, mail: &'a ToColleague) -> BoxFuture<'a, Result<(), Undelivered>> {
        async move {
            if let Some(failure) = locked(&self.colleague_failures).pop_front() {
                return Err(failure);
            }
            locked(&self.to_colleagues).push(mail.clone());
            Ok(())
        }
        .boxed()
    }
}
