//! Who may sign in, sessions, and tokens for programs.

mod password;
mod service;
mod session;
mod tokens;
mod users;

pub use password::{MOST as PASSWORD_MOST, SHORTEST as PASSWORD_SHORTEST};
pub use service::{add_token, create, create_hashed, revoke_token, set_password};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who_am_i, session::sign_out))
        .routes(routes!(users::list_users, users::add_user))
        .routes(routes!(users::change_user))
        .routes(routes!(tokens::list_tokens, tokens::make_token))
        .routes(routes!(tokens::revoke_token))
}
