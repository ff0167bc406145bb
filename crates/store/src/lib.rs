//! Everything that is kept, on SQLite or PostgreSQL from one SQL text: the only crate with SQL.
//!
//! Reading goes through [`Reader`]; writing only through [`Store::write`], where one task commits
//! everybody's changes in groups, so that an acknowledged change is on disk and the cost of reaching
//! the disk is shared. See `docs/decisions/0003-one-writer.md`.

mod aggregates;
mod db;
mod error;
mod figures;
mod ids;
mod migrate;
pub mod notices;
mod places;
pub mod queries;
mod seal;
mod search;
mod signs;
mod sql;
mod tx;
mod writer;

pub use aggregates::{Change, Persisted, load};
pub use db::{Location, Reader, Store};
pub use error::{StoreError, WriteError};
pub use figures::Shape;
pub use signs::Signs;
pub use sql::{Query, Row, STATEMENTS, Val};
pub use tx::{OutboxRow, Tx};
