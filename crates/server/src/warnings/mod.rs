//! Early warnings over the desk's conversations: which value of which dimension rises, how many people are behind it, and
//! the containment window that follows where none is open.
//!
//! [`look`] feeds the watch from the event log, keeps what it says, and asks to be woken again; [`list`] shows it;
//! [`containment`] proposes a window. The rules are in `hypercare_core::watch`.

pub mod containment;
pub mod dimensions;
mod dismiss;
mod list;
mod look;
mod names;
mod rebuild;
mod view;
mod watched;

pub use look::look;
pub use view::WarningView;
pub(crate) use watched::{Watched, watched};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_warnings))
        .routes(routes!(list::list_window_warnings))
        .routes(routes!(dismiss::dismiss_warning))
        .routes(routes!(dismiss::restore_warning))
        .merge(containment::routes())
}
