//! Accounts, and who belongs to them.

use crate::aggregates::{Persisted, decode};
use crate::search::{folded, pattern};
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::account::{Account, AccountEvent, domain_of};
use hypercare_core::{AccountId, ContactId, Stamp, WindowId};

statements! {
    DOC = "SELECT doc FROM account WHERE id = $1";
    SAVE = "INSERT INTO account (id, key, name, folded, value_minor, currency, renewal, cancelled, owner_id, removed, created_at, doc)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, value_minor = excluded.value_minor, currency = excluded.currency,
            renewal = excluded.renewal, cancelled = excluded.cancelled, owner_id = excluded.owner_id, removed = excluded.removed, doc = excluded.doc";
    BY_KEY = "SELECT doc FROM account WHERE key = $1 AND NOT removed";
    HOW_MANY = "SELECT COUNT(*) FROM account WHERE NOT removed";
    /// By name; `$1`: words of name or key, `%%` for all.
    PAGE = "SELECT doc FROM account WHERE NOT removed AND folded LIKE $1 ESCAPE '!' AND (CAST($2 AS BIGINT) IS NULL OR owner_id = $2)
        ORDER BY folded, id LIMIT $3 OFFSET $4";
    AFTER = "SELECT doc FROM account WHERE NOT removed AND id > $1 ORDER BY id LIMIT $2";
    DOMAIN_OWNER = "SELECT a.id, a.name FROM account_domain d JOIN account a ON a.id = d.account_id WHERE d.domain = $1";
    DOMAINS_OF = "SELECT domain FROM account_domain WHERE account_id = $1 ORDER BY domain";
    DOMAIN_INSERT = "INSERT INTO account_domain (domain, account_id) VALUES ($1, $2)";
    DOMAIN_DELETE = "DELETE FROM account_domain WHERE domain = $1 AND account_id = $2";
    /// Whoever belongs to it by a domain alone, and by none of those that are left.
    STRAYS_DELETE = "DELETE FROM account_contact WHERE account_id = $1 AND how = 'domain' AND contact_id IN (SELECT contact_id FROM contact_domain WHERE domain = $2)
        AND NOT EXISTS (SELECT 1 FROM contact_domain c JOIN account_domain d ON d.domain = c.domain
            WHERE c.contact_id = account_contact.contact_id AND d.account_id = $1)";
    /// Everybody whom the domain knows and who belongs to nobody yet; of two rules that fit, that of the older account holds.
    GATHER = "INSERT INTO account_contact (contact_id, account_id, how)
        SELECT c.contact_id, MIN(d.account_id), 'domain' FROM contact_domain c JOIN account_domain d ON d.domain = c.domain
        WHERE c.contact_id IN (SELECT contact_id FROM contact_domain WHERE domain = $1) GROUP BY c.contact_id
        ON CONFLICT (contact_id) DO NOTHING";
    KNOWN_BY = "INSERT INTO contact_domain (domain, contact_id) VALUES ($1, $2) ON CONFLICT (domain, contact_id) DO NOTHING";
    JOIN_BY_DOMAIN = "INSERT INTO account_contact (contact_id, account_id, how) SELECT CAST($2 AS BIGINT), account_id, 'domain' FROM account_domain WHERE domain = $1
        ON CONFLICT (contact_id) DO NOTHING";
    BY_HAND = "INSERT INTO account_contact (contact_id, account_id, how) VALUES ($1, $2, 'hand')
        ON CONFLICT (contact_id) DO UPDATE SET account_id = excluded.account_id, how = 'hand'";
    CONTACTS_DELETE = "DELETE FROM account_contact WHERE account_id = $1";
    OF_CONTACT = "SELECT a.doc, m.how FROM account_contact m JOIN account a ON a.id = m.account_id WHERE m.contact_id = $1";
    CONTACTS = "SELECT m.contact_id, c.name, c.email, m.how,
            (SELECT COUNT(*) FROM conversation v WHERE v.contact_id = c.id AND v.root_id IS NULL) AS conversations,
            (SELECT COUNT(*) FROM conversation v WHERE v.contact_id = c.id AND v.status <> 'resolved') AS open
        FROM account_contact m JOIN contact c ON c.id = m.contact_id WHERE m.account_id = $1 AND m.contact_id > $2 ORDER BY m.contact_id LIMIT $3";
    HOW_MANY_CONTACTS = "SELECT COUNT(*) FROM account_contact WHERE account_id = $1";
    FORGET_DOMAINS = "DELETE FROM contact_domain WHERE contact_id = $1";
    FORGET_RULE = "UPDATE account_contact SET how = 'erased' WHERE contact_id = $1 AND how = 'domain'";
    DOC_SET = "UPDATE account SET name = $2, folded = $3, doc = $4 WHERE id = $1";
}

impl Persisted for Account {
    const LOAD: &'static str = DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        None
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(AccountEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        async move {
            let f = &self.facts;
            let vals = vals![
                self.id,
                &self.key,
                &f.name,
                searched(self),
                f.value.as_ref().map(|value| value.minor),
                f.value.as_ref().map(|value| value.currency.as_str()),
                f.renewal.map(|day| day.to_string()),
                f.cancelled.map(|day| day.to_string()),
                f.owner,
                self.removed,
                self.created_at,
                doc
            ];
            tx.run(SAVE, vals).await?;
            for (event, _) in events {
                match event {
                    AccountEvent::Created { .. } | AccountEvent::Changed { .. } => follow_domains(tx, self.id, &f.domains).await?,
                    AccountEvent::Joined { contact, .. } => drop(tx.run(BY_HAND, vals![*contact, self.id]).await?),
                    AccountEvent::Left { contact, .. } => drop(tx.run(BY_HAND, vals![*contact, None::<AccountId>]).await?),
                    AccountEvent::Removed { .. } => {
                        follow_domains(tx, self.id, &[]).await?;
                        tx.run(CONTACTS_DELETE, vals![self.id]).await?;
                    }
                }
            }
            Ok(())
        }
        .boxed()
    }
}

