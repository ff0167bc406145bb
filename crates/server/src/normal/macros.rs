//! `GET /macros`: answers that agents go on using after their windows.

use crate::App;
use crate::http::{ApiResult, May, Page, Params, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::{AnswerId, WindowId};
use hypercare_store::queries::answers;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A reply that agents go on using.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Macro {
    /// The answer that it is.
    pub answer: AnswerId,
    /// Which version.
    pub version: u32,
    /// Its name.
    pub title: String,
    /// The reply.
    pub text: String,
    /// Where it says more.
    pub source: String,
    /// The window that it was made for.
    pub window: WindowId,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Replies that agents go on using
#[utoipa::path(get, path = "/macros", tag = "answers", params(Wanted), responses((status = 200, body = Page<Macro>), (status = "4XX", body = Problem)))]
pub(super) async fn list_macros(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<Macro>>> {
    let (after, limit) = (page::decode::<1>(w.cursor.as_deref())?, page::limit(w.limit)?);
    let all = answers::macros(&mut app.reader()).await?;
    let shown = all.into_iter().filter(|a| after.is_none_or(|[after]| a.id.0 > after)).filter_map(|a| {
        let (live, became) = (a.live()?, a.kept()?);
        Some(Macro {
            answer: a.id,
            version: live.version,
            title: became.title.clone(),
            text: live.text.as_reply(),
            source: live.text.source.clone(),
            window: a.window,
        })
    });
    Ok(Json(Page::cut(shown.collect(), limit, |m| [m.answer.0], |m| m)))
}
