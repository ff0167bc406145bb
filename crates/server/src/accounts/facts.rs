//! What is sent of an account, and what it is then: by the API and from a table the same.

use crate::http::extract::given;
use hypercare_core::account::import::{Wanted, day};
use hypercare_core::account::money::Money;
use hypercare_core::account::{Account, Facts};
use hypercare_core::{Refusal, UserId};
use hypercare_store::queries::{accounts, people};
use hypercare_store::{Query, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Money)]
pub struct MoneyView {
    /// Digits with a point: `12000.50`. A text, so that nothing is rounded on the way.
    pub amount: String,
    /// Three letters, as in ISO 4217: `EUR`.
    pub currency: String,
}

impl From<&Money> for MoneyView {
    fn from(money: &Money) -> Self {
        Self { amount: money.amount(), currency: money.currency.clone() }
    }
}

/// What is known of an account. What is left out stays as it is; null says that there is none.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AccountFacts {
    /// The name that your own systems have for it, such as its customer number; it never changes.
    pub key: Option<String>,
    /// For a change of one account: the revision that was read. What somebody else changed meanwhile is not overwritten.
    pub revision: Option<u32>,
    /// Its name; needed where it is new.
    pub name: Option<String>,
    /// What it pays in a year.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<MoneyView>)]
    pub value: Option<Option<MoneyView>>,
    /// When its contract is renewed or ends: 2026-11-17.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub renewal: Option<Option<String>>,
    /// E-mail address of the colleague who looks after it.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub owner: Option<Option<String>>,
    /// Whoever is known by an address of one of these belongs to it.
    pub domains: Option<Vec<String>>,
    /// What else is good to know, at most 2,000 characters.
    pub notes: Option<String>,
    /// The day on which it cancelled.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub cancelled: Option<Option<String>>,
}

impl AccountFacts {
    /// What is wanted.
    ///
    /// # Errors
    /// A refusal that names the field.
    pub(super) fn wanted(self, key: &str) -> Result<Wanted, Refusal> {
        let date = |field: &str, given: Option<Option<String>>| -> Result<_, Refusal> {
            given.map(|text| day(text.as_deref().unwrap_or_default()).map_err(|why| Refusal::field(field, why))).transpose()
        };
        let money = |money: MoneyView| {
            Money::read(&money.amount, &money.currency).map_err(|why| {
                let field = if hypercare_core::account::money::currency(&money.currency).is_err() { "value.currency" } else { "value.amount" };
                Refusal::field(field, why)
            })
        };
        Ok(Wanted {
            line: 0,
            key: key.to_owned(),
            name: self.name,
            value: self.value.map(|value| value.map(money).transpose()).transpose()?,
            renewal: date("renewal", self.renewal)?,
            owner: self.owner.map(|owner| owner.map(|email| email.trim().to_lowercase()).filter(|email| !email.is_empty())),
            domains: self.domains,
            notes: self.notes,
            cancelled: date("cancelled", self.cancelled)?,
        })
    }
}

/// What an account is after this is wanted of it.
///
/// # Errors
/// A refusal of `owner`, `domains` or another field, or that the database failed.
pub(super) async fn after(q: &mut impl Query, wanted: &Wanted, before: Option<&Account>) -> Result<Facts, WriteError> {
    let known = before.and_then(|account| account.facts.owner);
    let owner = match &wanted.owner {
        Some(Some(email)) => Some(colleague(q, email, known).await?),
        _ => None,
    };
    let facts = wanted.onto(before.map(|account| &account.facts), owner).checked()?;
    for domain in &facts.domains {
        if let Some((id, name)) = accounts::of_domain(q, domain).await?.filter(|(id, _)| before.is_none_or(|account| account.id != *id)) {
            let why = format!("{domain} belongs to {name} (account {id}): take it away there first.");
            return Err(Refusal::field("domains", why).into());
        }
    }
    Ok(facts)
}

async fn colleague(q: &mut impl Query, email: &str, known: Option<UserId>) -> Result<UserId, WriteError> {
    let person = people::by_email(q, email).await?.filter(|person| !person.disabled || Some(person.id()) == known);
    let refused = || Refusal::field("owner", format!("Nobody signs in as {email}: give the address of a colleague, or leave it out."));
    Ok(person.ok_or_else(refused)?.id())
}
