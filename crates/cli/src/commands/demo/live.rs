//! After the past: customers go on writing at a pace one can watch, and people answer.

use super::play::Story;
use super::script::Act;
use hypercare_core::Timestamp;
use std::time::Duration;
use tokio::sync::watch;

/// Customers who go on writing; after them it stays quiet, so that a forgotten demo does not fill a disk.
const MOST: usize = 400;

/// Plays what is left of the day, then more of the same, one act at each beat of `pace`, until `stop`.
pub async fn go_on(mut story: Story, pace: Duration, mut stop: watch::Receiver<bool>) {
    let mut written = 0;
    while !*stop.borrow() {
        let next = story.script.next(Timestamp(i64::MAX)).map(|(_, act)| act);
        let Some(act) = next.or_else(|| (written < MOST).then(|| story.encore()).flatten()) else { return };
        // The team's routine of later hours belongs to later hours.
        if matches!(act, Act::Review { .. } | Act::Pulse { .. } | Act::Issues { .. } | Act::ReplyToAll { .. } | Act::TakeOver) {
            continue;
        }
        written += usize::from(matches!(act, Act::Write(_)));
        let now = story.app.now();
        if let Err(error) = story.act(now, act).await {
            tracing::warn!(%error, "one act of the demo did not work");
        }
        tokio::select! {
            () = tokio::time::sleep(pace) => {}
            _ = stop.changed() => return,
        }
    }
}
