//! The plan's objectives and where each stands.

use super::view::ObjectiveView;
use crate::App;
use crate::http::ApiResult;
use hypercare_core::window::Window;
use std::collections::HashMap;

/// Every objective of the plan, in its order.
///
/// # Errors
/// When the database fails.
pub async fn objectives(app: &App, w: &Window) -> ApiResult<Vec<ObjectiveView>> {
    let signals: HashMap<&str, &str> = w.plan.objectives.iter().map(|o| (o.key.as_str(), o.signal.as_str())).collect();
    let facts = crate::signals::objectives(app, w).await?;
    Ok(facts
        .into_iter()
        .map(|f| ObjectiveView {
            signal: signals.get(f.key.as_str()).copied().unwrap_or_default().to_owned(),
            key: f.key,
            name: f.name,
            state: f.progress.state,
            sentence: f.progress.sentence,
            figures: f.progress.figures,
            unit: if f.progress.figures.ratios { "times" } else { f.unit }.to_owned(),
        })
        .collect())
}
