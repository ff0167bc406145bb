//! The watch from what is in the store: for a desk that has none yet, and after a past was imported.

use super::dimensions;
use hypercare_core::calendar::zone;
use hypercare_core::watch::{Settings, Watch};
use hypercare_core::{Span, Timestamp};
use hypercare_store::Query;
use hypercare_store::StoreError;
use hypercare_store::queries::{warnings, windows};
use jiff::tz::TimeZone;

/// As far back as the watch remembers.
const BACK: Span = Span::days(70);
/// Conversations read in one go.
const BATCH: i64 = 5_000;

/// The watch as if it had looked at the end of every day so far, and the id of the newest conversation it saw.
/// What it said of days that are over is history; only what is still open counts.
///
/// # Errors
/// When the store fails.
pub(super) async fn rebuild(q: &mut impl Query, now: Timestamp) -> Result<(Watch, i64), StoreError> {
    let all = windows::list(q).await?;
    let fields = dimensions::watched(&all);
    let name = all.into_iter().next().map(|w| w.plan.window.zone);
    let zone = name.and_then(|name| zone(&name).ok()).unwrap_or(TimeZone::UTC);
    let number = u32::try_from(warnings::last_number(q).await?).unwrap_or(u32::MAX - 1) + 1;
    let mut watch = Watch::new(Settings::default(), zone).numbered_from(number);
    let (mut after, mut newest) = ((now - BACK, 0), 0);
    loop {
        let opened = warnings::opened_since(q, after.0, after.1, BATCH).await?;
        for one in &opened {
            watch.close_before(Timestamp(one.opened_at));
            dimensions::observe(&mut watch, one, &fields);
            newest = newest.max(one.id);
        }
        match opened.last() {
            Some(last) if i64::try_from(opened.len()).unwrap_or(0) == BATCH => after = (Timestamp(last.opened_at), last.id),
            _ => return Ok((watch, newest)),
        }
    }
}
