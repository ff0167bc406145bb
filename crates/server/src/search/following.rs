//! Brings the index up to date: everything once, then for each event, in the order of the log, the conversation that it is about as the
//! store has it now. Reading one twice changes nothing, so that a break in between loses nothing.

use super::Failure;
use super::document::document;
use crate::App;
use hypercare_core::ConversationId;
use hypercare_search::{Change, Position};
use hypercare_store::StoreError;
use hypercare_store::queries::events;
use hypercare_store::queries::joined;
use hypercare_store::queries::search as stored;
use std::collections::BTreeSet;

/// Conversations that are read and committed in one go, while everything is read.
const READ: i64 = 500;
/// Events whose conversations are committed in one go.
const EVENTS: i64 = 500;
/// Bytes of what was said in one conversation that are found: its beginning and its newest.
const TEXT: usize = 1_000_000;

/// The event that says that nothing of what was said may be left.
const ERASED: &str = "conversation.erased";

/// Goes through what happened since the last time. Only one at a time: [`super::Search::nudge`] sees to it.
pub(super) async fn catch_up(app: &App) -> Result<(), Failure> {
    let search = &app.search;
    let mut at = search.with(app, |index| Ok(index.position())).await?;
    let newest = events::newest(&mut app.reader()).await?.map_or((0, 0), |(seq, at)| (seq, at.0));
    if at != Position::NOTHING && stored::at(&mut app.reader(), at.seq).await?.unwrap_or(0) != at.mark {
        tracing::info!("the search index belongs to another store, or to an earlier state of this one: it is made anew");
        search.with(app, hypercare_search::Index::clear).await?;
        at = Position::NOTHING;
    }
    if at == Position::NOTHING {
        at = Position { seq: newest.0, mark: newest.1, reading: Some(0) };
    }
    while let Some(after) = at.reading {
        let found = stored::range(&mut app.reader(), after, i64::MAX, READ, TEXT).await?;
        at.reading = found.last().map(|(id, _)| *id);
        let changes = found.into_iter().filter_map(|(_, found)| found).map(|found| Change::Put(Box::new(document(found)))).collect();
        apply(app, changes, at.clone()).await?;
        stop_here(app)?;
    }
    loop {
        let changed = stored::changed(&mut app.reader(), at.seq, EVENTS).await?;
        let Some(last) = changed.last() else { break };
        at = Position { seq: last.seq, mark: last.at, reading: None };
        // What is only marked as taken out stays in the files until they are merged: not so what was erased.
        let mut erased: Vec<i64> = vec![];
        for event in changed.iter().filter(|event| event.kind == ERASED) {
            erased.extend([event.subject_id, joined::root(&mut app.reader(), ConversationId(event.subject_id)).await?.0]);
        }
        if !erased.is_empty() {
            search.with(app, move |index| index.forget(&erased)).await?;
        }
        let mut ids: BTreeSet<i64> = changed.iter().map(|event| event.subject_id).collect();
        // What is part of another conversation is found as that one.
        for id in ids.clone() {
            ids.insert(joined::root(&mut app.reader(), ConversationId(id)).await?.0);
        }
        let mut changes = Vec::with_capacity(ids.len());
        for id in ids {
            let found = stored::one(&mut app.reader(), id, TEXT).await?;
            changes.push(found.map_or(Change::Remove(id), |found| Change::Put(Box::new(document(found)))));
        }
        apply(app, changes, at.clone()).await?;
        stop_here(app)?;
    }
    // What is no conversation's event is known as well.
    search.seq.send_replace(newest.0.max(at.seq));
    Ok(())
}

async fn apply(app: &App, changes: Vec<Change>, to: Position) -> Result<(), Failure> {
    app.search.with(app, move |index| index.apply(changes, to)).await
}

/// The server stops: what was committed is kept, and the next start goes on from there.
fn stop_here(app: &App) -> Result<(), Failure> {
    if *app.stopping.borrow() { Err(StoreError::Closed.into()) } else { Ok(()) }
}
