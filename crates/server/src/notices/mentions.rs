//! Who is mentioned in a note, by the name that they have now.

use hypercare_core::UserId;
use hypercare_core::notice::{mentioned, named};
use hypercare_store::queries::notices as stored;
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Somebody who is mentioned: where the text has `@{ID}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mention {
    /// Who.
    pub id: UserId,
    /// Their name now.
    pub name: String,
    /// They cannot sign in any more.
    pub former: bool,
}

/// Who is mentioned in each of these notes, in their order. Ids that are nobody's are left out: they stay as they are written.
///
/// # Errors
/// When the store fails.
pub async fn mentions(q: &mut impl Query, notes: &[&str]) -> Result<Vec<Vec<Mention>>, StoreError> {
    let each: Vec<Vec<UserId>> = notes.iter().map(|text| mentioned(text)).collect();
    let names = stored::names(q, each.iter().flatten().copied()).await?;
    let one = |user: &UserId| names.get(user).map(|(name, active)| Mention { id: *user, name: name.clone(), former: !active });
    Ok(each.iter().map(|people| people.iter().filter_map(one).collect()).collect())
}

/// The text with plain names: for whoever reads no mentions, such as a customer.
///
/// # Errors
/// When the store fails.
pub(crate) async fn plain(q: &mut impl Query, text: String) -> Result<String, StoreError> {
    let people = mentioned(&text);
    if people.is_empty() {
        return Ok(text);
    }
    let names: BTreeMap<UserId, String> = stored::names(q, people).await?.into_iter().map(|(user, (name, _))| (user, name)).collect();
    Ok(named(&text, &names))
}
