//! People who sign in.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::role::Role;
use hypercare_core::{Timestamp, UserId};

statements! {
    BY_EMAIL = "SELECT id, email, name, role, password_hash, disabled, created_at FROM person WHERE email = $1";
    BY_ID = "SELECT id, email, name, role, password_hash, disabled, created_at FROM person WHERE id = $1";
    LIST = "SELECT id, email, name, role, password_hash, disabled, created_at FROM person ORDER BY name, id LIMIT 1000";
    COUNT = "SELECT COUNT(*) FROM person";
    INSERT = "INSERT INTO person (id, email, name, role, password_hash, disabled, created_at) VALUES ($1, $2, $3, $4, $5, FALSE, $6)";
    UPDATE = "UPDATE person SET name = $2, role = $3, password_hash = $4, disabled = $5 WHERE id = $1";
}

/// One person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Id.
    pub id: i64,
    /// E-mail, in lower case: how they sign in.
    pub email: String,
    /// Name to show.
    pub name: String,
    /// Role, as a word.
    pub role: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// May not sign in any more.
    pub disabled: bool,
    /// When they were added.
    pub created_at: i64,
}

impl Person {
    /// Id.
    pub fn id(&self) -> UserId {
        UserId(self.id)
    }
    /// Role; an unknown word is the least one.
    pub fn role(&self) -> Role {
        Role::from_word(&self.role).unwrap_or(Role::Viewer)
    }
}

/// By e-mail, in any case.
///
/// # Errors
/// When the database fails.
pub async fn by_email(q: &mut impl Query, email: &str) -> Result<Option<Person>, StoreError> {
    q.optional(BY_EMAIL, vals![email.trim().to_lowercase()]).await
}

/// By id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: UserId) -> Result<Option<Person>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

/// Everyone, by name; at most a thousand.
///
/// # Errors
/// When the database fails.
pub async fn list(q: &mut impl Query) -> Result<Vec<Person>, StoreError> {
    q.all(LIST, vec![]).await
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn count(q: &mut impl Query) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(COUNT, vec![]).await?;
    Ok(n)
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Duplicate`] when the e-mail is taken.
pub async fn insert(tx: &mut Tx, id: UserId, email: &str, name: &str, role: Role, password_hash: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.run(INSERT, vals![id, email.trim().to_lowercase(), name, role.word(), password_hash, now]).await.map(drop)
}

/// Changes one.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    tx.run(UPDATE, vals![person.id, &person.name, &person.role, &person.password_hash, person.disabled]).await.map(drop)
}
