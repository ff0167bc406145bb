//! How many conversations each saved view has, up to a thousand: counting stops there.
//!
//! While nothing happens at the desk, a count that this node made is the count: it is kept with the number of the last event before it.

use super::SavedView;
use crate::App;
use crate::conversations::{Filters, count_found};
use crate::http::auth::{Caller, May, perm};
use crate::http::problem::ApiResult;
use axum::Json;
use axum::extract::State;
use hypercare_core::{SavedViewId, UserId};
use hypercare_store::queries::{conversations, events, views as stored};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use utoipa::ToSchema;

/// Counting stops here; one more says that there are more.
const MOST: i64 = 1_000;
/// Counts that are remembered.
const REMEMBERED: usize = 2_000;

/// Counts that this node made, by filters and by who asked, with the last event before.
#[derive(Debug, Default)]
pub struct Cache(Mutex<HashMap<(String, i64), (i64, i64)>>);

impl Cache {
    fn get(&self, key: &(String, i64), seq: i64) -> Option<i64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).filter(|(at, _)| *at == seq).map(|(_, count)| *count)
    }
    fn put(&self, key: (String, i64), seq: i64, count: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, (at, _)| *at == seq);
        }
        if known.len() < REMEMBERED {
            known.insert(key, (seq, count));
        }
    }
}

/// How many conversations a view has.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViewCount {
    /// Which view.
    id: SavedViewId,
    /// How many; at most 1,000. None where the view cannot be counted: it says why.
    count: Option<i64>,
    /// There are 1,000 or more.
    more: bool,
}

/// How many conversations each view has.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViewCounts {
    /// Each view that you see.
    items: Vec<SavedViewCount>,
}

/// Count the conversations of each saved view
#[utoipa::path(get, path = "/views/counts", operation_id = "count_views", tag = "views", responses((status = 200, body = SavedViewCounts)))]
pub(super) async fn count_views(me: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<SavedViewCounts>> {
    let views = stored::visible(&mut app.reader(), me.user_id().unwrap_or(UserId(0))).await?;
    // Before counting: what happens meanwhile makes the counts old, never the other way round.
    let seq = events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq);
    let mut items = vec![];
    for view in views {
        let count = count(&app, &me, &view, seq).await?;
        items.push(SavedViewCount { id: SavedViewId(view.id), count: count.map(|n| n.min(MOST)), more: count.is_some_and(|n| n >= MOST) });
    }
    Ok(Json(SavedViewCounts { items }))
}

async fn count(app: &App, me: &Caller, view: &SavedView, seq: i64) -> ApiResult<Option<i64>> {
    let Ok(filters) = serde_json::from_str::<Filters>(&view.filters) else { return Ok(None) };
    // Only what is mine depends on who asks.
    let who = me.user_id().filter(|_| filters.view.as_deref() == Some("mine")).map_or(0, i64::from);
    let key = (view.filters.clone(), who);
    if let Some(known) = app.views.get(&key, seq) {
        return Ok(Some(known));
    }
    // What is wrong with it is said with the view; it must not take the other counts along.
    let Ok(filter) = filters.checked(&mut app.reader(), me.user_id()).await else { return Ok(None) };
    let n = match filters.words() {
        None => conversations::how_many(&mut app.reader(), &filter, filters.only_open(), MOST).await?,
        Some(typed) => match count_found(app, typed, &filter).await {
            Ok((n, true)) => n,
            // Some of it is still being read: it is no count to remember.
            Ok((n, false)) => return Ok(Some(n)),
            Err(_) => return Ok(None),
        },
    };
    app.views.put(key, seq, n);
    Ok(Some(n))
}
