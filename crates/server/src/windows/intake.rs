//! `GET /windows/{id}/intake`: where questions about the change come in, and whether customers who were pointed to the primary channel
//! go there.

use super::days::boundaries;
use super::load::load;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::{Channel, Timestamp, WindowId};
use hypercare_store::queries::intake;
use serde::Serialize;
use utoipa::ToSchema;

/// Days shown at most, the newest ones.
const MOST_DAYS: usize = 90;

/// Where questions about the change come in.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeFigures {
    /// Where the plan wants them.
    pub primary: Channel,
    /// What customers on other channels read.
    pub pointer: String,
    /// From here on, the moment of go-live.
    pub since: Timestamp,
    /// Conversations about the change since then.
    pub all: i64,
    /// Of these, those that began on the primary channel.
    pub by_primary: i64,
    /// Customers who began on another channel, and came with another question later.
    pub again: i64,
    /// Of these, those whose next question came by the primary channel.
    pub again_by_primary: i64,
    /// By local day, oldest first.
    pub days: Vec<IntakeDay>,
}

/// One day.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct IntakeDay {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// Conversations about the change that began.
    pub all: i64,
    /// Of these, on the primary channel.
    pub by_primary: i64,
}

/// Where questions about the change come in
///
/// Counted are conversations that are in scope and began since go-live.
#[utoipa::path(get, path = "/windows/{id}/intake", operation_id = "get_intake", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = IntakeFigures), (status = 404, description = "There is no such window, or its plan names no primary channel.", body = Problem)))]
pub(super) async fn get_intake(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<IntakeFigures>> {
    let mut reader = app.reader();
    let window = load(&mut reader, id).await?;
    let section = window.plan.intake.as_ref().ok_or_else(|| Problem::not_found("primary channel in this window's plan"))?;
    let (primary, now) = (section.primary, app.now());
    let since = window.activated_at.unwrap_or(window.go_live_at);
    let edges: Vec<Timestamp> = boundaries(now, &window.plan, MOST_DAYS).into_iter().filter(|edge| *edge > since).collect();
    let began = std::iter::once(since).chain(edges.iter().copied());
    let mut days: Vec<IntakeDay> = began.zip(edges.iter().copied()).map(|(from, until)| IntakeDay { from, until, all: 0, by_primary: 0 }).collect();
    let (mut all, mut by_primary) = (0, 0);
    for one in intake::began(&mut reader, id, since).await? {
        let own = if one.channel == primary.word() { one.n } else { 0 };
        all += one.n;
        by_primary += own;
        let place = days.partition_point(|day| day.until.0 <= one.at);
        if let Some(day) = days.get_mut(place).filter(|day| day.from.0 <= one.at + intake::PIECE) {
            day.all += one.n;
            day.by_primary += own;
        }
    }
    let again = intake::again(&mut reader, id, since, primary).await?;
    Ok(Json(IntakeFigures { primary, pointer: section.pointer.clone(), since, all, by_primary, again: again.n, again_by_primary: again.part, days }))
}
