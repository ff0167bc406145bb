//! How sure the assistant must be: the accepted rate of wrong answers, kept by confirmed outcomes.

mod fits;
mod label;
mod outcomes;
mod rate;
mod try_many;
mod view;

pub use fits::{Fits, Fitted};
pub use label::{NewLabel, label};
pub use view::SureView;

use crate::App;
use hypercare_core::conversation::assistant::{HeldBack, Settings};
use hypercare_core::plan::Plan;
use hypercare_language::calibration::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(view::get_sure, rate::set_wrong_rate))
        .routes(routes!(outcomes::list_outcomes))
        .routes(routes!(outcomes::remove_outcome))
        .routes(routes!(label::label_messages))
        .routes(routes!(try_many::try_messages))
}

/// What the assistant may do by a plan and by what was confirmed. The plan's own confidence goes before all outcomes; without it
/// the outcomes set the threshold, or hold the assistant back.
pub fn settings(plan: &Plan, fitted: Option<&Fitted>) -> Settings {
    let assistant = &plan.assistant;
    let held = |held_back| Settings { answers: assistant.answers, confidence: 1.0, held_back: Some(held_back) };
    let from = |confidence| Settings { answers: assistant.answers, confidence, held_back: None };
    match (assistant.confidence, fitted) {
        (Some(fixed), _) => from(fixed),
        (None, None) => held(HeldBack::NotYetKnown),
        (None, Some(fitted)) => match fitted.fit.threshold(assistant.wrong_rate) {
            Ok(threshold) => from(threshold.confidence),
            Err(Refused::TooFew { more }) => held(HeldBack::TooFew { more: u32::try_from(more).unwrap_or(u32::MAX) }),
            Err(Refused::TooOftenWrong { .. }) => held(HeldBack::TooOftenWrong),
        },
    }
}
