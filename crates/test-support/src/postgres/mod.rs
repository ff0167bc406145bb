//! A private PostgreSQL for tests, without containers.
//!
//! `cargo xtask test` starts one [`Cluster`] and names it in [`URL_VARIABLE`]; each test makes and drops a
//! database of its own in it. A test binary that is run without the variable starts a cluster for its
//! process (about a second), so `cargo test -p …` needs no preparation either.

mod cluster;
mod database;
mod programs;

pub use cluster::{Cluster, Durability};
pub use database::{PgDatabase, fresh_postgres_database};
pub use programs::{NOT_FOUND, programs};

/// Names a running PostgreSQL, as a `postgres://` URL of a role that may create databases.
pub const URL_VARIABLE: &str = "HYPERCARE_TEST_POSTGRES";
