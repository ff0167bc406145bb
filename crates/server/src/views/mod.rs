//! Views of the inbox that people saved: filters under a name, for themselves or for everybody.
//!
//! A view is kept as its filters and never as what they found, so that it shows what the desk has now. It is no part of the record.

mod change;
mod count;
mod list;
mod wrong;

pub use count::Cache;

use crate::App;
use crate::conversations::Filters;
use crate::http::auth::Caller;
use crate::http::problem::{ApiResult, Problem};
use hypercare_core::role::Permission;
use hypercare_core::{SavedViewId, UserId};
use hypercare_store::Query;
use hypercare_store::queries::views::{self as stored, SavedView};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_views, change::save_view))
        .routes(routes!(count::count_views))
        .routes(routes!(change::order_views))
        .routes(routes!(list::get_view, change::change_view, change::delete_view))
}

/// Whose a view is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewOwner {
    /// Who.
    id: UserId,
    /// Their name.
    name: String,
    /// They cannot sign in any more.
    former: bool,
}

/// A view that somebody saved.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViewView {
    /// Its id.
    id: SavedViewId,
    /// Its name.
    name: String,
    /// Everybody sees it; else only its owner.
    shared: bool,
    /// Whose it is.
    owner: ViewOwner,
    /// It is yours.
    mine: bool,
    /// You may rename, change and delete it.
    may_change: bool,
    /// What it asks for.
    filters: Filters,
    /// Why it cannot find what it was made for: what it asks for is gone. None where it makes sense.
    wrong: Option<String>,
}

impl SavedViewView {
    async fn of(app: &App, me: &Caller, view: SavedView) -> ApiResult<Self> {
        let (mine, may_change) = (is_mine(me, &view), may_change(me, &view));
        let (filters, wrong) = match serde_json::from_str::<Filters>(&view.filters) {
            Ok(filters) => {
                let wrong = wrong::wrong(app, &filters).await?;
                (filters, wrong)
            }
            Err(_) => (Filters::default(), Some("Its filters are of another version of the product: save it anew.".to_owned())),
        };
        let owner = ViewOwner { id: UserId(view.owner_id), name: view.owner_name, former: view.owner_gone };
        Ok(Self { id: SavedViewId(view.id), name: view.name, shared: view.shared, owner, mine, may_change, filters, wrong })
    }
}

fn is_mine(me: &Caller, view: &SavedView) -> bool {
    me.user_id() == Some(UserId(view.owner_id))
}

/// Its owner; a shared one also whoever leads.
fn may_change(me: &Caller, view: &SavedView) -> bool {
    is_mine(me, view) || (view.shared && me.user.is_some() && me.may(Permission::WindowsWrite))
}

/// A view that the caller may see.
async fn visible(q: &mut impl Query, me: &Caller, id: SavedViewId) -> ApiResult<SavedView> {
    let view = stored::one(q, id).await?.filter(|view| view.shared || is_mine(me, view));
    view.ok_or_else(|| Problem::not_found("view, or it is somebody's own"))
}
