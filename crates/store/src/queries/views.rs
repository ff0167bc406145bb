//! Views of the inbox that people saved.

use crate::search::folded;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::{SavedViewId, Timestamp, UserId};

/// Views that a person sees at most: their own fifty, and those that others share.
pub const SHOWN: i64 = 200;

statements! {
    /// What somebody sees, in their order: first what they placed by hand, then by name.
    VISIBLE = "SELECT v.id, v.owner_id, p.name AS owner_name, p.disabled AS owner_gone, v.name, v.shared, v.filters
        FROM saved_view v JOIN person p ON p.id = v.owner_id LEFT JOIN saved_view_order o ON o.view_id = v.id AND o.user_id = $1
        WHERE v.owner_id = $1 OR v.shared
        ORDER BY CASE WHEN o.place IS NULL THEN 1 ELSE 0 END, o.place, v.folded, v.id LIMIT $2";
    ONE = "SELECT v.id, v.owner_id, p.name AS owner_name, p.disabled AS owner_gone, v.name, v.shared, v.filters
        FROM saved_view v JOIN person p ON p.id = v.owner_id WHERE v.id = $1";
    HOW_MANY = "SELECT COUNT(*) FROM saved_view WHERE owner_id = $1";
    TAKEN = "SELECT id FROM saved_view WHERE owner_id = $1 AND folded = $2";
    INSERT = "INSERT INTO saved_view (id, owner_id, name, folded, shared, filters, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
    UPDATE = "UPDATE saved_view SET name = $2, folded = $3, shared = $4, filters = $5, changed_at = $6 WHERE id = $1";
    DELETE = "DELETE FROM saved_view WHERE id = $1";
    ORDER_OF_VIEW_DELETE = "DELETE FROM saved_view_order WHERE view_id = $1";
    ORDER_DELETE = "DELETE FROM saved_view_order WHERE user_id = $1";
    ORDER_INSERT = "INSERT INTO saved_view_order (user_id, view_id, place) VALUES ($1, $2, $3)";
    ORDERED = "SELECT COUNT(*) FROM saved_view_order WHERE user_id = $1";
}

/// A saved view.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SavedView {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub owner_id: i64,
    /// Their name.
    pub owner_name: String,
    /// They cannot sign in any more.
    pub owner_gone: bool,
    /// Its name.
    pub name: String,
    /// Everybody sees it.
    pub shared: bool,
    /// Its filters, as JSON.
    pub filters: String,
}

/// What is kept of a view.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Everybody sees it.
    pub shared: bool,
    /// Its filters, as JSON.
    pub filters: String,
}

/// The views that somebody sees, in their order.
///
/// # Errors
/// When the database fails.
pub async fn visible(q: &mut impl Query, user: UserId) -> Result<Vec<SavedView>, StoreError> {
    q.all(VISIBLE, vals![user, SHOWN]).await
}

/// One, whoever may see it.
///
/// # Errors
/// When the database fails.
pub async fn one(q: &mut impl Query, id: SavedViewId) -> Result<Option<SavedView>, StoreError> {
    q.optional(ONE, vals![id]).await
}

/// How many somebody saved.
///
/// # Errors
/// When the database fails.
pub async fn how_many(q: &mut impl Query, owner: UserId) -> Result<i64, StoreError> {
    let (n,): (i64,) = q.one(HOW_MANY, vals![owner]).await?;
    Ok(n)
}

/// The view of this owner that has a name already; upper and lower case are the same.
///
/// # Errors
/// When the database fails.
pub async fn named(q: &mut impl Query, owner: UserId, name: &str) -> Result<Option<SavedViewId>, StoreError> {
    let row: Option<(i64,)> = q.optional(TAKEN, vals![owner, folded(name)]).await?;
    Ok(row.map(|(id,)| SavedViewId(id)))
}

/// Keeps a new one.
///
/// # Errors
/// [`StoreError::Duplicate`] when its owner has one of this name.
pub async fn insert(tx: &mut Tx, id: SavedViewId, owner: UserId, view: &Kept, now: Timestamp) -> Result<(), StoreError> {
    tx.run(INSERT, vals![id, owner, &view.name, folded(&view.name), view.shared, &view.filters, now]).await.map(drop)
}

/// Keeps what it is now.
///
/// # Errors
/// [`StoreError::Duplicate`] when its owner has another one of this name.
pub async fn update(tx: &mut Tx, id: SavedViewId, view: &Kept, now: Timestamp) -> Result<(), StoreError> {
    tx.run(UPDATE, vals![id, &view.name, folded(&view.name), view.shared, &view.filters, now]).await.map(drop)
}

/// Deletes one, with its place in everybody's order.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: SavedViewId) -> Result<(), StoreError> {
    tx.run(ORDER_OF_VIEW_DELETE, vals![id]).await?;
    tx.run(DELETE, vals![id]).await.map(drop)
}

/// Sets somebody's order; none is that of the names.
///
/// # Errors
/// When the database fails.
pub async fn order(tx: &mut Tx, user: UserId, views: &[SavedViewId]) -> Result<(), StoreError> {
    tx.run(ORDER_DELETE, vals![user]).await?;
    for (place, view) in (0_i64..).zip(views) {
        tx.run(ORDER_INSERT, vals![user, *view, place]).await?;
    }
    Ok(())
}

/// Whether somebody placed views by hand.
///
/// # Errors
/// When the database fails.
pub async fn by_hand(q: &mut impl Query, user: UserId) -> Result<bool, StoreError> {
    let (n,): (i64,) = q.one(ORDERED, vals![user]).await?;
    Ok(n > 0)
}
