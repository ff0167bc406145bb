//! `GET /unanswered`.

use super::groups::{self, Standing};
use super::view::{NearestAnswer, Unanswered, UnansweredState, mostly_used, view};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which groups.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Of this window.
    window: WindowId,
    /// open, drafted or dismissed; all by default.
    state: Option<UnansweredState>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// What nothing approved answered, what most people asked first
///
/// Of the newest 2,000 such messages about the change. What the assistant would answer by now is not listed.
#[utoipa::path(get, path = "/unanswered", operation_id = "list_unanswered", tag = "answers", params(Wanted), responses((status = 200, body = Page<Unanswered>), (status = "4XX", body = Problem)))]
pub(super) async fn list_unanswered(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<Unanswered>>> {
    let (after, limit) = (page::decode::<3>(w.cursor.as_deref())?, page::limit(w.limit)?);
    windows::load(&mut app.reader(), w.window).await?;
    let now = app.now();
    let mut shown: Vec<([i64; 3], Unanswered)> = vec![];
    for group in groups::groups(&app, w.window).await? {
        if after.is_some_and(|after| group.rank() <= after) || i64::try_from(shown.len()).unwrap_or(i64::MAX) > limit {
            continue;
        }
        if !w.state.is_none_or(|state| state == state_of(&group.standing)) {
            continue;
        }
        let reading = groups::reading(&app, w.window, &group).await?;
        // Whatever was written for something else, it answers this too.
        if group.standing == Standing::Open && reading.as_ref().is_some_and(|r| r.answered) {
            continue;
        }
        let mut one = view(w.window, &group, reading.as_ref(), now);
        prefer_used(&app, &mut one, &group).await?;
        shown.push((group.rank(), one));
    }
    Ok(Json(Page::cut(shown, limit, |(rank, _)| *rank, |(_, one)| one)))
}

fn state_of(standing: &Standing) -> UnansweredState {
    match standing {
        Standing::Open => UnansweredState::Open,
        Standing::Drafted(..) => UnansweredState::Drafted,
        Standing::Dismissed(_) => UnansweredState::Dismissed,
    }
}

/// What people replied with at least twice is nearer than what only reads alike.
pub(super) async fn prefer_used(app: &App, one: &mut Unanswered, group: &groups::Grouped) -> ApiResult<()> {
    let Some((answer, used)) = mostly_used(&group.lines).filter(|(_, used)| *used >= 2) else { return Ok(()) };
    if one.nearest.as_ref().is_some_and(|n| n.answer == answer) {
        return Ok(());
    }
    let found = hypercare_store::load::<hypercare_core::answer::Answer>(&mut app.reader(), answer.0).await?;
    if let Some(live) = found.as_ref().and_then(|a| a.live()) {
        one.nearest = Some(NearestAnswer { answer, title: live.text.title.clone(), confidence: None, used });
    }
    Ok(())
}
