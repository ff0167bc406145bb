//! Accounts: the customers as companies, who of their people wrote, whom to call first, and how they do after the change.

mod calls;
mod compare;
mod contacts;
mod export;
mod facts;
mod import;
mod list;
mod reach;
mod view;
mod write;

pub use import::{Imported, import};
pub use reach::affected;
pub use view::AccountRef;
pub(crate) use view::of_contact;
pub use write::{join, keep};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_accounts, write::create_account, write::keep_account))
        .routes(routes!(import::import_accounts))
        .routes(routes!(export::export_accounts))
        .routes(routes!(list::get_account, write::change_account, write::remove_account))
        .routes(routes!(contacts::list_account_contacts, contacts::add_account_contact))
        .routes(routes!(contacts::remove_account_contact))
        .routes(routes!(reach::list_affected_accounts))
        .routes(routes!(compare::compare_accounts))
        .routes(routes!(calls::list_calls, calls::make_call))
        .routes(routes!(calls::assign_call))
}
