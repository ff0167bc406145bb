//! A database of one's own in a shared server.

use super::{Cluster, Durability, URL_VARIABLE, programs};
use crate::machine::find_program;
use crate::temp::unique;
use std::process::Command;
use std::sync::OnceLock;

/// An empty database that nobody else uses. Dropping the value drops the database, with whoever is still
/// connected to it.
#[derive(Debug)]
pub struct PgDatabase {
    /// How to connect.
    pub url: String,
    name: String,
    server: String,
}

/// A new empty database, in the server that [`URL_VARIABLE`] names or else in one that this process
/// starts on first use and that ends with it.
///
/// # Panics
/// If there is no PostgreSQL; the message says what to install. Tests are not skipped.
#[allow(clippy::unused_async, reason = "async so that a driver can replace psql without touching the tests")]
pub async fn fresh_postgres_database() -> PgDatabase {
    PgDatabase::create().unwrap_or_else(|why| panic!("{why}"))
}

impl PgDatabase {
    fn create() -> Result<Self, String> {
        let server = server()?;
        let name = format!("test_{}", unique());
        psql(&server, &format!("CREATE DATABASE {name}"))?;
        Ok(Self { url: with_database(&server, &name), name, server })
    }
}

impl Drop for PgDatabase {
    fn drop(&mut self) {
        if let Err(why) = psql(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)) {
            eprintln!("the test database {} stays behind: {why}", self.name);
        }
    }
}

fn server() -> Result<String, String> {
    static OWN: OnceLock<Result<Cluster, String>> = OnceLock::new();
    match std::env::var(URL_VARIABLE) {
        Ok(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => Ok(url),
        Ok(url) => Err(format!("{URL_VARIABLE} is `{url}`; expected a URL such as postgres://user@localhost/postgres.")),
        // A value in a static is never dropped; the cluster ends because this process closes its input.
        Err(_) => OWN.get_or_init(|| Cluster::start(Durability::Fast)).as_ref().map(|cluster| cluster.url("postgres")).map_err(Clone::clone),
    }
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, None), |(base, query)| (base, Some(query)));
    let authority_starts = base.find("://").map_or(0, |at| at + 3);
    let base = base[authority_starts..].find('/').map_or(base, |at| &base[..authority_starts + at]);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{base}/{name}{query}")
}

fn psql(server: &str, statement: &str) -> Result<(), String> {
    let program = find_program("psql").map_or_else(|| programs().map(|folder| folder.join("psql")), Ok)?;
    let output = Command::new(program)
        .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, server])
        .output()
        .map_err(|e| format!("cannot run psql: {e}"))?;
    if output.status.success() { Ok(()) } else { Err(format!("`{statement}`: {}", String::from_utf8_lossy(&output.stderr).trim())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_replaced_and_the_rest_kept() {
        #[track_caller]
        fn check(server: &str, expected: &str) {
            assert_eq!(with_database(server, "new"), expected);
        }
        check("postgres://u@localhost/postgres", "postgres://u@localhost/new");
        check("postgres://u:p@db.example:5433/postgres?sslmode=require", "postgres://u:p@db.example:5433/new?sslmode=require");
        check("postgres://u@localhost:5432/postgres?host=/tmp/x", "postgres://u@localhost:5432/new?host=/tmp/x");
        check("postgresql://localhost", "postgresql://localhost/new");
    }
}
