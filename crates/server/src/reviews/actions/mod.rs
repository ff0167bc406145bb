//! What was agreed: who does it, until when, and what became of it.

mod list;
mod settle;
pub(super) mod view;
mod write;

pub use write::{NewAction, agree};

use crate::App;
use futures_util::FutureExt;
use hypercare_core::action::{Action, ActionCommand};
use hypercare_core::{ActionId, Actor};
use hypercare_store::WriteError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of actions.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_actions, write::agree_action))
        .routes(routes!(list::get_action, write::change_action))
        .routes(routes!(settle::settle_action))
}

/// The engine: an action may be due, or was.
///
/// # Errors
/// When the store fails.
pub async fn passed(app: &App, id: ActionId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    let done: Result<Action, WriteError> =
        app.store.write(move |tx| async move { tx.execute::<Action>(id, ActionCommand::TimePassed, &stamp, &()).await }.boxed()).await;
    done.map(drop)
}
