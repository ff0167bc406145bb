//! What tests need from the machine they run on.
//!
//! A test that cannot run fails and says what to install. Nothing here skips: a skipped test looks
//! like a passed one on the day that matters.

mod machine;
pub mod mail_servers;
pub mod postgres;
pub mod postman;
mod temp;

pub use machine::{chromium, find_program, free_port};
pub use mail_servers::MailServers;
pub use postgres::{PgDatabase, fresh_postgres_database};
pub use temp::{TempDir, temp_dir};
