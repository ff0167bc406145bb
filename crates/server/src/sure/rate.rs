//! `POST /windows/{id}/sure`: another accepted rate. It is a line of the plan, so it changes as a version of the plan does.

use super::view::{SureView, sure};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::WindowId;
use hypercare_core::plan::WRONG_RATES;
use hypercare_core::window::{Window, WindowCommand};
use serde::Deserialize;
use utoipa::ToSchema;

/// Another accepted rate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewWrongRate)]
pub struct NewRate {
    /// Accepted share of wrong answers, 0.001 to 0.2.
    wrong_rate: f64,
    /// Also take out the confidence that the plan fixes, so that the outcomes set the threshold.
    #[serde(default)]
    unfix: bool,
    /// Why.
    reason: String,
}

/// Refuses a rate that no plan may have.
pub(super) fn check(rate: f64) -> ApiResult<()> {
    if WRONG_RATES.contains(&rate) {
        return Ok(());
    }
    let detail = format!("The accepted share of wrong answers is {} to {}, such as 0.02 for 2 in 100.", WRONG_RATES.start(), WRONG_RATES.end());
    Err(Problem::unprocessable("wrong_rate", detail))
}

/// Accept another rate of wrong answers. It becomes the next version of the plan, with the reason.
#[utoipa::path(post, path = "/windows/{id}/sure", tag = "answers", params(("id" = WindowId, Path)), request_body = NewRate,
    responses((status = 200, body = SureView), (status = "4XX", body = Problem)))]
pub(super) async fn set_wrong_rate(
    me: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewRate>,
) -> ApiResult<Json<SureView>> {
    crate::windows::load(&mut app.reader(), id).await?;
    check(new.wrong_rate)?;
    if new.reason.trim().is_empty() {
        return Err(Problem::unprocessable("reason", "Say why: the record keeps it with the plan's version."));
    }
    let stamp = me.stamp(&app).because(new.reason.trim());
    let window = app
        .store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Window>(id).await?;
                let mut plan = Box::new(change.existing()?.plan.clone());
                plan.assistant.wrong_rate = new.wrong_rate;
                plan.assistant.confidence = plan.assistant.confidence.filter(|_| !new.unfix);
                change.run(WindowCommand::ApplyPlan { id, plan }, &stamp, &())?;
                tx.save(change).await
            }
            .boxed()
        })
        .await?;
    app.knowledge.stale();
    sure(&app, &window, window.plan.assistant.wrong_rate).await.map(Json)
}
