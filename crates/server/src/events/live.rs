//! Hands new events to everybody in this process who watches.

use hypercare_store::queries::events::Line;
use std::sync::Arc;
use tokio::sync::broadcast;

/// How many events a slow watcher may be behind before it has to read them from the table.
const KEPT: usize = 4_096;

/// The hub. Bounded: who is too slow misses events here and knows it.
#[derive(Debug)]
pub struct Live(broadcast::Sender<Arc<Line>>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }
}

impl Live {
    /// Every event from now on, in order.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Line>> {
        self.0.subscribe()
    }
    /// Tells everybody.
    pub(super) fn tell(&self, line: Arc<Line>) {
        // Nobody watching is no failure.
        let _ = self.0.send(line);
    }
}
