//! Accounts as the API shows them.

use super::facts::MoneyView;
use crate::http::ApiResult;
use hypercare_core::account::Account;
use hypercare_core::{AccountId, ContactId, Timestamp, UserId};
use hypercare_store::queries::{accounts, people};
use hypercare_store::{Query, Reader, StoreError};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A colleague, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountOwner {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// An account.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    /// Id.
    pub id: AccountId,
    /// The name that other systems have for it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it pays in a year.
    pub value: Option<MoneyView>,
    /// When its contract is renewed or ends.
    pub renewal: Option<String>,
    /// The colleague who looks after it.
    pub owner: Option<AccountOwner>,
    /// Whoever is known by an address of one of these belongs to it.
    pub domains: Vec<String>,
    /// What else is good to know.
    pub notes: String,
    /// The day on which it cancelled.
    pub cancelled: Option<String>,
    /// How many customers belong to it.
    pub people: i64,
    /// Tells two editors apart: send it back with a change.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// An account, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountRef {
    /// Id.
    pub id: AccountId,
    /// The name that other systems have for it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it pays in a year.
    pub value: Option<MoneyView>,
    /// When its contract is renewed or ends.
    pub renewal: Option<String>,
    /// The day on which it cancelled.
    pub cancelled: Option<String>,
    /// How a customer belongs to it: `hand` (somebody said so), `domain` (their address) or `erased`; none where it is not about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

impl AccountRef {
    pub(super) fn of(account: &Account, how: Option<String>) -> Self {
        let f = &account.facts;
        Self {
            id: account.id,
            key: account.key.clone(),
            name: f.name.clone(),
            value: f.value.as_ref().map(MoneyView::from),
            renewal: f.renewal.map(|day| day.to_string()),
            cancelled: f.cancelled.map(|day| day.to_string()),
            how,
        }
    }
}

/// Colleagues by id.
pub(super) async fn colleagues(q: &mut impl Query) -> Result<HashMap<UserId, AccountOwner>, StoreError> {
    Ok(people::list(q).await?.into_iter().map(|p| (p.id(), AccountOwner { id: p.id(), name: p.name, email: p.email })).collect())
}

/// Views of accounts.
///
/// # Errors
/// When the database fails.
pub(super) async fn views(reader: &mut Reader, list: Vec<Account>) -> ApiResult<Vec<AccountView>> {
    let known = colleagues(reader).await?;
    let mut shown = vec![];
    for account in list {
        let people = accounts::how_many_contacts(reader, account.id).await?;
        let f = account.facts;
        shown.push(AccountView {
            id: account.id,
            key: account.key,
            name: f.name,
            value: f.value.as_ref().map(MoneyView::from),
            renewal: f.renewal.map(|day| day.to_string()),
            owner: f.owner.and_then(|id| known.get(&id).cloned()),
            domains: f.domains,
            notes: f.notes,
            cancelled: f.cancelled.map(|day| day.to_string()),
            people,
            revision: account.revision,
            created_at: account.created_at,
        });
    }
    Ok(shown)
}

/// The account that a customer belongs to.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_contact(reader: &mut Reader, contact: ContactId) -> Result<Option<AccountRef>, StoreError> {
    Ok(accounts::of_contact(reader, contact).await?.map(|(account, how)| AccountRef::of(&account, Some(how))))
}
