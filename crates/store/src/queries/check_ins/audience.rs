//! Who could be asked, and what keeps somebody from being asked.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::topic::Topic;
use hypercare_core::{AddressListId, CheckInId, ContactId, Timestamp, WindowId};

/// What is asked of a candidate beside who they are.
macro_rules! person {
    () => {
        "c.id AS contact_id, c.name,
         COALESCE((SELECT MIN(k.key) FROM contact_key k WHERE k.contact_id = c.id AND k.kind = 'email'),
            (SELECT MIN(v.verified_email) FROM chat_visitor v WHERE v.contact_id = c.id)) AS address,
         EXISTS (SELECT 1 FROM chat_visitor v WHERE v.contact_id = c.id) AS chat, c.no_check_ins_at, c.no_news_at"
    };
}

statements! {
    /// Customers of a window's conversations that began by an instant, by what these are about. Who is in the check-in already is none.
    OF_CONVERSATIONS = concat!("SELECT ", person!(), " FROM contact c WHERE c.id > $6
        AND EXISTS (SELECT 1 FROM conversation t WHERE t.contact_id = c.id AND t.window_id = $1 AND t.opened_at <= $4
            AND CASE CAST($2 AS TEXT) WHEN 'scenario' THEN t.scenario = $3 WHEN 'category' THEN t.category = $3
                WHEN 'issue' THEN CAST(t.issue_id AS TEXT) = $3 ELSE t.assistant_answers > 0 AND CAST($3 AS TEXT) = '' END)
        AND NOT EXISTS (SELECT 1 FROM check_in_asked a WHERE a.check_in_id = $5 AND a.contact_id = c.id) ORDER BY c.id LIMIT $7");
    OF_LIST = "SELECT address FROM check_in_address l WHERE l.list_id = $1 AND l.address > $3
        AND NOT EXISTS (SELECT 1 FROM check_in_asked a WHERE a.check_in_id = $2 AND a.address = l.address) ORDER BY l.address LIMIT $4";
    OF_ADDRESS = concat!("SELECT ", person!(), " FROM contact c WHERE c.id = COALESCE((SELECT k.contact_id FROM contact_key k WHERE k.kind = 'email' AND k.key = $1),
        (SELECT MIN(v.contact_id) FROM chat_visitor v WHERE v.verified_email = $1))");
    LAST_ASKED = "SELECT MAX(at) FROM check_in_asked WHERE skipped IS NULL AND (contact_id = $1 OR address = $2)";
    IN_CHECK_IN = "SELECT id FROM check_in_asked WHERE check_in_id = $1 AND (contact_id = $2 OR address = $3) LIMIT 1";
    LIST_ADD = "INSERT INTO check_in_list (id, window_id, size, created_at) VALUES ($1, $2, $3, $4)";
    ADDRESS_ADD = "INSERT INTO check_in_address (list_id, address) VALUES ($1, $2) ON CONFLICT (list_id, address) DO NOTHING";
    LIST = "SELECT window_id, size, created_at FROM check_in_list WHERE id = $1";
    OLD_ADDRESSES = "DELETE FROM check_in_address WHERE list_id IN (SELECT id FROM check_in_list WHERE created_at < $1)";
    OLD_LISTS = "DELETE FROM check_in_list WHERE created_at < $1";
    FORGET = "DELETE FROM check_in_address WHERE address = $1";
    REFUSES = "SELECT at FROM check_in_refusal WHERE mark = $1";
    REFUSE = "INSERT INTO check_in_refusal (mark, at) VALUES ($1, $2) ON CONFLICT (mark) DO NOTHING";
    REFUSE_CONTACT = "UPDATE contact SET no_check_ins_at = $2 WHERE id = $1 AND no_check_ins_at IS NULL";
}

/// Somebody who could be asked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Candidate {
    /// Which customer.
    pub contact_id: i64,
    /// Their name.
    pub name: String,
    /// Their address, where it is proved: they wrote from it, or the customer's site vouches for it.
    pub address: Option<String>,
    /// They have a chat.
    pub chat: bool,
    /// When they asked for no more check-ins.
    pub no_check_ins_at: Option<i64>,
    /// When they asked for no more news by e-mail.
    pub no_news_at: Option<i64>,
}

