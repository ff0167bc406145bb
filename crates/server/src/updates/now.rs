//! The next update that customers were promised, for the first look.

use super::view::{UpdatePromise, promise};
use crate::App;
use crate::http::ApiResult;
use hypercare_core::UpdateId;
use hypercare_core::window::Window;
use hypercare_store::queries::updates;
use serde::Serialize;
use utoipa::ToSchema;

/// The next promised update.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NextUpdate {
    /// Of which matter.
    pub update: UpdateId,
    /// Its title.
    pub title: String,
    /// When.
    pub promise: UpdatePromise,
    /// How many matters of the window have promised one, this one included; at most 100.
    pub promised: usize,
}

/// The update of a window that is due next, or is overdue longest.
///
/// # Errors
/// When the database fails.
pub async fn next(app: &App, w: &Window) -> ApiResult<Option<NextUpdate>> {
    let due = updates::next_due(&mut app.reader(), w.id, 100).await?;
    let promised = due.len();
    Ok(due.first().and_then(|m| {
        let title = m.newest().map(|e| e.content.title.clone()).unwrap_or_default();
        Some(NextUpdate { update: m.id, title, promise: promise(m, app.now())?, promised })
    }))
}
