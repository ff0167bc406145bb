//! `POST`, `PUT`, `PATCH` and `DELETE /accounts`: making accounts and saying what is known of them.

use super::facts::{AccountFacts, after};
use super::view::{AccountView, views};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::account::import::Wanted;
use hypercare_core::account::{ACCOUNTS_LIMIT, Account, AccountCommand, key};
use hypercare_core::{AccountId, ContactId, Refusal, Stamp};
use hypercare_store::queries::{accounts, contacts};
use hypercare_store::{Tx, WriteError};

/// What became of an account that somebody handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is new.
    Created,
    /// Something else is known of it.
    Changed,
    /// All of it was known.
    Same,
}

/// Makes an account, or changes what is known of it: by its key.
///
/// # Errors
/// A refusal that names the field, or that the database failed.
pub async fn keep(tx: &mut Tx, wanted: &Wanted, stamp: &Stamp) -> Result<(Account, Kept), WriteError> {
    let before = accounts::by_key(tx, &key(&wanted.key)?).await?;
    let facts = Box::new(after(tx, wanted, before.as_ref()).await?);
    let Some(before) = before else {
        if accounts::how_many(tx).await? >= ACCOUNTS_LIMIT {
            return Err(Refusal::conflict(format!("There are {ACCOUNTS_LIMIT} accounts, and more are not kept. Remove some that are gone.")).into());
        }
        let id: AccountId = tx.new_id(stamp.at);
        let command = AccountCommand::Create { id, key: wanted.key.clone(), facts };
        return Ok((tx.execute::<Account>(id, command, stamp, &()).await?, Kept::Created));
    };
    let account = tx.execute::<Account>(before.id, AccountCommand::Change { revision: None, facts }, stamp, &()).await?;
    let kept = if account == before { Kept::Same } else { Kept::Changed };
    Ok((account, kept))
}

async fn create(tx: &mut Tx, wanted: Wanted, stamp: Stamp) -> Result<Account, WriteError> {
    if let Some(known) = accounts::by_key(tx, &key(&wanted.key)?).await? {
        let why = format!("`{}` is {} already: open that account, or give another key.", known.key, known.facts.name);
        return Err(Refusal { field: Some("key".into()), ..Refusal::conflict(why) }.into());
    }
    Ok(keep(tx, &wanted, &stamp).await?.0)
}

/// What is sent of an account by its key.
fn keyed(body: AccountFacts) -> Result<Wanted, Refusal> {
    if body.revision.is_some() {
        return Err(Refusal::field("revision", "By its key an account is kept as it is sent: leave the revision out, or change it by its id."));
    }
    let key = key(body.key.as_deref().unwrap_or_default())?;
    body.wanted(&key)
}

async fn change(tx: &mut Tx, id: AccountId, facts: AccountFacts, stamp: Stamp) -> Result<Account, WriteError> {
    let mut change = tx.change::<Account>(id).await?;
    let before = change.existing()?.clone();
    if facts.key.as_ref().is_some_and(|key| key.trim() != before.key) {
        let why = format!("A key never changes, and this is {}: make another account, and remove this one.", before.key);
        return Err(Refusal::field("key", why).into());
    }
    let revision = facts.revision;
    let wanted = facts.wanted(&before.key)?;
    let facts = Box::new(after(tx, &wanted, Some(&before)).await?);
    change.run(AccountCommand::Change { revision, facts }, &stamp, &())?;
    tx.save(change).await
}

/// Says that a customer belongs to an account, and to no other one.
///
/// # Errors
/// When there is no such account or customer, or the database fails.
pub async fn join(tx: &mut Tx, id: AccountId, contact: ContactId, stamp: &Stamp) -> Result<Account, WriteError> {
    contacts::by_id(tx, contact).await?.ok_or_else(|| Refusal::field("contact", format!("There is no customer {contact}.")))?;
    let change = tx.change::<Account>(id).await?;
    let account = change.existing()?.clone();
    match accounts::of_contact(tx, contact).await? {
        // The second click.
        Some((now, how)) if now.id == id && how == "hand" => return Ok(account),
        Some((now, _)) if now.id != id => drop(tx.execute::<Account>(now.id, AccountCommand::Leave { contact }, stamp, &()).await?),
        _ => {}
    }
    tx.execute::<Account>(id, AccountCommand::Join { contact }, stamp, &()).await
}

async fn shown(app: &App, account: Account) -> ApiResult<AccountView> {
    views(&mut app.reader(), vec![account]).await?.pop().ok_or_else(Problem::internal)
}

/// Make an account
///
/// Refused where one has this key already.
#[utoipa::path(post, path = "/accounts", tag = "accounts", request_body = AccountFacts,
    responses((status = 201, body = AccountView), (status = "4XX", body = Problem)))]
pub(super) async fn create_account(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    Body(body): Body<AccountFacts>,
) -> ApiResult<(StatusCode, Json<AccountView>)> {
    let (stamp, wanted) = (caller.stamp(&app), keyed(body)?);
    let account = app.store.write(move |tx| create(tx, wanted, stamp).boxed()).await?;
    Ok((StatusCode::CREATED, Json(shown(&app, account).await?)))
}

/// Make an account, or say what else is known of it
///
/// By its key: sending the same again changes nothing.
#[utoipa::path(put, path = "/accounts", tag = "accounts", request_body = AccountFacts,
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub(super) async fn keep_account(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    Body(body): Body<AccountFacts>,
) -> ApiResult<Json<AccountView>> {
    let (stamp, wanted) = (caller.stamp(&app), keyed(body)?);
    let (account, _) = app.store.write(move |tx| async move { keep(tx, &wanted, &stamp).await }.boxed()).await?;
    shown(&app, account).await.map(Json)
}

/// Change an account
#[utoipa::path(patch, path = "/accounts/{id}", tag = "accounts", params(("id" = AccountId, Path)), request_body = AccountFacts,
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub(super) async fn change_account(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<AccountFacts>,
) -> ApiResult<Json<AccountView>> {
    let stamp = caller.stamp(&app);
    let account = app.store.write(move |tx| change(tx, id, body, stamp).boxed()).await?;
    shown(&app, account).await.map(Json)
}

/// Remove an account
///
/// It was a mistake: its people belong to nobody then, or to whom their addresses say, and it is in no figure. One that cancelled is not removed; say when it did.
#[utoipa::path(delete, path = "/accounts/{id}", tag = "accounts", params(("id" = AccountId, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
pub(super) async fn remove_account(caller: May<perm::WindowsWrite>, State(app): State<App>, PathId(id): PathId<AccountId>) -> ApiResult<StatusCode> {
    let stamp = caller.stamp(&app);
    app.store.write(move |tx| async move { tx.execute::<Account>(id, AccountCommand::Remove, &stamp, &()).await }.boxed()).await?;
    Ok(StatusCode::NO_CONTENT)
}
