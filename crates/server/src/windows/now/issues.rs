//! What keeps coming back today.

use crate::App;
use crate::http::ApiResult;
use crate::issues::{IssueView, reach};
use hypercare_core::window::Window;
use hypercare_store::queries::issues;

const SHOWN: usize = 6;

/// The issues that most conversations joined today; then by yesterday, then by all.
pub(super) async fn busiest(app: &App, w: &Window) -> ApiResult<Vec<IssueView>> {
    let mut open = issues::of_window(&mut app.reader(), w.id).await?;
    open.retain(|i| i.state.is_open());
    let mut views = reach::views(app, open).await?;
    views.sort_by_key(|i| std::cmp::Reverse((i.today, i.yesterday, i.conversations, i.id)));
    views.truncate(SHOWN);
    Ok(views)
}
