//! What can go wrong while reading or writing.

use hypercare_core::Refusal;

/// The store could not do its work.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("the database failed at `{statement}`: {detail}")]
    Database {
        /// The beginning of the statement.
        statement: String,
        /// The database's words.
        detail: String,
    },
    /// A unique index refused the row: somebody was first.
    #[error("a row with the same key exists")]
    Duplicate,
    /// A stored document does not have the shape this version expects.
    #[error("a stored {what} cannot be read: {detail}")]
    Corrupt {
        /// What kind of document.
        what: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The address of the database, its schema or its directory is unusable.
    #[error("{0}")]
    Unusable(String),
    /// The store is shutting down.
    #[error("the store is shutting down")]
    Closed,
    /// The change itself failed by a mistake in the program; nothing of it was kept.
    #[error("the change failed unexpectedly; nothing of it was kept")]
    Panicked,
}

impl StoreError {
    pub(crate) fn database(statement: &str, error: &sqlx::Error) -> Self {
        if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            return Self::Duplicate;
        }
        Self::Database { statement: statement.split_whitespace().take(6).collect::<Vec<_>>().join(" "), detail: error.to_string() }
    }
}

/// Why a change was not made.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WriteError {
    /// The rules said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}
