//! Whether a way still works: one on which nothing arrives is switched off, and its person is told.

use crate::webhooks::Verdict;
use hypercare_core::{Span, Stamp, Timestamp, UserId, WayId};
use hypercare_store::queries::ways;
use hypercare_store::{StoreError, Tx, notices};

/// Messages in a row that can never arrive, after which a way is switched off.
const MOST: i64 = 3;
/// A way on which nothing arrives for so long is switched off.
const PATIENCE: Span = Span::days(5);

/// Keeps what an attempt says of its way. Returns whether the way was switched off.
pub(super) async fn keep(tx: &mut Tx, id: WayId, verdict: &Verdict, stamp: &Stamp) -> Result<bool, StoreError> {
    let why = match verdict {
        Verdict::Delivered => return ways::works(tx, id).await.map(|()| false),
        Verdict::Gone => "The receiver answered 410: it wants nothing any more.".to_owned(),
        Verdict::Later(why, _) | Verdict::Never(why) => why.clone(),
    };
    ways::fails(tx, id, stamp.at, matches!(verdict, Verdict::Never(_) | Verdict::Gone)).await?;
    let Some(way) = ways::by_id(tx, id).await? else { return Ok(false) };
    let long = way.failing_since.is_some_and(|since| stamp.at - Timestamp(since) >= PATIENCE);
    let over = *verdict == Verdict::Gone || way.failures >= MOST || long;
    if !over || !ways::switch(tx, id, Some((stamp.at, &why))).await? {
        return Ok(false);
    }
    tracing::warn!(way = id.0, %why, "a way to reach somebody was switched off");
    notices::way_off(tx, UserId(way.user_id), &way.name, &why, stamp).await?;
    Ok(true)
}
