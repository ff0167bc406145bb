//! `/accounts/{id}/contacts`: whose people they are.

use super::list::existing;
use super::write::join;
use crate::App;
use crate::http::{ApiResult, Body, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::account::{Account, AccountCommand};
use hypercare_core::{AccountId, ContactId, Stamp};
use hypercare_store::queries::accounts;
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// One of an account's people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountContact {
    /// Id.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// Address, if known.
    pub email: Option<String>,
    /// How they came to it: `hand`, `domain` or `erased`.
    pub how: String,
    /// Their conversations.
    pub conversations: i64,
    /// Of these, not settled.
    pub open: i64,
}

/// Which customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactBody {
    /// The customer.
    contact: ContactId,
}

/// An account's people, in the order in which they first wrote
#[utoipa::path(get, path = "/accounts/{id}/contacts", tag = "accounts", params(("id" = AccountId, Path), Wanted),
    responses((status = 200, body = Page<AccountContact>), (status = "4XX", body = Problem)))]
pub(super) async fn list_account_contacts(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<AccountId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<AccountContact>>> {
    let (after, limit) = (page::decode::<1>(w.cursor.as_deref())?.map_or(0, |[id]| id), page::limit(w.limit)?);
    let mut reader = app.reader();
    existing(&mut reader, id).await?;
    let rows = accounts::contacts(&mut reader, id, after, limit + 1).await?;
    let shown = |m: accounts::Member| AccountContact {
        id: ContactId(m.contact_id),
        name: m.name,
        email: m.email,
        how: m.how,
        conversations: m.conversations,
        open: m.open,
    };
    Ok(Json(Page::cut(rows, limit, |m| [m.contact_id], shown)))
}

/// Say that a customer belongs to an account
///
/// What a person says holds, whatever the customer's address is; if they belonged to another account, they do no longer.
#[utoipa::path(post, path = "/accounts/{id}/contacts", tag = "accounts", params(("id" = AccountId, Path)), request_body = ContactBody,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub(super) async fn add_account_contact(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<ContactBody>,
) -> ApiResult<StatusCode> {
    let stamp = caller.stamp(&app);
    app.store.write(move |tx| async move { join(tx, id, body.contact, &stamp).await }.boxed()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that a customer does not belong to an account
///
/// They belong to none then, whatever their address is.
#[utoipa::path(post, path = "/accounts/{id}/contacts/remove", tag = "accounts", params(("id" = AccountId, Path)), request_body = ContactBody,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub(super) async fn remove_account_contact(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<ContactBody>,
) -> ApiResult<StatusCode> {
    let stamp = caller.stamp(&app);
    app.store.write(move |tx| leave(tx, id, body.contact, stamp).boxed()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn leave(tx: &mut Tx, id: AccountId, contact: ContactId, stamp: Stamp) -> Result<(), WriteError> {
    // Who belongs to another one, or to none already, stays where they are.
    if accounts::of_contact(tx, contact).await?.is_some_and(|(account, _)| account.id == id) {
        tx.execute::<Account>(id, AccountCommand::Leave { contact }, &stamp, &()).await?;
    }
    Ok(())
}
