//! `GET /windows/{id}/affected`: which accounts a change affects, and how much revenue is in doubt.

use super::facts::MoneyView;
use crate::App;
use crate::http::{ApiResult, May, Page, Params, PathId, Problem, page, perm};
use crate::signals::days::Days;
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::account::ACCOUNTS_LIMIT;
use hypercare_core::account::affected::{Affected, DEFINITION, Standing, Sum, revenue, sort};
use hypercare_core::account::money::Money;
use hypercare_core::window::Window;
use hypercare_core::{AccountId, Severity, Timestamp, WindowId};
use hypercare_store::queries::affected::{self, Row};
use hypercare_store::{Query, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// in_doubt, settled or lost; all by default.
    standing: Option<String>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// Accounts, and what they pay in a year together.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountSum {
    /// Accounts.
    pub accounts: u32,
    /// Digits with a point; none where no value is known.
    pub amount: Option<String>,
}

/// Affected accounts whose value is in one currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RevenueInDoubt {
    /// Three letters; none for accounts without a value.
    pub currency: Option<String>,
    /// Something of them is open.
    pub in_doubt: AccountSum,
    /// Nothing of them is open.
    pub settled: AccountSum,
    /// They cancelled since the change.
    pub lost: AccountSum,
}

/// An affected account. `GET /conversations?account=…&reach=…` lists its conversations.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AffectedAccount {
    /// Id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// What it pays in a year.
    pub value: Option<MoneyView>,
    /// When its contract is renewed or ends.
    pub renewal: Option<String>,
    /// When it cancelled.
    pub cancelled: Option<String>,
    /// in_doubt, settled or lost.
    pub standing: String,
    /// Its people who wrote.
    pub people: u32,
    /// Conversations that make it an affected one.
    pub conversations: u32,
    /// Of these, not settled.
    pub open: u32,
    /// How bad the worst of them is.
    pub worst: Severity,
    /// How bad the worst open one is.
    pub worst_open: Option<Severity>,
    /// Since when the oldest message waits that nobody has answered.
    pub waiting_since: Option<Timestamp>,
    /// Conversations in which somebody asked the same again within a week.
    pub repeated: u32,
    /// The worst rating, 1 to 5.
    pub worst_rating: Option<u8>,
}

/// Who is affected, the most severe first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AffectedAccounts {
    /// How the figures are to be read.
    pub definition: String,
    /// Accounts that are affected, whatever is listed.
    pub accounts: u32,
    /// By currency.
    pub revenue: Vec<RevenueInDoubt>,
    /// The accounts.
    pub items: Vec<AffectedAccount>,
    /// Where the next page begins; null at the end.
    pub next: Option<String>,
}

/// The accounts that a window affects, the most severe first. Those that were gone before the change are left out.
///
/// # Errors
/// When the database fails.
pub async fn affected(q: &mut impl Query, window: &Window) -> Result<Vec<Affected>, StoreError> {
    let go_live = Days::of(window).go_live;
    let rows = affected::of_window(q, window.id, ACCOUNTS_LIMIT).await?;
    let mut found: Vec<Affected> = rows.into_iter().map(one).filter(|one| one.cancelled.is_none_or(|day| day >= go_live)).collect();
    sort(&mut found);
    Ok(found)
}

fn one(row: Row) -> Affected {
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Affected {
        account: AccountId(row.id),
        name: row.name,
        value: row.value_minor.zip(row.currency).map(|(minor, currency)| Money { minor, currency }),
        renewal: row.renewal.and_then(|day| day.parse().ok()),
        cancelled: row.cancelled.and_then(|day| day.parse().ok()),
        people: count(row.people),
        conversations: count(row.conversations),
        open: count(row.open),
        worst: severity(row.worst).unwrap_or_default(),
        worst_open: severity(row.worst_open),
        waiting_since: row.waiting_since.map(Timestamp),
        repeated: count(row.repeated),
        worst_rating: row.worst_rating.and_then(|score| u8::try_from(score).ok()),
        news_at: Timestamp(row.news_at),
    }
}

const fn severity(rank: i32) -> Option<Severity> {
    Some(match rank {
        4 => Severity::Critical,
        3 => Severity::High,
        2 => Severity::Normal,
        1 => Severity::Low,
        _ => return None,
    })
}

fn sums(list: &[Affected]) -> Vec<RevenueInDoubt> {
    let of = |currency: &str, sum: Sum| AccountSum {
        accounts: sum.accounts,
        amount: (!currency.is_empty()).then(|| Money { minor: sum.minor, currency: currency.to_owned() }.amount()),
    };
    let mut found: Vec<RevenueInDoubt> = revenue(list)
        .into_iter()
        .map(|(currency, s)| RevenueInDoubt {
            in_doubt: of(&currency, s.in_doubt),
            settled: of(&currency, s.settled),
            lost: of(&currency, s.lost),
            currency: Some(currency).filter(|currency| !currency.is_empty()),
        })
        .collect();
    // Those without a value are said last.
    found.sort_by_key(|one| one.currency.is_none());
    found
}

fn shown(one: Affected) -> AffectedAccount {
    AffectedAccount {
        id: one.account,
        standing: one.standing().word().to_owned(),
        name: one.name,
        value: one.value.as_ref().map(MoneyView::from),
        renewal: one.renewal.map(|day| day.to_string()),
        cancelled: one.cancelled.map(|day| day.to_string()),
        people: one.people,
        conversations: one.conversations,
        open: one.open,
        worst: one.worst,
        worst_open: one.worst_open,
        waiting_since: one.waiting_since,
        repeated: one.repeated,
        worst_rating: one.worst_rating,
    }
}

/// Who is affected, and how much revenue is in doubt
#[utoipa::path(get, path = "/windows/{id}/affected", tag = "accounts", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = AffectedAccounts), (status = "4XX", body = Problem)))]
pub(super) async fn list_affected_accounts(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<AffectedAccounts>> {
    let (from, limit) = (page::decode::<1>(w.cursor.as_deref())?.map_or(0, |[from]| from.max(0)), page::limit(w.limit)?);
    let standings = [Standing::InDoubt, Standing::Settled, Standing::Lost];
    let standing =
        match w.standing.as_deref() {
            None => None,
            Some(word) => Some(standings.into_iter().find(|s| s.word() == word).ok_or_else(|| {
                Problem::unprocessable("standing", format!("`{word}` is nothing an account can be: use in_doubt, settled or lost."))
            })?),
        };
    let mut reader = app.reader();
    let window = windows::load(&mut reader, id).await?;
    let list = affected(&mut reader, &window).await?;
    let (accounts, revenue) = (u32::try_from(list.len()).unwrap_or(u32::MAX), sums(&list));
    let wanted = list.into_iter().filter(|one| standing.is_none_or(|s| one.standing() == s));
    let rows = wanted.skip(usize::try_from(from).unwrap_or(0)).take(usize::try_from(limit).unwrap_or(0) + 1).collect();
    let cut = Page::cut(rows, limit, |_: &Affected| [from + limit], shown);
    Ok(Json(AffectedAccounts { definition: DEFINITION.to_owned(), accounts, revenue, items: cut.items, next: cut.next }))
}
