//! Sessions, API tokens and remembered answers to creations.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{Timestamp, TokenId, UserId};

statements! {
    SESSION_INSERT = "INSERT INTO session (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    SESSION_USER = "SELECT user_id FROM session WHERE token_hash = $1 AND expires_at > $2";
    SESSION_DELETE = "DELETE FROM session WHERE token_hash = $1";
    SESSIONS_END = "DELETE FROM session WHERE user_id = $1";
    SESSIONS_EXPIRE = "DELETE FROM session WHERE expires_at <= $1";
    TOKEN_INSERT = "INSERT INTO api_token (id, name, token_hash, scopes, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    TOKEN_BY_HASH = "SELECT id, name, scopes, created_at, revoked_at FROM api_token WHERE token_hash = $1 AND revoked_at IS NULL";
    TOKENS = "SELECT id, name, scopes, created_at, revoked_at FROM api_token ORDER BY id DESC LIMIT 500";
    TOKEN_REVOKE = "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    REMEMBERED = "SELECT request_hash, status, body FROM idempotency WHERE caller = $1 AND key = $2";
    REMEMBER = "INSERT INTO idempotency (caller, key, request_hash, status, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    FORGET = "DELETE FROM idempotency WHERE created_at <= $1";
}

/// One API token, without its secret.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Token {
    /// Id.
    pub id: i64,
    /// Name given by whoever made it.
    pub name: String,
    /// Permission words, separated by blanks.
    pub scopes: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was withdrawn.
    pub revoked_at: Option<i64>,
}

/// What was answered to a creation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Remembered {
    /// Hash of the request that was answered.
    pub request_hash: String,
    /// HTTP status.
    pub status: i64,
    /// Body.
    pub body: String,
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub async fn session_insert(tx: &mut Tx, token_hash: &str, user: UserId, now: Timestamp, expires: Timestamp) -> Result<(), StoreError> {
    tx.run(SESSIONS_EXPIRE, vals![now]).await?;
    tx.run(SESSION_INSERT, vals![token_hash, user, now, expires]).await.map(drop)
}

/// Whose session a token is, if it is still good.
///
/// # Errors
/// When the database fails.
pub async fn session_user(q: &mut impl Query, token_hash: &str, now: Timestamp) -> Result<Option<UserId>, StoreError> {
    let row: Option<(i64,)> = q.optional(SESSION_USER, vals![token_hash, now]).await?;
    Ok(row.map(|(id,)| UserId(id)))
}

/// Ends one session.
///
/// # Errors
/// When the database fails.
pub async fn session_delete(tx: &mut Tx, token_hash: &str) -> Result<(), StoreError> {
    tx.run(SESSION_DELETE, vals![token_hash]).await.map(drop)
}

/// Ends all sessions of a person: after a new password, or when they may not sign in any more.
///
/// # Errors
/// When the database fails.
pub async fn sessions_end(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx.run(SESSIONS_END, vals![user]).await.map(drop)
}

/// Keeps a token's hash.
///
/// # Errors
/// When the database fails.
pub async fn token_insert(
    tx: &mut Tx,
    id: TokenId,
    name: &str,
    token_hash: &str,
    scopes: &str,
    by: UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.run(TOKEN_INSERT, vals![id, name, token_hash, scopes, by, now]).await.map(drop)
}

/// The token with this hash, unless withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn token_by_hash(q: &mut impl Query, token_hash: &str) -> Result<Option<Token>, StoreError> {
    q.optional(TOKEN_BY_HASH, vals![token_hash]).await
}

/// All tokens, newest first; at most five hundred.
///
/// # Errors
/// When the database fails.
pub async fn tokens(q: &mut impl Query) -> Result<Vec<Token>, StoreError> {
    q.all(TOKENS, vec![]).await
}

/// Withdraws a token; returns whether there was one to withdraw.
///
/// # Errors
/// When the database fails.
pub async fn token_revoke(tx: &mut Tx, id: TokenId, now: Timestamp) -> Result<bool, StoreError> {
    tx.run(TOKEN_REVOKE, vals![id, now]).await.map(|n| n > 0)
}

/// What this caller was answered under this key.
///
/// # Errors
/// When the database fails.
pub async fn remembered(q: &mut impl Query, caller: &str, key: &str) -> Result<Option<Remembered>, StoreError> {
    q.optional(REMEMBERED, vals![caller, key]).await
}

/// Keeps an answer for a day.
///
/// # Errors
/// [`StoreError::Duplicate`] when another request was first.
pub async fn remember(tx: &mut Tx, caller: &str, key: &str, answer: &Remembered, now: Timestamp) -> Result<(), StoreError> {
    tx.run(FORGET, vals![now - hypercare_core::Span::days(1)]).await?;
    tx.run(REMEMBER, vals![caller, key, &answer.request_hash, answer.status, &answer.body, now]).await.map(drop)
}