/// What candidates wrote about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A topic.
    Topic(Topic),
    /// Anything that the assistant answered.
    Answered,
}

/// Customers after `after` whose conversations fit, in the order of their ids, without those who are in the check-in already.
///
/// # Errors
/// When the database fails.
pub async fn of_conversations(
    q: &mut impl Query,
    (window, check_in): (WindowId, CheckInId),
    about: &About,
    before: Timestamp,
    after: ContactId,
    limit: i64,
) -> Result<Vec<Candidate>, StoreError> {
    let (dimension, value) = match about {
        About::Topic(topic) => (topic.dimension(), topic.value()),
        About::Answered => ("answered", String::new()),
    };
    q.all(OF_CONVERSATIONS, vals![window, dimension, value, before, check_in, after, limit]).await
}

/// Addresses of a list after `after`, in order, without those who are in the check-in already.
///
/// # Errors
/// When the database fails.
pub async fn of_list(q: &mut impl Query, list: AddressListId, check_in: CheckInId, after: &str, limit: i64) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = q.all(OF_LIST, vals![list, check_in, after, limit]).await?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}

/// The customer whose address it provably is.
///
/// # Errors
/// When the database fails.
pub async fn of_address(q: &mut impl Query, address: &str) -> Result<Option<Candidate>, StoreError> {
    q.optional(OF_ADDRESS, vals![address]).await
}

/// When somebody was asked last, in any check-in.
///
/// # Errors
/// When the database fails.
pub async fn last_asked(q: &mut impl Query, contact: Option<ContactId>, address: Option<&str>) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = q.one(LAST_ASKED, vals![contact, address]).await?;
    Ok(at.map(Timestamp))
}

/// Whether somebody is in a check-in already, by either of what they are known by.
///
/// # Errors
/// When the database fails.
pub async fn is_in(q: &mut impl Query, check_in: CheckInId, contact: Option<ContactId>, address: Option<&str>) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = q.optional(IN_CHECK_IN, vals![check_in, contact, address]).await?;
    Ok(row.is_some())
}

/// Keeps a list of addresses, and forgets lists from before `old`.
///
/// # Errors
/// When the database fails.
pub async fn list_add(
    tx: &mut Tx,
    (id, window): (AddressListId, WindowId),
    addresses: &[String],
    now: Timestamp,
    old: Timestamp,
) -> Result<(), StoreError> {
    tx.run(OLD_ADDRESSES, vals![old]).await?;
    tx.run(OLD_LISTS, vals![old]).await?;
    tx.run(LIST_ADD, vals![id, window, i64::try_from(addresses.len()).unwrap_or(i64::MAX), now]).await?;
    for address in addresses {
        tx.run(ADDRESS_ADD, vals![id, address]).await?;
    }
    Ok(())
}

/// The window and the size of a list.
///
/// # Errors
/// When the database fails.
pub async fn list(q: &mut impl Query, id: AddressListId) -> Result<Option<(WindowId, i64)>, StoreError> {
    let row: Option<(i64, i64, i64)> = q.optional(LIST, vals![id]).await?;
    Ok(row.map(|(window, size, _)| (WindowId(window), size)))
}

/// Takes an address off all lists.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, address: &str) -> Result<(), StoreError> {
    tx.run(FORGET, vals![address]).await.map(drop)
}

/// Whether the address behind this mark wants no check-ins.
///
/// # Errors
/// When the database fails.
pub async fn refuses(q: &mut impl Query, mark: &str) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = q.optional(REFUSES, vals![mark]).await?;
    Ok(row.is_some())
}

/// The address behind this mark is asked no more. Returns whether that is new.
///
/// # Errors
/// When the database fails.
pub async fn refuse(tx: &mut Tx, mark: &str, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(REFUSE, vals![mark, now]).await.map(|n| n > 0)
}

/// A customer is asked no more. Returns whether that is new.
///
/// # Errors
/// When the database fails.
pub async fn refuse_contact(tx: &mut Tx, contact: ContactId, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(REFUSE_CONTACT, vals![contact, now]).await.map(|n| n > 0)
}
