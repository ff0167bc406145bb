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
    verdict_of(app, w, &*overview(app, w).await?).await
}

pub(crate) fn objectives_in(o: &Overview) -> Vec<ObjectiveFacts> {
    o.course.objectives(o.at)
}

/// The verdict on these days, with what would be left behind.
///
/// # Errors
/// When the database fails.
pub(crate) async fn verdict_of(app: &App, w: &Window, o: &Overview) -> Result<exit::Verdict, StoreError> {
    let leaving = crate::normal::leaving(&mut app.reader(), w).await?;
    Ok(o.course.verdict_leaving(o.at, &[], &leaving))
}
