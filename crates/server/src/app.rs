//! What every part of the server shares: the store, the clock, the settings and what was compiled from plans.

use crate::http::Limits;
use crate::knowledge::Knowledge;
use crate::{Clock, Config};
use hypercare_core::{Actor, Stamp, Timestamp};
use hypercare_store::{Reader, Store, StoreError};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tokio::sync::Notify;

/// The running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// Its parts.
pub struct Inner {
    /// Everything that is kept.
    pub store: Store,
    /// The only source of time.
    pub clock: Clock,
    /// Settings.
    pub config: Config,
    /// Plans, answers and issues, compiled for triage.
    pub knowledge: Knowledge,
    /// Wakes the engine before its next due time.
    pub wake: Notify,
    /// When the engine last came round, in microseconds; 0 before its first time. The engine writes it.
    pub engine_beat: AtomicI64,
    /// How often each caller has called lately.
    pub limits: Limits,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens the store and compiles what it holds.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StoreError> {
        let store = Store::open(&config.location).await?;
        Ok(Self(Arc::new(Inner {
            store,
            clock,
            config,
            knowledge: Knowledge::default(),
            wake: Notify::new(),
            engine_beat: AtomicI64::new(0),
            limits: Limits::default(),
        })))
    }
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
    /// For reading.
    pub fn reader(&self) -> Reader {
        self.store.reader()
    }
    /// Somebody does something now.
    pub fn stamp(&self, actor: Actor) -> Stamp {
        Stamp::new(actor, self.now())
    }
}
