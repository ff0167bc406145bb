//! `GET /accounts`: all of them, and one.

use super::calls::{CallsOfWindow, of_account};
use super::view::{AccountView, views};
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::account::Account;
use hypercare_core::{AccountId, UserId, WindowId};
use hypercare_store::load;
use hypercare_store::queries::{accounts, affected};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const LONGEST_SEARCH: usize = 200;
/// Days of use that are shown of an account.
const DAYS: i64 = 60;
/// Windows whose calls are shown of an account.
const WINDOWS: i64 = 20;

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Words of name or key.
    q: Option<String>,
    /// Looked after by this colleague.
    owner: Option<UserId>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Accounts, by name
#[utoipa::path(get, path = "/accounts", tag = "accounts", params(Wanted), responses((status = 200, body = Page<AccountView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_accounts(_: May<perm::Read>, State(app): State<App>, Params(w): Params<Wanted>) -> ApiResult<Json<Page<AccountView>>> {
    let (from, limit) = (page::decode::<1>(w.cursor.as_deref())?.map_or(0, |[from]| from.max(0)), page::limit(w.limit)?);
    let words = w.q.unwrap_or_default();
    if words.chars().count() > LONGEST_SEARCH {
        return Err(Problem::unprocessable("q", format!("A search can have at most {LONGEST_SEARCH} characters.")));
    }
    let mut reader = app.reader();
    let rows = accounts::page(&mut reader, &words, w.owner, from, limit + 1).await?;
    let cut = Page::cut(rows, limit, |_| [from + limit], |account| account);
    Ok(Json(Page { items: views(&mut reader, cut.items).await?, next: cut.next }))
}

/// Of which window use is shown.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct About {
    /// With the use that was reported for this window.
    window: Option<WindowId>,
}

/// A day of an account's use.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountDay {
    /// The day.
    pub day: String,
    /// How many of its people were active.
    pub active_users: Option<f64>,
    /// Percentage of them who use what is new.
    pub adoption: Option<f64>,
}

/// An account with what belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountDetail {
    /// The account.
    #[serde(flatten)]
    pub account: AccountView,
    /// Its use in the window, the newest day first.
    pub usage: Vec<AccountDay>,
    /// Calls to it, the newest window first.
    pub calls: Vec<CallsOfWindow>,
}

/// Show one account
#[utoipa::path(get, path = "/accounts/{id}", tag = "accounts", params(("id" = AccountId, Path), About), responses((status = 200, body = AccountDetail), (status = "4XX", body = Problem)))]
pub(super) async fn get_account(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<AccountId>,
    Params(about): Params<About>,
) -> ApiResult<Json<AccountDetail>> {
    let mut reader = app.reader();
    let account = existing(&mut reader, id).await?;
    let usage = match about.window {
        Some(window) => affected::usage_of(&mut reader, window, id, DAYS).await?,
        None => vec![],
    };
    let usage = usage.into_iter().map(|d| AccountDay { day: d.day, active_users: d.active_users, adoption: d.adoption }).collect();
    let calls = of_account(&mut reader, id, WINDOWS).await?;
    let account = views(&mut reader, vec![account]).await?.pop().ok_or_else(Problem::internal)?;
    Ok(Json(AccountDetail { account, usage, calls }))
}

/// An account that is not removed.
pub(super) async fn existing(reader: &mut hypercare_store::Reader, id: AccountId) -> ApiResult<Account> {
    load::<Account>(reader, id.0).await?.filter(|account| !account.removed).ok_or_else(|| Problem::not_found("account"))
}
