//! Forward migrations: numbered files of statements that both engines accept, each applied once in a
//! transaction of its own and remembered with its checksum.

use crate::StoreError;
use crate::db::Pools;
use sqlx::{Executor, Postgres, Sqlite, Transaction};

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "the spine", include_str!("../migrations/0001_spine.sql")),
    (2, "open conversations counted", include_str!("../migrations/0002_open_count.sql")),
    (3, "warnings", include_str!("../migrations/0003_warnings.sql")),
    (4, "figures kept", include_str!("../migrations/0004_figures.sql")),
    (5, "fields", include_str!("../migrations/0005_fields.sql")),
    (6, "confirmed outcomes", include_str!("../migrations/0006_confirmed.sql")),
    (7, "what the assistant did, counted", include_str!("../migrations/0007_assistant_figures.sql")),
    (8, "repeats", include_str!("../migrations/0008_repeats.sql")),
    (9, "what nothing answered", include_str!("../migrations/0009_unanswered.sql")),
    (10, "mails", include_str!("../migrations/0010_mail.sql")),
    (11, "the chat on both sides", include_str!("../migrations/0011_chat.sql")),
    (12, "the inbox", include_str!("../migrations/0012_inbox.sql")),
    (13, "webhooks", include_str!("../migrations/0013_webhooks.sql")),
    (14, "bridges", include_str!("../migrations/0014_bridges.sql")),
    (15, "many conversations at once, saved views", include_str!("../migrations/0015_views.sql")),
    (16, "joined conversations", include_str!("../migrations/0016_joined.sql")),
    (17, "chat", include_str!("../migrations/0017_chat.sql")),
    (18, "notices", include_str!("../migrations/0018_notices.sql")),
    (19, "updates", include_str!("../migrations/0019_updates.sql")),
    (20, "rotas", include_str!("../migrations/0020_rota.sql")),
    (21, "split", include_str!("../migrations/0021_split.sql")),
    (22, "the log as a chain", include_str!("../migrations/0022_chain.sql")),
    (23, "decisions that run out", include_str!("../migrations/0023_decisions.sql")),
    (24, "escalations", include_str!("../migrations/0024_escalations.sql")),
    (29, "reviews", include_str!("../migrations/0029_reviews.sql")),
    (26, "cutovers", include_str!("../migrations/0026_cutovers.sql")),
    (28, "accounts", include_str!("../migrations/0028_accounts.sql")),
    (31, "check-ins, and what subscribers want", include_str!("../migrations/0031_check_ins.sql")),
    (27, "handover to normal operations", include_str!("../migrations/0027_handover.sql")),
    (30, "letters to colleagues", include_str!("../migrations/0030_letters.sql")),
    (25, "articles", include_str!("../migrations/0025_articles.sql")),
    (33, "briefs are letters", include_str!("../migrations/0033_reach.sql")),
];

/// On PostgreSQL two nodes may start at once: one of them waits here.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_xact_lock(7241001)";
const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";

pub(crate) async fn run(pools: &Pools) -> Result<(), StoreError> {
    match pools {
        Pools::Sqlite { write, .. } => {
            let mut tx = write.begin_with("BEGIN IMMEDIATE").await.map_err(|e| StoreError::database("BEGIN", &e))?;
            apply_sqlite(&mut tx).await?;
            tx.commit().await.map_err(|e| StoreError::database("COMMIT", &e))
        }
        Pools::Postgres(pool) => {
            let mut tx = pool.begin().await.map_err(|e| StoreError::database("BEGIN", &e))?;
            tx.execute(POSTGRES_LOCK).await.map_err(|e| StoreError::database(POSTGRES_LOCK, &e))?;
            apply_postgres(&mut tx).await?;
            tx.commit().await.map_err(|e| StoreError::database("COMMIT", &e))
        }
    }
}

macro_rules! apply {
    ($name:ident, $engine:ty) => {
        async fn $name(tx: &mut Transaction<'static, $engine>) -> Result<(), StoreError> {
            tx.execute(LEDGER).await.map_err(|e| StoreError::database(LEDGER, &e))?;
            let done: Vec<(i64, String)> = sqlx::query_as("SELECT version, checksum FROM migration ORDER BY version")
                .fetch_all(&mut **tx)
                .await
                .map_err(|e| StoreError::database("SELECT FROM migration", &e))?;
            for (version, sql) in pending(&done)? {
                for statement in statements(sql) {
                    tx.execute(statement).await.map_err(|e| StoreError::database(statement, &e))?;
                }
                sqlx::query("INSERT INTO migration (version, name, checksum) VALUES ($1, $2, $3)")
                    .bind(version.0)
                    .bind(version.1)
                    .bind(checksum(sql))
                    .execute(&mut **tx)
                    .await
                    .map_err(|e| StoreError::database("INSERT INTO migration", &e))?;
            }
            Ok(())
        }
    };
}
apply!(apply_sqlite, Sqlite);
apply!(apply_postgres, Postgres);

type Pending = Vec<((i64, &'static str), &'static str)>;

fn pending(done: &[(i64, String)]) -> Result<Pending, StoreError> {
    for (version, sum) in done {
        match MIGRATIONS.iter().find(|(v, ..)| v == version) {
            None => {
                return Err(StoreError::Unusable(format!(
                    "The database has schema version {version}, which this program does not know: start the newer program that wrote it."
                )));
            }
            Some((_, name, sql)) if checksum(sql) != *sum => {
                return Err(StoreError::Unusable(format!(
                    "Migration {version} ({name}) is not the one this database was made with; it must never be edited."
                )));
            }
            Some(_) => {}
        }
    }
    let missing = MIGRATIONS.iter().filter(|(v, ..)| !done.iter().any(|(d, _)| d == v));
    Ok(missing.map(|(v, name, sql)| ((*v, *name), *sql)).collect())
}

/// Statements end with `;` at the end of a line; lines that begin with `--` are comments.
fn statements(sql: &'static str) -> impl Iterator<Item = &'static str> {
    sql.split(";\n").map(str::trim).filter(|s| s.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--")))
}

/// FNV-1a over the text without comments and blank space: enough to notice an edit.
fn checksum(sql: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for line in sql.lines().filter(|l| !l.trim_start().starts_with("--")) {
        for byte in line.bytes().filter(|b| !b.is_ascii_whitespace()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
