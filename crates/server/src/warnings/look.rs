//! One look of the watch: what began since the last one is taken in, what changed is kept with its event, and the next look
//! is asked for. At most every quarter of an hour while conversations arrive, and at the end of every day.

use super::{dimensions, rebuild};
use crate::App;
use futures_util::FutureExt;
use hypercare_core::watch::{Change, Figures, Warning, Watch};
use hypercare_core::window::Window;
use hypercare_core::{Actor, Span, Stamp, Timestamp, WindowId};
use hypercare_store::queries::{events, timers, warnings, windows};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;
use std::collections::BTreeMap;

/// Conversations read in one go.
const BATCH: i64 = 5_000;

/// What a look found.
struct Found {
    version: i64,
    seq: i64,
    watch: Watch,
    changes: Vec<Change>,
    /// Whether the watch began anew, so that what it has open may be kept already.
    anew: bool,
    window: Option<WindowId>,
}

/// Looks. Repeating it is harmless: where another node was faster, nothing is kept.
///
/// # Errors
/// When the store fails.
pub async fn look(app: &App, due: Option<timers::Due>) -> Result<(), WriteError> {
    let found = find(app).await?;
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                if let Some(due) = &due {
                    timers::finish(tx, due).await?;
                }
                keep(tx, found, &stamp).await
            }
            .boxed()
        })
        .await
}

async fn find(app: &App) -> Result<Found, StoreError> {
    let (mut reader, now) = (app.reader(), app.now());
    let all = windows::list(&mut reader).await?;
    let fields = dimensions::watched(&all);
    let window = all.into_iter().find(|w| w.phase.is_open()).map(|w: Window| w.id);
    let kept = warnings::state(&mut reader).await?;
    let version = kept.as_ref().map_or(0, |(version, ..)| *version);
    if let Some((_, seq, doc)) = kept {
        let mut watch: Watch = serde_json::from_str(&doc).map_err(|e| StoreError::Corrupt { what: "watch_state", detail: e.to_string() })?;
        let mut changes = Vec::new();
        if let Some(seq) = take_in(&mut reader, &mut watch, (seq, 0), &fields, &mut changes).await? {
            changes.extend(watch.close_before(now));
            changes.extend(watch.look(now));
            return Ok(Found { version, seq, watch, changes, anew: false, window });
        }
    }
    // The number of the newest event first: what begins meanwhile is newer, and is told apart by its id.
    let seq = events::newest(&mut reader).await?.map_or(0, |(seq, _)| seq);
    let (mut watch, newest) = rebuild::rebuild(&mut reader, now).await?;
    let mut changes = Vec::new();
    let seq = take_in(&mut reader, &mut watch, (seq, newest), &fields, &mut changes).await?.unwrap_or(seq);
    watch.close_before(now);
    watch.look(now);
    let changes = watch.open().cloned().map(Change::Opened).collect();
    Ok(Found { version, seq, watch, changes, anew: true, window })
}

/// Takes in what began after an event, except conversations up to an id. None if a past was imported that the watch does not know.
async fn take_in(
    reader: &mut hypercare_store::Reader,
    watch: &mut Watch,
    (mut seq, seen): (i64, i64),
    fields: &BTreeMap<String, String>,
    changes: &mut Vec<Change>,
) -> Result<Option<i64>, StoreError> {
    loop {
        let opened = warnings::opened_after(reader, seq, BATCH).await?;
        for one in &opened {
            seq = seq.max(one.seq);
            if one.id <= seen {
                continue;
            }
            let at = Timestamp(one.opened_at);
            if watch.today().is_some_and(|today| watch.day_of(at + Span::days(1)) < today) {
                return Ok(None);
            }
            changes.extend(watch.close_before(at));
            dimensions::observe(watch, one, fields);
        }
        if i64::try_from(opened.len()).unwrap_or(0) < BATCH {
            return Ok(Some(seq));
        }
    }
}

async fn keep(tx: &mut Tx, found: Found, stamp: &Stamp) -> Result<(), WriteError> {
    let doc = encoded(&found.watch)?;
    if !warnings::state_save(tx, found.version + 1, found.seq, &doc).await? {
        return Ok(());
    }
    for change in &found.changes {
        let warning = change.warning();
        let (doc, until) = (encoded(warning)?, found.watch.bounds(warning.latest.to).1);
        match change {
            Change::Opened(_) => {
                let known = if found.anew { warnings::of_value(tx, &warning.dimension, &warning.value).await? } else { None };
                match known {
                    Some(known) => warnings::renumber(tx, known.id, warning.number, until, &doc).await?,
                    None => open(tx, warning, &doc, &found, stamp).await?,
                }
            }
            Change::GoesOn(_) => warnings::go_on(tx, warning.number, until, &doc).await?,
            Change::Closed(_) => close(tx, warning, &doc, stamp).await?,
        }
    }
    if let Some(at) = found.watch.closes_at() {
        warnings::look_at(tx, at).await?;
    }
    Ok(())
}

async fn open(tx: &mut Tx, warning: &Warning, doc: &str, found: &Found, stamp: &Stamp) -> Result<(), StoreError> {
    let id: i64 = tx.new_id(stamp.at);
    let Figures { from, to, .. } = warning.at_first;
    let new = warnings::New {
        id,
        number: warning.number,
        window: found.window,
        value: (&warning.dimension, &warning.value),
        first_seen: warning.first_seen,
        span: (found.watch.bounds(from).0, found.watch.bounds(to).1),
        doc,
    };
    warnings::insert(tx, &new).await?;
    tx.record("warning.opened", ("warning", id), found.window, stamp, said(warning)).await.map(drop)
}

async fn close(tx: &mut Tx, warning: &Warning, doc: &str, stamp: &Stamp) -> Result<(), StoreError> {
    let Some(kept) = warnings::by_number(tx, warning.number).await?.filter(|k| k.state != "closed") else { return Ok(()) };
    warnings::close(tx, warning.number, doc).await?;
    tx.record("warning.closed", ("warning", kept.id), kept.window_id.map(WindowId), stamp, said(warning)).await.map(drop)
}

/// What an event says of a warning.
pub(super) fn said(warning: &Warning) -> String {
    json!({ "dimension": warning.dimension, "value": warning.value, "kind": warning.kind.key(), "why": warning.why }).to_string()
}

fn encoded(what: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(what).map_err(|e| StoreError::Corrupt { what: "watch_state", detail: e.to_string() })
}
