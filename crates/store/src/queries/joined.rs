//! Conversations that are read as one.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{ContactId, ConversationId, IssueId, Timestamp};

statements! {
    GROUP = "SELECT id FROM conversation WHERE id = $1 OR root_id = $1 ORDER BY id";
    ROOT = "SELECT root_id, root_same FROM conversation WHERE id = $1";
    ROOT_SET = "UPDATE conversation SET root_id = $2, root_same = $3 WHERE id = $1";
    PARTS = "SELECT c.id, c.channel, c.subject, c.merged_into, ct.name AS contact_name, c.contact_id FROM conversation c JOIN contact ct ON ct.id = c.contact_id
        WHERE c.root_id = $1 ORDER BY c.id";
    PLACE = "SELECT r.id, r.channel, r.subject, r.merged_into, ct.name AS contact_name, r.contact_id FROM conversation c JOIN conversation r ON r.id = c.root_id
        JOIN contact ct ON ct.id = r.contact_id WHERE c.id = $1";
    /// What is vouched for: a name of the customer's site, and addresses.
    SUBJECTS = "SELECT key FROM contact_key WHERE contact_id = $1 AND kind = 'identity'";
    ADDRESSES = "SELECT DISTINCT verified_email FROM chat_visitor WHERE contact_id = $1 AND verified_email IS NOT NULL";
    /// An address counts where they wrote from it: one that was only typed into a form says nothing.
    WRITES_FROM = "SELECT k.key FROM contact_key k WHERE k.contact_id = $1 AND k.kind = 'email'
        AND EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = $1 AND c.channel = 'email')";
    /// Other customers who may be the same person, by an address that somebody vouches for.
    MAYBE_SAME = "SELECT contact_id FROM contact_key WHERE kind = 'email' AND contact_id <> $1
            AND key IN (SELECT verified_email FROM chat_visitor WHERE contact_id = $1 AND verified_email IS NOT NULL)
        UNION SELECT v.contact_id FROM chat_visitor v WHERE v.contact_id <> $1 AND v.verified_email IN (SELECT key FROM contact_key WHERE contact_id = $1 AND kind = 'email')
        UNION SELECT v.contact_id FROM chat_visitor v WHERE v.contact_id <> $1
            AND v.verified_email IN (SELECT o.verified_email FROM chat_visitor o WHERE o.contact_id = $1 AND o.verified_email IS NOT NULL)
        LIMIT 20";
    /// The same question: the same issue or the same scenario; open, or settled lately.
    PARALLEL = "SELECT id FROM conversation WHERE contact_id = $1 AND id <> $2 AND root_id IS NULL AND (resolved_at IS NULL OR resolved_at >= $3)
        AND (issue_id = CAST($4 AS BIGINT) OR scenario = CAST($5 AS TEXT)) ORDER BY last_message_at DESC LIMIT 5";
}

/// A conversation of a group, in short.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table")]
pub struct Short {
    pub id: i64,
    pub channel: String,
    pub subject: String,
    pub merged_into: Option<i64>,
    pub contact_name: String,
    pub contact_id: i64,
}

/// What is known of who a customer is, beyond what they say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// What the customer's site calls them.
    pub subjects: Vec<String>,
    /// Addresses that the customer's site vouches for.
    pub vouched: Vec<String>,
    /// Addresses that they write mail from.
    pub writes_from: Vec<String>,
}

/// A conversation and all that became part of it, in order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn group(q: &mut impl Query, root: ConversationId) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(GROUP, vals![root]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// The conversation that another one is read in; itself where it is part of none.
///
/// # Errors
/// When the database fails.
pub async fn root(q: &mut impl Query, id: ConversationId) -> Result<ConversationId, StoreError> {
    let row: Option<(Option<i64>, bool)> = q.optional(ROOT, vals![id]).await?;
    Ok(row.and_then(|(root, _)| root).map_or(id, ConversationId))
}

/// Where that goes on what its customer says in a conversation: itself, or what it became part of. None where that is another
/// customer's: there this one would get no answer, so what they say begins anew.
///
/// # Errors
/// When the database fails.
pub async fn home(q: &mut impl Query, id: ConversationId) -> Result<Option<ConversationId>, StoreError> {
    let row: Option<(Option<i64>, bool)> = q.optional(ROOT, vals![id]).await?;
    Ok(match row {
        Some((Some(root), same_customer)) => same_customer.then_some(ConversationId(root)),
        _ => Some(id),
    })
}

/// Keeps where a conversation is read: none where it is part of none.
///
/// # Errors
/// When the database fails.
pub async fn set_root(tx: &mut Tx, id: ConversationId, root: Option<ConversationId>, same_customer: bool) -> Result<(), StoreError> {
    tx.run(ROOT_SET, vals![id, root, same_customer]).await.map(drop)
}

/// What became part of a conversation, directly or through another one.
///
/// # Errors
/// When the database fails.
pub async fn parts(q: &mut impl Query, root: ConversationId) -> Result<Vec<Short>, StoreError> {
    q.all(PARTS, vals![root]).await
}

/// The conversation that another one is read in; none where it is part of none.
///
/// # Errors
/// When the database fails.
pub async fn place(q: &mut impl Query, id: ConversationId) -> Result<Option<Short>, StoreError> {
    q.optional(PLACE, vals![id]).await
}

/// Who a customer is, as far as anything but their own word says it.
///
/// # Errors
/// When the database fails.
pub async fn identity(q: &mut impl Query, contact: ContactId) -> Result<Identity, StoreError> {
    let words = |rows: Vec<(String,)>| rows.into_iter().map(|(word,)| word).collect();
    Ok(Identity {
        subjects: words(q.all(SUBJECTS, vals![contact]).await?),
        vouched: words(q.all(ADDRESSES, vals![contact]).await?),
        writes_from: words(q.all(WRITES_FROM, vals![contact]).await?),
    })
}

/// Other customers who may be the same person, at most twenty: ask for their identities.
///
/// # Errors
/// When the database fails.
pub async fn maybe_same(q: &mut impl Query, contact: ContactId) -> Result<Vec<ContactId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(MAYBE_SAME, vals![contact]).await?;
    Ok(rows.into_iter().map(|(id,)| ContactId(id)).collect())
}

/// A customer's other conversations about the same question, the latest said first, at most five: open ones, and those that were settled
/// since an instant.
///
/// # Errors
/// When the database fails.
pub async fn parallel(
    q: &mut impl Query,
    contact: ContactId,
    but: ConversationId,
    settled_since: Timestamp,
    issue: Option<IssueId>,
    scenario: Option<&str>,
) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(PARALLEL, vals![contact, but, settled_since, issue, scenario]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}
