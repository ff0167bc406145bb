//! Signs between nodes: said to whoever listens just now, and kept nowhere. PostgreSQL passes them on; with SQLite there is one node.

use crate::StoreError;
use crate::db::{Pools, Store};
use sqlx::postgres::PgListener;

const CHANNEL: &str = "hypercare_signs";
const SAY: &str = "SELECT pg_notify('hypercare_signs', $1)";
/// What PostgreSQL passes on at most is 8,000 bytes; a longer sign is no sign.
const LONGEST: usize = 4_000;

/// What other nodes say, from now on.
#[derive(Debug)]
pub struct Signs {
    listener: PgListener,
    own: String,
}

impl Store {
    /// Says something to the other nodes. With SQLite, and where it is too long, to nobody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn say(&self, sign: &str) -> Result<(), StoreError> {
        let Pools::Postgres(pool) = &self.pools else { return Ok(()) };
        if sign.len() > LONGEST {
            return Ok(());
        }
        let said = format!("{}:{sign}", self.node());
        sqlx::query(SAY).bind(said).execute(pool).await.map(drop).map_err(|e| StoreError::database(SAY, &e))
    }

    /// Listens to the other nodes; none where there can be none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listen(&self) -> Result<Option<Signs>, StoreError> {
        let Pools::Postgres(pool) = &self.pools else { return Ok(None) };
        let failed = |e: sqlx::Error| StoreError::database("LISTEN", &e);
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen(CHANNEL).await.map_err(failed)?;
        Ok(Some(Signs { listener, own: format!("{}:", self.node()) }))
    }
}

impl Signs {
    /// The next sign of another node.
    ///
    /// # Errors
    /// When the connection is gone: listen anew. What was said meanwhile is not heard.
    pub async fn next(&mut self) -> Result<String, StoreError> {
        loop {
            let heard = self.listener.try_recv().await.map_err(|e| StoreError::database("LISTEN", &e))?;
            let heard = heard.ok_or(StoreError::Closed)?;
            if let Some((_, sign)) = heard.payload().split_once(':').filter(|_| !heard.payload().starts_with(&self.own)) {
                return Ok(sign.to_owned());
            }
        }
    }
}
