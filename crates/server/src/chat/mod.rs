//! The customer's side: chat sessions and messages, the help-centre form. No sign-in; a chat visitor is
//! whoever holds the secret that this browser was given.

mod carry_on;
mod conversation;
mod feedback;
mod files;
pub mod form;
pub mod help;
mod identity;
mod list;
mod lookers;
mod seen;
mod send;
mod session;
mod stream;
mod transcript;
mod visitor;

pub use carry_on::{carry_on, may_leave};
pub use identity::{Identity, Secret};
pub use lookers::Lookers;
pub use seen::advance;
pub(crate) use visitor::Visitor;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The API routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::session))
        .routes(routes!(conversation::conversation))
        .routes(routes!(send::send))
        .routes(routes!(feedback::helpful))
        .routes(routes!(feedback::rating))
        .routes(routes!(feedback::end))
        .routes(routes!(feedback::new))
        .routes(routes!(stream::stream))
        .routes(routes!(seen::typing))
        .routes(routes!(seen::seen))
        .routes(routes!(list::list))
        .routes(routes!(list::open))
        .routes(routes!(transcript::transcript))
        .routes(routes!(form::submit))
        .routes(routes!(help::search))
        .routes(routes!(files::file))
        .routes(routes!(files::remove))
        .merge(files::uploads())
}
