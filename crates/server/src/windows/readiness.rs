//! `GET /windows/{id}/readiness`: what is missing before go-live, and what to do about each.

use super::load::load;
use super::{length, owner};
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::window::readiness::{Facts, Gap, gaps, warnings};
use hypercare_core::window::{Phase, Window};
use hypercare_store::queries::{answers, cutovers, people};
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the change may go live.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Nothing is missing.
    pub ready: bool,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// What is unusual, but stands in nobody's way.
    pub warnings: Vec<String>,
}

/// What the plan still lacks, given the answers and people that exist now.
///
/// # Errors
/// When the database fails.
pub async fn missing(q: &mut impl Query, w: &Window) -> Result<Vec<Gap>, StoreError> {
    let answers = answers::of_window(q, Some(w.id)).await?;
    let people = people::list(q).await?;
    let facts = Facts {
        approved_answers: answers.into_iter().filter(|a| a.live.is_some()).map(|a| a.key).collect(),
        users: people.into_iter().filter(|p| !p.disabled).map(|p| p.email).collect(),
        rota: Some(crate::rota::of(q, w).await?),
    };
    Ok(gaps(&w.plan, &facts))
}

/// What is missing before go-live
#[utoipa::path(get, path = "/windows/{id}/readiness", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = Readiness), (status = "4XX", body = Problem)))]
pub(super) async fn get_readiness(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Readiness>> {
    let mut reader = app.reader();
    let window = load(&mut reader, id).await?;
    let gaps = missing(&mut reader, &window).await?;
    let (rota, names) = (crate::rota::of(&mut reader, &window).await?, owner::names(&mut reader).await?);
    let sentence = |w: Gap| crate::rota::with_names(&names, &format!("{} {}", w.what, w.fix));
    let mut said: Vec<String> = warnings(&window.plan, Some(&rota)).into_iter().map(sentence).collect();
    let has_runbook = window.plan.runbook.as_ref().is_some_and(|r| !r.steps.is_empty());
    if window.phase == Phase::Preparing && has_runbook && cutovers::rehearsed(&mut reader, id).await? == 0 {
        said.push("The cutover runbook has not been rehearsed. Run it once as a rehearsal: the window stays as it is.".to_owned());
    }
    if window.phase != Phase::Preparing {
        said.extend(length::warning(&window, app.now()));
    }
    Ok(Json(Readiness { ready: gaps.is_empty(), gaps, warnings: said }))
}
