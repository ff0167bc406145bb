//! A place for data with an administrator and a token, made as an operator makes them.

use super::run::{Done, hypercare, run};
use hypercare_store::Location;
use hypercare_test_support::{PgDatabase, TempDir, free_port, fresh_postgres_database, temp_dir};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Goes away with this value.
pub struct Installation {
    directory: TempDir,
    database: Option<PgDatabase>,
    port: u16,
    /// May do everything.
    pub token: String,
}

/// Signs in as `admin@localhost`.
pub const PASSWORD: &str = "correct horse battery";

impl Installation {
    pub async fn new(engine: Engine) -> Self {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(fresh_postgres_database().await),
        };
        let mut made = Self { directory: temp_dir(), database, port: free_port(), token: String::new() };
        let add = ["admin", "user", "add", "admin@localhost", "--name", "Ada Admin", "--role", "admin"];
        run(made.at_place(&add), PASSWORD).await.good();
        made.token = made.token_for(&["read", "inbound:write", "conversations:write", "issues:write", "answers:approve", "windows:write"]).await;
        made
    }

    /// Another token.
    pub async fn token_for(&self, scopes: &[&str]) -> String {
        let mut args = vec!["admin", "token", "add", "a test"];
        args.extend(scopes.iter().flat_map(|scope| ["--scope", scope]));
        run(self.at_place(&args), "").await.good().trim().to_owned()
    }

    /// A command on the data itself.
    pub fn at_place(&self, args: &[&str]) -> Command {
        let mut command = hypercare(args);
        command.env("HYPERCARE_DATA", self.data());
        if let Some(database) = &self.database {
            command.env("HYPERCARE_DATABASE", &database.url);
        }
        command
    }

    /// A command that talks to the server with the token.
    pub fn remotely(&self, args: &[&str]) -> Command {
        let mut command = hypercare(args);
        command.env("HYPERCARE_URL", self.url()).env("HYPERCARE_TOKEN", &self.token);
        command
    }

    /// Runs such a command.
    pub async fn ask(&self, args: &[&str]) -> Done {
        run(self.remotely(args), "").await
    }

    /// Where its server listens.
    pub fn listen(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
    pub fn url(&self) -> String {
        format!("http://{}", self.listen())
    }
    pub fn data(&self) -> PathBuf {
        self.directory.join("data")
    }
    /// A file beside the data.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
    /// Writes a file beside the data.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        write(&self.file(name), content)
    }
    /// For looking at the data through the store.
    pub fn location(&self) -> Location {
        self.database.as_ref().map_or_else(|| Location::Directory(self.data()), |database| Location::Postgres(database.url.clone()))
    }
}

fn write(file: &Path, content: impl AsRef<[u8]>) -> String {
    std::fs::write(file, content).unwrap();
    file.to_str().unwrap().to_owned()
}
