//! Opening a database, reading from it, and handing writes to the writer.

use crate::ids::Ids;
use crate::sql::{Query, Row, Val, bind_all};
use crate::tx::Tx;
use crate::writer::{Job, Writer};
use crate::{StoreError, migrate};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::Timestamp;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;
const CACHE: &str = "cache_size";
/// Of each reader, in KiB where it is negative.
const READER_CACHE: &str = "-16000";
/// Of the one writer. A customer who writes again touches a leaf of their own in the index of customers: at 580,000 conversations of 20,000
/// customers each touch read 1.4 KB from the file with 16 MB of cache, and next to nothing from 32 MB on; twice that leaves room to grow.
const WRITER_CACHE: &str = "-64000";

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file in this directory.
    Directory(PathBuf),
    /// A PostgreSQL database, as `postgres://user@host/name`.
    Postgres(String),
}

impl Location {
    /// From a setting: an address that begins with `postgres`, or a directory.
    pub fn from_setting(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Directory(Path::new(text).to_owned())
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pools: Pools,
    ids: Arc<Ids>,
    writer: Writer,
    head: watch::Receiver<i64>,
}

/// Reads outside any transaction.
#[derive(Clone, Debug)]
pub struct Reader {
    pools: Pools,
}

impl Store {
    /// Opens the database, brings its schema up to date and starts the writer.
    ///
    /// # Errors
    /// When the directory or server cannot be used, or the schema is newer than this program.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        let pools = match location {
            Location::Directory(dir) => sqlite(dir).await?,
            Location::Postgres(url) => postgres(url).await?,
        };
        migrate::run(&pools).await?;
        let (seq, last_id, node) = crate::tx::join(&pools).await?;
        let ids = Arc::new(Ids::new(last_id, node));
        let (head_sender, head) = watch::channel(seq);
        let writer = Writer::start(pools.clone(), Arc::clone(&ids), head_sender);
        Ok(Self { pools, ids, writer, head })
    }

    /// A new id, greater than all before.
    pub fn new_id<I: From<i64>>(&self, now: Timestamp) -> I {
        I::from(self.ids.next(now))
    }

    /// The number of this node among those on this database.
    pub(crate) fn node(&self) -> i64 {
        self.ids.node()
    }

    /// For reading.
    pub fn reader(&self) -> Reader {
        Reader { pools: self.pools.clone() }
    }

    /// The number of the last committed event; changes wake its watchers.
    pub fn head(&self) -> watch::Receiver<i64> {
        self.head.clone()
    }

    /// Makes a change: everything that `change` does is kept together or not at all, and is on disk
    /// when this returns.
    ///
    /// # Errors
    /// What `change` returned, or that the store could not commit.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, result) = Job::new(change);
        self.writer.submit(job).await.map_err(E::from)?;
        result.await.unwrap_or_else(|_| Err(E::from(StoreError::Closed)))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.reader().all::<(i64,)>("SELECT CAST(1 AS BIGINT)", vec![]).await.map(drop)
    }

    /// Finishes accepted writes and closes every connection.
    pub async fn close(&self) {
        self.writer.stop().await;
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// The engine's name: `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match self.pools {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres(_) => "postgres",
        }
    }

    /// Asks the database to prepare a statement without running it; for the test of all statements.
    ///
    /// # Errors
    /// When the database does not accept the statement.
    pub async fn prepare(&self, sql: &'static str) -> Result<(), StoreError> {
        use sqlx::{Executor, SqlSafeStr};
        let failed = |e: sqlx::Error| StoreError::database(sql, &e);
        match &self.pools {
            Pools::Sqlite { read, .. } => read.prepare(sql.into_sql_str()).await.map(drop).map_err(failed),
            Pools::Postgres(pool) => pool.prepare(sql.into_sql_str()).await.map(drop).map_err(failed),
        }
    }
}

async fn sqlite(dir: &Path) -> Result<Pools, StoreError> {
    std::fs::create_dir_all(dir).map_err(|e| StoreError::Unusable(format!("The data directory {} cannot be created: {e}", dir.display())))?;
    let file = dir.join("hypercare.db");
    let unusable = |e: sqlx::Error| StoreError::Unusable(format!("The database file {} cannot be opened: {e}", file.display()));
    // FULL: what was acknowledged survives a power cut. The writer's group commit pays for it.
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .busy_timeout(Duration::from_secs(10))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(300);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone().pragma(CACHE, WRITER_CACHE))
        .await
        .map_err(unusable)?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options.read_only(true).pragma(CACHE, READER_CACHE))
        .await
        .map_err(unusable)?;
    Ok(Pools::Sqlite { write, read })
}

async fn postgres(url: &str) -> Result<Pools, StoreError> {
    let unusable = |e: sqlx::Error| StoreError::Unusable(format!("The PostgreSQL database cannot be reached: {e}"));
    let options = PgConnectOptions::from_str(url).map_err(unusable)?.application_name("hypercare").statement_cache_capacity(300);
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await
        .map_err(unusable)?;
    Ok(Pools::Postgres(pool))
}

impl Query for Reader {
    fn all<'a, T: Row>(&'a mut self, sql: &'static str, vals: Vec<Val>) -> BoxFuture<'a, Result<Vec<T>, StoreError>> {
        async move {
            match &self.pools {
                Pools::Sqlite { read, .. } => bind_all!(sqlx::query_as::<sqlx::Sqlite, T>(sql), vals).fetch_all(read).await,
                Pools::Postgres(pool) => bind_all!(sqlx::query_as::<sqlx::Postgres, T>(sql), vals).fetch_all(pool).await,
            }
            .map_err(|e| StoreError::database(sql, &e))
        }
        .boxed()
    }
    /// Reading connections refuse writes on SQLite; the writer is the only way in.
    fn run(&mut self, sql: &'static str, _: Vec<Val>) -> BoxFuture<'_, Result<u64, StoreError>> {
        async move { Err(StoreError::Unusable(format!("`{sql}` writes, and this is for reading"))) }.boxed()
    }
}
