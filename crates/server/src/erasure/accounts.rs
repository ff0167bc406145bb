//! What colleagues noted of a customer's account and of calls to it. The account stays; what names the customer goes.

use super::erase::{Erased, events, without};
use super::scrub::Personal;
use hypercare_core::ContactId;
use hypercare_core::account::Account;
use hypercare_core::account::call::Call;
use hypercare_store::queries::{accounts, affected, named};
use hypercare_store::{Query, StoreError, Tx, load};
use std::collections::BTreeSet;

/// Windows whose calls are looked at.
const WINDOWS: i64 = 1_000;

/// Takes a customer out of notes: of the account that they belong to, and of every other one whose history names them.
pub(super) async fn of_contact(tx: &mut Tx, contact: ContactId, known: &Personal, erased: &mut Erased) -> Result<(), StoreError> {
    let (mut of_accounts, mut of_calls) = (BTreeSet::new(), BTreeSet::new());
    for name in known.written() {
        of_accounts.extend(named::things(tx, "account", name).await?);
        of_calls.extend(named::things(tx, "call", name).await?);
    }
    if let Some((account, _)) = accounts::of_contact(tx, contact).await? {
        of_accounts.insert(account.id.0);
        of_calls.extend(affected::calls_of(tx, account.id, WINDOWS).await?.into_iter().map(|call| call.id.0));
    }
    for id in of_accounts {
        if let Some(account) = load::<Account>(tx, id).await?
            && let Some(doc) = without::<Account>(known, &encoded(&account)?, false, "account")?
        {
            let account: Account = serde_json::from_str(&doc).map_err(|e| corrupt("account", &e))?;
            accounts::doc_set(tx, &account, &doc).await?;
            erased.elsewhere += 1;
        }
        erased.events += events(tx, ("account", id), known, false).await?;
    }
    for id in of_calls {
        if let Some(call) = load::<Call>(tx, id).await?
            && let Some(doc) = without::<Call>(known, &encoded(&call)?, false, "call")?
        {
            affected::call_set(tx, id, &doc).await?;
            erased.elsewhere += 1;
        }
        erased.events += events(tx, ("call", id), known, false).await?;
    }
    Ok(())
}

/// What was noted of a customer's account, and of calls to it, that names them.
pub(super) async fn noted(q: &mut impl Query, contact: ContactId, known: &Personal) -> Result<Vec<String>, StoreError> {
    let Some((account, _)) = accounts::of_contact(q, contact).await? else { return Ok(vec![]) };
    let calls = affected::calls_of(q, account.id, WINDOWS).await?;
    let notes = calls.into_iter().flat_map(|call| call.made).map(|made| made.note);
    Ok(std::iter::once(account.facts.notes).chain(notes).filter(|note| known.is_in(note, "note")).collect())
}

fn encoded<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| corrupt("document", &e))
}

fn corrupt(what: &'static str, why: &serde_json::Error) -> StoreError {
    StoreError::Corrupt { what, detail: why.to_string() }
}
