//! What happened, for those who watch: a feed, a live stream, and a plain sentence for each event.

mod accounts;
mod change;
mod check_ins;
mod cutover;
mod follower;
mod help;
mod list;
mod live;
mod normal;
mod review;
mod rota;
mod said;
mod sentence;
mod stream;

pub use change::Change;
pub use follower::follow;
pub use live::Live;
pub use sentence::sentence;
pub use stream::{Item, last_event_id, watch};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list_events)).routes(routes!(stream::stream_events))
}
