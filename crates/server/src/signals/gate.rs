//! Objectives and exit, from the same days that screens show.

use super::overview::{Overview, overview};
use crate::App;
use hypercare_core::exit::{self, ObjectiveFacts};
use hypercare_core::window::Window;
use hypercare_store::StoreError;

/// Where each objective of the plan stands, in its order.
///
/// # Errors
/// When the database fails.
pub async fn objectives(app: &App, w: &Window) -> Result<Vec<ObjectiveFacts>, StoreError> {
    Ok(objectives_in(&*overview(app, w).await?))
}

/// Whether the window may end, why, and what is missing.
///
/// # Errors
/// When the database fails.
pub async fn exit_verdict(app: &App, w: &Window) -> Result<exit::Verdict, StoreError> {
    Ok(verdict_in(&*overview(app, w).await?))
}

pub(crate) fn objectives_in(o: &Overview) -> Vec<ObjectiveFacts> {
    o.course.objectives(o.at)
}

pub(crate) fn verdict_in(o: &Overview) -> exit::Verdict {
    o.course.verdict(o.at, &[])
}
