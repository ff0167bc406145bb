//! Where in the database a word stands: after an erasure, for whoever has to be sure.

use crate::StoreError;
use crate::db::{Pools, Store};
use sqlx::AssertSqlSafe;

const SQLITE: &str = "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p ON TRUE
    WHERE m.type = 'table' AND UPPER(p.type) = 'TEXT' ORDER BY m.name, p.name";
const POSTGRES: &str = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text' ORDER BY table_name, column_name";

impl Store {
    /// The columns in which a word stands, in any case (of ASCII letters), with the number of rows: `message.text: 3`. Reads everything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn places_of(&self, word: &str) -> Result<Vec<String>, StoreError> {
        let escaped = word.to_ascii_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let pattern = format!("%{escaped}%");
        let mut found = vec![];
        let columns: Vec<(String, String)> = match &self.pools {
            Pools::Sqlite { read, .. } => sqlx::query_as(SQLITE).fetch_all(read).await.map_err(|e| StoreError::database(SQLITE, &e))?,
            Pools::Postgres(pool) => sqlx::query_as(POSTGRES).fetch_all(pool).await.map_err(|e| StoreError::database(POSTGRES, &e))?,
        };
        for (table, column) in columns {
            // Names of our own schema, read from it.
            let sql = AssertSqlSafe(format!(r#"SELECT COUNT(*) FROM "{table}" WHERE LOWER("{column}") LIKE $1 ESCAPE '!'"#));
            let failed = |e: sqlx::Error| StoreError::database("SELECT COUNT(*) WHERE … LIKE", &e);
            let (count,): (i64,) = match &self.pools {
                Pools::Sqlite { read, .. } => sqlx::query_as(sql).bind(&pattern).fetch_one(read).await.map_err(failed)?,
                Pools::Postgres(pool) => sqlx::query_as(sql).bind(&pattern).fetch_one(pool).await.map_err(failed)?,
            };
            if count > 0 {
                found.push(format!("{table}.{column}: {count}"));
            }
        }
        Ok(found)
    }
}