fn searched(account: &Account) -> String {
    folded(&format!("{}\n{}", account.facts.name, account.key))
}

/// Brings the rules of an account, and whom they gather, to these domains.
async fn follow_domains(tx: &mut Tx, id: AccountId, domains: &[String]) -> Result<(), StoreError> {
    let rows: Vec<(String,)> = tx.all(DOMAINS_OF, vals![id]).await?;
    let before: Vec<String> = rows.into_iter().map(|(domain,)| domain).collect();
    for gone in before.iter().filter(|domain| !domains.contains(domain)) {
        tx.run(DOMAIN_DELETE, vals![gone, id]).await?;
        tx.run(STRAYS_DELETE, vals![id, gone]).await?;
        tx.run(GATHER, vals![gone]).await?;
    }
    for new in domains.iter().filter(|domain| !before.contains(domain)) {
        tx.run(DOMAIN_INSERT, vals![new, id]).await?;
        tx.run(GATHER, vals![new]).await?;
    }
    Ok(())
}

/// A customer is known by this address: its domain may say to whom they belong.
pub(super) async fn known_by(tx: &mut Tx, contact: ContactId, email: &str) -> Result<(), StoreError> {
    let Some(domain) = domain_of(email) else { return Ok(()) };
    tx.run(KNOWN_BY, vals![&domain, contact]).await?;
    tx.run(JOIN_BY_DOMAIN, vals![domain, contact]).await.map(drop)
}

/// Takes the traces of a customer's addresses out; that they belonged to an account stays, as a number.
pub(super) async fn forget(tx: &mut Tx, contact: ContactId) -> Result<(), StoreError> {
    tx.run(FORGET_DOMAINS, vals![contact]).await?;
    tx.run(FORGET_RULE, vals![contact]).await.map(drop)
}

/// By key.
///
/// # Errors
/// When the database fails.
pub async fn by_key(q: &mut impl Query, key: &str) -> Result<Option<Account>, StoreError> {
    let row: Option<(String,)> = q.optional(BY_KEY, vals![key]).await?;
    row.map(|(doc,)| decode("account", &doc)).transpose()
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn how_many(q: &mut impl Query) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(HOW_MANY, vec![]).await?;
    Ok(n)
}

/// By name, from a place on; `words` are looked for in name and key.
///
/// # Errors
/// When the database fails.
pub async fn page(q: &mut impl Query, words: &str, owner: Option<hypercare_core::UserId>, from: i64, limit: i64) -> Result<Vec<Account>, StoreError> {
    read(q.all(PAGE, vals![pattern(words), owner, limit, from]).await?)
}

/// In the order in which they were made, after one.
///
/// # Errors
/// When the database fails.
pub async fn after(q: &mut impl Query, id: AccountId, limit: i64) -> Result<Vec<Account>, StoreError> {
    read(q.all(AFTER, vals![id, limit]).await?)
}

fn read(rows: Vec<(String,)>) -> Result<Vec<Account>, StoreError> {
    rows.into_iter().map(|(doc,)| decode("account", &doc)).collect()
}

/// The account whose rule a domain is, and its name.
///
/// # Errors
/// When the database fails.
pub async fn of_domain(q: &mut impl Query, domain: &str) -> Result<Option<(AccountId, String)>, StoreError> {
    let row: Option<(i64, String)> = q.optional(DOMAIN_OWNER, vals![domain]).await?;
    Ok(row.map(|(id, name)| (AccountId(id), name)))
}

/// The account that a customer belongs to, and how: `hand`, `domain` or `erased`.
///
/// # Errors
/// When the database fails.
pub async fn of_contact(q: &mut impl Query, contact: ContactId) -> Result<Option<(Account, String)>, StoreError> {
    let row: Option<(String, String)> = q.optional(OF_CONTACT, vals![contact]).await?;
    row.map(|(doc, how)| Ok((decode("account", &doc)?, how))).transpose()
}

/// One of an account's people.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    /// Id.
    pub contact_id: i64,
    /// Name.
    pub name: String,
    /// Address.
    pub email: Option<String>,
    /// How they came to it.
    pub how: String,
    /// Their conversations.
    pub conversations: i64,
    /// Of these, not settled.
    pub open: i64,
}

/// An account's people after one, in the order in which they first wrote.
///
/// # Errors
/// When the database fails.
pub async fn contacts(q: &mut impl Query, id: AccountId, after: i64, limit: i64) -> Result<Vec<Member>, StoreError> {
    q.all(CONTACTS, vals![id, after, limit]).await
}

/// How many people an account has.
///
/// # Errors
/// When the database fails.
pub async fn how_many_contacts(q: &mut impl Query, id: AccountId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(HOW_MANY_CONTACTS, vals![id]).await?;
    Ok(n)
}

/// An account without somebody's words.
///
/// # Errors
/// When the database fails.
pub async fn doc_set(tx: &mut Tx, account: &Account, doc: &str) -> Result<(), StoreError> {
    tx.run(DOC_SET, vals![account.id, &account.facts.name, searched(account), doc]).await.map(drop)
}
