//! `GET /windows/{id}/normal`: what is handed over, to whom, and where each item stands.

use super::open_items::{open, workarounds};
use super::view::{Asker, NormalView, item};
use crate::App;
use crate::http::{ApiResult, Caller, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::normal::{Checklist, ItemState};
use hypercare_core::plan::PlannedItem;
use hypercare_core::role::Permission;
use hypercare_core::window::Window;
use hypercare_core::{UserId, WindowId};
use hypercare_store::queries::{handover, people};
use hypercare_store::{Query, StoreError};
use std::collections::HashMap;

/// The accounts of those who can sign in and work on conversations, by address in lower case. Who only looks cannot answer for themselves.
///
/// # Errors
/// When the database fails.
pub(super) async fn accounts(q: &mut impl Query) -> Result<HashMap<String, UserId>, StoreError> {
    let all = people::list(q).await?.into_iter().filter(|p| !p.disabled && p.role().may(Permission::ConversationsWrite));
    Ok(all.map(|p| (p.email.to_lowercase(), p.id())).collect())
}

/// The account of who takes an item over.
pub(super) fn account(list: &Checklist, planned: &PlannedItem, accounts: &HashMap<String, UserId>) -> Option<UserId> {
    list.receiver(planned).and_then(|receiver| accounts.get(&receiver.email).copied())
}

/// The whole view for one caller.
///
/// # Errors
/// When the database fails.
pub(super) async fn view(app: &App, caller: &Caller, w: &Window) -> ApiResult<Json<NormalView>> {
    let mut reader = app.reader();
    let (list, accounts) = (handover::of(&mut reader, w.id).await?, accounts(&mut reader).await?);
    let asker = Asker { user: caller.user_id(), works: caller.may(Permission::ConversationsWrite) };
    let items: Vec<_> = w.plan.handover.items.iter().map(|planned| item(planned, &list, account(&list, planned, &accounts), asker)).collect();
    Ok(Json(NormalView {
        accepted: items.iter().filter(|item| item.state == ItemState::Accepted).count(),
        items,
        open: open(&mut reader, w).await?,
        workarounds: workarounds(&mut reader, w, &list).await?,
    }))
}

/// What is handed over to normal operations
///
/// The items of the plan with their receivers and states, what is open at this moment, and what only works for a while.
#[utoipa::path(get, path = "/windows/{id}/normal", tag = "windows", params(("id" = WindowId, Path)),
    responses((status = 200, body = NormalView), (status = "4XX", body = Problem)))]
pub(super) async fn get_normal(caller: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<NormalView>> {
    let window = windows::load(&mut app.reader(), id).await?;
    view(&app, &caller, &window).await
}
